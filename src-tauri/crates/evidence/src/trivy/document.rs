//! The parts of Trivy's JSON that are read.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::{Text, Texts, nullable};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Document<'a> {
    #[serde(borrow, rename = "ArtifactName")]
    pub artifact: Text<'a>,
    #[serde(borrow, rename = "CreatedAt")]
    pub created: Text<'a>,
    #[serde(borrow, rename = "SchemaVersion")]
    pub schema: Text<'a>,
    #[serde(borrow, rename = "Trivy", deserialize_with = "nullable")]
    pub trivy: Program<'a>,
    /// Empty when Trivy ran inside of the cluster.
    #[serde(borrow, rename = "ClusterName")]
    pub cluster: Option<Text<'a>>,
    /// `None` when it is not in the file; Trivy leaves it out, or writes null, when nothing was scanned.
    #[serde(borrow, rename = "Results")]
    pub results: Option<Vec<Target<'a>>>,
    #[serde(borrow, rename = "Resources")]
    pub resources: Option<Vec<Resource<'a>>>,
    #[serde(borrow, rename = "Vulnerabilities")]
    pub vulnerable: Option<Vec<Resource<'a>>>,
    #[serde(borrow, rename = "Misconfigurations")]
    pub misconfigured: Option<Vec<Resource<'a>>>,
    /// What a summary of a cluster has instead of resources.
    #[serde(borrow, rename = "Findings")]
    pub findings: Option<Vec<Resource<'a>>>,
    /// Title of a benchmark; its controls are the results.
    #[serde(borrow, rename = "Title")]
    pub title: Text<'a>,
    /// What a summary of a benchmark has instead of results.
    #[serde(borrow, rename = "SummaryControls")]
    pub controls: Option<Vec<Control<'a>>>,
}

impl<'a> Document<'a> {
    /// The lists of resources that it has, by their keys.
    pub(crate) fn lists(&self) -> [(&'static str, &Option<Vec<Resource<'a>>>); 4] {
        [
            ("Resources", &self.resources),
            ("Vulnerabilities", &self.vulnerable),
            ("Misconfigurations", &self.misconfigured),
            ("Findings", &self.findings),
        ]
    }

    /// Whether it is a report on a benchmark.
    pub(crate) fn is_benchmark(&self) -> bool {
        let control = |target: &Target<'_>| target.target.some().is_none() && target.id.some().is_some();
        self.title.some().is_some() && self.results.as_ref().is_some_and(|results| results.iter().all(control))
    }

    /// Whether it is a document of Trivy's at all.
    pub(crate) fn is_one(&self) -> bool {
        let current = self.schema.some().is_some() && (self.results.is_some() || self.artifact.some().is_some());
        current
            || self.results.as_ref().is_some_and(|results| results.iter().any(|r| r.target.some().is_some()))
            || self.cluster.is_some() && self.lists().iter().any(|(_, list)| list.is_some())
            || self.controls.is_some()
            || self.is_benchmark()
    }
}

/// A control of a benchmark, summed up.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Control<'a> {
    #[serde(borrow, rename = "ID")]
    pub id: Text<'a>,
    #[serde(borrow, rename = "Name")]
    pub name: Text<'a>,
    #[serde(borrow, rename = "Severity")]
    pub severity: Text<'a>,
    #[serde(borrow, rename = "TotalFail")]
    pub failed: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Program<'a> {
    #[serde(borrow, rename = "Version")]
    pub version: Text<'a>,
}

/// A resource of a cluster.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Resource<'a> {
    #[serde(borrow, rename = "Namespace")]
    pub namespace: Text<'a>,
    #[serde(borrow, rename = "Kind")]
    pub kind: Text<'a>,
    #[serde(borrow, rename = "Name")]
    pub name: Text<'a>,
    #[serde(borrow, rename = "Error")]
    pub error: Text<'a>,
    #[serde(borrow, rename = "Results", deserialize_with = "nullable")]
    pub results: Vec<Target<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Target<'a> {
    #[serde(borrow, rename = "Target")]
    pub target: Text<'a>,
    #[serde(borrow, rename = "Class")]
    pub class: Text<'a>,
    #[serde(borrow, rename = "Type")]
    pub kind: Text<'a>,
    /// Of a control of a benchmark.
    #[serde(borrow, rename = "ID")]
    pub id: Text<'a>,
    /// What was found that counts against a control of a benchmark.
    #[serde(borrow, rename = "Results", deserialize_with = "nullable")]
    pub results: Vec<Target<'a>>,
    /// What a filter or a VEX document took out (`--show-suppressed`).
    #[serde(borrow, rename = "ExperimentalModifiedFindings", deserialize_with = "nullable")]
    pub modified: Vec<Modified<'a>>,
    #[serde(borrow, rename = "Vulnerabilities", deserialize_with = "nullable")]
    pub vulnerabilities: Vec<Vulnerability<'a>>,
    #[serde(borrow, rename = "Misconfigurations", deserialize_with = "nullable")]
    pub misconfigurations: Vec<Misconfiguration<'a>>,
    #[serde(borrow, rename = "Secrets", deserialize_with = "nullable")]
    pub secrets: Vec<Secret<'a>>,
    #[serde(borrow, rename = "Licenses", deserialize_with = "nullable")]
    pub licenses: Vec<License<'a>>,
}

