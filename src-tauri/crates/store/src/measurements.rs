//! Reads measurements of live artifacts.

use groma_model::{Id, Measurement};
use rusqlite::{Connection, types::Value as Sql};
use serde::{Deserialize, Serialize};

use crate::{
    error::{Fault, StoreError},
    issues::{Condition, names},
    row,
    table::{Column, real, text},
};

/// Which measurements are wanted; none of a field means any.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct MeasurementFilter {
    /// Of this artifact.
    pub artifact: Option<Id>,
    /// Of this metric.
    pub metric: Option<String>,
    /// Of this subject.
    pub subject: Option<String>,
}

/// The fields of a measurement, as the view `measurements` has them.
pub(crate) const COLUMNS: &[Column] = &[
    text("id"),
    text("artifact"),
    text("metric"),
    real("value"),
    text("unit"),
    text("subject"),
    text("at"),
    text("text"),
];

/// A page of measurements, in the order of import and of the file.
pub(crate) fn page(
    conn: &Connection,
    filter: &MeasurementFilter,
    offset: usize,
    limit: usize,
) -> Result<Vec<Measurement>, Fault> {
    let mut condition = Condition::new();
    condition.equal("artifact", filter.artifact.map(|id| id.to_string()));
    condition.equal("metric", filter.metric.clone());
    condition.equal("subject", filter.subject.clone());
    let page = condition.page(offset, limit);
    let sql =
        format!("SELECT {} FROM \"measurements\" WHERE {} ORDER BY \"seq\" {page}", names(COLUMNS), condition.sql);
    row::select(conn, "measurements", COLUMNS, &sql, &condition.values)?
        .into_iter()
        .map(|fields| row::typed("measurements", fields))
        .collect()
}

/// One measurement.
pub(crate) fn get(conn: &Connection, id: Id) -> Result<Measurement, Fault> {
    let sql = format!("SELECT {} FROM \"measurements\" WHERE \"id\" = ?1", names(COLUMNS));
    let found = row::select(conn, "measurements", COLUMNS, &sql, &[Sql::Text(id.to_string())])?;
    match found.into_iter().next() {
        Some(fields) => row::typed("measurements", fields),
        None => Err(StoreError::NoSuchEvidence { what: "measurement", id }.into()),
    }
}
