//! Steps and history: what each transaction did, and how it is undone.
//!
//! A row's image is whole when it was inserted or deleted, and holds the changed fields when it was updated.

use groma_model::{Id, Kind, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    error::{Fault, StoreError},
    guard,
    op::{Change, ChangeKind, Changes, Op},
    row::{self, damaged},
    table::Fields,
    tables,
    tx::Tx,
};

/// So many steps can be undone; older ones stay in the history.
pub(crate) const DEPTH: u32 = 500;

/// Which history entries are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct HistoryFilter {
    /// Entries of this kind only.
    pub kind: Option<Kind>,
    /// Entries of this object only.
    pub object: Option<Id>,
    /// Entries of this author only.
    pub author: Option<String>,
    /// Entries from this time on.
    pub since: Option<Timestamp>,
    /// Entries before this time.
    pub until: Option<Timestamp>,
}

/// What one operation did to one object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct HistoryEntry {
    /// The step that it is part of.
    pub step: Id,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub author: String,
    /// The operation.
    #[ts(type = "string")]
    pub op: Op,
    /// Kind of the object.
    pub kind: Kind,
    /// The object.
    pub id: Id,
    /// What happened to it.
    pub change: ChangeKind,
    /// Before: the whole object when it was deleted, the changed fields when it was updated, none when it was inserted.
    pub before: Option<Value>,
    /// After: the whole object when it was inserted, the changed fields when it was updated, none when it was deleted.
    pub after: Option<Value>,
}

/// How a step stands in the undo stack.
#[derive(Clone, Copy)]
enum Place {
    /// It can be undone.
    Done,
    /// It cannot be undone.
    Sealed,
    /// It is the undo or redo of a step.
    Mark(i64),
}

/// What one row was and is.
pub(crate) struct Image {
    pub(crate) kind: Kind,
    pub(crate) id: Id,
    pub(crate) before: Option<Fields>,
    pub(crate) after: Option<Fields>,
}

/// What a transaction changed.
#[derive(Default)]
pub(crate) struct Recorded {
    pub(crate) changed: Vec<Change>,
    pub(crate) images: Vec<Image>,
    subject: String,
}

