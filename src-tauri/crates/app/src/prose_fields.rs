//! Every text of an engagement that is Markdown, with how a person names the object it belongs to.

use groma_model::{Contents, Id, Kind, Object};

use crate::check::code;

/// A Markdown text and where it stands.
pub(crate) struct ProseField {
    pub kind: Kind,
    pub id: Id,
    /// How a person names the object.
    pub object: String,
    pub field: &'static str,
    pub text: String,
}

/// All of them that are not empty, private and internal ones included, in the order of the report.
pub(crate) fn prose_fields(contents: &Contents) -> Vec<ProseField> {
    let mut all = Vec::new();
    one(&contents.engagement, String::new(), &mut all);
    one(&contents.intake, String::new(), &mut all);
    each(&contents.symptoms, |symptom| symptom.title.clone(), &mut all);
    each(&contents.answers, |answer| answer.check.clone(), &mut all);
    each(&contents.assessments, |area| area.area.clone(), &mut all);
    each(&contents.artifacts, |artifact| artifact.name.clone(), &mut all);
    each(&contents.findings, |finding| code('F', finding.number), &mut all);
    each(&contents.diagrams, |diagram| diagram.title.clone(), &mut all);
    each(&contents.risks, |risk| code('R', risk.number), &mut all);
    each(&contents.themes, |theme| theme.name.clone(), &mut all);
    each(&contents.initiatives, |initiative| code('I', initiative.number), &mut all);
    each(&contents.phases, |phase| phase.number.to_string(), &mut all);
    each(&contents.trainings, |need| need.title.clone(), &mut all);
    each(&contents.notes, |note| note.title.clone(), &mut all);
    all
}

fn each<T: Object>(objects: &[T], name: impl Fn(&T) -> String, all: &mut Vec<ProseField>) {
    objects.iter().for_each(|object| one(object, name(object), all));
}

fn one<T: Object>(object: &T, name: String, all: &mut Vec<ProseField>) {
    let Ok(serde_json::Value::Object(mut fields)) = serde_json::to_value(object) else { return };
    for field in T::PROSE.iter().copied() {
        if let Some(serde_json::Value::String(text)) = fields.remove(field)
            && !text.is_empty()
        {
            all.push(ProseField { kind: T::KIND, id: object.id(), object: name.clone(), field, text });
        }
    }
}

/// The name or id by which a target in prose calls an image.
pub(crate) fn image_name(target: &str) -> &str {
    target.strip_prefix("image:").or_else(|| target.strip_prefix("images/")).unwrap_or(target)
}
