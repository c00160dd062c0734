//! What would embarrass before issue: rules over the whole engagement, one file a subject.

mod answers;
mod architecture;
mod brand;
mod causes;
mod control;
mod exhibits;
mod figures;
mod findings;
mod maturity;
mod printed;
mod prose;
mod risks;
mod roadmap;
mod sentences;

use std::collections::BTreeMap;

use groma_model::{Contents, Id, Kind};
use groma_pack::{Health, Maturity, Pack};
use groma_plan::Plan;
use groma_report::Composed;
use serde::Serialize;
use serde_json::Value;

use crate::brand_fonts::ReportFonts;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Must not reach a client.
    Error,
    /// Should be looked at.
    Warning,
}

/// A problem, at the object and field where it is mended.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Problem {
    /// How bad.
    pub weight: Weight,
    /// Id of the rule, for example `finding.evidence`.
    pub rule: &'static str,
    /// Kind of the object.
    pub kind: Kind,
    /// Id of the object.
    pub id: Id,
    /// How a person names the object: `F-012`, `check 2.6`, `engagement`.
    pub object: String,
    /// The field, or empty.
    pub field: &'static str,
    /// Id of the sentence, for faces that speak another language: the rule, and what makes the case.
    pub sentence: &'static str,
    /// What stands in the sentence's places.
    pub values: BTreeMap<&'static str, Value>,
    /// What is wrong, and what to do, in English.
    pub message: String,
}

pub use sentences::SENTENCES;

/// What stands in the places of a sentence.
pub(crate) type Values = BTreeMap<&'static str, Value>;

/// The places of a sentence with what stands there.
pub(crate) fn values<const N: usize>(all: [(&'static str, Value); N]) -> Values {
    BTreeMap::from(all)
}

/// What the rules look at.
pub struct Subject<'a> {
    /// Everything the engagement holds.
    pub contents: &'a Contents,
    /// Its packs.
    pub packs: &'a [Pack],
    /// Health of its checklist, when it has one.
    pub health: Option<&'a Health>,
    /// Maturity of its areas, when it has some.
    pub maturity: Option<&'a Maturity>,
    /// Its plan, when it can be made.
    pub plan: Result<&'a Plan, String>,
    /// Its report as it would be printed, when it can be composed.
    pub composed: Option<&'a Composed>,
    /// The figures that prose can call by name, when it can be composed.
    pub facts: Option<&'a groma_report::Facts<'a>>,
    /// The fonts that it is set in, when it can be composed.
    pub(crate) fonts: Option<&'a ReportFonts>,
}

/// Collects problems at one object.
pub(crate) struct At<'a> {
    problems: &'a mut Vec<Problem>,
    kind: Kind,
    id: Id,
    object: String,
}

impl At<'_> {
    pub(crate) fn error(&mut self, sentence: &'static str, field: &'static str, values: Values) {
        self.push(Weight::Error, sentence, field, values);
    }

    pub(crate) fn warning(&mut self, sentence: &'static str, field: &'static str, values: Values) {
        self.push(Weight::Warning, sentence, field, values);
    }

    fn push(&mut self, weight: Weight, sentence: &'static str, field: &'static str, values: Values) {
        let (kind, id, object) = (self.kind, self.id, self.object.clone());
        let (rule, message) = (sentences::rule(sentence), sentences::english(sentence, &values));
        self.problems.push(Problem { weight, rule, kind, id, object, field, sentence, values, message });
    }
}

/// The list of problems under construction.
#[derive(Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    pub(crate) fn at(&mut self, kind: Kind, id: Id, object: impl Into<String>) -> At<'_> {
        At { problems: &mut self.0, kind, id, object: object.into() }
    }
}

/// How people name a finding, a risk or an initiative.
pub(crate) fn code(letter: char, number: u32) -> String {
    format!("{letter}-{number:03}")
}

/// Runs every rule; errors first, then in the order of the report.
#[must_use]
pub fn check(subject: &Subject<'_>) -> Vec<Problem> {
    let mut problems = Problems::default();
    control::check(subject, &mut problems);
    brand::check(subject, &mut problems);
    exhibits::check(subject, &mut problems);
    prose::check(subject, &mut problems);
    architecture::check(subject.contents, &mut problems);
    answers::check(subject, &mut problems);
    maturity::check(subject, &mut problems);
    findings::check(subject, &mut problems);
    causes::check(subject.contents, &mut problems);
    risks::check(subject, &mut problems);
    roadmap::check(subject, &mut problems);
    figures::check(subject, &mut problems);
    printed::check(subject, &mut problems);
    problems.0.sort_by_key(|problem| problem.weight);
    problems.0
}
