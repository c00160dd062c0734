//! Results to issues, one at a time.

use std::{collections::BTreeMap, fmt};

use groma_model::{Issue, Severity, SeverityOrigin};
use serde::{
    Deserializer,
    de::{DeserializeSeed, Error as _, SeqAccess, Visitor},
};

use super::{
    document::{ArtifactLocation, Location, Run, SarifResult},
    message,
    paths::Roots,
    rules::{RuleFacts, Rules, add_cwe, add_named_cves, add_taxon, security_severity},
};
use crate::{class::Class, format::Stop, scan::UNTITLED, severity::Mapper};

/// A title made from a message is cut here.
const TITLE: usize = 120;

/// Reads the list of results straight into issues, so that only one of them is ever held in SARIF's own shape.
pub(crate) struct Results<'r> {
    pub run: &'r Run<'r>,
    pub rules: &'r Rules<'r>,
    pub index: usize,
    pub roots: &'r Roots,
    pub mapper: &'r mut Mapper,
    pub found: &'r mut Found,
    pub stop: &'r Stop<'r>,
    /// Whether the tags of a rule say what its results are about.
    pub tagged: bool,
}

/// What was found in all runs.
#[derive(Default)]
pub(crate) struct Found {
    pub issues: Vec<Issue>,
    /// What each issue is about, where its rule says that.
    pub classes: Vec<Option<Class>>,
    /// Results by kind.
    pub kinds: BTreeMap<String, usize>,
    /// Words for severity of those results that are no issues.
    pub others: BTreeMap<String, usize>,
    /// Issues of which neither a level nor a score was said.
    pub levelless: usize,
}

fn count(counts: &mut BTreeMap<String, usize>, key: &str) {
    match counts.get_mut(key) {
        Some(count) => *count += 1,
        None => drop(counts.insert(key.to_owned(), 1)),
    }
}

/// A result is hardly shorter than so many bytes.
pub(crate) const SHORT: usize = 400;

/// Between this many results it is asked whether to stop.
const BATCH: usize = 1024;

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
            if number % BATCH == 0 && self.stop.now() {
                return Err(A::Error::custom("stopped"));
            }
            self.add(&result, number);
            number += 1;
        }
        Ok(())
    }
}

