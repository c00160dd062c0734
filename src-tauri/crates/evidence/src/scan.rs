//! What all scanners have in common: occurrences become issues, words become severities, nothing goes missing unsaid.

use std::collections::{BTreeMap, HashSet};

use groma_model::{DiagnosticLevel, Issue, Severity, SeverityOrigin};

use crate::{
    Import, Input, Stop,
    class::{Class, count_all_results, count_class},
    json::Text,
    sarif::{add_cve, add_cwe, made_fingerprint},
    severity::{Mapper, Words, of_score},
    tree::Tree,
};

/// Asks whether to stop every so many items.
const ASK_EVERY: usize = 1024;
/// So many of a tool's own errors are told, and so much of each.
const ERRORS_TOLD: usize = 5;
const ERROR_LENGTH: usize = 300;

/// The title of an issue of which its tool says nothing at all.
pub(crate) const UNTITLED: &str = "(untitled)";

/// More remarks than this are only counted.
const REMARKS: usize = 100;

/// Metrics of a scanner of dependencies.
pub(crate) const DEPENDENCY_METRICS: &[&str] = &[
    "scan.*",
    "deps.vulnerabilities",
    "deps.vulnerabilities.*",
    "deps.advisories",
    "deps.dependencies",
    "deps.skipped",
];
/// Metrics of a scanner of code.
pub(crate) const CODE_METRICS: &[&str] = &["scan.*", "sast.*"];
/// Metrics of a scanner of configuration.
pub(crate) const CONFIG_METRICS: &[&str] = &["scan.*", "config.*"];
/// Metrics of a scanner for secrets.
pub(crate) const SECRET_METRICS: &[&str] = &["scan.*", "secrets.found"];

/// Metrics of a scanner of running systems.
pub(crate) const RUNNING_METRICS: &[&str] = &["scan.*", "dast.*"];

/// The words most tools use.
pub(crate) const COMMON: Words = &[
    ("critical", Severity::Critical),
    ("high", Severity::High),
    ("medium", Severity::Medium),
    ("moderate", Severity::Medium),
    ("low", Severity::Low),
    ("info", Severity::Info),
    ("informational", Severity::Info),
    ("negligible", Severity::Info),
    ("none", Severity::Info),
];

/// What was read of a scan so far.
pub(crate) struct Scan<'s> {
    pub import: Import,
    mapper: Mapper,
    stop: &'s Stop<'s>,
    classes: Vec<Option<Class>>,
    /// Results by the tool's word for their kind.
    kinds: BTreeMap<String, usize>,
    /// Words of results that are no issues.
    others: BTreeMap<String, usize>,
    /// Of these, words that are not known.
    unknown: BTreeMap<String, usize>,
    /// How many issues got which severity because the tool has none.
    assigned: BTreeMap<Severity, usize>,
    errors: Vec<String>,
    /// Whether the tool looked at nothing.
    idle: bool,
}

impl<'s> Scan<'s> {
    pub(crate) fn new(tool: &str, words: Words, input: &Input<'s>) -> Self {
        Self {
            import: Import::of(tool),
            mapper: Mapper::new(tool, words, input),
            stop: input.stop,
            classes: Vec::new(),
            kinds: BTreeMap::new(),
            others: BTreeMap::new(),
            unknown: BTreeMap::new(),
            assigned: BTreeMap::new(),
            errors: Vec::new(),
            idle: false,
        }
    }

