//! Targets and what was found in them, to issues.

use std::collections::BTreeSet;

use groma_model::{Issue, Severity};

use super::document::{Document, Target};
use crate::{
    Import, Input,
    class::{Class, count_class, count_results},
    json::{Text, pointer},
    sarif::made_fingerprint,
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
    /// Classes that Trivy looked at.
    pub looked_at: BTreeSet<Class>,
}

impl Reader {
    pub(crate) fn new(tool: &str, input: &Input<'_>) -> Self {
        Self {
            import: Import::of(tool),
            mapper: Mapper::new(tool, WORDS, input),
            classes: Vec::new(),
            looked_at: BTreeSet::new(),
        }
    }

    /// Reads a document of schema 2, or of a cluster.
    pub(crate) fn read_document(&mut self, document: &Document<'_>) {
        self.import.subject = document.artifact.some().or(document.cluster.some()).unwrap_or_default().to_owned();
        self.import.captured_at = document.created.as_str().parse().ok();
        document.trivy.version.as_str().clone_into(&mut self.import.tool_version);
        for (index, target) in document.results.iter().flatten().enumerate() {
            self.read(target, &format!("/Results/{index}"), "");
        }
        let lists = [
            ("Resources", &document.resources),
            ("Vulnerabilities", &document.vulnerable),
            ("Misconfigurations", &document.misconfigured),
        ];
        for (list, resources) in lists {
            for (index, resource) in resources.iter().flatten().enumerate() {
                let parts = [&resource.namespace, &resource.kind, &resource.name].map(Text::as_str);
                let name = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/");
                if let Some(error) = resource.error.some() {
                    self.import.error(None, format!("{name} could not be scanned: {error}"));
                }
                for (number, target) in resource.results.iter().enumerate() {
                    self.read(target, &format!("/{}/{index}/Results/{number}", pointer(list)), &name);
                }
            }
        }
        if self.looked_at.is_empty() {
            self.import.warn(None, "no target in it: nothing was scanned, which is not a clean result");
        }
    }

    /// Reads a target; `owner` names the cluster's resource it belongs to.
    pub(crate) fn read(&mut self, target: &Target<'_>, at: &str, owner: &str) {
        let looked_at = match target.class.as_str() {
            "os-pkgs" | "lang-pkgs" => Some(Class::Dependency),
            "config" => Some(Class::Config),
            "secret" => Some(Class::Secret),
            "license" | "license-file" => Some(Class::License),
            _ => None,
        };
        self.looked_at.extend(looked_at);
        let place = match (owner, target.target.as_str()) {
            ("", target) => target.to_owned(),
            (owner, target) => format!("{owner}: {target}"),
        };
        self.read_vulnerabilities(target, &place, at);
        self.read_misconfigurations(target, &place, at);
        self.read_secrets(target, &place, at);
        self.read_licenses(target, &place, at);
    }

    fn read_vulnerabilities(&mut self, target: &Target<'_>, place: &str, at: &str) {
        for (index, found) in target.vulnerabilities.iter().enumerate() {
            let (severity, severity_origin) = self.mapper.map(found.severity.as_str());
            let mut cwe = Vec::new();
            found.cwe.0.iter().for_each(|text| crate::sarif::add_cwe(text, &mut cwe));
            let ids = std::iter::once(&found.id).chain(&found.vendor_ids.0).filter(|id| id.some().is_some());
            let issue = Issue {
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
                fingerprint: found.fingerprint.to_string(),
                cwe,
                cve: ids.map(Text::to_string).collect(),
                url: found.url.to_string(),
                suppressed: matches!(found.status.as_str(), "not_affected"),
                at: format!("{at}/Vulnerabilities/{index}"),
                ..Issue::default()
            };
            self.push(Class::Dependency, issue);
        }
    }

    fn read_misconfigurations(&mut self, target: &Target<'_>, place: &str, at: &str) {
        for (index, found) in target.misconfigurations.iter().enumerate() {
            let (severity, severity_origin) = self.mapper.map(found.severity.as_str());
            let issue = Issue {
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
                at: format!("{at}/Misconfigurations/{index}"),
                ..Issue::default()
            };
            self.push(Class::Config, issue);
        }
    }

    fn read_secrets(&mut self, target: &Target<'_>, place: &str, at: &str) {
        for (index, found) in target.secrets.iter().enumerate() {
            let (severity, severity_origin) = self.mapper.map(found.severity.as_str());
            let issue = Issue {
                rule: found.rule.to_string(),
                title: found.title.to_string(),
                message: found.found.to_string(),
                severity,
                severity_origin,
                native_severity: found.severity.to_string(),
                component: place.to_owned(),
                location: target.target.to_string(),
                line: found.line.filter(|line| *line > 0),
                at: format!("{at}/Secrets/{index}"),
                ..Issue::default()
            };
            self.push(Class::Secret, issue);
        }
    }

    fn read_licenses(&mut self, target: &Target<'_>, place: &str, at: &str) {
        for (index, found) in target.licenses.iter().enumerate() {
            let (severity, severity_origin) = self.mapper.map(found.severity.as_str());
            let issue = Issue {
                rule: found.name.to_string(),
                title: format!("{} licence ({})", found.name, found.category),
                severity,
                severity_origin,
                native_severity: found.severity.to_string(),
                component: found.package.some().or(found.path.some()).map_or_else(|| place.to_owned(), str::to_owned),
                location: found.path.some().map_or_else(|| place.to_owned(), str::to_owned),
                url: found.url.to_string(),
                at: format!("{at}/Licenses/{index}"),
                ..Issue::default()
            };
            self.push(Class::License, issue);
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
        self.mapper.report(&mut self.import);
        count_results(&mut self.import, at);
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
