//! Trivy's own JSON, in its three shapes.

use std::collections::BTreeSet;

use groma_model::{Issue, Severity};
use serde::Deserialize;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::{Class, count_class, count_results},
    formats::no_secrets,
    json::{self, Text, Texts, nullable, pointer},
    sarif::made_fingerprint,
    severity::{Mapper, Words},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "trivy",
    title: "Trivy JSON (schema 2, legacy list, Kubernetes)",
    tool: "Trivy",
    note: "Vulnerabilities, failed misconfigurations, secrets and licences, each occurrence counted. A class is counted \
           only when Trivy looked for it; passed and excepted checks are kept as suppressed.",
    metrics: &[
        "scan.*",
        "deps.vulnerabilities",
        "deps.vulnerabilities.*",
        "config.misconfigurations",
        "config.misconfigurations.*",
        "secrets.found",
        "licenses.found",
    ],
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities.
const WORDS: Words = &[
    ("CRITICAL", Severity::Critical),
    ("HIGH", Severity::High),
    ("MEDIUM", Severity::Medium),
    ("LOW", Severity::Low),
    ("UNKNOWN", Severity::Info),
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let results = probe.has("Results/[]/Target") || probe.has("Results");
    let current = probe.has("SchemaVersion") && (results || probe.has("ArtifactName"));
    let cluster = probe.has("ClusterName")
        && (probe.has("Resources") || probe.has("Vulnerabilities") || probe.has("Misconfigurations"));
    let legacy = probe.is_list() && probe.has("[]/Target") && (probe.has("[]/Vulnerabilities") || probe.has("[]/Type"));
    Confidence::certain_if(current || cluster || legacy)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Document<'a> {
    #[serde(borrow, rename = "ArtifactName")]
    artifact: Text<'a>,
    #[serde(borrow, rename = "CreatedAt")]
    created: Text<'a>,
    #[serde(borrow, rename = "Trivy", deserialize_with = "nullable")]
    trivy: Program<'a>,
    #[serde(borrow, rename = "ClusterName")]
    cluster: Text<'a>,
    #[serde(borrow, rename = "Results", deserialize_with = "nullable")]
    results: Vec<Target<'a>>,
    #[serde(borrow, rename = "Resources", deserialize_with = "nullable")]
    resources: Vec<Resource<'a>>,
    #[serde(borrow, rename = "Vulnerabilities", deserialize_with = "nullable")]
    vulnerable: Vec<Resource<'a>>,
    #[serde(borrow, rename = "Misconfigurations", deserialize_with = "nullable")]
    misconfigured: Vec<Resource<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Program<'a> {
    #[serde(borrow, rename = "Version")]
    version: Text<'a>,
}

/// A resource of a cluster.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Resource<'a> {
    #[serde(borrow, rename = "Namespace")]
    namespace: Text<'a>,
    #[serde(borrow, rename = "Kind")]
    kind: Text<'a>,
    #[serde(borrow, rename = "Name")]
    name: Text<'a>,
    #[serde(borrow, rename = "Error")]
    error: Text<'a>,
    #[serde(borrow, rename = "Results", deserialize_with = "nullable")]
    results: Vec<Target<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Target<'a> {
    #[serde(borrow, rename = "Target")]
    target: Text<'a>,
    #[serde(borrow, rename = "Class")]
    class: Text<'a>,
    #[serde(borrow, rename = "Vulnerabilities", deserialize_with = "nullable")]
    vulnerabilities: Vec<Vulnerability<'a>>,
    #[serde(borrow, rename = "Misconfigurations", deserialize_with = "nullable")]
    misconfigurations: Vec<Misconfiguration<'a>>,
    #[serde(borrow, rename = "Secrets", deserialize_with = "nullable")]
    secrets: Vec<Secret<'a>>,
    #[serde(borrow, rename = "Licenses", deserialize_with = "nullable")]
    licenses: Vec<License<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Vulnerability<'a> {
    #[serde(borrow, rename = "VulnerabilityID")]
    id: Text<'a>,
    #[serde(borrow, rename = "VendorIDs")]
    vendor_ids: Texts<'a>,
    #[serde(borrow, rename = "PkgName")]
    package: Text<'a>,
    #[serde(borrow, rename = "PkgPath")]
    path: Text<'a>,
    #[serde(borrow, rename = "InstalledVersion")]
    installed: Text<'a>,
    #[serde(borrow, rename = "FixedVersion")]
    fixed: Text<'a>,
    #[serde(borrow, rename = "Status")]
    status: Text<'a>,
    #[serde(borrow, rename = "Severity")]
    severity: Text<'a>,
    #[serde(borrow, rename = "Title")]
    title: Text<'a>,
    #[serde(borrow, rename = "Description")]
    description: Text<'a>,
    #[serde(borrow, rename = "PrimaryURL")]
    url: Text<'a>,
    #[serde(borrow, rename = "CweIDs")]
    cwe: Texts<'a>,
    #[serde(borrow, rename = "Fingerprint")]
    fingerprint: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Misconfiguration<'a> {
    #[serde(borrow, rename = "ID")]
    id: Text<'a>,
    #[serde(borrow, rename = "AVDID")]
    avd: Text<'a>,
    #[serde(borrow, rename = "Title")]
    title: Text<'a>,
    #[serde(borrow, rename = "Description")]
    description: Text<'a>,
    #[serde(borrow, rename = "Message")]
    message: Text<'a>,
    #[serde(borrow, rename = "Severity")]
    severity: Text<'a>,
    #[serde(borrow, rename = "PrimaryURL")]
    url: Text<'a>,
    #[serde(borrow, rename = "Status")]
    status: Text<'a>,
    #[serde(rename = "CauseMetadata", deserialize_with = "nullable")]
    cause: Cause,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Cause {
    #[serde(rename = "StartLine")]
    line: Option<u64>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Secret<'a> {
    #[serde(borrow, rename = "RuleID")]
    rule: Text<'a>,
    #[serde(borrow, rename = "Severity")]
    severity: Text<'a>,
    #[serde(borrow, rename = "Title")]
    title: Text<'a>,
    #[serde(borrow, rename = "Match")]
    found: Text<'a>,
    #[serde(rename = "StartLine")]
    line: Option<u64>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct License<'a> {
    #[serde(borrow, rename = "Severity")]
    severity: Text<'a>,
    #[serde(borrow, rename = "Category")]
    category: Text<'a>,
    #[serde(borrow, rename = "PkgName")]
    package: Text<'a>,
    #[serde(borrow, rename = "FilePath")]
    path: Text<'a>,
    #[serde(borrow, rename = "Name")]
    name: Text<'a>,
    #[serde(borrow, rename = "Link")]
    url: Text<'a>,
}

