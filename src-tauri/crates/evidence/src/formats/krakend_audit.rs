//! KrakenD's audit of its configuration.

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{COMMON, CONFIG_METRICS, Scan, headline},
    severity::Severities,
    tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "krakend-audit",
    title: "krakend audit (JSON)",
    tool: "KrakenD",
    note: "One issue a recommendation, with KrakenD's severity.",
    metrics: CONFIG_METRICS,
    severities: Severities::of(COMMON),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let rules = probe.has("recommendations/[]/rule") && probe.has("recommendations/[]/severity");
    let bare = probe.has("stats") && probe.only(&["recommendations", "stats"]);
    Confidence::certain_if(probe.is_object() && probe.has("recommendations") && (rules || bare))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `krakend audit -c krakend.json -f '{{ marshal . }}'`";
    let document = tree::object(input.text, FORMAT.title, &["recommendations"], remedy)?;
    let list = document.get("recommendations");
    let own = |item: &tree::Tree<'_>| item.has("rule") && item.has("severity");
    if !list.items().iter().all(own) || list.items().is_empty() && !document.has("stats") {
        return Err(Refusal::not(FORMAT.title, "its recommendations have no `rule` with `severity`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    for (at, found) in scan.objects(list, "/recommendations") {
        let message = found.text("message");
        let issue = Issue {
            rule: found.text("rule").to_owned(),
            title: headline(message),
            message: message.to_owned(),
            component: "krakend".to_owned(),
            url: "https://www.krakend.io/docs/configuration/audit/".to_owned(),
            at,
            ..Issue::default()
        };
        scan.add(Class::Config, found.text("severity"), issue);
    }
    Ok(scan.finish(&[Class::Config], "/recommendations"))
}
