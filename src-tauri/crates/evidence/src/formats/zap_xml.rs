//! ZAP's XML report.

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    scan::{RUNNING_METRICS, Scan},
    severity::Severities,
    xml::{self, Xml, attribute},
    zap::{self, Alert},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "zap-xml",
    title: "ZAP traditional XML report",
    tool: "ZAP",
    note: zap::NOTE,
    metrics: RUNNING_METRICS,
    severities: Severities::of(zap::WORDS),
    sniff,
    secrets: zap::secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(xml::root(probe.head()) == "OWASPZAPReport")
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it in ZAP with Report > Generate Report, template \"Traditional XML Report\"";
    let content = xml::without_doctype(input.text);
    let document = Xml::parse(&content, FORMAT.title, "OWASPZAPReport", remedy)?;
    let mut scan = Scan::new(FORMAT.tool, zap::WORDS, input);
    attribute(document.root(), "version").clone_into(&mut scan.import.tool_version);
    let (mut instances, mut sites) = (0, 0);
    for site in document.all("site") {
        sites += 1;
        for found in site.descendants().filter(|node| node.tag_name().name() == "alertitem") {
            if input.stop.now() {
                return Err(Refusal::stopped());
            }
            let list = found.descendants().filter(|node| node.tag_name().name() == "instance");
            let mut places: Vec<String> = list.map(|instance| xml::text(instance, "uri")).collect();
            // Versions before 2.5 write an alert for each place.
            if places.is_empty() {
                places
                    .extend(xml::children(found, "uri").filter_map(|uri| uri.text()).map(|uri| uri.trim().to_owned()));
            }
            instances += places.len();
            let text = |key: &str| xml::text(found, key);
            let systemic = xml::find(found, "systemic").is_some();
            let alert = Alert { site: attribute(site, "name"), places, systemic, text: &text };
            zap::add(&mut scan, &alert, Issue { at: document.at(found), ..Issue::default() });
        }
    }
    let at = document.at(document.root());
    Ok(zap::finish(scan, instances, sites, &at))
}
