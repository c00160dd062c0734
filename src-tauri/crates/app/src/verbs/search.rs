//! Full-text search.

use groma_store::{Hit, Read};
use serde::Deserialize;

use crate::{App, AppError, Verb};

/// Searches all prose and titles.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Words; the last may be the beginning of one.
    pub query: String,
    /// How many hits at most.
    #[serde(default = "fifty")]
    pub limit: usize,
}

const fn fifty() -> usize {
    50
}

impl Verb for Search {
    type Reply = Vec<Hit>;

    fn run(self, app: &mut App) -> Result<Vec<Hit>, AppError> {
        Ok(app.store()?.search(&self.query, self.limit)?)
    }
}
