//! Root causes: what hangs on each, and the causal map as vectors.

use std::collections::BTreeMap;

use groma_model::{Finding, Id, Kind, Life, Symptom};
use groma_plan::{CauseMap, CausePart, RootCause};
use serde_json::{Value, json};

use super::{Source, code, numbers};

/// Whether a gap is caused by another.
pub(super) fn any(contents: &groma_model::Contents) -> bool {
    !groma_plan::causes(contents, None).links.is_empty()
}

pub(super) fn view(source: &Source<'_>) -> Value {
    let contents = source.contents;
    let causes = groma_plan::causes(contents, source.plan.map(|plan| &plan.cost));
    if causes.links.is_empty() {
        return json!({"roots": [], "maps": [], "areas": []});
    }
    let lookup = Lookup {
        findings: contents.findings.iter().map(|finding| (finding.id, finding)).collect(),
        symptoms: contents.symptoms.iter().enumerate().map(|(n, symptom)| (symptom.id, (n + 1, symptom))).collect(),
    };
    let roots: Vec<Value> = causes.roots.iter().filter_map(|cause| root(source, &lookup, cause)).collect();
    let drawn = |maps: &[CauseMap]| maps.iter().map(|one| map(source, &lookup, one)).collect::<Vec<_>>();
    json!({"roots": roots, "maps": drawn(&causes.maps), "areas": drawn(&causes.areas)})
}

struct Lookup<'a> {
    findings: BTreeMap<Id, &'a Finding>,
    /// With the place in the intake, from 1.
    symptoms: BTreeMap<Id, (usize, &'a Symptom)>,
}

impl Lookup<'_> {
    fn symptoms(&self, ids: &[Id]) -> Vec<usize> {
        ids.iter().filter_map(|id| Some(self.symptoms.get(id)?.0)).collect()
    }

    /// `F-003`, or the symptom in quotation marks.
    fn called(&self, source: &Source<'_>, id: Id) -> String {
        match (self.findings.get(&id), self.symptoms.get(&id)) {
            (Some(finding), _) => code('F', finding.number),
            (_, Some((_, symptom))) => source.labels.sentence("words", "quoted", &[("text", symptom.title.as_str())]),
            _ => String::new(),
        }
    }
}

fn root(source: &Source<'_>, lookup: &Lookup<'_>, root: &RootCause) -> Option<Value> {
    let finding = lookup.findings.get(&root.finding)?;
    let key = code('F', finding.number);
    let prose = |field, text: &str| source.prose.field(Kind::Finding, finding.id, &key, field, text);
    let findings = &source.index.findings;
    let ordered = |ids: &[Id]| ids.iter().filter_map(|id| findings.get(id).copied()).collect::<Vec<u32>>();
    let estimated = root.effort.high > 0.0;
    let money = |range: groma_model::MoneyRange| {
        if range == groma_model::MoneyRange::default() { String::new() } else { source.money(range.likely) }
    };
    Some(json!({
        "finding": finding.number, "code": key, "title": finding.title, "severity": finding.severity,
        "area": source.read(&finding.area), "operation": finding.operation, "life": finding.life,
        "open": finding.life != Life::Fixed,
        "cause": prose("cause", &finding.cause), "consequence": prose("consequence", &finding.consequence),
        "workaround": prose("workaround", &finding.workaround),
        "effects": ordered(&root.effects),
        "chains": root.chains.iter().map(|chain| ordered(chain)).collect::<Vec<_>>(),
        "symptoms": lookup.symptoms(&root.symptoms), "settled": lookup.symptoms(&root.settled),
        "risks": numbers(&root.risks, &source.index.risks),
        "initiatives": numbers(&root.initiatives, &source.index.initiatives),
        "effort_text": super::findings::effort_text(source, estimated.then_some(root.effort)),
        "once_text": money(root.once), "yearly_text": money(root.yearly),
    }))
}

fn map(source: &Source<'_>, lookup: &Lookup<'_>, map: &CauseMap) -> Value {
    let boxes: Vec<Value> = map
        .boxes
        .iter()
        .map(|one| {
            let finding = lookup.findings.get(&one.object);
            let symptom = lookup.symptoms.get(&one.object);
            let title = finding.map(|finding| finding.title.as_str()).or(symptom.map(|found| found.1.title.as_str()));
            json!({
                "part": one.part, "finding": finding.map(|finding| finding.number), "symptom": symptom.map(|found| found.0),
                "title": title.unwrap_or_default(), "severity": finding.map(|finding| finding.severity),
                "hurts": symptom.and_then(|found| found.1.severity),
                "fixed": finding.is_some_and(|finding| finding.life == Life::Fixed),
                "rect": [one.x, one.y, one.w, one.h],
            })
        })
        .collect();
    let root = map.root.and_then(|root| lookup.findings.get(&root));
    json!({
        "root": root.map(|finding| finding.number), "title": root.map(|finding| finding.title.as_str()).unwrap_or_default(),
        "area": source.read(&map.area), "alt": alt(source, lookup, map), "width": map.width, "height": map.height,
        "titled": map.titled, "left_out": map.left_out, "boxes": boxes,
        "lines": map.lines.iter().map(|line| &line.points).collect::<Vec<_>>(),
    })
}

/// The map in words: each cause with what it leads to, the roots first.
fn alt(source: &Source<'_>, lookup: &Lookup<'_>, map: &CauseMap) -> String {
    let mut boxes: Vec<_> = map.boxes.iter().filter(|one| one.part != CausePart::Symptom).collect();
    boxes.sort_by_key(|one| std::cmp::Reverse(one.part));
    let said = boxes.iter().filter_map(|one| {
        let led: Vec<String> = (map.lines.iter())
            .filter(|line| line.cause == one.object)
            .map(|line| lookup.called(source, line.effect))
            .collect();
        let places = [("cause", lookup.called(source, one.object)), ("effects", source.labels.list(&led))];
        let places: Vec<(&str, &str)> = places.iter().map(|(name, text)| (*name, text.as_str())).collect();
        (!led.is_empty()).then(|| source.labels.sentence("words", "cause-leads", &places))
    });
    let all: Vec<String> = said.collect();
    source.labels.sentence("words", "cause-map-alt", &[("list", &all.join("; "))])
}
