//! Targets and what was found in them, to issues.

use std::collections::{BTreeMap, BTreeSet};

use groma_model::{Issue, Severity};

use super::document::{Document, License, Misconfiguration, Modified, Secret, Target, Vulnerability};
use crate::{
    Import, Input,
    class::{Class, count_all_results, count_class},
    json::{self, Text},
    sarif::made_fingerprint,
    scan::{keep_few_remarks, paragraphs},
    severity::{Mapper, Severities, Words},
};

/// Severities.
const WORDS: Words = &[
    ("CRITICAL", Severity::Critical),
    ("HIGH", Severity::High),
    ("MEDIUM", Severity::Medium),
    ("LOW", Severity::Low),
    ("UNKNOWN", Severity::Info),
];

/// How Trivy rates.
pub(crate) const SEVERITIES: Severities = Severities::of(WORDS);

/// What was read so far.
pub(crate) struct Reader {
    pub import: Import,
    mapper: Mapper,
    /// The class of each issue.
    classes: Vec<Class>,
    /// Words for severity of controls that nothing counts against.
    others: BTreeMap<String, usize>,
    /// Classes that Trivy looked at.
    pub looked_at: BTreeSet<Class>,
}

impl Reader {
    pub(crate) fn new(tool: &str, input: &Input<'_>) -> Self {
        Self {
            import: Import::of(tool),
            mapper: Mapper::new(tool, WORDS, input),
            classes: Vec::new(),
            others: BTreeMap::new(),
            looked_at: BTreeSet::new(),
        }
    }

    /// Reads a document of schema 2, of a cluster or of a benchmark.
    pub(crate) fn read_document(&mut self, document: &Document<'_>) {
        let named = document.artifact.some().or(document.cluster.as_ref().and_then(Text::some));
        self.import.subject = named.or(document.title.some()).unwrap_or_default().to_owned();
        self.import.captured_at = document.created.as_str().parse().ok();
        document.trivy.version.as_str().clone_into(&mut self.import.tool_version);
        for (index, target) in document.results.iter().flatten().enumerate() {
            let at = format!("/Results/{index}");
            self.read(target, &at, "");
            // A control of a benchmark.
            for (index, target) in target.results.iter().enumerate() {
                self.read(target, &format!("{at}/Results/{index}"), "");
            }
        }
        self.read_controls(document);
        for (list, resources) in document.lists() {
            for (index, resource) in resources.iter().flatten().enumerate() {
                let parts = [&resource.namespace, &resource.kind, &resource.name].map(Text::as_str);
                let name = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/");
                if let Some(error) = resource.error.some() {
                    self.import.error(None, format!("{name} could not be scanned: {error}"));
                }
                for (number, target) in resource.results.iter().enumerate() {
                    self.read(target, &format!("/{list}/{index}/Results/{number}"), &name);
                }
            }
        }
        if document.is_benchmark() {
            self.looked_at.insert(Class::Config);
        }
        if self.looked_at.is_empty() {
            self.import.warn(None, "no target in it: nothing was scanned, which is not a clean result");
        }
    }

    /// The controls of a benchmark that is summed up: those that something counts against.
    fn read_controls(&mut self, document: &Document<'_>) {
        for (index, control) in document.controls.iter().flatten().enumerate() {
            self.looked_at.insert(Class::Config);
            let failed = control.failed.number().unwrap_or_default();
            if failed <= 0.0 {
                self.import.not_issues += 1;
                self.mapper.set_aside(control.severity.as_str());
                *self.others.entry(control.severity.to_string()).or_default() += 1;
                continue;
            }
            let (severity, severity_origin) = self.mapper.map(control.severity.as_str());
            let issue = Issue {
                rule: control.id.to_string(),
                title: control.name.to_string(),
                message: format!("{failed} checks failed."),
                severity,
                severity_origin,
                native_severity: control.severity.to_string(),
                component: document.title.to_string(),
                at: format!("/SummaryControls/{index}"),
                ..Issue::default()
            };
            self.push(Class::Config, issue);
        }
    }

