//! Which findings cause which, and what hangs on each root cause.

use groma_store::Read;
use serde::Deserialize;

use crate::{App, AppError, Verb};

/// The causal graph: roots, chains, and maps ready to be drawn.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Causes {}

impl Verb for Causes {
    type Reply = groma_plan::Causes;

    fn run(self, app: &mut App) -> Result<groma_plan::Causes, AppError> {
        let contents = app.store()?.contents()?;
        // Where the plan cannot be made, what it costs is not known; the rest is.
        let plan = groma_plan::plan(&contents).ok();
        Ok(groma_plan::causes(&contents, plan.as_ref().map(|plan| &plan.cost)))
    }
}
