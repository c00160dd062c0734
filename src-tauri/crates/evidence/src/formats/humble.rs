//! humble's JSON, CSV and XML.

use groma_model::{Issue, Severity};
use roxmltree::Node;
use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::{Class, count_class, count_results},
    fields, json,
    mask::add_cookies,
    severity::{Mapper, Severities, assigned},
    table::csv_table,
    xml::{Xml, attribute, children, without_doctype},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "humble",
    title: "humble, JSON, CSV, XML",
    tool: "humble",
    note: "Every entry of its lists is an issue: missing, fingerprinting, deprecated or empty headers. The tool has no \
           severity: Medium for missing headers, Low for the rest, assigned at import. Values of cookies are masked.",
    metrics: &["scan.*", "config.*"],
    severities: Severities::NONE.assigning(&[("", Severity::Medium), ("", Severity::Low)]),
    sniff,
    secrets,
    parse,
};

/// Sections of the report by what their names hold, in English and in Spanish, and the issues in them. Their numbers
/// change with the version.
const SECTIONS: &[(&[&str], &str, Severity)] = &[
    (&["Missing", " no habilitadas"], "Missing header", Severity::Medium),
    (&["Fingerprint", "Huella digital"], "Header that tells the software", Severity::Low),
    (&["Deprecated", " obsoletas"], "Deprecated header or insecure value", Severity::Low),
    (&["Empty", " sin valor"], "Empty header", Severity::Low),
];

/// How sections that are no issues begin.
const WITHOUT_ISSUES: &[&str] = &[
    "Info",
    "HTTP Response Headers",
    "Enabled",
    "Browser Compatibility",
    "Analysis",
    "Cabeceras de respuesta HTTP",
    "Compatibilidad",
    "Resultados",
];

/// What it writes where it found nothing.
const NOTHING: &[&str] = &["Nothing to report", "Nada que reportar", "Todo parece"];

/// An entry of a section.
struct Entry {
    at: String,
    text: String,
    details: String,
}

/// A section, and where its entries stand; what is none of them is told as it is met.
struct Section {
    name: String,
    at: String,
    entries: Vec<Entry>,
}

fn is_csv(text: &str) -> bool {
    let start = text.trim_start().split_once('\n').map_or("", |(_, rest)| rest);
    start.trim_start_matches(['"', '[']).starts_with("0. Info")
}

fn is_xml(text: &str) -> bool {
    text.starts_with('<') && text.contains("<analysis") && text.contains("[0. Info")
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head().trim_start();
    Confidence::certain_if(probe.is_object() && probe.has("[0. Info]") || is_csv(head) || is_xml(head))
}

/// It quotes the cookies of the response.
fn secrets(text: &str, secrets: &mut Secrets) {
    add_cookies(text, secrets);
}

/// Without the mark of what is experimental.
fn plain(text: &str) -> &str {
    text.trim().trim_start_matches("(*)").trim_start()
}

/// Entries from the lines that it also prints: with details, each header is followed by these and by references.
fn grouped(lines: impl IntoIterator<Item = (String, String)>) -> Vec<Entry> {
    let lines: Vec<_> = lines.into_iter().collect();
    let is_reference = |line: &str| line.starts_with("Ref: ") || line.starts_with("Ref.: ");
    let detailed = lines.iter().any(|(line, _)| is_reference(line));
    let (mut entries, mut open): (Vec<Entry>, bool) = (Vec::new(), false);
    for (line, at) in lines {
        if is_reference(&line) {
            open = false;
            continue;
        }
        let value = line.strip_prefix("Value: ").or_else(|| line.strip_prefix("Valor: "));
        match entries.last_mut() {
            Some(last) if open && detailed || value.is_some() => {
                let more = value.unwrap_or(&line);
                last.details = [last.details.as_str(), more].join("\n").trim().to_owned();
            }
            // What a list begins with ends in a colon.
            _ if line.ends_with(':') || line.is_empty() => {}
            _ => {
                open = true;
                entries.push(Entry { text: line, details: String::new(), at });
            }
        }
    }
    entries
}

/// The texts at the keys of an object, whose names some versions end with a colon.
fn field(item: &Value, names: &[&str]) -> String {
    let Some(object) = item.as_object() else { return String::new() };
    let named = object.iter().find(|(key, _)| names.contains(&key.trim_end_matches(':')));
    match named.map(|(_, value)| value) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(texts)) => texts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}

