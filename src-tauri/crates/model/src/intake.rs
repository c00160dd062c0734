//! The intake: symptoms, what they hurt, and the triage answer; notes of interviews.

use serde::{Deserialize, Serialize};

use crate::{Date, Id, Person, Rating, choice::choice, object::object};

choice! {
    /// The operation that a symptom or finding hurts.
    Operation {
        /// Invoices, payments.
        Billing = "billing",
        /// Figures that management decides on.
        Reporting = "reporting",
        /// Planning and dispatching work.
        Dispatch = "dispatch",
        /// Books, closing, audit.
        Accounting = "accounting",
        /// What the customer gets, and when.
        Delivery = "customer_delivery",
        /// Joining the systems of an acquired company.
        Acquisition = "acquisition_integration",
        /// Anything else.
        #[default]
        Other = "other",
    }
}

choice! {
    /// What should happen next, from watching to rebuilding.
    Triage {
        /// Occasional and harmless: write it down and watch.
        Monitor = "monitor",
        /// It hurts an operation: look at it.
        Review = "diagnostic_review",
        /// The root cause is not clear: audit the systems.
        #[default]
        Audit = "systems_audit",
        /// The root cause is clear and urgent: stabilise.
        Sprint = "stabilisation_sprint",
        /// The architecture cannot carry the next stage: modernise.
        Modernisation = "modernisation",
    }
}

/// The intake: one per file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Intake {
    /// Id.
    pub id: Id,
    /// What set off the engagement (Markdown).
    pub trigger: String,
    /// Whether it keeps coming back.
    pub recurring: bool,
    /// Whether the root cause was known at the start.
    pub cause_known: bool,
    /// Whether it cannot wait.
    pub urgent: bool,
    /// Whether the architecture cannot support the next stage.
    pub outgrown: bool,
    /// The answer.
    pub triage: Option<Triage>,
    /// Why this answer (Markdown).
    pub reason: String,
}

object!(Intake, Intake, ["trigger", "reason"]);

/// A symptom: what breaks, how often, which operation it hurts, what people do about it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Symptom {
    /// Id.
    pub id: Id,
    /// Place in the list; any number, ties broken by id.
    pub rank: f64,
    /// What breaks, in a sentence.
    pub title: String,
    /// How often, in words.
    pub frequency: String,
    /// The operation it hurts.
    pub operation: Operation,
    /// How much it hurts, 1 to 5.
    pub severity: Option<Rating>,
    /// What the people who live with it do (Markdown).
    pub workaround: String,
    /// Where the trace led (Markdown).
    pub trace: String,
    /// The root cause (Markdown).
    pub root_cause: String,
    /// What it costs the operation (Markdown).
    pub consequence: String,
    /// Findings that explain it.
    pub findings: Vec<Id>,
}

object!(Symptom, Symptom, ["workaround", "trace", "root_cause", "consequence"], symptom);

/// A note of an interview.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Note {
    /// Id.
    pub id: Id,
    /// Day of the interview.
    pub date: Option<Date>,
    /// Subject.
    pub title: String,
    /// Who spoke.
    pub people: Vec<Person>,
    /// What was said (Markdown).
    pub body: String,
    /// Whether it never reaches a client document.
    pub private: bool,
}

object!(Note, Note, ["body"], note);
