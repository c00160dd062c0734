//! Findings in full, with their evidence and what follows from them.

use std::collections::BTreeMap;

use groma_model::{
    EvidenceLink, EvidenceTarget, Finding, FindingKind, Id, Issue, Kind, Life, Measurement, Retest, Severity, Verdict,
};
use serde_json::{Value, json};

use super::{Source, code};

pub(super) fn view(source: &Source<'_>) -> Value {
    let lookup = Lookup::of(source);
    let of = |kind: FindingKind| -> Vec<Value> {
        let chosen = source.contents.findings.iter().filter(|finding| finding.kind == kind);
        chosen.map(|finding| one(source, &lookup, finding)).collect()
    };
    json!({"gaps": of(FindingKind::Gap), "strengths": of(FindingKind::Strength), "areas": areas(source), "map": map(source)})
}

/// Some findings alone, in the order of the report.
pub(crate) fn some(source: &Source<'_>, findings: &[&Finding], first: usize, count: usize) -> Value {
    let lookup = Lookup::of(source);
    let of = |kind: FindingKind| -> Vec<Value> {
        findings.iter().filter(|finding| finding.kind == kind).map(|finding| one(source, &lookup, finding)).collect()
    };
    json!({"gaps": of(FindingKind::Gap), "strengths": of(FindingKind::Strength), "first": first, "count": count, "map": map(source)})
}

/// Where the view is on which findings show what they are about.
fn map(source: &Source<'_>) -> Option<&'static str> {
    source.drawings.map.as_ref().map(|_| crate::drawings::MAP)
}

/// Open gaps by area and severity, in the order in which areas first appear.
fn areas(source: &Source<'_>) -> Vec<Value> {
    let mut order: Vec<&str> = Vec::new();
    let mut counts: BTreeMap<(&str, Severity), u32> = BTreeMap::new();
    for finding in source.contents.findings.iter().filter(|f| f.kind == FindingKind::Gap && f.life != Life::Fixed) {
        let area = source.read(&finding.area);
        if !order.contains(&area) {
            order.push(area);
        }
        *counts.entry((area, finding.severity)).or_default() += 1;
    }
    order
        .into_iter()
        .map(|area| {
            let by: serde_json::Map<String, Value> = Severity::ALL
                .iter()
                .map(|severity| {
                    (severity.to_string(), json!(counts.get(&(area, *severity)).copied().unwrap_or_default()))
                })
                .collect();
            json!({"area": area, "counts": by})
        })
        .collect()
}

struct Lookup<'a> {
    measurements: BTreeMap<Id, &'a Measurement>,
    links: BTreeMap<Id, Vec<&'a EvidenceLink>>,
    verdicts: BTreeMap<String, Verdict>,
    groups: BTreeMap<&'a str, &'a groma_model::IssueGroup>,
    /// Numbers of the gaps: nothing causes a strength.
    gaps: BTreeMap<Id, u32>,
}

impl<'a> Lookup<'a> {
    fn of(source: &Source<'a>) -> Self {
        let contents = source.contents;
        let mut links: BTreeMap<Id, Vec<&EvidenceLink>> = BTreeMap::new();
        for link in &contents.evidence_links {
            links.entry(link.finding).or_default().push(link);
        }
        Self {
            measurements: contents.measurements.iter().map(|m| (m.id, m)).collect(),
            links,
            verdicts: contents.answers.iter().map(|a| (format!("{}/{}", a.pack, a.check), a.verdict)).collect(),
            gaps: (contents.findings.iter())
                .filter(|finding| finding.kind == FindingKind::Gap)
                .map(|finding| (finding.id, finding.number))
                .collect(),
            groups: contents.issue_groups.iter().map(|group| (group.key.as_str(), group)).collect(),
        }
    }
}

