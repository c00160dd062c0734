//! Markdown templates as packs: fixtures with the expected pack and remarks beside them, and the packs that ship.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads fixtures")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use groma_model::DiagnosticLevel;
use groma_pack::{ColumnType, Pack, builtin};
use proptest::prelude::*;
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn read(text: &str) -> Value {
    match Pack::from_markdown(text) {
        Ok(template) => json!({ "diagnostics": template.diagnostics, "pack": template.pack }),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

/// `UPDATE_EXPECT=1` rewrites the expectations.
#[test]
fn templates_read_as_expected() {
    let folder = root().join("tests/fixtures/pack/markdown");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    assert!(files.len() >= 5);
    let mut wrong = Vec::new();
    for path in files {
        let got = read(&fs::read_to_string(&path).unwrap());
        let expect = path.with_extension("json");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&expect, serde_json::to_string_pretty(&got).unwrap() + "\n").unwrap();
        } else if serde_json::from_slice::<Value>(&fs::read(&expect).unwrap_or_default()).ok() != Some(got) {
            wrong.push(path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "differ from the JSON beside them: {wrong:#?}");
}

#[test]
fn what_is_read_is_what_stands_there() {
    let folder = root().join("tests/fixtures/pack/markdown");
    let template = Pack::from_markdown(&fs::read_to_string(folder.join("complete.md")).unwrap()).unwrap();
    let pack = &template.pack;
    assert_eq!(template.diagnostics, []);
    assert_eq!((pack.version.as_str(), pack.relevance.file_patterns.len(), pack.severities.len()), ("2.1.0", 2, 3));
    let ingestion = &pack.areas[0];
    assert_eq!(ingestion.checks[0].choices, ["Files", "Kafka", "Change data capture"]);
    assert!(ingestion.checks[0].other);
    let delay = &ingestion.checks[2].blanks[0];
    assert_eq!((delay.label.as_str(), delay.unit.as_str(), delay.target.as_str()), ("Delay", "min", "15"));
    assert_eq!(ingestion.checks[3].blanks.len(), 2);
    assert_eq!(
        (ingestion.checks[4].blanks[0].unit.as_str(), ingestion.checks[4].blanks[0].target.as_str()),
        ("%", "95%+")
    );
    let types: Vec<ColumnType> = ingestion.tables[0].columns.iter().map(|column| column.r#type).collect();
    use ColumnType::{Choice, Level, Rating, Severity, Status, Text};
    assert_eq!(types, [Text, Text, Rating, Choice, Status]);
    assert_eq!(ingestion.tables[0].rows.len(), 2);
    let types: Vec<ColumnType> = ingestion.tables[1].columns.iter().map(|column| column.r#type).collect();
    assert_eq!(types, [Text, Severity, Level, Level]);
    assert_eq!((pack.rubric.levels.len(), pack.rubric.columns.len(), pack.steps.len()), (5, 2, 1));
    let all = &pack.suggestions;
    assert_eq!((all.phases[1].from_month, all.phases[1].to_month), (3, 6));
    assert_eq!((all.team[0].fte, all.team[0].months), (1.5, 6.0));
    assert_eq!((all.budget.len(), all.trainings.len(), all.metrics.len(), all.key_results.len()), (1, 1, 1, 1));
    assert_eq!(all.risks[0].likelihood.map(i64::from).zip(all.risks[0].impact.map(i64::from)), Some((4, 3)));
    assert_eq!(Pack::parse(&pack.to_toml().unwrap()).unwrap(), *pack);
}

/// A full template is kept beside some checkouts; its counts were taken by hand.
#[test]
fn a_full_template_loses_nothing() {
    let folder = root().join("../shared/seeds");
    let found = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let Some(path) = found.into_iter().find(|path| path.file_name().unwrap().to_string_lossy().starts_with("001"))
    else {
        println!("skipped: no {}", folder.display());
        return;
    };
    let template = Pack::from_markdown(&fs::read_to_string(path).unwrap()).unwrap();
    let pack = &template.pack;
    assert_eq!(template.diagnostics, []);
    assert_eq!(counts(pack), [10, 10, 10, 11, 10, 10, 10, 9, 10, 10]);
    let tables: Vec<usize> = pack.areas.iter().map(|area| area.tables.len()).collect();
    assert_eq!(tables, [2, 2, 2, 2, 2, 2, 2, 2, 2, 1]);
    let columns: usize = pack.areas.iter().flat_map(|area| &area.tables).map(|table| table.columns.len()).sum();
    assert_eq!(columns, 5 + 6 + 5 + 5 + 5 + 5 + 4 + 5 + 5 + 10 * 5);
    let rows: Vec<usize> = pack.areas.iter().map(|area| area.tables[0].rows.len()).collect();
    assert_eq!(rows, [4, 5, 5, 6, 4, 5, 5, 4, 5, 0]);
    shape(pack);
    assert_eq!(pack.fields.len(), 9);
    assert_eq!(
        (pack.relevance.file_patterns.len(), pack.relevance.keywords.len(), pack.relevance.config_keys.len()),
        (4, 5, 5)
    );
    assert!(pack.relevance.always);
    assert_eq!(pack.areas[5].checks[0].blanks[0].target, "80%+");
    assert_eq!(pack.areas[1].checks[0].choices.len(), 6);
    assert_eq!(pack.areas[1].checks[1].blanks.len(), 2);
    assert_eq!(Pack::parse(&pack.to_toml().unwrap()).unwrap(), *pack);
}

#[test]
fn the_maturity_pack_is_complete() {
    let pack = builtin("backend-maturity").unwrap().unwrap();
    assert_eq!(counts(&pack), [10, 10, 10, 11, 10, 10, 10, 9, 10, 10]);
    shape(&pack);
    for (_, _, check) in pack.checks() {
        let texts = [&check.statement, &check.method, &check.remedy, &check.finding.title, &check.finding.consequence];
        assert!(texts.into_iter().all(|text| text.len() > 15), "check {} lacks a text", check.id);
    }
    assert!(
        pack.areas
            .iter()
            .all(|area| !area.tables.is_empty() && !area.intro.is_empty() && !area.rubric_columns.is_empty())
    );
    let titles: std::collections::BTreeSet<&str> =
        pack.checks().map(|(_, _, check)| check.finding.title.as_str()).collect();
    assert_eq!(titles.len(), 100, "each failure makes a claim of its own");
}

fn counts(pack: &Pack) -> Vec<usize> {
    pack.areas.iter().map(|area| area.checks.len()).collect()
}

fn shape(pack: &Pack) {
    assert_eq!((pack.rubric.levels.len(), pack.rubric.columns.len()), (5, 6));
    assert_eq!(pack.severities.len(), 5);
    assert_eq!(pack.steps.len(), 4);
    assert!(
        pack.steps.iter().all(|step| step.groups.len() == 2 && step.groups.iter().all(|group| group.items.len() == 4))
    );
    let all = &pack.suggestions;
    assert_eq!((all.phases.len(), all.team.len(), all.budget.len(), all.trainings.len()), (4, 4, 4, 4));
    assert_eq!((all.metrics.len(), all.key_results.len(), all.risks.len(), pack.appendices.len()), (5, 5, 4, 4));
    let months: Vec<(u32, u32)> = all.phases.iter().map(|phase| (phase.from_month, phase.to_month)).collect();
    assert_eq!(months, [(1, 3), (4, 6), (7, 12), (13, 18)]);
    assert!(all.phases.iter().all(|phase| phase.actions.len() == 4 && !phase.outcome.is_empty()));
    assert_eq!(all.team.iter().map(|role| role.fte).collect::<Vec<_>>(), [0.5, 2.0, 0.5, 0.5]);
    assert!(all.risks.iter().all(|risk| risk.likelihood.is_some() && risk.impact.is_some()));
}

proptest! {
    /// Lines of a real template in any order and mixture: no panic, every remark has a line of the text, and what
    /// can be read holds together.
    #[test]
    fn any_mixture_of_lines_is_survived(picks in prop::collection::vec((0_usize..400, 0_usize..5), 0..80)) {
        let folder = root().join("tests/fixtures/pack/markdown");
        let names = ["complete.md", "no-front-matter.md", "german.md", "odd.md", "not-a-template.md"];
        let sources: Vec<String> = names.iter().map(|name| fs::read_to_string(folder.join(name)).unwrap()).collect();
        let lines: Vec<Vec<&str>> = sources.iter().map(|text| text.lines().collect()).collect();
        let text: String = picks.iter().map(|(line, source)| format!("{}\n", lines[*source][line % lines[*source].len()])).collect();
        if let Ok(template) = Pack::from_markdown(&text) {
            let last = text.lines().count() as u64;
            prop_assert!(template.diagnostics.iter().all(|remark| remark.line.is_some_and(|line| line >= 1 && line <= last.max(1))));
            prop_assert!(template.diagnostics.iter().all(|remark| remark.level != DiagnosticLevel::Error));
            prop_assert_eq!(Pack::parse(&template.pack.to_toml().unwrap()).unwrap(), template.pack);
        }
    }

    #[test]
    fn any_text_is_survived(text in "\\PC*") {
        let _ = Pack::from_markdown(&text);
    }
}
