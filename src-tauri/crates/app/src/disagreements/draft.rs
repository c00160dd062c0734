//! The finding that a disagreement of traffic and architecture proposes: a draft for a person to finish.

use groma_c4::merge::{TrafficEvidence, TrafficRelation};
use groma_model::{Confidence, Finding, FindingKind, Severity};

use super::Matter;

/// Drafts in the language of a report: German, or else English.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drafts {
    german: bool,
}

impl Drafts {
    /// Drafts for a report in this language.
    pub(crate) fn of(language: &str) -> Self {
        Self { german: language.starts_with("de") }
    }

    pub(super) const fn say<'t>(self, english: &'t str, german: &'t str) -> &'t str {
        if self.german { german } else { english }
    }

    /// The title, as a claim.
    pub(crate) fn title(self, matter: &Matter) -> String {
        match matter {
            Matter::Relation(relation) => self.relation_title(relation),
            Matter::Service(service) => self.service_title(service),
        }
    }

    /// What was measured, in a line; of what was not seen, what the drawing says of it.
    pub(crate) fn detail(self, matter: &Matter) -> String {
        match matter {
            Matter::Relation(relation) => self.relation_detail(relation),
            Matter::Service(service) => self.service_detail(service),
        }
    }

    /// The finding.
    pub(crate) fn finding(self, matter: &Matter) -> Finding {
        match matter {
            Matter::Relation(relation) => self.relation_finding(relation),
            Matter::Service(service) => self.service_finding(service),
        }
    }

    fn relation_title(self, relation: &TrafficRelation) -> String {
        let kind = relation.evidence.as_ref().map(|evidence| evidence.kind.as_str());
        let text = match kind {
            Some("publish") => self.say(
                "{from} publishes to {to}, and no drawing of the architecture shows it",
                "{from} veröffentlicht an {to}, und keine Zeichnung der Architektur zeigt es",
            ),
            Some("consume") => self.say(
                "{from} delivers to {to}, and no drawing of the architecture shows it",
                "{from} liefert an {to}, und keine Zeichnung der Architektur zeigt es",
            ),
            Some("db") => self.say(
                "{from} reads from and writes to {to}, and no drawing of the architecture shows it",
                "{from} liest und schreibt {to}, und keine Zeichnung der Architektur zeigt es",
            ),
            Some(_) => self.say(
                "{from} calls {to}, and no drawing of the architecture shows it",
                "{from} ruft {to} auf, und keine Zeichnung der Architektur zeigt es",
            ),
            None => self.say(
                "The architecture has {from} call {to}, and no trace shows it",
                "Laut Architektur ruft {from} {to} auf, und kein Trace zeigt es",
            ),
        };
        filled(text, relation)
    }

    fn relation_detail(self, relation: &TrafficRelation) -> String {
        match &relation.evidence {
            Some(evidence) => self.figures(evidence).join(" · "),
            None => [relation.description.as_str(), relation.technology.as_str()]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
        }
    }

