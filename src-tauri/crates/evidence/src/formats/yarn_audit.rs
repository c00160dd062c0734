//! `yarn audit --json` of Yarn 1, and `yarn npm audit --json` of Yarn 4: one object a line.

use std::collections::HashSet;

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    npm,
    scan::{Scan, cwes, distinct},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "yarn-audit",
    title: "yarn audit --json (Yarn 1), yarn npm audit --json (Yarn 4)",
    tool: "yarn audit",
    note: "One issue a line, so that an advisory counts once for each path that leads to it; distinct advisories are \
           deps.advisories. Packages that Yarn 4 says are deprecated are scan.kind `deprecation`, and not counted as \
           vulnerable.",
    metrics: npm::METRICS,
    severities: Severities::of(npm::WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let classic = probe.has("type") && (probe.has("data/advisory") || probe.has("data/vulnerabilities"));
    let berry = probe.has("value") && probe.has("children/Severity") && probe.has("children/Issue");
    // It found nothing out, and says why.
    let failed = probe.has("type")
        && probe.has("data")
        && probe.only(&["type", "data"])
        && probe.head().contains("\"type\":\"error\"")
        && probe.head().contains("yarn");
    Confidence::certain_if(probe.is_object() && (classic || berry || failed))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let lines = tree::stream(input.text)?;
    let classic = lines.iter().any(|(_, line)| line.text("type") == "auditSummary" || line.has("data/advisory"));
    let berry = !lines.is_empty() && lines.iter().all(|(_, line)| line.has("children/Severity"));
    if let Some((at, error)) = lines.iter().find(|(_, line)| line.text("type") == "error") {
        let reason = format!("yarn reports an error: {}", error.text("data"));
        return Err(Refusal::new(reason, "remove the cause and run `yarn audit --json` again").at_line(*at));
    }
    if !classic && !berry {
        let remedy = "export it with `yarn audit --json > audit.json`";
        return Err(Refusal::not(FORMAT.title, "neither `auditSummary` nor `children` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, npm::WORDS, input);
    let mut advisories = HashSet::new();
    for (line, object) in &lines {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let at = format!("line {line}");
        match object.text("type") {
            "auditAdvisory" => {
                let advisory = object.get("data/advisory");
                advisories.insert(advisory.first(&["github_advisory_id", "id"]));
                scan.add(Class::Dependency, advisory.text("severity"), advisory_issue(object, advisory, at));
            }
            "" if object.has("children") => {
                let children = object.get("children");
                let id = children.text("ID");
                // A package that nobody looks after is not vulnerable for that.
                let class = match id.ends_with("(deprecation)") {
                    true => {
                        scan.add_kind("deprecation");
                        None
                    }
                    false => {
                        advisories.insert(id);
                        Some(Class::Dependency)
                    }
                };
                scan.add(class, children.text("Severity"), tree_issue(object, children, at));
            }
            "warning" | "info" => scan.import.note(Some(*line), format!("yarn says: {}", object.text("data"))),
            _ => {}
        }
    }
    let summary = lines.iter().find(|(_, line)| line.text("type") == "auditSummary");
    let total = summary.and_then(|(_, summary)| summary.number("data/totalDependencies"));
    if total == Some(0.0) {
        scan.looked_at_nothing("yarn looked at no dependency");
    }
    let mut import = scan.finish(&[Class::Dependency], "line 1");
    if total != Some(0.0) {
        import.measure_count("deps.advisories", advisories.len(), "", "line 1");
    }
    let Some((line, summary)) = summary else {
        if classic {
            import.error(None, "no `auditSummary` in it: the report breaks off");
        }
        return Ok(import);
    };
    let at = format!("line {line}");
    for (word, count) in summary.get("data/vulnerabilities").entries() {
        if let Tree::Scalar(count) = count {
            import.measure("deps.reported", count.number().unwrap_or(f64::NAN), word.as_str(), &*at);
        }
    }
    if let Some(total) = total {
        import.measure("deps.dependencies", total, "", at);
    }
    Ok(import)
}

fn advisory_issue(object: &Tree<'_>, advisory: &Tree<'_>, at: String) -> Issue {
    let rule = advisory.first(&["github_advisory_id", "id"]);
    let name = advisory.text("module_name");
    let versions = advisory.get("findings").items().iter().map(|finding| finding.text("version"));
    let patched = advisory.text("patched_versions");
    Issue {
        fingerprint: format!("{rule}:{name}:{}", object.text("data/resolution/path")),
        rule: rule.to_owned(),
        title: advisory.text("title").trim().to_owned(),
        message: advisory.text("overview").to_owned(),
        component: name.to_owned(),
        component_version: distinct(versions).join(", "),
        // `<0.0.0` says that no version is patched.
        fixed_version: if patched == "<0.0.0" { String::new() } else { patched.to_owned() },
        location: object.text("data/resolution/path").to_owned(),
        cwe: cwes(advisory.texts("cwe")),
        cve: distinct(advisory.texts("cves").into_iter().chain([advisory.text("github_advisory_id")])),
        url: advisory.text("url").to_owned(),
        at,
        ..Issue::default()
    }
}

fn tree_issue(object: &Tree<'_>, children: &Tree<'_>, at: String) -> Issue {
    let url = children.text("URL");
    let advisory = url.rsplit('/').next().filter(|last| last.starts_with("GHSA-")).unwrap_or_default();
    Issue {
        rule: if advisory.is_empty() { children.text("ID") } else { advisory }.to_owned(),
        title: children.text("Issue").to_owned(),
        component: object.text("value").to_owned(),
        component_version: children.texts("Tree Versions").join(", "),
        location: children.texts("Dependents").first().copied().unwrap_or_default().to_owned(),
        cve: distinct([advisory]),
        url: url.to_owned(),
        at,
        ..Issue::default()
    }
}
