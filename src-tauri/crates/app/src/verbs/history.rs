//! Who changed what, and taking it back.

use groma_model::{Id, Kind, Timestamp};
use groma_store::{Changes, HistoryEntry, HistoryFilter, Op, Read, Step};
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
    /// Only what this author did; all when not given.
    pub author: Option<String>,
    /// Only from this moment on.
    pub since: Option<Timestamp>,
    /// Only before this moment.
    pub until: Option<Timestamp>,
    /// How many entries at most; 0 for 100.
    pub limit: usize,
}

impl Verb for History {
    type Reply = Vec<HistoryEntry>;

    fn run(self, app: &mut App) -> Result<Vec<HistoryEntry>, AppError> {
        let filter = HistoryFilter {
            kind: self.kind,
            object: self.id,
            author: self.author,
            since: self.since,
            until: self.until,
        };
        let limit = if self.limit == 0 { 100 } else { self.limit };
        Ok(app.store()?.history(&filter, limit)?)
    }
}

/// Who has changed something, in the order of their names.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Authors {}

impl Verb for Authors {
    type Reply = Vec<String>;

    fn run(self, app: &mut App) -> Result<Vec<String>, AppError> {
        Ok(app.store()?.authors()?)
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

/// Goes back to a point: takes back every step after it, newest first; each can be done again.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Rewind {
    /// The step after which nothing shall have been done, from the history.
    pub step: Option<Id>,
    /// The step that shall not have been done either; instead of `step`.
    pub before: Option<Id>,
    /// Only say what would be taken back.
    pub preview: bool,
}

/// How far it went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct RewindReply {
    /// Steps taken back, newest first.
    pub steps: Vec<Step>,
}

impl Verb for Rewind {
    type Reply = RewindReply;

    fn run(self, app: &mut App) -> Result<RewindReply, AppError> {
        let author = app.environment.author.clone();
        let store = app.store()?;
        let mut steps = store.undoable()?;
        let at = |id: Id| steps.iter().position(|step| step.id == id);
        let (count, field) = match (self.step, self.before) {
            (Some(step), None) => (at(step), "step"),
            (None, Some(before)) => (at(before).map(|at| at + 1), "before"),
            _ => return Err(AppError::usage("say the point to go back to: `step` or `before`").field("step")),
        };
        let count = count.ok_or_else(|| {
            AppError::not_found("this step cannot be gone back to")
                .hint("it was taken back itself, grew since, or lies too far back: restore single fields instead")
                .field(field)
        })?;
        steps.truncate(count);
        if !self.preview {
            store.end_typing();
            for _ in 0..count {
                store.undo(&author)?;
            }
        }
        Ok(RewindReply { steps })
    }
}

/// Points that can be gone back to: the moments before imports, packs, suggestions and changes of several objects.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct RestorePoints {}

/// A moment that can be gone back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct RestorePoint {
    /// The step before which it lies; `rewind` takes its id as `before`.
    pub before: Step,
    /// How many steps would be taken back, this one included.
    pub steps: usize,
}

impl Verb for RestorePoints {
    type Reply = Vec<RestorePoint>;

    fn run(self, app: &mut App) -> Result<Vec<RestorePoint>, AppError> {
        let steps = app.store()?.undoable()?;
        let points = steps.into_iter().enumerate().filter(|(_, step)| is_bulk(step));
        Ok(points.map(|(at, before)| RestorePoint { before, steps: at + 1 }).collect())
    }
}

/// Whether a step changed so much that the moment before it is worth offering.
fn is_bulk(step: &Step) -> bool {
    let whole = matches!(step.op, Op::Import | Op::Reimport | Op::AddPack | Op::ApplySuggestions | Op::Schedule);
    whole || step.objects >= MANY
}

/// From so many objects on, a change is one of many.
const MANY: u64 = 3;
