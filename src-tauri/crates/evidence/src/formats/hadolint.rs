//! hadolint's JSON, of its own and Code Climate's kind, its Checkstyle and what it prints for people.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{CONFIG_METRICS, Scan, headline},
    severity::{Severities, Words},
    tree::Tree,
    xml::{self, Xml, attribute},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "hadolint",
    title: "hadolint, JSON, Checkstyle, Code Climate or text",
    tool: "hadolint",
    note: "One issue a result.",
    metrics: CONFIG_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities; those of Code Climate below.
const WORDS: Words = &[
    ("error", Severity::High),
    ("warning", Severity::Medium),
    ("info", Severity::Low),
    ("style", Severity::Info),
    ("blocker", Severity::High),
    ("critical", Severity::High),
    ("major", Severity::Medium),
    ("minor", Severity::Low),
];

const REMEDY: &str = "export it with `hadolint --format json Dockerfile > hadolint.json`";

fn sniff(probe: &Probe<'_>) -> Confidence {
    let all = |keys: &[&str]| probe.is_list() && keys.iter().all(|key| probe.has(&format!("[]/{key}")));
    let climate = all(&["check_name", "description", "severity", "location/path"]) && names_rule(probe.head());
    // ShellCheck's list has these keys too, and numbers for codes.
    let own = all(&["code", "level", "file", "column"]) && probe.head().split('"').any(is_rule);
    let checkstyle = xml::root(probe.head()) == "checkstyle" && names_rule(probe.head());
    Confidence::certain_if(own || climate || checkstyle || is_text(probe.head()))
}

/// Whether a name is one of hadolint's or `ShellCheck`'s rules.
fn is_rule(name: &str) -> bool {
    let digits = name.strip_prefix("DL").or_else(|| name.strip_prefix("SC")).unwrap_or_default();
    digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a rule of hadolint's own is quoted in a text.
fn names_rule(text: &str) -> bool {
    let quoted = |quote: &str| text.split(quote).any(|part| is_rule(part) && part.starts_with("DL"));
    quoted("\"") || quoted("'")
}

/// A result as it is printed.
struct Printed<'a> {
    file: &'a str,
    line: Option<u64>,
    code: &'a str,
    level: &'a str,
    message: &'a str,
}

/// `Dockerfile:3 DL3006 warning: …`, or as GNU's tools would: `hadolint:Dockerfile:3: DL3006 warning: …`.
fn printed(line: &str) -> Option<Printed<'_>> {
    let (at, _) = line
        .match_indices(" DL")
        .chain(line.match_indices(" SC"))
        .find(|(at, _)| line.get(at + 1..at + 7).is_some_and(is_rule) && line[at + 7..].starts_with(' '))?;
    let (level, message) = line[at + 8..].split_once(": ")?;
    if !WORDS.iter().any(|(word, _)| *word == level) {
        return None;
    }
    let place = line[..at].trim_end_matches(':');
    let (file, number) = place.strip_prefix("hadolint:").unwrap_or(place).rsplit_once(':')?;
    Some(Printed { file, line: number.parse().ok(), code: &line[at + 1..at + 7], level, message: message.trim() })
}

fn is_text(text: &str) -> bool {
    !text.starts_with(['{', '[', '<', '#']) && text.lines().take(5).any(|line| printed(line).is_some())
}

/// A result, whatever form it comes in.
fn issue(found: &Printed<'_>, at: String) -> Issue {
    let wiki =
        found.code.starts_with("DL").then(|| format!("https://github.com/hadolint/hadolint/wiki/{}", found.code));
    Issue {
        rule: found.code.to_owned(),
        title: headline(found.message),
        message: found.message.to_owned(),
        component: found.file.to_owned(),
        location: found.file.to_owned(),
        line: found.line.filter(|line| *line > 0),
        url: wiki.unwrap_or_default(),
        at,
        ..Issue::default()
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    match input.text.trim_start().as_bytes().first() {
        Some(b'<') => return parse_checkstyle(input),
        Some(b'[') => {}
        _ if is_text(input.text.trim_start()) => return parse_text(input),
        _ => {}
    }
    let document: Tree<'_> = json::parse(input.text)?;
    let climate = |item: &Tree<'_>| item.has("check_name") && item.has("location/path");
    if !document.items().is_empty() && document.items().iter().all(climate) && names_rule(input.text) {
        return Ok(parse_climate(input, &document));
    }
    let own = |item: &Tree<'_>| item.has("code") && item.has("level");
    if !matches!(document, Tree::List(_)) || !document.items().iter().all(own) {
        return Err(Refusal::not(FORMAT.title, "its items have no `code` with `level`", REMEDY));
    }
    if !document.items().is_empty() && !document.items().iter().any(|item| is_rule(item.text("code"))) {
        return Err(Refusal::not(FORMAT.title, "none of its codes is a rule of hadolint's", REMEDY));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    if document.items().is_empty() {
        scan.import.note(Some(1), "`[]`, read as hadolint's word for nothing found");
    }
    for (at, found) in scan.objects(&document, "") {
        let printed = Printed {
            file: found.text("file"),
            line: found.line(&["line"]),
            code: found.text("code"),
            level: found.text("level"),
            message: found.text("message"),
        };
        scan.add(Class::Config, printed.level, issue(&printed, at));
    }
    Ok(scan.finish(&[Class::Config], "line 1"))
}

fn parse_climate(input: &Input<'_>, document: &Tree<'_>) -> Import {
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    for (at, found) in scan.objects(document, "") {
        let printed = Printed {
            file: found.text("location/path"),
            line: found.line(&["location/lines/begin", "location/positions/begin/line"]),
            code: found.text("check_name"),
            // Where hadolint says `style`, Code Climate knows but this.
            level: match found.text("severity") {
                "info" => "style",
                level => level,
            },
            message: found.text("description"),
        };
        scan.add(Class::Config, printed.level, issue(&printed, at));
    }
    scan.finish(&[Class::Config], "line 1")
}

fn parse_checkstyle(input: &Input<'_>) -> Result<Import, Refusal> {
    let content = xml::without_doctype(input.text);
    let document = Xml::parse(&content, FORMAT.title, "checkstyle", REMEDY)?;
    if !document.all("error").any(|error| is_rule(attribute(error, "source"))) {
        return Err(Refusal::not(FORMAT.title, "none of its sources is a rule of hadolint's", REMEDY));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    for error in document.all("error") {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let printed = Printed {
            file: error.parent().map_or("", |file| attribute(file, "name")),
            line: attribute(error, "line").parse().ok(),
            code: attribute(error, "source"),
            level: attribute(error, "severity"),
            message: attribute(error, "message"),
        };
        scan.add(Class::Config, printed.level, issue(&printed, document.at(error)));
    }
    Ok(scan.finish(&[Class::Config], "line 1"))
}

fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    for (line, number) in input.text.lines().zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        match printed(line.trim()) {
            Some(printed) => scan.add(Class::Config, printed.level, issue(&printed, format!("line {number}"))),
            // `Dockerfile:5:1 unexpected 'X'`: what stands below was not looked at.
            None if line.contains(" unexpected ") || line.contains(": unexpected") => scan.add_error(line),
            None => {}
        }
    }
    Ok(scan.finish(&[Class::Config], "line 1"))
}
