//! cargo-audit's JSON, and what it prints.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    bench::without_colours,
    class::Class,
    cvss::base_score,
    formats::no_secrets,
    json::pointer,
    scan::{DEPENDENCY_METRICS, Scan, distinct},
    severity::{Severities, of_score},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "cargo-audit",
    title: "cargo audit, JSON or text",
    tool: "cargo audit",
    note: "One issue a vulnerability and one a warning (unmaintained, unsound, yanked), told apart as scan.kind; only \
           the former are deps.vulnerabilities. The severity is reckoned from the CVSS vector, or by the score in the \
           text; without one a vulnerability is High and a warning Low, assigned at import.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::NONE.scored().assigning(&[("", Severity::High), ("", Severity::Low)]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let json = probe.has("database") && probe.has("lockfile") && probe.has("vulnerabilities/list");
    Confidence::certain_if(json || is_text(probe.head()))
}

/// A field of what it prints: `Crate:     smallvec`.
fn printed(line: &str) -> Option<(&str, &str)> {
    const KEYS: &[&str] = &["Crate", "Version", "Title", "Date", "ID", "URL", "Severity", "Solution", "Warning"];
    let (key, value) = line.split_once(':')?;
    (KEYS.contains(&key) && value.starts_with(' ')).then(|| (key, value.trim()))
}

/// Of how many crates it says that it looked at them.
fn looked_at(line: &str) -> Option<f64> {
    let (_, told) = line.trim().strip_prefix("Scanning ")?.rsplit_once(" for vulnerabilities (")?;
    told.strip_suffix(" crate dependencies)")?.parse().ok()
}

fn is_text(text: &str) -> bool {
    if text.trim_start().starts_with(['{', '[', '<']) {
        return false;
    }
    let text = without_colours(text);
    let has = |key: &str| text.lines().any(|line| printed(line).is_some_and(|(found, _)| found == key));
    text.lines().any(|line| looked_at(line).is_some())
        || text.contains("RUSTSEC-") && has("Crate") && has("Version") && has("ID")
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `cargo audit --json > audit.json`";
    if is_text(input.text) {
        return parse_text(input);
    }
    let keys = ["database", "lockfile", "vulnerabilities/list"];
    let document = tree::object(input.text, FORMAT.title, &keys, remedy)?;
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    for (at, found) in scan.objects(document.get("vulnerabilities/list"), "/vulnerabilities/list") {
        scan.add_kind("vulnerability");
        let vector = found.text("advisory/cvss");
        match base_score(vector).and_then(of_score) {
            Some(severity) => scan.add_scored(Class::Dependency, severity, vector, issue(found, "", at)),
            None => {
                if !vector.is_empty() {
                    scan.import.warn(None, format!("`{vector}` is no vector of CVSS 3: its score is not known"));
                }
                scan.add_assigned(Class::Dependency, Severity::High, vector, issue(found, "", at));
            }
        }
    }
    let warnings = document.get("warnings");
    // Old versions write one list, new ones a list by kind.
    let mut lists: Vec<(&str, &Tree<'_>, String)> = Vec::new();
    match warnings {
        Tree::List(_) => lists.push(("", warnings, "/warnings".to_owned())),
        _ => lists.extend(warnings.entries().iter().map(|(kind, list)| {
            let kind = kind.as_str();
            (kind, list, format!("/warnings/{}", pointer(kind)))
        })),
    }
    for (kind, list, at) in lists {
        for (at, found) in scan.objects(list, &at) {
            let kind = if kind.is_empty() { found.text("kind") } else { kind };
            scan.add_kind(kind);
            scan.add_assigned(None, Severity::Low, "", issue(found, kind, at));
        }
    }
    let mut import = scan.finish(&[Class::Dependency], "/vulnerabilities/list");
    if let Some(total) = document.number("lockfile/dependency-count") {
        import.measure("deps.dependencies", total, "", "/lockfile/dependency-count");
    }
    Ok(import)
}

fn issue(found: &Tree<'_>, kind: &str, at: String) -> Issue {
    let (id, name) = (found.text("advisory/id"), found.text("package/name"));
    Issue {
        rule: if id.is_empty() { kind.to_owned() } else { id.to_owned() },
        title: match found.text("advisory/title") {
            "" => format!("{name} is {kind}"),
            title => title.to_owned(),
        },
        message: found.text("advisory/description").to_owned(),
        component: name.to_owned(),
        component_version: found.text("package/version").to_owned(),
        // Old versions say it of the advisory.
        fixed_version: match &found.texts("versions/patched")[..] {
            [] => found.texts("advisory/patched_versions").join(", "),
            versions => versions.join(", "),
        },
        cve: distinct(std::iter::once(id).chain(found.texts("advisory/aliases"))),
        url: found.text("advisory/url").to_owned(),
        at,
        ..Issue::default()
    }
}

fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = without_colours(input.text);
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let mut fields: Vec<(&str, &str)> = Vec::new();
    let (mut start, mut dependencies) = (1, None);
    let (mut found, mut stated) = (0_u64, None);
    for (line, number) in text.lines().chain([""]).zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        if let Some(field) = printed(line) {
            if fields.is_empty() {
                start = number;
            }
            // Where nothing stands between two of them.
            if fields.iter().any(|(key, _)| *key == field.0) {
                found += u64::from(add_printed(&mut scan, &fields, start));
                (fields, start) = (Vec::new(), number);
            }
            fields.push(field);
            continue;
        }
        if !fields.is_empty() && line.trim().is_empty() {
            found += u64::from(add_printed(&mut scan, &fields, start));
            fields.clear();
        }
        if let Some(count) = looked_at(line) {
            dependencies = Some((count, number));
        } else if let Some(rest) = line.trim().strip_prefix("error: ") {
            // `error: 2 vulnerabilities found!`
            let count = rest.split(' ').next().and_then(|count| count.parse::<u64>().ok());
            match count.filter(|_| rest.contains(" vulnerabilit")) {
                Some(count) => stated = Some(count),
                None if rest.contains("denied warning") => {}
                None => scan.add_error(rest),
            }
        }
    }
    if let Some(stated) = stated.filter(|stated| *stated > 0 && found == 0) {
        let lacks = format!("it counts {stated} vulnerabilities and tells none of them");
        return Err(Refusal::not(FORMAT.title, &lacks, "export it with `cargo audit --json > audit.json`"));
    }
    if let Some(stated) = stated.filter(|stated| *stated != found) {
        scan.import.warn(None, format!("it states {stated} vulnerabilities, {found} stand in the text"));
    }
    let mut import = scan.finish(&[Class::Dependency], "line 1");
    if let Some((count, line)) = dependencies {
        import.measure("deps.dependencies", count, "", format!("line {line}"));
    }
    Ok(import)
}

