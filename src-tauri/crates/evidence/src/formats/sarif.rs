//! SARIF 2.1.0, the exchange format of code scanners and many others.

use std::{collections::BTreeMap, sync::LazyLock};

use groma_model::{Issue, Severity, Timestamp};
use regex::Regex;
use serde::de::DeserializeSeed as _;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::{Class, count_class, count_results},
    json::{self, Event},
    mask::constant,
    sarif::{Log, Results, Rules, Run},
    severity::{Mapper, Words},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "sarif",
    title: "SARIF 2.1.0",
    tool: "SARIF",
    note: "Every result is one issue, however many locations it has. Severity is security-severity where there is one, \
           else the level of the result, of its rule, or SARIF's default. Results of a kind other than `fail` and \
           suppressed ones are kept, marked, and left out of the counts by severity.",
    metrics: &[
        "scan.*",
        "sast.*",
        "deps.vulnerabilities",
        "deps.vulnerabilities.*",
        "secrets.found",
        "config.misconfigurations",
        "config.misconfigurations.*",
    ],
    sniff,
    secrets,
    parse,
};

/// Levels.
const WORDS: Words =
    &[("error", Severity::High), ("warning", Severity::Medium), ("note", Severity::Info), ("none", Severity::Info)];

/// Tools that are no code scanners, by a part of their name in lower case.
const CLASSES: &[(&str, Class)] = &[
    ("gitleaks", Class::Secret),
    ("trufflehog", Class::Secret),
    ("detect-secrets", Class::Secret),
    ("secretlint", Class::Secret),
    ("whispers", Class::Secret),
    ("trivy", Class::Dependency),
    ("grype", Class::Dependency),
    ("osv-scanner", Class::Dependency),
    ("dependency-check", Class::Dependency),
    ("govulncheck", Class::Dependency),
    ("pip-audit", Class::Dependency),
    ("npm", Class::Dependency),
    ("snyk open source", Class::Dependency),
    ("clair", Class::Dependency),
    ("checkov", Class::Config),
    ("kics", Class::Config),
    ("tfsec", Class::Config),
    ("terrascan", Class::Config),
    ("hadolint", Class::Config),
    ("kubesec", Class::Config),
    ("kube-linter", Class::Config),
    ("kubescape", Class::Config),
    ("dockle", Class::Config),
    ("snyk iac", Class::Config),
];

fn class_of(tool: &str) -> Class {
    let tool = tool.to_ascii_lowercase();
    CLASSES.iter().find(|(part, _)| tool.contains(part)).map_or(Class::Code, |(_, class)| *class)
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let versioned = probe.has("version") || probe.has("$schema");
    Confidence::certain_if(probe.is_object() && probe.has("runs") && (probe.has("runs/[]/tool/driver") || versioned))
}

