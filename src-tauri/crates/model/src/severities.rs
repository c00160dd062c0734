//! What words of a tool mean in this engagement, where that differs from the built-in table.

use serde::{Deserialize, Serialize};

use crate::{Id, Severity, object::object};

/// What words of a tool were chosen to mean. What does not stand here means what the built-in table says.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct SeverityTable {
    /// Id.
    pub id: Id,
    /// The tool, as its artifacts name it; upper and lower case make no difference.
    pub tool: String,
    /// The words, each once.
    pub words: Vec<ChosenSeverity>,
}

/// What a word was chosen to mean.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ChosenSeverity {
    /// The tool's word, in any case; empty for issues of which the tool says nothing.
    pub word: String,
    /// What it means.
    pub severity: Severity,
}

object!(SeverityTable, SeverityTable, [], severities);