    /// The objects of a list, each with its place. What is no list, and items that are no objects, are told.
    pub(crate) fn objects<'t, 'a>(
        &mut self,
        list: &'t Tree<'a>,
        at: &str,
    ) -> impl Iterator<Item = (String, &'t Tree<'a>)> + use<'t, 'a, 's> {
        if !matches!(list, Tree::List(_) | Tree::Null) {
            self.import.error(None, format!("{at} is no list: nothing of it was read"));
        }
        let odd = list.items().iter().filter(|item| !matches!(item, Tree::Object(_))).count();
        if odd > 0 {
            self.import.error(None, format!("{odd} items of {at} are no objects: left out"));
        }
        let (at, stop) = (at.to_owned(), self.stop);
        list.items()
            .iter()
            .enumerate()
            .take_while(move |(index, _)| index % ASK_EVERY != 0 || !stop.now())
            .filter(|(_, item)| matches!(item, Tree::Object(_)))
            .map(move |(index, item)| (format!("{at}/{index}"), item))
    }

    /// Adds an issue whose severity the tool says with a word of its own.
    pub(crate) fn add(&mut self, class: impl Into<Option<Class>>, word: &str, issue: Issue) {
        let (severity, severity_origin) = self.mapper.map(word);
        self.push(class.into(), Issue { severity, severity_origin, native_severity: word.to_owned(), ..issue });
    }

    /// Adds an issue of a tool that knows no severity; `word` is what it says instead, or empty.
    pub(crate) fn add_assigned(
        &mut self,
        class: impl Into<Option<Class>>,
        severity: Severity,
        word: &str,
        issue: Issue,
    ) {
        let (severity, severity_origin) = self.mapper.assign(severity, word);
        if severity_origin == SeverityOrigin::Importer {
            *self.assigned.entry(severity).or_default() += 1;
        }
        self.push(class.into(), Issue { severity, severity_origin, native_severity: word.to_owned(), ..issue });
    }

    /// Adds an issue of which the tool says a score or the like, and `word` is that.
    pub(crate) fn add_scored(&mut self, class: impl Into<Option<Class>>, severity: Severity, word: &str, issue: Issue) {
        let severity_origin = SeverityOrigin::Tool;
        self.push(class.into(), Issue { severity, severity_origin, native_severity: word.to_owned(), ..issue });
    }

    /// Adds an issue of which the tool says a word and a score: the word decides, and the score where there is none, or
    /// none that is known.
    pub(crate) fn add_rated(&mut self, class: impl Into<Option<Class>>, word: &str, score: &str, issue: Issue) {
        match score.trim().parse().ok().and_then(of_score) {
            Some(severity) if word.is_empty() => self.add_scored(class, severity, score, issue),
            Some(severity) if !self.mapper.knows(word) => {
                self.mapper.set_aside(word);
                self.add_scored(class, severity, word, issue);
            }
            None if word.is_empty() => self.add(class, score, issue),
            _ => self.add(class, word, issue),
        }
    }

    fn push(&mut self, class: Option<Class>, mut issue: Issue) {
        make_fit_to_show(&mut issue);
        if issue.fingerprint.is_empty() {
            issue.fingerprint = made_fingerprint(&issue);
        }
        self.classes.push(class);
        self.import.issues.push(issue);
    }

    /// Counts a result that is no issue by the tool's word for it.
    pub(crate) fn add_other(&mut self, word: &str) {
        self.import.not_issues += 1;
        *self.others.entry(word.to_owned()).or_default() += 1;
    }

    /// Counts a result that is no issue by the severity that it would have had, and tells of a word that is not known.
    pub(crate) fn add_passed(&mut self, word: &str) {
        self.mapper.set_aside(word);
        self.add_other(word);
    }

    /// Counts a result that is no issue by a word of which it is not known what it says, and tells of it.
    pub(crate) fn add_unknown(&mut self, word: &str) {
        self.add_other(word);
        self.set_aside(word);
    }

    /// Tells of a word that is not known and makes no issue.
    pub(crate) fn set_aside(&mut self, word: &str) {
        *self.unknown.entry(word.to_owned()).or_default() += 1;
    }

    /// Counts a result by the tool's word for its kind.
    pub(crate) fn add_kind(&mut self, word: &str) {
        *self.kinds.entry(word.to_owned()).or_default() += 1;
    }

    /// Tells why the tool looked at nothing. Then no class is counted without issues: zeros would read as clean.
    pub(crate) fn looked_at_nothing(&mut self, why: &str) {
        self.import.warn(None, format!("{why}, which is not a clean result"));
        self.idle = true;
    }

    pub(crate) fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Keeps an error of which the tool itself tells.
    pub(crate) fn add_error(&mut self, message: &str) {
        let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
        self.errors.push(match line.char_indices().nth(ERROR_LENGTH) {
            Some((cut, _)) => format!("{}…", &line[..cut]),
            None => line,
        });
    }

    /// Counts everything. `looked_at` are the classes that the tool looked for whether it found any or not.
    pub(crate) fn finish(mut self, looked_at: &[Class], at: &str) -> Import {
        keep_few_remarks(&mut self.import);
        self.mapper.report(&mut self.import);
        for (word, count) in &self.unknown {
            let word = if word.is_empty() { "nothing".to_owned() } else { format!("`{word}`") };
            self.import.warn(
                None,
                format!("{count} results say {word}, of which it is not known what it means: counted, but no issue"),
            );
        }
        let tool = self.import.tool.clone();
        for (severity, count) in &self.assigned {
            self.import.note(
                None,
                format!("{tool} says no severity of {count} issues: taken as {severity}, assigned at import"),
            );
        }
        if !self.errors.is_empty() {
            let told = self.errors[..self.errors.len().min(ERRORS_TOLD)].join("; ");
            let count = self.errors.len();
            self.import.error(None, format!("{tool} reports {count} errors, what they hide is not in here: {told}"));
        }
        self.import.measure_count("scan.errors", self.errors.len(), "", at);
        count_all_results(&mut self.import, &self.others, at);
        for (kind, count) in &self.kinds {
            self.import.measure_count("scan.kind", *count, kind, at);
        }
        let looked_at = if self.idle { &[] } else { looked_at };
        let mut classes: Vec<Class> = self.classes.iter().flatten().chain(looked_at).copied().collect();
        classes.sort_unstable();
        classes.dedup();
        for class in &classes {
            if self.classes.iter().all(|of| *of == Some(*class)) {
                count_class(&mut self.import, *class, at, |_| true);
                continue;
            }
            let of = self.import.issues.iter().zip(&self.classes).filter(|(_, of)| **of == Some(*class));
            let places: HashSet<String> = of.map(|(issue, _)| issue.at.clone()).collect();
            count_class(&mut self.import, *class, at, |issue| places.contains(&issue.at));
        }
        self.import
    }
}