    /// Reads a target; `owner` names the cluster's resource it belongs to.
    pub(crate) fn read(&mut self, target: &Target<'_>, at: &str, owner: &str) {
        self.looked_at.extend(looked_for(target));
        let place = match (owner, target.target.as_str()) {
            ("", target) => target.to_owned(),
            (owner, target) => format!("{owner}: {target}"),
        };
        for (index, found) in target.vulnerabilities.iter().enumerate() {
            let issue = self.vulnerability(found, &place, format!("{at}/Vulnerabilities/{index}"));
            self.push(Class::Dependency, issue);
        }
        for (index, found) in target.misconfigurations.iter().enumerate() {
            let issue = self.misconfiguration(found, target, &place, format!("{at}/Misconfigurations/{index}"));
            self.push(Class::Config, issue);
        }
        for (index, found) in target.secrets.iter().enumerate() {
            let issue = self.secret(found, target, &place, format!("{at}/Secrets/{index}"));
            self.push(Class::Secret, issue);
        }
        for (index, found) in target.licenses.iter().enumerate() {
            let issue = self.license(found, &place, format!("{at}/Licenses/{index}"));
            self.push(Class::License, issue);
        }
        for (index, found) in target.modified.iter().enumerate() {
            self.read_modified(found, target, &place, format!("{at}/ExperimentalModifiedFindings/{index}"));
        }
    }