/// The entries of a section of the JSON.
fn entries_of(list: &Value, at: &str, import: &mut Import) -> Option<Vec<Entry>> {
    if let Some(object) = list.as_object() {
        // Where there is nothing, it says so instead of a list.
        let pairs = object.iter().filter(|(key, _)| !matches!(key.as_str(), "Description" | "Result"));
        let result = object.get("Result").and_then(Value::as_str).filter(|text| !text.is_empty());
        let result =
            result.map(|text| Entry { text: text.to_owned(), details: String::new(), at: format!("{at}/Result") });
        let entry = |(key, value): (&String, &Value)| Entry {
            text: key.clone(),
            details: value.as_str().unwrap_or_default().to_owned(),
            at: format!("{at}/{}", json::pointer(key)),
        };
        return Some(pairs.map(entry).chain(result).collect());
    }
    let Some(items) = list.as_array() else {
        import.warn(None, format!("`{at}` is no list: nothing of it was read"));
        return None;
    };
    if items.iter().all(Value::is_string) {
        let lines = items.iter().enumerate();
        return Some(grouped(
            lines.map(|(n, line)| (line.as_str().unwrap_or_default().to_owned(), format!("{at}/{n}"))),
        ));
    }
    let mut entries = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let at = format!("{at}/{index}");
        let named = match item {
            Value::String(text) => text.clone(),
            item => field(item, &["Header", "header", "Issue", "Check", "Cabecera"]),
        };
        if named.is_empty() {
            import.warn(None, format!("`{at}` is no text: it is left out"));
            continue;
        }
        let details = field(item, &["Details", "details", "Detail", "Value", "Detalles", "Valor"]);
        entries.push(Entry { text: named, details, at });
    }
    Some(entries)
}

/// A line of the section about the report: `Date : 2023/12/14 - 20:09:50`.
fn told(line: &str) -> Option<(&str, &str)> {
    line.split_once(':').map(|(key, value)| (key.trim(), value.trim()))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let start = input.text.trim_start();
    let sections = match start {
        text if text.starts_with('<') => from_xml(input, &mut import)?,
        text if is_csv(text) => from_csv(input, &mut import)?,
        _ => from_json(input, &mut import)?,
    };
    let mapper = Mapper::new(FORMAT.tool, &[], input);
    for section in sections {
        let Some((_, kind, severity)) = kind(&section.name) else { continue };
        let mut count = 0;
        for entry in section.entries {
            let text = plain(&entry.text);
            if text.is_empty() || NOTHING.iter().any(|nothing| text.starts_with(nothing)) {
                continue;
            }
            count += 1;
            let header = text.split(" (").next().unwrap_or(text);
            let (severity, severity_origin) = mapper.assign(*severity, "");
            import.issues.push(Issue {
                rule: (*kind).to_owned(),
                title: format!("{kind}: {text}"),
                message: entry.details,
                severity,
                severity_origin,
                component: header.to_owned(),
                location: import.subject.clone(),
                fingerprint: format!("{kind}:{text}"),
                at: entry.at,
                ..Issue::default()
            });
        }
        import.measure_count("scan.kind", count, kind, &section.at);
    }
    let count = assigned(&import);
    if count > 0 {
        import.note(
            None,
            format!(
                "humble says no severity of {count} issues: Medium for missing headers, Low for the rest, assigned at import"
            ),
        );
    }
    count_results(&mut import, "/");
    count_class(&mut import, Class::Config, "/", |_| true);
    Ok(import)
}

/// `[1. Missing HTTP Security Headers]` without number and brackets.
fn bare(section: &str) -> &str {
    section.trim_start_matches(|c: char| matches!(c, '[' | '.' | ' ') || c.is_ascii_digit()).trim_end_matches(']')
}

/// What a section lists, where that is issues.
fn kind(section: &str) -> Option<&'static (&'static [&'static str], &'static str, Severity)> {
    let name = bare(section);
    let held = |marks: &[&str]| {
        marks.iter().any(|mark| name.starts_with(mark) || mark.starts_with(' ') && name.contains(mark))
    };
    SECTIONS.iter().find(|(marks, ..)| held(marks) && !name.starts_with("Compatibilidad"))
}

/// Whether the entries of a section are to be read; what is not known is told.
fn is_read(section: &str, import: &mut Import) -> bool {
    let known = kind(section).is_some();
    if !known && !WITHOUT_ISSUES.iter().any(|start| bare(section).starts_with(start)) {
        import.warn(None, format!("section `{section}` is not known: nothing of it was read"));
    }
    known
}