fn one(source: &Source<'_>, lookup: &Lookup<'_>, finding: &Finding) -> Value {
    let contents = source.contents;
    let key = code('F', finding.number);
    let prose = |field, text: &str| source.prose.field(Kind::Finding, finding.id, &key, field, text);
    let mut risks: Vec<u32> =
        contents.risks.iter().filter(|r| r.findings.contains(&finding.id)).map(|r| r.number).collect();
    let mut initiatives: Vec<u32> =
        contents.initiatives.iter().filter(|i| i.findings.contains(&finding.id)).map(|i| i.number).collect();
    risks.sort_unstable();
    initiatives.sort_unstable();
    let causes = contents.findings.iter().filter(|other| other.caused_by.contains(&finding.id)).map(|other| other.id);
    let causes = super::numbers(&causes.collect::<Vec<_>>(), &lookup.gaps);
    let score = finding.likelihood.zip(finding.impact).map(|(likelihood, impact)| likelihood.get() * impact.get());
    let checks: Vec<Value> = finding.checks.iter().map(|check| check_of(source, lookup, check)).collect();
    let evidence: Vec<Value> =
        lookup.links.get(&finding.id).into_iter().flatten().filter_map(|link| evidence(source, lookup, link)).collect();
    json!({
        "number": finding.number, "code": key, "title": finding.title, "kind": finding.kind,
        "area": source.read(&finding.area),
        "severity": finding.severity, "severity_reason": finding.severity_reason,
        "likelihood": finding.likelihood, "impact": finding.impact, "score": score,
        "confidence": finding.confidence, "operation": finding.operation,
        "summary": prose("summary", &finding.summary), "condition": prose("condition", &finding.condition),
        "criteria": prose("criteria", &finding.criteria), "cause": prose("cause", &finding.cause),
        "consequence": prose("consequence", &finding.consequence),
        "workaround": prose("workaround", &finding.workaround),
        "short_term": prose("short_term", &finding.short_term), "long_term": prose("long_term", &finding.long_term),
        "acceptance_test": prose("acceptance_test", &finding.acceptance_test),
        "current_level": finding.current_level, "recommended_level": finding.recommended_level,
        "effort_text": effort_text(source, finding.effort), "owner": finding.owner, "elements": finding.elements,
        "on_map": source.drawings.map.as_ref().and_then(|map| map.highlights.get(&finding.id)),
        "checks": checks, "cwe": finding.cwe, "cve": finding.cve, "quality": finding.quality,
        "references": finding.references, "editorial": finding.editorial,
        // A strength is neither open nor fixed.
        "life": if finding.kind == FindingKind::Gap { finding.life.as_str() } else { "" },
        "evidence": evidence, "risks": risks, "initiatives": initiatives,
        "caused_by": super::numbers(&finding.caused_by, &lookup.gaps), "causes": causes,
        "retests": finding.retests.iter().map(|one| retest(source, one)).collect::<Vec<_>>(),
    })
}

/// What came of measuring a finding again.
fn retest(source: &Source<'_>, retest: &Retest) -> Value {
    let values: Vec<Value> = retest
        .values
        .iter()
        .map(|value| {
            let (was, now) = super::evidence::retest_values(source.locale, source.labels, value);
            json!({"what": super::evidence::retest_subject(source.labels, value), "was_text": was, "now_text": now})
        })
        .collect();
    json!({
        "date_text": retest.at.map(|at| super::evidence::day(source, at)).unwrap_or_default(),
        "outcome": retest.outcome, "files": retest.files, "values": values,
    })
}

/// `3–8 person-days (likely 5)`.
pub(super) fn effort_text(source: &Source<'_>, effort: Option<groma_model::Effort>) -> String {
    let Some(effort) = effort else { return String::new() };
    let days = |value| source.locale.short(value, 1);
    let (low, likely, high) = (days(effort.low), days(effort.likely), days(effort.high));
    if low == high {
        return source.labels.sentence("words", "effort_exact", &[("days", &likely)]);
    }
    source.labels.sentence("words", "effort_range", &[("low", &low), ("likely", &likely), ("high", &high)])
}

fn check_of(source: &Source<'_>, lookup: &Lookup<'_>, key: &str) -> Value {
    let (pack, id) = key.split_once('/').unwrap_or(("", key));
    let title = source.pack(pack).and_then(|pack| pack.check(id)).map(|check| check.title.clone()).unwrap_or_default();
    // Packs number their checks alike: only the checklist's stand bare.
    let checklist = source.pack(pack).is_some_and(|pack| !pack.sections.is_empty());
    let shown = if checklist { id.to_owned() } else { format!("M {id}") };
    json!({"pack": pack, "id": shown, "title": title, "verdict": lookup.verdicts.get(key)})
}

