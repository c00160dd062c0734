//! The rules of a run, wherever they stand, and what a result takes from them.

use std::collections::HashMap;

use groma_model::Severity;

use super::document::{Component, Reference, Rule, SarifResult, Tool};
use crate::{json::Text, severity};

/// What results take from their rule, worked out once.
pub(crate) struct RuleFacts<'a> {
    pub rule: &'a Rule<'a>,
    pub title: &'a str,
    pub severity: Option<Severity>,
    pub cwe: Vec<u32>,
    pub cve: Vec<String>,
}

/// The rules of driver and extensions.
pub(crate) struct Rules<'a> {
    facts: Vec<RuleFacts<'a>>,
    /// Where the rules of the driver and of each extension begin.
    starts: Vec<(&'a str, usize, usize)>,
    by_id: HashMap<&'a str, usize>,
}

impl<'a> Rules<'a> {
    pub(crate) fn of(tool: &'a Tool<'a>) -> Self {
        let mut rules = Self { facts: Vec::new(), starts: Vec::new(), by_id: HashMap::new() };
        for component in std::iter::once(&tool.driver).chain(&tool.extensions) {
            rules.add(component);
        }
        rules
    }

    fn add(&mut self, component: &'a Component<'a>) {
        self.starts.push((component.name.as_str(), self.facts.len(), component.rules.len()));
        for rule in &component.rules {
            self.by_id.entry(rule.id.as_str()).or_insert(self.facts.len());
            self.facts.push(RuleFacts::of(rule));
        }
    }

    /// Number of rules.
    pub(crate) fn len(&self) -> usize {
        self.facts.len()
    }

    /// The rule of a result: by reference into a component, by index, by id, or by the id's parent (`CA1000/1`).
    pub(crate) fn find(&self, result: &SarifResult<'_>) -> Option<&RuleFacts<'a>> {
        let reference = &result.rule;
        let index = reference.index.or(result.rule_index).and_then(|index| usize::try_from(index).ok());
        if let Some(fact) = index.and_then(|index| self.at(reference, index)) {
            let id = Self::id(result);
            // An index that points at another rule than the id names is a tool's mistake; the id is meant.
            if id.is_empty() || fact.rule.id.as_str() == id || id.starts_with(fact.rule.id.as_str()) {
                return Some(fact);
            }
        }
        let id = Self::id(result);
        let parent = || id.rsplit_once('/').and_then(|(parent, _)| self.by_id.get(parent));
        self.by_id.get(id).or_else(parent).and_then(|index| self.facts.get(*index))
    }

    fn at(&self, reference: &Reference<'_>, index: usize) -> Option<&RuleFacts<'a>> {
        let component = &reference.component;
        let start = match (component.index.and_then(|index| usize::try_from(index).ok()), component.name.some()) {
            (Some(extension), _) => self.starts.get(extension + 1),
            (None, Some(name)) => self.starts.iter().find(|(known, ..)| *known == name),
            (None, None) => self.starts.first(),
        };
        let (_, start, count) = start?;
        if index < *count { self.facts.get(start + index) } else { None }
    }

    /// The rule id that a result states.
    pub(crate) fn id<'b>(result: &'b SarifResult<'_>) -> &'b str {
        result.rule_id.some().or(result.rule.id.some()).unwrap_or_default()
    }
}

impl<'a> RuleFacts<'a> {
    fn of(rule: &'a Rule<'a>) -> Self {
        let texts = [&rule.short.text, &rule.full.text, &rule.name, &rule.id];
        let mut cwe = Vec::new();
        let mut cve = Vec::new();
        for text in rule.properties.tags.0.iter().chain(&rule.properties.cwe.0) {
            add_cwe(text, &mut cwe);
            add_cve(text.as_str(), &mut cve);
        }
        for relationship in &rule.relationships {
            add_taxon(&relationship.target, &mut cwe);
        }
        add_cve(rule.id.as_str(), &mut cve);
        Self {
            rule,
            title: texts.iter().find_map(|text| text.some()).unwrap_or_default(),
            severity: security_severity(&rule.properties.severity),
            cwe,
            cve,
        }
    }
}

/// `security-severity` is a CVSS score, or a word where a tool takes it so.
pub(crate) fn security_severity(text: &Text<'_>) -> Option<Severity> {
    const WORDS: severity::Words = &[
        ("critical", Severity::Critical),
        ("high", Severity::High),
        ("medium", Severity::Medium),
        ("moderate", Severity::Medium),
        ("low", Severity::Low),
        ("info", Severity::Info),
        ("informational", Severity::Info),
        ("none", Severity::Info),
    ];
    match text.number() {
        Some(score) => severity::of_score(score),
        None => WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(text.as_str().trim())).map(|(_, s)| *s),
    }
}

/// `CWE-79: …`, `external/cwe/cwe-079`, `79`.
pub(crate) fn add_cwe(text: &Text<'_>, cwe: &mut Vec<u32>) {
    let text = text.as_str();
    let digits = match text.as_bytes().windows(4).rposition(|window| window.eq_ignore_ascii_case(b"cwe-")) {
        Some(start) => &text[start + 4..],
        None if text.bytes().all(|byte| byte.is_ascii_digit()) => text,
        None => return,
    };
    let end = digits.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    if let Ok(number) = digits[..end].parse()
        && !cwe.contains(&number)
    {
        cwe.push(number);
    }
}

/// A taxon of the CWE taxonomy.
pub(crate) fn add_taxon(taxon: &Reference<'_>, cwe: &mut Vec<u32>) {
    if taxon.component.name.as_str().eq_ignore_ascii_case("CWE") || taxon.id.as_str().starts_with("CWE-") {
        add_cwe(&taxon.id, cwe);
    }
}

/// `CVE-2021-44228`, `GHSA-…`, at the start of a text.
pub(crate) fn add_cve(text: &str, cve: &mut Vec<String>) {
    if text.starts_with("CVE-") || text.starts_with("GHSA-") {
        let end = text.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'-')).unwrap_or(text.len());
        if !cve.iter().any(|known| known == &text[..end]) {
            cve.push(text[..end].to_owned());
        }
    }
}
