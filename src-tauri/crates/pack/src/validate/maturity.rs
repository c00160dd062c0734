//! Tables, rubric, steps, suggestions, calculators.

use std::collections::BTreeSet;

use groma_model::Level;

use super::{Problems, check};
use crate::{Column, ColumnType, Miss, Pack, Signal, Suggestions, Table, calculator};

pub(super) fn validate(pack: &Pack, problems: &mut Problems) {
    rubric(pack, problems);
    for (i, area) in pack.areas.iter().enumerate() {
        problems.ids(&format!("areas[{i}].tables"), area.tables.iter().map(|table| table.id.as_str()));
        for (j, entry) in area.tables.iter().enumerate() {
            table(entry, &format!("areas[{i}].tables[{j}]"), problems);
        }
    }
    for (i, area) in pack.areas.iter().enumerate() {
        for (j, entry) in area.signals.iter().enumerate() {
            signal(entry, &format!("areas[{i}].signals[{j}]"), problems);
        }
    }
    steps(pack, problems);
    suggestions(pack, problems);
    calculators(pack, problems);
    problems.ids("appendices", pack.appendices.iter().map(|appendix| appendix.id.as_str()));
    for (i, appendix) in pack.appendices.iter().enumerate() {
        problems.must(&format!("appendices[{i}]"), "title", &appendix.title);
    }
}

fn rubric(pack: &Pack, problems: &mut Problems) {
    let columns = problems.ids("rubric.columns", pack.rubric.columns.iter().map(|column| column.id.as_str()));
    let mut levels = BTreeSet::new();
    for (i, row) in pack.rubric.levels.iter().enumerate() {
        let field = format!("rubric.levels[{i}]");
        match row.level {
            None => problems.add(format!("{field}.level"), "level is missing: give 1 to 5"),
            Some(level) if !levels.insert(level) => {
                problems.add(format!("{field}.level"), format!("level {level} stands twice: drop one"));
            }
            Some(_) => {}
        }
        for column in row.cells.keys() {
            problems.refers(format!("{field}.cells.{column}"), column, "rubric column", &columns);
        }
        for column in &columns {
            if row.cells.get(*column).is_none_or(|cell| cell.trim().is_empty()) {
                problems.add(
                    format!("{field}.cells"),
                    format!("the cell \"{column}\" is missing: describe the level there"),
                );
            }
        }
    }
    if !levels.is_empty() && levels.len() != 5 {
        problems.add("rubric.levels", format!("{} of 5 levels are described: describe each once", levels.len()));
    }
    for (i, area) in pack.areas.iter().enumerate() {
        for (j, column) in area.rubric_columns.iter().enumerate() {
            problems.refers(format!("areas[{i}].rubric_columns[{j}]"), column, "rubric column", &columns);
        }
    }
}

