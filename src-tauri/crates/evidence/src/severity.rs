//! Words of tools to severities. Every format keeps its own table; an unknown word never defaults silently.

use std::collections::BTreeMap;

use groma_model::{Severity, SeverityOrigin};

use crate::{Import, Input};

/// A tool's words for severity, and what they mean on our scale. Upper and lower case make no difference.
pub type Words = &'static [(&'static str, Severity)];

/// How the issues of a format get their severities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Severities {
    /// The tool's words.
    pub words: Words,
    /// Its words in earlier versions, where they meant something else.
    pub old_words: Words,
    /// What is assigned at import where the tool says no severity, by what it says instead: empty when it says nothing.
    /// A word that stands here several times gets one or the other by what else is said of the issue.
    pub assigned: Words,
    /// Whether a score that the tool gives decides where it says no word, or before its word does.
    pub scored: bool,
    /// Whether many tools write the format, and each file names its own: that one's words they are.
    pub of_many: bool,
}

impl Severities {
    /// Those of a format that makes no issues.
    pub const NONE: Self = Self { words: &[], old_words: &[], assigned: &[], scored: false, of_many: false };

    /// Those of a tool that says them with these words.
    #[must_use]
    pub const fn of(words: Words) -> Self {
        Self { words, ..Self::NONE }
    }

    /// With what is assigned at import where the tool says none.
    #[must_use]
    pub const fn assigning(self, assigned: Words) -> Self {
        Self { assigned, ..self }
    }

    /// With the words of earlier versions.
    #[must_use]
    pub const fn with_old(self, old_words: Words) -> Self {
        Self { old_words, ..self }
    }

    /// With scores that decide.
    #[must_use]
    pub const fn scored(self) -> Self {
        Self { scored: true, ..self }
    }

    /// For a format in which each file names its tool.
    #[must_use]
    pub const fn of_many(self) -> Self {
        Self { of_many: true, ..self }
    }

    /// Whether the format makes issues at all.
    #[must_use]
    pub fn any(&self) -> bool {
        *self != Self::NONE
    }
}

/// A word of a tool, and what the built-in tables have it mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolWord {
    /// The word; empty where the tool says nothing.
    pub word: &'static str,
    /// What it means, worst first. Several where the tool's versions differ, or where what else is said of an issue
    /// decides.
    pub built_in: Vec<Severity>,
    /// Whether it is no severity of the tool's: ours is assigned at import.
    pub assigned: bool,
}

/// How the issues of a tool get their severities, whichever of its formats they come in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ToolSeverities {
    /// Ids of the formats.
    pub formats: Vec<&'static str>,
    /// The words, each once; the gravest first.
    pub words: Vec<ToolWord>,
    /// Whether a score that the tool gives decides of some issues.
    pub scored: bool,
}

/// The built-in table of some formats together, by their ids.
#[must_use]
pub fn severities_of<'f>(formats: impl IntoIterator<Item = &'f str>) -> ToolSeverities {
    let mut tool = ToolSeverities::default();
    for format in formats.into_iter().filter_map(|id| crate::formats().iter().find(|format| format.id == id)) {
        let Severities { words, old_words, assigned, scored, .. } = format.severities;
        tool.formats.push(format.id);
        tool.scored |= scored;
        words.iter().chain(old_words).for_each(|entry| add(&mut tool.words, entry, false));
        assigned.iter().for_each(|entry| add(&mut tool.words, entry, true));
    }
    tool.words.iter_mut().for_each(|word| word.built_in.sort_unstable());
    // A stable sort: words that mean the same stay as the tool counts them.
    tool.words.sort_by(|a, b| a.built_in.cmp(&b.built_in));
    tool
}

