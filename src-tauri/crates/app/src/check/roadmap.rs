//! The roadmap: estimated, owned, staffed, in time, within its money.

use std::collections::BTreeMap;

use groma_model::{Id, Kind, Level};
use groma_plan::{CapState, NoteKind};

use serde_json::json;

use super::{Problems, Subject, Values, code, values};

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let contents = subject.contents;
    let levels: BTreeMap<(&str, &str), Option<Level>> =
        contents.assessments.iter().map(|area| ((area.pack.as_str(), area.area.as_str()), area.level)).collect();
    for initiative in &contents.initiatives {
        let mut at = problems.at(Kind::Initiative, initiative.id, code('I', initiative.number));
        if initiative.owner.trim().is_empty() {
            at.error("initiative.owner", "owner", Values::new());
        }
        if initiative.effort.is_none() {
            at.error("initiative.effort.missing", "effort", Values::new());
        }
        if initiative.phase.is_none() {
            at.warning("initiative.phase", "phase", Values::new());
        }
        if initiative.findings.is_empty() && initiative.risks.is_empty() {
            at.warning("initiative.reason", "findings", Values::new());
        }
        let shares: f64 = initiative.roles.iter().map(|role| role.share).sum();
        if initiative.roles.is_empty() {
            at.warning("initiative.roles.none", "roles", Values::new());
        } else if (shares - 1.0).abs() > 0.001 {
            at.error("initiative.roles.sum", "roles", values([("sum", json!((shares * 100.0).round() / 100.0))]));
        }
        for lift in &initiative.lifts {
            if let Some(Some(now)) = levels.get(&(lift.pack.as_str(), lift.area.as_str()))
                && lift.level <= *now
            {
                at.warning(
                    "initiative.lift",
                    "lifts",
                    values([("area", json!(lift.area)), ("level", json!(lift.level))]),
                );
            }
        }
    }
    for phase in &contents.phases {
        let mut at = problems.at(Kind::Phase, phase.id, format!("phase {}", phase.number));
        match (phase.starts, phase.ends) {
            (Some(starts), Some(ends)) if ends < starts => {
                at.error("phase.dates.order", "ends", values([("ends", json!(ends)), ("starts", json!(starts))]));
            }
            (Some(_), Some(_)) => {}
            _ => at.warning("phase.dates.none", "starts", Values::new()),
        }
        if phase.exit_criteria.is_empty() {
            at.warning("phase.exit", "exit_criteria", Values::new());
        }
    }
    if contents.initiatives.is_empty() {
        return;
    }
    match &subject.plan {
        Err(reason) => {
            problems.at(Kind::Engagement, contents.engagement.id, "roadmap").error(
                "plan.impossible",
                "initiatives",
                values([("reason", json!(reason))]),
            );
        }
        Ok(plan) => scheduled(subject, plan, problems),
    }
}

/// A remark of the plan: in English, and as data for other languages.
fn told(note: &groma_plan::Note) -> Values {
    values([("reason", json!(note.sentence)), ("note", json!(note))])
}

fn scheduled(subject: &Subject<'_>, plan: &groma_plan::Plan, problems: &mut Problems) {
    let engagement = subject.contents.engagement.id;
    let numbers: BTreeMap<Id, u32> = subject.contents.initiatives.iter().map(|i| (i.id, i.number)).collect();
    let named = |id: Id| code('I', numbers.get(&id).copied().unwrap_or_default());
    let estimated =
        |id: Option<Id>| subject.contents.initiatives.iter().any(|i| Some(i.id) == id && i.effort.is_some());
    for note in &plan.notes {
        match note.initiative {
            // What is missing altogether is told above; an effort that cannot be used drops the initiative silently.
            Some(id) if note.kind == NoteKind::NoEffort && estimated(Some(id)) => {
                problems.at(Kind::Initiative, id, named(id)).error(
                    "initiative.effort.unusable",
                    "effort",
                    values([("reason", json!(note.sentence)), ("note", json!(note))]),
                );
            }
            _ if matches!(note.kind, NoteKind::NoEffort | NoteKind::NoRole) => {}
            Some(id) => problems.at(Kind::Initiative, id, named(id)).warning("plan.note", "", told(note)),
            None => problems.at(Kind::Engagement, engagement, "roadmap").warning("plan.note", "", told(note)),
        }
    }
    let Some(schedule) = &plan.schedule else { return };
    for placed in schedule.initiatives.iter().filter(|placed| placed.late) {
        for limit in placed.limits.iter().filter(|limit| limit.late) {
            problems.at(Kind::Initiative, placed.initiative, named(placed.initiative)).warning(
                "plan.late",
                "phase",
                values([
                    ("end", json!(placed.end)),
                    ("days", json!((-limit.margin_days * 10.0).round() / 10.0)),
                    ("date", json!(limit.date)),
                ]),
            );
        }
    }
    for overload in &schedule.overloads {
        problems.at(Kind::Engagement, engagement, "resources").warning(
            "plan.overload",
            "resources",
            values([("reason", json!(overload.sentence)), ("overload", json!(overload))]),
        );
    }
    for phase in &plan.cost.phases {
        if let (Some(id), Some(headroom)) = (phase.phase, phase.headroom)
            && headroom.state == CapState::Over
        {
            let money = |amount: groma_model::Money| amount.0 / 100;
            problems.at(Kind::Phase, id, format!("phase {}", phase.number)).error(
                "plan.cap",
                "budget_cap",
                values([("likely", json!(money(headroom.likely))), ("cap", json!(money(headroom.cap)))]),
            );
        }
    }
}
