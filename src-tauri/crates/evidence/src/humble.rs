//! humble's reports, whatever they are written in: sections, each with its entries.

use groma_model::Severity;
use roxmltree::Node;
use serde_json::Value;

use crate::{
    Import, Input, Refusal, fields, json,
    table::csv_table,
    xml::{Xml, attribute, children, without_doctype},
};

/// What it reads.
pub(crate) const TITLE: &str = "humble, JSON, CSV, XML";

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

/// An entry of a section.
pub(crate) struct Entry {
    pub at: String,
    pub text: String,
    pub details: String,
}

/// A section, and where its entries stand; what is none of them is told as it is met.
pub(crate) struct Section {
    pub name: String,
    pub at: String,
    pub entries: Vec<Entry>,
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

/// `[1. Missing HTTP Security Headers]` without number and brackets.
fn bare(section: &str) -> &str {
    section.trim_start_matches(|c: char| matches!(c, '[' | '.' | ' ') || c.is_ascii_digit()).trim_end_matches(']')
}

/// What a section lists, where that is issues.
pub(crate) fn kind(section: &str) -> Option<&'static (&'static [&'static str], &'static str, Severity)> {
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

pub(crate) fn from_json(input: &Input<'_>, import: &mut Import) -> Result<Vec<Section>, Refusal> {
    let root: Value = json::parse(input.text)?;
    let Some(info) = root.get("[0. Info]") else {
        let lacks = "no section `[0. Info]` in it";
        return Err(Refusal::not(TITLE, lacks, "write it with `humble.py -u URL -o json`"));
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

pub(crate) fn from_csv(input: &Input<'_>, import: &mut Import) -> Result<Vec<Section>, Refusal> {
    let remedy = "write it with `humble.py -u URL -b -o csv`";
    let table = csv_table(input.text).ok_or_else(|| Refusal::not(TITLE, "it is no CSV with a header", remedy))?;
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

pub(crate) fn from_xml(input: &Input<'_>, import: &mut Import) -> Result<Vec<Section>, Refusal> {
    let remedy = "write it with `humble.py -u URL -o xml`";
    let source = without_doctype(input.text);
    let document = Xml::parse(&source, TITLE, "analysis", remedy)?;
    if !children(document.root(), "section").any(|section| bare(attribute(section, "name")).starts_with("Info")) {
        return Err(Refusal::not(TITLE, "no section `[0. Info]` in it", remedy));
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
