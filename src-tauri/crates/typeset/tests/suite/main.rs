//! The typesetter from the outside.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod compile;
mod edit;
mod eject;
mod flow;
mod font_file;
mod hit;
mod page;
mod pdf;
mod templates;

use groma_typeset::{Compiled, Failure, FontSet, PdfOptions, Project, Typesetter};

const REGULAR: &[u8] = include_bytes!("../fonts/LibertinusSerif-Regular.otf");
const BOLD: &[u8] = include_bytes!("../fonts/LibertinusSerif-Bold.otf");

fn fonts() -> FontSet {
    FontSet::from_bytes([REGULAR, BOLD]).unwrap()
}

fn project(main: &str) -> Project {
    Project::new("/main.typ").with("/main.typ", main.to_owned())
}

fn compile(project: Project) -> Result<Compiled, Failure> {
    Typesetter::new(fonts(), project)?.compile()
}

/// All text of all pages, without line ends.
fn text(compiled: &Compiled) -> String {
    (0..compiled.pages()).map(|page| compiled.text(page).unwrap().replace('\n', "")).collect()
}

fn pdf(project: Project) -> Vec<u8> {
    compile(project).unwrap().pdf(&PdfOptions::default()).unwrap()
}
