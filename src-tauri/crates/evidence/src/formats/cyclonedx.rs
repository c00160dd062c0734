//! CycloneDX, as JSON and as XML.

use std::collections::HashMap;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, cyclonedx,
    formats::no_secrets,
    scan::{COMMON, DEPENDENCY_METRICS, Scan, cwes, distinct},
    severity::Severities,
    tree::{self, Tree},
    xml,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "cyclonedx",
    title: "CycloneDX (JSON, XML)",
    tool: "CycloneDX",
    note: "One issue a vulnerability, however many components it affects; what an analysis says does not apply, or \
           was rejected, is kept as suppressed. Dependencies are the components without files, data and operating \
           systems. A bill of materials without vulnerabilities says what is used, not that it is safe.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::of(COMMON).scored().assigning(&[("unknown", Severity::Medium)]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let xml = xml::root(probe.head()) == "bom" && probe.head().contains("cyclonedx.org/schema/bom");
    Confidence::certain_if(probe.is_object() && probe.has("bomFormat") || xml)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it as CycloneDX 1.4 or later, JSON or XML";
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    let components = if input.text.trim_start().starts_with('<') {
        cyclonedx::read_xml(&mut scan, input, FORMAT.title, remedy)?
    } else {
        let document = tree::object(input.text, FORMAT.title, &["bomFormat"], remedy)?;
        if document.text("bomFormat") != "CycloneDX" {
            return Err(Refusal::not(FORMAT.title, "its `bomFormat` is another", remedy));
        }
        read(&mut scan, &document)
    };
    if input.stop.now() {
        return Err(Refusal::stopped());
    }
    let none = scan.import.issues.is_empty();
    if none {
        scan.import.note(None, "no vulnerability in it: a bill of materials says what is used, not that it is safe");
    }
    let mut import = scan.finish(&[], "line 1");
    import.measure_count("deps.dependencies", components, "", "line 1");
    Ok(import)
}

/// Reads JSON; the number of components.
fn read(scan: &mut Scan<'_>, document: &Tree<'_>) -> usize {
    scan.import.captured_at = document.text("metadata/timestamp").parse().ok();
    document.text("metadata/component/name").clone_into(&mut scan.import.subject);
    let mut components: HashMap<&str, &Tree<'_>> = HashMap::new();
    let (mut open, mut count) = (vec![document], 0);
    while let Some(parent) = open.pop() {
        for component in parent.get("components").items() {
            let kind = (component.text("type"), component.text("version"), component.text("purl"));
            count += usize::from(cyclonedx::is_dependency(kind.0, kind.1, kind.2));
            components.insert(component.text("bom-ref"), component);
            // Some refer to a package by its URL.
            components.entry(component.text("purl")).or_insert(component);
            open.push(component);
        }
    }
    // What the whole is about, and services, are affected as well, but are no dependencies.
    open.push(document.get("metadata/component"));
    open.extend(document.get("services").items());
    while let Some(part) = open.pop() {
        components.entry(part.text("bom-ref")).or_insert(part);
        open.extend(["components", "services"].iter().flat_map(|list| part.get(list).items()));
    }
    components.remove("");
    for (at, found) in scan.objects(document.get("vulnerabilities"), "/vulnerabilities") {
        let affected: Vec<&str> = found.get("affects").items().iter().map(|affects| affects.text("ref")).collect();
        let first = affected.first().copied().unwrap_or_default();
        let component = components.get(first).copied();
        let ratings = found.get("ratings").items();
        let word = cyclonedx::severity(ratings.iter().map(|rating| rating.text("severity")));
        let scored =
            ratings.iter().filter(|rating| cyclonedx::is_score(rating.text("method"), rating.text("source/name")));
        let score = scored.map(|rating| rating.text("score")).find(|score| !score.is_empty()).unwrap_or("");
        let advisories = found.get("advisories").items().iter().map(|advisory| advisory.text("url"));
        let references = || found.get("references").items().iter().map(|reference| reference.text("id"));
        let id = match found.text("id") {
            "" => references().chain([found.text("bom-ref")]).find(|id| !id.is_empty()).unwrap_or_default(),
            id => id,
        };
        let (named, version) = cyclonedx::named(first);
        let versions = found.get("affects").items().first().map_or(&[][..], |affects| affects.get("versions").items());
        let of_range = versions.iter().filter(|range| matches!(range.text("status"), "affected" | ""));
        let version = of_range.map(|range| range.text("version")).find(|text| !text.is_empty()).unwrap_or(&version);
        let name = component.map_or(&*named, |component| component.text("name"));
        let issue = Issue {
            rule: id.to_owned(),
            title: cyclonedx::called(id, name),
            message: found.first(&["description", "detail"]).to_owned(),
            component: name.to_owned(),
            component_version: component.map_or(version, |component| component.text("version")).to_owned(),
            fixed_version: {
                let fixed = versions.iter().filter(|range| range.text("status") == "unaffected");
                let fixed: Vec<&str> =
                    fixed.filter_map(|range| Some(range.text("range").split_once("/>=")?.1)).collect();
                fixed.join(", ")
            },
            location: affected.join(", "),
            cwe: cwes(found.texts("cwes")),
            cve: distinct(std::iter::once(found.text("id")).chain(references())),
            url: match found.text("source/url") {
                "" => advisories.into_iter().next().unwrap_or_default().to_owned(),
                url => url.to_owned(),
            },
            suppressed: cyclonedx::is_settled(found.text("analysis/state")) || !found.text("rejected").is_empty(),
            at,
            ..Issue::default()
        };
        cyclonedx::add(scan, word, score, issue);
    }
    count
}
