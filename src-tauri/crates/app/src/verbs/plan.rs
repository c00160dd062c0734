//! The plan, and what a part of the money buys.

use groma_model::{Id, Phase};
use groma_store::Read;
use serde::Deserialize;

use crate::{App, AppError, Verb};

/// Priorities, schedule, costs, resources.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Plan {}

impl Verb for Plan {
    type Reply = groma_plan::Plan;

    fn run(self, app: &mut App) -> Result<groma_plan::Plan, AppError> {
        let contents = app.store()?.contents()?;
        let _span = tracing::info_span!("plan", initiatives = contents.initiatives.len()).entered();
        groma_plan::plan(&contents).map_err(|error| AppError::refused(error.to_string()))
    }
}

/// What follows when only these phases are funded.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct WhatIf {
    /// Numbers of the funded phases.
    pub phases: Vec<u32>,
}

impl Verb for WhatIf {
    type Reply = groma_plan::WhatIf;

    fn run(self, app: &mut App) -> Result<groma_plan::WhatIf, AppError> {
        let contents = app.store()?.contents()?;
        let find =
            |number: u32| contents.phases.iter().find(|phase: &&Phase| phase.number == number).map(|phase| phase.id);
        let mut funded: Vec<Id> = Vec::new();
        for number in self.phases {
            let id = find(number).ok_or_else(|| {
                AppError::not_found(format!("there is no phase {number}"))
                    .hint("it may have been deleted; the roadmap shows the phases that are there")
                    .field("phases")
            })?;
            funded.push(id);
        }
        groma_plan::what_if(&contents, &funded).map_err(|error| AppError::refused(error.to_string()))
    }
}
