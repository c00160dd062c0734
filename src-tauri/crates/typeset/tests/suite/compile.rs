use groma_typeset::{Date, Failure, FontSet, Place, Project, Severity, Typesetter};

use crate::{compile, fonts, project, text};

fn place(file: &str, line: usize, column: usize) -> Option<Place> {
    Some(Place { file: file.to_owned(), line, column })
}

fn error_of(project: Project) -> groma_typeset::Diagnostic {
    let failure = compile(project).expect_err("it must not compile");
    let error = failure.errors().first().expect("an error").clone();
    assert_eq!(error.severity, Severity::Error);
    error
}

#[test]
fn an_error_is_located_in_characters() {
    let error = error_of(project("= Title\n\nÄé #nowhere"));
    assert_eq!(error.message, "unknown variable: nowhere");
    assert_eq!(error.place, place("/main.typ", 3, 5));
}

#[test]
fn a_syntax_error_in_an_included_file_is_located_there() {
    let error = error_of(project("#include \"parts/a.typ\"").with("parts/a.typ", "fine\n#let = 1"));
    assert_eq!(error.place.as_ref().map(|place| place.file.as_str()), Some("/parts/a.typ"));
    assert_eq!(error.place.map(|place| place.line), Some(2));
}

#[test]
fn an_error_in_a_function_tells_how_it_came_there() {
    let main = "#import \"lib.typ\": cost\n#cost(1)";
    let error = error_of(project(main).with("lib.typ", "#let cost(x) = x + \"EUR\""));
    assert_eq!(error.place.map(|place| place.file), Some("/lib.typ".to_owned()));
    assert_eq!(error.trace.len(), 1);
    assert_eq!(error.trace[0].message, "while calling `cost`");
    assert_eq!(error.trace[0].place, place("/main.typ", 2, 2));
}

#[test]
fn broken_data_is_located_in_the_data_file() {
    let error = error_of(project("#json(\"data/findings.json\")").with("data/findings.json", "{\n  \"a\": 1,\n  b\n}"));
    assert_eq!(error.place.map(|place| (place.file, place.line)), { Some(("/data/findings.json".to_owned(), 3)) });
}

#[test]
fn a_missing_file_is_located_where_it_is_asked_for() {
    let error = error_of(project("text\n#image(\"images/none.svg\")"));
    assert!(error.message.contains("file not found"), "{}", error.message);
    assert!(error.message.contains("images/none.svg"), "{}", error.message);
    assert_eq!(error.place, place("/main.typ", 2, 8));
}

#[test]
fn a_missing_main_file_is_an_error() {
    let failure = compile(Project::new("/main.typ")).expect_err("nothing to compile");
    assert!(matches!(&failure, Failure::Compile { errors, .. } if errors.len() == 1), "{failure}");
}

#[test]
fn packages_are_refused_by_name() {
    let error = error_of(project("#import \"@preview/cetz:0.3.4\": canvas"));
    assert!(error.message.contains("`@preview/cetz:0.3.4` is refused"), "{}", error.message);
    assert!(error.message.contains("without a network"), "{}", error.message);
    assert_eq!(error.place, place("/main.typ", 1, 9));
}

#[test]
fn nothing_outside_the_project_can_be_read() {
    // A file that exists on every Unix machine is looked for in the project, and only there.
    let error = error_of(project("#read(\"/etc/passwd\")"));
    assert!(error.message.contains("file not found (searched at etc/passwd)"), "{}", error.message);
    let inside = project("#read(\"/etc/passwd\")").with("/etc/passwd", "ours");
    assert_eq!(text(&compile(inside).unwrap()), "ours");

    for path in ["../x.txt", "/../x.txt", "a/../../x.txt"] {
        let error = error_of(project(&format!("#read(\"{path}\")")));
        assert!(error.message.contains("escape"), "{path}: {}", error.message);
    }
}

