//! Every field: numbers out of range; in prose, marks of unfinished work, references and images that lead nowhere, images without a text alternative.

use std::collections::BTreeSet;

use groma_model::{Contents, Id, Image, Kind, Object};
use groma_prose::RecordKind;

use serde_json::json;

use super::{At, Problems, Subject, Values, code, values};
use crate::prose_fields::image_name;

/// Fields that never reach a client document.
const INTERNAL: &[&str] = &["internal_notes"];

/// Which numbers exist, and which images.
struct Known<'a> {
    findings: BTreeSet<u32>,
    risks: BTreeSet<u32>,
    initiatives: BTreeSet<u32>,
    images: &'a [Image],
    facts: Option<&'a groma_report::Facts<'a>>,
}

impl Known<'_> {
    fn of<'a>(subject: &Subject<'a>) -> Known<'a> {
        let contents = subject.contents;
        Known {
            facts: subject.facts,
            findings: contents.findings.iter().map(|finding| finding.number).collect(),
            risks: contents.risks.iter().map(|risk| risk.number).collect(),
            initiatives: contents.initiatives.iter().map(|initiative| initiative.number).collect(),
            images: &contents.images,
        }
    }

    fn has(&self, record: groma_prose::Record) -> bool {
        match record.kind {
            RecordKind::Finding => self.findings.contains(&record.number),
            RecordKind::Risk => self.risks.contains(&record.number),
            RecordKind::Initiative => self.initiatives.contains(&record.number),
        }
    }

    /// Whether a place in braces is a figure that is filled in where it is printed.
    fn figure(&self, name: &str) -> bool {
        self.facts.is_some_and(|facts| facts.get(name).is_some())
    }

    fn image(&self, target: &str) -> Option<&Image> {
        let name = image_name(target);
        self.images.iter().find(|image| image.name == name || image.id.to_string() == name)
    }
}

/// Every prose field of the objects with a place to hang problems on.
pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let contents = subject.contents;
    let known = Known::of(subject);
    one(&contents.engagement, "engagement", &known, problems);
    one(&contents.intake, "intake", &known, problems);
    each(&contents.symptoms, |symptom| format!("symptom \"{}\"", symptom.title), &known, problems);
    each(&contents.answers, |answer| format!("check {}", answer.check), &known, problems);
    each(&contents.assessments, |area| format!("area {}", area.area), &known, problems);
    each(&contents.artifacts, |artifact| artifact.name.clone(), &known, problems);
    each(&contents.findings, |finding| code('F', finding.number), &known, problems);
    each(&contents.diagrams, |diagram| format!("diagram \"{}\"", diagram.title), &known, problems);
    each(&contents.risks, |risk| code('R', risk.number), &known, problems);
    each(&contents.themes, |theme| format!("theme \"{}\"", theme.name), &known, problems);
    each(&contents.initiatives, |initiative| code('I', initiative.number), &known, problems);
    each(&contents.phases, |phase| format!("phase {}", phase.number), &known, problems);
    // Kinds without prose, for their numbers.
    each(&contents.milestones, |milestone| format!("milestone \"{}\"", milestone.name), &known, problems);
    each(&contents.roles, |role| format!("role \"{}\"", role.name), &known, problems);
    each(&contents.resources, |line| format!("resource \"{}\"", line.name), &known, problems);
    each(&contents.budget, |line| format!("budget line \"{}\"", line.title), &known, problems);
    each(&contents.trainings, |need| format!("training \"{}\"", need.title), &known, problems);
    for note in contents.notes.iter().filter(|note| !note.private) {
        one(note, &format!("note \"{}\"", note.title), &known, problems);
    }
    titles(contents, problems);
    pictures(contents, problems);
}

fn each<T: Object>(objects: &[T], name: impl Fn(&T) -> String, known: &Known<'_>, problems: &mut Problems) {
    for object in objects {
        one(object, &name(object), known, problems);
    }
}

fn one<T: Object>(object: &T, name: &str, known: &Known<'_>, problems: &mut Problems) {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(object) else { return };
    let mut at = problems.at(T::KIND, object.id(), name);
    for wrong in object.out_of_range() {
        at.error("value.range", wrong.field, values([("reason", json!(wrong.reason))]));
    }
    for field in T::PROSE.iter().copied().filter(|field| !INTERNAL.contains(field)) {
        if let Some(source) = fields.get(field).and_then(serde_json::Value::as_str)
            && !source.is_empty()
        {
            field_of(source, field, known, &mut at);
        }
    }
}

fn field_of(source: &str, field: &'static str, known: &Known<'_>, at: &mut At<'_>) {
    for marker in groma_prose::todo_markers(source) {
        let line = line_of(source, marker.span.start);
        at.error("prose.unfinished", field, values([("words", json!(marker.text)), ("line", json!(line))]));
    }
    for marker in groma_prose::placeholders(source).into_iter().filter(|marker| !known.figure(&marker.text)) {
        let line = line_of(source, marker.span.start);
        at.error("prose.placeholder", field, values([("words", json!(marker.text)), ("line", json!(line))]));
    }
    let document = groma_prose::parse(source);
    for used in groma_prose::references(&document) {
        if !known.has(used.record) {
            let line = line_of(source, used.span.start);
            let code = code(used.record.kind.letter(), used.record.number);
            at.error("prose.reference", field, values([("code", json!(code)), ("line", json!(line))]));
        }
    }
    for used in groma_prose::images(&document) {
        let line = line_of(source, used.span.start);
        match known.image(&used.target) {
            None => {
                at.error("prose.image", field, values([("image", json!(used.target)), ("line", json!(line))]));
            }
            Some(image) if used.alt.trim().is_empty() && image.alt.trim().is_empty() => {
                at.error("prose.alt", field, values([("image", json!(image.name)), ("line", json!(line))]));
            }
            Some(_) => {}
        }
    }
}

fn line_of(source: &str, byte: usize) -> usize {
    source.get(..byte).map_or(1, |before| before.matches('\n').count() + 1)
}

fn titles(contents: &Contents, problems: &mut Problems) {
    let gaps = contents.findings.iter().map(|o| (Kind::Finding, o.id, code('F', o.number), &o.title));
    let risks = contents.risks.iter().map(|o| (Kind::Risk, o.id, code('R', o.number), &o.title));
    let initiatives = contents.initiatives.iter().map(|o| (Kind::Initiative, o.id, code('I', o.number), &o.title));
    let all: Vec<(Kind, Id, String, &String)> = gaps.chain(risks).chain(initiatives).collect();
    for (kind, id, code, title) in all {
        let mut at = problems.at(kind, id, code);
        if title.trim().is_empty() {
            at.error("prose.title", "title", Values::new());
        }
        for marker in groma_prose::todo_markers(title) {
            at.error("prose.unfinished.title", "title", values([("words", json!(marker.text))]));
        }
        for marker in groma_prose::placeholders(title) {
            at.error("prose.placeholder.title", "title", values([("words", json!(marker.text))]));
        }
    }
}

fn pictures(contents: &Contents, problems: &mut Problems) {
    for diagram in &contents.diagrams {
        let mut at = problems.at(Kind::Diagram, diagram.id, format!("diagram \"{}\"", diagram.title));
        // A view says by itself what is on it.
        let view = diagram.architecture.is_some();
        if diagram.image.is_none() && !view {
            at.error("diagram.image", "image", Values::new());
        }
        if diagram.alt.trim().is_empty() && !view {
            at.error("diagram.alt", "alt", Values::new());
        }
        if diagram.caption.trim().is_empty() {
            at.warning("diagram.caption", "caption", Values::new());
        }
    }
}
