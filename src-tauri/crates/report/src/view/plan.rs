//! Initiatives, themes, phases, and the Gantt chart.

use std::collections::{BTreeMap, BTreeSet};

use groma_model::{Date, Id, Initiative, Kind, Phase};
use groma_plan::{Plan, Schedule, Scheduled};
use serde_json::{Value, json};

use super::{Source, code, findings, numbers};

pub(super) fn view(source: &Source<'_>) -> Value {
    let contents = source.contents;
    let schedule = source.plan.and_then(|plan| plan.schedule.as_ref());
    let initiatives: Vec<Value> =
        contents.initiatives.iter().map(|initiative| one(source, schedule, initiative)).collect();
    let themes: Vec<Value> = contents
        .themes
        .iter()
        .enumerate()
        .map(|(index, theme)| {
            let key = (index + 1).to_string();
            let prose = |field, text: &str| source.prose.field(Kind::Theme, theme.id, &key, field, text);
            json!({
                "name": theme.name, "target_state": prose("target_state", &theme.target_state),
                "exit_criterion": prose("exit_criterion", &theme.exit_criterion),
                "initiatives": members(contents.initiatives.iter().filter(|i| i.theme == Some(theme.id))),
            })
        })
        .collect();
    let milestones: Vec<Value> = contents
        .milestones
        .iter()
        .filter_map(|milestone| {
            let date = milestone.date?;
            Some(json!({"name": milestone.name, "date": date, "date_text": source.locale.date(date)}))
        })
        .collect();
    json!({
        "initiatives": initiatives, "themes": themes,
        "phases": contents.phases.iter().map(|phase| phase_of(source, phase)).collect::<Vec<_>>(),
        "milestones": milestones,
        "gantt": schedule.map_or(Value::Null, |schedule| gantt(source, schedule)),
        "overloads": source.plan.map(|plan| overloads(source, plan)).unwrap_or_default(),
        "sensitivity_text": sensitivity(source),
    })
}

fn members<'a>(initiatives: impl Iterator<Item = &'a Initiative>) -> Vec<u32> {
    let mut found: Vec<u32> = initiatives.map(|initiative| initiative.number).collect();
    found.sort_unstable();
    found
}

/// The phase that an initiative stands in, by number.
fn phase_number(source: &Source<'_>, initiative: &Initiative) -> Option<u32> {
    initiative.phase.and_then(|id| source.index.phases.get(&id)).copied()
}

