//! Docker Compose files.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    deploy::{self, Lacks, floats},
    fields, json,
    mask::{add_flags, add_variables},
    severity::Severities,
    yaml,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "docker-compose",
    title: "Docker Compose file",
    tool: "Docker Compose",
    note: "Services of this file alone: includes and extends are not followed. A restart policy of `no` is none; a health \
           check may also be in the image, which the file does not say. Values of variables whose name says secret are masked.",
    metrics: deploy::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

fn secrets(text: &str, secrets: &mut Secrets) {
    add_variables(text, secrets);
    add_flags(text, secrets);
}

/// What makes an entry a service by itself.
const OWN: &[&str] = &["image", "build", "extends"];
/// What a file that overrides another may hold of a service.
const FURTHER: &[&str] = &[
    "command",
    "container_name",
    "depends_on",
    "deploy",
    "entrypoint",
    "env_file",
    "environment",
    "expose",
    "healthcheck",
    "links",
    "networks",
    "ports",
    "profiles",
    "restart",
    "volumes",
];
/// What jobs of a CI have, which have images as well.
const JOB: &[&str] = &["script", "stage", "stages", "steps", "jobs", "before_script", "rules", "runs-on"];
/// Beyond this a file is not looked into to recognise it: 1 MiB.
const LARGE: usize = 1 << 20;

fn has_any(value: &Value, keys: &[&str]) -> bool {
    keys.iter().any(|key| value.get(key).is_some())
}

/// The services of a file, the pointer to them, and how sure it is that they are services. The first version of the format
/// had them at the top.
fn services(root: &Value) -> Option<(&Value, &'static str, Confidence)> {
    if has_any(root, &["apiVersion", "openapi", "swagger"]) {
        return None;
    }
    match root.get("services") {
        // A pipeline's steps have services beside them.
        Some(_) if has_any(root, JOB) || has_any(root, &["pipeline"]) => None,
        Some(services @ Value::Object(entries)) => {
            let sure = match () {
                () if entries.values().any(|service| has_any(service, OWN)) => Confidence::Certain,
                () if entries.values().any(|service| has_any(service, FURTHER)) => Confidence::Possible,
                () => return None,
            };
            Some((services, "/services", sure))
        }
        Some(_) => None,
        None => {
            let entries = root.as_object()?;
            let service = |service: &Value| has_any(service, OWN) && !has_any(service, JOB);
            let further = entries.values().any(|service| has_any(service, FURTHER));
            (!entries.is_empty() && further && entries.values().all(service)).then_some((
                root,
                "",
                Confidence::Possible,
            ))
        }
    }
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    if probe.is_object() {
        let named = OWN.iter().any(|key| probe.has(&format!("services/*/{key}")));
        return Confidence::certain_if(named && !probe.has("apiVersion") && !probe.has("openapi"));
    }
    if head.starts_with(['[', '<']) || head.len() > LARGE {
        return Confidence::No;
    }
    let top = |key: &str| {
        head.lines().any(|line| {
            let rest = line.trim_start_matches(['"', '\'']).strip_prefix(key);
            rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
        })
    };
    let service = head.lines().any(|line| {
        let line = line.trim_start().trim_start_matches(['"', '\'']);
        OWN.iter()
            .any(|key| line.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':')))
    });
    if top("apiVersion") || !(top("services") || service) {
        return Confidence::No;
    }
    match yaml::documents(probe.text()) {
        Ok(documents) => documents.first().and_then(services).map_or(Confidence::No, |(.., sure)| sure),
        // So that it is said where the file is broken.
        Err(_) => Confidence::certain_if(top("services") && service),
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = || {
        let lacks = "no `services` with an `image` or `build`";
        Refusal::not(FORMAT.title, lacks, "take compose.yaml, or what `docker compose config` prints")
    };
    if input.text.trim_start().starts_with(['[', '<']) {
        return Err(no());
    }
    let documents = yaml::documents(input.text)?;
    let root = documents.first().ok_or_else(no)?;
    let (found, base, sure) = services(root).ok_or_else(no)?;
    let mut import = Import::of(FORMAT.tool);
    let overrides = sure == Confidence::Possible && !base.is_empty();
    // What a file that overrides another does not say may be said there.
    let mut lacks = Lacks::of(match overrides {
        true => &["deploy.privileged"],
        false => &[
            "deploy.no_healthcheck",
            "deploy.no_memory_limit",
            "deploy.no_restart",
            "deploy.floating_images",
            "deploy.privileged",
        ],
    });
    let (mut count, mut ports) = (0, 0);
    if base.is_empty() {
        import.note(
            None,
            "the first version of the format, which has no `services`: everything at the top is taken as one",
        );
    } else if overrides {
        import.note(
            None,
            "no service has an image: the file overrides another, without which nothing is known to be missing",
        );
    }
    for (name, service) in fields::entries(found, "") {
        if !service.is_object() {
            import.warn(None, format!("the service `{name}` is empty: it is left out"));
            continue;
        }
        count += 1;
        let text = |at: &str| fields::text(service, at);
        let set = |at: &str| service.pointer(at).is_some_and(|value| !value.is_null());
        let off =
            service.pointer("/healthcheck/disable").is_some_and(|value| *value == Value::Bool(true) || value == "true")
                || text("/healthcheck/test") == "NONE"
                || text("/healthcheck/test/0") == "NONE";
        lacks.note("deploy.no_healthcheck", !set("/healthcheck") || off, name);
        lacks.note("deploy.no_memory_limit", !set("/mem_limit") && !set("/deploy/resources/limits/memory"), name);
        let restart = !matches!(text("/restart"), "" | "no");
        lacks.note("deploy.no_restart", !restart && !set("/deploy/restart_policy"), name);
        lacks.note("deploy.floating_images", set("/image") && floats(text("/image")), name);
        let privileged =
            service.pointer("/privileged").is_some_and(|value| *value == Value::Bool(true) || value == "true");
        lacks.note("deploy.privileged", privileged, name);
        ports += fields::items(service, "/ports").len();
        if let Some(replicas) = fields::number(&mut import, service, "/deploy/replicas") {
            import.measure(
                "deploy.replicas",
                replicas,
                name,
                format!("{base}/{}/deploy/replicas", json::pointer(name)),
            );
        }
    }
    let at = if base.is_empty() { "/" } else { base };
    import.measure_count("deploy.containers", count, "", at);
    import.measure_count("deploy.ports", ports, "", at);
    lacks.emit(&mut import, at);
    if root.get("include").is_some() {
        import.note(None, "the file includes others, whose services are not in it");
    }
    Ok(import)
}
