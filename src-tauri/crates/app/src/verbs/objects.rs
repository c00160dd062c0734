//! Objects by kind: get, list, insert, update, delete.

use groma_model::{Brand, Id, Kind, Template};
use groma_store::{Changes, Op, Read};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::entries::known_setting;
use crate::{App, AppError, Verb, propose};

/// What a change did: the object as it is now, and everything that changed with it.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Changed {
    /// The object as it is now; null when it was deleted.
    pub object: Value,
    /// What changed.
    pub changes: Changes,
}

/// One object by its kind and id.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Get {
    /// Kind.
    pub kind: Kind,
    /// Id, number (`12`, `F-012`), or nothing for the engagement and the intake.
    #[serde(default)]
    pub id: String,
}

impl Verb for Get {
    type Reply = Value;

    fn run(self, app: &mut App) -> Result<Value, AppError> {
        let objects = app.store()?.list_json(self.kind)?;
        find(&objects, self.kind, &self.id).map(Value::Object)
    }
}

/// All objects of a kind.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Kind.
    pub kind: Kind,
}

impl Verb for List {
    type Reply = Vec<Value>;

    fn run(self, app: &mut App) -> Result<Vec<Value>, AppError> {
        Ok(app.store()?.list_json(self.kind)?.into_iter().map(Value::Object).collect())
    }
}

/// Adds an object.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Insert {
    /// Kind.
    pub kind: Kind,
    /// Its fields; those not given take their defaults, id and number are assigned.
    pub object: Map<String, Value>,
}

impl Verb for Insert {
    type Reply = Changed;

    fn run(self, app: &mut App) -> Result<Changed, AppError> {
        super::only_by_its_own_commands(self.kind, &self.object)?;
        let author = app.environment.author.clone();
        let (object, changes) =
            app.store()?.transact(Op::Insert(self.kind), &author, |tx| tx.insert_json(self.kind, self.object))?;
        Ok(Changed { object: Value::Object(object), changes })
    }
}

/// Changes fields of an object.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// Kind.
    pub kind: Kind,
    /// Id, number (`12`, `F-012`), or nothing for the engagement and the intake.
    #[serde(default)]
    pub id: String,
    /// The fields to change; the others stay.
    pub fields: Map<String, Value>,
}

impl Verb for Update {
    type Reply = Changed;

    fn run(self, app: &mut App) -> Result<Changed, AppError> {
        let author = app.environment.author.clone();
        super::only_by_its_own_commands(self.kind, &self.fields)?;
        if self.kind == Kind::Engagement {
            let brands: Vec<Brand> = app.store()?.list()?;
            let templates: Vec<Template> = app.store()?.list()?;
            for (field, value) in self.fields.iter().filter_map(|(field, value)| Some((field, value.as_str()?))) {
                known_setting(field, value, &brands, &templates)?;
            }
        }
        let store = app.store()?;
        let id = id_of(&find(&store.list_json(self.kind)?, self.kind, &self.id)?);
        if propose::counts(self.kind, &self.fields) {
            let (object, changes) = store.transact_with(Op::Update(self.kind), &author, |tx| {
                let object = tx.patch_json(self.kind, id, self.fields)?;
                propose::renew(tx).map(|_| object)
            })?;
            return Ok(Changed { object: Value::Object(object), changes });
        }
        let (object, changes) =
            store.transact_typed(Op::Update(self.kind), &author, |tx| tx.patch_json(self.kind, id, self.fields))?;
        Ok(Changed { object: Value::Object(object), changes })
    }
}

/// Removes an object.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Delete {
    /// Kind.
    pub kind: Kind,
    /// Id or number (`12`, `F-012`).
    pub id: String,
}

impl Verb for Delete {
    type Reply = Changed;

    fn run(self, app: &mut App) -> Result<Changed, AppError> {
        let author = app.environment.author.clone();
        let store = app.store()?;
        let id = id_of(&find(&store.list_json(self.kind)?, self.kind, &self.id)?);
        let ((), changes) = store.transact_with(Op::Delete(self.kind), &author, |tx| {
            tx.delete_json(self.kind, id)?;
            propose::followed(tx, self.kind)
        })?;
        Ok(Changed { object: Value::Null, changes })
    }
}

fn id_of(object: &Map<String, Value>) -> Id {
    object.get("id").and_then(Value::as_str).and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// Finds an object by id, by number, or, where there is only ever one, by nothing.
fn find(objects: &[Map<String, Value>], kind: Kind, wanted: &str) -> Result<Map<String, Value>, AppError> {
    let single = matches!(kind, Kind::Engagement | Kind::Intake) && wanted.is_empty();
    // `12`, or with the kind's own letter: R-003 is no finding.
    let letter = match kind {
        Kind::Finding => "F-",
        Kind::Risk => "R-",
        Kind::Initiative => "I-",
        _ => "",
    };
    let number: Option<u64> = wanted.strip_prefix(letter).unwrap_or(wanted).parse().ok();
    let found = objects.iter().find(|object| {
        single
            || object.get("id").and_then(Value::as_str) == Some(wanted)
            || (number.is_some() && object.get("number").and_then(Value::as_u64) == number)
    });
    found.cloned().ok_or_else(|| {
        AppError::not_found(format!("there is no \"{wanted}\" among the {kind}"))
            .hint(format!("it may have been deleted; the list of {kind} shows those that are there"))
            .field("id")
    })
}
