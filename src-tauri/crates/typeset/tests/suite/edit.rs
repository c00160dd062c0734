use groma_typeset::{FileBytes, PdfOptions, Project, Typesetter, forget_all};

use crate::{compile, fonts, project, text};

fn report() -> Project {
    project("#include \"a.typ\"\n#pagebreak()\n#include \"b.typ\"")
        .with("/a.typ", "#\"first\"")
        .with("/b.typ", "#\"second\"")
}

#[test]
fn an_edit_shows_and_the_old_pages_stay() {
    let mut typesetter = Typesetter::new(fonts(), report()).unwrap();
    let before = typesetter.compile().unwrap();
    assert!(typesetter.replace("b.typ", "#\"changed\"").unwrap());
    let after = typesetter.compile().unwrap();

    assert_eq!(text(&before), "firstsecond");
    assert_eq!(text(&after), "firstchanged");
    assert_ne!(before.pdf(&PdfOptions::default()).unwrap(), after.pdf(&PdfOptions::default()).unwrap());
}

#[test]
fn a_compilation_after_edits_equals_one_from_nothing() {
    let mut typesetter = Typesetter::new(fonts(), report()).unwrap();
    for word in ["one", "two words", "", "three"] {
        typesetter.replace("b.typ", format!("= {word}\n#\"{word}\" @nowhere")).unwrap();
        typesetter.compile().expect_err("a label that does not exist");
        typesetter.replace("b.typ", format!("#\"{word}\"")).unwrap();
        let edited = typesetter.compile().unwrap().pdf(&PdfOptions::default()).unwrap();

        forget_all();
        let fresh = compile(report().with("/b.typ", format!("#\"{word}\""))).unwrap();
        assert_eq!(edited, fresh.pdf(&PdfOptions::default()).unwrap());
    }
}

#[test]
fn replacing_tells_whether_anything_changed() {
    let mut typesetter = Typesetter::new(fonts(), report()).unwrap();
    assert!(!typesetter.replace("/a.typ", "#\"first\"").unwrap());
    assert!(typesetter.replace("/c.typ", "").unwrap());
    assert!(typesetter.remove("c.typ").unwrap());
    assert!(!typesetter.remove("c.typ").unwrap());
}

#[test]
fn a_file_may_stop_being_text_and_become_text_again() {
    let mut typesetter = Typesetter::new(fonts(), report()).unwrap();
    typesetter.compile().unwrap();
    typesetter.replace("/a.typ", vec![0xff, 0xfe]).unwrap();
    let failure = typesetter.compile().expect_err("not text");
    assert!(failure.to_string().to_lowercase().contains("utf-8"), "{failure}");
    typesetter.replace("/a.typ", "#\"again\"").unwrap();
    assert_eq!(text(&typesetter.compile().unwrap()), "againsecond");
}

#[test]
fn loading_a_project_drops_what_it_does_not_hold() {
    let mut typesetter = Typesetter::new(fonts(), report()).unwrap();
    typesetter.compile().unwrap();
    let mut next = report().with("/a.typ", "#\"1st\"");
    next.files.remove("/b.typ");
    typesetter.load(next).unwrap();
    let failure = typesetter.compile().expect_err("b.typ is gone");
    assert!(failure.to_string().contains("b.typ"), "{failure}");

    let other = Project::new("/other.typ").with("/other.typ", "other");
    typesetter.load(other).unwrap();
    assert_eq!(text(&typesetter.compile().unwrap()), "other");
}

#[test]
fn a_refused_load_changes_nothing() {
    let mut typesetter = Typesetter::new(fonts(), report()).unwrap();
    typesetter.load(project("x").with("../y", "")).expect_err("outside");
    assert_eq!(text(&typesetter.compile().unwrap()), "firstsecond");
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let main: FileBytes = "\u{feff}#set text(size: 9pt)\nmarked".into();
    let compiled = compile(Project::new("main.typ").with("main.typ", main)).unwrap();
    assert_eq!(text(&compiled), "marked");
}
