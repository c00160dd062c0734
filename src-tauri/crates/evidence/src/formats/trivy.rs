//! Trivy's own JSON, in its three shapes.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    json::{self, Event},
    mask::add_quoted_line,
    trivy::{self, Document, Reader, Target},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "trivy",
    title: "Trivy JSON (schema 2, legacy list, Kubernetes, compliance)",
    tool: "Trivy",
    note: "Vulnerabilities, failed misconfigurations, secrets and licences, each occurrence counted. A class is counted \
           only when Trivy looked for it; passed and excepted checks, and what `--show-suppressed` tells, are kept as \
           suppressed. Of a benchmark that is summed up, each control that fails is an issue. What Trivy quotes of a secret is masked.",
    metrics: &[
        "scan.*",
        "deps.vulnerabilities",
        "deps.vulnerabilities.*",
        "config.misconfigurations",
        "config.misconfigurations.*",
        "secrets.found",
        "licenses.found",
    ],
    severities: trivy::SEVERITIES,
    sniff,
    secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let results = probe.has("Results/[]/Target") || probe.has("Results");
    let current = probe.has("SchemaVersion") && (results || probe.has("ArtifactName"));
    let cluster = probe.has("ClusterName")
        && ["Resources", "Vulnerabilities", "Misconfigurations", "Findings"].iter().any(|list| probe.has(list));
    let controls = probe.has("SummaryControls/[]/ID") || probe.has("Results/[]/ID") && probe.has("Results/[]/Severity");
    let benchmark = probe.has("ID") && probe.has("Title") && controls;
    let legacy = probe.is_list() && probe.has("[]/Target") && (probe.has("[]/Vulnerabilities") || probe.has("[]/Type"));
    Confidence::certain_if(current || cluster || legacy || probe.is_object() && benchmark)
}

/// What Trivy found is quoted as it stands in the file: the match, and the lines around it.
fn secrets(text: &str, secrets: &mut Secrets) {
    if !text.contains("\"Secrets\"") && !text.contains("\"ExperimentalModifiedFindings\"") {
        return;
    }
    json::walk(text, |event| {
        if let Event::String(path, range) = event
            && let Some(field) = of_secret(path)
            && matches!(field, "Match" | "Code/Lines/[]/Content" | "Code/Lines/[]/Highlighted")
        {
            add_quoted_line(&text[range.clone()], range.start, secrets);
        }
    });
}

/// The field of a secret that a path names, be it found or taken out by a filter.
fn of_secret(path: &str) -> Option<&str> {
    let found = path.rsplit_once("Secrets/[]/").or_else(|| path.rsplit_once("ModifiedFindings/[]/Finding/"));
    found.map(|(_, field)| field)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut reader = Reader::new(FORMAT.tool, input);
    let text = input.text.trim();
    if text == "null" || text.starts_with('[') {
        let targets: Option<Vec<Target<'_>>> = json::parse(text)?;
        if targets.is_none() {
            reader.import.note(Some(1), "`null`, read as an old Trivy's word for nothing found");
        }
        let targets = targets.unwrap_or_default();
        if !targets.is_empty() && targets.iter().all(|target| target.target.some().is_none()) {
            return Err(no("none of its items has a `Target`"));
        }
        reader.looked_at.insert(Class::Dependency);
        for (index, target) in targets.iter().enumerate() {
            reader.read(target, &format!("/{index}"), "");
        }
        return Ok(reader.finish(""));
    }
    let document: Document<'_> = json::parse(text)?;
    if !document.is_one() {
        return Err(no("neither `SchemaVersion` with `Results` nor `ClusterName` with `Resources` in it"));
    }
    reader.read_document(&document);
    Ok(reader.finish("/Results"))
}

fn no(lacks: &str) -> Refusal {
    Refusal::not(FORMAT.title, lacks, "export it with `trivy … --format json --output trivy.json`")
}
