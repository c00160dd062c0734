//! Docker Compose files.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    deploy::{self, Lacks, floats},
    fields,
    formats::no_secrets,
    json,
    severity::Severities,
    yaml,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "docker-compose",
    title: "Docker Compose file",
    tool: "Docker Compose",
    note: "Services of this file alone: includes and extends are not followed. A restart policy of `no` is none; a health \
           check may also be in the image, which the file does not say.",
    metrics: deploy::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    if head.starts_with(['{', '[', '<']) {
        return Confidence::No;
    }
    let top = |key: &str| head.lines().any(|line| line.trim_end() == key);
    let other =
        head.lines().any(|line| ["apiVersion:", "openapi:", "swagger:"].iter().any(|key| line.starts_with(key)));
    let service = head.lines().any(|line| {
        let line = line.trim_start();
        ["image:", "build:", "extends:"].iter().any(|key| line.starts_with(key))
    });
    Confidence::certain_if(top("services:") && service && !other)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = || {
        let lacks = "no `services` with an `image` or `build`";
        Refusal::not(FORMAT.title, lacks, "take compose.yaml, or what `docker compose config` prints")
    };
    if input.text.trim_start().starts_with(['{', '[', '<']) {
        return Err(no());
    }
    let documents = yaml::documents(input.text)?;
    let root = documents.first().ok_or_else(no)?;
    let is_service = |service: &Value| ["image", "build", "extends"].iter().any(|key| service.get(key).is_some());
    if root.get("apiVersion").is_some() || !fields::entries(root, "/services").any(|(_, service)| is_service(service)) {
        return Err(no());
    }
    let mut import = Import::of(FORMAT.tool);
    let mut lacks = Lacks::of(&[
        "deploy.no_healthcheck",
        "deploy.no_memory_limit",
        "deploy.no_restart",
        "deploy.floating_images",
        "deploy.privileged",
    ]);
    let (mut services, mut ports) = (0, 0);
    for (name, service) in fields::entries(root, "/services") {
        if !service.is_object() {
            import.warn(None, format!("the service `{name}` is empty: it is left out"));
            continue;
        }
        services += 1;
        let text = |at: &str| fields::text(service, at);
        let set = |at: &str| service.pointer(at).is_some_and(|value| !value.is_null());
        let off = text("/healthcheck/disable") == "true"
            || text("/healthcheck/test") == "NONE"
            || text("/healthcheck/test/0") == "NONE";
        lacks.note("deploy.no_healthcheck", !set("/healthcheck") || off, name);
        lacks.note("deploy.no_memory_limit", !set("/mem_limit") && !set("/deploy/resources/limits/memory"), name);
        let restart = !matches!(text("/restart"), "" | "no");
        lacks.note("deploy.no_restart", !restart && !set("/deploy/restart_policy"), name);
        lacks.note("deploy.floating_images", set("/image") && floats(text("/image")), name);
        lacks.note("deploy.privileged", text("/privileged") == "true", name);
        ports += fields::items(service, "/ports").len();
        if let Some(replicas) = fields::number(&mut import, service, "/deploy/replicas") {
            import.measure(
                "deploy.replicas",
                replicas,
                name,
                format!("/services/{}/deploy/replicas", json::pointer(name)),
            );
        }
    }
    import.measure_count("deploy.containers", services, "", "/services");
    import.measure_count("deploy.ports", ports, "", "/services");
    lacks.emit(&mut import, "/services");
    if root.get("include").is_some() {
        import.note(None, "the file includes others, whose services are not in it");
    }
    Ok(import)
}
