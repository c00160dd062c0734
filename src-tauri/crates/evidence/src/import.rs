//! What reading a file gives.

use std::{
    collections::HashSet,
    hash::{Hash, Hasher},
};

use groma_model::{Diagnostic, DiagnosticLevel, Issue, Measurement, Timestamp};

use crate::metric;

/// Everything a file says. Ids and the artifact's id are nil: the caller gives them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Import {
    /// Id of the format it was read as.
    pub format: String,
    /// Tool that wrote the file.
    pub tool: String,
    /// Version of the tool, or empty.
    pub tool_version: String,
    /// When the tool captured it, if the file says so.
    pub captured_at: Option<Timestamp>,
    /// What it is about: URL, image, repository, database; or empty.
    pub subject: String,
    /// What was measured, in the order of the file.
    pub measurements: Vec<Measurement>,
    /// Every raw occurrence, suppressed ones included and marked, in the order of the file.
    pub issues: Vec<Issue>,
    /// Results of the file that are no issues: checks that passed, and such that did not apply. They and the issues
    /// make the raw results.
    pub not_issues: u64,
    /// Remarks, for the record.
    pub diagnostics: Vec<Diagnostic>,
    /// Number of cleartext secrets masked.
    pub masked: u64,
    /// The masked text (UTF-8) to keep in place of the original; `None` when nothing was masked.
    pub kept: Option<Vec<u8>>,
}

impl Import {
    /// An empty import of a tool's output.
    pub(crate) fn of(tool: impl Into<String>) -> Self {
        Self { tool: tool.into(), ..Self::default() }
    }

    /// Adds a measurement in the metric's own unit. A value that is no number is left out: it proves nothing.
    pub(crate) fn measure(&mut self, name: &str, value: f64, subject: impl Into<String>, at: impl Into<String>) {
        self.measure_text(name, value, subject, at, "");
    }

    /// Adds a measurement with the raw text that the number does not say.
    pub(crate) fn measure_text(
        &mut self,
        name: &str,
        value: f64,
        subject: impl Into<String>,
        at: impl Into<String>,
        text: impl Into<String>,
    ) {
        let Some(metric) = metric(name) else {
            debug_assert!(false, "{name} is not in the vocabulary");
            return;
        };
        if !value.is_finite() {
            return;
        }
        self.measurements.push(Measurement {
            metric: metric.name.to_owned(),
            value: value + 0.0, // -0 prints as 0
            unit: metric.unit.to_owned(),
            subject: subject.into(),
            at: at.into(),
            text: text.into(),
            ..Measurement::default()
        });
    }

    /// Adds a yes or no.
    pub(crate) fn measure_bool(&mut self, name: &str, value: bool, subject: &str, at: &str, text: &str) {
        self.measure_text(name, f64::from(u8::from(value)), subject, at, text);
    }

    /// Adds a count. Counts stay exact up to 2^53.
    #[allow(clippy::cast_precision_loss)]
    pub(crate) fn measure_count(&mut self, name: &str, count: usize, subject: &str, at: &str) {
        self.measure(name, count as f64, subject, at);
    }

    /// Adds a diagnostic.
    pub(crate) fn say(&mut self, level: DiagnosticLevel, line: Option<u64>, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic { level, message: message.into(), line });
    }

    /// Adds a note.
    pub(crate) fn note(&mut self, line: Option<u64>, message: impl Into<String>) {
        self.say(DiagnosticLevel::Note, line, message);
    }

    /// Adds a warning.
    pub(crate) fn warn(&mut self, line: Option<u64>, message: impl Into<String>) {
        self.say(DiagnosticLevel::Warning, line, message);
    }

    /// Adds an error: a part that could not be read or proves nothing.
    pub(crate) fn error(&mut self, line: Option<u64>, message: impl Into<String>) {
        self.say(DiagnosticLevel::Error, line, message);
    }

    /// The value of the first measurement of a metric and subject.
    #[must_use]
    pub fn value(&self, metric: &str, subject: &str) -> Option<f64> {
        self.measurements.iter().find(|m| m.metric == metric && m.subject == subject).map(|m| m.value)
    }
}

/// The answer of [`crate::read`].
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant)] // one a file: not worth a box at every use
pub enum Outcome {
    /// Read whole.
    Imported(Import),
    /// Not read at all.
    Refused {
        /// The format it claimed to be, where known.
        format: Option<&'static str>,
        /// What is wrong.
        reason: String,
        /// 1-based line, where known.
        line: Option<u64>,
        /// 1-based column in bytes, where known.
        column: Option<u64>,
        /// What to do about it.
        remedy: String,
    },
    /// Several formats write a file like this; only a person can say which.
    Ambiguous {
        /// Ids of the formats that could be meant, as given to `--as`.
        candidates: Vec<&'static str>,
        /// What is unclear.
        reason: String,
        /// What to do about it.
        remedy: String,
    },
}

/// Number of candidate findings that issues of one tool make: those of one rule and component count once.
#[must_use]
pub fn groups(issues: &[Issue]) -> usize {
    issues.iter().map(Group).collect::<HashSet<_>>().len()
}

/// What of an issue's group key is its own, `rule:component`, without a text of it for each of many.
struct Group<'a>(&'a Issue);

impl Group<'_> {
    fn bytes(&self) -> impl Iterator<Item = u8> {
        self.0.rule.bytes().chain([b':']).chain(self.0.component.bytes())
    }
}

impl PartialEq for Group<'_> {
    fn eq(&self, other: &Self) -> bool {
        let plain = self.0.rule == other.0.rule && self.0.component == other.0.component;
        // A colon in a rule may be the one between rule and component of another issue.
        plain || self.bytes().eq(other.bytes())
    }
}

impl Eq for Group<'_> {}

impl Hash for Group<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // FNV-1a of the whole key: equal keys hash alike however they are cut into rule and component.
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        state.write_u64(self.bytes().fold(0xcbf2_9ce4_8422_2325, hash));
    }
}
