//! The report's shared functions with what is hard to lay out. What a report is made of is tested where it is composed.
#![allow(clippy::disallowed_methods, reason = "reads the templates of this repository")]

use std::path::Path;

use groma_typeset::Project;

use crate::{compile, pdf};

/// The shared functions, the parts of the template, and a report's head data.
fn with_templates(main: &str) -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../report-templates");
    let mut project = Project::new("/main.typ").with("/main.typ", main.to_owned());
    for (folder, at) in
        [("_shared", "/_shared"), ("_shared/charts", "/_shared/charts"), ("audit-report/parts", "/parts")]
    {
        for entry in std::fs::read_dir(root.join(folder)).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            if name.ends_with(".typ") {
                project = project.with(format!("{at}/{name}"), std::fs::read(entry.path()).unwrap());
            }
        }
    }
    project
        .with("/data/part.json", "null")
        .with("/data/report.json", include_str!("../templates/report.json").to_owned())
}

#[test]
fn charts_hold_for_every_number() {
    let compiled = compile(with_templates(include_str!("../templates/charts.typ"))).unwrap();
    assert!(compiled.pages() > 10);
}

#[test]
fn a_phase_of_which_everything_is_long_has_a_structure() {
    // A head of more than a page in a block, and a footnote beside it, once left tags open.
    let name = "A line of the name.\\n".repeat(60);
    let paragraph =
        "#para[#\"A paragraph of some length that fills the column of the report and goes on to the next line.\"]\n";
    let prose =
        format!("#import \"/_shared/prose.typ\": *\n#para[#\"x\"#footnote[#\"A note.\"]]\n{}", paragraph.repeat(40));
    let plan = format!(
        r#"{{"initiatives": [], "milestones": [], "gantt": null, "overloads": [], "phases": [{{
            "number": 1, "name": "{name}", "window_text": "", "objective": "/prose/a.typ", "outcome": "/prose/a.typ",
            "exit_criteria": ["{name}", "{name}", "{name}"], "initiatives": [], "once_low_text": "1", "once_likely_text": "1",
            "once_high_text": "2", "yearly_text": "", "cap_text": "", "over_cap": false}}]}}"#
    );
    let main = "#import \"/_shared/layout.typ\": setup\n#show: setup\n#include \"/parts/roadmap.typ\"";
    let project = with_templates(main).with("/data/plan.json", plan).with("/prose/a.typ", prose);
    assert!(pdf(project).starts_with(b"%PDF-"));
}

#[test]
fn places_to_break_are_no_characters() {
    let main = "#import \"/_shared/theme.typ\": text-value\n#set page(width: 9cm)\n#text-value(\"e.thwaite@thwaite-okafor.example\")";
    let compiled = compile(with_templates(main)).unwrap();
    assert_eq!(crate::text(&compiled), "e.thwaite@thwaite-okafor.example");
}
