//! Operations as a user knows them, and what they changed.

use groma_model::{Id, Kind};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An operation: one transaction, one undo step. On the wire a word, with the kind after a colon where there is one:
/// `import`, `update:findings`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Op {
    /// The file was made.
    Create,
    /// An object was added.
    Insert(Kind),
    /// An object was changed.
    Update(Kind),
    /// An object was deleted.
    Delete(Kind),
    /// The order of a list was changed.
    Reorder(Kind),
    /// A file was imported.
    Import,
    /// A file was imported in place of an earlier one.
    Reimport,
    /// A candidate became a finding.
    AcceptCandidate,
    /// A candidate was added to a finding.
    MergeCandidate,
    /// A candidate was dismissed.
    DismissCandidate,
    /// What a retest proposes was taken over.
    AcceptRetest,
    /// What a retest proposes was dismissed.
    DismissRetest,
    /// A check's verdict was confirmed.
    ConfirmAnswer,
    /// Proposed verdicts were renewed from the measurements.
    Propose,
    /// A pack was added, with its answers and assessments.
    AddPack,
    /// A pack's starting points were taken over.
    ApplySuggestions,
    /// The plan was changed by the scheduler.
    Schedule,
    /// Several changes at once.
    Batch,
    /// A step was undone.
    Undo,
    /// A step was redone.
    Redo,
    /// Something that this build has no word for.
    Other,
}

impl Op {
    const PLAIN: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Create, "create", "create the engagement"),
        (Self::Import, "import", "import"),
        (Self::Reimport, "reimport", "import again"),
        (Self::AcceptCandidate, "accept_candidate", "accept candidate"),
        (Self::MergeCandidate, "merge_candidate", "merge candidate"),
        (Self::DismissCandidate, "dismiss_candidate", "dismiss candidate"),
        (Self::AcceptRetest, "accept_retest", "accept retest"),
        (Self::DismissRetest, "dismiss_retest", "dismiss retest"),
        (Self::ConfirmAnswer, "confirm_answer", "confirm verdict"),
        (Self::Propose, "propose", "renew proposals"),
        (Self::AddPack, "add_pack", "add pack"),
        (Self::ApplySuggestions, "apply_suggestions", "apply suggestions"),
        (Self::Schedule, "schedule", "schedule"),
        (Self::Batch, "batch", "several changes"),
        (Self::Undo, "undo", "undo"),
        (Self::Redo, "redo", "redo"),
        (Self::Other, "other", "change"),
    ];

    /// The operation in words, for a menu: `edit finding`.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Insert(kind) => format!("add {}", noun(kind)),
            Self::Update(kind) => format!("edit {}", noun(kind)),
            Self::Delete(kind) => format!("delete {}", noun(kind)),
            Self::Reorder(kind) => format!("reorder {}", kind.as_str().replace('_', " ")),
            plain => Self::PLAIN.iter().find(|row| row.0 == plain).map_or("change", |row| row.2).to_owned(),
        }
    }

    /// Reads the wire word; an unknown one is [`Op::Other`], since history may come from a later build.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        if let Some((verb, kind)) = word.split_once(':') {
            let Ok(kind) = kind.parse() else { return Self::Other };
            return match verb {
                "insert" => Self::Insert(kind),
                "update" => Self::Update(kind),
                "delete" => Self::Delete(kind),
                "reorder" => Self::Reorder(kind),
                _ => Self::Other,
            };
        }
        Self::PLAIN.iter().find(|row| row.1 == word).map_or(Self::Other, |row| row.0)
    }
}

impl std::fmt::Display for Op {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::Insert(kind) => write!(f, "insert:{kind}"),
            Self::Update(kind) => write!(f, "update:{kind}"),
            Self::Delete(kind) => write!(f, "delete:{kind}"),
            Self::Reorder(kind) => write!(f, "reorder:{kind}"),
            plain => f.write_str(Self::PLAIN.iter().find(|row| row.0 == plain).map_or("other", |row| row.1)),
        }
    }
}

impl Serialize for Op {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Op {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|word| Self::from_word(&word))
    }
}

/// What one object of a kind is called.
const fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Engagement => "engagement",
        Kind::Intake => "intake",
        Kind::Symptom => "symptom",
        Kind::Pack => "pack",
        Kind::Answer => "answer",
        Kind::Assessment => "assessment",
        Kind::Artifact => "artifact",
        Kind::Decision => "decision",
        Kind::Finding => "finding",
        Kind::EvidenceLink => "evidence link",
        Kind::Image => "image",
        Kind::Diagram => "diagram",
        Kind::Risk => "risk",
        Kind::Theme => "theme",
        Kind::Initiative => "initiative",
        Kind::Phase => "phase",
        Kind::Milestone => "milestone",
        Kind::Role => "role",
        Kind::ResourceLine => "resource line",
        Kind::BudgetLine => "budget line",
        Kind::TrainingNeed => "training need",
        Kind::SuccessMetric => "success metric",
        Kind::KeyResult => "key result",
        Kind::Note => "note",
        Kind::Brand => "brand",
        Kind::Architecture => "architecture",
        Kind::Template => "template",
        Kind::Exhibit => "exhibit",
        Kind::Mapping => "table mapping",
        Kind::SeverityTable => "severity table",
    }
}

/// What happened to an object, in all of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is new.
    Inserted,
    /// Some of its fields differ.
    Updated,
    /// It is gone.
    Deleted,
}

/// A changed object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Change {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Id,
    /// What happened to it.
    pub change: ChangeKind,
    /// The fields that differ, when it was updated; else empty.
    pub fields: Vec<String>,
}

/// What an operation changed, so that a window redraws only that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Changes {
    /// The operation.
    #[ts(type = "string")]
    pub op: Op,
    /// The step in the history; none when nothing changed, and then no step was made.
    pub step: Option<Id>,
    /// The changed objects, in the order in which they were first touched.
    pub changed: Vec<Change>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip_and_unknown_ones_are_other() {
        let mut ops: Vec<Op> = Op::PLAIN.iter().map(|row| row.0).collect();
        for kind in Kind::ALL {
            ops.extend([Op::Insert(*kind), Op::Update(*kind), Op::Delete(*kind), Op::Reorder(*kind)]);
        }
        for op in ops {
            assert_eq!(Op::from_word(&op.to_string()), op);
            assert!(!op.label().is_empty());
        }
        assert_eq!(Op::from_word("levitate"), Op::Other);
        assert_eq!(Op::from_word("update:spoons"), Op::Other);
        assert_eq!(Op::Update(Kind::Finding).label(), "edit finding");
    }
}
