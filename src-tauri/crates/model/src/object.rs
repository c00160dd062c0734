//! What every object of an engagement has in common.

use serde::{Serialize, de::DeserializeOwned};

use crate::{Id, OutOfRange, choice::choice};

choice! {
    /// The kinds of objects that an engagement file keeps; the word is also the table's name and the CLI's.
    Kind {
        /// The one engagement of the file.
        #[default]
        Engagement = "engagement",
        /// The one intake of the file: the triage answer and its reason.
        Intake = "intake",
        /// What breaks, how often, what it hurts.
        Symptom = "symptoms",
        /// A snapshot of an audit pack.
        Pack = "packs",
        /// The answer to a check.
        Answer = "answers",
        /// The maturity of an area.
        Assessment = "assessments",
        /// An imported file.
        Artifact = "artifacts",
        /// A decision on a candidate finding.
        Decision = "decisions",
        /// A finding.
        Finding = "findings",
        /// A link from a finding to what proves it.
        EvidenceLink = "evidence_links",
        /// An image.
        Image = "images",
        /// A diagram.
        Diagram = "diagrams",
        /// A risk.
        Risk = "risks",
        /// A theme of the roadmap.
        Theme = "themes",
        /// An initiative.
        Initiative = "initiatives",
        /// A phase of the roadmap.
        Phase = "phases",
        /// A fixed date.
        Milestone = "milestones",
        /// A role that does work.
        Role = "roles",
        /// Who is there, how much, from when to when.
        ResourceLine = "resources",
        /// Money that is not work.
        BudgetLine = "budget",
        /// A training that people need.
        TrainingNeed = "trainings",
        /// A success metric.
        SuccessMetric = "metrics",
        /// A key result.
        KeyResult = "key_results",
        /// A note of an interview.
        Note = "notes",
        /// A brand of the engagement's own.
        Brand = "brands",
        /// A C4 model with its views.
        Architecture = "architectures",
        /// A report template of the engagement's own.
        Template = "templates",
        /// A document, code, plan or trace for the appendix.
        Exhibit = "exhibits",
        /// What the columns of tables of one shape mean.
        Mapping = "mappings",
        /// What words of a tool were chosen to mean.
        SeverityTable = "severities",
    }
}

/// An object of an engagement: plain data with an id.
pub trait Object: Serialize + DeserializeOwned + Clone + Default + Send + 'static {
    /// Which kind this is.
    const KIND: Kind;
    /// Names of the fields that hold Markdown (searched, spelled, typeset).
    const PROSE: &'static [&'static str];

    /// The object's id; nil until it is inserted.
    fn id(&self) -> Id;

    /// Sets the object's id.
    fn set_id(&mut self, id: Id);

    /// The fields whose numbers or dates are outside what they may be; empty when all is well.
    fn out_of_range(&self) -> Vec<OutOfRange> {
        Vec::new()
    }
}

/// Declares structs as objects of a kind with their prose fields, and what [`crate::limits`] says of their numbers.
macro_rules! object {
    ($name:ident, $kind:ident, [$($prose:literal),* $(,)?] $(, $limits:ident)? $(,)?) => {
        impl $crate::Object for $name {
            const KIND: $crate::Kind = $crate::Kind::$kind;
            const PROSE: &'static [&'static str] = &[$($prose),*];
            fn id(&self) -> $crate::Id { self.id }
            fn set_id(&mut self, id: $crate::Id) { self.id = id; }
            $(fn out_of_range(&self) -> Vec<$crate::OutOfRange> {
                let mut limits = $crate::limits::Limits::default();
                $crate::limits::$limits(self, &mut limits);
                limits.0
            })?
        }
    };
}

pub(crate) use object;
