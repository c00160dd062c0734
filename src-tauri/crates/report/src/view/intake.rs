//! Symptoms and the triage answer.

use groma_model::Kind;
use serde_json::{Value, json};

use super::{Source, numbers};

pub(super) fn view(source: &Source<'_>) -> Value {
    let intake = &source.contents.intake;
    let prose = |field, text: &str| source.prose.field(Kind::Intake, intake.id, "intake", field, text);
    let symptoms: Vec<Value> = source
        .contents
        .symptoms
        .iter()
        .enumerate()
        .map(|(index, symptom)| {
            let key = (index + 1).to_string();
            let prose = |field, text: &str| source.prose.field(Kind::Symptom, symptom.id, &key, field, text);
            json!({
                "title": symptom.title, "frequency": symptom.frequency, "operation": symptom.operation,
                "severity": symptom.severity,
                "workaround": prose("workaround", &symptom.workaround),
                "trace": prose("trace", &symptom.trace),
                "root_cause": prose("root_cause", &symptom.root_cause),
                "consequence": prose("consequence", &symptom.consequence),
                "findings": numbers(&symptom.findings, &source.index.findings),
            })
        })
        .collect();
    json!({
        "triage": intake.triage, "trigger": prose("trigger", &intake.trigger), "reason": prose("reason", &intake.reason),
        "recurring": intake.recurring, "cause_known": intake.cause_known, "urgent": intake.urgent,
        "outgrown": intake.outgrown, "symptoms": symptoms,
    })
}