/// Of very many remarks, keeps the gravest and counts the others.
pub(crate) fn keep_few_remarks(import: &mut Import) {
    let remarks = import.diagnostics.len();
    if remarks > REMARKS {
        import.diagnostics.sort_by_key(|remark| match remark.level {
            DiagnosticLevel::Error => 0,
            DiagnosticLevel::Warning => 1,
            DiagnosticLevel::Note => 2,
        });
        import.diagnostics.truncate(REMARKS);
        import.warn(None, format!("and {} more remarks of this kind", remarks - REMARKS));
    }
}

/// Takes out of an issue what nothing can show, and gives it a title where it has none.
pub(crate) fn make_fit_to_show(issue: &mut Issue) {
    let shown = [
        &mut issue.title,
        &mut issue.message,
        &mut issue.component,
        &mut issue.component_version,
        &mut issue.fixed_version,
        &mut issue.location,
    ];
    for text in shown {
        // Tools copy them from what they read; nothing shows them, some things break off at them.
        if text.contains('\0') {
            text.retain(|c| c != '\0');
        }
    }
    if issue.title.trim().is_empty() {
        issue.title = if issue.rule.trim().is_empty() { UNTITLED.to_owned() } else { issue.rule.clone() };
    }
}

/// CWE numbers of texts like `CWE-79: …` or `79`.
pub(crate) fn cwes<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<u32> {
    let mut cwe = Vec::new();
    for text in texts {
        add_cwe(&Text(text.trim().into()), &mut cwe);
    }
    cwe
}

/// The CVE and GHSA ids among texts, each once.
pub(crate) fn cves<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut cve = Vec::new();
    texts.into_iter().for_each(|text| add_cve(text, &mut cve));
    cve
}

/// Texts, each once, in their order.
pub(crate) fn distinct<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut seen = HashSet::new();
    texts.into_iter().filter(|text| !text.is_empty() && seen.insert(*text)).map(str::to_owned).collect()
}

/// Those texts that are not empty, one below the other.
pub(crate) fn paragraphs<const N: usize>(texts: [&str; N]) -> String {
    texts.into_iter().map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A message with how sure the tool is of it.
pub(crate) fn with_confidence(message: &str, confidence: &str) -> String {
    match confidence {
        "" => message.to_owned(),
        confidence => format!("{message} Confidence: {confidence}.").trim().to_owned(),
    }
}

/// The first line of a text, for a title, cut where it is long.
pub(crate) fn headline(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    match line.char_indices().nth(160) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line.to_owned(),
    }
}
