//! Sections, areas and their checks.

use std::collections::BTreeMap;

use groma_model::{Operation, Quality, Severity};

use super::{Signal, Table, Threshold, record};

record! {
    /// A section of a checklist.
    Section {
        /// Id, unique in the pack.
        id: String,
        /// Title.
        title: String,
        /// What the section is about and why it matters (Markdown).
        intro: String,
        /// Its checks, in order.
        checks: Vec<Check>,
    }

    /// An area of a maturity assessment.
    Area {
        /// Id, unique in the pack.
        id: String,
        /// Title.
        title: String,
        /// What the area is about (Markdown).
        intro: String,
        /// Ids of the rubric's columns that speak of this area.
        rubric_columns: Vec<String>,
        /// Its checks, in order.
        checks: Vec<Check>,
        /// Its typed tables, in order.
        tables: Vec<Table>,
        /// What in the evidence speaks for or against a level.
        signals: Vec<Signal>,
    }

    /// A blank to be filled in, for example `Language version: __ (latest: __)` has two.
    Blank {
        /// Id, unique within the check.
        id: String,
        /// Label.
        label: String,
        /// Unit, for example `%`; empty for text.
        unit: String,
        /// What is wanted, for example `80 or more`.
        target: String,
    }

    /// A command or query that measures the check.
    Command {
        /// What it does, in a few words.
        label: String,
        /// `shell`, `sql`, `promql` or another language's name.
        language: String,
        /// The text, ready to run; `<ANGLE_BRACKETS>` or shell variables mark what must be filled in.
        text: String,
        /// A file beside the pack that holds the text; replaced by `text` when the pack is read.
        file: String,
        /// What to look at in the output.
        note: String,
        /// Id of the import format that reads the output; empty when none does.
        yields: String,
    }

    /// Starting point for the finding that a failed check proposes. Texts may use `{subject}`, `{value}`,
    /// `{threshold}` and `{reason}`.
    FindingText {
        /// Title as a claim.
        title: String,
        /// What is (Markdown).
        condition: String,
        /// What should be, by which standard (Markdown).
        criteria: String,
        /// What usually causes it (Markdown).
        cause: String,
        /// What it costs the operation (Markdown).
        consequence: String,
        /// What to do at once (Markdown).
        short_term: String,
        /// What to do for good (Markdown).
        long_term: String,
        /// How to see that it is done (Markdown).
        acceptance_test: String,
        /// The operation that usually pays.
        operation: Option<Operation>,
        /// CWE numbers.
        cwe: Vec<u32>,
        /// Quality characteristics it touches.
        quality: Vec<Quality>,
        /// Titles or URLs.
        references: Vec<String>,
    }

    /// A check.
    Check {
        /// Id, unique in the pack, for example `1.4`.
        id: String,
        /// Title, a few words.
        title: String,
        /// The statement that is true when the check passes.
        statement: String,
        /// Importance, 1 (least) to 5; 0 means 3.
        weight: u32,
        /// Severity of the finding that a failure proposes; `info` when not given.
        severity: Severity,
        /// Answers to choose from, for example architecture styles.
        choices: Vec<String>,
        /// Whether several choices may be taken.
        multiple: bool,
        /// Whether another answer than the choices may be written.
        other: bool,
        /// Blanks to be filled in.
        blanks: Vec<Blank>,
        /// How to find out (Markdown).
        method: String,
        /// What usually mends a failure, in a sentence or two (Markdown).
        remedy: String,
        /// When the check does not apply (Markdown).
        not_applicable_when: String,
        /// Areas that the answer speaks to: `area` of this pack or `pack/area` of another.
        areas: Vec<String>,
        /// When it passes.
        threshold: Threshold,
        /// Why only a person can answer it, in a sentence; empty where rules can.
        person: String,
        /// The same in other languages, by language (`de`).
        person_in: BTreeMap<String, String>,
        /// Commands and queries.
        commands: Vec<Command>,
        /// Starting point for the finding of a failure.
        finding: FindingText,
    }
}

impl Check {
    /// The importance, 1 to 5; 3 when the pack gives none.
    #[must_use]
    pub const fn importance(&self) -> u32 {
        if self.weight == 0 { 3 } else { self.weight }
    }
}
