//! `composer audit --format=json`.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
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
    title: "composer audit --format=json",
    tool: "Composer",
    note: "One issue an advisory of a package, ignored ones kept as suppressed; an abandoned package is an issue of its own, \
           Low, assigned at import, and no vulnerability.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::of(COMMON).assigning(&[("", Severity::Low)]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
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
