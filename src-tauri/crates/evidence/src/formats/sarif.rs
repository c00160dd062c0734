//! SARIF 2.1.0, the exchange format of code scanners and many others.

use std::{collections::BTreeMap, sync::LazyLock};

use groma_model::{Issue, Severity, Timestamp};
use regex::Regex;
use serde::de::DeserializeSeed as _;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::{Class, count_all_results, count_class},
    json,
    mask::{add_commands, add_sarif_findings, add_web, constant},
    sarif::{Found, KINDS, Log, Results, Roots, Rules, Run, SHORT, has_failed, reasons},
    severity::{Mapper, Severities, Words},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "sarif",
    title: "SARIF 2.1.0",
    tool: "SARIF",
    note: "Every result is one issue, however many locations it has. Severity is security-severity where there is one, \
           else the level of the result, of its rule, or SARIF's default. Suppressed ones, and those of a baseline that \
           are absent now, are kept, marked, and left out of the counts by severity. Passed and inapplicable ones are counted, but are no issues; \
           those open, for review or informational are issues of severity Info. What was looked for is told by the tool's \
           name; a run of Trivy that found nothing and names no image tells nothing of it.",
    metrics: &[
        "scan.*",
        "sast.*",
        "deps.vulnerabilities",
        "deps.vulnerabilities.*",
        "secrets.found",
        "config.misconfigurations",
        "config.misconfigurations.*",
        "licenses.found",
        "dast.*",
    ],
    severities: Severities::of(WORDS).scored().of_many(),
    sniff,
    secrets,
    parse,
};

/// Levels.
const WORDS: Words =
    &[("error", Severity::High), ("warning", Severity::Medium), ("note", Severity::Info), ("none", Severity::Info)];

/// Tools that are no code scanners, by words of their name in lower case; of several the first.
const CLASSES: &[(&str, Class)] = &[
    ("npm-groovy-lint", Class::Code),
    ("gitleaks", Class::Secret),
    ("trufflehog", Class::Secret),
    ("detect-secrets", Class::Secret),
    ("secretlint", Class::Secret),
    ("whispers", Class::Secret),
    ("ggshield", Class::Secret),
    ("gitguardian", Class::Secret),
    ("noseyparker", Class::Secret),
    ("nosey parker", Class::Secret),
    ("ripsecrets", Class::Secret),
    ("kingfisher", Class::Secret),
    ("git-secrets", Class::Secret),
    ("talisman", Class::Secret),
    ("semgrep secrets", Class::Secret),
    ("jfrog secrets", Class::Secret),
    ("trivy", Class::Dependency),
    ("grype", Class::Dependency),
    ("osv-scanner", Class::Dependency),
    ("dependency-check", Class::Dependency),
    ("govulncheck", Class::Dependency),
    ("pip-audit", Class::Dependency),
    ("npm", Class::Dependency),
    ("snyk open source", Class::Dependency),
    ("snyk container", Class::Dependency),
    ("clair", Class::Dependency),
    ("jfrog xray", Class::Dependency),
    ("black duck", Class::Dependency),
    ("docker scout", Class::Dependency),
    ("cargo-audit", Class::Dependency),
    ("bundler-audit", Class::Dependency),
    ("retire.js", Class::Dependency),
    ("anchore", Class::Dependency),
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
    ("jfrog terraform", Class::Config),
    ("tflint", Class::Config),
    ("cfn-lint", Class::Config),
    ("kube-score", Class::Config),
    ("zizmor", Class::Config),
    ("scorecard", Class::Config),
    ("zap", Class::Running),
    ("nuclei", Class::Running),
];

fn class_of(tool: &str) -> Class {
    let tool = tool.to_ascii_lowercase();
    // A figure behind a name is its version: `trufflehog3`.
    let letter = |side: Option<char>| side.is_some_and(char::is_alphabetic);
    let named = |part: &str| {
        tool.match_indices(part)
            .any(|(at, _)| !letter(tool[..at].chars().next_back()) && !letter(tool[at + part.len()..].chars().next()))
    };
    CLASSES.iter().find(|(part, _)| named(part)).map_or(Class::Code, |(_, class)| *class)
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let versioned = probe.has("version") || probe.has("$schema");
    Confidence::certain_if(probe.is_object() && probe.has("runs") && (probe.has("runs/[]/tool/driver") || versioned))
}

