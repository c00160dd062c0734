//! The risk register and its three matrices.

use groma_model::{Exposure, Kind, Risk};
use groma_plan::Band;
use serde_json::{Value, json};

use super::{Source, code, numbers};

pub(super) fn view(source: &Source<'_>) -> Value {
    let contents = source.contents;
    let risks: Vec<Value> = contents
        .risks
        .iter()
        .map(|risk| {
            let key = code('R', risk.number);
            let prose = |field, text: &str| source.prose.field(Kind::Risk, risk.id, &key, field, text);
            let mut initiatives: Vec<u32> =
                contents.initiatives.iter().filter(|i| i.risks.contains(&risk.id)).map(|i| i.number).collect();
            initiatives.sort_unstable();
            json!({
                "number": risk.number, "code": key, "title": risk.title,
                "scenario": prose("scenario", &risk.scenario), "category": risk.category,
                "inherent": Source::exposure(risk.inherent), "current": Source::exposure(risk.current),
                "residual": Source::exposure(risk.residual), "treatment": risk.treatment, "owner": risk.owner,
                "mitigation": prose("mitigation", &risk.mitigation),
                "findings": numbers(&risk.findings, &source.index.findings), "initiatives": initiatives,
            })
        })
        .collect();
    json!({
        "risks": risks,
        "inherent": matrix(contents.risks.iter().map(|risk| (risk.number, risk.inherent))),
        "current": matrix(contents.risks.iter().map(|risk| (risk.number, risk.current))),
        "residual": matrix(contents.risks.iter().map(expected)),
    })
}

/// What remains of a risk; a risk whose residual is not rated stays where it is.
fn expected(risk: &Risk) -> (u32, Option<Exposure>) {
    (risk.number, risk.residual.or(risk.current))
}

/// The 25 cells of likelihood × impact with the numbers of the risks in them.
pub(super) fn matrix(risks: impl Iterator<Item = (u32, Option<Exposure>)>) -> Value {
    let placed: Vec<(u32, Exposure)> = risks.filter_map(|(number, exposure)| Some((number, exposure?))).collect();
    let cells: Vec<Value> = (1..=5u8)
        .flat_map(|likelihood| (1..=5u8).map(move |impact| (likelihood, impact)))
        .map(|(likelihood, impact)| {
            let mut inside: Vec<u32> = placed
                .iter()
                .filter(|(_, exposure)| exposure.likelihood.get() == likelihood && exposure.impact.get() == impact)
                .map(|(number, _)| *number)
                .collect();
            inside.sort_unstable();
            json!({"likelihood": likelihood, "impact": impact, "risks": inside})
        })
        .collect();
    json!({"cells": cells})
}

/// How many risks stand in each band.
pub(super) fn counts(exposures: impl Iterator<Item = Option<Exposure>>) -> Value {
    let mut counts =
        [("critical", Band::Critical, 0), ("high", Band::High, 0), ("medium", Band::Medium, 0), ("low", Band::Low, 0)];
    for exposure in exposures.flatten() {
        let band = Band::of(exposure.score());
        for (_, known, count) in &mut counts {
            *count += u32::from(*known == band);
        }
    }
    Value::Object(counts.iter().map(|(word, _, count)| ((*word).to_owned(), json!(count))).collect())
}
