//! OpenVEX: what a vendor says of vulnerabilities in its products.

use std::collections::HashMap;

use groma_model::{Issue, Severity, Timestamp};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json::Text,
    scan::{DEPENDENCY_METRICS, Scan, distinct, paragraphs},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "openvex",
    title: "OpenVEX JSON",
    tool: "OpenVEX",
    note: "One issue a statement and product. What is not affected or fixed, and what a later statement replaces, is kept \
           as suppressed. OpenVEX knows no severity: Medium is assigned at import to what is affected or looked into, \
           Info to all else.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::NONE.assigning(&[
        ("affected", Severity::Medium),
        ("under_investigation", Severity::Medium),
        ("not_affected", Severity::Info),
        ("fixed", Severity::Info),
    ]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let context = probe.has("@context") && probe.head().contains("openvex.dev/ns");
    Confidence::certain_if(probe.is_object() && context && probe.has("statements"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `vexctl`, or another tool that writes OpenVEX";
    let document = tree::object(input.text, FORMAT.title, &["@context", "statements"], remedy)?;
    if !document.texts("@context").iter().any(|context| context.contains("openvex.dev/ns")) {
        return Err(Refusal::not(FORMAT.title, "its `@context` is another", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let issued = document.first(&["last_updated", "timestamp"]);
    scan.import.captured_at = issued.parse().ok();
    document.text("author").clone_into(&mut scan.import.subject);
    // The number of the last issue about the same product, and the time of its statement.
    let mut last: HashMap<(String, String), (usize, Option<Timestamp>)> = HashMap::new();
    for (at, statement) in scan.objects(document.get("statements"), "/statements") {
        let said: Option<Timestamp> =
            [statement.text("last_updated"), statement.text("timestamp"), issued].iter().find_map(|t| t.parse().ok());
        for product in products(statement) {
            let mut issue = issue(statement, &product, &at);
            let key = (issue.rule.clone(), issue.location.clone());
            let status = statement.text("status");
            if let Some((earlier, when)) = last.get(&key).copied() {
                let number = if said >= when { earlier } else { scan.import.issues.len() };
                let replaced = "Replaced by a later statement.";
                match scan.import.issues.get_mut(number) {
                    Some(old) => {
                        old.suppressed = true;
                        old.message = paragraphs([&old.message, replaced]);
                    }
                    None => {
                        issue.suppressed = true;
                        issue.message = paragraphs([&issue.message, replaced]);
                    }
                }
            }
            if last.get(&key).is_none_or(|(_, when)| said >= *when) {
                last.insert(key, (scan.import.issues.len(), said));
            }
            match status {
                "affected" | "under_investigation" => {
                    scan.add_assigned(Class::Dependency, Severity::Medium, status, issue);
                }
                "not_affected" | "fixed" => {
                    issue.suppressed = true;
                    scan.add_assigned(Class::Dependency, Severity::Info, status, issue);
                }
                other => scan.add(Class::Dependency, other, issue),
            }
        }
    }
    Ok(scan.finish(&[Class::Dependency], "/statements"))
}

/// The products of a statement with their parts; one without a name where it names none.
fn products(statement: &Tree<'_>) -> Vec<String> {
    // The first versions of OpenVEX listed plain names.
    let id = |item: &Tree<'_>| match item {
        Tree::Scalar(Text(name)) => name.to_string(),
        product => product.first(&["@id", "identifiers/purl", "identifiers/cpe23", "identifiers/cpe22"]).to_owned(),
    };
    let mut all = Vec::new();
    for product in statement.get("products").items() {
        let parts = product.get("subcomponents").items();
        match parts.is_empty() {
            true => all.push(id(product)),
            false => all.extend(parts.iter().map(|part| format!("{} in {}", id(part), id(product)))),
        }
    }
    if all.is_empty() {
        all.push(String::new());
    }
    all
}

fn issue(statement: &Tree<'_>, product: &str, at: &str) -> Issue {
    let vulnerability = statement.get("vulnerability");
    let id = match vulnerability.text_itself() {
        "" => vulnerability.first(&["name", "@id"]),
        id => id,
    };
    let part = product.split(" in ").next().unwrap_or_default();
    // `pkg:apk/alpine/openssl@3.0.1?arch=x86_64` names a package and its version.
    let (component, version) = match part.strip_prefix("pkg:") {
        Some(package) => {
            let package = package.split(['?', '#']).next().unwrap_or_default();
            package.rsplit_once('@').unwrap_or((package, ""))
        }
        None => (part, ""),
    };
    Issue {
        rule: id.to_owned(),
        title: match component {
            "" => format!("{id} is {}", statement.text("status").replace('_', " ")),
            component => format!("{id} in {component} is {}", statement.text("status").replace('_', " ")),
        },
        message: paragraphs([
            vulnerability.text("description"),
            statement.text("status_notes"),
            statement.text("justification"),
            statement.text("impact_statement"),
            statement.text("action_statement"),
        ]),
        component: component.to_owned(),
        component_version: version.to_owned(),
        location: product.to_owned(),
        cve: distinct(std::iter::once(id).chain(vulnerability.texts("aliases"))),
        url: vulnerability.text("@id").to_owned(),
        at: at.to_owned(),
        ..Issue::default()
    }
}
