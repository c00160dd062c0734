//! Grype's JSON and its table.

use std::collections::HashSet;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    bench::without_colours,
    class::Class,
    formats::no_secrets,
    scan::{DEPENDENCY_METRICS, Scan, cwes, distinct},
    severity::{Severities, Words, of_score},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "grype",
    title: "Grype, JSON, JSON lines or table",
    tool: "Grype",
    note: "One issue a match, so that one vulnerability of two packages counts twice; matches that a rule ignored are \
           kept as suppressed. Distinct vulnerabilities are deps.advisories. The table tells less, and equal rows once.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::of(WORDS).scored(),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities. `Negligible` and `Unknown` are Grype's own words.
const WORDS: Words = &[
    ("Critical", Severity::Critical),
    ("High", Severity::High),
    ("Medium", Severity::Medium),
    ("Low", Severity::Low),
    ("Negligible", Severity::Info),
    ("Unknown", Severity::Info),
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let described = probe.has("matches") && probe.has("descriptor") && probe.has("source");
    let matched = probe.has("matches/[]/vulnerability/id") && probe.has("matches/[]/artifact/name");
    // One match a line, or, in its first versions, nothing but the list of them.
    let lines = ["", "[]/"].iter().any(|prefix| {
        let keys = ["vulnerability/id", "artifact/name", "matchDetails"];
        keys.iter().all(|key| probe.has(&format!("{prefix}{key}")))
    });
    let json = probe.is_object() && (described || matched) || lines;
    match json || probe.head().contains("VULNERABILITY") && is_table(probe.head()) {
        // So does bundler-audit.
        false if is_clean(probe.text()) => Confidence::Possible,
        found => Confidence::certain_if(found),
    }
}

/// The columns of the table that are looked for; some were added in time.
const COLUMNS: [&str; 7] = ["NAME", "INSTALLED", "FIXED", "TYPE", "VULNERABILITY", "SEVERITY", "LOCATION"];

/// Where the columns begin, each with its end, of the header of the table.
fn header(line: &str) -> Option<[Option<(usize, usize)>; 7]> {
    // `FIXED-IN`, or `FIXED IN`.
    let line = line.trim_end();
    if !line.starts_with("NAME ") || !line.is_ascii() {
        return None;
    }
    let starts: Vec<usize> = (0..line.len())
        .filter(|at| !line[*at..].starts_with(' ') && (*at == 0 || line[..*at].ends_with("  ")))
        .collect();
    let columns = COLUMNS.map(|name| {
        let index = starts.iter().position(|at| line[*at..].starts_with(name))?;
        Some((starts[index], starts.get(index + 1).copied().unwrap_or(usize::MAX)))
    });
    let [Some(_), Some(_), Some(_), _, Some(_), Some(_), _] = columns else { return None };
    Some(columns)
}

fn is_table(text: &str) -> bool {
    !text.starts_with('{') && without_colours(text).lines().any(|line| header(line).is_some())
}

