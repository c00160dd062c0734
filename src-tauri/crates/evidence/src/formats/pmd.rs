//! PMD's XML, JSON and CSV.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{CODE_METRICS, Scan, headline},
    severity::{Severities, Words},
    table::csv_table,
    tree,
    xml::{self, Xml, attribute, children},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "pmd",
    title: "pmd check --format xml, json, csv",
    tool: "PMD",
    note: "One issue a violation; suppressed ones that the report shows are kept, and have no severity in XML: Info is \
           assigned at import. The severity is PMD's priority, 1 being the worst. Files that PMD could not read and \
           rules that it could not run are scan.errors.",
    metrics: CODE_METRICS,
    severities: Severities::of(WORDS).assigning(&[("", Severity::Info)]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities: priorities.
const WORDS: Words = &[
    ("1", Severity::Critical),
    ("2", Severity::High),
    ("3", Severity::Medium),
    ("4", Severity::Low),
    ("5", Severity::Info),
];

/// The columns; options take some of them out.
const COLUMNS: [&str; 8] = ["Problem", "Package", "File", "Priority", "Line", "Description", "Rule set", "Rule"];

fn is_header(text: &str) -> bool {
    let header = text.trim_start().lines().next().unwrap_or_default().replace('"', "");
    let cells: Vec<&str> = header.split(',').map(str::trim).collect();
    cells.iter().all(|cell| COLUMNS.contains(cell)) && ["File", "Priority", "Rule"].iter().all(|c| cells.contains(c))
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let json = probe.is_object() && probe.has("pmdVersion") && probe.has("files");
    Confidence::certain_if(is_header(probe.head()) || xml::root(probe.head()) == "pmd" || json)
}

fn no(lacks: &str) -> Refusal {
    Refusal::not(FORMAT.title, lacks, REMEDY)
}

const REMEDY: &str = "export it with `pmd check --format json --report-file pmd.json`";

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    match input.text.trim_start().chars().next() {
        Some('<') => read_xml(&mut scan, input)?,
        Some('{') => read_json(&mut scan, input)?,
        _ => read_csv(&mut scan, input)?,
    }
    Ok(scan.finish(&[Class::Code], "line 1"))
}

/// A violation, whatever it was written in.
#[derive(Default)]
struct Violation<'a> {
    rule: &'a str,
    set: &'a str,
    description: &'a str,
    package: &'a str,
    file: &'a str,
    line: &'a str,
    url: &'a str,
    suppressed: bool,
}

fn issue(found: &Violation<'_>, at: String) -> Issue {
    let description = found.description.trim();
    Issue {
        rule: found.rule.to_owned(),
        title: headline(description),
        message: if found.set.is_empty() { description.to_owned() } else { format!("{description} ({})", found.set) },
        component: if found.package.is_empty() { found.file } else { found.package }.to_owned(),
        location: found.file.to_owned(),
        line: found.line.parse().ok().filter(|line| *line > 0),
        url: found.url.to_owned(),
        suppressed: found.suppressed,
        at,
        ..Issue::default()
    }
}

fn read_csv(scan: &mut Scan<'_>, input: &Input<'_>) -> Result<(), Refusal> {
    if !is_header(input.text) {
        return Err(no("its header is another"));
    }
    let table = csv_table(input.text).ok_or_else(|| no("it is no CSV"))?;
    if let Some(line) = table.ragged {
        scan.import.error(Some(line), "a row has fewer or more cells than the header");
    }
    let columns = COLUMNS.map(|name| table.column(name));
    for (row, line) in table.numbered() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let [_, package, file, priority, place, description, set, rule] =
            columns.map(|column| column.and_then(|at| row.get(at)).map_or("", String::as_str));
        let found = Violation { rule, set, description, package, file, line: place, ..Violation::default() };
        scan.add(Class::Code, priority, issue(&found, format!("line {line}")));
    }
    Ok(())
}

fn read_json(scan: &mut Scan<'_>, input: &Input<'_>) -> Result<(), Refusal> {
    let document = tree::object(input.text, FORMAT.title, &["pmdVersion", "files"], REMEDY)?;
    document.text("pmdVersion").clone_into(&mut scan.import.tool_version);
    scan.import.captured_at = document.text("timestamp").parse().ok();
    for (list, suppressed) in [("files", false), ("suppressedViolations", true)] {
        for (at, file) in scan.objects(document.get(list), &format!("/{list}")) {
            for (at, found) in scan.objects(file.get("violations"), &format!("{at}/violations")) {
                let of = |key: &str| found.text(key);
                let violation = Violation {
                    rule: of("rule"),
                    set: of("ruleset"),
                    description: of("description"),
                    package: of("package"),
                    file: file.text("filename"),
                    line: of("beginline"),
                    url: of("externalInfoUrl"),
                    suppressed,
                };
                scan.add(Class::Code, of("priority"), issue(&violation, at));
            }
        }
    }
    for error in document.get("processingErrors").items() {
        scan.add_error(&format!("{}: {}", error.text("filename"), error.text("message")));
    }
    for error in document.get("configurationErrors").items() {
        scan.add_error(&format!("{}: {}", error.text("rule"), error.text("message")));
    }
    Ok(())
}

fn read_xml(scan: &mut Scan<'_>, input: &Input<'_>) -> Result<(), Refusal> {
    let content = xml::without_doctype(input.text);
    let document = Xml::parse(&content, FORMAT.title, "pmd", REMEDY)?;
    let root = document.root();
    attribute(root, "version").clone_into(&mut scan.import.tool_version);
    for file in children(root, "file") {
        for found in children(file, "violation") {
            if input.stop.now() {
                return Err(Refusal::stopped());
            }
            let of = |name: &'static str| attribute(found, name);
            let violation = Violation {
                rule: of("rule"),
                set: of("ruleset"),
                description: found.text().unwrap_or_default(),
                package: of("package"),
                file: attribute(file, "name"),
                line: of("beginline"),
                url: of("externalInfoUrl"),
                suppressed: false,
            };
            scan.add(Class::Code, of("priority"), issue(&violation, document.at(found)));
        }
    }
    for found in children(root, "suppressedviolation") {
        let (file, description) = (attribute(found, "filename"), attribute(found, "msg"));
        let violation = Violation { description, file, suppressed: true, ..Violation::default() };
        scan.add_assigned(Class::Code, Severity::Info, "", issue(&violation, document.at(found)));
    }
    for error in children(root, "error") {
        scan.add_error(&format!("{}: {}", attribute(error, "filename"), attribute(error, "msg")));
    }
    for error in children(root, "configerror") {
        scan.add_error(&format!("{}: {}", attribute(error, "rule"), attribute(error, "msg")));
    }
    Ok(())
}