    fn relation_finding(self, relation: &TrafficRelation) -> Finding {
        let fill = |english: &str, german: &str| filled(self.say(english, german), relation);
        let common = Finding {
            title: self.relation_title(relation),
            kind: FindingKind::Gap,
            criteria: fill(
                "The description of the architecture shows every call between its parts, with what it is for and by \
                 what means.",
                "Die Architekturbeschreibung zeigt jeden Aufruf zwischen ihren Teilen, mit Zweck und Technik.",
            ),
            long_term: fill(
                "Compare the traces with the description of the architecture at each release, and settle every \
                 difference: draw it, stop it, or say why it stays.",
                "Traces und Architekturbeschreibung mit jedem Release abgleichen und jede Abweichung klären: \
                 einzeichnen, abstellen oder begründen.",
            ),
            elements: [&relation.from, &relation.to].into_iter().flatten().cloned().collect(),
            ..Finding::default()
        };
        match &relation.evidence {
            Some(evidence) => Finding {
                severity: Severity::Low,
                severity_reason: fill(
                    "Default for a call that is not drawn; to be weighed by what fails in {from} when {to} does.",
                    "Vorgabe für einen nicht gezeichneten Aufruf; zu gewichten danach, was in {from} ausfällt, wenn \
                     {to} ausfällt.",
                ),
                confidence: Confidence::High,
                condition: self.condition(evidence),
                consequence: fill(
                    "When {to} is slow, fails or changes its interface, {from} is affected. Who plans changes, capacity \
                     or recovery by the drawings does not see that coming.",
                    "Ist {to} langsam, fällt aus oder ändert seine Schnittstelle, trifft es auch {from}. Wer \
                     Änderungen, Kapazität oder Wiederanlauf nach den Zeichnungen plant, sieht das nicht kommen.",
                ),
                short_term: fill(
                    "Ask those who own {from} what the call is for. Draw it if it is meant; take it out if it is not.",
                    "Bei den Verantwortlichen für {from} klären, wozu der Aufruf dient. Ist er gewollt, einzeichnen; \
                     sonst ausbauen.",
                ),
                acceptance_test: fill(
                    "The description of the architecture has the call from {from} to {to}, or traces of the same length \
                     no longer show it.",
                    "Die Architekturbeschreibung enthält den Aufruf von {from} an {to}, oder gleich lange Traces zeigen \
                     ihn nicht mehr.",
                ),
                ..common
            },
            None => Finding {
                severity: Severity::Info,
                severity_reason: fill(
                    "Default for a call that was not seen; to be weighed once it is known whether the traces cover it.",
                    "Vorgabe für einen nicht gesehenen Aufruf; zu gewichten, sobald klar ist, ob die Traces ihn \
                     abdecken.",
                ),
                confidence: Confidence::Low,
                condition: fill(
                    "{from} and {to} are both in the traces. No call from the one to the other is.",
                    "{from} und {to} kommen beide in den Traces vor, ein Aufruf vom einen zum anderen nicht.",
                ),
                consequence: fill(
                    "Either the drawing is out of date, and plans are made around a dependency that is not there; or \
                     the call is not traced, and nobody would see it fail.",
                    "Entweder ist die Zeichnung veraltet, und es wird um eine Abhängigkeit herum geplant, die es nicht \
                     gibt; oder der Aufruf wird nicht erfasst, und niemand sähe ihn scheitern.",
                ),
                short_term: fill(
                    "Ask those who own {from} whether the call still exists. Trace it if it does; take it off the \
                     drawing if it does not.",
                    "Bei den Verantwortlichen für {from} klären, ob es den Aufruf noch gibt. Wenn ja, erfassen; wenn \
                     nein, aus der Zeichnung nehmen.",
                ),
                acceptance_test: fill(
                    "A trace shows the call from {from} to {to}, or the description of the architecture no longer has \
                     it.",
                    "Ein Trace zeigt den Aufruf von {from} an {to}, oder die Architekturbeschreibung enthält ihn nicht \
                     mehr.",
                ),
                ..common
            },
        }
    }

    fn condition(self, evidence: &TrafficEvidence) -> String {
        let mut lines: Vec<String> = self.figures(evidence).into_iter().map(|figure| format!("- {figure}")).collect();
        if !evidence.operations.is_empty() {
            lines.push(format!("- `{}`", evidence.operations.replace('`', "'")));
        }
        let files: Vec<String> =
            evidence.sources.iter().map(|source| format!("`{}`", source.file.replace('`', "'"))).collect();
        if !files.is_empty() {
            lines.push(format!("- {} {}", self.say("seen in", "gesehen in"), files.join(", ")));
        }
        lines.join("\n")
    }

    fn figures(self, evidence: &TrafficEvidence) -> Vec<String> {
        let (calls, errors) = (evidence.calls, evidence.errors);
        let calls = match (calls, self.german) {
            (1, false) => "1 call".to_owned(),
            (1, true) => "1 Aufruf".to_owned(),
            (_, false) => format!("{calls} calls"),
            (_, true) => format!("{calls} Aufrufe"),
        };
        let mut figures = vec![match (errors, self.german) {
            (0, false) => format!("{calls}, none failed"),
            (0, true) => format!("{calls}, keiner mit Fehler"),
            (_, false) => format!("{calls}, {errors} failed"),
            (_, true) => format!("{calls}, davon {errors} mit Fehler"),
        }];
        if let Some(p99) = evidence.p99_ms {
            let number = format!("{p99:.1}");
            figures.push(format!("p99 {} ms", if self.german { number.replace('.', ",") } else { number }));
        }
        figures
    }
}

fn filled(text: &str, relation: &TrafficRelation) -> String {
    // Both at once: a name may hold what looks like a place for the other.
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (name, after) = from
            .strip_prefix("{from}")
            .map(|after| (relation.from_name.as_str(), after))
            .or_else(|| from.strip_prefix("{to}").map(|after| (relation.to_name.as_str(), after)))
            .unwrap_or_else(|| from.split_at(1));
        out.push_str(name);
        rest = after;
    }
    out.push_str(rest);
    out
}
