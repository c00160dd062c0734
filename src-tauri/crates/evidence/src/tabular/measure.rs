//! What is measured of the rows of a table.

use std::collections::BTreeMap;

use groma_model::{RowAggregation, Timestamp, ValueColumn};

use super::read::Plan;
use crate::{Import, Metric, Refusal, load::nearest_rank};

/// More rows than this are not measured one by one.
const MOST_EACH: usize = 1000;
/// More subjects than this are no table of subjects.
const MOST_SUBJECTS: usize = 1000;

/// A value in its metric's unit, when and where it was.
#[derive(Clone, Copy)]
pub(super) struct Value {
    pub value: f64,
    pub time: Option<Timestamp>,
    pub line: u64,
}

/// The values of a table.
#[derive(Default)]
pub(super) struct Collected {
    /// By the number of the value's column and the subject, in order.
    pub values: BTreeMap<(usize, String), Vec<Value>>,
    pub subjects: BTreeMap<String, ()>,
    pub rows: usize,
    pub blank: usize,
    /// The latest time whose zone is known.
    pub latest: Option<Timestamp>,
}

impl Collected {
    /// Measures, and says by what mapping.
    pub fn emit(self, plan: &Plan<'_>, import: &mut Import) -> Result<(), Refusal> {
        if self.subjects.len() > MOST_SUBJECTS {
            return Err(Refusal::new(
                format!("{} subjects: more than {MOST_SUBJECTS} are no table of subjects", self.subjects.len()),
                "map another column as the subject, or none",
            ));
        }
        import.captured_at = self.latest;
        let mut few = false;
        for ((number, subject), mut values) in self.values {
            let Some((_, column, metric)) = plan.values.get(number) else { continue };
            // Rows without a time come first: nobody can say that they are the latest.
            values.sort_by_key(|value| (value.time, value.line));
            let Some(last) = values.last().copied() else { continue };
            let mut measure = |value: f64, line: u64, text: String| {
                import.measure_text(metric.name, value, &*subject, format!("line {line}"), text);
            };
            let of = |what: &str| match values.len() {
                1 => format!("{what} of 1 row, `{}`", column.column),
                rows => format!("{what} of {rows} rows, `{}`", column.column),
            };
            match column.aggregation {
                RowAggregation::Latest => measure(last.value, last.line, of("latest")),
                #[allow(clippy::cast_precision_loss)] // numbers of rows
                RowAggregation::Mean => {
                    let mean = values.iter().map(|value| value.value).sum::<f64>() / values.len() as f64;
                    measure(mean, values.iter().map(|value| value.line).min().unwrap_or(last.line), of("mean"));
                }
                RowAggregation::Max => {
                    if let Some(most) = values.iter().max_by(|a, b| a.value.total_cmp(&b.value)) {
                        measure(most.value, most.line, of("largest"));
                    }
                }
                RowAggregation::P99 => {
                    few |= values.len() < 100;
                    let mut sorted: Vec<f64> = values.iter().map(|value| value.value).collect();
                    sorted.sort_unstable_by(f64::total_cmp);
                    if let Some(p99) = nearest_rank(&sorted, 990) {
                        measure(p99, last.line, of("99th percentile"));
                    }
                }
                RowAggregation::Each if values.len() > MOST_EACH => {
                    return Err(Refusal::new(
                        format!(
                            "{} rows of `{}`: more than {MOST_EACH} are not measured one by one",
                            values.len(),
                            column.column
                        ),
                        "choose latest, mean, max or p99 for this column",
                    ));
                }
                RowAggregation::Each => {
                    values.sort_by_key(|value| value.line);
                    for value in &values {
                        measure(value.value, value.line, String::new());
                    }
                }
            }
        }
        let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let (rows, columns) = (counted(self.rows, "row"), counted(plan.values.len(), "column"));
        import.note(None, format!("{rows} by a mapping of {columns}"));
        for (_, column, metric) in &plan.values {
            import.note(None, read_as(column, metric));
        }
        if self.blank > 0 {
            import.note(None, format!("{} cells have no value", self.blank));
        }
        if few {
            import.note(None, "of fewer than 100 rows the 99th percentile is the largest value");
        }
        if import.measurements.is_empty() {
            import.error(None, "no cell of a mapped column has a value: nothing was measured");
        }
        Ok(())
    }
}

/// For the record: what a person said that a column is.
fn read_as(column: &ValueColumn, metric: &Metric) -> String {
    let unit = if column.unit.is_empty() { metric.unit } else { &column.unit };
    let of = if column.subject.is_empty() { String::new() } else { format!(" of `{}`", column.subject) };
    format!(
        "column `{}` read as {} in {unit}{of}, {}",
        column.column,
        metric.name,
        match column.aggregation {
            RowAggregation::Latest => "latest row",
            RowAggregation::Mean => "mean of the rows",
            RowAggregation::Max => "largest of the rows",
            RowAggregation::P99 => "99th percentile of the rows",
            RowAggregation::Each => "each row",
        }
    )
}