fn table(table: &Table, field: &str, problems: &mut Problems) {
    problems.must(field, "title", &table.title);
    if table.columns.is_empty() {
        problems.add(format!("{field}.columns"), "a table needs columns");
    }
    let columns = problems.ids(&format!("{field}.columns"), table.columns.iter().map(|column| column.id.as_str()));
    for (i, column) in table.columns.iter().enumerate() {
        let at = format!("{field}.columns[{i}]");
        problems.must(&at, "title", &column.title);
        let chosen = matches!(column.r#type, ColumnType::Choice | ColumnType::Status);
        if chosen == column.choices.is_empty() {
            problems.add(format!("{at}.choices"), "a choice or status column has choices, another has none");
        }
    }
    for (i, row) in table.rows.iter().enumerate() {
        for (id, cell) in row {
            let at = format!("{field}.rows[{i}].{id}");
            problems.refers(at.clone(), id, "column", &columns);
            if let Some(column) = table.columns.iter().find(|column| column.id == *id)
                && !fits(column, cell)
            {
                problems.add(at, format!("\"{cell}\" is not a {} of column \"{id}\"", column.r#type));
            }
        }
    }
}

fn signal(signal: &Signal, field: &str, problems: &mut Problems) {
    let level = match (signal.for_level, signal.against_level) {
        (Some(level), None) | (None, Some(level)) => Some(level),
        _ => {
            problems.add(field, "a signal speaks for a level or against one: give for_level or against_level");
            None
        }
    };
    if level.is_some_and(|level| level.get() < 2) {
        problems.add(field, "level 1 needs no proof, and nothing is below it: give 2 to 5");
    }
    if signal.required && signal.for_level.is_none() {
        problems.add(format!("{field}.required"), "only what speaks for a level can be required for it");
    }
    problems.must(field, "sentence", &signal.sentence);
    let rule = &signal.rule;
    let graded = rule.improve.is_some() || !rule.improve_values.is_empty() || rule.improve_share.is_some();
    if graded || !rule.proves.is_empty() || rule.miss != Miss::Fail {
        problems.add(format!("{field}.rule"), "a signal holds or it does not: drop improve, proves and miss");
    }
    check::rule(rule, &format!("{field}.rule"), problems);
}

fn fits(column: &Column, cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty()
        || match column.r#type {
            ColumnType::Text | ColumnType::Severity => true,
            ColumnType::Number => cell.parse::<f64>().is_ok(),
            ColumnType::Rating | ColumnType::Level => {
                cell.parse::<i64>().is_ok_and(|level| Level::try_from(level).is_ok())
            }
            ColumnType::Choice | ColumnType::Status => column.choices.iter().any(|choice| choice == cell),
        }
}

fn steps(pack: &Pack, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (i, step) in pack.steps.iter().enumerate() {
        let field = format!("steps[{i}]");
        match (step.from, step.to) {
            (Some(from), Some(to)) if to.get() == from.get() + 1 => {
                if !seen.insert(from) {
                    problems.add(format!("{field}.from"), format!("the step from level {from} stands twice: drop one"));
                }
            }
            _ => problems.add(format!("{field}.from"), "a step leads from a level to the next: from = 2, to = 3"),
        }
        problems.must(&field, "title", &step.title);
        for (j, group) in step.groups.iter().enumerate() {
            problems.must(&format!("{field}.groups[{j}]"), "title", &group.title);
        }
    }
}

fn suggestions(pack: &Pack, problems: &mut Problems) {
    starting_points("suggestions", &pack.suggestions, problems);
    for (language, all) in &pack.translations {
        starting_points(&format!("translations.{language}"), all, problems);
    }
}

fn starting_points(part: &str, all: &Suggestions, problems: &mut Problems) {
    let mut numbers = BTreeSet::new();
    for (i, phase) in all.phases.iter().enumerate() {
        let field = format!("{part}.phases[{i}]");
        problems.must(&field, "name", &phase.name);
        if phase.number == 0 || !numbers.insert(phase.number) {
            problems.add(format!("{field}.number"), "phases are numbered 1, 2, 3 …, each number once");
        }
        if phase.to_month < phase.from_month {
            problems.add(format!("{field}.to_month"), "the last month is before the first");
        }
    }
    let named = [
        ("team", "role", all.team.iter().map(|entry| &entry.role).collect::<Vec<_>>()),
        ("budget", "category", all.budget.iter().map(|entry| &entry.category).collect()),
        ("trainings", "title", all.trainings.iter().map(|entry| &entry.title).collect()),
        ("metrics", "name", all.metrics.iter().map(|entry| &entry.name).collect()),
        ("key_results", "title", all.key_results.iter().map(|entry| &entry.title).collect()),
        ("risks", "title", all.risks.iter().map(|entry| &entry.title).collect()),
    ];
    for (list, name, texts) in named {
        for (i, text) in texts.iter().enumerate() {
            problems.must(&format!("{part}.{list}[{i}]"), name, text);
        }
    }
    let metrics: BTreeSet<&str> = all.metrics.iter().map(|metric| metric.name.as_str()).collect();
    for (i, result) in all.key_results.iter().enumerate() {
        for (j, name) in result.metrics.iter().enumerate() {
            problems.refers(format!("{part}.key_results[{i}].metrics[{j}]"), name, "success metric", &metrics);
        }
    }
}

fn calculators(pack: &Pack, problems: &mut Problems) {
    problems.ids("calculators", pack.calculators.iter().map(|entry| entry.id.as_str()));
    let checks: BTreeSet<&str> = pack.checks().map(|(_, _, check)| check.id.as_str()).collect();
    for (i, entry) in pack.calculators.iter().enumerate() {
        let field = format!("calculators[{i}]");
        problems.must(&field, "title", &entry.title);
        for (j, check) in entry.checks.iter().enumerate() {
            problems.refers(format!("{field}.checks[{j}]"), check, "check", &checks);
        }
        let Some(formula) = entry.formula else {
            problems.add(format!("{field}.formula"), "formula is missing: pool_size or circuit_breaker");
            continue;
        };
        let (inputs, outputs) = calculator::quantities(formula);
        for (list, quantities, known) in [("inputs", &entry.inputs, inputs), ("outputs", &entry.outputs, outputs)] {
            let given: Vec<&str> = quantities.iter().map(|quantity| quantity.id.as_str()).collect();
            if given != known {
                let message = format!("{formula} has the {list} {}, in this order", known.join(", "));
                problems.add(format!("{field}.{list}"), message);
            }
        }
    }
}
