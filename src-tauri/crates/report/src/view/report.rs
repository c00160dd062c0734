//! Who, what, which sections, and the fixed words: `report.json`.

use std::collections::{BTreeMap, BTreeSet};

use groma_model::{Audience, Kind, Object, SettingValue};
use serde_json::{Value, json};

use super::Source;
use crate::Input;
use crate::attachments::{Attachment, Description};
use crate::template::{Brand, Setting, TemplateInfo};

/// What this report holds: the sections that are printed, in order.
pub(crate) struct Has {
    /// Section ids in order.
    pub sections: Vec<String>,
    /// Sections that have nothing to say, and so are not printed even where they are switched on.
    pub empty: Vec<String>,
    /// Ids that the consultant has placed and the template does not have, each once.
    pub unknown: Vec<String>,
}

impl Has {
    /// The template's sections in the consultant's order, without those switched off or empty.
    pub(crate) fn of(input: &Input<'_>) -> Self {
        let template = &input.template.info;
        let engagement = &input.contents.engagement;
        let choices = engagement.of_template(&engagement.sections, &template.id).map_or(&[][..], Vec::as_slice);
        let known = |id: &str| template.sections.iter().any(|section| section.id == id);
        let mut order: Vec<&str> = Vec::new();
        for id in choices.iter().map(|choice| choice.id.as_str()).filter(|id| known(id)) {
            // A section named twice is printed once: its labels must be unique.
            if !order.contains(&id) {
                order.push(id);
            }
        }
        // A section that the consultant has not placed keeps its place behind the one before it in the template.
        for (index, section) in template.sections.iter().enumerate() {
            if order.contains(&section.id.as_str()) {
                continue;
            }
            let before = template.sections[..index]
                .iter()
                .rev()
                .find_map(|earlier| order.iter().position(|id| *id == earlier.id));
            order.insert(before.map_or(0, |place| place + 1), &section.id);
        }
        let off = |id: &str| {
            let default = template.sections.iter().any(|section| section.id == id && section.off);
            let technical = template.sections.iter().any(|section| section.id == id && section.technical);
            let left_out = technical && input.contents.engagement.audience == Audience::Executive;
            // What was switched on was switched on for the report to everybody.
            choices.iter().find(|choice| choice.id == id).map_or(default, |choice| choice.off) || left_out
        };
        let (filled, empty): (Vec<&str>, Vec<&str>) = order.into_iter().partition(|id| filled(input, id));
        let sections = filled.into_iter().filter(|id| !off(id)).map(str::to_owned).collect();
        let empty = empty.into_iter().map(str::to_owned).collect();
        let mut unknown: Vec<String> = Vec::new();
        for id in choices.iter().map(|choice| &choice.id).filter(|id| !known(id)) {
            if !unknown.contains(id) {
                unknown.push(id.clone());
            }
        }
        Self { sections, empty, unknown }
    }

    pub(crate) fn section(&self, id: &str) -> bool {
        self.sections.iter().any(|section| section == id)
    }
}

