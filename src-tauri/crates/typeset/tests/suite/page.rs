use groma_typeset::Typesetter;

use crate::{compile, fonts, project};

const TWO: &str = "#set page(width: 200pt, height: 100pt, margin: 10pt)\n= First\nOne.\n#pagebreak()\n== Second\nTwo.";

#[test]
fn a_page_is_as_large_as_it_is_asked_for() {
    let compiled = compile(project(TWO)).unwrap();
    assert_eq!(compiled.size(0), Some((200.0, 100.0)));
    assert_eq!(compiled.size(2), None);
    let png = compiled.sheet(0).unwrap().png(2.0).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((frame.width, frame.height), (400, 200));
    assert!(pixels.iter().any(|&value| value < 40), "the text is dark");
    assert!(pixels.iter().filter(|&&value| value == 255).count() > pixels.len() / 2, "the paper is white");
}

#[test]
fn only_a_page_that_looks_different_has_another_hash() {
    let mut typesetter = Typesetter::new(fonts(), project(TWO)).unwrap();
    let before = typesetter.compile().unwrap();
    assert_ne!(before.hash(0), before.hash(1));
    // Everything behind the comment stands elsewhere in the file.
    typesetter.replace("/main.typ", TWO.replace("One.", "/* a remark */ One.")).unwrap();
    let moved = typesetter.compile().unwrap();
    assert_eq!((before.hash(0), before.hash(1)), (moved.hash(0), moved.hash(1)));
    typesetter.replace("/main.typ", TWO.replace("Two.", "Too.")).unwrap();
    let edited = typesetter.compile().unwrap();
    assert_eq!(before.hash(0), edited.hash(0));
    assert_ne!(before.hash(1), edited.hash(1));
}

#[test]
fn headings_and_runs_say_where_they_stand() {
    let compiled = compile(project(TWO)).unwrap();
    let headings = compiled.headings();
    let told: Vec<_> = headings.iter().map(|h| (h.title.as_str(), h.level, h.page)).collect();
    assert_eq!(told, [("First", 1, 0), ("Second", 2, 1)]);
    assert!(headings.iter().all(|h| h.y >= 0.0 && h.y < 40.0), "{headings:?}");
    let runs = compiled.runs(1);
    assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<Vec<_>>(), ["Second", "Two."]);
    assert!(runs[0].area.y < runs[1].area.y && runs[0].area.width > 0.0);
    assert!(compiled.runs(7).is_empty());
}

#[test]
fn a_headings_parts_are_set_apart() {
    let source =
        "#heading[#text(fill: red)[1]#h(0.5em)API Performance]\n#heading(level: 2)[F-001#box[Queue] *without* bound]";
    let compiled = compile(project(source)).unwrap();
    let titles: Vec<String> = compiled.headings().into_iter().map(|heading| heading.title).collect();
    assert_eq!(titles, ["1 API Performance", "F-001 Queue without bound"]);
}
