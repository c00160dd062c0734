use groma_typeset::{Date, eject};

use crate::{BOLD, REGULAR, fonts, project};

#[test]
fn a_project_is_ejected_with_its_fonts_and_a_command() {
    let ejected = eject(&project("x").with("/data/a.json", "{}"), &fonts()).unwrap();
    let paths: Vec<&str> = ejected.files.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        ["data/a.json", "fonts/LibertinusSerif-Bold.otf", "fonts/LibertinusSerif-Regular.otf", "main.typ"]
    );
    assert_eq!(ejected.files["fonts/LibertinusSerif-Bold.otf"].as_slice(), BOLD);
    assert_eq!(ejected.files["fonts/LibertinusSerif-Regular.otf"].as_slice(), REGULAR);
    assert_eq!(ejected.files["main.typ"].as_slice(), b"x");
    assert_eq!(
        ejected.command,
        "typst compile main.typ --root . --font-path fonts \
         --ignore-system-fonts --ignore-embedded-fonts"
    );
}

#[test]
fn the_date_travels_with_the_command() {
    let mut project = project("#datetime.today().display()");
    project.date = Some(Date { year: 2024, month: 2, day: 29 });
    let command = eject(&project, &fonts()).unwrap().command;
    assert!(command.ends_with(" --creation-timestamp 1709208000"), "{command}");
}

#[test]
fn a_folder_of_the_project_is_not_mixed_with_the_fonts() {
    let ejected = eject(&project("x").with("/fonts/readme.txt", ""), &fonts()).unwrap();
    assert!(ejected.files.contains_key("fonts/readme.txt"));
    assert!(ejected.files.contains_key("fonts_/LibertinusSerif-Bold.otf"));
    assert!(ejected.command.contains("--font-path fonts_ "), "{}", ejected.command);
}
