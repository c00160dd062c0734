//! Exhibits: pages of documents, code, query plans and stack traces, made ready for the appendix.

mod plan;
mod trace;

use std::collections::BTreeMap;

use groma_model::{Exhibit, ExhibitKind, Id, chosen};
use serde_json::{Value, json};

/// More lines than this of one exhibit are not printed; which ones are missing is said below them.
pub const MOST_LINES: usize = 1_000;
/// A word of code longer than this may break anywhere.
const LONGEST_WORD: usize = 48;

/// A page of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct ExhibitPage {
    /// Its number in the document, from 1.
    pub number: u32,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// The page as an SVG; none where the document itself is taken, page by page.
    pub svg: Option<String>,
}

/// What there is of an exhibit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExhibitFile {
    /// The bytes kept.
    pub bytes: Vec<u8>,
    /// The pages that are printed, of a document.
    pub pages: Vec<ExhibitPage>,
}

/// The exhibits' files by id. What is not there is told as missing, and never breaks the compile.
pub type Exhibits = BTreeMap<Id, ExhibitFile>;

/// The virtual path of a document, or of one of its pages.
pub(crate) fn page_path(exhibit: &Exhibit, page: &ExhibitPage) -> String {
    match page.svg {
        Some(_) => format!("/exhibits/{}-{}.svg", exhibit.sha256, page.number),
        None => format!("/exhibits/{}.pdf", exhibit.sha256),
    }
}

/// The name of an exhibit that is attached.
pub(crate) fn attached_name(number: usize, exhibit: &Exhibit) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
    let name: String = exhibit.name.chars().map(letter).collect();
    let name = if name.trim_matches(['.', '-']).is_empty() { "file" } else { name.as_str() };
    format!("exhibit-{number:02}-{name}")
}

/// The files that the template reads of what is printed.
pub(crate) fn files(exhibits: &[Exhibit], given: &Exhibits) -> Vec<(String, Vec<u8>)> {
    let printed = exhibits.iter().filter(|exhibit| exhibit.printed && exhibit.is_document());
    let mut files = BTreeMap::new();
    for exhibit in printed {
        let Some(file) = given.get(&exhibit.id) else { continue };
        for page in &file.pages {
            let bytes = || page.svg.as_ref().map_or_else(|| file.bytes.clone(), |svg| svg.clone().into_bytes());
            files.entry(page_path(exhibit, page)).or_insert_with(bytes);
        }
    }
    files.into_iter().collect()
}

/// What is printed of a text exhibit: `{"runs", "left_out"}` and, by kind, `"plan"` or `"trace"`.
pub(crate) fn text(exhibit: &Exhibit, file: &ExhibitFile) -> Value {
    let whole = String::from_utf8_lossy(&file.bytes);
    let lines: Vec<&str> = whole.lines().collect();
    let most = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    // A range that does not fit is told by the check; all is printed then.
    let mut numbers = chosen(&exhibit.range, most).unwrap_or_else(|_| (1..=most).collect());
    let left_out = numbers.len().saturating_sub(MOST_LINES);
    numbers.truncate(MOST_LINES);
    let marked =
        if exhibit.marked.trim().is_empty() { Vec::new() } else { chosen(&exhibit.marked, most).unwrap_or_default() };
    let shown: Vec<&str> = numbers.iter().filter_map(|number| lines.get(*number as usize - 1).copied()).collect();
    let plan = if exhibit.kind == ExhibitKind::Plan { plan::of(&shown.join("\n")) } else { None };
    let mut runs: Vec<Vec<u32>> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last + 1 == number) => run.push(number),
            _ => runs.push(vec![number]),
        }
    }
    let trace = exhibit.kind == ExhibitKind::Trace;
    let runs: Vec<Value> = runs
        .iter()
        .map(|run| {
            let texts: Vec<&str> = run.iter().map(|number| lines[*number as usize - 1]).collect();
            json!({
                "first": run[0],
                "lines": texts.iter().map(|line| breakable(line)).collect::<Vec<_>>(),
                "marked": run.iter().filter(|number| marked.contains(number)).collect::<Vec<_>>(),
                "parts": if trace { trace::parts(&texts).iter().map(|part| part.as_str()).collect() } else { Vec::new() },
            })
        })
        .collect();
    json!({ "runs": runs, "left_out": left_out, "language": language(exhibit), "plan": plan.map(|plan| plan.to_json()) })
}

/// The language whose colours code is printed in: what was said, else the ending of the file's name.
fn language(exhibit: &Exhibit) -> String {
    if !exhibit.language.trim().is_empty() || exhibit.kind != ExhibitKind::Code {
        return exhibit.language.trim().to_owned();
    }
    let name = exhibit.name.to_lowercase();
    match name.as_str() {
        "dockerfile" => "dockerfile".to_owned(),
        "makefile" => "makefile".to_owned(),
        _ => name.rsplit_once('.').map(|(_, ending)| ending.to_owned()).unwrap_or_default(),
    }
}

/// The line with places at which a word too long for any column may break, and tabs as blanks.
fn breakable(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut word = 0;
    for letter in line.chars() {
        match letter {
            '\t' => out.push_str("    "),
            _ => out.push(letter),
        }
        word = if letter.is_whitespace() { 0 } else { word + 1 };
        if word >= LONGEST_WORD {
            out.push('\u{200b}');
            word = 0;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(kind: ExhibitKind, range: &str, marked: &str, text: &str) -> Value {
        let exhibit = Exhibit {
            kind,
            range: range.into(),
            marked: marked.into(),
            name: "Pool.java".into(),
            ..Exhibit::default()
        };
        super::text(&exhibit, &ExhibitFile { bytes: text.as_bytes().to_vec(), pages: Vec::new() })
    }

    #[test]
    fn chosen_lines_keep_their_numbers() {
        let shown = shown(ExhibitKind::Code, "1, 3-4", "4", "a\nb\n\tc\nd\ne\n");
        assert_eq!(shown["language"], "java");
        let runs = shown["runs"].as_array().unwrap();
        assert_eq!((&runs[0]["first"], &runs[0]["lines"], &runs[0]["marked"]), (&json!(1), &json!(["a"]), &json!([])));
        assert_eq!(
            (&runs[1]["first"], &runs[1]["lines"], &runs[1]["marked"]),
            (&json!(3), &json!(["    c", "d"]), &json!([4]))
        );
    }

    #[test]
    fn a_range_that_leads_beyond_the_file_prints_all_and_a_long_file_says_what_is_missing() {
        assert_eq!(shown(ExhibitKind::Text, "7", "9", "a\nb")["runs"][0]["lines"], json!(["a", "b"]));
        let long = "x\n".repeat(MOST_LINES + 7);
        assert_eq!(shown(ExhibitKind::Text, "", "", &long)["left_out"], json!(7));
        let word = shown(ExhibitKind::Text, "", "", &"y".repeat(100))["runs"][0]["lines"][0].clone();
        assert_eq!(word.as_str().unwrap().matches('\u{200b}').count(), 2);
    }

    #[test]
    fn an_attachments_name_is_safe_and_its_own() {
        let named = |name: &str| attached_name(3, &Exhibit { name: name.into(), ..Exhibit::default() });
        assert_eq!(named("plan für Müller.txt"), "exhibit-03-plan-f-r-M-ller.txt");
        assert_eq!(named(".."), "exhibit-03-file");
    }
}
