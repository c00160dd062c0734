//! Wapiti's XML and JSON.

use std::ops::Range;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    json::{self, Event},
    scan::{RUNNING_METRICS, Scan, cwes, headline, paragraphs},
    severity::{Severities, Words},
    tree,
    xml::{self, Xml, attribute, children, find, text},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "wapiti",
    title: "wapiti -f xml, wapiti -f json",
    tool: "Wapiti",
    note: "One issue an entry: vulnerabilities, anomalies and additional remarks, which are scan.kind. The severity is \
           Wapiti's level; up to version 3.0.3, 1 was the highest. Requests and responses hold sessions and client data: \
           they are masked whole.",
    metrics: RUNNING_METRICS,
    severities: Severities::of(WORDS).with_old(OLD_WORDS),
    sniff,
    secrets,
    parse,
};

/// Severities: levels, of version 3.0.4 and later.
const WORDS: Words = &[
    ("4", Severity::Critical),
    ("3", Severity::High),
    ("2", Severity::Medium),
    ("1", Severity::Low),
    ("0", Severity::Info),
];

/// Levels of the versions before, which knew three and counted the other way.
const OLD_WORDS: Words = &[("1", Severity::High), ("2", Severity::Medium), ("3", Severity::Low)];

/// What holds entries: of XML the list and its items, of JSON the key.
const PARTS: [(&str, &str); 3] =
    [("vulnerabilities", "vulnerability"), ("anomalies", "anomaly"), ("additionals", "additional")];
/// Fields that repeat what was sent and answered.
const TRAFFIC: [&str; 3] = ["http_request", "curl_command", "response"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    let xml = xml::root(head) == "report" && head.contains("<report_infos>");
    let json = probe.has("classifications") && probe.has("vulnerabilities") && probe.has("anomalies");
    Confidence::certain_if(xml || probe.is_object() && json)
}

/// How its text begins that names a password which was guessed, behind the last colon.
const GUESSED: &str = "Credentials found";

/// Where a password stands that was guessed.
fn guessed(text: &str) -> Option<Range<usize>> {
    let start = text.contains(GUESSED).then(|| text.rfind(" : "))?? + " : ".len();
    Some(start..text.len())
}

