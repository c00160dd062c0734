//! The rules that rows keep, checked on every changed row before a commit: links, unique values, numbers.

use std::collections::HashSet;

use groma_model::{Id, Kind};
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use serde_json::Value;

use crate::{
    error::{Fault, StoreError},
    links, row,
    table::{Fields, Link, Numbering, Table},
    tables,
};

/// Checks a row as it stands at the end of a transaction.
pub(crate) fn check(conn: &Connection, kind: Kind, id: Id) -> Result<(), Fault> {
    let table = tables::of(kind);
    let Some(fields) = row::find(conn, table, id)? else { return Ok(()) };
    for link in table.links {
        for target in link.ids(&fields) {
            if !links::is_there(conn, link.named(&fields), target)? {
                let (field, target) = (link.path.to_owned(), target.to_owned());
                return Err(StoreError::DanglingLink { kind, id, field, target }.into());
            }
        }
    }
    for link in table.links.iter().filter(|link| table.acyclic.contains(&link.path)) {
        no_circle(conn, table, link, id, &fields)?;
    }
    for set in table.unique {
        let values: Vec<String> = set.iter().filter_map(|field| as_stored(fields.get(*field)?)).collect();
        if values.len() == set.len() && values.iter().all(|value| !value.is_empty()) {
            taken(conn, table, id, set, &values)?;
        }
    }
    if table.numbering != Numbering::None
        && let Some(number) = fields.get("number").and_then(Value::as_i64)
    {
        taken(conn, table, id, &["number"], &[number])?;
    }
    Ok(())
}

/// A text, or a list as its column holds it; an empty list is an empty text.
fn as_stored(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(list) if list.is_empty() => Some(String::new()),
        Value::Array(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Refuses a link that leads back to where it began, and names the rows on the way.
fn no_circle(conn: &Connection, table: &Table, link: &Link, id: Id, fields: &Fields) -> Result<(), Fault> {
    // Depth first, each row once: the way to the row that is looked at stands in `way`.
    let mut seen = HashSet::new();
    let mut way: Vec<(String, std::vec::IntoIter<String>)> = Vec::new();
    let targets = |fields: &Fields| link.ids(fields).into_iter().map(str::to_owned).collect::<Vec<_>>().into_iter();
    way.push((called(fields), targets(fields)));
    while let Some((_, next)) = way.last_mut() {
        let Some(next) = next.next() else {
            way.pop();
            continue;
        };
        let next: Id = next.parse().unwrap_or_default();
        if next == id {
            let chain = way.iter().map(|(name, _)| name.clone()).chain([called(fields)]).collect();
            return Err(StoreError::Circle { kind: table.kind, id, field: link.field().to_owned(), chain }.into());
        }
        if seen.insert(next)
            && let Some(row) = row::find(conn, table, next)?
        {
            way.push((called(&row), targets(&row)));
        }
    }
    Ok(())
}

/// What people call a row in a sentence: `F-012`, or its name.
fn called(fields: &Fields) -> String {
    match fields.get("number").and_then(Value::as_u64) {
        Some(number) => format!("F-{number:03}"),
        None => fields.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(),
    }
}

/// Refuses numbers and dates that are out of range, where they are written: what a file already holds does not keep
/// its other fields from being edited.
pub(crate) fn range(table: &Table, id: Id, before: Option<&Fields>, after: &Fields) -> Result<(), Fault> {
    let changed = |field: &str| before.is_none_or(|before| before.get(field) != after.get(field));
    match (table.out_of_range)(after.clone()).into_iter().find(|wrong| changed(wrong.field)) {
        None => Ok(()),
        Some(wrong) => {
            let (kind, field) = (table.kind, wrong.field.to_owned());
            Err(StoreError::BadField { kind, id, field, reason: wrong.reason }.into())
        }
    }
}

/// Refuses values that another row has.
fn taken<V: ToSql + ToString>(
    conn: &Connection,
    table: &Table,
    id: Id,
    set: &[&str],
    values: &[V],
) -> Result<(), Fault> {
    let own = id.to_string();
    let mut sql = format!("SELECT \"id\" FROM \"{}\" WHERE {} AND \"id\" <> ?1", table.name(), table.live());
    let mut bound: Vec<&dyn ToSql> = vec![&own];
    for (field, value) in set.iter().zip(values) {
        bound.push(value);
        sql.push_str(&format!(" AND \"{field}\" = ?{}", bound.len()));
    }
    let other: Option<String> = conn.prepare_cached(&sql)?.query_row(&bound[..], |row| row.get(0)).optional()?;
    let Some(other) = other else { return Ok(()) };
    Err(StoreError::Taken {
        kind: table.kind,
        id,
        field: set.join(" + "),
        value: values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + "),
        by: other.parse().unwrap_or_default(),
    }
    .into())
}

/// Puts a row that was given no place at the end of its list.
pub(crate) fn rank(conn: &Connection, table: &Table, fields: &mut Fields) -> Result<(), Fault> {
    if table.column("rank").is_none() || fields.get("rank").and_then(Value::as_f64).unwrap_or_default() != 0.0 {
        return Ok(());
    }
    let last: f64 = conn
        .prepare_cached(&format!("SELECT coalesce(max(\"rank\"), 0.0) FROM \"{}\"", table.name()))?
        .query_row([], |row| row.get(0))?;
    fields.insert("rank".to_owned(), Value::from(last.floor() + 1.0));
    Ok(())
}

/// Gives a number to a row that has none, and remembers the highest that ever was.
pub(crate) fn number(conn: &Connection, table: &Table, fields: &mut Fields) -> Result<(), Fault> {
    if table.numbering == Numbering::None {
        return Ok(());
    }
    let given = fields.get("number").and_then(Value::as_i64).unwrap_or_default();
    let highest: i64 = conn
        .prepare_cached(&format!("SELECT coalesce(max(\"number\"), 0) FROM \"{}\"", table.name()))?
        .query_row([], |row| row.get(0))?;
    let ever: i64 = conn
        .prepare_cached("SELECT coalesce(max(\"last\"), 0) FROM \"counters\" WHERE \"kind\" = ?1")?
        .query_row([table.name()], |row| row.get(0))?;
    let number = match (given, table.numbering) {
        (0, Numbering::Sequence) => highest + 1,
        (0, _) => highest.max(ever) + 1,
        (given, _) => given,
    };
    if number > ever {
        conn.prepare_cached(
            "INSERT INTO \"counters\" (\"kind\", \"last\") VALUES (?1, ?2)
             ON CONFLICT (\"kind\") DO UPDATE SET \"last\" = excluded.\"last\"",
        )?
        .execute(params![table.name(), number])?;
    }
    fields.insert("number".to_owned(), Value::Number(number.into()));
    Ok(())
}
