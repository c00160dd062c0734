//! Gitleaks' JSON, of version 8 and before, its CSV and what it prints.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    bench::without_colours,
    class::Class,
    json,
    mask::{Field, add_findings, add_json_findings},
    scan::{SECRET_METRICS, Scan},
    severity::Severities,
    table::{csv_table, records},
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "gitleaks",
    title: "gitleaks --report-format json, csv, or --verbose",
    tool: "Gitleaks",
    note: "One issue a finding. Gitleaks knows no severity: High is assigned at import. What it found is masked wherever \
           the file holds it; author and address of a commit are not taken over.",
    metrics: SECRET_METRICS,
    severities: Severities::NONE.assigning(&[("", Severity::High)]),
    sniff,
    secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let current = probe.has("[]/RuleID") && (probe.has("[]/Secret") || probe.has("[]/Match"));
    let json = probe.is_list() && (current || probe.has("[]/rule") && probe.has("[]/offender"));
    Confidence::certain_if(json || is_csv(probe.head()) || is_text(probe.head()))
}

/// Whether the first line is the header of the CSV.
fn is_csv(text: &str) -> bool {
    let header = text.trim_start().lines().next().unwrap_or_default();
    header.starts_with("RuleID,Commit,File,") && header.contains(",Secret,Match,")
}

/// Whether it is what it prints. Without `--verbose`, that is but how many it found.
fn is_text(text: &str) -> bool {
    if text.trim_start().starts_with(['{', '[', '<']) || !text.contains("leaks found") && !text.contains("RuleID:") {
        return false;
    }
    let text = without_colours(text);
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    has("Finding: ") && has("RuleID: ") || text.lines().any(|line| leaks(line).is_some())
}

/// How many were found, by the last line: `7:09PM WRN leaks found: 1`.
fn leaks(line: &str) -> Option<u64> {
    let line = line.trim_end();
    match line.strip_suffix(" INF no leaks found") {
        Some(_) => Some(0),
        None => line.split_once(" WRN leaks found: ").and_then(|(_, count)| count.parse().ok()),
    }
}

/// What was found stands by itself and in the line that is quoted. Keys are of several lines, and colours in between.
fn text_secrets(text: &str, secrets: &mut Secrets) {
    let (mut fields, mut at, mut open): (Vec<(Field, std::ops::Range<usize>)>, usize, bool) = (Vec::new(), 0, false);
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        let starts = |key: &str| line.starts_with(key) || line.starts_with('\u{1B}') && line.contains(key);
        let after = |key: &str| {
            let value = line.find(key).map_or(0, |found| found + key.len());
            at + value + (line[value..].len() - line[value..].trim_start().len())
        };
        if starts("Finding:") || starts("Secret:") {
            open = true;
            let start = after(if starts("Finding:") { "Finding:" } else { "Secret:" }).min(end);
            let plain = starts("Finding:") && !line.contains('\u{1B}');
            fields.push((if plain { Field::Line } else { Field::Secret }, start..end));
        } else if starts("RuleID:") {
            open = false;
        } else if open && end > at {
            fields.push((Field::Secret, at..end));
        }
        at += line.len();
    }
    add_findings(text, secrets, fields);
}

/// What was found stands in a column of its own, and in those that quote the line and the commit's message.
fn csv_secrets(text: &str, secrets: &mut Secrets) {
    let skipped = text.len() - text.trim_start().len();
    let mut all = records(&text[skipped..], b',');
    let Some(header) = all.next() else { return };
    let fields = header.into_iter().map(|cell| match text[skipped..][cell].trim() {
        "Secret" => Field::Secret,
        "Match" => Field::Line,
        "Message" | "Link" => Field::Text,
        _ => Field::Other,
    });
    let fields: Vec<Field> = fields.collect();
    let cells = all.flat_map(|record| fields.iter().copied().zip(record).collect::<Vec<_>>());
    let unquoted = cells.filter(|(field, _)| *field != Field::Other).map(|(field, range)| {
        let cell = &text[skipped..][range.clone()];
        let start = skipped + range.start + (cell.len() - cell.trim_start_matches('"').len());
        (field, start..start + cell.trim_matches('"').len())
    });
    add_findings(text, secrets, unquoted);
}

