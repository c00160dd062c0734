//! Who changed what, and taking it back.

use groma_model::{Id, Kind};
use groma_store::{Changes, HistoryEntry, HistoryFilter, Read};
use serde::{Deserialize, Serialize};

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

/// Takes back every step after this one, newest first; each can be done again.
#[derive(Debug, Clone, Copy, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Rewind {
    /// The step after which nothing shall have been done, from the history.
    pub step: Id,
}

/// How far it went back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct RewindReply {
    /// Steps taken back.
    pub steps: usize,
}

impl Verb for Rewind {
    type Reply = RewindReply;

    fn run(self, app: &mut App) -> Result<RewindReply, AppError> {
        let author = app.environment.author.clone();
        let store = app.store()?;
        let undoable = store.undoable()?;
        let steps = undoable.iter().position(|step| *step == self.step).ok_or_else(|| {
            AppError::not_found("this step cannot be gone back to")
                .hint("it was taken back itself, or lies too far back: restore single fields from the history instead")
                .field("step")
        })?;
        for _ in 0..steps {
            store.undo(&author)?;
        }
        Ok(RewindReply { steps })
    }
}
