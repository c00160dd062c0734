//! Mozilla Observatory, JSON of a scan.

use groma_model::{Issue, Severity};
use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::{Class, count_all_results, count_class},
    fields,
    formats::no_secrets,
    json,
    severity::{Mapper, Severities, assigned},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "mozilla-observatory",
    title: "Mozilla Observatory, JSON",
    tool: "Mozilla Observatory",
    note: "Tests that failed are issues; those that say neither and take off no points did not apply. The tool has no severity: by the points it takes off, 26 or more are High, 11 to \
           25 Medium, fewer Low.",
    metrics: &["scan.*", "config.*"],
    severities: Severities::NONE.assigning(&[
        ("fail", Severity::High),
        ("fail", Severity::Medium),
        ("fail", Severity::Low),
    ]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// The points a test takes off: of Mozilla's own service, and of MDN's, which took it over.
const POINTS: [&str; 2] = ["score_modifier", "scoreModifier"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let tests = |base: &str| {
        let points = POINTS.iter().any(|points| probe.has(&format!("{base}*/{points}")));
        points && probe.has(&format!("{base}*/expectation"))
    };
    Confidence::certain_if(tests("") || tests("tests/"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let root: Value = json::parse(input.text)?;
    if matches!(fields::text(&root, "/scan/state"), "FAILED" | "ABORTED") {
        return Err(Refusal::new("the scan itself failed: this is no result", "scan the site again"));
    }
    let base = if root.get("tests").is_some_and(Value::is_object) { "/tests" } else { "" };
    let points_of = |value: &Value| POINTS.into_iter().find(|points| value.get(points).is_some());
    let is_test = |value: &Value| points_of(value).is_some() && value.get("pass").is_some();
    if !fields::entries(&root, base).any(|(_, value)| is_test(value)) {
        let lacks = "no test with `pass` and `score_modifier` in it";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `httpobs-cli -d HOST > observatory.json`"));
    }
    let mut import = Import::of(FORMAT.tool);
    let mapper = Mapper::new(FORMAT.tool, &[], input);
    let (mut passed, mut inapplicable) = (0, 0);
    for (name, test) in fields::entries(&root, base) {
        let at = format!("{base}/{}", json::pointer(name));
        if !is_test(test) {
            import.warn(None, format!("`{at}` is no test: it is left out"));
            continue;
        }
        match test.get("pass").and_then(Value::as_bool) {
            Some(true) => {
                passed += 1;
                continue;
            }
            Some(false) => {}
            None if test.get("pass").is_some_and(Value::is_null)
                && points_of(test)
                    .and_then(|points| fields::as_number(test.get(points)?))
                    .is_some_and(|p| p >= 0.0) =>
            {
                inapplicable += 1;
                continue;
            }
            None => import.warn(None, format!("`{at}/pass` is neither yes nor no: the test counts as failed")),
        }
        let key = points_of(test).unwrap_or_default();
        let points = fields::number(&mut import, test, &format!("/{key}"));
        if points.is_none() {
            import.warn(None, format!("`{at}` has no points: the severity of its issue is Medium"));
        }
        let severity = match points {
            None => Severity::Medium,
            Some(points) if points <= -26.0 => Severity::High,
            Some(points) if points <= -11.0 => Severity::Medium,
            Some(_) => Severity::Low,
        };
        let (severity, severity_origin) = mapper.assign(severity, "fail");
        let points = points.unwrap_or_default();
        if points < 0.0 {
            import.measure("scan.score_modifier", points, name, format!("{at}/{key}"));
        }
        import.issues.push(Issue {
            rule: fields::text(test, "/result").to_owned(),
            title: match fields::text(test, "/score_description") {
                "" => fields::text(test, "/scoreDescription").to_owned(),
                description => description.to_owned(),
            },
            message: format!("expected {}; {points} points", fields::text(test, "/expectation")),
            severity,
            severity_origin,
            native_severity: "fail".to_owned(),
            component: name.clone(),
            fingerprint: name.clone(),
            at,
            ..Issue::default()
        });
    }
    import.not_issues = (passed + inapplicable) as u64;
    let count = assigned(&import);
    if count > 0 {
        import.note(
            None,
            format!("Observatory says no severity of {count} issues: that of their points was assigned at import"),
        );
    }
    let at = if base.is_empty() { "/" } else { base };
    let others = [("pass".to_owned(), passed), ("null".to_owned(), inapplicable)];
    let others = others.into_iter().filter(|(_, count)| *count > 0).collect();
    count_all_results(&mut import, &others, at);
    count_class(&mut import, Class::Config, at, |_| true);
    import.measure_count("scan.passed", passed, "", at);
    if inapplicable > 0 {
        import.measure_count("scan.not_applicable", inapplicable, "", at);
    }
    if let Some(score) = root.pointer("/scan/score").and_then(fields::as_number) {
        import.measure_text("scan.score", score, "", "/scan/score", fields::text(&root, "/scan/grade"));
    }
    Ok(import)
}