/// Whether it is what Grype writes where there would be no row in the table.
fn is_clean(text: &str) -> bool {
    text.trim() == "No vulnerabilities found"
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `grype TARGET -o json > grype.json`";
    if is_table(input.text.trim_start()) || is_clean(input.text) {
        return parse_table(input);
    }
    let values = tree::stream(input.text)?;
    let [(_, document)] = &values[..] else { return parse_matches(input, &values, remedy) };
    let matched = |found: &Tree<'_>| found.has("vulnerability/id") && found.has("artifact");
    if matched(document) {
        return parse_matches(input, &values, remedy);
    }
    let matches = document.get("matches");
    if !document.has("matches") || !document.has("descriptor") && !matches.items().iter().any(matched) {
        return Err(Refusal::not(FORMAT.title, "no `matches` with `descriptor` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    document.text("descriptor/version").clone_into(&mut scan.import.tool_version);
    scan.import.captured_at = document.text("descriptor/timestamp").parse().ok();
    document.first(&["source/target/userInput", "source/target"]).clone_into(&mut scan.import.subject);
    let mut advisories = HashSet::new();
    for (list, suppressed) in [("matches", false), ("ignoredMatches", true)] {
        for (at, found) in scan.objects(document.get(list), &format!("/{list}")) {
            advisories.insert(found.text("vulnerability/id"));
            let issue = Issue { suppressed, ..issue(found, at) };
            scan.add(Class::Dependency, found.text("vulnerability/severity"), issue);
        }
    }
    let mut import = scan.finish(&[Class::Dependency], "/matches");
    import.measure_count("deps.advisories", advisories.len(), "", "/matches");
    Ok(import)
}

/// Reads matches without anything around them.
fn parse_matches(input: &Input<'_>, values: &[(u64, Tree<'_>)], remedy: &str) -> Result<Import, Refusal> {
    let own = |found: &Tree<'_>| found.has("vulnerability/id") && found.has("artifact");
    if values.is_empty() || !values.iter().all(|(_, found)| own(found)) {
        return Err(Refusal::not(FORMAT.title, "no `vulnerability` with `artifact` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let is_list = input.text.trim_start().starts_with('[');
    let mut advisories = HashSet::new();
    for (index, (line, found)) in values.iter().enumerate() {
        advisories.insert(found.text("vulnerability/id"));
        let issue = issue(found, if is_list { format!("/{index}") } else { format!("line {line}") });
        let word = found.text("vulnerability/severity");
        // Where there was no word for it yet.
        let score = found.first(&["vulnerability/cvssV3/baseScore", "vulnerability/cvssV2/baseScore"]);
        match score.parse().ok().and_then(of_score).filter(|_| word.is_empty()) {
            Some(severity) => scan.add_scored(Class::Dependency, severity, score, issue),
            None => scan.add(Class::Dependency, word, issue),
        }
    }
    let mut import = scan.finish(&[Class::Dependency], "line 1");
    import.measure_count("deps.advisories", advisories.len(), "", "line 1");
    Ok(import)
}

fn issue(found: &Tree<'_>, at: String) -> Issue {
    let vulnerability = found.get("vulnerability");
    let related = found.get("relatedVulnerabilities").items();
    let weaknesses = vulnerability.get("cwes").items().iter().map(|cwe| cwe.text("cwe"));
    let description = related.iter().map(|related| related.text("description")).find(|text| !text.is_empty());
    Issue {
        rule: vulnerability.text("id").to_owned(),
        title: format!("{} in {}", vulnerability.text("id"), found.text("artifact/name")),
        message: match vulnerability.text("description") {
            "" => description.unwrap_or_default().to_owned(),
            own => own.to_owned(),
        },
        component: found.text("artifact/name").to_owned(),
        component_version: found.text("artifact/version").to_owned(),
        fixed_version: match &vulnerability.texts("fix/versions")[..] {
            [] => vulnerability.text("fixedInVersion").to_owned(),
            versions => versions.join(", "),
        },
        location: found.get("artifact/locations").items().first().map_or("", |place| place.text("path")).to_owned(),
        cwe: cwes(weaknesses),
        cve: distinct(std::iter::once(vulnerability.text("id")).chain(related.iter().map(|r| r.text("id")))),
        url: vulnerability.text("dataSource").to_owned(),
        at,
        ..Issue::default()
    }
}

fn parse_table(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = without_colours(input.text);
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let (mut columns, mut advisories, mut first) = (None, HashSet::new(), 1);
    for (line, number) in text.lines().zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        if let Some(found) = header(line) {
            (columns, first) = (Some(found), number);
            continue;
        }
        let Some(columns) = &columns else { continue };
        let chars: Vec<char> = line.chars().collect();
        let [name, version, fixed, _, id, word, location] = columns.map(|column| {
            let (start, end) = column.unwrap_or_default();
            let cell: String = chars.get(start..end.min(chars.len())).unwrap_or_default().iter().collect();
            cell.trim().to_owned()
        });
        if id.is_empty() || name.is_empty() || word.is_empty() {
            if !line.trim().is_empty() {
                scan.import.warn(Some(number), "a line without a vulnerability: it is left out");
            }
            continue;
        }
        let severity = word.split(' ').next().unwrap_or_default();
        let issue = Issue {
            rule: id.clone(),
            title: format!("{id} in {name}"),
            component: name,
            component_version: version,
            fixed_version: if fixed.starts_with('(') { String::new() } else { fixed.replace('*', "") },
            location,
            cve: distinct([id.as_str()]),
            suppressed: word.contains("(suppressed"),
            at: format!("line {number}"),
            ..Issue::default()
        };
        advisories.insert(id);
        scan.add(Class::Dependency, severity, issue);
    }
    let at = format!("line {first}");
    let mut import = scan.finish(&[Class::Dependency], &at);
    import.measure_count("deps.advisories", advisories.len(), "", &at);
    Ok(import)
}
