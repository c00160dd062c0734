//! Measurements and issues of the live artifacts.

use groma_model::{Id, Issue, Measurement, Severity};
use groma_store::{IssueFilter, MeasurementFilter, Read};
use serde::Deserialize;

use crate::{App, AppError, Verb};

/// Measurements of the live artifacts.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Measurements {
    /// Only those of this artifact.
    pub artifact: Option<Id>,
    /// Only metrics that begin like this.
    pub metric: String,
}

impl Verb for Measurements {
    type Reply = Vec<Measurement>;

    fn run(self, app: &mut App) -> Result<Vec<Measurement>, AppError> {
        let filter = MeasurementFilter { artifact: self.artifact, ..MeasurementFilter::default() };
        let mut rows = app.store()?.measurements(&filter, 0, usize::MAX)?;
        rows.retain(|row| row.metric.starts_with(&self.metric));
        Ok(rows)
    }
}

/// Issues of the live artifacts, in pages.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Issues {
    /// Only those of this artifact.
    pub artifact: Option<Id>,
    /// Only those of this severity.
    pub severity: Option<Severity>,
    /// Only those of this group.
    pub group: String,
    /// How many to pass over.
    pub offset: usize,
    /// How many at most; 0 for all.
    pub limit: usize,
}

impl Verb for Issues {
    type Reply = Vec<Issue>;

    fn run(self, app: &mut App) -> Result<Vec<Issue>, AppError> {
        let filter = IssueFilter {
            artifact: self.artifact,
            severity: self.severity,
            group: Some(self.group).filter(|key| !key.is_empty()),
            ..IssueFilter::default()
        };
        let limit = if self.limit == 0 { usize::MAX } else { self.limit };
        Ok(app.store()?.issues(&filter, self.offset, limit)?)
    }
}
