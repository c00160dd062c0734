//! The one page that a board reads: three numbers, the matrix, the top five, 30/60/90, the ask.

use groma_model::{FindingKind, Horizon, Life, Severity};
use serde_json::{Value, json};

use super::{Source, code, findings, risks};

pub(super) fn view(source: &Source<'_>) -> Value {
    let contents = source.contents;
    let gaps = || contents.findings.iter().filter(|finding| finding.kind == FindingKind::Gap);
    let severities: Vec<Value> = Severity::ALL
        .iter()
        .map(|severity| {
            let all = gaps().filter(|finding| finding.severity == *severity);
            let (open, total) =
                all.fold((0, 0), |(open, total), finding| (open + u32::from(finding.life != Life::Fixed), total + 1));
            json!({"severity": severity, "open": open, "total": total})
        })
        .collect();
    let current = || contents.risks.iter().map(|risk| risk.current);
    let residual = || contents.risks.iter().map(|risk| risk.residual.or(risk.current));
    json!({
        "health": health(source), "maturity": maturity(source), "severities": severities,
        "gaps": gaps().filter(|finding| finding.life != Life::Fixed).count(),
        "strengths": contents.findings.iter().filter(|finding| finding.kind == FindingKind::Strength).count(),
        "top_findings": findings::worst(source, 5),
        "matrix": risks::matrix(contents.risks.iter().map(|risk| (risk.number, risk.current))),
        "risk_counts": {"current": risks::counts(current()), "residual": risks::counts(residual())},
        "horizons": horizons(source), "ask": ask(source), "top_actions": top_actions(source),
    })
}

fn health(source: &Source<'_>) -> Value {
    let Some(health) = source.health else { return Value::Null };
    let percent = health.percent;
    let coverage = source.labels.sentence(
        "words",
        "coverage",
        &[("assessed", &health.assessed.to_string()), ("applicable", &health.applicable.to_string())],
    );
    json!({
        "percent": percent, "percent_text": percent.map(|value| source.locale.percent(value, 0)).unwrap_or_default(),
        "band": health.band, "passed": health.passed, "failed": health.failed,
        "improve": health.improve, "assessed": health.assessed, "applicable": health.applicable,
        "total_checks": health.sections.iter().map(|section| section.total + section.not_applicable).sum::<u32>(),
        "not_assessed": health.applicable - health.assessed.min(health.applicable), "coverage_text": coverage,
    })
}

fn maturity(source: &Source<'_>) -> Value {
    let Some(maturity) = source.maturity else { return Value::Null };
    let text = |value: Option<f64>| value.map(|value| source.locale.number(value, 1)).unwrap_or_default();
    json!({
        "mean": maturity.mean, "mean_text": text(maturity.mean), "target_mean": maturity.target_mean,
        "target_mean_text": text(maturity.target_mean),
        "weakest": maturity.weakest.as_ref().map(|id| {
            let area = maturity.areas.iter().find(|area| area.id == *id);
            json!({"id": id, "title": area.map(|area| area.title.as_str()), "level": maturity.weakest_level})
        }),
        "assessed": maturity.assessed, "areas": maturity.areas.len(),
    })
}

/// What ends within 30, 60 and 90 days by the schedule; by declaration where there is no schedule.
fn horizons(source: &Source<'_>) -> Vec<Value> {
    let contents = source.contents;
    let wins = |number: u32| {
        source.plan.is_some_and(|plan| plan.quick_wins.iter().any(|rule| rule.number == number && rule.quick_win))
    };
    [Horizon::Days30, Horizon::Days60, Horizon::Days90]
        .into_iter()
        .map(|horizon| {
            let scheduled = source.plan.filter(|plan| plan.schedule.is_some());
            let mut numbers: Vec<u32> = match scheduled {
                Some(plan) => {
                    let bucket = plan.horizons.iter().filter(|bucket| bucket.horizon == horizon);
                    bucket.flat_map(|bucket| &bucket.initiatives).map(|entry| entry.number).collect()
                }
                None => contents.initiatives.iter().filter(|i| i.horizon == horizon).map(|i| i.number).collect(),
            };
            numbers.sort_unstable();
            let listed: Vec<Value> = numbers
                .iter()
                .filter_map(|number| contents.initiatives.iter().find(|initiative| initiative.number == *number))
                .map(|initiative| {
                    json!({
                        "number": initiative.number, "code": code('I', initiative.number), "title": initiative.title,
                        "quick_win": wins(initiative.number),
                    })
                })
                .collect();
            json!({"id": horizon, "initiatives": listed})
        })
        .collect()
}

fn ask(source: &Source<'_>) -> Value {
    let Some(plan) = source.plan.filter(|_| !source.contents.initiatives.is_empty()) else { return Value::Null };
    let total = &plan.cost.total;
    let yearly = total.yearly.likely;
    let until = plan.schedule.as_ref().and_then(|schedule| schedule.ends);
    json!({
        "once_low_text": source.money(total.once.low), "once_likely_text": source.money(total.once.likely),
        "once_high_text": source.money(total.once.high),
        "yearly_text": if yearly.0 == 0 { String::new() } else { source.money(yearly) },
        "with_contingency_text": source.money(total.with_contingency),
        "person_days_text": source.locale.short(total.effort.likely, 0),
        "duration_text": source.locale.period(source.contents.engagement.roadmap_start, until),
        "phases": source.contents.phases.len(),
    })
}

/// The three checks whose mending counts most.
fn top_actions(source: &Source<'_>) -> Vec<Value> {
    let Some(pack) = source.packs.iter().find(|pack| !pack.sections.is_empty()) else { return Vec::new() };
    groma_pack::top_actions(pack, &source.contents.answers, 3)
        .into_iter()
        .map(|action| {
            let key = format!("{}/{}", pack.id, action.check);
            let finding = source.contents.findings.iter().find(|finding| finding.checks.contains(&key));
            json!({
                "check": action.check, "title": action.title, "verdict": action.verdict, "section": action.section,
                "finding": finding.map(|finding| finding.number), "remedy": action.remedy,
            })
        })
        .collect()
}