fn one(source: &Source<'_>, schedule: Option<&Schedule>, initiative: &Initiative) -> Value {
    let contents = source.contents;
    let key = code('I', initiative.number);
    let prose = |field, text: &str| source.prose.field(Kind::Initiative, initiative.id, &key, field, text);
    let priority = source.plan.and_then(|plan| plan.priorities.iter().find(|p| p.initiative == initiative.id));
    let rule = source.plan.and_then(|plan| plan.quick_wins.iter().find(|q| q.initiative == initiative.id));
    let cost = source.plan.and_then(|plan| plan.cost.initiatives.iter().find(|c| c.initiative == initiative.id));
    let placed = schedule.and_then(|schedule| schedule.get(initiative.id));
    let theme = initiative.theme.and_then(|id| contents.themes.iter().find(|theme| theme.id == id));
    let money = |amount: Option<groma_model::Money>| amount.map(|amount| source.money(amount)).unwrap_or_default();
    let roles: Vec<Value> = initiative
        .roles
        .iter()
        .filter_map(|share| {
            let name = source.index.roles.get(&share.role)?;
            Some(json!({"role": name, "share_text": source.locale.percent(share.share * 100.0, 0)}))
        })
        .collect();
    let depends: Vec<u32> = {
        let on: Vec<Id> = initiative.depends_on.iter().map(|dependency| dependency.on).collect();
        numbers(&on, &source.index.initiatives)
    };
    let lifts: Vec<Value> = initiative
        .lifts
        .iter()
        .map(|lift| {
            let area = source.pack(&lift.pack).and_then(|pack| pack.area(&lift.area));
            json!({"area": area.map_or(lift.area.as_str(), |area| area.title.as_str()), "level": lift.level})
        })
        .collect();
    let mut value = json!({
        "number": initiative.number, "code": key, "title": initiative.title,
        "description": prose("description", &initiative.description), "outcome": prose("outcome", &initiative.outcome),
        "theme": theme.map(|theme| theme.name.as_str()), "phase": phase_number(source, initiative),
        "horizon": initiative.horizon,
        "quick_win": rule.is_some_and(|rule| rule.quick_win),
        "quick_win_reasons": rule.map(|rule| reasons(source, rule)).unwrap_or_default(),
        "quadrant": priority.and_then(|priority| priority.quadrant),
        "impact": initiative.impact, "effort_text": findings::effort_text(source, initiative.effort),
        "effort_likely": initiative.effort.map(|effort| effort.likely),
        "roles": roles, "depends_on": depends, "owner": initiative.owner,
        "findings": numbers(&initiative.findings, &source.index.findings),
        "risks": numbers(&initiative.risks, &source.index.risks), "lifts": lifts,
    });
    let figures = json!({
        "wsjf": priority.and_then(|priority| priority.wsjf),
        "wsjf_text": priority.and_then(|p| p.wsjf).map(|wsjf| source.locale.number(wsjf, 1)).unwrap_or_default(),
        "rice_text": priority.and_then(|p| p.rice).map(|rice| source.locale.number(rice, 1)).unwrap_or_default(),
        "rank": priority.and_then(|priority| priority.rank),
        "rank_range_text": priority.and_then(|p| p.rank_range).map(|range| {
            if range.best == range.worst { range.best.to_string() } else { format!("{}–{}", range.best, range.worst) }
        }).unwrap_or_default(),
        "cost_low_text": money(cost.map(|cost| cost.once.low)),
        "cost_likely_text": money(cost.map(|cost| cost.once.likely)),
        "cost_high_text": money(cost.map(|cost| cost.once.high)),
        "run_text": money(cost.map(|cost| cost.yearly.likely).filter(|money| money.0 != 0)),
        "start": placed.map(|placed| placed.start), "end": placed.map(|placed| placed.end),
        "start_text": placed.map(|placed| source.locale.date(placed.start)).unwrap_or_default(),
        "end_text": placed.map(|placed| source.locale.date(placed.end)).unwrap_or_default(),
        "days": placed.map(|placed| placed.working_days), "critical": placed.is_some_and(|placed| placed.critical),
        "slack_days": placed.map(|placed| placed.slack_days),
        "why": placed.map(|placed| why(source, placed)).unwrap_or_default(),
        "late_text": placed.filter(|placed| placed.late).map(|placed| late(source, placed)).unwrap_or_default(),
    });
    if let (Value::Object(value), Value::Object(figures)) = (&mut value, figures) {
        value.extend(figures);
    }
    value
}

/// Which criteria of the quick-win rule hold, in the report's language.
fn reasons(source: &Source<'_>, rule: &groma_plan::QuickWin) -> Vec<String> {
    let criteria = rule.criteria.iter().map(|criterion| {
        let word = serde_json::to_value(criterion.rule).ok();
        let word = word.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
        let key = if criterion.met { format!("{word}_met") } else { format!("{word}_missed") };
        let sentence = source.labels.word("quick_win", &key);
        if sentence == key { criterion.sentence.clone() } else { sentence.to_owned() }
    });
    criteria.collect()
}

/// Why a start is where it is, in the report's language.
fn why(source: &Source<'_>, placed: &Scheduled) -> String {
    use groma_plan::StartReason as Why;
    let say = |key: &str, places: &[(&str, &str)]| source.labels.sentence("why", key, places);
    match &placed.why {
        Why::RoadmapStart => say("roadmap_start", &[]),
        Why::PhaseStart { .. } => say("phase_start", &[]),
        Why::EarliestStart { date } => say("earliest_start", &[("date", &source.locale.date(*date))]),
        Why::WaitsFor { label, lag_days: 0, .. } => say("waits_for", &[("initiative", label)]),
        Why::WaitsFor { label, lag_days, .. } => {
            say("waits_for_lag", &[("initiative", label), ("days", &lag_days.to_string())])
        }
        Why::WaitsForRole { name, labels, .. } => {
            say("waits_for_role", &[("role", name), ("initiatives", &source.labels.list(labels))])
        }
        Why::NoCapacityBefore { name, date, .. } => {
            say("no_capacity", &[("role", name), ("date", &source.locale.date(*date))])
        }
    }
}

