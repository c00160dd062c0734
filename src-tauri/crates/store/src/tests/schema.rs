//! The schema, and that declarations, types and tables say the same.

use std::collections::BTreeSet;

use groma_model::*;
use rusqlite::Connection;
use serde_json::Value;

use super::support::*;
use crate::{
    issues, measurements,
    table::{Column, Table, fields_of},
    tables,
};

fn columns_in_file(conn: &Connection, table: &str) -> Vec<(String, String, bool)> {
    let sql = format!("SELECT \"name\", \"type\", \"notnull\" FROM pragma_table_info('{table}')");
    let mut statement = conn.prepare(&sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn the_whole_schema_is_as_it_was_reviewed() {
    let bench = Bench::new();
    let mut statement = bench
        .store
        .raw()
        .prepare("SELECT \"sql\" FROM \"sqlite_schema\" WHERE \"sql\" IS NOT NULL ORDER BY \"type\" DESC, \"name\"")
        .unwrap();
    let schema: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    insta::assert_snapshot!(schema.join(";\n\n"));
}

#[test]
fn tables_stand_in_the_order_of_kinds() {
    assert_eq!(tables::ALL.len(), Kind::ALL.len());
    for kind in Kind::ALL {
        assert_eq!(tables::of(*kind).kind, *kind);
    }
}

#[test]
fn every_declared_column_is_in_the_file_with_its_type() {
    let bench = Bench::new();
    for table in tables::ALL {
        let mut declared: Vec<_> = table
            .columns
            .iter()
            .map(|column| (column.name.to_owned(), column.storage.sql_type().to_owned(), !column.nullable))
            .collect();
        if table.soft {
            declared.push(("removed".to_owned(), "INTEGER".to_owned(), true));
        }
        // Columns that came later stand behind `removed`.
        let mut found = columns_in_file(bench.store.raw(), table.name());
        found.sort();
        declared.sort();
        assert_eq!(found, declared, "{}", table.name());
    }
}

fn same_fields(columns: &[Column], value: Value, what: &str) {
    let fields: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let columns: BTreeSet<&str> = columns.iter().map(|column| column.name).collect();
    assert_eq!(columns, fields, "{what}");
}

#[test]
fn every_field_of_every_type_has_its_column() {
    for table in tables::ALL {
        let fields = (table.normalise)(serde_json::Map::new()).unwrap();
        same_fields(table.columns, Value::Object(fields), table.name());
    }
    same_fields(issues::COLUMNS, serde_json::to_value(Issue::default()).unwrap(), "issues");
    same_fields(measurements::COLUMNS, serde_json::to_value(Measurement::default()).unwrap(), "measurements");
}

#[test]
fn declarations_name_fields_that_are_there() {
    for table in tables::ALL {
        let fields = (table.normalise)(serde_json::Map::new()).unwrap();
        let text = |field: &str| {
            let value = &fields[field];
            assert!(value.is_string() || value.is_array(), "{}.{field} is not text", table.name());
        };
        table.prose.iter().chain(table.titles).for_each(|field| text(field));
        for field in table.links.iter().map(|link| link.field()).chain(table.frozen.iter().copied()) {
            assert!(table.column(field).is_some(), "{}.{field}", table.name());
        }
        for field in table.unique.iter().copied().flatten() {
            assert!(table.column(field).is_some(), "{}.{field}", table.name());
        }
    }
}

fn every_id_field_is_a_link<T: Object>(object: &T, names: &[&str]) {
    let table: &Table = tables::of(T::KIND);
    let _ = fields_of(object).unwrap();
    for name in names {
        assert!(table.links.iter().any(|link| link.path == *name), "{}.{name} is no link", table.name());
    }
}

#[test]
fn fields_that_hold_ids_are_links() {
    every_id_field_is_a_link(&Symptom::default(), &["findings[]"]);
    every_id_field_is_a_link(&Answer::default(), &["sources[]", "proposal.sources[]"]);
    every_id_field_is_a_link(&Decision::default(), &["finding"]);
    every_id_field_is_a_link(&EvidenceLink::default(), &["finding", "target"]);
    every_id_field_is_a_link(&Diagram::default(), &["image", "architecture"]);
    every_id_field_is_a_link(&Brand::default(), &["logo"]);
    every_id_field_is_a_link(&Risk::default(), &["findings[]"]);
    let initiative = ["theme", "phase", "roles[].role", "depends_on[].on", "findings[]", "risks[]"];
    every_id_field_is_a_link(&Initiative::default(), &initiative);
    every_id_field_is_a_link(&Milestone::default(), &["initiatives[]"]);
    every_id_field_is_a_link(&ResourceLine::default(), &["role"]);
    every_id_field_is_a_link(&BudgetLine::default(), &["phase"]);
    every_id_field_is_a_link(&TrainingNeed::default(), &["phase"]);
    every_id_field_is_a_link(&SuccessMetric::default(), &["source"]);
    every_id_field_is_a_link(&KeyResult::default(), &["metrics[]"]);
}