/// A finding that does not count, and why.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Modified<'a> {
    #[serde(borrow, rename = "Type")]
    pub kind: Text<'a>,
    #[serde(borrow, rename = "Status")]
    pub status: Text<'a>,
    #[serde(borrow, rename = "Statement")]
    pub statement: Text<'a>,
    /// In the shape that its type has elsewhere.
    #[serde(borrow, rename = "Finding")]
    pub finding: Option<&'a RawValue>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Vulnerability<'a> {
    #[serde(borrow, rename = "VulnerabilityID")]
    pub id: Text<'a>,
    #[serde(borrow, rename = "VendorIDs")]
    pub vendor_ids: Texts<'a>,
    #[serde(borrow, rename = "PkgName")]
    pub package: Text<'a>,
    #[serde(borrow, rename = "PkgPath")]
    pub path: Text<'a>,
    #[serde(borrow, rename = "InstalledVersion")]
    pub installed: Text<'a>,
    #[serde(borrow, rename = "FixedVersion")]
    pub fixed: Text<'a>,
    #[serde(borrow, rename = "Status")]
    pub status: Text<'a>,
    #[serde(borrow, rename = "Severity")]
    pub severity: Text<'a>,
    #[serde(borrow, rename = "Title")]
    pub title: Text<'a>,
    #[serde(borrow, rename = "Description")]
    pub description: Text<'a>,
    #[serde(borrow, rename = "PrimaryURL")]
    pub url: Text<'a>,
    #[serde(borrow, rename = "CweIDs")]
    pub cwe: Texts<'a>,
    #[serde(borrow, rename = "Fingerprint")]
    pub fingerprint: Text<'a>,
    /// Where a lock file names the package.
    #[serde(rename = "Locations", deserialize_with = "nullable")]
    pub places: Vec<Cause>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Misconfiguration<'a> {
    #[serde(borrow, rename = "ID")]
    pub id: Text<'a>,
    #[serde(borrow, rename = "AVDID")]
    pub avd: Text<'a>,
    #[serde(borrow, rename = "Title")]
    pub title: Text<'a>,
    #[serde(borrow, rename = "Description")]
    pub description: Text<'a>,
    #[serde(borrow, rename = "Message")]
    pub message: Text<'a>,
    #[serde(borrow, rename = "Severity")]
    pub severity: Text<'a>,
    #[serde(borrow, rename = "PrimaryURL")]
    pub url: Text<'a>,
    #[serde(borrow, rename = "Status")]
    pub status: Text<'a>,
    #[serde(rename = "CauseMetadata", deserialize_with = "nullable")]
    pub cause: Cause,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Cause {
    #[serde(rename = "StartLine")]
    pub line: Option<u64>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Secret<'a> {
    #[serde(borrow, rename = "RuleID")]
    pub rule: Text<'a>,
    #[serde(borrow, rename = "Severity")]
    pub severity: Text<'a>,
    #[serde(borrow, rename = "Title")]
    pub title: Text<'a>,
    #[serde(borrow, rename = "Match")]
    pub found: Text<'a>,
    #[serde(rename = "StartLine")]
    pub line: Option<u64>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct License<'a> {
    #[serde(borrow, rename = "Severity")]
    pub severity: Text<'a>,
    #[serde(borrow, rename = "Category")]
    pub category: Text<'a>,
    #[serde(borrow, rename = "PkgName")]
    pub package: Text<'a>,
    #[serde(borrow, rename = "FilePath")]
    pub path: Text<'a>,
    #[serde(borrow, rename = "Name")]
    pub name: Text<'a>,
    #[serde(borrow, rename = "Link")]
    pub url: Text<'a>,
}