/// Adds what is printed of one package, and says whether it is a vulnerability.
fn add_printed(scan: &mut Scan<'_>, fields: &[(&str, &str)], line: u64) -> bool {
    let field = |key: &str| fields.iter().find(|(found, _)| *found == key).map_or("", |(_, value)| value);
    let (id, name, kind) = (field("ID"), field("Crate"), field("Warning"));
    if name.is_empty() {
        scan.import.warn(Some(line), "an advisory without a crate: it is left out");
        return false;
    }
    let solution = field("Solution");
    let issue = Issue {
        rule: if id.is_empty() { kind.to_owned() } else { id.to_owned() },
        title: match field("Title") {
            "" => format!("{name} is {kind}"),
            title => title.to_owned(),
        },
        component: name.to_owned(),
        component_version: field("Version").to_owned(),
        fixed_version: match solution.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("upgrade to ")) {
            true => solution[11..].replace(" OR ", ", "),
            false => String::new(),
        },
        cve: distinct([id]),
        url: field("URL").to_owned(),
        at: format!("line {line}"),
        ..Issue::default()
    };
    if !kind.is_empty() {
        scan.add_kind(kind);
        scan.add_assigned(None, Severity::Low, "", issue);
        return false;
    }
    scan.add_kind("vulnerability");
    // `9.8 (critical)`
    let score = field("Severity").split(' ').next().unwrap_or_default();
    match score.parse().ok().and_then(of_score) {
        Some(severity) => scan.add_scored(Class::Dependency, severity, field("Severity"), issue),
        None => scan.add_assigned(Class::Dependency, Severity::High, "", issue),
    }
    true
}