/// The limit that is missed by most.
fn late(source: &Source<'_>, placed: &Scheduled) -> String {
    let worst = placed.limits.iter().filter(|limit| limit.late).min_by(|a, b| a.margin_days.total_cmp(&b.margin_days));
    worst.map_or_else(String::new, |limit| {
        let days = source.locale.short(-limit.margin_days, 1);
        source.labels.sentence("words", "late_by", &[("days", &days), ("date", &source.locale.date(limit.date))])
    })
}

fn phase_of(source: &Source<'_>, phase: &Phase) -> Value {
    let key = phase.number.to_string();
    let prose = |field, text: &str| source.prose.field(Kind::Phase, phase.id, &key, field, text);
    let cost = source.plan.and_then(|plan| plan.cost.phases.iter().find(|cost| cost.phase == Some(phase.id)));
    let money = |amount: Option<groma_model::Money>| amount.map(|amount| source.money(amount)).unwrap_or_default();
    json!({
        "number": phase.number, "name": phase.name, "start": phase.starts, "end": phase.ends,
        "window_text": source.locale.period(phase.starts, phase.ends),
        "objective": prose("objective", &phase.objective), "outcome": prose("outcome", &phase.outcome),
        "exit_criteria": phase.exit_criteria,
        "initiatives": members(source.contents.initiatives.iter().filter(|i| i.phase == Some(phase.id))),
        "once_low_text": money(cost.map(|cost| cost.parts.once.low)),
        "once_likely_text": money(cost.map(|cost| cost.parts.once.likely)),
        "once_high_text": money(cost.map(|cost| cost.parts.once.high)),
        "once_likely": cost.map(|cost| cost.parts.once.likely),
        "yearly_text": money(cost.map(|cost| cost.parts.yearly.likely).filter(|money| money.0 != 0)),
        "cap_text": money(phase.budget_cap),
        "over_cap": cost.and_then(|cost| cost.headroom).is_some_and(|headroom| headroom.state == groma_plan::CapState::Over),
    })
}

fn overloads(source: &Source<'_>, plan: &Plan) -> Vec<Value> {
    let all = plan.schedule.iter().flat_map(|schedule| &schedule.overloads);
    all.map(|overload| {
        let fte = |value| source.locale.short(value, 2);
        let text = source.labels.sentence(
            "words",
            "overload",
            &[
                ("role", &overload.name),
                ("demand", &fte(overload.demand_fte)),
                ("capacity", &fte(overload.capacity_fte)),
            ],
        );
        json!({
            "role": overload.name, "from_text": source.locale.date(overload.from),
            "to_text": source.locale.date(overload.to), "text": text,
        })
    })
    .collect()
}

/// How far the ranks move when efforts are off.
fn sensitivity(source: &Source<'_>) -> String {
    let Some(plan) = source.plan else { return String::new() };
    let ranked: Vec<_> = plan.priorities.iter().filter_map(|p| Some((p.number, p.rank?, p.rank_range?))).collect();
    let moves = |rank: u32, range: groma_plan::RankRange| (range.worst - rank).max(rank - range.best);
    let stable = ranked.iter().filter(|(_, rank, range)| moves(*rank, *range) == 0).count();
    let Some((number, rank, range)) =
        ranked.iter().max_by_key(|(number, rank, range)| (moves(*rank, *range), std::cmp::Reverse(*number)))
    else {
        return String::new();
    };
    source.labels.sentence(
        "words",
        "sensitivity",
        &[
            ("percent", &source.locale.percent(groma_plan::SENSITIVITY * 100.0, 0)),
            ("stable", &stable.to_string()),
            ("total", &ranked.len().to_string()),
            ("initiative", &code('I', *number)),
            ("rank", &rank.to_string()),
            ("best", &range.best.to_string()),
            ("worst", &range.worst.to_string()),
        ],
    )
}

/// Days from the first day of a chart.
fn day(start: Date, date: Date) -> i32 {
    date.since(start).map(|span| span.get_days()).unwrap_or_default()
}

