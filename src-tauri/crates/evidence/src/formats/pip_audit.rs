//! pip-audit's JSON, the list of old versions and the object of new ones.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{DEPENDENCY_METRICS, Scan, distinct},
    severity::Severities,
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "pip-audit",
    title: "pip-audit --format json",
    tool: "pip-audit",
    note: "One issue a vulnerability of a package. pip-audit knows no severity: Medium is assigned at import. Packages \
           it skipped are deps.skipped.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::NONE.assigning(&[("", Severity::Medium)]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let list = probe.has("[]/name") && (probe.has("[]/vulns") || probe.has("[]/skip_reason"));
    let object = probe.has("dependencies/[]/vulns") || probe.has("dependencies/[]/skip_reason");
    let start: String = probe.text().chars().filter(|c| !c.is_whitespace()).take(17).collect();
    let empty = start == "{\"dependencies\":[" && probe.only(&["dependencies", "fixes"]);
    Confidence::certain_if(list || object || empty)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Tree<'_> = json::parse(input.text)?;
    let (list, at) = match &document {
        Tree::List(_) => (&document, ""),
        _ => (document.get("dependencies"), "/dependencies"),
    };
    let own = |item: &Tree<'_>| item.has("name") && (item.has("vulns") || item.has("skip_reason"));
    if !matches!(list, Tree::List(_)) || !list.items().iter().all(own) || at.is_empty() && list.items().is_empty() {
        let remedy = "export it with `pip-audit --format json --output pip-audit.json`";
        return Err(Refusal::not(FORMAT.title, "its items have no `name` with `vulns`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let mut skipped = 0;
    for (place, package) in scan.objects(list, at) {
        if package.has("skip_reason") {
            skipped += 1;
            let name = package.text("name");
            scan.import.warn(None, format!("{name} was not looked at: {}", package.text("skip_reason")));
        }
        for (at, found) in scan.objects(package.get("vulns"), &format!("{place}/vulns")) {
            let id = found.text("id");
            let issue = Issue {
                rule: id.to_owned(),
                title: format!("{id} in {}", package.text("name")),
                message: found.text("description").to_owned(),
                component: package.text("name").to_owned(),
                component_version: package.text("version").to_owned(),
                fixed_version: found.texts("fix_versions").join(", "),
                cve: distinct(std::iter::once(id).chain(found.texts("aliases"))),
                at,
                ..Issue::default()
            };
            scan.add_assigned(Class::Dependency, Severity::Medium, "", issue);
        }
    }
    if list.items().is_empty() {
        scan.looked_at_nothing("no package in it: nothing was looked at");
    }
    let at = if at.is_empty() { "line 1" } else { at };
    let mut import = scan.finish(&[Class::Dependency], at);
    import.measure_count("deps.dependencies", list.items().len(), "", at);
    import.measure_count("deps.skipped", skipped, "", at);
    Ok(import)
}
