//! OpenVAS (Greenbone): the XML of its reports, and their CSV.

use groma_model::{Issue, Severity};
use roxmltree::Node;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{RUNNING_METRICS, Scan, cves, paragraphs},
    severity::{Severities, Words, of_score},
    table::csv_table,
    xml::{self, Xml, attribute, children, find, text},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "openvas",
    title: "OpenVAS / Greenbone report (XML, CSV)",
    tool: "OpenVAS",
    note: "One issue a result, log entries included; false positives are kept as suppressed. The severity is the threat \
           that OpenVAS says, overrides applied. What the filter of the report left out is not in the file.",
    metrics: RUNNING_METRICS,
    severities: Severities::of(WORDS).scored().assigning(&[("False Positive", Severity::Info)]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities: threats. `Alarm` is what old versions said for `High`.
const WORDS: Words = &[
    ("Critical", Severity::Critical),
    ("High", Severity::High),
    ("Alarm", Severity::High),
    ("Medium", Severity::Medium),
    ("Low", Severity::Low),
    ("Log", Severity::Info),
    ("Debug", Severity::Info),
];

/// Whether a header is that of OpenVAS' CSV.
fn is_header(text: &str) -> bool {
    let header = text.trim_start().lines().next().unwrap_or_default().replace('"', "");
    header.contains("NVT Name") && header.contains("NVT OID") && header.contains("Severity")
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    let xml = match xml::root(head) {
        "get_reports_response" => true,
        "report" => ["<nvt oid=", "<gmp>", "<omp>"].iter().any(|mark| head.contains(mark)),
        _ => false,
    };
    Confidence::certain_if(xml || !head.starts_with(['<', '{', '[']) && is_header(head))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export the report in OpenVAS as XML or CSV Results";
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    if !input.text.trim_start().starts_with('<') {
        if !is_header(input.text) {
            return Err(Refusal::not(FORMAT.title, "its header is another", remedy));
        }
        read_csv(&mut scan, input)?;
        return Ok(scan.finish(&[Class::Running], "line 1"));
    }
    let content = xml::without_doctype(input.text);
    let name = match xml::root(&content) {
        "get_reports_response" => "get_reports_response",
        _ => "report",
    };
    let document = Xml::parse(&content, FORMAT.title, name, remedy)?;
    // A report stands in an envelope of the same name.
    let mut reports = 0;
    for list in document.all("results").filter(|list| list.parent().is_some_and(|up| up.tag_name().name() == "report"))
    {
        reports += 1;
        let Some(report) = list.parent() else { continue };
        read_report(&mut scan, &document, report, list, input)?;
    }
    if reports == 0 {
        return Err(Refusal::not(FORMAT.title, "no `<results>` in it", remedy));
    }
    Ok(scan.finish(&[Class::Running], &document.at(document.root())))
}

fn read_report(
    scan: &mut Scan<'_>,
    document: &Xml<'_>,
    report: Node<'_, '_>,
    list: Node<'_, '_>,
    input: &Input<'_>,
) -> Result<(), Refusal> {
    let first = |paths: &[&str]| xml::first(report, paths);
    let (version, target) = (first(&["gmp/version", "omp/version"]), first(&["task/name"]));
    scan.import.tool_version = if version.is_empty() { version } else { format!("GMP {version}") };
    scan.import.subject = target;
    scan.import.captured_at = first(&["scan_end", "timestamp", "scan_start"]).parse().ok();
    match &*first(&["scan_run_status"]) {
        "Done" | "" => {}
        status => scan.import.error(None, format!("the scan is {status}: what it did not reach is not in here")),
    }
    if first(&["hosts/count"]) == "0" {
        scan.looked_at_nothing("no host in it: nothing answered");
    }
    for error in find(report, "errors").into_iter().flat_map(|errors| children(errors, "error")) {
        let host = find(error, "host").and_then(|host| host.text()).unwrap_or_default().trim();
        scan.add_error(&format!("{host}: {}", text(error, "description")));
    }
    let filter = first(&["filters/term"]);
    if !filter.is_empty() {
        scan.import.note(None, format!("the report was filtered when it was exported: {filter}"));
    }
    let mut read = 0_u64;
    for result in children(list, "result") {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        read += 1;
        add(scan, result, document.at(result));
    }
    let counted = first(&["result_count/filtered"]).parse::<u64>().unwrap_or_default();
    if counted > read {
        scan.import.error(None, format!("OpenVAS has {counted} results, of which this file holds {read}"));
    }
    Ok(())
}

/// Reads one result.
fn add(scan: &mut Scan<'_>, result: Node<'_, '_>, at: String) {
    let own = |name: &str| find(result, name).and_then(|node| node.text()).unwrap_or_default().trim().to_owned();
    let (address, port, name) = (own("host"), own("port"), text(result, "name"));
    let test = find(result, "nvt");
    let of_test = |path: &str| test.map(|test| text(test, path)).unwrap_or_default();
    let tags = of_test("tags");
    let tag = |name: &str| {
        let found = tags.split('|').find_map(|tag| tag.strip_prefix(name)?.strip_prefix('='));
        found.unwrap_or_default().to_owned()
    };
    let references = || test.and_then(|test| find(test, "refs")).into_iter().flat_map(|refs| children(refs, "ref"));
    let of_kind = |kind: &'static str| references().filter(move |r| attribute(*r, "type") == kind);
    let old = of_test("cve");
    let solution = match of_test("solution") {
        text if text.is_empty() => tag("solution"),
        text => text,
    };
    let original = text(result, "original_threat");
    let word = text(result, "threat");
    let overridden = match original.is_empty() || original == word {
        true => String::new(),
        false => format!("OpenVAS had {original}, an override made it {word}."),
    };
    let issue = Issue {
        rule: test.map_or("", |test| attribute(test, "oid")).to_owned(),
        title: if name.is_empty() { of_test("name") } else { name },
        message: paragraphs([&tag("summary"), &text(result, "description"), &solution, &overridden]),
        location: place(&address, &port),
        component: address,
        cve: cves(
            // A test that only compares versions is named by what it looks for.
            of_kind("cve")
                .map(|reference| attribute(reference, "id"))
                .chain(old.split([',', ' ']))
                .chain([test.map_or("", |test| attribute(test, "oid"))]),
        ),
        url: of_kind("url").next().map_or("", |reference| attribute(reference, "id")).to_owned(),
        at,
        ..Issue::default()
    };
    push(scan, &word, &text(result, "severity"), issue);
}

/// Adds an issue by its threat or, where that is missing, by its score.
fn push(scan: &mut Scan<'_>, word: &str, score: &str, issue: Issue) {
    if word.eq_ignore_ascii_case("false positive") {
        let issue = Issue { suppressed: true, ..issue };
        return scan.add_assigned(Class::Running, Severity::Info, word, issue);
    }
    let score = score.trim();
    match score.parse().ok().and_then(of_score) {
        Some(severity) if word.is_empty() => scan.add_scored(Class::Running, severity, score, issue),
        None if word.is_empty() => scan.add(Class::Running, score, issue),
        _ => scan.add(Class::Running, word, issue),
    }
}

/// `10.0.0.1:443/tcp`, and the host alone where the result is not about a port.
fn place(host: &str, port: &str) -> String {
    match port {
        "" | "general/tcp" | "general/udp" | "general/icmp" | "general/Host_Details" => host.to_owned(),
        port => format!("{host}:{port}"),
    }
}

fn read_csv(scan: &mut Scan<'_>, input: &Input<'_>) -> Result<(), Refusal> {
    let table = csv_table(input.text).ok_or_else(|| Refusal::new("it is no CSV", "export it again"))?;
    if let Some(line) = table.ragged {
        scan.import.error(Some(line), "a row has fewer or more cells than the header");
    }
    let column = |name: &str| table.column(name);
    let (oid, name, word, score) = (column("NVT OID"), column("NVT Name"), column("Severity"), column("CVSS"));
    let (address, host) = (column("IP"), column("Hostname"));
    let (port, transport) = (column("Port"), column("Port Protocol"));
    let texts = [column("Summary"), column("Specific Result"), column("Solution")];
    let (cve, task) = (column("CVEs"), column("Task Name"));
    for (row, line) in table.numbered() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let cell = |column: Option<usize>| column.and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
        if scan.import.subject.is_empty() {
            cell(task).clone_into(&mut scan.import.subject);
        }
        let component = if cell(address).is_empty() { cell(host) } else { cell(address) };
        let port = match (cell(port), cell(transport)) {
            ("", _) => String::new(),
            (port, "") => port.to_owned(),
            (port, transport) => format!("{port}/{transport}"),
        };
        let issue = Issue {
            rule: cell(oid).to_owned(),
            title: cell(name).to_owned(),
            message: paragraphs(texts.map(cell)),
            component: component.to_owned(),
            location: place(component, &port),
            cve: cves(cell(cve).split([',', ' ']).chain([cell(oid)])),
            at: format!("line {line}"),
            ..Issue::default()
        };
        push(scan, cell(word), cell(score), issue);
    }
    Ok(())
}