fn add(words: &mut Vec<ToolWord>, (word, severity): &(&'static str, Severity), assigned: bool) {
    match words.iter_mut().find(|known| known.word.eq_ignore_ascii_case(word)) {
        Some(known) => {
            known.assigned &= assigned;
            if !known.built_in.contains(severity) {
                known.built_in.push(*severity);
            }
        }
        None => words.push(ToolWord { word, built_in: vec![*severity], assigned }),
    }
}

/// The tools whose results are issues, by name, with their built-in tables.
#[must_use]
pub fn tool_severities() -> Vec<(&'static str, ToolSeverities)> {
    let mut formats: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    for format in crate::formats().iter().filter(|format| format.severities.any()) {
        formats.entry(format.tool).or_default().push(format.id);
    }
    let mut tools: Vec<_> = formats.into_iter().map(|(tool, formats)| (tool, severities_of(formats))).collect();
    tools.sort_by_key(|(tool, _)| tool.to_lowercase());
    tools
}

/// The built-in tables of all tools as a Markdown table.
#[must_use]
pub fn severities_markdown() -> String {
    let mut out =
        String::from("| Tool | Severity | Its words | Assigned by Groma where the tool says |\n|---|---|---|---|\n");
    for (tool, table) in tool_severities() {
        let mut name = tool;
        for severity in Severity::ALL {
            let of = |assigned: bool| {
                let own = table.words.iter().filter(|word| word.assigned == assigned);
                let words = own.filter(|word| word.built_in.contains(severity)).map(|word| match word.word {
                    "" => "nothing".to_owned(),
                    word => format!("`{}`", word.replace('|', "\\|")),
                });
                words.collect::<Vec<_>>().join(", ")
            };
            let (own, assigned) = (of(false), of(true));
            if !own.is_empty() || !assigned.is_empty() {
                out.push_str(&format!("| {} | {severity} | {own} | {assigned} |\n", std::mem::take(&mut name)));
            }
        }
        if table.scored {
            out.push_str(&format!("| {name} | of its score | where it gives one | |\n"));
        }
    }
    out
}

/// What somebody chose words of tools to mean, instead of the built-in tables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen(BTreeMap<String, Vec<(String, Severity)>>);

impl Chosen {
    /// Has a word of a tool mean a severity; the empty word stands for issues of which it says nothing. Upper and lower
    /// case make no difference.
    pub fn set(&mut self, tool: &str, word: &str, severity: Severity) {
        let words = self.0.entry(tool.to_lowercase()).or_default();
        words.retain(|(known, _)| !known.eq_ignore_ascii_case(word));
        words.push((word.to_owned(), severity));
    }

    fn of(&self, tool: &str) -> Vec<(String, Severity)> {
        match self.0.is_empty() {
            true => Vec::new(),
            false => self.0.get(&tool.to_lowercase()).cloned().unwrap_or_default(),
        }
    }
}

/// Maps words by a table and remembers those it does not know.
#[derive(Debug)]
pub(crate) struct Mapper {
    words: Words,
    /// What was chosen for this tool; it goes before the table.
    chosen: Vec<(String, Severity)>,
    unknown: BTreeMap<String, usize>,
    /// Unknown words that something else stands in for.
    aside: BTreeMap<String, usize>,
}

impl Mapper {
    pub(crate) fn new(tool: &str, words: Words, input: &Input<'_>) -> Self {
        Self { words, chosen: input.chosen.of(tool), unknown: BTreeMap::new(), aside: BTreeMap::new() }
    }

    /// The severity of a word, and who says so. An unknown or missing word is Medium, assigned at import.
    pub(crate) fn map(&mut self, word: &str) -> (Severity, SeverityOrigin) {
        if let Some(severity) = self.choice(word) {
            return (severity, SeverityOrigin::Consultant);
        }
        let found = self.words.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
        match found {
            Some((_, severity)) => (*severity, SeverityOrigin::Tool),
            None => {
                count(&mut self.unknown, word);
                (Severity::Medium, SeverityOrigin::Importer)
            }
        }
    }

    /// The severity of an issue of which the tool says none, but this word or nothing: the one given unless another was
    /// chosen.
    pub(crate) fn assign(&self, severity: Severity, word: &str) -> (Severity, SeverityOrigin) {
        match self.choice(word) {
            Some(severity) => (severity, SeverityOrigin::Consultant),
            None => (severity, SeverityOrigin::Importer),
        }
    }

    fn choice(&self, word: &str) -> Option<Severity> {
        self.chosen.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, severity)| *severity)
    }

    /// Whether it is known what a word means.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.choice(word).is_some() || self.words.iter().any(|(known, _)| known.eq_ignore_ascii_case(word))
    }

    /// Remembers a word that decides nothing, where it is not known.
    pub(crate) fn set_aside(&mut self, word: &str) {
        if !word.is_empty() && !self.words.iter().any(|(known, _)| known.eq_ignore_ascii_case(word)) {
            count(&mut self.aside, word);
        }
    }

    /// Says which words were not known.
    pub(crate) fn report(self, import: &mut Import) {
        for (word, count) in self.aside {
            import.warn(None, format!("severity `{word}` of {count} results is not known: what else they say decides"));
        }
        for (word, count) in self.unknown {
            import.warn(
                None,
                match word.is_empty() {
                    true => format!("{count} issues came without a severity: Medium, assigned at import"),
                    false => {
                        format!("severity `{word}` of {count} issues is not known: taken as Medium, assigned at import")
                    }
                },
            );
        }
    }
}

fn count(words: &mut BTreeMap<String, usize>, word: &str) {
    match words.get_mut(word) {
        Some(count) => *count += 1,
        None => drop(words.insert(word.to_owned(), 1)),
    }
}

/// How many issues have a severity that was assigned at import.
pub(crate) fn assigned(import: &Import) -> usize {
    import.issues.iter().filter(|issue| issue.severity_origin == SeverityOrigin::Importer).count()
}

/// The severity of a CVSS base score, by the bands of CVSS 3; `None` of what is no such score.
pub(crate) fn of_score(score: f64) -> Option<Severity> {
    match score {
        s if !(0.0..=10.0).contains(&s) => None,
        s if s >= 9.0 => Some(Severity::Critical),
        s if s >= 7.0 => Some(Severity::High),
        s if s >= 4.0 => Some(Severity::Medium),
        s if s > 0.0 => Some(Severity::Low),
        _ => Some(Severity::Info),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_score_has_no_severity() {
        assert_eq!([0.0, 3.9, 4.0, 7.0, 10.0].map(of_score), {
            use Severity::{Critical, High, Info, Low, Medium};
            [Info, Low, Medium, High, Critical].map(Some)
        });
        assert_eq!([-1.0, 10.1, f64::NAN, f64::INFINITY].map(of_score), [None; 4]);
    }
}
