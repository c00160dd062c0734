//! The parts of a SARIF log that are read. Everything borrows from the text: a log may have 100,000 results.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient::whole;
use crate::json::{Entries, Text, Texts, nullable};

#[derive(Deserialize)]
pub(crate) struct Log<'a> {
    #[serde(borrow, default)]
    pub version: Text<'a>,
    #[serde(borrow, deserialize_with = "nullable")]
    pub runs: Vec<Run<'a>>,
}

#[derive(Deserialize)]
pub(crate) struct Run<'a> {
    #[serde(borrow)]
    pub tool: Tool<'a>,
    /// Parsed once the rules are known: they may come after.
    #[serde(borrow, default)]
    pub results: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub invocations: Vec<Invocation<'a>>,
    #[serde(borrow, default, rename = "versionControlProvenance", deserialize_with = "nullable")]
    pub provenance: Vec<Provenance<'a>>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub artifacts: Vec<Artifact<'a>>,
    #[serde(borrow, default, rename = "originalUriBaseIds", deserialize_with = "nullable")]
    pub bases: Entries<Text<'a>, ArtifactLocation<'a>>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub taxonomies: Vec<Taxonomy<'a>>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub properties: RunProperties<'a>,
}

/// What Trivy says of an image that it looked at.
#[derive(Deserialize, Default)]
pub(crate) struct RunProperties<'a> {
    #[serde(borrow, default, rename = "imageName")]
    pub image: Text<'a>,
}

/// A taxonomy that the log brings along.
#[derive(Deserialize)]
pub(crate) struct Taxonomy<'a> {
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub taxa: Vec<Taxon<'a>>,
}

#[derive(Deserialize)]
pub(crate) struct Taxon<'a> {
    #[serde(borrow, default)]
    pub id: Text<'a>,
}

#[derive(Deserialize)]
pub(crate) struct Tool<'a> {
    #[serde(borrow)]
    pub driver: Component<'a>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub extensions: Vec<Component<'a>>,
}

#[derive(Deserialize)]
pub(crate) struct Component<'a> {
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(borrow, default)]
    pub version: Text<'a>,
    #[serde(borrow, default, rename = "semanticVersion")]
    pub semantic_version: Text<'a>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub rules: Vec<Rule<'a>>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub notifications: Vec<Rule<'a>>,
    #[serde(borrow, default, rename = "globalMessageStrings", deserialize_with = "nullable")]
    pub messages: Entries<Text<'a>, Message<'a>>,
}

#[derive(Deserialize, Default)]
pub(crate) struct Rule<'a> {
    #[serde(borrow, default)]
    pub id: Text<'a>,
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(borrow, default, rename = "shortDescription", deserialize_with = "nullable")]
    pub short: Message<'a>,
    #[serde(borrow, default, rename = "fullDescription", deserialize_with = "nullable")]
    pub full: Message<'a>,
    #[serde(borrow, default, rename = "helpUri")]
    pub url: Text<'a>,
    #[serde(borrow, default, rename = "defaultConfiguration", deserialize_with = "nullable")]
    pub configuration: Configuration<'a>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub properties: Properties<'a>,
    #[serde(borrow, default, rename = "messageStrings", deserialize_with = "nullable")]
    pub messages: Entries<Text<'a>, Message<'a>>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub relationships: Vec<Relationship<'a>>,
}

#[derive(Deserialize, Default)]
pub(crate) struct Configuration<'a> {
    #[serde(borrow, default)]
    pub level: Text<'a>,
}

/// The properties that tools agree on.
#[derive(Deserialize, Default)]
pub(crate) struct Properties<'a> {
    #[serde(borrow, default, rename = "security-severity", alias = "security_severity")]
    pub severity: Text<'a>,
    #[serde(borrow, default)]
    pub tags: Texts<'a>,
    #[serde(borrow, default, alias = "CWE", alias = "cwes")]
    pub cwe: Texts<'a>,
}

#[derive(Deserialize, Default)]
pub(crate) struct Relationship<'a> {
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub target: Reference<'a>,
}

/// A reference to a rule or taxon.
#[derive(Deserialize, Default)]
pub(crate) struct Reference<'a> {
    #[serde(borrow, default)]
    pub id: Text<'a>,
    #[serde(default, deserialize_with = "whole")]
    pub index: Option<i64>,
    #[serde(borrow, default, rename = "toolComponent", deserialize_with = "nullable")]
    pub component: ComponentReference<'a>,
}

#[derive(Deserialize, Default)]
pub(crate) struct ComponentReference<'a> {
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(default, deserialize_with = "whole")]
    pub index: Option<i64>,
}

#[derive(Default)]
pub(crate) struct Message<'a> {
    pub text: Text<'a>,
    pub markdown: Text<'a>,
    pub id: Text<'a>,
    pub arguments: Texts<'a>,
}

