//! Levels: another than the evidence suggests has a reason.

use groma_model::Kind;
use serde_json::json;

use super::{Problems, Subject, values};
use crate::levels::Counted;

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let contents = subject.contents;
    let counted = Counted::of(contents);
    for assessment in &contents.assessments {
        let Some(confirmed) = assessment.level.filter(|_| assessment.justification.trim().is_empty()) else { continue };
        let pack = subject.packs.iter().find(|pack| pack.id == assessment.pack);
        let Some(area) = pack.and_then(|pack| pack.area(&assessment.area)) else { continue };
        let suggested = counted.suggestion(area).level;
        if let Some(suggested) = suggested.filter(|suggested| *suggested != confirmed) {
            problems.at(Kind::Assessment, assessment.id, format!("area {}", area.id)).error(
                "assessment.level",
                "justification",
                values([("confirmed", json!(confirmed)), ("suggested", json!(suggested))]),
            );
        }
    }
}
