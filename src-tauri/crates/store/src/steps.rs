//! The steps that can be undone, as a person chooses among them.

use groma_model::{Id, Timestamp};
use rusqlite::Connection;
use serde::Serialize;

use crate::{error::Fault, op::Op, row::damaged};

/// A step of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(rename = "HistoryStep")]
pub struct Step {
    /// Its id.
    pub id: Id,
    /// When; of a burst of typing, when it ended.
    pub at: Timestamp,
    /// Who.
    pub author: String,
    /// The operation.
    #[ts(type = "string")]
    pub op: Op,
    /// Short name of the object that it was about, such as `F-012`; may be empty.
    pub subject: String,
    /// How many objects of the first one's kind it changed; what followed from that is not counted.
    pub objects: u64,
}

impl Step {
    /// The operation in words, with what it was about: `delete finding F-012 and 2 more`.
    #[must_use]
    pub fn label(&self) -> String {
        let label = format!("{} {}", self.op.label(), self.subject);
        match self.objects {
            0 | 1 => label.trim_end().to_owned(),
            more => format!("{} and {} more", label.trim_end(), more - 1),
        }
    }
}

/// Steps in a state, newest first unless the order is turned.
fn steps(conn: &Connection, state: &str, order: &str, limit: u32) -> Result<Vec<Step>, Fault> {
    let sql = format!(
        "SELECT s.\"id\", s.\"at\", s.\"author\", s.\"op\", s.\"subject\",
                (SELECT count(*) FROM \"history\" h WHERE h.\"step\" = s.\"seq\" AND h.\"kind\" = (
                    SELECT f.\"kind\" FROM \"history\" f WHERE f.\"step\" = s.\"seq\" ORDER BY f.\"seq\" LIMIT 1))
         FROM \"steps\" s WHERE s.\"state\" = ?1 ORDER BY s.\"seq\" {order} LIMIT ?2"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params![state, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Step {
            id: row.get::<_, String>(0)?.parse().map_err(|_| damaged("steps", "id", "no id"))?,
            at: row.get::<_, String>(1)?.parse().map_err(|_| damaged("steps", "at", "no time"))?,
            author: row.get(2)?,
            op: Op::from_word(&row.get::<_, String>(3)?),
            subject: row.get(4)?,
            objects: row.get(5)?,
        });
    }
    Ok(found)
}

/// The steps that can be undone, newest first.
pub(crate) fn undoable(conn: &Connection) -> Result<Vec<Step>, Fault> {
    steps(conn, "done", "DESC", u32::MAX)
}

/// The step that undo would take back.
pub(crate) fn next_undo(conn: &Connection) -> Result<Option<Step>, Fault> {
    Ok(steps(conn, "done", "DESC", 1)?.pop())
}

/// The step that redo would do again: steps are undone from the last to the first, so the first of them was last.
pub(crate) fn next_redo(conn: &Connection) -> Result<Option<Step>, Fault> {
    Ok(steps(conn, "undone", "ASC", 1)?.pop())
}

/// Who has done something, in the order of their names.
pub(crate) fn authors(conn: &Connection) -> Result<Vec<String>, Fault> {
    let mut statement = conn.prepare_cached("SELECT DISTINCT \"author\" FROM \"steps\" ORDER BY \"author\"")?;
    let authors = statement.query_map([], |row| row.get(0))?;
    Ok(authors.collect::<Result<_, _>>()?)
}