/// What was read so far.
struct Reader {
    import: Import,
    mapper: Mapper,
    /// The class of each issue.
    classes: Vec<Class>,
    /// Classes that Trivy looked at.
    looked_at: BTreeSet<Class>,
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut reader = Reader {
        import: Import::of(FORMAT.tool),
        mapper: Mapper::new(WORDS),
        classes: Vec::new(),
        looked_at: BTreeSet::new(),
    };
    let text = input.text.trim();
    let at = if text == "null" || text.starts_with('[') {
        let targets: Option<Vec<Target<'_>>> = json::parse(text)?;
        if targets.is_none() {
            reader.import.note(Some(1), "`null`, read as an old Trivy's word for nothing found");
        }
        reader.looked_at.insert(Class::Dependency);
        for (index, target) in targets.unwrap_or_default().iter().enumerate() {
            reader.read(target, &format!("/{index}"), "");
        }
        ""
    } else {
        let document: Document<'_> = json::parse(text)?;
        reader.read_document(&document);
        "/Results"
    };
    Ok(reader.finish(at))
}

impl Reader {
    fn read_document(&mut self, document: &Document<'_>) {
        self.import.subject = document.artifact.some().or(document.cluster.some()).unwrap_or_default().to_owned();
        self.import.captured_at = document.created.as_str().parse().ok();
        document.trivy.version.as_str().clone_into(&mut self.import.tool_version);
        for (index, target) in document.results.iter().enumerate() {
            self.read(target, &format!("/Results/{index}"), "");
        }
        let lists = [
            ("Resources", &document.resources),
            ("Vulnerabilities", &document.vulnerable),
            ("Misconfigurations", &document.misconfigured),
        ];
        for (list, resources) in lists {
            for (index, resource) in resources.iter().enumerate() {
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
    fn read(&mut self, target: &Target<'_>, at: &str, owner: &str) {
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
                location: found.path.some().map_or_else(|| place.clone(), str::to_owned),
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
        for (index, found) in target.misconfigurations.iter().enumerate() {
            let (severity, severity_origin) = self.mapper.map(found.severity.as_str());
            let issue = Issue {
                rule: found.id.some().or(found.avd.some()).unwrap_or_default().to_owned(),
                title: found.title.to_string(),
                message: found.message.some().or(found.description.some()).unwrap_or_default().to_owned(),
                severity,
                severity_origin,
                native_severity: found.severity.to_string(),
                component: place.clone(),
                location: target.target.to_string(),
                line: found.cause.line.filter(|line| *line > 0),
                url: found.url.to_string(),
                suppressed: matches!(found.status.as_str(), "PASS" | "EXCEPTION"),
                at: format!("{at}/Misconfigurations/{index}"),
                ..Issue::default()
            };
            self.push(Class::Config, issue);
        }
        for (index, found) in target.secrets.iter().enumerate() {
            let (severity, severity_origin) = self.mapper.map(found.severity.as_str());
            let issue = Issue {
                rule: found.rule.to_string(),
                title: found.title.to_string(),
                message: found.found.to_string(),
                severity,
                severity_origin,
                native_severity: found.severity.to_string(),
                component: place.clone(),
                location: target.target.to_string(),
                line: found.line.filter(|line| *line > 0),
                at: format!("{at}/Secrets/{index}"),
                ..Issue::default()
            };
            self.push(Class::Secret, issue);
        }
        for (index, found) in target.licenses.iter().enumerate() {
            let (severity, severity_origin) = self.mapper.map(found.severity.as_str());
            let issue = Issue {
                rule: found.name.to_string(),
                title: format!("{} licence ({})", found.name, found.category),
                severity,
                severity_origin,
                native_severity: found.severity.to_string(),
                component: found.package.some().or(found.path.some()).map_or_else(|| place.clone(), str::to_owned),
                location: found.path.some().map_or_else(|| place.clone(), str::to_owned),
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

    fn finish(mut self, at: &str) -> Import {
        self.mapper.report(&mut self.import);
        count_results(&mut self.import, at);
        for class in &self.looked_at {
            let name = match class {
                Class::Dependency => "Vulnerabilities",
                Class::Config => "Misconfigurations",
                Class::Secret => "Secrets",
                Class::License => "Licenses",
                Class::Code => continue,
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
