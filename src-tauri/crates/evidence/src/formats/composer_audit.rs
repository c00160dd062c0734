//! `composer audit`, JSON, table or plain.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    bench::without_colours,
    class::Class,
    formats::no_secrets,
    json::pointer,
    scan::{COMMON, DEPENDENCY_METRICS, Scan, distinct},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "composer-audit",
    title: "composer audit --format=json, table, plain",
    tool: "Composer",
    note: "One issue an advisory of a package, ignored ones kept as suppressed; an abandoned package is an issue of its own, \
           Low, assigned at import, and no vulnerability.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::of(COMMON).assigning(&[("", Severity::Low)]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// A row of a table, `| Package  | a/b |`, or of what it prints plain, `Package: a/b`.
fn row(line: &str) -> Option<(&str, &str)> {
    const KEYS: &[&str] = &[
        "Package",
        "Severity",
        "Advisory ID",
        "CVE",
        "Title",
        "URL",
        "Affected versions",
        "Reported at",
        "Ignore reason",
        "Abandoned Package",
    ];
    let line = line.trim();
    let (key, value) = match line.strip_prefix("| ").and_then(|line| line.strip_suffix('|')) {
        Some(cells) => cells.split_once(" | ")?,
        None => line.split_once(':')?,
    };
    let (key, value) = (key.trim(), value.trim());
    (KEYS.contains(&key) || key.is_empty() && line.starts_with('|')).then_some((key, value))
}

/// What it writes last where there is nothing.
const CLEAN: &str = "No security vulnerability advisories found";

/// Whether it is what Composer prints.
pub(crate) fn is_text(head: &str) -> bool {
    if head.trim_start().starts_with(['{', '[', '<']) {
        return false;
    }
    let head = without_colours(head);
    let has = |key: &str| head.lines().any(|line| row(line).is_some_and(|(found, _)| found == key));
    head.contains(CLEAN) || has("Package") && has("Affected versions")
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    if is_text(probe.head()) {
        return Confidence::Certain;
    }
    let own =
        probe.has("abandoned") || probe.has("advisories/*/[]/advisoryId") || probe.has("advisories/*/*/advisoryId");
    Confidence::certain_if(
        probe.is_object() && probe.has("advisories") && (own && !probe.has("metadata") || is_bare(probe.text())),
    )
}