impl Tx<'_> {
    /// Checks every changed row, and writes the step and its history.
    pub(crate) fn finish(&mut self, op: Op) -> Result<Changes, Fault> {
        let recorded = self.checked()?;
        self.add_step(op, recorded)
    }

    /// Checks every changed row and answers what changed.
    pub(crate) fn checked(&mut self) -> Result<Recorded, Fault> {
        for (kind, id) in &self.touched {
            guard::check(self.conn, *kind, *id)?;
        }
        self.recorded()
    }

    /// Writes a step that can be undone; what was undone before can no longer be redone then.
    pub(crate) fn add_step(&mut self, op: Op, recorded: Recorded) -> Result<Changes, Fault> {
        let place = if op == Op::Create { Place::Sealed } else { Place::Done };
        if matches!(place, Place::Done) {
            self.conn.execute("UPDATE \"steps\" SET \"state\" = 'dropped' WHERE \"state\" = 'undone'", [])?;
        }
        let changes = self.write_step(op, place, recorded)?;
        self.conn.execute(
            "UPDATE \"steps\" SET \"state\" = 'sealed' WHERE \"state\" = 'done' AND \"seq\" <= (
                 SELECT \"seq\" FROM \"steps\" WHERE \"state\" = 'done' ORDER BY \"seq\" DESC LIMIT 1 OFFSET ?1)",
            [DEPTH],
        )?;
        Ok(changes)
    }

    fn recorded(&mut self) -> Result<Recorded, Fault> {
        let mut all = Recorded::default();
        for key in std::mem::take(&mut self.touched) {
            let before = self.images.remove(&key).flatten();
            let (kind, id) = key;
            let after = row::find(self.conn, tables::of(kind), id)?;
            let (change, fields, was, is) = match (before, after) {
                (None, None) => continue,
                (None, Some(after)) => (ChangeKind::Inserted, Vec::new(), None, Some(after)),
                (Some(before), None) => (ChangeKind::Deleted, Vec::new(), Some(before), None),
                (Some(before), Some(after)) => {
                    let (was, is) = row::difference(&before, &after);
                    if is.is_empty() {
                        continue;
                    }
                    (ChangeKind::Updated, is.keys().cloned().collect(), Some(was), Some(is))
                }
            };
            if all.subject.is_empty() {
                all.subject = self.subject(kind, id, was.as_ref().or(is.as_ref()))?;
            }
            all.images.push(Image { kind, id, before: was, after: is });
            all.changed.push(Change { kind, id, change, fields });
        }
        Ok(all)
    }

    fn write_step(&mut self, op: Op, place: Place, recorded: Recorded) -> Result<Changes, Fault> {
        let Recorded { changed, images, subject } = recorded;
        if changed.is_empty() {
            return Ok(Changes { op, step: None, changed });
        }
        let step = self.ids.next_id();
        let (state, target) = match place {
            Place::Done => ("done", None),
            Place::Sealed => ("sealed", None),
            Place::Mark(target) => ("mark", Some(target)),
        };
        self.conn
            .prepare_cached(
                "INSERT INTO \"steps\" (\"id\", \"at\", \"author\", \"op\", \"subject\", \"state\", \"target\")
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                step.to_string(),
                self.now.to_string(),
                self.author,
                op.to_string(),
                subject,
                state,
                target
            ])?;
        let seq = self.conn.last_insert_rowid();
        let mut statement = self.conn.prepare_cached(
            "INSERT INTO \"history\" (\"step\", \"kind\", \"object\", \"before\", \"after\") VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for image in &images {
            let (was, is) = (text(image.before.as_ref()), text(image.after.as_ref()));
            statement.execute(params![seq, image.kind.as_str(), image.id.to_string(), was, is])?;
        }
        Ok(Changes { op, step: Some(step), changed })
    }

    /// The short name of an object for a menu: `F-012`.
    fn subject(&self, kind: Kind, id: Id, image: Option<&Fields>) -> Result<String, Fault> {
        let letter = match kind {
            Kind::Finding => "F",
            Kind::Risk => "R",
            Kind::Initiative => "I",
            _ => return Ok(String::new()),
        };
        let live = row::find(self.conn, tables::of(kind), id)?;
        let number = live.as_ref().or(image).and_then(|fields| fields.get("number")).and_then(Value::as_u64);
        Ok(number.map(|number| format!("{letter}-{number:03}")).unwrap_or_default())
    }

    /// Takes the last step back.
    pub(crate) fn undo(&mut self) -> Result<Changes, Fault> {
        let Some(target) = outermost(self.conn, "done", "max")? else { return Err(StoreError::NothingToUndo.into()) };
        self.apply(
            target,
            "SELECT \"kind\", \"object\", \"after\", \"before\" FROM \"history\"
             WHERE \"step\" = ?1 ORDER BY \"seq\" DESC",
        )?;
        self.turn(target, "undone", Op::Undo)
    }

    /// Does the last undone step again.
    pub(crate) fn redo(&mut self) -> Result<Changes, Fault> {
        // Steps are undone from the last to the first, so the first of them was undone last.
        let Some(target) = outermost(self.conn, "undone", "min")? else { return Err(StoreError::NothingToRedo.into()) };
        self.apply(
            target,
            "SELECT \"kind\", \"object\", \"before\", \"after\" FROM \"history\"
             WHERE \"step\" = ?1 ORDER BY \"seq\"",
        )?;
        self.turn(target, "done", Op::Redo)
    }

    fn turn(&mut self, target: i64, state: &str, op: Op) -> Result<Changes, Fault> {
        self.conn.execute("UPDATE \"steps\" SET \"state\" = ?2 WHERE \"seq\" = ?1", params![target, state])?;
        let recorded = self.recorded()?;
        self.write_step(op, Place::Mark(target), recorded)
    }

    /// Brings every row of a step from one image to the other.
    fn apply(&mut self, step: i64, sql: &str) -> Result<(), Fault> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query([step])?;
        while let Some(row) = rows.next()? {
            let (kind, id) = key(row)?;
            let from = fields(row.get(2)?)?;
            let to = fields(row.get(3)?)?;
            let table = tables::of(kind);
            let after = match (from, to) {
                (_, None) => None,
                (None, Some(whole)) => Some(whole),
                (Some(_), Some(changed)) => {
                    let mut whole = row::get(self.conn, table, id)?;
                    whole.extend(changed);
                    Some(whole)
                }
            };
            self.write(table, id, after.as_ref())?;
        }
        Ok(())
    }
}

/// A row's image as it is kept.
pub(crate) fn text(fields: Option<&Fields>) -> Option<String> {
    fields.map(|fields| Value::Object(fields.clone()).to_string())
}

