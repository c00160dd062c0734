//! The one mapper between an object's JSON fields and a table's columns.

use groma_model::{Id, Kind, Object};
use rusqlite::{
    Connection, OptionalExtension, Row, params_from_iter,
    types::{Value as Sql, ValueRef},
};
use serde_json::{Number, Value};

use crate::{
    error::{Fault, StoreError},
    table::{Column, Fields, Storage, Table},
};

/// A field's value as its column stores it.
fn to_sql(column: &Column, value: &Value) -> Result<Sql, String> {
    Ok(match (column.storage, value) {
        (_, Value::Null) if column.nullable => Sql::Null,
        (Storage::Real, Value::Null) => return Err("must be a finite number".to_owned()),
        (Storage::Text, Value::String(text)) => Sql::Text(text.clone()),
        (Storage::Integer, Value::Number(number)) => {
            Sql::Integer(number.as_i64().ok_or_else(|| format!("{number} is too large"))?)
        }
        (Storage::Real, Value::Number(number)) => {
            Sql::Real(number.as_f64().ok_or_else(|| format!("{number} is too large"))?)
        }
        (Storage::Flag, Value::Bool(flag)) => Sql::Integer(i64::from(*flag)),
        (Storage::Json, value) if !value.is_null() => Sql::Text(value.to_string()),
        (_, value) => return Err(format!("{value} cannot be stored here")),
    })
}

/// A column's value as the field's JSON.
fn from_sql(column: &Column, value: ValueRef<'_>) -> Result<Value, String> {
    Ok(match (column.storage, value) {
        (_, ValueRef::Null) => Value::Null,
        (Storage::Text, ValueRef::Text(text)) => {
            Value::String(std::str::from_utf8(text).map_err(|error| error.to_string())?.to_owned())
        }
        (Storage::Integer, ValueRef::Integer(number)) => Value::Number(number.into()),
        (Storage::Real, ValueRef::Real(number)) => Value::Number(Number::from_f64(number).ok_or("an infinite number")?),
        (Storage::Flag, ValueRef::Integer(flag)) => Value::Bool(flag != 0),
        (Storage::Json, ValueRef::Text(text)) => serde_json::from_slice(text).map_err(|error| error.to_string())?,
        (_, value) => return Err(format!("a value of type {}", value.data_type())),
    })
}

fn bind(table: &Table, id: Id, column: &Column, value: Option<&Value>) -> Result<Sql, StoreError> {
    to_sql(column, value.unwrap_or(&Value::Null)).map_err(|reason| StoreError::BadField {
        kind: table.kind,
        id,
        field: column.name.to_owned(),
        reason,
    })
}

fn list_of(columns: &[Column]) -> String {
    columns.iter().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(", ")
}

/// Reads a row whose columns are selected in declaration order.
pub(crate) fn fields(what: &str, columns: &[Column], row: &Row<'_>) -> Result<Fields, Fault> {
    let mut fields = Fields::new();
    for (at, column) in columns.iter().enumerate() {
        let value = from_sql(column, row.get_ref(at)?).map_err(|reason| damaged(what, column.name, &reason))?;
        fields.insert(column.name.to_owned(), value);
    }
    Ok(fields)
}

/// A row that does not hold what this crate writes.
pub(crate) fn damaged(what: &str, field: &str, reason: &str) -> Fault {
    Fault::Sql(rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
        Some(format!("{what}.{field} holds {reason}")),
    ))
}

/// Turns fields into the object they are.
pub(crate) fn typed<T: serde::de::DeserializeOwned>(what: &str, fields: Fields) -> Result<T, Fault> {
    // The message names a field or a word of a closed set, at most a value's type: it may be shown, and is not logged.
    serde_json::from_value(Value::Object(fields)).map_err(|error| damaged(what, "row", &error.to_string()))
}

/// The row of an id, when it is there.
pub(crate) fn find(conn: &Connection, table: &Table, id: Id) -> Result<Option<Fields>, Fault> {
    let sql =
        format!("SELECT {} FROM \"{}\" WHERE \"id\" = ?1 AND {}", list_of(table.columns), table.name(), table.live());
    conn.prepare_cached(&sql)?
        .query_row([id.to_string()], |row| Ok(fields(table.name(), table.columns, row)))
        .optional()?
        .transpose()
}