impl Results<'_> {
    fn add(&mut self, result: &SarifResult<'_>, number: usize) {
        // Some tools write it in capitals.
        let said = result.kind.some().unwrap_or("fail");
        let kind = KINDS.into_iter().find(|kind| kind.eq_ignore_ascii_case(said)).unwrap_or(said);
        count(&mut self.found.kinds, kind);
        let facts = self.rules.find(result);
        let rule = facts.map(|facts| facts.rule);
        let rules = self.rules;
        let stated = result.level.some().or_else(|| rules.level(Rules::id(result), facts));
        let (severity, severity_origin, level) = self.severity(result, facts, stated, kind);
        // A check that held, or that had nothing to look at, is no issue (SARIF 2.1.0, 3.27.9).
        if matches!(kind, "pass" | "notApplicable") {
            count(&mut self.found.others, level);
            return;
        }
        let message =
            message::resolve(&result.message, rule.map(|rule| &rule.messages), &self.run.tool.driver.messages);
        let (location, line) = self.location(result);
        let mut cwe = facts.map(|facts| facts.cwe.clone()).unwrap_or_default();
        for text in &result.properties.cwe.0 {
            add_cwe(text, &mut cwe);
        }
        for taxon in &result.taxa {
            add_taxon(taxon, &self.run.taxonomies, &mut cwe);
        }
        let rule_id = match Rules::id(result) {
            "" => rule.map(|rule| rule.id.as_str()).unwrap_or_default(),
            id => id,
        };
        let stated = facts.map(|facts| facts.title.trim()).filter(|title| !title.is_empty() && *title != rule_id);
        let title = match stated {
            Some(title) => title.to_owned(),
            None => first_line([&*message, rule_id]),
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
            cve: facts.map_or_else(
                || {
                    let mut cve = Vec::new();
                    add_named_cves(rule_id, &mut cve);
                    cve
                },
                |facts| facts.cve.clone(),
            ),
            url: rule.map(|rule| rule.url.to_string()).unwrap_or_default(),
            // What was there once and is there no more (SARIF 2.1.0, 3.27.24).
            suppressed: is_suppressed(result) || result.baseline.as_str() == "absent",
            at: format!("/runs/{}/results/{number}", self.index),
            ..Issue::default()
        };
        add_package(&mut issue, &message);
        if issue.component.is_empty() {
            location.clone_into(&mut issue.component);
        }
        issue.location = location;
        issue.message = match is_open(kind) {
            true => format!("[{kind}] {message}"),
            false => message.into_owned(),
        };
        if issue.fingerprint.is_empty() {
            issue.fingerprint = made_fingerprint(&issue);
        }
        self.found.classes.push(facts.and_then(|facts| facts.class).filter(|_| self.tagged));
        self.found.issues.push(issue);
    }

    /// A result's own score, else its rule's; else its level, else that which the run was told to give, else its rule's,
    /// else SARIF's default.
    fn severity<'b>(
        &mut self,
        result: &'b SarifResult<'_>,
        facts: Option<&'b RuleFacts<'_>>,
        stated: Option<&'b str>,
        kind: &str,
    ) -> (Severity, SeverityOrigin, &'b str) {
        let level = stated.unwrap_or("warning");
        if is_open(kind) || matches!(kind, "pass" | "notApplicable") {
            self.mapper.set_aside(level);
            return (Severity::Info, SeverityOrigin::Tool, level);
        }
        let own = &result.properties.severity;
        let of_rule = facts.map(|facts| &facts.rule.properties.severity);
        let score = security_severity(own).or_else(|| facts.and_then(|facts| facts.severity));
        if let Some(severity) = score {
            self.mapper.set_aside(level);
            return (severity, SeverityOrigin::Tool, level);
        }
        if let Some(word) = own.some().or_else(|| of_rule.and_then(|word| word.some())) {
            self.mapper.set_aside(word);
        }
        let (severity, origin) = self.mapper.map(level);
        if stated.is_none() && origin == SeverityOrigin::Tool {
            self.found.levelless += 1;
            return (severity, SeverityOrigin::Importer, level);
        }
        (severity, origin, level)
    }

    fn location(&self, result: &SarifResult<'_>) -> (String, Option<u64>) {
        let Some(location) = result.locations.first() else { return (self.artifact(&result.target), None) };
        let line = location.physical.region.line.and_then(|line| u64::try_from(line).ok()).filter(|line| *line > 0);
        (self.uri(location), line)
    }

    fn uri(&self, location: &Location<'_>) -> String {
        let logical = || location.logical.first().and_then(|logical| logical.name.some());
        match self.artifact(&location.physical.artifact) {
            none if none.is_empty() => logical().unwrap_or_default().to_owned(),
            path => path,
        }
    }

    /// The path of an artifact that is named, or listed in the run; empty of neither.
    fn artifact(&self, artifact: &ArtifactLocation<'_>) -> String {
        let listed = || {
            let index = usize::try_from(artifact.index?).ok()?;
            self.roots.of_artifact(&self.run.artifacts.get(index)?.location)
        };
        self.roots.of_artifact(artifact).or_else(listed).unwrap_or_default()
    }
}

/// The kinds of results that SARIF knows.
pub(crate) const KINDS: [&str; 6] = ["fail", "pass", "open", "review", "informational", "notApplicable"];

/// Kinds that ask a person to look, or only tell: kept as issues, but not as failures.
fn is_open(kind: &str) -> bool {
    matches!(kind, "open" | "review" | "informational")
}

/// Suppressed, unless every suppression was rejected or is still under review.
fn is_suppressed(result: &SarifResult<'_>) -> bool {
    result.suppressions.iter().any(|suppression| !matches!(suppression.status.as_str(), "rejected" | "underReview"))
}

/// The first line that says something among texts, cut where it is long.
fn first_line(texts: [&str; 2]) -> String {
    let line = texts.into_iter().flat_map(str::lines).map(str::trim).find(|line| !line.is_empty()).unwrap_or(UNTITLED);
    match line.char_indices().nth(TITLE) {
        // As long as it is: `format!` would take twice that for each of many.
        Some((cut, _)) => [&line[..cut], "…"].concat(),
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

/// Entries of fingerprints that tell of the commit and not of the result; secret scanners write them.
const COMMIT: &[&str] = &["author", "commitMessage", "commitSha", "date", "email"];

/// The tool's fingerprint: a full one before a partial one, the first by name. One that held a secret is none any more,
/// nor is what Semgrep writes instead of one where nobody is logged in.
fn fingerprint(result: &SarifResult<'_>) -> String {
    let all = [&result.fingerprints.0, &result.partial_fingerprints.0];
    let first = all.iter().find_map(|list| {
        let stated = list.iter().filter(|(name, value)| {
            let is_one = |text: &str| !text.contains("…[masked") && text != "requires login";
            !COMMIT.contains(&name.as_str()) && value.some().is_some_and(is_one)
        });
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