fn gantt(source: &Source<'_>, schedule: &Schedule) -> Value {
    let contents = source.contents;
    let first = schedule.roadmap_start;
    let ends = schedule.initiatives.iter().map(|placed| placed.end);
    let phase_ends = contents.phases.iter().filter_map(|phase| phase.ends);
    let last = ends.chain(phase_ends).max().unwrap_or(first).max(first).last_of_month();
    let start = first.first_of_month();
    let mut months = Vec::new();
    let mut month = start;
    while month <= last && months.len() < 120 {
        months.push(json!({
            "label": source.locale.month(month.year(), month.month()), "start_day": day(start, month),
            "days": month.days_in_month(),
        }));
        let Ok(next) = month.last_of_month().tomorrow() else { break };
        month = next;
    }
    let milestones: Vec<Value> = contents
        .milestones
        .iter()
        .filter_map(|milestone| {
            let date = milestone.date.filter(|date| *date >= start && *date <= last)?;
            Some(json!({"name": milestone.name, "day": day(start, date)}))
        })
        .collect();
    let phases: Vec<Value> = contents
        .phases
        .iter()
        .filter_map(|phase| {
            let (from, to) = phase.starts.zip(phase.ends)?;
            Some(json!({"number": phase.number, "name": phase.name, "from_day": day(start, from), "to_day": day(start, to) + 1}))
        })
        .collect();
    let offset = day(start, first);
    json!({
        "start": start, "end": last, "months": months, "total_days": day(start, last) + 1, "offset": offset,
        "d30": offset + 30, "d60": offset + 60, "d90": offset + 90,
        "lanes": lanes(source, schedule, start), "links": links(source, schedule), "milestones": milestones,
        "phases": phases,
    })
}

/// A lane a phase, in order, then what stands in none; bars by their start.
fn lanes(source: &Source<'_>, schedule: &Schedule, start: Date) -> Vec<Value> {
    let contents = source.contents;
    let titles: BTreeMap<Id, &Initiative> = contents.initiatives.iter().map(|i| (i.id, i)).collect();
    let wins: BTreeSet<Id> = source
        .plan
        .into_iter()
        .flat_map(|plan| &plan.quick_wins)
        .filter(|rule| rule.quick_win)
        .map(|rule| rule.initiative)
        .collect();
    let mut order: Vec<Option<Id>> = contents.phases.iter().map(|phase| Some(phase.id)).collect();
    order.push(None);
    let mut lanes = Vec::new();
    for phase in order {
        let mut placed: Vec<&Scheduled> = schedule.initiatives.iter().filter(|placed| placed.phase == phase).collect();
        if placed.is_empty() {
            continue;
        }
        placed.sort_by_key(|placed| (placed.start, placed.end, placed.number));
        let bars: Vec<Value> = placed
            .iter()
            .map(|placed| {
                let phase = phase.and_then(|id| source.index.phases.get(&id));
                json!({
                    "number": placed.number, "code": code('I', placed.number),
                    "title": titles.get(&placed.initiative).map(|i| i.title.as_str()).unwrap_or_default(),
                    "from_day": day(start, placed.start), "to_day": day(start, placed.end) + 1,
                    "quick_win": wins.contains(&placed.initiative), "critical": placed.critical, "phase": phase,
                })
            })
            .collect();
        let named = phase.and_then(|id| contents.phases.iter().find(|known| known.id == id));
        let title =
            named.map_or_else(|| source.labels.word("words", "no_phase").to_owned(), |phase| phase.name.clone());
        lanes.push(json!({"title": title, "phase": named.map(|phase| phase.number), "bars": bars}));
    }
    lanes
}

fn links(source: &Source<'_>, schedule: &Schedule) -> Vec<Value> {
    let drawn: BTreeSet<Id> = schedule.initiatives.iter().map(|placed| placed.initiative).collect();
    let mut links = Vec::new();
    for initiative in source.contents.initiatives.iter().filter(|initiative| drawn.contains(&initiative.id)) {
        for dependency in initiative.depends_on.iter().filter(|dependency| drawn.contains(&dependency.on)) {
            if let Some(from) = source.index.initiatives.get(&dependency.on) {
                links.push(json!({"from": from, "to": initiative.number}));
            }
        }
    }
    links
}
