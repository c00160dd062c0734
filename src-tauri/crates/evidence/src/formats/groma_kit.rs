//! The manifest of a probe kit: which probes ran at the client's, and why others did not.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    fields::{items, text},
    formats::no_secrets,
    json,
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "groma-kit",
    title: "Probe kit, manifest",
    tool: "groma kit",
    note: "What became of each probe. A probe that was skipped or failed is told with its reason and the checks that stay open; \
           its manifest proves nothing about them.",
    metrics: &["kit.probes"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

/// What can become of a probe.
const STATUSES: &[&str] = &["ran", "skipped", "failed", "interrupted"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.is_object() && probe.has("groma_kit") && probe.has("probes"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let manifest: Value = json::parse(input.text)?;
    let remedy = "take the whole folder that the kit's `run.sh` wrote";
    match manifest.get("groma_kit").and_then(Value::as_u64) {
        Some(1) => {}
        Some(version) => {
            return Err(Refusal::new(format!("a manifest of version {version} is not known"), "use a newer Groma"));
        }
        None => return Err(Refusal::not(FORMAT.title, "no `groma_kit` with its version", remedy)),
    }
    if !manifest["probes"].is_array() {
        return Err(Refusal::not(FORMAT.title, "no list `probes`", remedy));
    }
    let mut import = Import::of(FORMAT.tool);
    text(&manifest, "/kit_version").clone_into(&mut import.tool_version);
    import.captured_at = text(&manifest, "/started_at").parse().ok();
    let probes = items(&manifest, "/probes");
    let at = "/probes";
    import.measure_count("kit.probes", probes.len(), "", at);
    for status in STATUSES {
        let ids: Vec<&str> =
            probes.iter().filter(|probe| text(probe, "/status") == *status).map(|probe| text(probe, "/id")).collect();
        #[allow(clippy::cast_precision_loss)] // a handful
        import.measure_text("kit.probes", ids.len() as f64, *status, at, ids.join(", "));
    }
    for probe in probes {
        let (id, status, reason) = (text(probe, "/id"), text(probe, "/status"), text(probe, "/reason"));
        let checks: Vec<&str> = items(probe, "/checks").iter().filter_map(Value::as_str).collect();
        match status {
            "ran" if reason.is_empty() => {}
            "ran" => import.note(None, format!("{id}: {reason}")),
            "skipped" | "failed" | "interrupted" => {
                import.warn(None, format!("{id} ({status}): {reason}. It says nothing about {}", checks.join(", ")));
            }
            _ => import.warn(None, format!("{id}: `{status}` is no status that is known")),
        }
    }
    if manifest["ended_at"].is_null() {
        import.warn(None, "the run did not come to its end: what is not listed was not tried");
    }
    Ok(import)
}
