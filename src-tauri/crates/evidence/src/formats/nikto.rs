//! Nikto's JSON and XML.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{RUNNING_METRICS, Scan, headline},
    severity::Severities,
    tree::Tree,
    xml::{self, Xml, attribute},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "nikto",
    title: "nikto -Format json, nikto -Format xml",
    tool: "Nikto",
    note: "One issue an item. Nikto knows no severity: Low is assigned at import.",
    metrics: RUNNING_METRICS,
    severities: Severities::NONE.assigning(&[("", Severity::Low)]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let own = |prefix: &str| {
        let keys = ["host", "ip", "port", "banner", "vulnerabilities"];
        keys.iter().all(|key| probe.has(&format!("{prefix}{key}")))
    };
    Confidence::certain_if(own("") || own("[]/") || xml::root(probe.head()) == "niktoscan")
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let remedy = "export it with `nikto -host URL -Format json -output nikto.json`";
    if input.text.trim_start().starts_with('<') {
        let content = xml::without_doctype(input.text);
        let document = Xml::parse(&content, FORMAT.title, "niktoscan", remedy)?;
        for details in document.all("scandetails") {
            let site = attribute(details, "sitename");
            for item in xml::children(details, "item") {
                let text = xml::text(item, "description");
                let link = xml::first(item, &["namelink", "uri"]);
                add(&mut scan, [attribute(item, "id"), &text, site, &link, ""], document.at(item));
            }
        }
        return Ok(scan.finish(&[Class::Running], "line 1"));
    }
    let document: Tree<'_> = json::parse(input.text)?;
    let hosts = if let Tree::List(list) = &document { &list[..] } else { std::slice::from_ref(&document) };
    let own = |host: &Tree<'_>| host.has("host") && host.has("banner") && host.has("vulnerabilities");
    if hosts.is_empty() || !hosts.iter().all(own) {
        return Err(Refusal::not(FORMAT.title, "no `host` with `vulnerabilities` in it", remedy));
    }
    for (index, host) in hosts.iter().enumerate() {
        let at = if matches!(document, Tree::List(_)) { format!("/{index}") } else { String::new() };
        let site = format!("{}:{}", host.text("host"), host.text("port"));
        for (at, found) in scan.objects(host.get("vulnerabilities"), &format!("{at}/vulnerabilities")) {
            let place = format!("{site}{}", found.text("url"));
            let of = [found.text("id"), found.text("msg"), &site, &place, found.text("references")];
            add(&mut scan, of, at);
        }
    }
    Ok(scan.finish(&[Class::Running], "line 1"))
}

fn add(scan: &mut Scan<'_>, [id, text, site, place, url]: [&str; 5], at: String) {
    let issue = Issue {
        rule: id.to_owned(),
        title: headline(text),
        message: text.to_owned(),
        component: site.to_owned(),
        location: place.to_owned(),
        url: url.to_owned(),
        at,
        ..Issue::default()
    };
    scan.add_assigned(Class::Running, Severity::Low, "", issue);
}
