//! Nessus: its own XML and the CSV of Nessus, Tenable.sc and Tenable.io.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{RUNNING_METRICS, Scan, cves, cwes, paragraphs},
    severity::{Severities, Words},
    table::csv_table,
    xml::{self, Xml, attribute, children, text},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "nessus",
    title: "Nessus (.nessus, CSV)",
    tool: "Nessus",
    note: "One issue a report item, informational ones included; of Tenable's CSV, what is fixed or accepted is kept as \
           suppressed.",
    metrics: RUNNING_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities: numbers in XML, words in CSV.
const WORDS: Words = &[
    ("4", Severity::Critical),
    ("3", Severity::High),
    ("2", Severity::Medium),
    ("1", Severity::Low),
    ("0", Severity::Info),
    ("Critical", Severity::Critical),
    ("High", Severity::High),
    ("Medium", Severity::Medium),
    ("Low", Severity::Low),
    ("Info", Severity::Info),
    ("None", Severity::Info),
];

/// Whether a header is one of the three dialects.
fn is_header(text: &str) -> bool {
    let header = text.trim_start().lines().next().unwrap_or_default().replace('"', "");
    let cells: Vec<&str> = header.split([',', ';']).map(str::trim).collect();
    let has = |name: &str| cells.contains(&name);
    has("Plugin ID") && has("Risk")
        || has("Plugin") && has("Plugin Name") && has("Severity")
        || has("asset.name") && (has("definition.id") || has("definition.name"))
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let csv = !probe.text().starts_with(['<', '{', '[']) && is_header(probe.head());
    Confidence::certain_if(csv || xml::root(probe.head()) == "NessusClientData_v2")
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it in Nessus with Report > Nessus, or as CSV";
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    if !input.text.trim_start().starts_with('<') {
        if !is_header(input.text) {
            return Err(Refusal::not(FORMAT.title, "its header is another", remedy));
        }
        read_csv(&mut scan, input)?;
        return Ok(scan.finish(&[Class::Running], "line 1"));
    }
    let content = xml::without_doctype(input.text);
    let document = Xml::parse(&content, FORMAT.title, "NessusClientData_v2", remedy)?;
    let mut hosts = 0;
    for host in document.all("ReportHost") {
        hosts += 1;
        for item in children(host, "ReportItem") {
            if input.stop.now() {
                return Err(Refusal::stopped());
            }
            let all = |name: &'static str| children(item, name).filter_map(|node| node.text().map(str::trim));
            let name = attribute(host, "name");
            let weak = all("xref").filter_map(|reference| reference.strip_prefix("CWE:")).chain(all("cwe"));
            let issue = Issue {
                rule: attribute(item, "pluginID").to_owned(),
                title: attribute(item, "pluginName").to_owned(),
                message: paragraphs([
                    &text(item, "description"),
                    &text(item, "solution"),
                    &text(item, "plugin_output"),
                ]),
                component: name.to_owned(),
                location: match attribute(item, "port") {
                    "" | "0" => name.to_owned(),
                    port => format!("{name}:{port}"),
                },
                cwe: cwes(weak),
                cve: cves(all("cve")),
                url: text(item, "see_also").lines().next().unwrap_or_default().to_owned(),
                at: document.at(item),
                ..Issue::default()
            };
            scan.add(Class::Running, attribute(item, "severity"), issue);
        }
    }
    if hosts == 0 {
        scan.looked_at_nothing("no host in it: nothing was looked at");
    }
    Ok(scan.finish(&[Class::Running], &document.at(document.root())))
}

fn read_csv(scan: &mut Scan<'_>, input: &Input<'_>) -> Result<(), Refusal> {
    let table = csv_table(input.text).ok_or_else(|| Refusal::new("it is no CSV", "export it again"))?;
    if let Some(line) = table.ragged {
        scan.import.error(Some(line), "a row has fewer or more cells than the header");
    }
    let column = |names: &[&str]| table.any_column(names);
    let id = column(&["Plugin ID", "Plugin", "definition.id"]);
    let severity = column(&["Risk", "Severity", "severity"]);
    let name = column(&["Name", "Plugin Name", "definition.name"]);
    let host = column(&["Host", "DNS Name", "asset.name"]);
    let address = column(&["IP Address", "asset.display_ipv4_address"]);
    let port = column(&["Port", "asset.port"]);
    let described = column(&["Description", "definition.description"]);
    let solution = column(&["Solution", "Steps to Remediate", "definition.solution"]);
    let output = column(&["Plugin Output", "Plugin Text", "output"]);
    let cve = column(&["CVE", "definition.cve"]);
    let (weakness, state, modified) = (column(&["definition.cwe"]), column(&["state"]), column(&["risk_modified"]));
    let link = column(&["See Also", "definition.see_also"]);
    for (row, line) in table.numbered() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let cell = |column: Option<usize>| column.and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
        let host = if cell(host).is_empty() { cell(address) } else { cell(host) };
        let issue = Issue {
            rule: cell(id).to_owned(),
            title: cell(name).to_owned(),
            message: paragraphs([cell(described), cell(solution), cell(output)]),
            component: host.to_owned(),
            location: match cell(port) {
                "" | "0" => host.to_owned(),
                port => format!("{host}:{port}"),
            },
            cve: cves(cell(cve).split([',', ' ', '\n']).map(|id| id.trim_matches(['[', ']', '\'', '"']))),
            cwe: cwes(cell(weakness).split([',', ' ']).map(|id| id.trim_matches(['[', ']', '\'', '"']))),
            // What Tenable says is gone, or somebody accepted.
            suppressed: cell(state).eq_ignore_ascii_case("fixed") || cell(modified).eq_ignore_ascii_case("accepted"),
            url: cell(link).lines().next().unwrap_or_default().to_owned(),
            at: format!("line {line}"),
            ..Issue::default()
        };
        scan.add(Class::Running, cell(severity), issue);
    }
    Ok(())
}
