//! Health: how many of the checks that apply have passed.
//!
//! One point a pass, none for *fail* or *improve*. A check that does not apply leaves the total, when a reason is
//! given; without one it counts as not assessed. What nobody looked at stays in the total, so that the unknown never
//! flatters: `percent` is passes of all applicable checks, and the coverage (`assessed` of `applicable`) stands
//! beside it. `percent_of_assessed` leaves the unknown out and is never to be shown without the coverage.

use std::collections::HashMap;

use groma_model::{Answer, Severity, Verdict};
use serde::Serialize;

use crate::{Band, Check, Pack};

/// Counts of a section. `passed + failed + improve + not_assessed = total`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ts_rs::TS)]
pub struct SectionHealth {
    /// The section's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Checks that passed: the section's points.
    pub passed: u32,
    /// Checks that failed.
    pub failed: u32,
    /// Checks that could be better.
    pub improve: u32,
    /// Checks that apply, assessed or not.
    pub total: u32,
    /// Checks that do not apply, with a reason.
    pub not_applicable: u32,
    /// Checks that apply and that nobody has assessed.
    pub not_assessed: u32,
    /// `100 × passed / total`; none when nothing applies.
    pub percent: Option<f64>,
}

impl SectionHealth {
    fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Pass => self.passed += 1,
            Verdict::Fail => self.failed += 1,
            Verdict::Improve => self.improve += 1,
            Verdict::NotApplicable => self.not_applicable += 1,
            Verdict::NotAssessed => self.not_assessed += 1,
        }
    }

    fn close(&mut self) {
        self.total = self.passed + self.failed + self.improve + self.not_assessed;
        self.percent = percent(self.passed, self.total);
    }
}

/// The health of a system by one pack's sections.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ts_rs::TS)]
pub struct Health {
    /// Sections, in the pack's order.
    pub sections: Vec<SectionHealth>,
    /// Checks that passed: the points.
    pub passed: u32,
    /// Checks that failed.
    pub failed: u32,
    /// Checks that could be better.
    pub improve: u32,
    /// Checks that apply, assessed or not.
    pub total: u32,
    /// Checks that do not apply, with a reason.
    pub not_applicable: u32,
    /// Checks that apply and that nobody has assessed.
    pub not_assessed: u32,
    /// `100 × passed / total`; none when nothing applies.
    pub percent: Option<f64>,
    /// `100 × passed / assessed`; none when nothing is assessed.
    pub percent_of_assessed: Option<f64>,
    /// Id of the band of `percent`.
    pub band: Option<String>,
    /// Title of the band.
    pub band_title: Option<String>,
    /// Checks that apply and have a verdict.
    pub assessed: u32,
    /// Checks that apply; equals `total`.
    pub applicable: u32,
}

fn percent(part: u32, whole: u32) -> Option<f64> {
    // Multiplied first: the quotient is then exact where it is a whole number, so that 63 of 70 is 90, not less.
    (whole > 0).then(|| f64::from(part) * 100.0 / f64::from(whole))
}

/// The pack's bands, best first; the product's own four when it has none.
#[must_use]
pub fn bands(pack: &Pack) -> Vec<Band> {
    if !pack.bands.is_empty() {
        return pack.bands.clone();
    }
    let band = |id: &str, min_percent, title: &str, meaning: &str| Band {
        id: id.to_owned(),
        min_percent,
        title: title.to_owned(),
        meaning: meaning.to_owned(),
    };
    vec![
        band("production_ready", 90.0, "Production-ready", "Keep it so."),
        band("some_gaps", 70.0, "Some gaps", "Close them within a sprint."),
        band("significant_debt", 50.0, "Significant debt", "Plan its removal this quarter."),
        band("high_risk", 0.0, "High risk", "Stop adding features until the worst is mended."),
    ]
}

/// The verdict that counts: not applicable without a reason is not an answer.
fn counted(answer: &Answer) -> Verdict {
    match answer.verdict {
        Verdict::NotApplicable if answer.reason.trim().is_empty() => Verdict::NotAssessed,
        verdict => verdict,
    }
}

fn by_check<'a>(pack: &Pack, answers: &'a [Answer]) -> HashMap<&'a str, &'a Answer> {
    answers.iter().filter(|answer| answer.pack == pack.id).map(|answer| (answer.check.as_str(), answer)).collect()
}

/// Counts confirmed verdicts of a pack's sections; proposals do not count. Answers of other packs are left out.
#[must_use]
pub fn health(pack: &Pack, answers: &[Answer]) -> Health {
    let answers = by_check(pack, answers);
    let mut health = Health::default();
    let mut whole = SectionHealth::default();
    for section in &pack.sections {
        let mut counts =
            SectionHealth { id: section.id.clone(), title: section.title.clone(), ..SectionHealth::default() };
        for check in &section.checks {
            let verdict = answers.get(check.id.as_str()).map_or(Verdict::NotAssessed, |answer| counted(answer));
            counts.count(verdict);
            whole.count(verdict);
        }
        counts.close();
        health.sections.push(counts);
    }
    whole.close();
    health.passed = whole.passed;
    health.failed = whole.failed;
    health.improve = whole.improve;
    health.total = whole.total;
    health.not_applicable = whole.not_applicable;
    health.not_assessed = whole.not_assessed;
    health.percent = whole.percent;
    health.applicable = whole.total;
    health.assessed = whole.total - whole.not_assessed;
    health.percent_of_assessed = percent(whole.passed, health.assessed);
    let band = whole.percent.and_then(|percent| bands(pack).into_iter().find(|band| percent >= band.min_percent));
    health.band_title = band.as_ref().map(|band| band.title.clone());
    health.band = band.map(|band| band.id);
    health
}

/// A check that asks for action.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Action {
    /// The check's id.
    pub check: String,
    /// Its title.
    pub title: String,
    /// Title of its section.
    pub section: String,
    /// `Fail` or `Improve`.
    pub verdict: Verdict,
    /// Severity of the finding that it proposes.
    pub severity: Severity,
    /// Importance, 1 to 5.
    pub weight: u32,
    /// What usually mends it (Markdown).
    pub remedy: String,
    /// What was seen (Markdown): the answer's note, else the proposal's reason.
    pub note: String,
}

/// The `n` checks to act on first: failed before improve, then the worst severity, then the most important, then the
/// pack's order.
#[must_use]
pub fn top_actions(pack: &Pack, answers: &[Answer], n: usize) -> Vec<Action> {
    let answers = by_check(pack, answers);
    let mut found: Vec<(&str, &Check, &Answer)> = pack
        .sections
        .iter()
        .flat_map(|section| section.checks.iter().map(|check| (section.title.as_str(), check)))
        .filter_map(|(section, check)| answers.get(check.id.as_str()).map(|answer| (section, check, *answer)))
        .filter(|(_, _, answer)| matches!(answer.verdict, Verdict::Fail | Verdict::Improve))
        .collect();
    // Stable: equals stay in the pack's order.
    found.sort_by_key(|(_, check, answer)| {
        (answer.verdict == Verdict::Improve, check.severity, std::cmp::Reverse(check.importance()))
    });
    found
        .into_iter()
        .take(n)
        .map(|(section, check, answer)| Action {
            check: check.id.clone(),
            title: check.title.clone(),
            section: section.to_owned(),
            verdict: answer.verdict,
            severity: check.severity,
            weight: check.importance(),
            remedy: check.remedy.clone(),
            note: if answer.note.is_empty() {
                answer.proposal.as_ref().map_or_else(String::new, |proposal| proposal.reason.clone())
            } else {
                answer.note.clone()
            },
        })
        .collect()
}
