//! OpenSSF Scorecard's JSON.

use groma_model::{Issue, Severity};

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
    id: "scorecard",
    title: "OpenSSF Scorecard JSON",
    tool: "Scorecard",
    note: "One issue a check below 10 of 10; inconclusive ones (-1) are no issue and are counted. Scorecard knows no \
           severity: below 3 is High, below 7 Medium, else Low, assigned at import.",
    metrics: CONFIG_METRICS,
    severities: Severities::NONE.assigning(&[
        ("below", Severity::High),
        ("below", Severity::Medium),
        ("below", Severity::Low),
    ]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.is_object() && probe.has("scorecard") && probe.has("checks"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `scorecard --repo=URL --format=json --show-details`";
    let document = tree::object(input.text, FORMAT.title, &["scorecard", "checks"], remedy)?;
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    document.text("scorecard/version").clone_into(&mut scan.import.tool_version);
    document.text("repo/name").clone_into(&mut scan.import.subject);
    scan.import.captured_at = document.text("date").parse().ok();
    let mut passed = 0;
    for (at, check) in scan.objects(document.get("checks"), "/checks") {
        let name = check.text("name");
        let severity = match check.number("score") {
            None => {
                scan.import.error(None, format!("{name} has no score: left out"));
                continue;
            }
            Some(score) if score < 0.0 => {
                scan.import.note(None, format!("{name} is inconclusive: {}", check.text("reason")));
                scan.add_other("inconclusive");
                continue;
            }
            Some(score) if score >= 10.0 => {
                passed += 1;
                scan.add_other("passed");
                continue;
            }
            Some(score) if score < 3.0 => Severity::High,
            Some(score) if score < 7.0 => Severity::Medium,
            Some(_) => Severity::Low,
        };
        let details = check.texts("details").join("\n");
        let issue = Issue {
            rule: name.to_owned(),
            title: format!("{name}: {}", check.text("reason")),
            message: paragraphs([
                check.text("documentation/short"),
                &details,
                // What maintainers say to it.
                &check.texts("annotations").join("\n"),
            ]),
            component: document.text("repo/name").to_owned(),
            url: check.text("documentation/url").to_owned(),
            at,
            ..Issue::default()
        };
        scan.add_assigned(Class::Config, severity, "below", issue);
    }
    let mut import = scan.finish(&[Class::Config], "/checks");
    import.measure_count("scan.passed", passed, "", "/checks");
    // -1 where no check was conclusive.
    if let Some(score) = document.number("score").filter(|score| *score >= 0.0) {
        import.measure("scan.score", score, "", "/score");
    }
    Ok(import)
}