/// The row of an id, or the error that there is none.
pub(crate) fn get(conn: &Connection, table: &Table, id: Id) -> Result<Fields, Fault> {
    find(conn, table, id)?.ok_or(Fault::Store(StoreError::NoSuchObject { kind: table.kind, id }))
}

/// Whether an id is there.
pub(crate) fn exists(conn: &Connection, table: &Table, id: &str) -> Result<bool, Fault> {
    let sql = format!("SELECT 1 FROM \"{}\" WHERE \"id\" = ?1 AND {}", table.name(), table.live());
    Ok(conn.prepare_cached(&sql)?.exists([id])?)
}

/// All rows in display order.
pub(crate) fn all(conn: &Connection, table: &Table) -> Result<Vec<Fields>, Fault> {
    let sql = format!(
        "SELECT {} FROM \"{}\" WHERE {} ORDER BY {}",
        list_of(table.columns),
        table.name(),
        table.live(),
        table.order
    );
    select(conn, table.name(), table.columns, &sql, &[])
}

/// All rows that a statement selects, with the columns in declaration order.
pub(crate) fn select(
    conn: &Connection,
    what: &str,
    columns: &[Column],
    sql: &str,
    values: &[Sql],
) -> Result<Vec<Fields>, Fault> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(fields(what, columns, row)?);
    }
    Ok(found)
}

/// All objects of a type in display order.
pub(crate) fn list<T: Object>(conn: &Connection) -> Result<Vec<T>, Fault> {
    let table = crate::tables::of(T::KIND);
    all(conn, table)?.into_iter().map(|fields| typed(table.name(), fields)).collect()
}

/// How many objects of a kind there are.
pub(crate) fn count(conn: &Connection, kind: Kind) -> Result<u64, Fault> {
    let table = crate::tables::of(kind);
    let sql = format!("SELECT count(*) FROM \"{}\" WHERE {}", table.name(), table.live());
    Ok(conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}

/// Adds a row; a hidden row of that id is shown again with these values.
pub(crate) fn insert(conn: &Connection, table: &Table, id: Id, fields: &Fields) -> Result<(), Fault> {
    let values = table
        .columns
        .iter()
        .map(|column| bind(table, id, column, fields.get(column.name)))
        .collect::<Result<Vec<_>, _>>()?;
    let places = vec!["?"; values.len()].join(", ");
    let again = if table.soft {
        let sets = table.columns.iter().map(|column| format!("\"{0}\" = excluded.\"{0}\"", column.name));
        format!(" ON CONFLICT (\"id\") DO UPDATE SET {}, \"removed\" = 0", sets.collect::<Vec<_>>().join(", "))
    } else {
        String::new()
    };
    let sql = format!("INSERT INTO \"{}\" ({}) VALUES ({places}){again}", table.name(), list_of(table.columns));
    conn.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

/// Writes some fields of a row.
pub(crate) fn update(conn: &Connection, table: &Table, id: Id, changed: &Fields) -> Result<(), Fault> {
    let mut sets = Vec::new();
    let mut values = vec![Sql::Text(id.to_string())];
    for column in table.columns {
        if let Some(value) = changed.get(column.name) {
            values.push(bind(table, id, column, Some(value))?);
            sets.push(format!("\"{}\" = ?{}", column.name, values.len()));
        }
    }
    if sets.is_empty() {
        return Ok(());
    }
    let sql = format!("UPDATE \"{}\" SET {} WHERE \"id\" = ?1", table.name(), sets.join(", "));
    conn.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

/// Takes a row away; a soft one is hidden.
pub(crate) fn delete(conn: &Connection, table: &Table, id: Id) -> Result<(), Fault> {
    let sql = if table.soft {
        format!("UPDATE \"{}\" SET \"removed\" = 1 WHERE \"id\" = ?1", table.name())
    } else {
        format!("DELETE FROM \"{}\" WHERE \"id\" = ?1", table.name())
    };
    conn.prepare_cached(&sql)?.execute([id.to_string()])?;
    Ok(())
}

/// The fields of `after` that differ from `before`, as they were and as they are.
pub(crate) fn difference(before: &Fields, after: &Fields) -> (Fields, Fields) {
    let mut was = Fields::new();
    let mut is = Fields::new();
    for (field, value) in after {
        let old = before.get(field).unwrap_or(&Value::Null);
        if old != value {
            was.insert(field.clone(), old.clone());
            is.insert(field.clone(), value.clone());
        }
    }
    (was, is)
}