/// Takes the address and the version.
fn take(key: &str, value: &str, import: &mut Import) {
    match key {
        "URL" => value.clone_into(&mut import.subject),
        "Generator" => import.tool_version = version(value),
        _ => {}
    }
}

/// `https://github.com/rfc-st/humble | v.2026-06-13`
fn version(generator: &str) -> String {
    generator.rsplit_once("v.").map_or("", |(_, version)| version).trim().to_owned()
}

fn from_json(input: &Input<'_>, import: &mut Import) -> Result<Vec<Section>, Refusal> {
    let root: Value = json::parse(input.text)?;
    let Some(info) = root.get("[0. Info]") else {
        let lacks = "no section `[0. Info]` in it";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `humble.py -u URL -o json`"));
    };
    for (key, value) in fields::entries(info, "") {
        take(key, value.as_str().unwrap_or_default(), import);
    }
    for (key, value) in fields::items(info, "").iter().filter_map(Value::as_str).filter_map(told) {
        take(key, value, import);
    }
    let mut sections = Vec::new();
    for (name, list) in fields::entries(&root, "") {
        if is_read(name, import) {
            let at = format!("/{}", json::pointer(name));
            let entries = entries_of(list, &at, import);
            sections.extend(entries.map(|entries| Section { name: name.clone(), at, entries }));
        }
    }
    Ok(sections)
}

fn from_csv(input: &Input<'_>, import: &mut Import) -> Result<Vec<Section>, Refusal> {
    let remedy = "write it with `humble.py -u URL -b -o csv`";
    let table =
        csv_table(input.text).ok_or_else(|| Refusal::not(FORMAT.title, "it is no CSV with a header", remedy))?;
    let mut all: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for (row, line) in table.numbered() {
        let [name, value, ..] = row else { continue };
        let at = format!("line {line}");
        if bare(name).starts_with("Info") {
            if let Some((key, value)) = told(value) {
                take(key, value, import);
            }
            continue;
        }
        match all.last_mut().filter(|(last, _)| last == name) {
            Some((_, lines)) => lines.push((value.trim().to_owned(), at)),
            None => all.push((name.clone(), vec![(value.trim().to_owned(), at)])),
        }
    }
    all.retain(|(name, _)| is_read(name, import));
    let section = |(name, lines): (String, Vec<(String, String)>)| {
        let at = lines.first().map_or(String::new(), |(_, at)| at.clone());
        Section { name, at, entries: grouped(lines) }
    };
    Ok(all.into_iter().map(section).collect())
}

/// All text of an element.
fn whole(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text).filter_map(|node| node.text());
    texts.collect::<String>().trim().to_owned()
}

fn from_xml(input: &Input<'_>, import: &mut Import) -> Result<Vec<Section>, Refusal> {
    let remedy = "write it with `humble.py -u URL -o xml`";
    let source = without_doctype(input.text);
    let document = Xml::parse(&source, FORMAT.title, "analysis", remedy)?;
    if !children(document.root(), "section").any(|section| bare(attribute(section, "name")).starts_with("Info")) {
        return Err(Refusal::not(FORMAT.title, "no section `[0. Info]` in it", remedy));
    }
    import.tool_version = version(attribute(document.root(), "version"));
    let mut sections = Vec::new();
    for section in children(document.root(), "section") {
        let name = attribute(section, "name");
        if bare(name).starts_with("Info") {
            for item in children(section, "item") {
                take(attribute(item, "name"), &whole(item), import);
            }
            continue;
        }
        if !is_read(name, import) {
            continue;
        }
        let line = |item| match attribute(item, "name") {
            "" => (whole(item), document.at(item)),
            name => (format!("{name}: {}", whole(item)), document.at(item)),
        };
        let mut entries = grouped(children(section, "item").map(line));
        for entry in children(section, "entry") {
            let at = document.at(entry);
            let values = |names: &[&str]| {
                let item = children(entry, "item").find(|item| names.contains(&attribute(*item, "name")));
                let Some(item) = item else { return String::new() };
                let lines: Vec<_> = children(item, "value").map(|value| whole(value)).collect();
                if lines.is_empty() { whole(item) } else { lines.join("\n") }
            };
            let named = values(&["Header", "Issue", "Check", "Cabecera"]);
            if named.is_empty() {
                import.warn(None, format!("the entry at {at} names no header: it is left out"));
                continue;
            }
            let details = values(&["Details", "Detail", "Value", "Detalles", "Valor"]);
            entries.push(Entry { text: named, details, at });
        }
        sections.push(Section { name: name.to_owned(), at: document.at(section), entries });
    }
    Ok(sections)
}