    /// Reads a finding that does not count.
    fn read_modified(&mut self, found: &Modified<'_>, target: &Target<'_>, place: &str, at: String) {
        let text = found.finding.map_or("null", |finding| finding.get());
        let read = match found.kind.as_str() {
            "vulnerability" => json::parse(text)
                .map(|finding: Vulnerability<'_>| (Class::Dependency, self.vulnerability(&finding, place, at.clone()))),
            "misconfiguration" => json::parse(text).map(|finding: Misconfiguration<'_>| {
                (Class::Config, self.misconfiguration(&finding, target, place, at.clone()))
            }),
            "secret" => json::parse(text)
                .map(|finding: Secret<'_>| (Class::Secret, self.secret(&finding, target, place, at.clone()))),
            "license" => json::parse(text)
                .map(|finding: License<'_>| (Class::License, self.license(&finding, place, at.clone()))),
            other => return self.import.error(None, format!("{at} is of the unknown type `{other}`: left out")),
        };
        match read {
            Ok((class, issue)) => {
                let why = format!("{}: {}", found.status, found.statement);
                let why = why.trim_matches([':', ' ']);
                let message = paragraphs([&issue.message, why]);
                self.push(class, Issue { suppressed: true, message, ..issue });
            }
            Err(_) => self.import.error(None, format!("{at} is no finding: left out")),
        }
    }

    fn vulnerability(&mut self, found: &Vulnerability<'_>, place: &str, at: String) -> Issue {
        let (severity, severity_origin) = self.mapper.map(found.severity.as_str());
        let mut cwe = Vec::new();
        found.cwe.0.iter().for_each(|text| crate::sarif::add_cwe(text, &mut cwe));
        let ids = std::iter::once(&found.id).chain(&found.vendor_ids.0).filter(|id| id.some().is_some());
        Issue {
            rule: found.id.to_string(),
            title: found.title.some().map_or_else(|| format!("{} in {}", found.id, found.package), str::to_owned),
            message: found.description.to_string(),
            severity,
            severity_origin,
            native_severity: found.severity.to_string(),
            component: found.package.to_string(),
            component_version: found.installed.to_string(),
            fixed_version: found.fixed.to_string(),
            location: found.path.some().map_or_else(|| place.to_owned(), str::to_owned),
            line: found.places.first().and_then(|place| place.line).filter(|line| *line > 0),
            fingerprint: found.fingerprint.to_string(),
            cwe,
            cve: ids.map(Text::to_string).collect(),
            url: found.url.to_string(),
            suppressed: matches!(found.status.as_str(), "not_affected"),
            at,
            ..Issue::default()
        }
    }

    fn misconfiguration(
        &mut self,
        found: &Misconfiguration<'_>,
        target: &Target<'_>,
        place: &str,
        at: String,
    ) -> Issue {
        let (severity, severity_origin) = self.mapper.map(found.severity.as_str());
        Issue {
            rule: found.id.some().or(found.avd.some()).unwrap_or_default().to_owned(),
            title: found.title.to_string(),
            message: found.message.some().or(found.description.some()).unwrap_or_default().to_owned(),
            severity,
            severity_origin,
            native_severity: found.severity.to_string(),
            component: place.to_owned(),
            location: target.target.to_string(),
            line: found.cause.line.filter(|line| *line > 0),
            url: found.url.to_string(),
            suppressed: matches!(found.status.as_str(), "PASS" | "EXCEPTION"),
            at,
            ..Issue::default()
        }
    }

    fn secret(&mut self, found: &Secret<'_>, target: &Target<'_>, place: &str, at: String) -> Issue {
        let (severity, severity_origin) = self.mapper.map(found.severity.as_str());
        Issue {
            rule: found.rule.to_string(),
            title: found.title.to_string(),
            message: found.found.to_string(),
            severity,
            severity_origin,
            native_severity: found.severity.to_string(),
            component: place.to_owned(),
            location: target.target.to_string(),
            line: found.line.filter(|line| *line > 0),
            at,
            ..Issue::default()
        }
    }

    fn license(&mut self, found: &License<'_>, place: &str, at: String) -> Issue {
        let (severity, severity_origin) = self.mapper.map(found.severity.as_str());
        Issue {
            rule: found.name.to_string(),
            title: format!("{} licence ({})", found.name, found.category),
            severity,
            severity_origin,
            native_severity: found.severity.to_string(),
            component: found.package.some().or(found.path.some()).map_or_else(|| place.to_owned(), str::to_owned),
            location: found.path.some().map_or_else(|| place.to_owned(), str::to_owned),
            url: found.url.to_string(),
            at,
            ..Issue::default()
        }
    }

    fn push(&mut self, class: Class, mut issue: Issue) {
        if issue.fingerprint.is_empty() {
            issue.fingerprint = made_fingerprint(&issue);
        }
        self.looked_at.insert(class);
        self.classes.push(class);
        self.import.issues.push(issue);
    }

    /// Counts what was read.
    pub(crate) fn finish(mut self, at: &str) -> Import {
        keep_few_remarks(&mut self.import);
        self.mapper.report(&mut self.import);
        count_all_results(&mut self.import, &self.others, at);
        for class in &self.looked_at {
            let name = match class {
                Class::Dependency => "Vulnerabilities",
                Class::Config => "Misconfigurations",
                Class::Secret => "Secrets",
                Class::License => "Licenses",
                Class::Code | Class::Running => continue,
            };
            let count = self.classes.iter().filter(|found| *found == class).count();
            self.import.measure_count("scan.results", count, name, at);
            let at_of: BTreeSet<String> = self
                .import
                .issues
                .iter()
                .zip(&self.classes)
                .filter(|(_, found)| *found == class)
                .map(|(issue, _)| issue.at.clone())
                .collect();
            count_class(&mut self.import, *class, at, |issue| at_of.contains(&issue.at));
        }
        self.import
    }
}

/// What Trivy looked for in a target. Its first versions of schema 2 say no class, but a type.
fn looked_for(target: &Target<'_>) -> Option<Class> {
    match (target.class.as_str(), target.kind.as_str()) {
        ("os-pkgs" | "lang-pkgs", _) => Some(Class::Dependency),
        ("config", _) => Some(Class::Config),
        ("secret", _) => Some(Class::Secret),
        ("license" | "license-file", _) => Some(Class::License),
        ("", "dockerfile" | "kubernetes" | "terraform" | "cloudformation" | "yaml" | "json" | "toml" | "hcl") => {
            Some(Class::Config)
        }
        ("", kind) if !kind.is_empty() => Some(Class::Dependency),
        _ => None,
    }
}