/// A secret scanner quotes the line with the secret: all of it is masked.
fn secrets(text: &str, secrets: &mut Secrets) {
    static SECRET_TOOL: LazyLock<Regex> = LazyLock::new(|| {
        constant(r#""name"\s*:\s*"(?i:gitleaks|trufflehog|detect-secrets|secretlint|whispers|ggshield|gitguardian)"#)
    });
    if !SECRET_TOOL.is_match(text) {
        return;
    }
    json::walk(text, |event| {
        if let Event::String(path, range) = event
            && path.starts_with("runs/[]/results/")
            && (path.ends_with("/snippet/text") || path.ends_with("/snippet/rendered/text"))
        {
            secrets.add(range);
        }
    });
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let log: Log<'_> = json::parse(input.text)?;
    let mut import = Import::default();
    if !log.version.as_str().starts_with("2.") {
        import.warn(None, format!("SARIF version `{}` is not the one known (2.1.0)", log.version));
    }
    let mut mapper = Mapper::new(WORDS);
    let mut kinds = BTreeMap::new();
    let mut rules = 0;
    // Of each run: its tool, its issues, whether it went well.
    let mut runs: Vec<(Class, std::ops::Range<usize>, bool)> = Vec::new();
    for (index, run) in log.runs.iter().enumerate() {
        let known = Rules::of(&run.tool);
        rules += known.len();
        let first = import.issues.len();
        if let Some(raw) = run.results {
            let results = Results {
                run,
                rules: &known,
                index,
                mapper: &mut mapper,
                issues: &mut import.issues,
                kinds: &mut kinds,
            };
            let mut deserializer = serde_json::Deserializer::from_str(raw.get());
            results.deserialize(&mut deserializer).map_err(|error| relocate(input.text, raw.get(), &error))?;
        } else {
            import.warn(None, format!("run {} has no `results`: it only describes the tool", index + 1));
        }
        let well = describe(&mut import, run, index);
        runs.push((class_of(run.tool.driver.name.as_str()), first..import.issues.len(), well && run.results.is_some()));
    }
    mapper.report(&mut import);
    name_tools(&mut import, &log);
    count_results(&mut import, "/runs");
    import.measure_count("scan.rules", rules, "", "/runs");
    for (kind, count) in kinds {
        import.measure_count("scan.kind", count, &kind, "/runs");
    }
    if runs.is_empty() {
        import.warn(None, "no run in it: no tool looked at anything, which is not a clean result");
    }
    for class in [Class::Code, Class::Dependency, Class::Config, Class::Secret] {
        let of_class: Vec<_> = runs.iter().filter(|(found, ..)| *found == class).collect();
        if of_class.is_empty() || of_class.iter().any(|(.., well)| !well) {
            continue;
        }
        let issues: Vec<Issue> = if of_class.len() == runs.len() {
            count_class(&mut import, class, "/runs", |_| true);
            continue;
        } else {
            of_class.iter().flat_map(|(_, range, _)| import.issues[range.clone()].to_vec()).collect()
        };
        let mut part = Import { issues, ..Import::default() };
        count_class(&mut part, class, "/runs", |_| true);
        import.measurements.append(&mut part.measurements);
    }
    Ok(import)
}

/// Version, time, subject; false when the run itself says that it failed.
fn describe(import: &mut Import, run: &Run<'_>, index: usize) -> bool {
    for invocation in &run.invocations {
        let time =
            invocation.ended.some().or(invocation.started.some()).and_then(|time| time.parse::<Timestamp>().ok());
        import.captured_at = import.captured_at.max(time);
    }
    if let Some(provenance) = run.provenance.first()
        && import.subject.is_empty()
    {
        import.subject = match provenance.revision.some() {
            Some(revision) => format!("{} @ {revision}", provenance.repository),
            None => provenance.repository.to_string(),
        };
    }
    let failed = run.invocations.iter().any(|invocation| invocation.successful == Some(false));
    if failed {
        import.error(
            None,
            format!(
                "run {} says of itself that it did not finish: its issues are kept, but nothing is counted as clean",
                index + 1
            ),
        );
    }
    !failed
}

#[allow(clippy::cast_precision_loss)]
fn name_tools(import: &mut Import, log: &Log<'_>) {
    let mut tools: Vec<&str> = log.runs.iter().map(|run| run.tool.driver.name.as_str()).collect();
    let runs = tools.len() as f64;
    tools.dedup();
    import.tool = if tools.is_empty() { FORMAT.tool.to_owned() } else { tools.join(", ") };
    if let [run] = &log.runs[..] {
        let driver = &run.tool.driver;
        import.tool_version = driver.semantic_version.some().or(driver.version.some()).unwrap_or_default().to_owned();
    }
    let text = tools.join(", ");
    import.measure_text("scan.runs", runs, "", "/runs", text);
}

/// An error inside the list of results, with the line of the whole file.
fn relocate(text: &str, part: &str, error: &serde_json::Error) -> Refusal {
    let mut refusal = json::refusal(error);
    let offset = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.get(..offset).unwrap_or_default();
    let lines = before.bytes().filter(|byte| *byte == b'\n').count() as u64;
    let start = before.rfind('\n').map_or(offset, |line| offset - line - 1) as u64;
    let (line, column) = (error.line() as u64, error.column() as u64);
    let (line, column) = (lines + line, if line == 1 { start + column } else { column });
    let within = format!("line {}, column {}", error.line(), error.column());
    refusal.reason = refusal.reason.replace(&within, &format!("line {line}, column {column}"));
    (refusal.line, refusal.column) = (Some(line), Some(column));
    refusal
}
