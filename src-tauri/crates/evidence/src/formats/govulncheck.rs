//! govulncheck's JSON: the object of old versions, and the stream of messages of new ones.

use std::collections::{HashMap, HashSet};

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{DEPENDENCY_METRICS, Scan, distinct, headline},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "govulncheck",
    title: "govulncheck -json",
    tool: "govulncheck",
    note: "One issue a finding: a vulnerable symbol that is called, a package imported or a module required. govulncheck \
           knows no severity: what is called is High, what is only imported Low, what is only required informational, \
           assigned at import. Distinct vulnerabilities are deps.advisories.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::NONE.assigning(&[
        ("symbol", Severity::High),
        ("package", Severity::Low),
        ("module", Severity::Info),
        ("", Severity::High),
        ("", Severity::Low),
        ("", Severity::Info),
    ]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let has = |key: &str| probe.has(key) || probe.has(&format!("[]/{key}"));
    let stream = has("config/protocol_version") && (has("config/scanner_name") || has("config/go_version"));
    // In a large report the vulnerabilities come late.
    let calls = probe.has("Calls/Functions/*/RecvType") && probe.has("Calls/Functions/*/CallSites");
    Confidence::certain_if(stream || calls || probe.has("Calls") && probe.has("Requires") && probe.has("Vulns"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = |lacks: &str| Refusal::not(FORMAT.title, lacks, "export it with `govulncheck -json ./... > vulns.json`");
    let messages = tree::stream(input.text)?;
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let mut advisories = HashSet::new();
    match &messages[..] {
        [(_, document)] if document.has("Calls") && document.has("Vulns") => {
            for (at, found) in scan.objects(document.get("Vulns"), "/Vulns") {
                advisories.insert(found.text("OSV/id"));
                let sunk = |key: &str| found.number(key).is_some_and(|sink| sink > 0.0);
                let severity = severity(sunk("CallSink"), sunk("ImportSink"));
                let symbol = (found.text("ModPath"), found.text("PkgPath"), found.text("Symbol"));
                scan.add_assigned(Class::Dependency, severity, "", issue(found.get("OSV"), symbol, at));
            }
        }
        _ => {
            if !messages.iter().any(|(_, message)| message.has("config/protocol_version")) {
                return Err(no("no `config` message in it"));
            }
            read_messages(&mut scan, &messages, &mut advisories);
        }
    }
    let mut import = scan.finish(&[Class::Dependency], "line 1");
    import.measure_count("deps.advisories", advisories.len(), "", "line 1");
    Ok(import)
}

fn severity(called: bool, imported: bool) -> Severity {
    match (called, imported) {
        (true, _) => Severity::High,
        (false, true) => Severity::Low,
        (false, false) => Severity::Info,
    }
}

fn read_messages<'t>(scan: &mut Scan<'_>, messages: &'t [(u64, Tree<'_>)], advisories: &mut HashSet<&'t str>) {
    let of = |kind| messages.iter().map(move |(line, message)| (*line, message.get(kind)));
    let osv: HashMap<&str, &Tree<'_>> = of("osv").map(|(_, osv)| (osv.text("id"), osv)).collect();
    let is_list = messages.len() > 1 && messages.iter().all(|(line, _)| *line == 1);
    for (index, (line, finding)) in of("finding").enumerate() {
        if finding.is_null() {
            continue;
        }
        let id = finding.text("osv");
        advisories.insert(id);
        let nothing = Tree::Null;
        let sink = finding.get("trace").items().first().unwrap_or(&nothing);
        let symbol = (sink.text("module"), sink.text("package"), sink.text("function"));
        let level = match (symbol.2, symbol.1) {
            ("", "") => "module",
            ("", _) => "package",
            _ => "symbol",
        };
        let at = if is_list { format!("/{index}/finding") } else { format!("line {line}") };
        let call = finding.get("trace").items().last().filter(|_| level == "symbol").unwrap_or(&nothing);
        let issue = Issue {
            rule: id.to_owned(),
            component_version: sink.text("version").to_owned(),
            fixed_version: finding.text("fixed_version").to_owned(),
            location: call.text("position/filename").to_owned(),
            line: call.line(&["position/line"]),
            ..issue(osv.get(id).copied().unwrap_or(&nothing), symbol, at)
        };
        if issue.title.is_empty() {
            scan.import.warn(None, format!("{id} is not described in the file"));
        }
        let severity = severity(level == "symbol", level == "package");
        scan.add_assigned(Class::Dependency, severity, level, issue);
    }
    for (_, config) in of("config").filter(|(_, config)| !config.is_null()) {
        config.text("scanner_version").clone_into(&mut scan.import.tool_version);
    }
}

fn issue(osv: &Tree<'_>, (module, package, symbol): (&str, &str, &str), at: String) -> Issue {
    let id = osv.text("id");
    let title = headline(osv.first(&["summary", "details"]));
    let place: Vec<&str> = [package, symbol].into_iter().filter(|part| !part.is_empty()).collect();
    Issue {
        rule: id.to_owned(),
        message: match &place[..] {
            [] => osv.text("details").to_owned(),
            _ => format!("{}: {}", place.join("."), osv.text("details")),
        },
        title,
        component: module.to_owned(),
        cve: distinct(std::iter::once(id).chain(osv.texts("aliases"))),
        url: osv.text("database_specific/url").to_owned(),
        at,
        ..Issue::default()
    }
}
