//! Results to issues, one at a time.

use std::{collections::BTreeMap, fmt};

use groma_model::{Issue, Severity, SeverityOrigin};
use serde::{
    Deserializer,
    de::{DeserializeSeed, SeqAccess, Visitor},
};

use super::{
    document::{Location, Run, SarifResult},
    message,
    rules::{RuleFacts, Rules, add_cwe, add_taxon, security_severity},
};
use crate::severity::Mapper;

/// A title made from a message is cut here.
const TITLE: usize = 120;

/// Reads the list of results straight into issues, so that only one of them is ever held in SARIF's own shape.
pub(crate) struct Results<'r> {
    pub run: &'r Run<'r>,
    pub rules: &'r Rules<'r>,
    pub index: usize,
    pub mapper: &'r mut Mapper,
    pub issues: &'r mut Vec<Issue>,
    /// Results by kind.
    pub kinds: &'r mut BTreeMap<String, usize>,
}

impl<'de> DeserializeSeed<'de> for Results<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Results<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of results")
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        let mut number = 0;
        while let Some(result) = seq.next_element::<SarifResult<'de>>()? {
            self.add(&result, number);
            number += 1;
        }
        Ok(())
    }
}

impl Results<'_> {
    fn add(&mut self, result: &SarifResult<'_>, number: usize) {
        let kind = result.kind.some().unwrap_or("fail");
        match self.kinds.get_mut(kind) {
            Some(count) => *count += 1,
            None => drop(self.kinds.insert(kind.to_owned(), 1)),
        }
        let facts = self.rules.find(result);
        let rule = facts.map(|facts| facts.rule);
        let (severity, severity_origin, level) = self.severity(result, facts, kind);
        let message =
            message::resolve(&result.message, rule.map(|rule| &rule.messages), &self.run.tool.driver.messages);
        let (location, line) = self.location(result);
        let mut cwe = facts.map(|facts| facts.cwe.clone()).unwrap_or_default();
        for text in &result.properties.cwe.0 {
            add_cwe(text, &mut cwe);
        }
        for taxon in &result.taxa {
            add_taxon(taxon, &mut cwe);
        }
        let rule_id = match Rules::id(result) {
            "" => rule.map(|rule| rule.id.as_str()).unwrap_or_default(),
            id => id,
        };
        let title = match facts.map(|facts| facts.title).filter(|title| !title.is_empty() && *title != rule_id) {
            Some(title) => title.trim().to_owned(),
            None => first_line(if message.is_empty() { rule_id } else { &message }),
        };
        let mut issue = Issue {
            // Without a rule id (some secret scanners) the message is what tells kinds of results apart.
            rule: if rule_id.is_empty() { title.clone() } else { rule_id.to_owned() },
            title,
            severity,
            severity_origin,
            native_severity: level.to_owned(),
            line,
            fingerprint: fingerprint(result),
            cwe,
            cve: facts.map(|facts| facts.cve.clone()).unwrap_or_default(),
            url: rule.map(|rule| rule.url.to_string()).unwrap_or_default(),
            suppressed: kind != "fail" || is_suppressed(result),
            at: format!("/runs/{}/results/{number}", self.index),
            ..Issue::default()
        };
        add_package(&mut issue, &message);
        if issue.component.is_empty() {
            location.clone_into(&mut issue.component);
        }
        issue.location = location;
        issue.message = message.into_owned();
        if issue.fingerprint.is_empty() {
            issue.fingerprint = made_fingerprint(&issue);
        }
        self.issues.push(issue);
    }

    /// A result's own score, else its rule's; else its level, else its rule's, else SARIF's default.
    fn severity<'b>(
        &mut self,
        result: &'b SarifResult<'_>,
        facts: Option<&'b RuleFacts<'_>>,
        kind: &str,
    ) -> (Severity, SeverityOrigin, &'b str) {
        let own = result.level.some();
        let stated = own.or_else(|| facts.and_then(|facts| facts.rule.configuration.level.some()));
        let level = stated.unwrap_or("warning");
        if kind != "fail" {
            return (Severity::Info, SeverityOrigin::Tool, level);
        }
        let score = security_severity(&result.properties.severity).or_else(|| facts.and_then(|facts| facts.severity));
        if let Some(severity) = score {
            return (severity, SeverityOrigin::Tool, level);
        }
        let (severity, origin) = self.mapper.map(level);
        (severity, if stated.is_some() { origin } else { SeverityOrigin::Importer }, level)
    }

    fn location(&self, result: &SarifResult<'_>) -> (String, Option<u64>) {
        let Some(location) = result.locations.first() else { return (String::new(), None) };
        let line = location.physical.region.line.and_then(|line| u64::try_from(line).ok()).filter(|line| *line > 0);
        (self.uri(location), line)
    }

    fn uri(&self, location: &Location<'_>) -> String {
        let artifact = &location.physical.artifact;
        let listed = || {
            let index = usize::try_from(artifact.index?).ok()?;
            self.run.artifacts.get(index)?.location.uri.some()
        };
        let logical = || location.logical.first().and_then(|logical| logical.name.some());
        artifact.uri.some().or_else(listed).or_else(logical).unwrap_or_default().to_owned()
    }
}

/// Suppressed, unless every suppression was rejected or is still under review.
fn is_suppressed(result: &SarifResult<'_>) -> bool {
    result.suppressions.iter().any(|suppression| !matches!(suppression.status.as_str(), "rejected" | "underReview"))
}

/// The first line of a message, cut where it is long.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim();
    match line.char_indices().nth(TITLE) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line.to_owned(),
    }
}

/// Scanners of dependencies write `Package: x`, `Installed Version: 1`, `Fixed Version: 2` as lines of the message.
fn add_package(issue: &mut Issue, message: &str) {
    if !message.starts_with("Package: ") {
        return;
    }
    for line in message.lines() {
        match line.split_once(": ") {
            Some(("Package", name)) => name.clone_into(&mut issue.component),
            Some(("Installed Version", version)) => version.clone_into(&mut issue.component_version),
            Some(("Fixed Version", version)) => version.clone_into(&mut issue.fixed_version),
            _ => {}
        }
    }
}

/// The tool's fingerprint: a full one before a partial one, the first by name.
fn fingerprint(result: &SarifResult<'_>) -> String {
    let all = [&result.fingerprints.0, &result.partial_fingerprints.0];
    let first = all.iter().find_map(|list| {
        let stated = list.iter().filter(|(_, value)| value.some().is_some());
        stated.min_by(|a, b| a.0.cmp(&b.0)).map(|(_, value)| value.to_string())
    });
    first.unwrap_or_default()
}

/// A fingerprint made from rule, place and message: FNV-1a, 128 bits.
pub(crate) fn made_fingerprint(issue: &Issue) -> String {
    let line = issue.line.unwrap_or_default().to_string();
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for part in [&issue.rule, &issue.component, &issue.location, &line, &issue.message] {
        for byte in part.bytes().chain([0]) {
            hash = (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013B);
        }
    }
    format!("{hash:032x}")
}
