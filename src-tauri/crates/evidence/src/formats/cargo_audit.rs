//! cargo-audit's JSON.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
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
    title: "cargo audit --json",
    tool: "cargo audit",
    note: "One issue a vulnerability and one a warning (unmaintained, unsound, yanked), told apart as scan.kind; only \
           the former are deps.vulnerabilities. The severity is reckoned from the CVSS vector; without one a \
           vulnerability is High and a warning Low, assigned at import.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::NONE.scored().assigning(&[("", Severity::High), ("", Severity::Low)]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.has("database") && probe.has("lockfile") && probe.has("vulnerabilities/list"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `cargo audit --json > audit.json`";
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
