//! The words that a drawing adds to those of its model.

use crate::model::{ElementKind, ViewKind};

/// The words that a drawing adds to those of its model, in the language of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// Person, software system, container, component, element, deployment node, infrastructure node, group.
    pub kinds: [String; 8],
    /// Views by kind, as in [`ViewKind::ALL`].
    pub views: [String; 9],
    /// Above the legend.
    pub legend: String,
    /// A line, in the legend.
    pub relationship: String,
    /// An answer's line, in the legend.
    pub response: String,
    /// What the view is not about, in the legend: `{kind}, external`.
    pub external: String,
    /// Severities, worst first, in the legend.
    pub severities: [String; 5],
    /// Letters of the severities.
    pub letters: [String; 5],
    /// Ended, ending, current, unknown support of a technology, in the legend.
    pub ages: [String; 4],
    /// Good, slow, bad traffic, in the legend.
    pub traffic: [String; 3],
    /// The end of a sentence on an element with findings: `{count} open findings, worst {severity}`.
    pub findings: String,
    /// Errors, behind a percentage.
    pub errors: String,
    /// Calls a second, above a column of them.
    pub rate: String,
    /// Before the decimals.
    pub decimal: char,
    /// `{count} elements and {lines} relationships`.
    pub contents: String,
    /// How words too long for a line are broken.
    pub syllables: Syllables,
}

/// Whose syllables a word that is too long for a line is broken between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Syllables {
    /// English.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
    /// Polish.
    Polish,
    /// A language that does not break words, or whose patterns are not known: Arabic.
    Whole,
}

impl Syllables {
    /// Those of a language by its tag: `de`, `pt-BR`.
    #[must_use]
    pub fn of(language: &str) -> Self {
        match language.split(['-', '_']).next().unwrap_or_default() {
            "en" => Self::English,
            "de" => Self::German,
            "fr" => Self::French,
            "es" => Self::Spanish,
            "it" => Self::Italian,
            "pl" => Self::Polish,
            _ => Self::Whole,
        }
    }

    /// The patterns; `None` where words stay whole.
    pub(crate) const fn patterns(self) -> Option<hypher::Lang> {
        Some(match self {
            Self::English => hypher::Lang::English,
            Self::German => hypher::Lang::German,
            Self::French => hypher::Lang::French,
            Self::Spanish => hypher::Lang::Spanish,
            Self::Italian => hypher::Lang::Italian,
            Self::Polish => hypher::Lang::Polish,
            Self::Whole => return None,
        })
    }
}

fn owned<const N: usize>(words: [&str; N]) -> [String; N] {
    words.map(str::to_owned)
}

impl Words {
    /// English.
    pub fn english() -> Self {
        Self {
            kinds: owned([
                "Person",
                "Software System",
                "Container",
                "Component",
                "Element",
                "Deployment Node",
                "Infrastructure Node",
                "Group",
            ]),
            views: owned([
                "Custom view",
                "System landscape",
                "System context",
                "Containers",
                "Components",
                "Dynamic view",
                "Deployment",
                "Filtered view",
                "Image",
            ]),
            legend: "Legend".to_owned(),
            relationship: "Relationship".to_owned(),
            response: "Response".to_owned(),
            external: "{kind}, external".to_owned(),
            severities: owned(["Critical", "High", "Medium", "Low", "Info"]),
            letters: owned(["C", "H", "M", "L", "I"]),
            ages: owned(["Support ended", "Support ends soon", "Supported", "Age unknown"]),
            traffic: owned([
                "p99 below 500 ms, errors below 1 %",
                "p99 from 500 ms or errors from 1 %",
                "p99 from 2 s or errors from 5 %",
            ]),
            findings: "{count} open findings, worst {severity}".to_owned(),
            errors: "errors".to_owned(),
            rate: "calls/s".to_owned(),
            decimal: '.',
            contents: "{count} elements and {lines} relationships".to_owned(),
            syllables: Syllables::English,
        }
    }

