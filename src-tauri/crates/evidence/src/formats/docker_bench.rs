//! Docker Bench for Security's JSON, and what it prints for people.

use groma_model::{Issue, Severity, Timestamp};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    bench::{checks, parts, without_colours},
    class::Class,
    formats::no_secrets,
    scan::{CONFIG_METRICS, Scan, paragraphs},
    severity::Severities,
    tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "docker-bench",
    title: "docker-bench-security, JSON or text",
    tool: "Docker Bench",
    note: "One issue a check that warns; checks that passed, notes of what must be looked at by hand and information are \
           counted. Docker Bench knows no severity: WARN is Medium, assigned at import.",
    metrics: CONFIG_METRICS,
    severities: Severities::NONE.assigning(&[("WARN", Severity::Medium)]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.is_object() && probe.has("dockerbenchsecurity") || is_text(probe.head()))
}

/// How the text begins: with the name of the tool, or with its first section.
fn is_text(head: &str) -> bool {
    let head = &head[..head.floor_char_boundary(4000)];
    let named = head.contains("Docker Bench for Security") || head.contains("1 - Host Configuration");
    if !named {
        return false;
    }
    // Documents quote what it prints.
    let plain = without_colours(head);
    let first = plain.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let begins = ["# ---", "# Docker Bench", "Initializing ", "["].iter().any(|start| first.starts_with(start));
    begins && plain.lines().filter_map(parts).any(|(word, id, _)| word == "INFO" && !id.is_empty())
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `docker-bench-security.sh -l docker-bench.log` and take docker-bench.log.json";
    if is_text(input.text.trim_start()) {
        return parse_text(input);
    }
    let document = tree::object(input.text, FORMAT.title, &["dockerbenchsecurity", "tests"], remedy)?;
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    document.text("dockerbenchsecurity").clone_into(&mut scan.import.tool_version);
    let time = document.text("end").parse().or_else(|_| document.text("start").parse());
    scan.import.captured_at = time.ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    if !document.has("end") {
        scan.import.error(None, "Docker Bench did not finish: what it did not reach is not in here");
    }
    let mut passed = 0;
    for (at, section) in scan.objects(document.get("tests"), "/tests") {
        for (at, check) in scan.objects(section.get("results"), &format!("{at}/results")) {
            let (id, result) = (check.text("id"), check.text("result"));
            let issue = Issue {
                rule: id.to_owned(),
                title: check.text("desc").to_owned(),
                message: paragraphs([check.text("details"), check.text("remediation")]),
                component: section.text("desc").to_owned(),
                location: check.texts("items").join(", "),
                at,
                ..Issue::default()
            };
            match result {
                "WARN" => scan.add_assigned(Class::Config, Severity::Medium, result, issue),
                "PASS" | "NOTE" | "INFO" => {
                    passed += usize::from(result == "PASS");
                    scan.add_other(result);
                }
                // A word of a version to come may be a failure: it is no pass, and it is told.
                other => scan.add(Class::Config, other, issue),
            }
        }
    }
    let mut import = scan.finish(&[Class::Config], "/tests");
    import.measure_count("scan.passed", passed, "", "/tests");
    if let Some(score) = document.number("score") {
        import.measure("scan.score", score, "", "/score");
    }
    Ok(import)
}

fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = without_colours(input.text);
    let checks = checks(&text);
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let version = text.lines().take(20).find_map(|line| line.split_once("Docker Bench for Security v"));
    version.map_or("", |(_, version)| version.trim()).clone_into(&mut scan.import.tool_version);
    let mut passed = 0;
    for check in &checks {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        if check.word != "WARN" {
            passed += usize::from(check.word == "PASS");
            scan.add_other(check.word);
            continue;
        }
        let issue = Issue {
            rule: check.id.to_owned(),
            title: check.text.to_owned(),
            message: check.details.join("\n"),
            component: check.headings.first().copied().unwrap_or_default().to_owned(),
            at: format!("line {}", check.line),
            ..Issue::default()
        };
        scan.add_assigned(Class::Config, Severity::Medium, check.word, issue);
    }
    // `[INFO] Score: 3`, behind all sections.
    let of = |name: &str| {
        text.lines().filter_map(parts).find_map(|(_, _, text)| text.strip_prefix(name)?.trim().parse().ok())
    };
    let (stated, score): (Option<f64>, Option<f64>) = (of("Checks:"), of("Score:"));
    let listed = u32::try_from(checks.len()).map_or(f64::INFINITY, f64::from);
    match stated {
        None => scan.import.error(None, "Docker Bench did not finish: what it did not reach is not in here"),
        Some(stated) if (stated - listed).abs() > 0.5 => {
            scan.import.warn(None, format!("Docker Bench states {stated} checks, {listed} are listed"));
        }
        Some(_) => {}
    }
    let mut import = scan.finish(&[Class::Config], "line 1");
    import.measure_count("scan.passed", passed, "", "line 1");
    if let Some(score) = score {
        import.measure("scan.score", score, "", "line 1");
    }
    Ok(import)
}
