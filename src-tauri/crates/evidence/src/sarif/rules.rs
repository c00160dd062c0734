//! The rules of a run, wherever they stand, and what a result takes from them.

use std::collections::HashMap;

use groma_model::Severity;

use super::document::{Component, Reference, Rule, Run, SarifResult, Taxonomy};
use crate::{class::Class, json::Text, severity};

/// What results take from their rule, worked out once.
pub(crate) struct RuleFacts<'a> {
    pub rule: &'a Rule<'a>,
    pub title: &'a str,
    pub severity: Option<Severity>,
    pub cwe: Vec<u32>,
    pub cve: Vec<String>,
    /// What its tags say that it looks for.
    pub class: Option<Class>,
}

/// The rules of driver and extensions.
pub(crate) struct Rules<'a> {
    facts: Vec<RuleFacts<'a>>,
    /// Where the rules of the driver and of each extension begin.
    starts: Vec<(&'a str, usize, usize)>,
    by_id: HashMap<&'a str, usize>,
    /// Levels that the run was told to give to results of a rule, by its id.
    levels: HashMap<&'a str, &'a str>,
}

impl<'a> Rules<'a> {
    pub(crate) fn of(run: &'a Run<'a>) -> Self {
        let mut rules = Self { facts: Vec::new(), starts: Vec::new(), by_id: HashMap::new(), levels: HashMap::new() };
        for component in std::iter::once(&run.tool.driver).chain(&run.tool.extensions) {
            rules.add(component, &run.taxonomies);
        }
        for told in run.invocations.iter().flat_map(|invocation| &invocation.overrides) {
            let of = &told.descriptor;
            let listed = || rules.at(of, usize::try_from(of.index?).ok()?).map(|facts| facts.rule.id.as_str());
            if let (Some(id), Some(level)) = (of.id.some().or_else(listed), told.configuration.level.some()) {
                rules.levels.insert(id, level);
            }
        }
        rules
    }

    fn add(&mut self, component: &'a Component<'a>, taxonomies: &[Taxonomy<'_>]) {
        self.starts.push((component.name.as_str(), self.facts.len(), component.rules.len()));
        for rule in &component.rules {
            self.by_id.entry(rule.id.as_str()).or_insert(self.facts.len());
            self.facts.push(RuleFacts::of(rule, taxonomies));
        }
    }

    /// The level of a result that states none: what the run was told, else what its rule says.
    pub(crate) fn level<'b>(&'b self, id: &str, facts: Option<&'b RuleFacts<'_>>) -> Option<&'b str> {
        let rule = facts.map(|facts| facts.rule);
        let told = self.levels.get(id).or_else(|| self.levels.get(rule?.id.as_str()));
        told.copied().or_else(|| rule?.configuration.level.some())
    }

    /// Number of rules.
    pub(crate) fn len(&self) -> usize {
        self.facts.len()
    }

    /// The rule of a result: by reference into a component, by index, by id, or by the id's parent (`CA1000/1`).
    pub(crate) fn find(&self, result: &SarifResult<'_>) -> Option<&RuleFacts<'a>> {
        let reference = &result.rule;
        let index = reference.index.or(result.rule_index).and_then(|index| usize::try_from(index).ok());
        let indexed = index.and_then(|index| self.at(reference, index));
        let id = Self::id(result);
        let same = |fact: &&RuleFacts<'_>| {
            id.is_empty()
                || id.strip_prefix(fact.rule.id.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if let Some(fact) = indexed.filter(same) {
            return Some(fact);
        }
        // An index that points at another rule than the id names is a tool's mistake; the id is meant, where it is one.
        let parent = || id.rsplit_once('/').and_then(|(parent, _)| self.by_id.get(parent));
        self.by_id.get(id).or_else(parent).and_then(|index| self.facts.get(*index)).or(indexed)
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
    fn of(rule: &'a Rule<'a>, taxonomies: &[Taxonomy<'_>]) -> Self {
        let texts = [&rule.short.text, &rule.full.text, &rule.name, &rule.id];
        let mut cwe = Vec::new();
        let mut cve = Vec::new();
        for text in rule.properties.tags.0.iter().chain(&rule.properties.cwe.0) {
            add_cwe(text, &mut cwe);
            add_cve(text.as_str(), &mut cve);
        }
        for relationship in &rule.relationships {
            add_taxon(&relationship.target, taxonomies, &mut cwe);
        }
        add_named_cves(rule.id.as_str(), &mut cve);
        Self {
            rule,
            title: texts.iter().find_map(|text| text.some()).unwrap_or_default(),
            severity: security_severity(&rule.properties.severity),
            cwe,
            cve,
            class: rule.properties.tags.0.iter().find_map(|tag| match tag.as_str() {
                "vulnerability" => Some(Class::Dependency),
                "misconfiguration" => Some(Class::Config),
                "secret" => Some(Class::Secret),
                "license" => Some(Class::License),
                _ => None,
            }),
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

/// A taxon of the CWE taxonomy, by its id or by its place in a taxonomy of the log.
pub(crate) fn add_taxon(taxon: &Reference<'_>, taxonomies: &[Taxonomy<'_>], cwe: &mut Vec<u32>) {
    let component = &taxon.component;
    let place = |index: Option<i64>| usize::try_from(index?).ok();
    let taxonomy = match component.name.some() {
        Some(name) => taxonomies.iter().find(|taxonomy| taxonomy.name.as_str() == name),
        None => place(component.index).and_then(|index| taxonomies.get(index)),
    };
    let name = component.name.some().or_else(|| taxonomy?.name.some()).unwrap_or_default();
    let listed = || taxonomy?.taxa.get(place(taxon.index)?).map(|found| &found.id);
    let id = if taxon.id.some().is_some() { Some(&taxon.id) } else { listed() };
    if let Some(id) = id.filter(|id| name.eq_ignore_ascii_case("CWE") || id.as_str().starts_with("CWE-")) {
        add_cwe(id, cwe);
    }
}

/// The CVE and GHSA ids anywhere in the id of a rule: `CVE-2018-3721_lodash_4.17.0`, `BDSA-2020-1 (CVE-2020-11022)`.
pub(crate) fn add_named_cves(id: &str, cve: &mut Vec<String>) {
    let words = id.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.for_each(|word| add_cve(word, cve));
}

/// `CVE-2021-44228`, `GHSA-…`, at the start of a text; what follows it, as in `CVE-2021-23337-lodash`, is none of it.
pub(crate) fn add_cve(text: &str, cve: &mut Vec<String>) {
    let groups = match text {
        text if text.starts_with("CVE-") => 3,
        text if text.starts_with("GHSA-") => 4,
        _ => return,
    };
    let end = text.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'-')).unwrap_or(text.len());
    let id: Vec<&str> = text[..end].split('-').take(groups).collect();
    let id = id.join("-");
    if !cve.contains(&id) {
        cve.push(id);
    }
}
