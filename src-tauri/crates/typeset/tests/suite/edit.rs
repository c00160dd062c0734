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

/// A document that asks about itself in every way that the reports do.
fn asking(chapters: &[&str]) -> String {
    let mut text = String::from(
        "#set page(width: 200pt, height: 120pt, footer: context [#counter(page).display() of #counter(page).final().first()])
         #set heading(numbering: \"1.1\")\n#outline()\n
         #context [#query(heading).len() chapters, the last on page #query(heading).last().location().page()]\n",
    );
    for (n, chapter) in chapters.iter().enumerate() {
        let next = (n + 1) % chapters.len();
        text += &format!(
            "#pagebreak(weak: true)\n= Chapter {n} <c{n}>\n{chapter}\n
             #figure(rect(height: 20pt), caption: [Box {n}]) <f{n}>\nSee @c{next}, @f{next} on page
             #context counter(page).at(<f{next}>).first()#footnote[note {n}]\n"
        );
    }
    text
}

#[test]
fn what_a_document_says_of_itself_is_right_after_every_edit() {
    let long = "many words ".repeat(60);
    let (short, many) = ("a word", [long.as_str(); 9]);
    let edits: Vec<Vec<&str>> = vec![
        vec![short, short, short],
        vec![short, "another word", short],
        vec![long.as_str(), short, short],
        vec![short],
        many.to_vec(),
        vec![short, short],
        vec![short, short],
    ];
    let mut typesetter = Typesetter::new(fonts(), project("")).unwrap();
    for edit in &edits {
        typesetter.replace("/main.typ", asking(edit)).unwrap();
        let edited = typesetter.compile().unwrap();
        let fresh = compile(project(&asking(edit))).unwrap();
        let look = |of: &groma_typeset::Compiled| (0..of.pages()).map(|page| of.hash(page)).collect::<Vec<_>>();
        assert_eq!(text(&edited), text(&fresh));
        assert_eq!(look(&edited), look(&fresh));
        assert_eq!(edited.pdf(&PdfOptions::default()).unwrap(), fresh.pdf(&PdfOptions::default()).unwrap());
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
