//! Imported files and what was read from them.

use serde::{Deserialize, Serialize};

use crate::{Id, Timestamp, choice::choice, object::object};

choice! {
    /// How bad. Sorted worst first.
    Severity {
        /// Stop and fix.
        Critical = "critical",
        /// Act now.
        High = "high",
        /// Plan it.
        Medium = "medium",
        /// When there is time.
        Low = "low",
        /// Worth knowing.
        #[default]
        Info = "info",
    }
}

choice! {
    /// Who said how severe an issue is.
    SeverityOrigin {
        /// The tool's own word, mapped by the format's table.
        #[default]
        Tool = "tool",
        /// The tool had none: assigned at import, and said so.
        Importer = "importer",
        /// The tool's own word, or that it says none, with the meaning that was chosen in the engagement.
        Consultant = "consultant",
    }
}

/// An imported file, kept compressed and content-addressed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Artifact {
    /// Id.
    pub id: Id,
    /// File name as it came, without folders.
    pub name: String,
    /// Path below the imported folder, `/`-separated; equals `name` for a single file.
    pub path: String,
    /// SHA-256 of the kept bytes, lower-case hex.
    pub sha256: String,
    /// Length of the kept bytes.
    pub bytes: u64,
    /// Id of the format it was read as.
    pub format: String,
    /// Tool that wrote it.
    pub tool: String,
    /// Version of the tool, or empty.
    pub tool_version: String,
    /// When the tool captured it, if the file says so.
    pub captured_at: Option<Timestamp>,
    /// When it was imported.
    pub imported_at: Option<Timestamp>,
    /// What it is about, for example `checkout service, staging`.
    pub subject: String,
    /// Number of issues in it, every raw occurrence counted.
    pub issues: u64,
    /// Number of measurements in it.
    pub measurements: u64,
    /// Number of secrets masked at import; with any, the kept bytes are the masked ones.
    pub masked: u64,
    /// The consultant's remark (Markdown).
    pub note: String,
    /// Diagnostics of the import, for the record.
    pub diagnostics: Vec<Diagnostic>,
    /// The earlier artifact of which this is a newer state: the same tool and subject, captured later. What the earlier
    /// one says no longer decides anything.
    pub replaces: Option<Id>,
}

object!(Artifact, Artifact, ["note"]);

choice! {
    /// How much a diagnostic matters.
    DiagnosticLevel {
        /// For the record.
        #[default]
        Note = "note",
        /// Something was not as expected; the rest was read.
        Warning = "warning",
        /// It could not be read.
        Error = "error",
    }
}

/// A remark of an importer on a place of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Diagnostic {
    /// How much it matters.
    pub level: DiagnosticLevel,
    /// What, where and what to do about it.
    pub message: String,
    /// 1-based line, where known.
    pub line: Option<u64>,
}

/// A measured value.
///
/// Immutable, and lives and dies with its artifact.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Measurement {
    /// Id.
    pub id: Id,
    /// The artifact it was read from.
    pub artifact: Id,
    /// Dotted metric name of the one vocabulary, for example `http.latency.p99`.
    pub metric: String,
    /// The value, in `unit`. Never NaN or infinite.
    pub value: f64,
    /// Unit: `ms`, `s`, `ratio`, `1/s`, `count`, `bytes`, `bool`, …
    pub unit: String,
    /// What was measured: endpoint, query, table, pool; empty for the whole.
    pub subject: String,
    /// The place in the artifact: `line 12`, or a JSON pointer such as `/metrics/http_reqs/values/rate`.
    pub at: String,
    /// The raw text of the value where a number does not say it all, for example `allkeys-lru`.
    pub text: String,
}

/// A scanner's result: one raw occurrence.
///
/// Immutable, and lives and dies with its artifact.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Issue {
    /// Id.
    pub id: Id,
    /// The artifact it was read from.
    pub artifact: Id,
    /// The tool's rule id.
    pub rule: String,
    /// Short title.
    pub title: String,
    /// The tool's message.
    pub message: String,
    /// Severity on our scale.
    pub severity: Severity,
    /// Who said so.
    pub severity_origin: SeverityOrigin,
    /// The tool's own word, as written; empty when it had none.
    pub native_severity: String,
    /// Component: package, module, host; the file when there is nothing better.
    pub component: String,
    /// Version of the component.
    pub component_version: String,
    /// Version that fixes it.
    pub fixed_version: String,
    /// File or URL.
    pub location: String,
    /// 1-based line in `location`.
    pub line: Option<u64>,
    /// The tool's fingerprint, or one made from rule, location and message.
    pub fingerprint: String,
    /// CWE numbers.
    pub cwe: Vec<u32>,
    /// CVE and other advisory ids.
    pub cve: Vec<String>,
    /// Where the tool explains it.
    pub url: String,
    /// Whether the tool says it is suppressed or not a failure.
    pub suppressed: bool,
    /// The place in the artifact.
    pub at: String,
}

choice! {
    /// What became of a candidate finding.
    DecisionOutcome {
        /// It became a finding.
        #[default]
        Accepted = "accepted",
        /// It was added to a finding as evidence.
        Merged = "merged",
        /// It is not a finding, with a reason.
        Dismissed = "dismissed",
    }
}

/// A decision on a candidate finding, kept by the candidate's key, so that a re-import does not ask again.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Decision {
    /// Id.
    pub id: Id,
    /// The candidate's key: `issue:<tool>:<rule>:<component>` or `check:<pack>:<check>`; for what a retest proposes
    /// `retest:<finding>:<SHA-256 of the newer artifacts, shortened>`.
    pub candidate: String,
    /// What became of it.
    pub outcome: DecisionOutcome,
    /// The finding it became or was merged into.
    pub finding: Option<Id>,
    /// Why.
    pub reason: String,
}

object!(Decision, Decision, []);
