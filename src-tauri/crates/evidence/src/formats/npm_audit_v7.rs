//! `npm audit --json` of npm 7 and later.

use std::collections::{BTreeMap, BTreeSet};

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
    id: "npm-audit-v7",
    title: "npm audit --json, npm 7 and later",
    tool: "npm audit",
    note: "One issue a vulnerable package, as npm counts; packages that are vulnerable only through another one name it. \
           The distinct advisories behind them are deps.advisories.",
    metrics: npm::METRICS,
    severities: Severities::of(npm::WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let report = probe.has("auditReportVersion") && probe.has("vulnerabilities");
    // Of its own failure it tells no code.
    let failed = probe.has("message") && probe.has("error/summary") && probe.has("error/detail");
    Confidence::certain_if(probe.is_object() && (report || failed && !probe.has("error/code")))
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default, rename = "auditReportVersion")]
    version: Text<'a>,
    #[serde(borrow, deserialize_with = "nullable")]
    vulnerabilities: Entries<Text<'a>, Package<'a>>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    metadata: Metadata<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Metadata<'a> {
    #[serde(borrow, deserialize_with = "nullable")]
    vulnerabilities: Entries<Text<'a>, Text<'a>>,
    #[serde(borrow, deserialize_with = "nullable")]
    dependencies: Dependencies<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Dependencies<'a> {
    #[serde(borrow)]
    total: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Package<'a> {
    #[serde(borrow)]
    severity: Text<'a>,
    #[serde(borrow, deserialize_with = "nullable")]
    via: Vec<Via<'a>>,
    #[serde(borrow)]
    range: Text<'a>,
    #[serde(borrow)]
    nodes: Texts<'a>,
    #[serde(borrow, rename = "fixAvailable")]
    fix: Option<Fix<'a>>,
}

/// The name of another vulnerable package, or an advisory.
#[derive(Deserialize)]
#[serde(untagged)]
enum Via<'a> {
    Package(#[serde(borrow)] std::borrow::Cow<'a, str>),
    Advisory(#[serde(borrow)] Advisory<'a>),
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Advisory<'a> {
    #[serde(borrow)]
    source: Text<'a>,
    #[serde(borrow)]
    title: Text<'a>,
    #[serde(borrow)]
    url: Text<'a>,
    #[serde(borrow)]
    cwe: Texts<'a>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Fix<'a> {
    Known(bool),
    Package {
        #[serde(borrow, default)]
        name: Text<'a>,
        #[serde(borrow, default)]
        version: Text<'a>,
    },
}

impl Advisory<'_> {
    /// The GitHub id at the end of its URL, else npm's number.
    fn id(&self) -> &str {
        let last = self.url.as_str().rsplit('/').next().unwrap_or_default();
        if last.starts_with("GHSA-") { last } else { self.source.as_str() }
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if let Some(refusal) = npm::failure(input.text) {
        return Err(refusal);
    }
    let document: Document<'_> = json::parse(input.text)?;
    if document.version.some().is_none() {
        let remedy = "export it with `npm audit --json > audit.json`";
        return Err(Refusal::not(FORMAT.title, "no `auditReportVersion` in it", remedy));
    }
    let mut import = Import::of(FORMAT.tool);
    let mut mapper = Mapper::new(&import.tool, npm::WORDS, input);
    let mut advisories = BTreeSet::new();
    let titles: BTreeMap<&str, &str> = document
        .vulnerabilities
        .0
        .iter()
        .filter_map(|(name, package)| {
            package.via.iter().find_map(|via| match via {
                Via::Advisory(advisory) => Some((name.as_str(), advisory.title.as_str())),
                Via::Package(_) => None,
            })
        })
        .collect();
    for (name, package) in &document.vulnerabilities.0 {
        let (severity, severity_origin) = mapper.map(package.severity.as_str());
        let mut own = Vec::new();
        let mut through = Vec::new();
        for via in &package.via {
            match via {
                Via::Advisory(advisory) => own.push(advisory),
                Via::Package(name) => through.push(&**name),
            }
        }
        let (mut cwe, mut cve) = (Vec::new(), Vec::new());
        for advisory in &own {
            advisory.cwe.0.iter().for_each(|text| add_cwe(text, &mut cwe));
            cve.push(advisory.id().to_owned());
            advisories.insert(advisory.source.some().unwrap_or(advisory.id()).to_owned());
        }
        // The rule of a package that only depends on a vulnerable one is that one.
        let rule = match own.first() {
            Some(advisory) => advisory.id().to_owned(),
            None => format!("via {}", through.join(", ")),
        };
        let title = match own.first() {
            Some(advisory) => advisory.title.to_string(),
            None => match through.iter().find_map(|name| titles.get(name)) {
                Some(title) => format!("Depends on {}: {title}", through.join(", ")),
                None => format!("Depends on {}", through.join(", ")),
            },
        };
        let message: Vec<_> = own.iter().map(|advisory| format!("{} ({})", advisory.title, advisory.url)).collect();
        let fixed = match &package.fix {
            Some(Fix::Package { name: fix, version }) if fix == name => version.to_string(),
            Some(Fix::Package { name: fix, version }) => format!("{fix} {version}"),
            Some(Fix::Known(true)) => "npm audit fix".to_owned(),
            Some(Fix::Known(false)) | None => String::new(),
        };
        import.issues.push(Issue {
            fingerprint: format!("{rule}:{name}"),
            rule,
            title,
            message: message.join("\n"),
            severity,
            severity_origin,
            native_severity: package.severity.to_string(),
            component: name.to_string(),
            component_version: package.range.to_string(),
            fixed_version: fixed,
            location: package.nodes.0.first().map(Text::to_string).unwrap_or_default(),
            cwe,
            cve,
            url: own.first().map(|advisory| advisory.url.to_string()).unwrap_or_default(),
            at: format!("/vulnerabilities/{}", pointer(name.as_str())),
            ..Issue::default()
        });
    }
    let metadata = &document.metadata;
    let dependencies = (&metadata.dependencies.total, "/metadata/dependencies/total");
    let totals = Totals { by_severity: &metadata.vulnerabilities, dependencies };
    npm::finish(&mut import, mapper, "/vulnerabilities", advisories.len(), &totals);
    Ok(import)
}
