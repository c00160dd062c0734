//! SPDX 2, as JSON and as tag and value.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{DEPENDENCY_METRICS, Scan, cves},
    severity::Severities,
    tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "spdx",
    title: "SPDX 2 (JSON, tag-value)",
    tool: "SPDX",
    note: "One issue a security advisory that a package refers to. SPDX knows no severity: Medium is assigned at import. A \
           bill of materials without advisories says what is used, not that it is safe.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::NONE.assigning(&[("", Severity::Medium)]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let tags = probe.lines(50).any(|line| line.starts_with("SPDXVersion: SPDX-2"));
    let own = probe.has("SPDXID") && (probe.has("creationInfo") || probe.has("packages/[]/SPDXID"));
    Confidence::certain_if(probe.is_object() && (probe.has("spdxVersion") || own) || tags)
}

/// A package and the place it stands at.
#[derive(Default)]
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    packages: usize,
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it as SPDX 2.3, JSON or tag-value";
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let packages = if input.text.trim_start().starts_with('{') {
        let document = tree::object(input.text, FORMAT.title, &["spdxVersion", "SPDXID"], remedy)?;
        if !document.text("spdxVersion").starts_with("SPDX-2") {
            return Err(Refusal::not(FORMAT.title, "its version is another", remedy));
        }
        document.text("name").clone_into(&mut scan.import.subject);
        scan.import.captured_at = document.text("creationInfo/created").parse().ok();
        for (at, found) in scan.objects(document.get("packages"), "/packages") {
            let package = Package { name: found.text("name"), version: found.text("versionInfo"), packages: 0 };
            for (at, reference) in scan.objects(found.get("externalRefs"), &format!("{at}/externalRefs")) {
                if reference.text("referenceCategory") == "SECURITY" && reference.text("referenceType") == "advisory" {
                    add(&mut scan, &package, reference.text("referenceLocator"), at);
                }
            }
        }
        document.get("packages").items().len()
    } else {
        read_tags(&mut scan, input.text).ok_or_else(|| Refusal::not(FORMAT.title, "no `SPDXVersion` in it", remedy))?
    };
    if scan.import.issues.is_empty() {
        scan.import.note(None, "no advisory in it: a bill of materials says what is used, not that it is safe");
    }
    let mut import = scan.finish(&[], "line 1");
    import.measure_count("deps.dependencies", packages, "", "line 1");
    Ok(import)
}

/// Reads lines of tag and value; the number of packages, or nothing when it is something else.
fn read_tags(scan: &mut Scan<'_>, text: &str) -> Option<usize> {
    text.lines().take(50).find(|line| line.starts_with("SPDXVersion: SPDX-2"))?;
    let mut package = Package::default();
    for (line, number) in text.lines().zip(1_u64..) {
        let Some((tag, value)) = line.split_once(": ") else { continue };
        match tag {
            "DocumentName" => value.trim().clone_into(&mut scan.import.subject),
            "PackageName" => package = Package { name: value.trim(), version: "", packages: package.packages + 1 },
            "PackageVersion" => package.version = value.trim(),
            "ExternalRef" => {
                if let Some(locator) = value.trim().strip_prefix("SECURITY advisory ") {
                    add(scan, &package, locator.trim(), format!("line {number}"));
                }
            }
            _ => {}
        }
    }
    Some(package.packages)
}

fn add(scan: &mut Scan<'_>, package: &Package<'_>, locator: &str, at: String) {
    let last = locator.trim_end_matches('/').rsplit('/').next().unwrap_or(locator);
    let issue = Issue {
        rule: last.to_owned(),
        title: format!("{last} in {}", package.name),
        component: package.name.to_owned(),
        component_version: package.version.to_owned(),
        cve: cves([last]),
        url: locator.to_owned(),
        at,
        ..Issue::default()
    };
    scan.add_assigned(Class::Dependency, Severity::Medium, "", issue);
}
