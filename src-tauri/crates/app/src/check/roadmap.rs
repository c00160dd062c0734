//! The roadmap: estimated, owned, staffed, in time, within its money.

use std::collections::BTreeMap;

use groma_model::{Id, Kind, Level};
use groma_plan::{CapState, NoteKind};

use super::{Problems, Subject, code};

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let contents = subject.contents;
    let levels: BTreeMap<(&str, &str), Option<Level>> =
        contents.assessments.iter().map(|area| ((area.pack.as_str(), area.area.as_str()), area.level)).collect();
    for initiative in &contents.initiatives {
        let mut at = problems.at(Kind::Initiative, initiative.id, code('I', initiative.number));
        if initiative.owner.trim().is_empty() {
            at.error("initiative.owner", "owner", "nobody owns it");
        }
        if initiative.effort.is_none() {
            at.error("initiative.effort", "effort", "it has no effort estimate");
        }
        if initiative.phase.is_none() {
            at.warning("initiative.phase", "phase", "it stands in no phase");
        }
        if initiative.findings.is_empty() && initiative.risks.is_empty() {
            at.warning("initiative.reason", "findings", "it settles no finding and treats no risk");
        }
        let shares: f64 = initiative.roles.iter().map(|role| role.share).sum();
        if initiative.roles.is_empty() {
            at.warning("initiative.roles", "roles", "no role does it");
        } else if (shares - 1.0).abs() > 0.001 {
            at.error("initiative.roles", "roles", format!("the roles' shares sum to {shares:.2}, not 1"));
        }
        for lift in &initiative.lifts {
            if let Some(Some(now)) = levels.get(&(lift.pack.as_str(), lift.area.as_str()))
                && lift.level <= *now
            {
                at.warning(
                    "initiative.lift",
                    "lifts",
                    format!("it lifts {} to {}, where it already is", lift.area, lift.level),
                );
            }
        }
    }
    for phase in &contents.phases {
        let mut at = problems.at(Kind::Phase, phase.id, format!("phase {}", phase.number));
        match (phase.starts, phase.ends) {
            (Some(starts), Some(ends)) if ends < starts => {
                at.error("phase.dates", "ends", format!("it ends on {ends}, before it starts on {starts}"));
            }
            (Some(_), Some(_)) => {}
            _ => at.warning("phase.dates", "starts", "it has no window"),
        }
        if phase.exit_criteria.is_empty() {
            at.warning("phase.exit", "exit_criteria", "nothing says when it is over");
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
                reason.clone(),
            );
        }
        Ok(plan) => scheduled(subject, plan, problems),
    }
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
                    "initiative.effort",
                    "effort",
                    note.sentence.clone(),
                );
            }
            _ if matches!(note.kind, NoteKind::NoEffort | NoteKind::NoRole) => {}
            Some(id) => problems.at(Kind::Initiative, id, named(id)).warning("plan.note", "", note.sentence.clone()),
            None => {
                problems.at(Kind::Engagement, engagement, "roadmap").warning("plan.note", "", note.sentence.clone())
            }
        }
    }
    let Some(schedule) = &plan.schedule else { return };
    for placed in schedule.initiatives.iter().filter(|placed| placed.late) {
        for limit in placed.limits.iter().filter(|limit| limit.late) {
            problems.at(Kind::Initiative, placed.initiative, named(placed.initiative)).warning(
                "plan.late",
                "phase",
                format!("it ends on {}, {:.1} working days after {}", placed.end, -limit.margin_days, limit.date),
            );
        }
    }
    for overload in &schedule.overloads {
        problems.at(Kind::Engagement, engagement, "resources").warning(
            "plan.overload",
            "resources",
            overload.sentence.clone(),
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
                format!("its likely cost of {} is above its cap of {}", money(headroom.likely), money(headroom.cap)),
            );
        }
    }
}
