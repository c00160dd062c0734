//! What would embarrass before issue.

use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::check::{self, Problem, Subject, Weight};
use crate::composed::{self, Basis};
use crate::scored::Scored;
use crate::{App, AppError, Verb};

/// Runs every rule over the open engagement.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Check {}

/// What was found.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CheckReply {
    /// Problems that must not reach a client.
    pub errors: usize,
    /// Problems that should be looked at.
    pub warnings: usize,
    /// All of them, errors first.
    pub problems: Vec<Problem>,
    /// Sections of the report that have nothing to say yet, and so are not printed.
    pub empty_sections: Vec<String>,
}

impl Verb for Check {
    type Reply = CheckReply;

    fn run(self, app: &mut App) -> Result<CheckReply, AppError> {
        let store = app.store()?;
        let mut contents = store.contents()?;
        // What keeps the report from being composed is told by the other rules.
        let kept = composed::kept(store, &mut contents);
        let basis = kept.and_then(|kept| Basis::of(contents.clone(), kept, Vec::new()));
        let composed = basis.as_ref().ok().and_then(|basis| basis.compose().ok());
        let input = basis.as_ref().ok().map(Basis::input);
        let facts = input.as_ref().map(groma_report::Facts::of);
        let scored = Scored::of(&contents)?;
        let plan = groma_plan::plan(&contents).map_err(|error| error.to_string());
        let problems = check::check(&Subject {
            contents: &contents,
            packs: &scored.packs,
            health: scored.health.as_ref(),
            maturity: scored.maturity.as_ref(),
            plan: plan.as_ref().map_err(Clone::clone),
            composed: composed.as_ref(),
            facts: facts.as_ref(),
            fonts: basis.as_ref().ok().map(|basis| &basis.fonts),
        });
        let errors = problems.iter().filter(|problem| problem.weight == Weight::Error).count();
        let empty_sections = composed.map(|composed| composed.empty_sections).unwrap_or_default();
        Ok(CheckReply { errors, warnings: problems.len() - errors, problems, empty_sections })
    }
}