fn evidence(source: &Source<'_>, lookup: &Lookup<'_>, link: &EvidenceLink) -> Option<Value> {
    let contents = source.contents;
    let id = link.target.parse::<Id>().ok();
    let (text, artifact, at, image) = match link.target_kind {
        EvidenceTarget::Artifact => (String::new(), id, String::new(), Value::Null),
        EvidenceTarget::Measurement => {
            let measurement = lookup.measurements.get(&id?)?;
            (
                super::evidence::measured(source, measurement),
                Some(measurement.artifact),
                line_of_file(source, &measurement.at),
                Value::Null,
            )
        }
        EvidenceTarget::IssueGroup => {
            let group = lookup.groups.get(link.target.as_str())?;
            let count = source.locale.number(group.count as f64, 0);
            let text = source.labels.sentence(
                "words",
                if group.count == 1 { "occurrence" } else { "occurrences" },
                &[("rule", &group.rule), ("component", &group.component), ("count", &count)],
            );
            (text, group.artifacts.first().copied(), source.labels.list(&group.places), Value::Null)
        }
        EvidenceTarget::Issue => match source.issues.iter().find(|issue| Some(issue.id) == id) {
            Some(issue) => (issue_text(source, issue), Some(issue.artifact), issue_place(issue), Value::Null),
            None => (String::new(), None, String::new(), Value::Null),
        },
        EvidenceTarget::Answer => (
            check_of(source, lookup, &link.target)["title"].as_str().unwrap_or_default().to_owned(),
            None,
            link.target.clone(),
            Value::Null,
        ),
        EvidenceTarget::Image => (String::new(), None, String::new(), source.image(id)),
        EvidenceTarget::Exhibit => {
            let exhibit = contents.exhibits.iter().find(|exhibit| Some(exhibit.id) == id)?;
            let title = if exhibit.title.trim().is_empty() { &exhibit.name } else { &exhibit.title };
            (title.clone(), None, exhibit.range.clone(), Value::Null)
        }
        EvidenceTarget::Note => {
            let note = contents.notes.iter().find(|note| Some(note.id) == id && !note.private)?;
            (note.title.clone(), None, note.date.map(|date| source.locale.date(date)).unwrap_or_default(), Value::Null)
        }
    };
    let file = artifact.and_then(|id| contents.artifacts.iter().find(|artifact| artifact.id == id));
    Some(json!({
        "kind": link.target_kind, "text": text, "note": link.note,
        "artifact": artifact.and_then(|id| source.index.artifacts.get(&id)),
        "artifact_name": file.map(|artifact| artifact.name.as_str()).unwrap_or_default(),
        "at": at, "image": image,
        "exhibit": id.filter(|_| link.target_kind == EvidenceTarget::Exhibit).and_then(|id| source.index.exhibits.get(&id)),
        "captured_text": file.and_then(|a| a.captured_at.or(a.imported_at)).map(|when| super::evidence::day(source, when)).unwrap_or_default(),
    }))
}

/// `CVE-2024-1 – Prototype pollution in qs 6.5 (npm audit)`: the rule, what it says and the tool that said so.
fn issue_text(source: &Source<'_>, issue: &Issue) -> String {
    let tool = source.contents.artifacts.iter().find(|artifact| artifact.id == issue.artifact);
    let title = if issue.title.is_empty() { &issue.message } else { &issue.title };
    let mut text = issue.rule.clone();
    if !title.is_empty() && *title != issue.rule {
        text.push_str(if text.is_empty() { "" } else { " – " });
        text.push_str(title);
    }
    match tool.map(|artifact| artifact.tool.as_str()).filter(|tool| !tool.is_empty()) {
        Some(tool) => format!("{text} ({tool})"),
        None => text,
    }
}

/// A place in a file as its reader says it: `line 42` in the report's language, a pointer into a document as it stands.
fn line_of_file(source: &Source<'_>, at: &str) -> String {
    match at.strip_prefix("line ").filter(|line| line.bytes().all(|digit| digit.is_ascii_digit())) {
        Some(line) => source.labels.sentence("words", "line-of-file", &[("n", line)]),
        None => at.to_owned(),
    }
}

/// `src/order.ts:42`, or the component where the tool names no file.
fn issue_place(issue: &Issue) -> String {
    let place = if issue.location.is_empty() { &issue.component } else { &issue.location };
    match issue.line {
        Some(line) => format!("{place}:{line}"),
        None => place.clone(),
    }
}

/// The five worst open gaps, worst first, then by score and number.
pub(super) fn worst(source: &Source<'_>, most: usize) -> Vec<Value> {
    let mut open: Vec<&Finding> =
        source.contents.findings.iter().filter(|f| f.kind == FindingKind::Gap && f.life != Life::Fixed).collect();
    let score = |f: &Finding| f.likelihood.zip(f.impact).map_or(0, |(l, i)| l.get() * i.get());
    open.sort_by_key(|finding| (finding.severity, std::cmp::Reverse(score(finding)), finding.number));
    open.into_iter()
        .take(most)
        .map(|finding| {
            let key = code('F', finding.number);
            json!({
                "number": finding.number, "code": key, "title": finding.title, "severity": finding.severity,
                "area": source.read(&finding.area), "operation": finding.operation,
                "summary": source.prose.field(Kind::Finding, finding.id, &key, "summary", &finding.summary),
            })
        })
        .collect()
}