    /// German.
    pub fn german() -> Self {
        Self {
            kinds: owned([
                "Person",
                "Softwaresystem",
                "Container",
                "Komponente",
                "Element",
                "Laufzeitumgebung",
                "Infrastruktur",
                "Gruppe",
            ]),
            views: owned([
                "Eigene Sicht",
                "Systemlandschaft",
                "Systemkontext",
                "Container",
                "Komponenten",
                "Ablauf",
                "Verteilung",
                "Gefilterte Sicht",
                "Bild",
            ]),
            legend: "Legende".to_owned(),
            relationship: "Beziehung".to_owned(),
            response: "Antwort".to_owned(),
            external: "{kind}, extern".to_owned(),
            severities: owned(["Kritisch", "Hoch", "Mittel", "Niedrig", "Info"]),
            letters: owned(["K", "H", "M", "N", "I"]),
            ages: owned(["Nicht mehr gepflegt", "Pflege endet bald", "Gepflegt", "Alter unbekannt"]),
            traffic: owned([
                "p99 unter 500 ms, Fehler unter 1 %",
                "p99 ab 500 ms oder Fehler ab 1 %",
                "p99 ab 2 s oder Fehler ab 5 %",
            ]),
            findings: "{count} offene Befunde, schwerster {severity}".to_owned(),
            errors: "Fehler".to_owned(),
            rate: "Aufrufe/s".to_owned(),
            decimal: ',',
            contents: "{count} Elemente und {lines} Beziehungen".to_owned(),
            syllables: Syllables::German,
        }
    }

    /// The word for a kind of element.
    pub(crate) fn kind(&self, kind: ElementKind) -> &str {
        use ElementKind as Kind;
        &self.kinds[match kind {
            Kind::Person => 0,
            Kind::SoftwareSystem | Kind::SoftwareSystemInstance => 1,
            Kind::Container | Kind::ContainerInstance => 2,
            Kind::Component => 3,
            Kind::CustomElement => 4,
            Kind::DeploymentNode => 5,
            Kind::InfrastructureNode => 6,
        }]
    }

    /// The word for a group.
    pub(crate) fn kind_of_group(&self) -> &str {
        &self.kinds[7]
    }

    /// The word for a kind of view.
    pub(crate) fn view(&self, kind: ViewKind) -> &str {
        let at = ViewKind::ALL.iter().position(|one| *one == kind).unwrap_or(0);
        &self.views[at]
    }

    /// The place of a severity that a person wrote, in the language of the report or in English; worst first.
    pub(crate) fn severity(&self, written: &str) -> Option<usize> {
        let written = written.trim().to_lowercase();
        let english = ["critical", "high", "medium", "low", "info"];
        let own = self.severities.iter().position(|word| word.to_lowercase() == written);
        own.or_else(|| english.iter().position(|word| *word == written))
    }

    /// A number with so many decimals, without zeros at its end.
    pub(crate) fn number(&self, value: f64, decimals: usize) -> String {
        let text = format!("{value:.decimals$}");
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        text.replace('.', &self.decimal.to_string())
    }
}

/// The word for a kind of element on the wire.
pub(crate) fn wire_kind(kind: ElementKind) -> &'static str {
    use ElementKind as Kind;
    match kind {
        Kind::Person => "person",
        Kind::SoftwareSystem => "software_system",
        Kind::Container => "container",
        Kind::Component => "component",
        Kind::CustomElement => "custom_element",
        Kind::DeploymentNode => "deployment_node",
        Kind::InfrastructureNode => "infrastructure_node",
        Kind::SoftwareSystemInstance => "software_system_instance",
        Kind::ContainerInstance => "container_instance",
    }
}

/// The word for a kind of view on the wire.
pub(crate) fn wire_view(kind: ViewKind) -> &'static str {
    match kind {
        ViewKind::Custom => "custom",
        ViewKind::SystemLandscape => "system_landscape",
        ViewKind::SystemContext => "system_context",
        ViewKind::Container => "container",
        ViewKind::Component => "component",
        ViewKind::Dynamic => "dynamic",
        ViewKind::Deployment => "deployment",
        ViewKind::Filtered => "filtered",
        ViewKind::Image => "image",
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn severities_are_known_in_the_reports_language_and_in_english() {
        let german = Words::german();
        assert_eq!(
            [german.severity("hoch"), german.severity(" High "), german.severity("7")],
            [Some(1), Some(1), None]
        );
        assert_eq!(Words::english().severity("Hoch"), None);
    }
}
