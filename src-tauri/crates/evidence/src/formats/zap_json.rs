//! ZAP's JSON report, and the alerts that its API lists.

use std::collections::HashSet;

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    scan::{RUNNING_METRICS, Scan},
    severity::Severities,
    tree::{self, Tree},
    zap::{self, Alert},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "zap-json",
    title: "ZAP traditional JSON report, ZAP API core/view/alerts",
    tool: "ZAP",
    note: zap::NOTE,
    metrics: RUNNING_METRICS,
    severities: Severities::of(zap::WORDS),
    sniff,
    secrets: zap::secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let own = probe.has("@programName") || probe.has("@version");
    let report = own && probe.has("site") && (probe.has("@generated") || probe.has("site/[]/alerts"));
    let listed = ["pluginId", "risk", "confidence", "url"].iter().all(|key| probe.has(&format!("alerts/[]/{key}")));
    Confidence::certain_if(report || probe.is_object() && listed)
}

/// The objects of a list, or the one that versions before 2.6 write where there is no other.
fn objects<'t, 'a>(scan: &mut Scan<'_>, list: &'t Tree<'a>, at: &str) -> Vec<(String, &'t Tree<'a>)> {
    match list {
        Tree::Object(_) => vec![(at.to_owned(), list)],
        list => scan.objects(list, at).collect(),
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it in ZAP with Report > Generate Report, template \"Traditional JSON Report\"";
    let document = tree::object(input.text, FORMAT.title, &[], remedy)?;
    if document.has("alerts") && !document.has("site") {
        return read_listed(&document, input);
    }
    if let Some(lacks) = ["@version", "@generated", "site"].into_iter().find(|key| !document.has(key)) {
        return Err(Refusal::not(FORMAT.title, &format!("no `{lacks}` in it"), remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, zap::WORDS, input);
    document.text("@version").clone_into(&mut scan.import.tool_version);
    scan.import.captured_at = document.text("created").parse().ok();
    let mut instances = 0;
    let sites = objects(&mut scan, document.get("site"), "/site");
    for (at, site) in &sites {
        for (at, found) in objects(&mut scan, site.get("alerts"), &format!("{at}/alerts")) {
            let list = found.get("instances").items();
            let mut places: Vec<String> = list.iter().map(|instance| instance.text("uri").to_owned()).collect();
            // Versions before 2.5 write an alert for each place.
            places.extend(Some(found.text("uri").to_owned()).filter(|uri| list.is_empty() && !uri.is_empty()));
            instances += places.len();
            let text = |key: &str| found.text(key).to_owned();
            let alert = Alert { site: site.text("@name"), places, systemic: found.is_true("systemic"), text: &text };
            zap::add(&mut scan, &alert, Issue { at, ..Issue::default() });
        }
    }
    Ok(zap::finish(scan, instances, sites.len(), "/site"))
}

/// Reads what the API lists: an alert for each place.
fn read_listed(document: &Tree<'_>, input: &Input<'_>) -> Result<Import, Refusal> {
    let list = document.get("alerts");
    if !list.items().iter().all(|alert| alert.has("pluginId") && alert.has("risk")) {
        let lacks = "its alerts have no `pluginId` with `risk`";
        return Err(Refusal::not(FORMAT.title, lacks, "export a report in ZAP with Report > Generate Report"));
    }
    let mut scan = Scan::new(FORMAT.tool, zap::WORDS, input);
    let mut sites = HashSet::new();
    for (at, found) in scan.objects(list, "/alerts") {
        let url = found.text("url");
        let site = url.match_indices('/').nth(2).map_or(url, |(end, _)| &url[..end]);
        sites.insert(site);
        let text = |key: &str| {
            let key = match key {
                "pluginid" => "pluginId",
                "riskcode" => "risk",
                "desc" => "description",
                key => key,
            };
            found.text(key).to_owned()
        };
        let alert = Alert { site, places: vec![url.to_owned()], systemic: false, text: &text };
        zap::add(&mut scan, &alert, Issue { at, ..Issue::default() });
    }
    let (instances, sites) = (list.items().len(), sites.len());
    Ok(zap::finish(scan, instances, sites, "/alerts"))
}
