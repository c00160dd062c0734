//! What the columns of a table mean, as a person said it once for all tables with these columns.

use serde::{Deserialize, Serialize};

use crate::{Id, choice::choice, object::object};

choice! {
    /// What is made of several rows of one subject.
    RowAggregation {
        /// The value of the latest row, by time where there is a column for it, else the last one.
        #[default]
        Latest = "latest",
        /// The mean of all rows.
        Mean = "mean",
        /// The largest value.
        Max = "max",
        /// The 99th percentile, by nearest rank.
        P99 = "p99",
        /// One measurement a row.
        Each = "each",
    }
}

/// What the columns of a table mean; kept with the engagement, it reads every table with the same columns.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// Id.
    pub id: Id,
    /// What such tables are: `checkout dashboard`. It stands as the tool of what is read.
    pub name: String,
    /// The names of all columns, sorted: by these a table is known again, in whatever order its columns come.
    pub header: Vec<String>,
    /// Whether `1.234,5` is one thousand two hundred and thirty-four and a half.
    pub decimal_comma: bool,
    /// Words that stand for no value, beside those that always do (`n/a`, `null`, `-` …).
    pub nothing: Vec<String>,
    /// The column that says when; it puts the rows in order.
    pub time: Option<String>,
    /// The column that says of what: an endpoint, a host. Rows of one subject are taken together.
    pub subject: Option<String>,
    /// The columns that are measured.
    pub values: Vec<ValueColumn>,
}

/// A column that is measured.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ValueColumn {
    /// The column's name.
    pub column: String,
    /// The metric of the vocabulary that it is.
    pub metric: String,
    /// The unit of its numbers: `ms`, `s`, `%`, `MiB`, …; empty for the metric's own. A unit that a cell itself names
    /// counts instead.
    #[serde(default)]
    pub unit: String,
    /// What is made of several rows.
    #[serde(default)]
    pub aggregation: RowAggregation,
    /// What it is measured of where the table has no column for that; empty for the whole.
    #[serde(default)]
    pub subject: String,
}

object!(Mapping, Mapping, [], mapping);