/// What the first versions write where they found nothing: PHP's empty list in place of an object.
fn is_bare(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).take(20).collect();
    compact == r#"{"advisories":[]}"#
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `composer audit --format=json > audit.json`";
    if is_text(input.text) {
        return parse_text(input);
    }
    let document = tree::object(input.text, FORMAT.title, &["advisories"], remedy)?;
    let is_advisory = |item: &Tree<'_>| item.has("advisoryId");
    let own = document.get("advisories").entries().iter().any(|(_, list)| {
        list.items().iter().any(is_advisory) || list.entries().iter().any(|(_, item)| is_advisory(item))
    });
    if document.has("metadata") || !own && !document.has("abandoned") && !is_bare(input.text) {
        return Err(Refusal::not(FORMAT.title, "no `abandoned` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    for repository in document.texts("unreachable-repositories") {
        scan.add_error(&format!("{repository} did not answer: what it knows is not in here"));
    }
    for (list, suppressed) in [("advisories", false), ("ignored-advisories", true)] {
        for (package, found) in document.get(list).entries() {
            let at = format!("/{list}/{}", pointer(package.as_str()));
            // Where some were left out before, PHP writes those that remain as an object, by number.
            let advisories: Vec<_> = match found {
                Tree::Object(entries) => {
                    let odd = entries.iter().filter(|(_, item)| !matches!(item, Tree::Object(_))).count();
                    if odd > 0 {
                        scan.import.error(None, format!("{odd} items of {at} are no objects: left out"));
                    }
                    let objects = entries.iter().filter(|(_, item)| matches!(item, Tree::Object(_)));
                    objects.map(|(key, item)| (format!("{at}/{}", pointer(key.as_str())), item)).collect()
                }
                _ => scan.objects(found, &at).collect(),
            };
            for (at, advisory) in advisories {
                scan.add_kind("advisory");
                let issue = Issue { suppressed, ..issue(package.as_str(), advisory, at) };
                scan.add(Class::Dependency, advisory.text("severity"), issue);
            }
        }
    }
    for (package, instead) in document.get("abandoned").entries() {
        scan.add_kind("abandoned");
        let issue = Issue {
            rule: "abandoned".to_owned(),
            title: format!("{package} is abandoned"),
            message: match instead.text_itself() {
                "" => String::new(),
                instead => format!("Use {instead} instead."),
            },
            component: package.to_string(),
            at: format!("/abandoned/{}", pointer(package.as_str())),
            ..Issue::default()
        };
        scan.add_assigned(None, Severity::Low, "", issue);
    }
    Ok(scan.finish(&[Class::Dependency], "/advisories"))
}

fn issue(package: &str, advisory: &Tree<'_>, at: String) -> Issue {
    let remote = advisory.get("sources").items().iter().map(|source| source.text("remoteId"));
    Issue {
        rule: advisory.text("advisoryId").to_owned(),
        title: advisory.text("title").to_owned(),
        message: format!("Affected versions: {}", advisory.text("affectedVersions")),
        component: package.to_owned(),
        cve: distinct(std::iter::once(advisory.text("cve")).chain(remote.filter(|id| id.starts_with("GHSA-")))),
        url: advisory.text("link").to_owned(),
        at,
        ..Issue::default()
    }
}

fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = without_colours(input.text);
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    let (mut fields, mut start, mut abandoned): (Vec<(&str, String)>, u64, bool) = (Vec::new(), 1, false);
    let mut stated = 0;
    for (line, number) in text.lines().chain(["--------"]).zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let trimmed = line.trim();
        // `Found 2 security vulnerability advisories affecting 1 package:`
        if let Some(told) = trimmed.strip_prefix("Found ").filter(|told| told.contains("advisor")) {
            stated += told.split(' ').next().and_then(|count| count.parse::<usize>().ok()).unwrap_or_default();
        }
        if let Some((package, rest)) = trimmed.split_once(" is abandoned. ") {
            add_abandoned(&mut scan, package, rest, number);
            continue;
        }
        match row(line) {
            Some(("Abandoned Package", _)) => abandoned = true,
            // A cell too long for its row goes on in the next.
            Some(("", more)) => {
                if let Some((_, value)) = fields.last_mut() {
                    *value = format!("{value} {more}").trim().to_owned();
                }
            }
            Some((key, value)) => {
                if key == "Package" {
                    add_printed(&mut scan, &std::mem::take(&mut fields), start);
                    (start, abandoned) = (number, false);
                }
                fields.push((key, value.to_owned()));
            }
            None if abandoned && trimmed.starts_with("| ") => {
                let cells = trimmed.trim_matches('|').split_once(" | ").unwrap_or_default();
                add_abandoned(&mut scan, cells.0.trim(), cells.1.trim(), number);
            }
            None if trimmed.starts_with("--------") || trimmed.starts_with("Found ") => {
                add_printed(&mut scan, &std::mem::take(&mut fields), start);
                abandoned = false;
            }
            None => {}
        }
    }
    let found = scan.import.issues.iter().filter(|issue| issue.rule != "abandoned").count();
    if stated > found {
        scan.import.warn(None, format!("it states {stated} advisories, {found} stand in the text"));
    }
    Ok(scan.finish(&[Class::Dependency], "line 1"))
}

fn add_abandoned(scan: &mut Scan<'_>, package: &str, instead: &str, line: u64) {
    scan.add_kind("abandoned");
    let instead = match instead {
        "none" | "No replacement was suggested." => String::new(),
        instead if instead.starts_with("Use ") => instead.to_owned(),
        instead => format!("Use {instead} instead."),
    };
    let issue = Issue {
        rule: "abandoned".to_owned(),
        title: format!("{package} is abandoned"),
        message: instead,
        component: package.to_owned(),
        at: format!("line {line}"),
        ..Issue::default()
    };
    scan.add_assigned(None, Severity::Low, "", issue);
}

fn add_printed(scan: &mut Scan<'_>, fields: &[(&str, String)], line: u64) {
    let field = |key: &str| fields.iter().find(|(found, _)| *found == key).map_or("", |(_, value)| value.as_str());
    let has = |key: &str| fields.iter().any(|(found, _)| *found == key);
    if field("Package").is_empty() || !has("Affected versions") {
        return;
    }
    scan.add_kind("advisory");
    let cve = Some(field("CVE")).filter(|cve| cve.starts_with("CVE-")).unwrap_or_default();
    let issue = Issue {
        rule: [field("Advisory ID"), cve].into_iter().find(|id| !id.is_empty()).unwrap_or_default().to_owned(),
        title: field("Title").to_owned(),
        message: format!("Affected versions: {}", field("Affected versions")),
        component: field("Package").to_owned(),
        cve: distinct([cve]),
        url: field("URL").to_owned(),
        suppressed: has("Ignore reason"),
        at: format!("line {line}"),
        ..Issue::default()
    };
    scan.add(Class::Dependency, field("Severity"), issue);
}
