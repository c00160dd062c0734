//! Areas with their levels, reasons, checks and tables; the rubric beside.

use std::collections::BTreeMap;

use groma_model::{Answer, Assessment, Kind};
use groma_pack::{Area, Check, Pack};
use serde_json::{Value, json};

use super::{Source, evidence};

pub(super) fn view(source: &Source<'_>) -> Value {
    let (Some(maturity), Some(pack)) = (source.maturity, source.packs.iter().find(|pack| !pack.areas.is_empty()))
    else {
        return json!({"pack": null, "rubric": {"columns": [], "levels": []}, "areas": [], "mean_text": "", "target_mean_text": "", "weakest": null});
    };
    let answers: BTreeMap<&str, &Answer> = source
        .contents
        .answers
        .iter()
        .filter(|answer| answer.pack == pack.id)
        .map(|answer| (answer.check.as_str(), answer))
        .collect();
    let assessments: BTreeMap<&str, &Assessment> = source
        .contents
        .assessments
        .iter()
        .filter(|assessment| assessment.pack == pack.id)
        .map(|assessment| (assessment.area.as_str(), assessment))
        .collect();
    let areas: Vec<Value> = pack
        .areas
        .iter()
        .map(|area| one(source, pack, area, assessments.get(area.id.as_str()).copied(), &answers))
        .collect();
    let mean = |value: Option<f64>| value.map(|value| source.locale.number(value, 1)).unwrap_or_default();
    json!({
        "pack": {"id": pack.id, "title": pack.title, "version": pack.version}, "rubric": rubric(pack), "areas": areas,
        "mean_text": mean(maturity.mean), "target_mean_text": mean(maturity.target_mean),
        "weakest": maturity.weakest,
    })
}

fn rubric(pack: &Pack) -> Value {
    let columns: Vec<&str> = pack.rubric.columns.iter().map(|column| column.title.as_str()).collect();
    let levels: Vec<Value> = pack
        .rubric
        .levels
        .iter()
        .map(|level| {
            let cells: Vec<&str> = pack
                .rubric
                .columns
                .iter()
                .map(|column| level.cells.get(&column.id).map(String::as_str).unwrap_or_default())
                .collect();
            json!({"level": level.level, "title": level.name, "cells": cells})
        })
        .collect();
    json!({"columns": columns, "levels": levels})
}

fn one(
    source: &Source<'_>,
    pack: &Pack,
    area: &Area,
    assessment: Option<&Assessment>,
    answers: &BTreeMap<&str, &Answer>,
) -> Value {
    let none = Assessment::default();
    let known = assessment.unwrap_or(&none);
    let prose = |field, text: &str| source.prose.field(Kind::Assessment, known.id, &area.id, field, text);
    let checks: Vec<Value> = area
        .checks
        .iter()
        .map(|check| {
            let answer = answers.get(check.id.as_str());
            let key = format!("{}-{}", pack.id, check.id);
            json!({
                "id": check.id, "title": check.title,
                "verdict": answer.map(|answer| answer.verdict).unwrap_or_default(),
                "note": answer.map_or(Value::Null, |a| source.prose.field(Kind::Answer, a.id, &key, "note", &a.note)),
                "value_text": answer.map(|answer| told(source, pack, check, answer)).unwrap_or_default(),
            })
        })
        .collect();
    let tables: Vec<Value> = area
        .tables
        .iter()
        .filter_map(|table| {
            let rows: Vec<Vec<String>> = known
                .tables
                .get(&table.id)?
                .iter()
                .map(|row| {
                    let cell = |column: &groma_pack::Column| {
                        row.get(&column.id).map(|cell| pack.read(cell).to_owned()).unwrap_or_default()
                    };
                    table.columns.iter().map(cell).collect()
                })
                .filter(|row: &Vec<String>| row.iter().skip(1).any(|cell| !cell.is_empty()))
                .collect();
            let columns: Vec<Value> = table
                .columns
                .iter()
                .map(|column| json!({"id": column.id, "title": column.title, "type": column.r#type}))
                .collect();
            (!rows.is_empty()).then(|| json!({"id": table.id, "title": table.title, "columns": columns, "rows": rows}))
        })
        .collect();
    let mut findings: Vec<u32> = source
        .contents
        .findings
        .iter()
        .filter(|finding| {
            source.read(&finding.area) == area.title || finding.checks.iter().any(|check| stands_in(pack, area, check))
        })
        .map(|finding| finding.number)
        .collect();
    findings.sort_unstable();
    json!({
        "id": area.id, "title": area.title, "short": short(&area.title), "level": known.level, "target": known.target,
        "justification": prose("justification", &known.justification), "evidence": prose("evidence", &known.evidence),
        "checks": checks, "tables": tables, "findings": findings,
    })
}

fn stands_in(pack: &Pack, area: &Area, check: &str) -> bool {
    check.split_once('/').is_some_and(|(named, id)| named == pack.id && area.checks.iter().any(|known| known.id == id))
}

/// The part of a title that fits beside a radar.
fn short(title: &str) -> &str {
    title.split(['&', ',', '(', ':']).next().map_or(title, str::trim)
}

/// What was chosen, filled in and measured for a check.
fn told(source: &Source<'_>, pack: &Pack, check: &Check, answer: &Answer) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !answer.choices.is_empty() {
        let choices: Vec<String> = answer.choices.iter().map(|choice| pack.read(choice).to_owned()).collect();
        parts.push(source.labels.list(&choices));
    }
    for blank in &check.blanks {
        if let Some(text) = answer.blanks.get(&blank.id).map(|text| text.trim()).filter(|text| !text.is_empty()) {
            // One blank is the check's own: its title says what it is.
            let label = if check.blanks.len() > 1 { format!("{}: ", blank.label) } else { String::new() };
            let unit = if blank.unit.is_empty() { String::new() } else { format!("\u{a0}{}", blank.unit) };
            parts.push(format!("{label}{text}{unit}"));
        }
    }
    parts.extend(answer.value.map(|value| evidence::value(source, value, &answer.unit, "")));
    parts.join("; ")
}
