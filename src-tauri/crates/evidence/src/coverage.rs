//! Lines and branches that tests ran, whatever the report's format.

use std::collections::HashMap;

use crate::Import;

/// Metrics of coverage reports.
pub(crate) const METRICS: &[&str] = &["coverage.*"];

/// Lines of files, each counted once however often a report lists it.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    files: HashMap<String, usize>,
    lines: HashMap<(usize, u64), bool>,
}

impl Lines {
    /// The number of a file.
    pub(crate) fn file(&mut self, name: &str) -> usize {
        match self.files.get(name) {
            Some(number) => *number,
            None => {
                let number = self.files.len();
                self.files.insert(name.to_owned(), number);
                number
            }
        }
    }

    /// Adds a line; one that was run once was run.
    pub(crate) fn add(&mut self, file: usize, line: u64, run: bool) {
        *self.lines.entry((file, line)).or_default() |= run;
    }

    /// Lines listed and lines run.
    #[allow(clippy::cast_precision_loss)] // counts of lines
    pub(crate) fn counted(&self) -> (f64, f64) {
        (self.lines.len() as f64, self.lines.values().filter(|run| **run).count() as f64)
    }

    /// Number of files.
    pub(crate) fn files(&self) -> usize {
        self.files.len()
    }
}

/// Writes total, covered and ratio of one kind: `line`, `branch`, `method`, …
pub(crate) fn emit(import: &mut Import, kind: &str, total: f64, covered: f64, at: &str) {
    import.measure("coverage.total", total, kind, at);
    import.measure("coverage.covered", covered, kind, at);
    if total <= 0.0 {
        return;
    }
    let ratio = (covered / total).clamp(0.0, 1.0);
    match kind {
        "line" => import.measure("coverage.lines", ratio, "", at),
        "branch" => import.measure("coverage.branches", ratio, "", at),
        _ => {}
    }
}
