//! The draft of a finding on a service that the traces know and no drawing shows, though no call from or to it was seen.

use groma_c4::merge::TrafficElement;
use groma_model::{Confidence, Finding, FindingKind, Severity};

use super::Drafts;

impl Drafts {
    pub(super) fn service_title(self, service: &TrafficElement) -> String {
        self.of_service(
            "{name} runs, and no drawing of the architecture shows it",
            "{name} läuft, und keine Zeichnung der Architektur zeigt es",
            service,
        )
    }

    pub(super) fn service_detail(self, service: &TrafficElement) -> String {
        let spans = match service.spans {
            1 => self.say("1 span, no call from it or to it", "1 Span, kein Aufruf von ihm oder an ihn").to_owned(),
            many => self
                .say("{n} spans, no call from it or to it", "{n} Spans, kein Aufruf von ihm oder an ihn")
                .replace("{n}", &many.to_string()),
        };
        let parts = [spans, service.technology.clone()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    pub(super) fn service_finding(self, service: &TrafficElement) -> Finding {
        let fill = |english: &str, german: &str| self.of_service(english, german, service);
        let mut condition = vec![format!("- {}", self.service_detail(service))];
        let mut files: Vec<String> =
            service.sources.iter().map(|source| format!("`{}`", source.file.replace('`', "'"))).collect();
        files.dedup();
        if !files.is_empty() {
            condition.push(format!("- {} {}", self.say("seen in", "gesehen in"), files.join(", ")));
        }
        Finding {
            title: self.service_title(service),
            kind: FindingKind::Gap,
            severity: Severity::Low,
            severity_reason: fill(
                "Default for a service that is not drawn; to be weighed by what it does and what data it holds.",
                "Vorgabe für einen nicht gezeichneten Dienst; zu gewichten danach, was er tut und welche Daten er hält.",
            ),
            confidence: Confidence::High,
            criteria: fill(
                "The description of the architecture shows every service that runs, with what it is for and who owns it.",
                "Die Architekturbeschreibung zeigt jeden laufenden Dienst, mit Zweck und Verantwortlichen.",
            ),
            condition: condition.join("\n"),
            consequence: fill(
                "Nobody plans {name}'s updates, capacity or recovery by the drawings, and what it depends on is not \
                 known. What calls it may not be traced.",
                "Nach den Zeichnungen plant niemand Aktualisierung, Kapazität oder Wiederanlauf von {name}, und wovon \
                 der Dienst abhängt, ist nicht bekannt. Wer ihn aufruft, wird womöglich nicht erfasst.",
            ),
            short_term: fill(
                "Find out who owns {name} and what it is for. Draw it with its calls if it is meant; stop it if it is \
                 not.",
                "Klären, wer für {name} verantwortlich ist und wozu der Dienst da ist. Ist er gewollt, mit seinen \
                 Aufrufen einzeichnen; sonst abschalten.",
            ),
            long_term: fill(
                "Compare the traces with the description of the architecture at each release, and settle every \
                 difference: draw it, stop it, or say why it stays.",
                "Traces und Architekturbeschreibung mit jedem Release abgleichen und jede Abweichung klären: \
                 einzeichnen, abstellen oder begründen.",
            ),
            acceptance_test: fill(
                "The description of the architecture has {name}, or traces of the same length no longer show it.",
                "Die Architekturbeschreibung enthält {name}, oder gleich lange Traces zeigen den Dienst nicht mehr.",
            ),
            ..Finding::default()
        }
    }

    fn of_service(self, english: &str, german: &str, service: &TrafficElement) -> String {
        self.say(english, german).replace("{name}", &service.name)
    }
}
