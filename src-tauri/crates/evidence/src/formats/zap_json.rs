//! ZAP's JSON report.

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    formats::no_secrets,
    scan::{RUNNING_METRICS, Scan},
    severity::Severities,
    tree,
    zap::{self, Alert},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "zap-json",
    title: "ZAP traditional JSON report",
    tool: "ZAP",
    note: zap::NOTE,
    metrics: RUNNING_METRICS,
    severities: Severities::of(zap::WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let own = probe.has("@programName") || probe.has("@version");
    Confidence::certain_if(own && probe.has("site") && (probe.has("@generated") || probe.has("site/[]/alerts")))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it in ZAP with Report > Generate Report, template \"Traditional JSON Report\"";
    let document = tree::object(input.text, FORMAT.title, &["@version", "@generated", "site"], remedy)?;
    let mut scan = Scan::new(FORMAT.tool, zap::WORDS, input);
    document.text("@version").clone_into(&mut scan.import.tool_version);
    scan.import.captured_at = document.text("created").parse().ok();
    let mut instances = 0;
    for (at, site) in scan.objects(document.get("site"), "/site") {
        for (at, found) in scan.objects(site.get("alerts"), &format!("{at}/alerts")) {
            let list = found.get("instances").items();
            let places = list.iter().map(|instance| instance.text("uri").to_owned()).collect();
            instances += list.len();
            let text = |key: &str| found.text(key).to_owned();
            let alert = Alert { site: site.text("@name"), places, systemic: found.is_true("systemic"), text: &text };
            zap::add(&mut scan, &alert, Issue { at, ..Issue::default() });
        }
    }
    Ok(zap::finish(scan, instances, document.get("site").items().len(), "/site"))
}
