use groma_typeset::{Compiled, Hit};

use crate::{compile, project};

const PRELUDE: &str = "#set page(width: 400pt, height: 60pt, margin: 10pt)\n\
                       #let para(body) = block(body)\n";

fn page(body: &str) -> (String, Compiled) {
    let source = format!("{PRELUDE}{body}");
    let compiled = compile(project(&source)).unwrap();
    assert_eq!(compiled.pages(), 1);
    (source, compiled)
}

/// Moves over the page from left to right and collects the characters of the source that the hits
/// name, each once.
fn read_along(source: &str, compiled: &Compiled, y: f64) -> String {
    let mut offsets: Vec<usize> = Vec::new();
    for step in 0..4_000 {
        let Some(hit) = compiled.hit(0, f64::from(step) / 10.0, y) else { continue };
        assert_eq!(hit.path, "/main.typ");
        assert!(hit.exact);
        if offsets.last() != Some(&hit.offset) {
            offsets.push(hit.offset);
        }
    }
    assert!(offsets.is_sorted(), "{offsets:?}");
    offsets.into_iter().map(|at| source[at..].chars().next().unwrap()).collect()
}

#[test]
fn literals_in_markup_are_hit_to_the_letter() {
    let (source, compiled) = page("#para[#\"keeps an \"#strong[#\"unbounded queue\"]]");
    assert_eq!(read_along(&source, &compiled, 16.0), "keeps an \"unbounded queue\"");
}

#[test]
fn escapes_are_hit_where_they_are_written() {
    let (source, compiled) = page(r#"#para[#"a \"b\" c\\d \u{e9}g"]"#);
    assert_eq!(compiled.text(0).unwrap(), "a \"b\" c\\d ég\n");
    assert_eq!(read_along(&source, &compiled, 16.0), r#"a \b\ c\d \g""#);
}

#[test]
fn markup_text_is_hit_to_the_letter() {
    let (source, compiled) = page("#para[plain text]");
    assert_eq!(read_along(&source, &compiled, 16.0), "plain text]");
}

#[test]
fn the_halves_of_a_letter_are_the_sides_of_the_cursor() {
    let (source, compiled) = page("#para[#\"MM\"]");
    let second = source.find("MM").unwrap() + 1;
    let area = compiled.areas_of("/main.typ", second..second + 1).unwrap()[0];
    let at = |x| compiled.hit(0, x, area.y + area.height / 2.0).unwrap().offset;
    assert_eq!(at(area.x + 0.5), second);
    assert_eq!(at(area.x + area.width - 0.5), second + 1);
}

#[test]
fn beside_the_text_is_nothing() {
    let (_, compiled) = page("#para[#\"word\"]");
    assert_eq!(compiled.hit(0, 5.0, 16.0), None);
    assert_eq!(compiled.hit(0, 390.0, 16.0), None);
    assert_eq!(compiled.hit(0, 12.0, 55.0), None);
    assert_eq!(compiled.hit(1, 12.0, 16.0), None);
}

#[test]
fn computed_text_is_hit_as_a_whole() {
    let (source, compiled) = page("#para[#(40 + 2)]");
    let Hit { path, offset, exact } = compiled.hit(0, 12.0, 16.0).unwrap();
    assert_eq!((path.as_str(), exact), ("/main.typ", false));
    assert_eq!(offset, source.find("(40 + 2)").unwrap());
}

#[test]
fn a_range_is_found_on_its_lines() {
    let (source, compiled) = page("#para[#\"first line\" \\ #\"second line\"]");
    let from = source.find("line\" \\").unwrap();
    let to = source.find("second").unwrap() + "second".len();
    let areas = compiled.areas_of("main.typ", from..to).unwrap();
    assert_eq!(areas.len(), 2);
    assert!(areas[0].y < areas[1].y);
    // `line` starts behind `first `; `second` starts at the margin.
    assert!(areas[0].x > 30.0 && areas[0].width > 10.0, "{areas:?}");
    assert!((areas[1].x - 10.0).abs() < 0.01, "{areas:?}");
    assert!(compiled.areas_of("other.typ", 0..9).unwrap().is_empty());
    assert!(compiled.areas_of("../other.typ", 0..9).is_err());
}

#[test]
fn hits_and_areas_agree_in_turned_and_scaled_text() {
    let (source, compiled) = page("#place(dx: 100pt)[#rotate(90deg)[#scale(50%)[#\"turned\"]]]");
    let letter = source.find("turned").unwrap() + 3;
    let area = compiled.areas_of("/main.typ", letter..letter + 1).unwrap()[0];
    assert!(area.height < area.width, "a turned letter's box lies: {area:?}");
    let hit = compiled.hit(0, area.x + area.width / 2.0, area.y + area.height / 4.0).unwrap();
    assert_eq!(hit.offset, letter);
}
