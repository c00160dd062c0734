//! The engagement itself: client, system, terms, document control, report settings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Audience, Date, Id, Standard, TemplateSettings, choice::choice, object::object};

choice! {
    /// What the auditors were given access to.
    Access {
        /// Source code and architecture documents, read-only.
        #[default]
        Code = "code_architecture",
        /// A staging environment.
        Staging = "staging",
        /// The production environment.
        Production = "production",
        /// An export of logs, metrics and traces.
        Observability = "observability_export",
    }
}

choice! {
    /// How soon something must be dealt with.
    Priority {
        /// Now, before anything else.
        Critical = "critical",
        /// This quarter.
        High = "high",
        /// This year.
        #[default]
        Medium = "medium",
        /// When there is time.
        Low = "low",
    }
}

/// A person named in the report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Role or function.
    pub role: String,
    /// Organisation.
    pub organisation: String,
    /// E-mail address, or empty.
    pub email: String,
}

/// A version of the delivered document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct DocumentVersion {
    /// Version label, for example `1.0`.
    pub version: String,
    /// Date of the version.
    pub date: Option<Date>,
    /// Who made it.
    pub author: String,
    /// What changed.
    pub note: String,
}

/// A term of the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct GlossaryTerm {
    /// The term.
    pub term: String,
    /// Its meaning, in one sentence.
    pub meaning: String,
}

/// A section of the report, in the consultant's order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct SectionChoice {
    /// The section's id in the template.
    pub id: String,
    /// Whether it is left out.
    pub off: bool,
}

/// What was chosen of the sections of each template: by its id, that of a template of the engagement's own included.
pub type SectionChoices = BTreeMap<String, Vec<SectionChoice>>;

/// The template of a report that names none.
pub const USUAL_TEMPLATE: &str = "audit-report";

/// The engagement: one per file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Engagement {
    /// Id.
    pub id: Id,
    /// The consultant's own reference, for example `MPG-2026-04`.
    pub reference: String,
    /// Client organisation.
    pub client: String,
    /// Name of the audited system.
    pub system: String,
    /// What the system does, in a paragraph (Markdown).
    pub system_description: String,
    /// Primary programming language.
    pub primary_language: String,
    /// Architecture style, for example `modular monolith`.
    pub architecture_style: String,
    /// Who audits.
    pub auditors: Vec<Person>,
    /// The auditors' firm.
    pub firm: String,
    /// Who commissioned the audit at the client.
    pub sponsor: Person,
    /// First day of the audit.
    pub starts: Option<Date>,
    /// Last day of the audit.
    pub ends: Option<Date>,
    /// Date printed on the report; the report's only notion of *today*.
    pub report_date: Option<Date>,
    /// What access was given.
    pub access: Vec<Access>,
    /// Terms of the access, accounts, windows (Markdown).
    pub access_notes: String,
    /// Reference of the non-disclosure agreement, or empty.
    pub nda: String,
    /// Classification label printed on every page, for example `Confidential`.
    pub classification: String,
    /// What was looked at (Markdown).
    pub scope: String,
    /// What was not looked at, and why (Markdown).
    pub out_of_scope: String,
    /// How the audit was done (Markdown).
    pub method: String,
    /// What limits the result's validity (Markdown).
    pub limits: String,
    /// The verdict: the executive summary's first words (Markdown).
    pub verdict: String,
    /// The executive summary's body (Markdown).
    pub summary: String,
    /// What the reader is asked to decide (Markdown).
    pub ask: String,
    /// The state found, in a sentence (Markdown).
    pub current_state: String,
    /// The state wanted, in a sentence (Markdown).
    pub target_state: String,
    /// The architecture as found (Markdown).
    pub architecture: String,
    /// The target architecture and its options (Markdown).
    pub target_architecture: String,
    /// Code metrics worth an appendix (Markdown).
    pub code_metrics: String,
    /// Assumptions behind roadmap and costs (Markdown).
    pub assumptions: String,
    /// How urgent the whole is.
    pub priority: Priority,
    /// Estimated effort to modernise, in words.
    pub modernisation_effort: String,
    /// First day of the roadmap; D+30, D+60 and D+90 count from here.
    pub roadmap_start: Option<Date>,
    /// Days on which nobody works, besides Saturdays and Sundays.
    pub holidays: Vec<Date>,
    /// Contingency on the budget, in percent of the likely cost.
    pub contingency_percent: f64,
    /// Report language, a BCP 47 tag such as `en`.
    pub language: String,
    /// ISO 4217 code, for example `EUR`.
    pub currency: String,
    /// Id of the brand.
    pub brand: String,
    /// Id of the report template.
    pub template: String,
    /// What templates' settings are set to; those not named are as the template says.
    pub template_settings: TemplateSettings,
    /// Whom the report is for.
    pub audience: Audience,
    /// The standard of its PDF.
    pub standard: Standard,
    /// The client's logo, an image, for covers and heads.
    pub client_logo: Option<Id>,
    /// The client's logo for dark grounds.
    pub client_logo_dark: Option<Id>,
    /// Version of the document as it stands.
    pub version: String,
    /// Document history, oldest first.
    pub versions: Vec<DocumentVersion>,
    /// Who receives the report.
    pub distribution: Vec<Person>,
    /// Who reviewed it.
    pub reviewers: Vec<Person>,
    /// Terms of this engagement, beside the glossary of the template.
    pub glossary: Vec<GlossaryTerm>,
    /// Sections left out or moved, for each template; sections not named follow in the template's order.
    pub sections: SectionChoices,
    /// Words that are right in this engagement, whatever a dictionary says.
    pub words: Vec<String>,
}

impl Engagement {
    /// What is kept for the report's template, whose own id is `template`: under the id by which the engagement names it;
    /// under its own where it is named by its folder.
    #[must_use]
    pub fn of_template<'a, T>(&self, kept: &'a BTreeMap<String, T>, template: &str) -> Option<&'a T> {
        let named = if self.template.is_empty() { USUAL_TEMPLATE } else { &self.template };
        let folder = named.contains(['/', '\\']) || named.starts_with('.');
        kept.get(if folder { template } else { named })
    }
}

object!(
    Engagement,
    Engagement,
    [
        "system_description",
        "access_notes",
        "scope",
        "out_of_scope",
        "method",
        "limits",
        "verdict",
        "summary",
        "ask",
        "current_state",
        "target_state",
        "architecture",
        "target_architecture",
        "code_metrics",
        "assumptions",
    ],
    engagement
);