/// Marks what was sent and answered, and passwords that were guessed.
fn secrets(text: &str, secrets: &mut Secrets) {
    if !text.trim_start().starts_with('<') {
        json::walk(text, |event| {
            let Event::String(path, range) = event else { return };
            if TRAFFIC.iter().any(|field| path.ends_with(&format!("/{field}"))) {
                secrets.add(range);
            } else if path.ends_with("/info")
                && let Some(found) = guessed(&text[range.clone()])
            {
                secrets.add(range.start + found.start..range.start + found.end);
            }
        });
        return;
    }
    TRAFFIC.iter().flat_map(|field| xml::contents(text, field)).for_each(|range| secrets.add(range));
    for range in xml::contents(text, "info") {
        if let Some(found) = guessed(&text[range.clone()]) {
            secrets.add(range.start + found.start..range.start + found.end);
        }
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let (scan, at) = if input.text.trim_start().starts_with('<') { read_xml(input)? } else { read_json(input)? };
    Ok(scan.finish(&[Class::Running], &at))
}

/// An entry, whatever it was written in.
struct Entry<'a> {
    /// The list it stands in, in the singular.
    kind: &'static str,
    /// Name of what was found.
    name: &'a str,
    /// What the report says of everything of that name.
    general: [&'a str; 2],
    /// References, as `CWE-79: …` and the like.
    references: Vec<&'a str>,
    /// The site that was looked at.
    site: &'a str,
    /// The entry's own fields.
    text: &'a dyn Fn(&str) -> String,
}

fn add(scan: &mut Scan<'_>, entry: &Entry<'_>, at: String) {
    let text = entry.text;
    let (info, path, parameter) = (text("info"), text("path"), text("parameter"));
    let request = format!("{} {path}", text("method"));
    let parameter = if parameter.is_empty() { String::new() } else { format!("Parameter: {parameter}") };
    let weaknesses = entry.references.iter().filter_map(|reference| reference.split(':').next());
    let issue = Issue {
        rule: entry.name.to_owned(),
        title: match &*info {
            "" => entry.name.to_owned(),
            info => headline(&format!("{}: {info}", entry.name)),
        },
        message: paragraphs([&info, &request, &parameter, entry.general[0], entry.general[1]]),
        component: entry.site.to_owned(),
        location: match path.starts_with('/') {
            true => format!("{}{path}", entry.site.trim_end_matches('/')),
            false => path,
        },
        cwe: cwes(weaknesses.filter(|id| id.starts_with("CWE-"))),
        at,
        ..Issue::default()
    };
    scan.add_kind(entry.kind);
    scan.add(Class::Running, &text("level"), issue);
}

fn read_xml<'i>(input: &Input<'i>) -> Result<(Scan<'i>, String), Refusal> {
    let remedy = "export it with `wapiti -u URL -f json -o wapiti.json`";
    let content = xml::without_doctype(input.text);
    let document = Xml::parse(&content, FORMAT.title, "report", remedy)?;
    let root = document.root();
    let Some(infos) = find(root, "report_infos") else {
        return Err(Refusal::not(FORMAT.title, "no `<report_infos>` in it", remedy));
    };
    let info = |name: &str| {
        let found = children(infos, "info").find(|info| attribute(*info, "name") == name);
        found.and_then(|info| info.text()).unwrap_or_default().trim().to_owned()
    };
    let site = info("target");
    let mut scan = scan(input, &site, &info("generatorVersion"));
    for (list, name) in PARTS {
        let of_list = find(root, list).into_iter().flat_map(|list| children(list, name));
        for found in of_list {
            let (description, solution) = (text(found, "description"), text(found, "solution"));
            let titles: Vec<String> = find(found, "references")
                .into_iter()
                .flat_map(|list| children(list, "reference"))
                .map(|reference| text(reference, "title"))
                .collect();
            for entry in find(found, "entries").into_iter().flat_map(|list| children(list, "entry")) {
                if input.stop.now() {
                    return Err(Refusal::stopped());
                }
                let field = |name: &str| text(entry, name);
                let entry_of = Entry {
                    kind: name,
                    name: attribute(found, "name"),
                    general: [&description, &solution],
                    references: titles.iter().map(String::as_str).collect(),
                    site: &site,
                    text: &field,
                };
                add(&mut scan, &entry_of, document.at(entry));
            }
        }
    }
    Ok((scan, document.at(root)))
}

fn read_json<'i>(input: &Input<'i>) -> Result<(Scan<'i>, String), Refusal> {
    let remedy = "export it with `wapiti -u URL -f json -o wapiti.json`";
    let keys = ["classifications", "vulnerabilities", "anomalies"];
    let document = tree::object(input.text, FORMAT.title, &keys, remedy)?;
    let site = document.text("infos/target");
    let mut scan = scan(input, site, document.text("infos/version"));
    for (list, kind) in PARTS {
        for (name, found) in document.get(list).entries() {
            let name = name.as_str();
            let of_name = document.get("classifications").key(name);
            let place = format!("/{list}/{}", json::pointer(name));
            for (at, entry) in scan.objects(found, &place) {
                let field = |name: &str| entry.text(name).to_owned();
                let references = of_name.get("ref").entries().iter().map(|(title, _)| title.as_str()).collect();
                let general = [of_name.text("desc"), of_name.text("sol")];
                add(&mut scan, &Entry { kind, name, general, references, site, text: &field }, at);
            }
        }
    }
    Ok((scan, "line 1".to_owned()))
}

/// A scan of a site with a version of Wapiti, by whose levels.
fn scan<'i>(input: &Input<'i>, site: &str, version: &str) -> Scan<'i> {
    let version = version.trim_start_matches("Wapiti").trim();
    let mut scan = Scan::new(FORMAT.tool, if is_old(version) { OLD_WORDS } else { WORDS }, input);
    site.clone_into(&mut scan.import.subject);
    version.clone_into(&mut scan.import.tool_version);
    if site.is_empty() {
        scan.import.warn(None, "no target in it: whether anything was looked at is not told");
    }
    scan
}

/// Whether a version is older than 3.0.4; one that says no number is not.
fn is_old(version: &str) -> bool {
    let number = version.split(' ').next().unwrap_or_default();
    let parts: Vec<u32> = number.split('.').map_while(|part| part.parse().ok()).collect();
    !parts.is_empty() && parts < vec![3, 0, 4]
}