#[test]
fn paths_outside_the_project_do_not_come_in() {
    for path in ["../x.typ", "/", "", "a\\b.typ"] {
        let failure = compile(project("").with(path, "x")).expect_err(path);
        assert_eq!(failure, Failure::Path { path: path.to_owned() });
    }
}

#[test]
fn paths_have_one_spelling() {
    let main = "#read(\"/data//a.txt\") #read(\"data/./b.txt\")";
    let project = project(main).with("./data/a.txt", "one").with("/data/b.txt", "two");
    assert_eq!(text(&compile(project).unwrap()), "one two");
}

#[test]
fn today_is_the_date_passed_in() {
    let main = "#datetime.today().display()";
    let mut dated = project(main);
    dated.date = Some(Date { year: 2024, month: 2, day: 29 });
    assert_eq!(text(&compile(dated.clone()).unwrap()), "2024-02-29");

    let error = error_of(project(main));
    assert!(error.message.contains("date"), "{}", error.message);

    dated.date = Some(Date { year: 2023, month: 2, day: 29 });
    let failure = compile(dated).expect_err("no such day");
    assert_eq!(failure.to_string(), "2023-02-29 is not a date");
}

#[test]
fn a_missing_font_family_is_a_warning() {
    let compiled = compile(project("#set text(font: \"Papyrus\")\nHello")).unwrap();
    assert_eq!(text(&compiled), "Hello");
    let warning = &compiled.warnings()[0];
    assert_eq!(warning.severity, Severity::Warning);
    assert!(warning.message.contains("papyrus"), "{}", warning.message);
    assert_eq!(warning.place, place("/main.typ", 1, 17));
}

#[test]
fn a_broken_font_is_named_by_position() {
    let files: [&[u8]; 2] = [crate::REGULAR, b"not a font"];
    let failure = FontSet::from_bytes(files).expect_err("no font");
    assert_eq!(failure, Failure::Font { index: 1 });
    assert_eq!(fonts().families(), ["Libertinus Serif"]);
}

#[test]
fn hostile_text_prints_as_text() {
    for value in [
        "#read(\\\"/etc/passwd\\\")",
        "$x$ *b* _e_ @ref <label> `raw` // no /* no */",
        "= no heading",
        "a\u{0}b",
        "\u{202e}abc\u{2066}",
    ] {
        let compiled = compile(project(&format!("#box[#\"{value}\"]"))).expect(value);
        assert_eq!(compiled.pages(), 1);
    }
    let value = "$x$ *b* @ref";
    assert_eq!(text(&compile(project(&format!("#box[#\"{value}\"]"))).unwrap()), value);
}

#[test]
fn a_word_of_a_hundred_thousand_letters_compiles() {
    let compiled = compile(project(&format!("#\"{}\"", "x".repeat(100_000)))).unwrap();
    assert!(compiled.pages() >= 1);
}

#[test]
fn nesting_ends_in_an_error_and_not_in_a_crash() {
    for (open, close) in [("#box[", "]"), ("#{", "}"), ("#(", ")"), ("$(", ")$"), ("#block[- ", "]")] {
        for depth in [60, 200, 5_000] {
            let main = format!("{}x{}", open.repeat(depth), close.repeat(depth));
            // From a thread with as little stack as a worker of tokio's has.
            let result = std::thread::Builder::new()
                .stack_size(2 << 20)
                .spawn(move || compile(project(&main)).map(|_| ()))
                .unwrap()
                .join()
                .unwrap();
            if let Err(failure) = result {
                assert!(matches!(failure, Failure::Compile { .. }), "{open} {depth}: {failure}");
            }
        }
    }
    let failure = compile(project("#let f(x) = f(x)\n#f(1)")).expect_err("endless");
    assert!(failure.to_string().contains("depth"), "{failure}");
}

#[test]
fn a_failure_leaves_the_typesetter_usable() {
    let mut typesetter = Typesetter::new(fonts(), project("#nowhere")).unwrap();
    typesetter.compile().expect_err("unknown variable");
    typesetter.replace("main.typ", "found").unwrap();
    assert_eq!(text(&typesetter.compile().unwrap()), "found");
}
