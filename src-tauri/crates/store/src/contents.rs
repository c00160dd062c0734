//! Everything the file holds, at one moment.

use groma_model::{Contents, Kind, Object};
use rusqlite::Connection;

use crate::{
    error::Fault,
    issues,
    measurements::{self, MeasurementFilter},
    row,
};

/// All objects in display order, the measurements, and the issues in groups.
pub(crate) fn contents(conn: &Connection) -> Result<Contents, Fault> {
    let _span = tracing::debug_span!("contents").entered();
    let started = std::time::Instant::now();
    // Within a transaction of ours everything is of one moment anyway.
    let reading = if conn.is_autocommit() { Some(conn.unchecked_transaction()?) } else { None };
    let contents = Contents {
        engagement: single(conn)?,
        intake: single(conn)?,
        symptoms: row::list(conn)?,
        packs: row::list(conn)?,
        answers: row::list(conn)?,
        assessments: row::list(conn)?,
        artifacts: row::list(conn)?,
        measurements: measurements::page(conn, &MeasurementFilter::default(), 0, usize::MAX)?,
        issue_groups: issues::groups(conn)?,
        decisions: row::list(conn)?,
        findings: row::list(conn)?,
        evidence_links: row::list(conn)?,
        images: row::list(conn)?,
        diagrams: row::list(conn)?,
        risks: row::list(conn)?,
        themes: row::list(conn)?,
        initiatives: row::list(conn)?,
        phases: row::list(conn)?,
        milestones: row::list(conn)?,
        roles: row::list(conn)?,
        resources: row::list(conn)?,
        budget: row::list(conn)?,
        trainings: row::list(conn)?,
        metrics: row::list(conn)?,
        key_results: row::list(conn)?,
        notes: row::list(conn)?,
        brands: row::list(conn)?,
        architectures: row::list(conn)?,
        templates: row::list(conn)?,
        exhibits: row::list(conn)?,
        mappings: row::list(conn)?,
        severities: row::list(conn)?,
    };
    if let Some(reading) = reading {
        reading.commit()?;
    }
    tracing::debug!(
        findings = contents.findings.len(),
        measurements = contents.measurements.len(),
        issue_groups = contents.issue_groups.len(),
        ms = crate::store::ms(started),
        "contents read"
    );
    Ok(contents)
}

/// The one object of a kind that has exactly one.
pub(crate) fn single<T: Object>(conn: &Connection) -> Result<T, Fault> {
    row::list::<T>(conn)?.into_iter().next().ok_or_else(|| missing(T::KIND))
}

fn missing(kind: Kind) -> Fault {
    row::damaged(kind.as_str(), "row", "no row")
}
