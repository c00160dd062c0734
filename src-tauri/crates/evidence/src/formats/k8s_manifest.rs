//! Kubernetes manifests, YAML or JSON, as they are applied or as `kubectl get -o` prints them.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    deploy::{self, Lacks, floats},
    fields, json,
    json::{Event, Text},
    mask::{add_beside, add_capitals, add_flags, constant, is_secret_name},
    severity::Severities,
    yaml,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "k8s-manifest",
    title: "Kubernetes manifest",
    tool: "Kubernetes",
    note: "Containers of workloads, init containers left out. Without limits means none at all. Values of Secrets, and of \
           environment variables whose name says secret, are masked.",
    metrics: deploy::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

const WORKLOADS: &[&str] = &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod"];

/// The kind of an object and of those in a list.
#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(borrow, default, rename = "apiVersion")]
    version: Text<'a>,
    #[serde(borrow, default)]
    kind: Text<'a>,
    #[serde(borrow, default)]
    items: Option<Vec<Kind<'a>>>,
}

impl Kind<'_> {
    fn is_workload(&self) -> bool {
        let listed = |items: &Vec<Self>| items.iter().any(Kind::is_workload);
        WORKLOADS.contains(&self.kind.as_str()) && self.version.some().is_some()
            || self.kind.as_str().ends_with("List") && self.items.as_ref().is_some_and(listed)
    }
}

/// The versions of a catalogue's entities, which have the form of manifests and which no cluster knows.
const CATALOGUE: &str = "backstage.io/";

