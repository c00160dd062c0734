//! 42Crunch's audit of an OpenAPI definition.

use groma_model::{Issue, Severity, Timestamp};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{CONFIG_METRICS, Scan, headline, paragraphs},
    severity::{Severities, Words},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "42crunch",
    title: "42Crunch API Security Audit JSON",
    tool: "42Crunch",
    note: "One issue a place of the definition that a rule found; the parts of the audit are scan.kind. The severity is \
           42Crunch's criticality of the place, 1 to 5; warnings, which take nothing off the score, have none: informational, \
           assigned at import.",
    metrics: CONFIG_METRICS,
    severities: Severities::of(WORDS).assigning(&[("", Severity::Info)]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities: criticalities.
const WORDS: Words = &[
    ("5", Severity::Critical),
    ("4", Severity::High),
    ("3", Severity::Medium),
    ("2", Severity::Low),
    ("1", Severity::Info),
    ("0", Severity::Info),
];

/// Parts of an audit that list issues.
const PARTS: [&str; 5] = ["security", "data", "semanticErrors", "validationErrors", "warnings"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let own =
        |prefix: &str| probe.has(&format!("{prefix}assessmentVersion")) && probe.has(&format!("{prefix}openapiState"));
    Confidence::certain_if(probe.is_object() && (own("") || own("report/")))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export the audit report as JSON";
    let document = tree::object(input.text, FORMAT.title, &[], remedy)?;
    let (report, at) = match document.has("report") {
        true => (document.get("report"), "/report"),
        false => (&document, ""),
    };
    if !report.has("assessmentVersion") || !report.has("openapiState") {
        return Err(Refusal::not(FORMAT.title, "no `assessmentVersion` with `openapiState` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    report.text("assessmentVersion").clone_into(&mut scan.import.tool_version);
    report.text("summary/apiName").clone_into(&mut scan.import.subject);
    let ended = document.text("end").parse().ok();
    scan.import.captured_at = ended.and_then(|seconds| Timestamp::from_second(seconds).ok());
    match report.text("openapiState") {
        "valid" | "" => {}
        state => scan.add_error(&format!("the definition is {state}: what depends on it was not looked at")),
    }
    for part in PARTS {
        let rules = report.get(part).get("issues");
        for (rule, found) in rules.entries() {
            let places = format!("{at}/{part}/issues/{}/issues", json::pointer(rule.as_str()));
            for (at, place) in scan.objects(found.get("issues"), &places) {
                scan.add_kind(part);
                let issue = issue(report, rule.as_str(), found, place, at);
                match place.text("criticality") {
                    "" if part == "warnings" => scan.add_assigned(Class::Config, Severity::Info, "", issue),
                    criticality => scan.add(Class::Config, criticality, issue),
                }
            }
            let listed = found.get("issues").items().len();
            let cut = found.number("issueCounter").filter(|count| *count > precise(listed));
            if let Some(count) = cut {
                let rule = rule.as_str();
                scan.import.error(None, format!("{rule} was found at {count} places, of which {listed} are listed"));
            } else if found.is_true("tooManyError") {
                scan.import.error(None, format!("{} was found at more places than are listed", rule.as_str()));
            }
        }
    }
    let place = if at.is_empty() { "line 1" } else { at };
    let mut import = scan.finish(&[Class::Config], place);
    if let Some(score) = report.number("score") {
        import.measure("scan.score", score, "", format!("{at}/score"));
    }
    Ok(import)
}

/// A list is never so long that this would lose anything.
#[allow(clippy::cast_precision_loss)]
fn precise(count: usize) -> f64 {
    count as f64
}

fn issue(report: &Tree<'_>, rule: &str, found: &Tree<'_>, place: &Tree<'_>, at: String) -> Issue {
    let pointer = place.text("pointer").parse::<usize>().ok();
    let location = pointer.and_then(|index| report.get("index").items().get(index));
    let special = place.text("specificDescription");
    Issue {
        rule: rule.to_owned(),
        title: headline(found.text("description")),
        message: match special {
            "" => found.text("description").to_owned(),
            special => paragraphs([special]),
        },
        component: report.text("summary/apiName").to_owned(),
        location: location.map_or("", Tree::text_itself).to_owned(),
        fingerprint: place.text("fingerprint").to_owned(),
        at,
        ..Issue::default()
    }
}
