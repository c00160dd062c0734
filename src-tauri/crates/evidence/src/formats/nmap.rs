//! nmap's XML.

use groma_model::{Issue, Severity};
use roxmltree::Node;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{RUNNING_METRICS, Scan, cves, paragraphs},
    severity::{Severities, of_score},
    xml::{self, Xml, attribute, children, find},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "nmap",
    title: "nmap -oX",
    tool: "nmap",
    note: "One issue an open port, with what its scripts say, and one a vulnerability that a script names (vulners, and \
           those that say VULNERABLE), by its CVSS score where it has one; ports in another state are counted, what other \
           scripts say of whole hosts is told. An open port is a fact, not a fault: informational, assigned at import.",
    metrics: RUNNING_METRICS,
    severities: Severities::NONE.scored().assigning(&[
        ("open", Severity::Info),
        ("open|filtered", Severity::Info),
        (VULNERABLE, Severity::High),
        (LIKELY, Severity::Medium),
    ]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// States of what a script looked for.
const VULNERABLE: &str = "VULNERABLE";
const LIKELY: &str = "LIKELY VULNERABLE";
/// So much is told of what a script says of a whole host.
const TOLD: usize = 200;

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(xml::root(probe.head()) == "nmaprun")
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let content = xml::without_doctype(input.text);
    let document = Xml::parse(&content, FORMAT.title, "nmaprun", "export it with `nmap -oX scan.xml HOST`")?;
    let root = document.root();
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    attribute(root, "version").clone_into(&mut scan.import.tool_version);
    match find(root, "runstats/finished") {
        Some(end) if attribute(end, "exit") == "error" => scan.add_error(attribute(end, "errormsg")),
        None => scan.import.error(None, "nmap did not finish: what it did not reach is not in here"),
        Some(_) => {}
    }
    let mut hosts = 0;
    for host in children(root, "host") {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        // With `-v` it lists those that did not answer too.
        hosts += usize::from(find(host, "status").is_none_or(|status| attribute(status, "state") != "down"));
        let address = children(host, "address").find(|a| attribute(*a, "addrtype") != "mac");
        let address = address.map_or("", |address| attribute(address, "addr"));
        let name = find(host, "hostnames/hostname").map_or("", |name| attribute(name, "name"));
        let of = if name.is_empty() { address } else { name };
        for script in find(host, "hostscript").into_iter().flat_map(|list| children(list, "script")) {
            if add_vulnerabilities(&mut scan, script, of, of, &document) {
                continue;
            }
            let output = attribute(script, "output").split_whitespace().collect::<Vec<_>>().join(" ");
            let told = output.chars().take(TOLD).collect::<String>();
            scan.import.note(None, format!("script {} of {address} says: {told}", attribute(script, "id")));
        }
        for port in find(host, "ports").into_iter().flat_map(|ports| children(ports, "port")) {
            let state = find(port, "state").map_or("", |state| attribute(state, "state"));
            match state {
                "open" | "open|filtered" => {
                    let place = format!("{of}:{}", attribute(port, "portid"));
                    let scripts = children(port, "script");
                    let others =
                        scripts.filter(|script| !add_vulnerabilities(&mut scan, *script, of, &place, &document));
                    let issue = issue(port, &others.collect::<Vec<_>>(), of, document.at(port));
                    scan.add_assigned(Class::Running, Severity::Info, state, issue);
                }
                "closed" | "filtered" | "unfiltered" | "closed|filtered" | "unknown" => scan.add_other(state),
                other => scan.add_unknown(other),
            }
        }
    }
    if hosts == 0 {
        scan.looked_at_nothing("no host in it: nothing answered");
    }
    Ok(scan.finish(&[Class::Running], &document.at(root)))
}

/// Adds what a script found to be vulnerable; whether it looked for that.
fn add_vulnerabilities(scan: &mut Scan<'_>, script: Node<'_, '_>, host: &str, place: &str, document: &Xml<'_>) -> bool {
    let mut looked = false;
    for table in script.descendants().filter(|node| node.has_tag_name("table")) {
        let of = |key: &str| {
            let found = children(table, "elem").find(|elem| attribute(*elem, "key") == key);
            found.and_then(|elem| elem.text()).unwrap_or_default().trim()
        };
        let list = |key: &str| -> Vec<&str> {
            let found = children(table, "table").find(|table| attribute(*table, "key") == key);
            found.into_iter().flat_map(|list| children(list, "elem")).filter_map(|elem| elem.text()).collect()
        };
        let within = table.parent().map_or("", |parent| attribute(parent, "key"));
        let state = of("state").trim_start_matches("State: ");
        let issue = match (of("type"), state) {
            ("cve", _) => {
                Issue { rule: of("id").to_owned(), title: format!("{} in {within}", of("id")), ..Issue::default() }
            }
            (_, state) if state.starts_with(VULNERABLE) || state.starts_with(LIKELY) => Issue {
                rule: attribute(script, "id").to_owned(),
                title: of("title").to_owned(),
                message: list("description").join("\n"),
                url: list("refs").first().copied().unwrap_or_default().to_owned(),
                ..Issue::default()
            },
            (_, state) if !state.is_empty() => {
                looked = true;
                match state.starts_with("NOT VULNERABLE") || state.starts_with("UNKNOWN") {
                    true => scan.add_other(state),
                    false => scan.add_unknown(state),
                }
                continue;
            }
            _ => continue,
        };
        looked = true;
        let ids = list("ids").into_iter().map(|id| id.split_once(':').map_or(id, |(_, id)| id));
        let issue = Issue {
            cve: cves(ids.chain([of("id"), attribute(table, "key")])),
            component: host.to_owned(),
            location: place.to_owned(),
            at: document.at(table),
            ..issue
        };
        let score = list("scores").first().copied().unwrap_or(of("cvss"));
        let score = score.split_whitespace().next().unwrap_or_default();
        let number = score.parse().ok().and_then(of_score);
        match number {
            Some(severity) => scan.add_scored(Class::Running, severity, score, issue),
            None if state.starts_with(LIKELY) => scan.add_assigned(Class::Running, Severity::Medium, LIKELY, issue),
            None => scan.add_assigned(Class::Running, Severity::High, VULNERABLE, issue),
        }
    }
    looked
}

fn issue(port: Node<'_, '_>, scripts: &[Node<'_, '_>], host: &str, at: String) -> Issue {
    let number = format!("{}/{}", attribute(port, "portid"), attribute(port, "protocol"));
    let of = |name: &str| find(port, "service").map_or("", |service| attribute(service, name)).to_owned();
    let product = [of("product"), of("version"), of("extrainfo")].join(" ");
    let scripts: Vec<String> = scripts
        .iter()
        .map(|script| format!("{}: {}", attribute(*script, "id"), attribute(*script, "output").trim()))
        .collect();
    let service = of("name");
    Issue {
        rule: number.clone(),
        title: match &*service {
            "" => format!("Port {number} is open"),
            service => format!("Port {number} is open ({service})"),
        },
        message: paragraphs([&product, &scripts.join("\n")]),
        component: host.to_owned(),
        component_version: of("version"),
        location: format!("{host}:{}", attribute(port, "portid")),
        at,
        ..Issue::default()
    }
}