fn sniff(probe: &Probe<'_>) -> Confidence {
    if probe.is_object() {
        let own = probe.has("apiVersion") && probe.has("kind") && (probe.has("spec") || probe.has("items/[]/spec"));
        let workload = || serde_json::from_str(probe.text()).is_ok_and(|kind: Kind<'_>| kind.is_workload());
        return match own {
            true if workload() => Confidence::Certain,
            _ if probe.has("apiVersion") && probe.has("kind") && probe.has("metadata/name") => Confidence::Possible,
            _ => Confidence::No,
        };
    }
    if probe.is_list() || !probe.head().lines().any(|line| line.starts_with("apiVersion:")) {
        return Confidence::No;
    }
    let mut versions = probe.head().lines().filter_map(|line| line.strip_prefix("apiVersion:"));
    if versions.all(|version| version.trim_start().starts_with(CATALOGUE)) {
        return Confidence::No;
    }
    let any = |key: &str, kinds: &[&str]| {
        let values = probe.text().lines().filter_map(|line| line.trim_end().strip_prefix(key));
        values.map(|value| value.trim().trim_matches(['"', '\''])).any(|value| kinds.contains(&value))
    };
    let list = any("kind:", &["List"]) && any("  kind:", WORKLOADS);
    if list || any("kind:", WORKLOADS) {
        return Confidence::Certain;
    }
    // Other objects are manifests, too; the configuration of kubectl only looks like one.
    let object = ["kind:", "metadata:"].iter().all(|key| probe.head().lines().any(|line| line.starts_with(key)));
    if object && !any("kind:", &["Config"]) { Confidence::Possible } else { Confidence::No }
}

/// Marks the data of a Secret that is written on one line, as kubectl notes what was applied.
fn add_applied(line: &str, offset: usize, secrets: &mut Secrets) {
    static DATA: LazyLock<Regex> = LazyLock::new(|| constant(r#""(?:data|stringData)\\?"\s*:\s*\{([^{}]+)\}"#));
    if line.contains("Secret\\\"") || line.contains("\"Secret\"") {
        for data in DATA.captures_iter(line).filter_map(|found| found.get(1)) {
            secrets.add(offset + data.start()..offset + data.end());
        }
    }
}

/// Values of Secrets, and values of variables whose name stands beside them.
fn secrets(text: &str, secrets: &mut Secrets) {
    let is_variable = |name: &str| is_secret_name(name) || name.eq_ignore_ascii_case("authorization");
    let mut name = String::new();
    add_flags(text, secrets);
    if text.trim_start().starts_with('{') {
        let of_secret = text.contains("\"Secret\"");
        json::walk(text, |event| {
            if let Event::String(path, range) = event {
                let value = &text[range.clone()];
                match path {
                    path if path.ends_with("/last-applied-configuration") => {
                        add_applied(value, range.start, secrets);
                        add_beside(value, range.start, secrets);
                    }
                    path if path.ends_with("/env/[]/name") => value.clone_into(&mut name),
                    path if path.ends_with("/env/[]/value") && is_variable(&name) => secrets.add(range),
                    path if of_secret && path.split('/').any(|key| matches!(key, "data" | "stringData")) => {
                        secrets.add(range)
                    }
                    _ => {}
                }
            }
        });
        return;
    }
    add_capitals(text, secrets);
    let is_secret = |document: &str| {
        let kinds = document.lines().filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("kind:"));
        kinds.filter_map(|kind| kind.split_whitespace().next()).any(|kind| kind.trim_matches(['"', '\'']) == "Secret")
    };
    let (mut start, mut document, mut of_secret) = (0, 0, None);
    let bounds: Vec<usize> = text.match_indices("\n---").map(|(at, _)| at).chain([text.len()]).collect();
    // How far what these are the text of is indented.
    let (mut data, mut below) = (None::<usize>, None::<usize>);
    for line in text.split_inclusive('\n') {
        if start > bounds[document] && document + 1 < bounds.len() {
            document += 1;
            of_secret = None;
            (data, below) = (None, None);
        }
        let from = if document == 0 { 0 } else { bounds[document - 1] };
        let body = line.trim_end();
        let indent = body.len() - body.trim_start_matches([' ', '-']).len();
        let (key, value) = body.trim_start_matches([' ', '-']).split_once(':').unwrap_or((body, ""));
        let value = value.trim();
        let range = || {
            let at = start + body.len() - value.len();
            let quoted = value.len() > 1 && value.starts_with(['"', '\'']) && value.ends_with(['"', '\'']);
            if quoted { at + 1..at + value.len() - 1 } else { at..at + value.len() }
        };
        let inset = body.len() - body.trim_start().len();
        if data.is_some_and(|outer| indent <= outer && !body.is_empty()) {
            data = None;
        }
        below = below.filter(|outer| body.is_empty() || inset > *outer);
        let begins = value.starts_with(['|', '>']) && value.len() < 4;
        add_applied(body, start, secrets);
        match key {
            // A text that goes over several lines, and a map in braces, which goes as one.
            _ if below.is_some() => secrets.add(start + inset..start + inset.max(body.len())),
            _ if data.is_some() && body.ends_with('}') && body.trim_start().starts_with('{') => {
                secrets.add(start + inset..start + body.len());
            }
            "data" | "stringData" => {
                // Looked for once a document: data may come before the kind.
                let of_secret = *of_secret.get_or_insert_with(|| is_secret(&text[from..bounds[document]]));
                match value.is_empty() {
                    true => data = of_secret.then_some(indent),
                    false if of_secret => secrets.add(range()),
                    false => {}
                }
            }
            _ if data.is_some() && begins => below = Some(indent),
            _ if data.is_some() && !value.is_empty() => secrets.add(range()),
            // A text that goes over several lines.
            _ if data.is_some() && value.is_empty() && !body.ends_with(':') && !body.is_empty() => {
                secrets.add(start + inset..start + body.len());
            }
            "name" => value.trim_matches(['"', '\'']).clone_into(&mut name),
            "value" if begins && is_variable(&name) => below = Some(indent),
            "value" if !value.is_empty() && is_variable(&name) => secrets.add(range()),
            _ => {}
        }
        start += line.len();
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = || {
        let lacks = "no object with `apiVersion` and `kind`, such as a Deployment";
        Refusal::not(FORMAT.title, lacks, "write it with `kubectl get deploy,sts,ds -A -o yaml`, or take the manifest")
    };
    if input.text.trim_start().starts_with(['[', '<']) {
        return Err(no());
    }
    let documents = yaml::documents(input.text).map_err(|refusal| match input.text.contains("{{") {
        true => Refusal {
            remedy: "render the chart first: `helm template NAME CHART > manifest.yaml`".to_owned(),
            ..refusal
        },
        false => refusal,
    })?;
    let mut objects = Vec::new();
    for document in &documents {
        match fields::text(document, "/kind").ends_with("List") {
            true => objects.extend(fields::items(document, "/items")),
            false => objects.push(document),
        }
    }
    // What scanners of the cluster write, and rules of Prometheus, are objects, too, which other formats read.
    let is_object = |object: &Value| {
        let named = ["/kind", "/apiVersion"].iter().all(|key| !fields::text(object, key).is_empty());
        named
            && !fields::text(object, "/apiVersion").starts_with(CATALOGUE)
            && ["/report", "/results", "/spec/groups", "/status/detailReport", "/status/summaryReport"]
                .iter()
                .all(|key| object.pointer(key).is_none())
    };
    // Rollouts of Argo, services of Knative and others have the same template.
    let is_workload = |object: &Value| {
        let templated = !fields::items(object, "/spec/template/spec/containers").is_empty();
        is_object(object) && (WORKLOADS.contains(&fields::text(object, "/kind")) || templated)
    };
    if !objects.iter().any(|object| is_object(object)) {
        return Err(no());
    }
    let mut import = Import::of(FORMAT.tool);
    if !objects.iter().any(|object| is_workload(object)) {
        import.note(None, "no workload in it: its objects are counted, and there are no containers to judge");
    }
    let mut lacks = Lacks::of(&[
        "deploy.no_limits",
        "deploy.no_memory_limit",
        "deploy.no_readiness",
        "deploy.no_liveness",
        "deploy.floating_images",
        "deploy.privileged",
    ]);
    let mut single = Lacks::of(&["deploy.single_replica"]);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut containers = 0;
    for object in &objects {
        let kind = fields::text(object, "/kind");
        *kinds.entry(kind).or_default() += 1;
        if !is_workload(object) {
            continue;
        }
        let name = format!("{kind}/{}", fields::text(object, "/metadata/name"));
        let pod = match kind {
            "Pod" => "/spec",
            "CronJob" => "/spec/jobTemplate/spec/template/spec",
            _ => "/spec/template/spec",
        };
        let ends = matches!(kind, "Job" | "CronJob");
        if matches!(kind, "Deployment" | "StatefulSet" | "Rollout" | "DeploymentConfig") {
            // Kubernetes runs one where none is said; an autoscaler elsewhere may run more.
            let replicas = match object.pointer("/spec/replicas") {
                None | Some(Value::Null) => Some(1.0),
                Some(_) => fields::number(&mut import, object, "/spec/replicas"),
            };
            if let Some(replicas) = replicas {
                import.measure("deploy.replicas", replicas, &*name, "/spec/replicas");
                single.note("deploy.single_replica", replicas <= 1.0, &name);
            }
        }
        let list = fields::items(object, &format!("{pod}/containers"));
        if list.is_empty() {
            import.warn(None, format!("{name} has no containers"));
        }
        for container in list {
            containers += 1;
            let name = format!("{name}/{}", fields::text(container, "/name"));
            let set = |at: &str| container.pointer(at).is_some_and(|value| !value.is_null());
            let limits = container.pointer("/resources/limits").and_then(Value::as_object);
            lacks.note("deploy.no_limits", limits.is_none_or(serde_json::Map::is_empty), &name);
            lacks.note("deploy.no_memory_limit", !set("/resources/limits/memory"), &name);
            lacks.note("deploy.no_readiness", !ends && !set("/readinessProbe"), &name);
            lacks.note("deploy.no_liveness", !ends && !set("/livenessProbe"), &name);
            lacks.note("deploy.floating_images", floats(fields::text(container, "/image")), &name);
            let privileged = container.pointer("/securityContext/privileged");
            lacks.note("deploy.privileged", privileged.is_some_and(|v| *v == Value::Bool(true) || v == "true"), &name);
        }
    }
    import.measure_count("deploy.documents", documents.len(), "", "/");
    import.measure_count("deploy.containers", containers, "", "/spec");
    // Without a container there is none that lacks something, and none that has it.
    if containers > 0 {
        lacks.emit(&mut import, "/spec");
        single.emit(&mut import, "/spec/replicas");
    }
    for (kind, count) in kinds {
        import.measure_count("deploy.kinds", count, kind, "/kind");
    }
    Ok(import)
}
