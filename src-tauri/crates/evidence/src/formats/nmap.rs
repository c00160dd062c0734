//! nmap's XML.

use groma_model::{Issue, Severity};
use roxmltree::Node;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{RUNNING_METRICS, Scan, paragraphs},
    severity::Severities,
    xml::{self, Xml, attribute, children, find},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "nmap",
    title: "nmap -oX",
    tool: "nmap",
    note: "One issue an open port, with what its scripts say; ports in another state are counted, what scripts say of \
           whole hosts is told. An open port is a fact, \
           not a fault: informational, assigned at import.",
    metrics: RUNNING_METRICS,
    severities: Severities::NONE.assigning(&[("open", Severity::Info), ("open|filtered", Severity::Info)]),
    sniff,
    secrets: no_secrets,
    parse,
};

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
        for script in find(host, "hostscript").into_iter().flat_map(|list| children(list, "script")) {
            let output = attribute(script, "output").split_whitespace().collect::<Vec<_>>().join(" ");
            let told = output.chars().take(TOLD).collect::<String>();
            scan.import.note(None, format!("script {} of {address} says: {told}", attribute(script, "id")));
        }
        for port in find(host, "ports").into_iter().flat_map(|ports| children(ports, "port")) {
            let state = find(port, "state").map_or("", |state| attribute(state, "state"));
            match state {
                "open" | "open|filtered" => {
                    let issue = issue(port, if name.is_empty() { address } else { name }, document.at(port));
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

fn issue(port: Node<'_, '_>, host: &str, at: String) -> Issue {
    let number = format!("{}/{}", attribute(port, "portid"), attribute(port, "protocol"));
    let of = |name: &str| find(port, "service").map_or("", |service| attribute(service, name)).to_owned();
    let product = [of("product"), of("version"), of("extrainfo")].join(" ");
    let scripts: Vec<String> = children(port, "script")
        .map(|script| format!("{}: {}", attribute(script, "id"), attribute(script, "output").trim()))
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
