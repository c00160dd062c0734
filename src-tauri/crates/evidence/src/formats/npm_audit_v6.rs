//! `npm audit --json` of npm 6 and older.

use groma_model::Issue;
use serde::Deserialize;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    formats::no_secrets,
    json::{self, Entries, Text, Texts, nullable, pointer},
    npm::{self, Totals},
    sarif::add_cwe,
    severity::{Mapper, Severities},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "npm-audit-v6",
    title: "npm audit --json, npm 6 and older",
    tool: "npm audit",
    note: "One issue an advisory, however many paths lead to it; npm's own totals count paths and are kept as \
           deps.reported.",
    metrics: npm::METRICS,
    severities: Severities::of(npm::WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let report = probe.has("advisories") && probe.has("metadata") && !probe.has("auditReportVersion");
    let failed = probe.has("error/code") && probe.has("error/summary");
    let pnpm = probe.head().contains("\".>");
    match probe.is_object() && (report || failed) {
        // pnpm writes the same shape, most versions without an action to take.
        true if report && !probe.has("runId") && (!probe.has("actions/[]/action") || pnpm) => Confidence::Possible,
        true => Confidence::Certain,
        false => Confidence::No,
    }
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, deserialize_with = "nullable")]
    advisories: Entries<Text<'a>, Advisory<'a>>,
    #[serde(borrow, default)]
    metadata: Option<Metadata<'a>>,
    #[serde(borrow, default, rename = "runId")]
    run: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Metadata<'a> {
    #[serde(borrow, deserialize_with = "nullable")]
    vulnerabilities: Entries<Text<'a>, Text<'a>>,
    #[serde(borrow, rename = "totalDependencies")]
    total: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Advisory<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow)]
    github_advisory_id: Text<'a>,
    #[serde(borrow)]
    module_name: Text<'a>,
    #[serde(borrow)]
    severity: Text<'a>,
    #[serde(borrow)]
    title: Text<'a>,
    #[serde(borrow)]
    overview: Text<'a>,
    #[serde(borrow)]
    url: Text<'a>,
    #[serde(borrow)]
    cwe: Texts<'a>,
    #[serde(borrow)]
    cves: Texts<'a>,
    #[serde(borrow)]
    patched_versions: Text<'a>,
    #[serde(borrow, deserialize_with = "nullable")]
    findings: Vec<Finding<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Finding<'a> {
    #[serde(borrow)]
    version: Text<'a>,
    #[serde(borrow)]
    paths: Texts<'a>,
}

pub(super) fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if let Some(refusal) = npm::failure(input.text) {
        return Err(refusal);
    }
    let document: Document<'_> = json::parse(input.text)?;
    let Some(metadata) = &document.metadata else {
        return Err(Refusal::not(
            FORMAT.title,
            "no `metadata` in it",
            "export it with `npm audit --json > audit.json`",
        ));
    };
    let mut import = Import::of(tool(&document));
    let mut mapper = Mapper::new(&import.tool, npm::WORDS, input);
    for (key, advisory) in &document.advisories.0 {
        let (severity, severity_origin) = mapper.map(advisory.severity.as_str());
        let mut cwe = Vec::new();
        advisory.cwe.0.iter().for_each(|text| add_cwe(text, &mut cwe));
        let mut versions: Vec<_> = advisory.findings.iter().map(|finding| finding.version.as_str()).collect();
        versions.sort_unstable();
        versions.dedup();
        let rule = advisory.github_advisory_id.some().or(advisory.id.some()).unwrap_or(key.as_str());
        // `<0.0.0` says that no version is patched.
        let fixed = advisory.patched_versions.some().filter(|fixed| *fixed != "<0.0.0").unwrap_or_default();
        let path = advisory.findings.iter().find_map(|finding| finding.paths.0.first());
        import.issues.push(Issue {
            rule: rule.to_owned(),
            title: advisory.title.as_str().trim().to_owned(),
            message: advisory.overview.to_string(),
            severity,
            severity_origin,
            native_severity: advisory.severity.to_string(),
            component: advisory.module_name.to_string(),
            component_version: versions.join(", "),
            fixed_version: fixed.to_owned(),
            location: path.map(Text::to_string).unwrap_or_default(),
            fingerprint: format!("{rule}:{}", advisory.module_name),
            cwe,
            cve: advisory.cves.0.iter().map(Text::to_string).collect(),
            url: advisory.url.to_string(),
            at: format!("/advisories/{}", pointer(key.as_str())),
            ..Issue::default()
        });
    }
    let dependencies = (&metadata.total, "/metadata/totalDependencies");
    let totals = Totals { by_severity: &metadata.vulnerabilities, dependencies };
    npm::finish(&mut import, mapper, "/advisories", document.advisories.0.len(), &totals);
    Ok(import)
}

/// Who wrote it. npm gives its report a run id, pnpm names the project that a path begins in: `.>left-pad`. A report
/// with neither could be of any tool that asks the same registry.
fn tool(document: &Document<'_>) -> &'static str {
    let projects = |advisory: &Advisory<'_>| {
        let mut paths = advisory.findings.iter().flat_map(|finding| &finding.paths.0);
        paths.any(|path| {
            path.as_str().starts_with(".>") || path.as_str().split('>').next().is_some_and(|p| p.contains("__"))
        })
    };
    match () {
        () if document.run.some().is_some() => FORMAT.tool,
        () if document.advisories.0.iter().any(|(_, advisory)| projects(advisory)) => "pnpm audit",
        () => "npm-compatible audit",
    }
}
