//! Who changed what, and taking it back.

use groma_model::{Id, Kind};
use groma_store::{Changes, HistoryEntry, HistoryFilter, Read};
use serde::Deserialize;

use crate::{App, AppError, Verb};

/// Who changed what and when, newest first.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct History {
    /// Only objects of this kind.
    pub kind: Option<Kind>,
    /// Only this object.
    pub id: Option<Id>,
    /// How many entries at most; 0 for 100.
    pub limit: usize,
}

impl Verb for History {
    type Reply = Vec<HistoryEntry>;

    fn run(self, app: &mut App) -> Result<Vec<HistoryEntry>, AppError> {
        let filter = HistoryFilter { kind: self.kind, object: self.id, ..Default::default() };
        let limit = if self.limit == 0 { 100 } else { self.limit };
        Ok(app.store()?.history(&filter, limit)?)
    }
}

/// Takes back the last step.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Undo {}

impl Verb for Undo {
    type Reply = Changes;

    fn run(self, app: &mut App) -> Result<Changes, AppError> {
        let author = app.environment.author.clone();
        Ok(app.store()?.undo(&author)?)
    }
}

/// Does the last undone step again.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Redo {}

impl Verb for Redo {
    type Reply = Changes;

    fn run(self, app: &mut App) -> Result<Changes, AppError> {
        let author = app.environment.author.clone();
        Ok(app.store()?.redo(&author)?)
    }
}