/// A secret scanner quotes what it found: all of it is masked. And any tool may tell how it was called, or what it sent.
fn secrets(text: &str, secrets: &mut Secrets) {
    static SECRET_TOOL: LazyLock<Regex> = LazyLock::new(|| {
        let names = CLASSES.iter().filter(|(_, class)| *class == Class::Secret).map(|(name, _)| regex::escape(name));
        constant(&format!(r#""name"\s*:\s*"(?i:{})"#, names.collect::<Vec<_>>().join("|")))
    });
    add_commands(text, secrets);
    add_web(text, secrets);
    if SECRET_TOOL.is_match(text) {
        add_sarif_findings(text, secrets);
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let log: Log<'_> = json::parse(input.text).map_err(|refusal| of_old_version(input.text).unwrap_or(refusal))?;
    if log.runs.is_empty() {
        return Err(Refusal::new(
            "no run in it: no tool looked at anything, which is not a clean result",
            "run the scanner again, look at what it prints, and import the log that it then writes",
        ));
    }
    let mut import = Import::default();
    if !log.version.as_str().starts_with("2.") {
        import.warn(None, format!("SARIF version `{}` is not the one known (2.1.0)", log.version));
    }
    name_tools(&mut import, &log);
    let mut mapper = Mapper::new(&import.tool, WORDS, input);
    let mut found = Found::default();
    let mut rules = 0;
    // Of each run: what its tool looks at, its issues, whether it went well.
    let mut runs: Vec<(Option<Class>, std::ops::Range<usize>, bool)> = Vec::new();
    for (index, run) in log.runs.iter().enumerate() {
        let known = Rules::of(run);
        rules += known.len();
        let first = found.issues.len();
        let tagged = run.tool.driver.name.as_str().eq_ignore_ascii_case("trivy");
        if let Some(raw) = run.results {
            let (roots, stop) = (&Roots::of(run), input.stop);
            // A list that grows is held twice while it does; room that is not needed costs no memory and is given back.
            found.issues.reserve(raw.get().len() / SHORT);
            let (mapper, found) = (&mut mapper, &mut found);
            let results = Results { run, rules: &known, index, roots, mapper, found, stop, tagged };
            let mut deserializer = serde_json::Deserializer::from_str(raw.get());
            results.deserialize(&mut deserializer).map_err(|error| relocate(input.text, raw.get(), &error))?;
        } else {
            import.warn(None, format!("run {} has no `results`: it only describes the tool", index + 1));
        }
        describe(&mut import, run);
        let well = !has_failed(run) && run.results.is_some();
        // It looks for several things; of an image, for vulnerabilities unless told otherwise.
        let unsaid = tagged && known.len() == 0 && first == found.issues.len() && run.properties.image.some().is_none();
        if unsaid && well {
            import.note(
                None,
                format!(
                    "run {} found nothing, and does not say what was looked for: vulnerabilities, misconfigurations or \
                     secrets; none of them is counted as zero",
                    index + 1
                ),
            );
        }
        let class = Some(class_of(run.tool.driver.name.as_str())).filter(|_| !unsaid);
        runs.push((class, first..found.issues.len(), well));
    }
    let Found { issues, classes, kinds, others, levelless } = found;
    judge_failures(&mut import, &log, kinds.is_empty())?;
    import.issues = issues;
    import.not_issues = others.values().sum::<usize>() as u64;
    mapper.report(&mut import);
    if levelless > 0 {
        import.note(
            None,
            format!("no level is said of {levelless} issues: SARIF's default, `warning`, was assigned at import"),
        );
    }
    count_runs(&mut import, &log);
    count_all_results(&mut import, &others, "/runs");
    import.measure_count("scan.rules", rules, "", "/runs");
    emit_kinds(&mut import, &kinds);
    count_classes(&mut import, &runs, &classes);
    Ok(import)
}

/// The refusal of a log of version 1, whose shape is another.
fn of_old_version(text: &str) -> Option<Refusal> {
    #[derive(serde::Deserialize)]
    struct Version<'a> {
        #[serde(borrow)]
        version: json::Text<'a>,
    }
    let log: Version<'_> = json::parse(text).ok()?;
    log.version.as_str().starts_with("1.").then(|| {
        Refusal::new(
            format!("SARIF version `{}` is not read, only 2.1.0 is", log.version),
            "write the log as 2.1.0; compilers of .NET do with `-errorlog:FILE,version=2.1`",
        )
    })
}

/// Results by kind, and those that are no issues.
fn emit_kinds(import: &mut Import, kinds: &BTreeMap<String, usize>) {
    for (kind, count) in kinds {
        import.measure_count("scan.kind", *count, kind, "/runs");
        match &**kind {
            "pass" => import.measure_count("scan.passed", *count, "", "/runs"),
            "notApplicable" => import.measure_count("scan.not_applicable", *count, "", "/runs"),
            other if !KINDS.contains(&other) => {
                import
                    .warn(None, format!("kind `{other}` of {count} results is not known: they are taken as failures"));
            }
            _ => {}
        }
    }
}

/// Counts by what each run's tool looks at; a class of which a run failed is not counted. Where the rules say what their
/// results are about, only that was surely looked at.
fn count_classes(
    import: &mut Import,
    runs: &[(Option<Class>, std::ops::Range<usize>, bool)],
    tagged: &[Option<Class>],
) {
    let of = |run: Option<Class>, index: usize| tagged.get(index).copied().flatten().or(run);
    let classes = [Class::Code, Class::Dependency, Class::Config, Class::Secret, Class::License, Class::Running];
    for class in classes {
        let looks = |run: Option<Class>, range: &std::ops::Range<usize>| match range.is_empty() {
            true => run == Some(class),
            false => range.clone().any(|index| of(run, index) == Some(class)),
        };
        let of_class: Vec<_> = runs.iter().filter(|(run, range, _)| looks(*run, range)).collect();
        if of_class.is_empty() || of_class.iter().any(|(.., well)| !well) {
            continue;
        }
        let own = |run: Option<Class>, range: &std::ops::Range<usize>| {
            range.clone().filter(move |at| of(run, *at) == Some(class))
        };
        let issues = of_class.iter().map(|(run, range, _)| own(*run, range).count()).sum::<usize>();
        if issues == import.issues.len() {
            count_class(import, class, "/runs", |_| true);
            continue;
        }
        let indices = of_class.iter().flat_map(|(run, range, _)| own(*run, range));
        let issues: Vec<Issue> = indices.map(|index| import.issues[index].clone()).collect();
        let mut part = Import { issues, ..Import::default() };
        count_class(&mut part, class, "/runs", |_| true);
        import.measurements.append(&mut part.measurements);
    }
}

/// Says which runs failed.
///
/// # Errors
/// Refuses the log when it holds no result and no run went well: that is no clean result.
fn judge_failures(import: &mut Import, log: &Log<'_>, empty: bool) -> Result<(), Refusal> {
    let told = |run: &Run<'_>| match reasons(run) {
        reasons if reasons.is_empty() => "it does not say why".to_owned(),
        reasons => reasons,
    };
    if let Some(run) = log.runs.first().filter(|_| empty && log.runs.iter().all(has_failed)) {
        return Err(Refusal::new(
            format!(
                "{} says of itself that it failed, and there is no result in it: {}",
                run.tool.driver.name,
                told(run)
            ),
            "remove the cause and run the tool again; an empty log of a failed run is not a clean result",
        ));
    }
    for (index, run) in log.runs.iter().enumerate().filter(|(_, run)| has_failed(run)) {
        import.error(
            None,
            format!(
                "run {} ({}) says of itself that it failed ({}): the issues in it are kept, but what it did not find \
                 proves nothing, so they are not counted",
                index + 1,
                run.tool.driver.name,
                told(run)
            ),
        );
    }
    Ok(())
}

/// Time and subject.
fn describe(import: &mut Import, run: &Run<'_>) {
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
}

/// Which tools wrote it.
fn name_tools(import: &mut Import, log: &Log<'_>) {
    let mut tools: Vec<&str> = log.runs.iter().map(|run| run.tool.driver.name.as_str()).collect();
    tools.dedup();
    import.tool = tools.join(", ");
    if let [run] = &log.runs[..] {
        let driver = &run.tool.driver;
        import.tool_version = driver.semantic_version.some().or(driver.version.some()).unwrap_or_default().to_owned();
    }
}

/// How many runs there are, and of what.
#[allow(clippy::cast_precision_loss)] // far below 2^53
fn count_runs(import: &mut Import, log: &Log<'_>) {
    let text = import.tool.clone();
    import.measure_text("scan.runs", log.runs.len() as f64, "", "/runs", text);
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
