//! govulncheck's JSON, the object of old versions and the stream of messages of new ones, and what it prints for people.

use std::collections::{HashMap, HashSet};

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    govuln,
    scan::{DEPENDENCY_METRICS, Scan, distinct, headline},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "govulncheck",
    title: "govulncheck, JSON or text",
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
    let versioned = has("config/protocol_version") && (has("config/scanner_name") || has("config/go_version"));
    let stream = versioned || has("config") && has("osv/id") && has("finding/osv");
    // In a large report the vulnerabilities come late.
    let calls = probe.has("Calls/Functions/*/RecvType") && probe.has("Calls/Functions/*/CallSites");
    // Early in 2023 it wrote modules, with what is called of each of their packages.
    let modules = has("Vulns/[]/OSV/id") && has("Vulns/[]/Modules");
    Confidence::certain_if(
        govuln::is_text(probe.head())
            || stream
            || calls
            || modules
            || probe.has("Calls") && probe.has("Requires") && probe.has("Vulns"),
    )
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = |lacks: &str| Refusal::not(FORMAT.title, lacks, "export it with `govulncheck -json ./... > vulns.json`");
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    if govuln::is_text(input.text.trim_start()) {
        let text = govuln::read(input.text);
        for found in text.found {
            let severity = severity(found.level == "symbol", found.level == "package");
            scan.add_assigned(Class::Dependency, severity, found.level, found.issue);
        }
        if let Some(counted) = text.counted {
            scan.import.note(None, format!("counted, but not listed: {counted}"));
        }
        let mut import = scan.finish(&[Class::Dependency], "line 1");
        import.measure_count("deps.advisories", text.advisories, "", "line 1");
        return Ok(import);
    }
    let messages = tree::stream(input.text)?;
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
        [(_, document)] if document.has("Vulns") && !document.has("config") => {
            let own = |found: &Tree<'_>| found.has("OSV") && found.has("Modules");
            if !document.get("Vulns").items().iter().all(own) {
                return Err(no("its `Vulns` have no `OSV` with `Modules`"));
            }
            for (at, found) in scan.objects(document.get("Vulns"), "/Vulns") {
                advisories.insert(found.text("OSV/id"));
                read_modules(&mut scan, found.get("OSV"), found.get("Modules"), &at);
            }
        }
        _ => {
            let known = |message: &Tree<'_>| message.has("config/protocol_version") || message.has("finding/osv");
            if !messages.iter().any(|(_, message)| known(message)) {
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
        // Before version 1 the trace was called otherwise.
        let trace = if finding.has("frames") { finding.get("frames") } else { finding.get("trace") };
        let sink = trace.items().first().unwrap_or(&nothing);
        let symbol = (sink.text("module"), sink.text("package"), sink.text("function"));
        let level = match (symbol.2, symbol.1) {
            ("", "") => "module",
            ("", _) => "package",
            _ => "symbol",
        };
        let at = if is_list { format!("/{index}/finding") } else { format!("line {line}") };
        let call = trace.items().last().filter(|_| level == "symbol").unwrap_or(&nothing);
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
    for (line, found) in of("vulnerability").filter(|(_, found)| !found.is_null()) {
        advisories.insert(found.text("osv/id"));
        read_modules(scan, found.get("osv"), found.get("modules"), &format!("line {line}"));
    }
    // Asked about a module alone, it says which vulnerabilities there are, and finds none.
    let asked = of("config").any(|(_, config)| config.text("scan_mode") == "query");
    for (line, osv) in of("osv").filter(|(_, osv)| asked && !osv.is_null()) {
        advisories.insert(osv.text("id"));
        let module = osv.get("affected").items().first().map_or("", |affected| affected.text("package/name"));
        let issue = issue(osv, (module, "", ""), format!("line {line}"));
        scan.add_assigned(Class::Dependency, severity(false, false), "module", issue);
    }
    for (_, config) in of("config").filter(|(_, config)| !config.is_null()) {
        config.text("scanner_version").clone_into(&mut scan.import.tool_version);
    }
}

/// What is called of the packages of some modules; keys of the object begin with a capital, those of messages do not.
fn read_modules(scan: &mut Scan<'_>, osv: &Tree<'_>, modules: &Tree<'_>, at: &str) {
    for (index, module) in modules.items().iter().enumerate() {
        let packages = ["Packages", "packages"].iter().flat_map(|key| module.get(key).items());
        for (number, package) in packages.enumerate() {
            let stacks: Vec<_> =
                ["CallStacks", "callstacks", "call_stacks"].iter().flat_map(|key| package.get(key).items()).collect();
            let (path, name) = (package.first(&["Path", "path"]), module.first(&["Path", "path"]));
            let mut add = |symbol: &str, level: &str| {
                let issue = Issue {
                    component_version: module.first(&["FoundVersion", "found_version"]).to_owned(),
                    fixed_version: module.first(&["FixedVersion", "fixed_version"]).to_owned(),
                    ..issue(osv, (name, path, symbol), format!("{at}/modules/{index}/packages/{number}"))
                };
                scan.add_assigned(Class::Dependency, severity(level == "symbol", true), level, issue);
            };
            if stacks.is_empty() {
                add("", "package");
            }
            stacks.iter().for_each(|stack| add(stack.first(&["Symbol", "symbol"]), "symbol"));
        }
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
