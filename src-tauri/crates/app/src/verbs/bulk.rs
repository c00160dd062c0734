//! Many objects in one step, and the order of lists.

use std::collections::BTreeSet;

use groma_model::{Id, Kind};
use groma_store::{Changes, Op, Read, StoreError};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{App, AppError, Verb, propose};

/// Changes the same fields of several objects, as one step.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct UpdateMany {
    /// Kind.
    pub kind: Kind,
    /// Ids.
    pub ids: Vec<Id>,
    /// The fields to change; the others stay.
    pub fields: Map<String, Value>,
}

impl Verb for UpdateMany {
    type Reply = Changes;

    fn run(self, app: &mut App) -> Result<Changes, AppError> {
        super::only_by_its_own_commands(self.kind, &self.fields)?;
        let author = app.environment.author.clone();
        let ids: BTreeSet<Id> = self.ids.into_iter().collect();
        let ((), changes) = app.store()?.transact_with(Op::Update(self.kind), &author, |tx| {
            ids.into_iter().try_for_each(|id| tx.patch_json(self.kind, id, self.fields.clone()).map(drop))?;
            if propose::counts(self.kind, &self.fields) { propose::renew(tx).map(drop) } else { Ok::<_, AppError>(()) }
        })?;
        Ok(changes)
    }
}

/// Removes several objects, as one step.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct DeleteMany {
    /// Kind.
    pub kind: Kind,
    /// Ids.
    pub ids: Vec<Id>,
}

impl Verb for DeleteMany {
    type Reply = Changes;

    fn run(self, app: &mut App) -> Result<Changes, AppError> {
        let author = app.environment.author.clone();
        let ids: BTreeSet<Id> = self.ids.into_iter().collect();
        let ((), changes) = app.store()?.transact_with(Op::Delete(self.kind), &author, |tx| {
            ids.into_iter().try_for_each(|id| tx.delete_json(self.kind, id))?;
            propose::followed(tx, self.kind)
        })?;
        Ok(changes)
    }
}

/// Moves an object to another place in its list.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Reorder {
    /// Kind.
    pub kind: Kind,
    /// The object to move.
    pub id: Id,
    /// The object behind which it goes; the first place when not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub after: Option<Id>,
}

impl Verb for Reorder {
    type Reply = Changes;

    fn run(self, app: &mut App) -> Result<Changes, AppError> {
        let Self { kind, id, after } = self;
        let author = app.environment.author.clone();
        let ((), changes) = app.store()?.transact(Op::Reorder(kind), &author, |tx| {
            let rows = tx.list_json(kind)?;
            let id_of = |row: &Map<String, Value>| row.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
            let rank_of = |row: &Map<String, Value>| row.get("rank").and_then(Value::as_f64);
            let others: Vec<(Id, f64)> =
                rows.iter().filter_map(|row| Some((id_of(row)?, rank_of(row)?))).filter(|row| row.0 != id).collect();
            let place = match after {
                None => 0,
                Some(after) => match others.iter().position(|row| row.0 == after) {
                    Some(at) => at + 1,
                    None => return Err(StoreError::NoSuchObject { kind, id: after }),
                },
            };
            let below = place.checked_sub(1).and_then(|at| others.get(at)).map(|row| row.1);
            let above = others.get(place).map(|row| row.1);
            let between = match (below, above) {
                (None, None) => Some(1.0),
                (None, Some(above)) => Some(above - 1.0),
                (Some(below), None) => Some(below + 1.0),
                // Halving runs out of room some day; then the whole list is numbered anew.
                (Some(below), Some(above)) => {
                    Some(f64::midpoint(below, above)).filter(|rank| below < *rank && *rank < above)
                }
            };
            if let Some(rank) = between {
                return tx.patch_json(kind, id, rank_only(rank)).map(drop);
            }
            let mut order: Vec<Id> = others.iter().map(|row| row.0).collect();
            order.insert(place, id);
            for (at, id) in order.into_iter().enumerate() {
                tx.patch_json(kind, id, rank_only(at as f64 + 1.0))?;
            }
            Ok(())
        })?;
        Ok(changes)
    }
}

fn rank_only(rank: f64) -> Map<String, Value> {
    Map::from_iter([("rank".to_owned(), json!(rank))])
}