#[derive(Deserialize)]
pub(crate) struct Invocation<'a> {
    #[serde(default, rename = "executionSuccessful")]
    pub successful: Option<bool>,
    #[serde(borrow, default, rename = "startTimeUtc")]
    pub started: Text<'a>,
    #[serde(borrow, default, rename = "endTimeUtc")]
    pub ended: Text<'a>,
    #[serde(borrow, default, rename = "workingDirectory", deserialize_with = "nullable")]
    pub directory: ArtifactLocation<'a>,
    #[serde(borrow, default, rename = "exitCodeDescription")]
    pub exit: Text<'a>,
    #[serde(borrow, default, rename = "processStartFailureMessage")]
    pub start_failure: Text<'a>,
    #[serde(borrow, default, rename = "toolExecutionNotifications", deserialize_with = "nullable")]
    pub execution: Vec<Notification<'a>>,
    #[serde(borrow, default, rename = "toolConfigurationNotifications", deserialize_with = "nullable")]
    pub configuration: Vec<Notification<'a>>,
    #[serde(borrow, default, rename = "ruleConfigurationOverrides", deserialize_with = "nullable")]
    pub overrides: Vec<Override<'a>>,
}

/// What a run was told to make of a rule.
#[derive(Deserialize)]
pub(crate) struct Override<'a> {
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub descriptor: Reference<'a>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub configuration: Configuration<'a>,
}

/// What a tool says of its own run.
#[derive(Deserialize)]
pub(crate) struct Notification<'a> {
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub descriptor: Reference<'a>,
    #[serde(borrow, default)]
    pub level: Text<'a>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub message: Message<'a>,
}

#[derive(Deserialize)]
pub(crate) struct Provenance<'a> {
    #[serde(borrow, default, rename = "repositoryUri")]
    pub repository: Text<'a>,
    #[serde(borrow, default, rename = "revisionId")]
    pub revision: Text<'a>,
}

#[derive(Deserialize)]
pub(crate) struct Artifact<'a> {
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub location: ArtifactLocation<'a>,
}

#[derive(Deserialize, Default)]
pub(crate) struct ArtifactLocation<'a> {
    #[serde(borrow, default)]
    pub uri: Text<'a>,
    #[serde(borrow, default, rename = "uriBaseId")]
    pub base: Text<'a>,
    #[serde(default, deserialize_with = "whole")]
    pub index: Option<i64>,
}

#[derive(Deserialize)]
pub(crate) struct SarifResult<'a> {
    #[serde(borrow, default, rename = "ruleId")]
    pub rule_id: Text<'a>,
    #[serde(default, rename = "ruleIndex", deserialize_with = "whole")]
    pub rule_index: Option<i64>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub rule: Reference<'a>,
    #[serde(borrow, default)]
    pub level: Text<'a>,
    #[serde(borrow, default)]
    pub kind: Text<'a>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub message: Message<'a>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub locations: Vec<Location<'a>>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub fingerprints: Entries<Text<'a>, Text<'a>>,
    #[serde(borrow, default, rename = "partialFingerprints", deserialize_with = "nullable")]
    pub partial_fingerprints: Entries<Text<'a>, Text<'a>>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub suppressions: Vec<Suppression<'a>>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub properties: Properties<'a>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    pub taxa: Vec<Reference<'a>>,
    #[serde(borrow, default, rename = "baselineState")]
    pub baseline: Text<'a>,
    #[serde(borrow, default, rename = "analysisTarget", deserialize_with = "nullable")]
    pub target: ArtifactLocation<'a>,
}

#[derive(Deserialize)]
pub(crate) struct Suppression<'a> {
    #[serde(borrow, default, alias = "state")]
    pub status: Text<'a>,
}

#[derive(Deserialize)]
pub(crate) struct Location<'a> {
    #[serde(borrow, default, rename = "physicalLocation", deserialize_with = "nullable")]
    pub physical: Physical<'a>,
    #[serde(borrow, default, rename = "logicalLocations", deserialize_with = "nullable")]
    pub logical: Vec<Logical<'a>>,
}

#[derive(Deserialize, Default)]
pub(crate) struct Physical<'a> {
    #[serde(borrow, default, rename = "artifactLocation", deserialize_with = "nullable")]
    pub artifact: ArtifactLocation<'a>,
    #[serde(default, deserialize_with = "nullable")]
    pub region: Region,
}

#[derive(Deserialize, Default)]
pub(crate) struct Region {
    #[serde(default, rename = "startLine", deserialize_with = "whole")]
    pub line: Option<i64>,
}

#[derive(Deserialize)]
pub(crate) struct Logical<'a> {
    #[serde(borrow, default, rename = "fullyQualifiedName", alias = "name")]
    pub name: Text<'a>,
}
