//! Tool output (bytes) to measurements, issues and diagnostics; one file a format. Pure.
//!
//! [`read`] decodes the bytes (BOM, UTF-16, gzip), asks every [`Format`] whether the *content* is its own (a file's
//! extension is never looked at), masks cleartext secrets, and parses. The answer is one of three:
//! [`Outcome::Imported`] with everything the file says, [`Outcome::Refused`] with the reason, the place and the
//! remedy, or [`Outcome::Ambiguous`] when guessing would be needed. Nothing is ever half read.
//!
//! [`read_until`] does the same and can be stopped.
//!
//! What a shell or a build printed around a report is left out, and said.
//!
//! Measurements use the one vocabulary of [`METRICS`]. What a file cannot prove it does not measure: a load test in
//! which nothing answered has no latency, a summary without a p99 has no p99.
//!
//! A new format is one file in `formats/`, one line in `formats/mod.rs` and fixtures beside the others.

mod archive;
mod bench;
mod class;
mod coverage;
mod cvss;
mod cyclonedx;
mod decode;
mod depcheck;
mod deploy;
mod digest;
mod dropped;
mod facts;
mod fields;
mod format;
pub mod formats;
mod gc;
mod gitlab;
mod govuln;
mod humble;
mod import;
mod json;
mod k6;
mod load;
mod logs;
mod mask;
pub mod metrics;
mod mongo;
mod npm;
mod pg;
mod plain;
mod plan;
mod probe;
mod prometheus;
mod promql;
mod read;
mod sarif;
mod scan;
mod severity;
mod table;
mod tabular;
mod tags;
mod tls;
mod traces;
mod tree;
mod trivy;
mod units;
mod wrapped;
mod wrk;
mod xml;
mod yaml;
mod zap;

pub use archive::{Bounds, Entry, is_archive, walk_archive};
pub use decode::INFLATED_LIMIT;
pub use facts::{FACTS_VERSION, FactTable, Facts, PackFit, facts_of};
pub use format::{Confidence, Format, Input, Refusal, Stop};
pub use formats::formats;
pub use import::{Import, Outcome, groups};
pub use mask::Secrets;
pub use metrics::{Better, METRICS, Metric, metric};
pub use plain::{PlainText, plain_text};
pub use probe::Probe;
pub use read::{read, read_until, tells_of_masking};
pub use severity::{
    Chosen, Severities, ToolSeverities, ToolWord, Words, severities_markdown, severities_of, tool_severities,
};
pub use tabular::{
    CellFault, ColumnKind, ColumnShape, RefusedCell, TABLE_FORMAT, TableShape, Trial, describe_table, read_table,
    table_header, table_text, try_table, units_of,
};