fn fields(text: Option<String>) -> Result<Option<Fields>, Fault> {
    text.map(|text| serde_json::from_str(&text).map_err(|error| damaged("history", "image", &error.to_string())))
        .transpose()
}

fn key(row: &rusqlite::Row<'_>) -> Result<(Kind, Id), Fault> {
    let (kind, id): (String, String) = (row.get(0)?, row.get(1)?);
    let kind = kind.parse().map_err(|_| damaged("history", "kind", "an unknown kind"))?;
    Ok((kind, id.parse().map_err(|_| damaged("history", "object", "no id"))?))
}

/// The row of the first or last step in a state.
fn outermost(conn: &Connection, state: &str, pick: &str) -> Result<Option<i64>, Fault> {
    let sql = format!("SELECT {pick}(\"seq\") FROM \"steps\" WHERE \"state\" = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([state], |row| row.get(0))?)
}

/// The row of a step, when it is the last of all, can be undone, and is of this author and operation.
pub(crate) fn last_done(conn: &Connection, step: Id, author: &str, op: Op) -> Result<Option<i64>, Fault> {
    let sql = "SELECT \"seq\" FROM \"steps\" WHERE \"id\" = ?1 AND \"author\" = ?2 AND \"op\" = ?3
               AND \"state\" = 'done' AND \"seq\" = (SELECT max(\"seq\") FROM \"steps\")";
    let found =
        conn.prepare_cached(sql)?.query_row(params![step.to_string(), author, op.to_string()], |row| row.get(0));
    Ok(found.optional()?)
}

/// What a step did, when it changed a single row.
pub(crate) fn only_image(conn: &Connection, seq: i64) -> Result<Option<Image>, Fault> {
    let mut statement =
        conn.prepare_cached("SELECT \"kind\", \"object\", \"before\", \"after\" FROM \"history\" WHERE \"step\" = ?1")?;
    let mut rows = statement.query([seq])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (kind, id) = key(row)?;
    let image = Image { kind, id, before: fields(row.get(2)?)?, after: fields(row.get(3)?)? };
    Ok(if rows.next()?.is_none() { Some(image) } else { None })
}

/// Whether a step is in the file.
pub(crate) fn has_step(conn: &Connection, step: Id) -> Result<bool, Fault> {
    Ok(conn.prepare_cached("SELECT 1 FROM \"steps\" WHERE \"id\" = ?1")?.exists([step.to_string()])?)
}

/// History entries, newest first.
pub(crate) fn entries(conn: &Connection, filter: &HistoryFilter, limit: usize) -> Result<Vec<HistoryEntry>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT h.\"kind\", h.\"object\", h.\"before\", h.\"after\", s.\"id\", s.\"at\", s.\"author\", s.\"op\"
         FROM \"history\" h JOIN \"steps\" s ON s.\"seq\" = h.\"step\"
         WHERE (?1 IS NULL OR h.\"kind\" = ?1) AND (?2 IS NULL OR h.\"object\" = ?2)
           AND (?3 IS NULL OR s.\"author\" = ?3)
         ORDER BY h.\"seq\" DESC",
    )?;
    let object = filter.object.map(|id| id.to_string());
    let mut rows = statement.query(params![filter.kind.map(Kind::as_str), object, filter.author])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if found.len() >= limit {
            break;
        }
        let (kind, id) = key(row)?;
        let at: Timestamp = row.get::<_, String>(5)?.parse().map_err(|_| damaged("steps", "at", "no time"))?;
        // A clock may have been set back between two steps, so later rows are still looked at.
        if filter.since.is_some_and(|since| at < since) || filter.until.is_some_and(|until| at >= until) {
            continue;
        }
        let (before, after) = (fields(row.get(2)?)?.map(Value::Object), fields(row.get(3)?)?.map(Value::Object));
        found.push(HistoryEntry {
            step: row.get::<_, String>(4)?.parse().map_err(|_| damaged("steps", "id", "no id"))?,
            at,
            author: row.get(6)?,
            op: Op::from_word(&row.get::<_, String>(7)?),
            kind,
            id,
            change: match (&before, &after) {
                (None, _) => ChangeKind::Inserted,
                (_, None) => ChangeKind::Deleted,
                _ => ChangeKind::Updated,
            },
            before,
            after,
        });
    }
    Ok(found)
}