/// Whether a section has something to say.
fn filled(input: &Input<'_>, id: &str) -> bool {
    let contents = input.contents;
    let engagement = &contents.engagement;
    let any = |texts: &[&String]| texts.iter().any(|text| !text.trim().is_empty());
    match id {
        "control" => {
            !engagement.versions.is_empty() || !engagement.distribution.is_empty() || !engagement.reviewers.is_empty()
        }
        "intake" => !contents.symptoms.is_empty() || contents.intake.triage.is_some(),
        "scope" => any(&[
            &engagement.scope,
            &engagement.out_of_scope,
            &engagement.method,
            &engagement.limits,
            &engagement.access_notes,
        ]),
        "architecture" => {
            !contents.diagrams.is_empty() || any(&[&engagement.architecture, &engagement.target_architecture])
        }
        "scorecard" => input.health.is_some(),
        "maturity" => input.maturity.is_some(),
        "findings-overview" | "findings" => !contents.findings.is_empty(),
        "root-causes" => super::causes::any(contents),
        "retest" => contents.findings.iter().any(|finding| !finding.retests.is_empty()),
        "risks" => !contents.risks.is_empty(),
        "initiatives" => !contents.initiatives.is_empty(),
        "roadmap" => !contents.phases.is_empty() || !contents.initiatives.is_empty(),
        "resources" => !contents.resources.is_empty(),
        "budget" => !contents.budget.is_empty() || !contents.initiatives.is_empty() || !contents.trainings.is_empty(),
        "goals" => !contents.metrics.is_empty() || !contents.key_results.is_empty(),
        "appendix-scoring" => input.health.is_some() || input.maturity.is_some() || !contents.initiatives.is_empty(),
        "appendix-performance" => contents
            .measurements
            .iter()
            .any(|m| m.metric.starts_with("http.latency") || m.metric.starts_with("db.query")),
        "appendix-code" => !engagement.code_metrics.trim().is_empty() || !contents.issue_groups.is_empty(),
        "appendix-interviews" => contents.notes.iter().any(|note| !note.private),
        "appendix-evidence" => !contents.artifacts.is_empty(),
        "appendix-exhibits" => super::numbered(&contents.exhibits).next().is_some(),
        _ => true,
    }
}

/// The labels that exist in this report, so that links are drawn only to what is there.
fn labels(source: &Source<'_>, has: &Has) -> BTreeSet<String> {
    let contents = source.contents;
    let mut labels = BTreeSet::new();
    if has.section("findings") {
        labels.extend(contents.findings.iter().map(|finding| format!("finding-{}", finding.number)));
    }
    if has.section("risks") {
        labels.extend(contents.risks.iter().map(|risk| format!("risk-{}", risk.number)));
    }
    if has.section("initiatives") {
        labels.extend(contents.initiatives.iter().map(|initiative| format!("initiative-{}", initiative.number)));
    }
    if has.section("roadmap") {
        labels.extend(contents.phases.iter().map(|phase| format!("phase-{}", phase.number)));
    }
    if has.section("appendix-evidence") {
        labels.extend((1..=contents.artifacts.len()).map(|n| format!("artifact-{n}")));
    }
    if has.section("appendix-exhibits") {
        labels.extend(super::numbered(&contents.exhibits).map(|(number, _)| format!("exhibit-{number}")));
    }
    if has.section("maturity") {
        labels.extend(source.maturity.into_iter().flat_map(|m| &m.areas).map(|area| format!("area-{}", area.id)));
    }
    if has.section("scorecard") {
        let checks = source.packs.iter().flat_map(|pack| &pack.sections).flat_map(|section| &section.checks);
        labels.extend(checks.map(|check| format!("check-{}", check.id)));
    }
    labels.extend(has.sections.iter().map(|section| format!("section-{section}")));
    labels
}

