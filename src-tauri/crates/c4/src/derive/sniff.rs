//! Which format a file is of, by its contents; a name only helps where the contents say nothing.

use super::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A format from which a model is derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// docker-compose, any version.
    Compose,
    /// Variables for compose files: `.env`.
    Variables,
    /// Kubernetes manifests.
    Kubernetes,
    /// Traces as Jaeger writes them.
    Jaeger,
    /// Traces as OpenTelemetry writes them.
    Otlp,
    /// Backstage's catalogue.
    Backstage,
    /// A description of an HTTP interface: OpenAPI 3, Swagger 2.
    #[serde(rename = "openapi")]
    OpenApi,
    /// Terraform's state or plan as JSON.
    Terraform,
}

impl SourceKind {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Compose => "docker-compose",
            Self::Variables => "variables for docker-compose",
            Self::Kubernetes => "Kubernetes manifests",
            Self::Jaeger => "Jaeger traces",
            Self::Otlp => "OpenTelemetry traces",
            Self::Backstage => "Backstage catalogue",
            Self::OpenApi => "OpenAPI description",
            Self::Terraform => "Terraform state or plan",
        }
    }
}

/// The format of a file; none for what no model is derived from.
pub fn sniff(name: &str, bytes: &[u8]) -> Option<SourceKind> {
    let text = text::decode(name, bytes).ok()?;
    of_text(name, &text)
}

pub(super) fn of_text(name: &str, text: &str) -> Option<SourceKind> {
    if text::looks_like_json(text) { of_json(text) } else { of_yaml(name, text) }
}

fn of_json(text: &str) -> Option<SourceKind> {
    let keys = json_keys(text);
    let has = |depth: usize, key: &str| keys.contains(&(depth, key));
    let any = |key: &str| keys.iter().any(|(_, known)| *known == key);
    if has(1, "openapi") || has(1, "swagger") {
        return Some(SourceKind::OpenApi);
    }
    if has(1, "format_version")
        && ["planned_values", "values", "resource_changes", "configuration", "prior_state"]
            .iter()
            .any(|key| has(1, key))
        || has(1, "terraform_version")
            && (has(1, "resources") || has(1, "modules") || has(1, "lineage") || has(1, "values"))
        || has(1, "lineage") && has(1, "serial")
    {
        return Some(SourceKind::Terraform);
    }
    if has(1, "resourceSpans")
        || has(1, "resource_spans")
        || has(2, "resourceSpans")
        || has(1, "batches") && any("resource")
    {
        return Some(SourceKind::Otlp);
    }
    let spans = |depth| has(depth, "spans") && (has(depth, "processes") || has(depth, "traceID"));
    let answer = has(1, "data") && (spans(2) || spans(3) || (has(1, "total") && has(1, "limit") && has(1, "offset")));
    if answer || spans(1) || spans(2) || (has(2, "spanID") && has(2, "operationName")) {
        return Some(SourceKind::Jaeger);
    }
    if has(1, "apiVersion") && has(1, "kind") || has(2, "apiVersion") && has(2, "kind") {
        let backstage = text.contains("\"backstage.io/");
        return Some(if backstage { SourceKind::Backstage } else { SourceKind::Kubernetes });
    }
    (has(1, "services") && any("image") | any("build")).then_some(SourceKind::Compose)
}

/// The names in the outermost three levels of a JSON text, with their level: also of one that is cut.
fn json_keys(text: &str) -> BTreeSet<(usize, &str)> {
    const DEEPEST: usize = 3;
    const MOST: usize = 2000;
    let bytes = text.as_bytes();
    let mut found = BTreeSet::new();
    let (mut depth, mut at) = (0usize, 0usize);
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let start = at + 1;
                at = start;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                let named = depth <= DEEPEST + 1 && found.len() < MOST && {
                    let after = bytes[(at + 1).min(bytes.len())..].iter().find(|b| !b.is_ascii_whitespace());
                    after == Some(&b':')
                };
                if named && let Some(key) = text.get(start..at) {
                    found.insert((depth, key));
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn of_yaml(name: &str, text: &str) -> Option<SourceKind> {
    let mut top: BTreeSet<&str> = BTreeSet::new();
    let mut api = Vec::new();
    let (mut image, mut variables, mut lines) = (false, 0usize, 0usize);
    for line in text.lines().take(200_000) {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        lines += 1;
        let assigned = trimmed.strip_prefix("export ").unwrap_or(trimmed).split_once('=');
        variables += usize::from(assigned.is_some_and(|(name, _)| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
                && name.starts_with(|c: char| !c.is_ascii_digit())
        }));
        let Some((key, value)) = trimmed.split_once(':') else { continue };
        if !(value.is_empty() || value.starts_with([' ', '\t'])) {
            continue;
        }
        let key = key.trim_matches(['"', '\'']);
        if !line.starts_with([' ', '\t', '-']) {
            top.insert(key);
            if key == "apiVersion" {
                api.push(value.trim().trim_matches(['"', '\'']));
            }
        } else {
            image |= matches!(key, "image" | "build");
        }
    }
    if top.contains("openapi") || top.contains("swagger") {
        return Some(SourceKind::OpenApi);
    }
    if top.contains("apiVersion") && top.contains("kind") {
        let backstage = api.iter().any(|version| version.starts_with("backstage.io/"));
        return Some(if backstage { SourceKind::Backstage } else { SourceKind::Kubernetes });
    }
    if top.contains("services") {
        return Some(SourceKind::Compose);
    }
    let file = super::compose::base(name).to_lowercase();
    let named = file.ends_with(".env") || file.starts_with(".env.");
    if variables > 0 && (variables == lines || named) {
        return Some(SourceKind::Variables);
    }
    // Version 1 has nothing but services; a list or a chart's values have such names too.
    let named = file.contains("compose") || file.starts_with("fig.");
    (image && !top.is_empty() && (named || first_version(text))).then_some(SourceKind::Compose)
}

/// Whether every name at the top holds a map with an image or a build, as in the first version of compose.
fn first_version(text: &str) -> bool {
    let Ok(found) = super::yaml::read("", text) else { return false };
    let [document] = &found.documents[..] else { return false };
    let service = |node: &super::tree::Node| {
        node.get("image").is_some_and(|one| one.text().is_some())
            || node.get("build").is_some()
            || node.get("extends").is_some()
    };
    !document.entries().is_empty() && document.entries().iter().all(|(_, node)| service(node))
}
