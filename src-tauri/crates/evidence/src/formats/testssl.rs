//! testssl.sh's CSV, and its JSON, flat and pretty.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{RUNNING_METRICS, Scan, cves, cwes},
    severity::{Severities, Words},
    table::csv_table,
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "testssl",
    title: "testssl.sh --csvfile, --jsonfile, --jsonfile-pretty",
    tool: "testssl.sh",
    note: "One issue a row or finding; OK is a test that passed and only counted, FATAL an error of the run, \
           told but no issue of the host.",
    metrics: RUNNING_METRICS,
    severities: Severities::of(WORDS).assigning(&[("FATAL", Severity::Info)]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities. `WARN` says that a test could not be made as planned.
const WORDS: Words = &[
    ("CRITICAL", Severity::Critical),
    ("HIGH", Severity::High),
    ("MEDIUM", Severity::Medium),
    ("LOW", Severity::Low),
    ("WARN", Severity::Low),
    ("INFO", Severity::Info),
    ("DEBUG", Severity::Info),
];

fn is_header(text: &str) -> bool {
    let header = text.trim_start().lines().next().unwrap_or_default().replace('"', "");
    header.starts_with("id,fqdn/ip,port,severity,finding")
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let keys = ["id", "ip", "port", "severity", "finding"];
    let flat = probe.is_list() && keys.iter().all(|key| probe.has(&format!("[]/{key}")));
    let pretty = probe.is_object() && probe.has("scanResult") && probe.has("Invocation");
    Confidence::certain_if(is_header(probe.head()) || flat || pretty)
}

fn no(lacks: &str) -> Refusal {
    Refusal::not(FORMAT.title, lacks, "export it with `testssl.sh --jsonfile testssl.json HOST`")
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let passed = match input.text.trim_start().starts_with(['[', '{']) {
        true => read_json(&mut scan, input)?,
        false => read_csv(&mut scan, input)?,
    };
    // An error is no test.
    if passed == 0 && scan.import.issues.iter().all(|issue| issue.native_severity == "FATAL") {
        scan.looked_at_nothing("no test in it: nothing was looked at");
    }
    let mut import = scan.finish(&[Class::Running], "line 1");
    import.measure_count("scan.passed", passed, "", "line 1");
    Ok(import)
}

/// What testssl.sh says of one test.
struct Finding<'a> {
    id: &'a str,
    /// Name and address: `shop.test/192.0.2.7`.
    host: &'a str,
    port: &'a str,
    word: &'a str,
    text: &'a str,
    cve: &'a str,
    cwe: &'a str,
}

/// Adds a finding, and says whether it is a test that passed.
fn add(scan: &mut Scan<'_>, finding: &Finding<'_>, at: String) -> bool {
    let Finding { id, host, port, word, text, cve, cwe } = finding;
    match *word {
        "OK" => {
            scan.add_other(word);
            return true;
        }
        "FATAL" => scan.add_error(text),
        _ => {}
    }
    let issue = Issue {
        rule: (*id).to_owned(),
        title: format!("{id}: {text}"),
        message: (*text).to_owned(),
        component: (*host).to_owned(),
        location: if port.is_empty() { (*host).to_owned() } else { format!("{host}:{port}") },
        cwe: cwes(cwe.split_whitespace()),
        cve: cves(cve.split_whitespace()),
        at,
        ..Issue::default()
    };
    match *word {
        "FATAL" => scan.add_assigned(None, Severity::Info, word, issue),
        word => scan.add(Class::Running, word, issue),
    }
    false
}

fn read_csv(scan: &mut Scan<'_>, input: &Input<'_>) -> Result<usize, Refusal> {
    if !is_header(input.text) {
        return Err(no("its header is another"));
    }
    let table = csv_table(input.text).ok_or_else(|| no("it is no CSV"))?;
    if let Some(line) = table.ragged {
        scan.import.error(Some(line), "a row has fewer or more cells than the header");
    }
    let mut passed = 0;
    for (row, line) in table.numbered() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let cell = |index: usize| row.get(index).map_or("", String::as_str);
        let [id, host, port, word, text, cve, cwe] = [0, 1, 2, 3, 4, 5, 6].map(cell);
        let finding = Finding { id, host, port, word, text, cve, cwe };
        passed += usize::from(add(scan, &finding, format!("line {line}")));
    }
    Ok(passed)
}

fn read_json(scan: &mut Scan<'_>, input: &Input<'_>) -> Result<usize, Refusal> {
    let document: Tree<'_> = json::parse(input.text)?;
    let mut passed = 0;
    // Of all findings in a list: those of one host, or of no host in particular.
    let mut read = |scan: &mut Scan<'_>, list: &Tree<'_>, at: &str, host: &str, port: &str| {
        for (at, found) in scan.objects(list, at).filter(|(_, found)| found.has("severity")) {
            let own = |key: &str| found.text(key);
            let finding = Finding {
                id: own("id"),
                host: if host.is_empty() { own("ip") } else { host },
                port: if port.is_empty() { own("port") } else { port },
                word: own("severity"),
                text: own("finding"),
                cve: own("cve"),
                cwe: own("cwe"),
            };
            passed += usize::from(add(scan, &finding, at));
        }
    };
    if matches!(document, Tree::List(_)) {
        // Nothing tells an empty list from that of another tool.
        if document.items().is_empty() {
            return Err(no("its list is empty"));
        }
        if !document.items().iter().all(|item| item.has("id") && item.has("severity") && item.has("finding")) {
            return Err(no("its items have no `severity` with `finding`"));
        }
        read(scan, &document, "", "", "");
        return Ok(passed);
    }
    let results = document.get("scanResult");
    if !matches!(results, Tree::List(_)) {
        return Err(no("no `scanResult` in it"));
    }
    document.text("version").trim().clone_into(&mut scan.import.tool_version);
    scan.import.captured_at =
        document.text("startTime").parse().ok().and_then(|at| jiff::Timestamp::from_second(at).ok());
    for (key, list) in document.entries().iter().filter(|(key, _)| key.as_str().starts_with("clientProblem")) {
        read(scan, list, &format!("/{key}"), "", "");
    }
    // What kept it from looking at a host stands among the hosts.
    read(scan, results, "/scanResult", "", "");
    for (index, host) in results.items().iter().enumerate().filter(|(_, host)| !host.has("severity")) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let names = [host.text("targetHost"), host.text("ip")];
        let name = names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join("/");
        for (section, list) in host.entries().iter().filter(|(_, list)| matches!(list, Tree::List(_))) {
            read(scan, list, &format!("/scanResult/{index}/{section}"), &name, host.text("port"));
        }
    }
    Ok(passed)
}