/// `report.json`.
pub(crate) fn report(
    source: &Source<'_>,
    template: &TemplateInfo,
    brand: &Brand,
    has: &Has,
    attached: &[Attachment],
) -> Value {
    let attachments: Vec<Value> = attached
        .iter()
        .map(|one| {
            let description = match &one.description {
                Description::Word(word) => source.labels.word("words", word).to_owned(),
                Description::Exhibit(number, title) => {
                    let number = number.to_string();
                    source.labels.sentence("words", "exhibit-file", &[("number", &number), ("title", title)])
                }
            };
            json!({"path": one.path(), "media_type": one.media_type, "description": description})
        })
        .collect();
    let engagement = &source.contents.engagement;
    let sections: Vec<Value> = has
        .sections
        .iter()
        .map(|id| json!({"id": id, "title": section_title(source.labels, &template.id, id)}))
        .collect();
    let people = |list: &[groma_model::Person]| list.iter().map(Source::person).collect::<Vec<_>>();
    let versions: Vec<Value> = engagement
        .versions
        .iter()
        .map(|version| {
            json!({
                "version": version.version, "author": version.author, "note": version.note,
                "date_text": version.date.map(|date| source.locale.date(date)).unwrap_or_default(),
            })
        })
        .collect();
    let mut look = serde_json::to_value(&brand.data).unwrap_or_default();
    look["id"] = json!(brand.id);
    look["logo"] = brand.logo.as_ref().map_or(Value::Null, |(ending, _)| json!(format!("/brand/logo.{ending}")));
    look["logo_dark"] =
        brand.logo_dark.as_ref().map_or(Value::Null, |(ending, _)| json!(format!("/brand/logo-dark.{ending}")));
    json!({
        "template": {"id": template.id, "version": template.version}, "settings": settings(source, template),
        "client_logo": source.image(engagement.client_logo),
        "client_logo_dark": source.image(engagement.client_logo_dark), "audience": engagement.audience, "standard": engagement.standard, "attachments": attachments,
        "language": source.locale.language,
        "direction": if source.locale.right_to_left { "rtl" } else { "ltr" }, "plural": source.locale.plural_table(),
        "currency": engagement.currency, "brand": look,
        "reference": engagement.reference, "client": engagement.client, "system": engagement.system,
        "firm": engagement.firm, "classification": engagement.classification, "version": engagement.version,
        "nda": engagement.nda, "report_date": engagement.report_date,
        "report_date_text": engagement.report_date.map(|date| source.locale.date(date)).unwrap_or_default(),
        "period_text": source.locale.period(engagement.starts, engagement.ends),
        "primary_language": engagement.primary_language, "architecture_style": engagement.architecture_style,
        "priority": engagement.priority, "modernisation_effort": engagement.modernisation_effort,
        "auditors": people(&engagement.auditors), "sponsor": Source::person(&engagement.sponsor),
        "distribution": people(&engagement.distribution), "reviewers": people(&engagement.reviewers),
        "versions": versions, "access": engagement.access,
        "contingency_percent_text": source.locale.percent(engagement.contingency_percent, 0),
        "prose": prose(source), "sections": sections, "has": labels(source, has), "labels": source.labels,
        "glossary": glossary(source),
    })
}

/// A section's title: the template's own word for it, else that of all templates.
#[must_use]
pub fn section_title<'l>(labels: &'l crate::Labels, template: &str, id: &'l str) -> &'l str {
    let own = format!("{template}.{id}");
    match labels.find("section", &own) {
        Some(title) => title,
        None => labels.word("section", id),
    }
}

/// What the template's settings are: as set, where it can take that, else as it says.
fn settings(source: &Source<'_>, template: &TemplateInfo) -> BTreeMap<String, SettingValue> {
    let engagement = &source.contents.engagement;
    let kept = &engagement.template_settings;
    let set = engagement.of_template(kept, &template.id).or_else(|| kept.get(&template.id));
    let value = |setting: &Setting| {
        let given = set.and_then(|set| set.get(&setting.id)).filter(|value| setting.takes(value));
        (setting.id.clone(), given.unwrap_or(&setting.default).clone())
    };
    template.settings.iter().map(value).collect()
}

/// Every prose field of the engagement.
fn prose(source: &Source<'_>) -> Value {
    let engagement = &source.contents.engagement;
    let Ok(Value::Object(fields)) = serde_json::to_value(engagement) else { return Value::Null };
    let paths = groma_model::Engagement::PROSE.iter().map(|field| {
        let text = fields.get(*field).and_then(Value::as_str).unwrap_or_default();
        ((*field).to_owned(), source.prose.field(Kind::Engagement, engagement.id, "engagement", field, text))
    });
    Value::Object(paths.collect())
}

/// The engagement's own terms; the general ones join them once all that is printed is known.
fn glossary(source: &Source<'_>) -> Vec<Value> {
    let terms = source.contents.engagement.glossary.iter();
    terms.map(|term| json!({"term": term.term, "meaning": term.meaning})).collect()
}
