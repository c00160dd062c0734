//! Docker Bench for Security's JSON.

use groma_model::{Issue, Severity, Timestamp};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{CONFIG_METRICS, Scan, paragraphs},
    severity::Severities,
    tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "docker-bench",
    title: "docker-bench-security -l (JSON log)",
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
    Confidence::certain_if(probe.is_object() && probe.has("dockerbenchsecurity"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `docker-bench-security.sh -l docker-bench.log` and take docker-bench.log.json";
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
