use groma_typeset::{Area, Compiled, Wanted};

use crate::{compile, project};

fn find(compiled: &Compiled, query: &str) -> Vec<Vec<Area>> {
    let Some(wanted) = Wanted::of(query) else { return Vec::new() };
    (0..compiled.pages()).flat_map(|page| compiled.find(page, &wanted)).collect()
}

/// A narrow column, so that words are divided at line ends.
const NARROW: &str = "#set page(width: 120pt, height: 300pt, margin: 10pt)\n#set text(lang: \"en\", hyphenate: true, size: 10pt)\n#set par(justify: true)\n#[#\"The unboundedness characteristically overwhelms \"#strong[#\"infrastructure\"]#\" teams.\"]\n\n#[#\"Second paragraph.\"]";

fn text(source: &str) -> String {
    let runs = compile(project(source)).unwrap().runs(0);
    runs.iter().map(|run| format!("{}{}", run.text, run.after)).collect()
}

#[test]
fn divided_words_are_whole_and_lines_of_a_paragraph_one() {
    let compiled = compile(project(NARROW)).unwrap();
    let lines: std::collections::BTreeSet<i64> = compiled.runs(0).iter().map(|run| run.area.y as i64).collect();
    assert!(lines.len() > 4, "the column is narrow: {lines:?}");
    assert_eq!(
        text(NARROW),
        "The unboundedness characteristically overwhelms infrastructure teams.\nSecond paragraph.\n"
    );
}

#[test]
fn cells_stand_apart_and_so_do_lines() {
    let table = "#set page(width: 300pt, height: 100pt, margin: 10pt)\n#table(columns: (1fr, 1fr), [One], [Two], [Three], [Four])";
    assert_eq!(text(table), "One\tTwo\nThree\tFour\n");
}

#[test]
fn a_text_is_found_whatever_its_case_marks_and_line_ends() {
    let compiled = compile(project(NARROW)).unwrap();
    for query in ["unboundedness", "CHARACTERISTICALLY  over", "infrastructure teams", " second paragraph. "] {
        let hits = find(&compiled, query);
        assert_eq!(hits.len(), 1, "{query}");
        assert!(hits[0].iter().all(|area| area.width > 1.0 && area.height > 1.0), "{hits:?}");
    }
    // Two runs, or two lines: a rectangle for each.
    assert!(find(&compiled, "overwhelms infrastructure")[0].len() >= 2);
    assert!(find(&compiled, "teams. second").len() == 1, "a line end is a space to who searches");
    for query in ["", "  ", "nowhere", "unbounded ness"] {
        assert!(find(&compiled, query).is_empty(), "{query}");
    }
    let accents = "#set page(width: 300pt, height: 100pt)\n#[#\"Größe, café, eﬃcient – “quoted”, Ångström\"]";
    let compiled = compile(project(accents)).unwrap();
    for query in ["grosse", "GRÖSSE", "große", "cafe", "CAFÉ", "efficient - \"quoted\"", "angstrom"] {
        assert_eq!(find(&compiled, query).len(), 1, "{query}");
    }
}

#[test]
fn every_place_is_found_in_order() {
    let pages = "#set page(width: 200pt, height: 100pt)\n#for n in range(5) [a pool and a pool #pagebreak(weak: true)]";
    let compiled = compile(project(pages)).unwrap();
    let pages: Vec<usize> = find(&compiled, "pool").iter().map(|hit| hit[0].page).collect();
    assert_eq!(pages, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    let [one, two, ..] = &find(&compiled, "pool")[..] else { panic!("two") };
    assert!(two[0].x > one[0].x + one[0].width, "the second stands behind the first: {one:?} {two:?}");
    let whole = find(&compiled, "pool and")[0][0];
    assert!(whole.width > one[0].width && (whole.x - one[0].x).abs() < 0.01);
}
