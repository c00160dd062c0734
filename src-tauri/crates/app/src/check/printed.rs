//! What the chosen sections leave out: references that lead nowhere, sections that are not there, an empty report.

use groma_model::Kind;

use serde_json::json;

use super::{Problems, Subject, Values, values};

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let Some(composed) = subject.composed else { return };
    let engagement = &subject.contents.engagement;
    let mut at = problems.at(Kind::Engagement, engagement.id, "engagement");
    for id in &composed.unknown_sections {
        at.warning("section.unknown", "sections", values([("section", json!(id))]));
    }
    if composed.sections == 0 {
        at.error("section.none", "sections", Values::new());
    }
    // One that does not exist at all is told with the prose.
    for unprinted in composed.unprinted.iter().filter(|unprinted| unprinted.exists) {
        let origin = &unprinted.origin;
        let object = if origin.name.is_empty() { origin.kind.to_string() } else { origin.name.clone() };
        let code = super::code(unprinted.record.kind.letter(), unprinted.record.number);
        problems.at(origin.kind, origin.id, object).warning(
            "section.off",
            origin.field,
            values([("code", json!(code))]),
        );
    }
}