fn parse_csv(input: &Input<'_>, broken: Refusal) -> Result<Import, Refusal> {
    let Some(table) = csv_table(input.text) else { return Err(broken) };
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    if let Some(line) = table.ragged {
        scan.import.error(Some(line), "a row has fewer or more cells than the header");
    }
    let column = |name: &str| table.column(name);
    let columns = ["RuleID", "Commit", "File", "Match", "StartLine"].map(column);
    for (row, line) in table.numbered() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let [rule, commit, file, quoted, start] =
            columns.map(|column| column.and_then(|column| row.get(column)).map_or("", |cell| cell.trim()));
        let issue = Issue {
            rule: rule.to_owned(),
            title: rule.to_owned(),
            message: if commit.is_empty() { quoted.to_owned() } else { format!("{quoted} (commit {commit})") },
            component: file.to_owned(),
            location: file.to_owned(),
            line: start.parse().ok().filter(|line| *line > 0),
            at: format!("line {line}"),
            ..Issue::default()
        };
        scan.add_assigned(Class::Secret, Severity::High, "", issue);
    }
    Ok(scan.finish(&[Class::Secret], "line 1"))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    if is_csv(text) {
        return csv_secrets(text, secrets);
    }
    if is_text(text) {
        return text_secrets(text, secrets);
    }
    add_json_findings(text, secrets, |path| match path {
        "[]/Secret" | "[]/offender" => Field::Secret,
        "[]/Match" | "[]/Line" | "[]/line" => Field::Line,
        "[]/Message" | "[]/commitMessage" | "[]/commitMsg" | "[]/info" | "[]/Description" | "[]/Link"
        | "[]/leakURL" => Field::Text,
        _ => Field::Other,
    });
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if is_csv(input.text) {
        return parse_csv(input, Refusal::not(FORMAT.title, "it is no CSV", "export it as JSON"));
    }
    if is_text(input.text) {
        return parse_text(input);
    }
    let document: Tree<'_> = json::parse(input.text)?;
    let own = |item: &Tree<'_>| item.has("RuleID") || item.has("rule") && item.has("offender");
    if !matches!(document, Tree::List(_) | Tree::Null) || !document.items().iter().all(own) {
        let remedy = "export it with `gitleaks git --report-format json --report-path gitleaks.json`";
        return Err(Refusal::not(FORMAT.title, "its items have no `RuleID`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    if document.items().is_empty() {
        scan.import.note(Some(1), "nothing in it, read as Gitleaks' word for nothing found");
    }
    for (at, found) in scan.objects(&document, "") {
        let rule = found.first(&["RuleID", "rule"]);
        let file = found.first(&["File", "file"]);
        let issue = Issue {
            rule: rule.to_owned(),
            title: match found.text("Description") {
                "" => rule.to_owned(),
                text => text.to_owned(),
            },
            message: match found.first(&["Commit", "commit"]) {
                "" => found.first(&["Match", "line"]).to_owned(),
                commit => format!("{} (commit {commit})", found.first(&["Match", "line"])),
            },
            component: file.to_owned(),
            location: file.to_owned(),
            line: found.line(&["StartLine", "lineNumber"]),
            url: found.first(&["Link", "leakURL"]).to_owned(),
            at,
            ..Issue::default()
        };
        scan.add_assigned(Class::Secret, Severity::High, "", issue);
    }
    Ok(scan.finish(&[Class::Secret], "line 1"))
}

fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    const KEYS: &[&str] = &["Finding", "Secret", "RuleID", "File", "Line", "Commit", "Link"];
    let text = without_colours(input.text);
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let (mut fields, mut start, mut found, mut stated): (Vec<(&str, &str)>, _, _, _) = (Vec::new(), 1, 0, None);
    let mut idle = false;
    for (line, number) in text.lines().chain(["Finding: "]).zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        if let Some(count) = leaks(line) {
            stated = Some(count);
        }
        idle |= line.trim_end().ends_with(" INF 0 commits scanned.") || line.contains(" INF scanned ~0 bytes ");
        let Some((key, value)) = line.split_once(':').filter(|(key, _)| KEYS.contains(key)) else { continue };
        if key == "Finding" {
            found += u64::from(add_printed(&mut scan, &std::mem::take(&mut fields), start));
            start = number;
        }
        fields.push((key, value.trim()));
    }
    if idle && found == 0 {
        scan.looked_at_nothing("Gitleaks looked at nothing");
    }
    match stated {
        None => scan.import.error(None, "no count of leaks at its end: the file is truncated, more may have followed"),
        Some(stated) if found == 0 && stated > 0 => {
            let lacks = format!("it counts {stated} leaks and tells none of them");
            return Err(Refusal::not(FORMAT.title, &lacks, "run it with `--verbose`, or export JSON"));
        }
        Some(stated) if stated != found => {
            let told = format!("{stated} leaks by its count, {found} stand in it");
            scan.import.error(None, told);
        }
        Some(_) => {}
    }
    Ok(scan.finish(&[Class::Secret], "line 1"))
}

/// Adds a finding as it is printed, and says whether it was one.
fn add_printed(scan: &mut Scan<'_>, fields: &[(&str, &str)], line: u64) -> bool {
    let field = |key: &str| fields.iter().find(|(found, _)| *found == key).map_or("", |(_, value)| value);
    let (rule, file) = (field("RuleID"), field("File"));
    if rule.is_empty() {
        return false;
    }
    let issue = Issue {
        rule: rule.to_owned(),
        title: rule.to_owned(),
        message: match field("Commit") {
            "" => field("Finding").to_owned(),
            commit => format!("{} (commit {commit})", field("Finding")),
        },
        component: file.to_owned(),
        location: file.to_owned(),
        line: field("Line").parse().ok().filter(|line| *line > 0),
        url: field("Link").to_owned(),
        at: format!("line {line}"),
        ..Issue::default()
    };
    scan.add_assigned(Class::Secret, Severity::High, "", issue);
    true
}
