//! People and money: demand against capacity, budget, trainings, what a part of the money buys.

use std::collections::BTreeMap;

use groma_model::{Date, Id, Money, MoneyRange};
use groma_plan::{Plan, WhatIf};
use serde_json::{Value, json};

use super::{Source, risks};

pub(super) fn view(source: &Source<'_>) -> Value {
    let Some(plan) = source.plan else {
        return json!({
            "months": [], "roles": [], "lines": [],
            "totals": {
                "demand": [], "capacity": [], "demand_text": [], "cost_text": "", "capacity_cost_text": "",
                "person_days_text": "",
            },
            "budget": {
                "lines": [], "phases": [], "waterfall": [], "contingency_text": "", "total_low_text": "",
                "total_likely_text": "", "total_high_text": "", "work_text": "", "other_text": "",
                "training_text": "", "total_with_contingency_text": "", "yearly_text": "",
            },
            "trainings": trainings(source), "what_if": [],
        });
    };
    let months: Vec<String> = plan
        .schedule
        .iter()
        .flat_map(|schedule| &schedule.months)
        .map(|month| source.locale.month(month.from.year(), month.from.month()))
        .collect();
    json!({
        "months": months, "roles": roles(source, plan), "lines": lines(source, plan), "totals": totals(source, plan),
        "budget": budget(source, plan), "trainings": trainings(source), "what_if": what_if(source, plan),
    })
}

fn fte(source: &Source<'_>, value: f64) -> String {
    if value < 0.005 { String::new() } else { source.locale.number(value, if value < 9.95 { 1 } else { 0 }) }
}

fn roles(source: &Source<'_>, plan: &Plan) -> Vec<Value> {
    let contents = source.contents;
    let demand = plan.schedule.iter().flat_map(|schedule| &schedule.demand);
    demand
        .map(|row| {
            let role = row.role.and_then(|id| contents.roles.iter().find(|role| role.id == id));
            let total = row.role.and_then(|id| plan.cost.roles.iter().find(|total| total.role == id));
            let demand: Vec<f64> = row.months.iter().map(|month| month.demand_fte).collect();
            let capacity: Vec<f64> = row.months.iter().map(|month| month.capacity_fte).collect();
            json!({
                "name": row.name, "seniority": role.map(|role| role.seniority.as_str()).unwrap_or_default(),
                "skills": role.map(|role| role.skills.clone()).unwrap_or_default(),
                "rate_text": total.and_then(|total| total.day_rate).map(|rate| source.money(rate)).unwrap_or_default(),
                "demand_text": demand.iter().map(|value| fte(source, *value)).collect::<Vec<_>>(),
                "capacity_text": capacity.iter().map(|value| fte(source, *value)).collect::<Vec<_>>(),
                "over": demand.iter().zip(&capacity).map(|(need, have)| *need > have + 0.005).collect::<Vec<_>>(),
                "demand": demand, "capacity": capacity,
                "person_days_text": source.locale.short(row.demand_days, 1),
                "cost_text": total.map(|total| source.money(total.cost.likely)).unwrap_or_default(),
            })
        })
        .collect()
}

fn lines(source: &Source<'_>, plan: &Plan) -> Vec<Value> {
    let costs: BTreeMap<Id, _> = plan.cost.capacity.lines.iter().map(|cost| (cost.line, cost)).collect();
    let date = |date: Option<Date>| date.map(|date| source.locale.date(date)).unwrap_or_default();
    source
        .contents
        .resources
        .iter()
        .map(|line| {
            let cost = costs.get(&line.id);
            json!({
                "role": source.index.roles.get(&line.role), "name": line.name, "employment": line.employment,
                "fte_text": source.locale.short(line.fte, 2), "from_text": date(line.from), "to_text": date(line.to),
                "rate_text": cost.map(|cost| source.money(cost.day_rate)).unwrap_or_default(),
                "cost_text": cost.map(|cost| source.money(cost.cost)).unwrap_or_default(),
            })
        })
        .collect()
}

fn totals(source: &Source<'_>, plan: &Plan) -> Value {
    let months = plan.schedule.as_ref().map_or(0, |schedule| schedule.months.len());
    let mut demand = vec![0.0; months];
    let mut capacity = vec![0.0; months];
    for row in plan.schedule.iter().flat_map(|schedule| &schedule.demand) {
        for (index, month) in row.months.iter().enumerate().take(months) {
            demand[index] += month.demand_fte;
            capacity[index] += month.capacity_fte;
        }
    }
    json!({
        "demand_text": demand.iter().map(|value| fte(source, *value)).collect::<Vec<_>>(),
        "demand": demand, "capacity": capacity,
        "cost_text": source.money(plan.cost.total.work.likely),
        "capacity_cost_text": source.money(plan.cost.capacity.total),
        "person_days_text": source.locale.short(plan.cost.total.effort.likely, 1),
    })
}

/// `€ 40,000 – 60,000`, or one amount when there is no range.
fn range(source: &Source<'_>, range: MoneyRange) -> String {
    if range.low == range.high {
        return source.money(range.likely);
    }
    format!("{} – {}", source.money(range.low), source.money(range.high))
}

fn some(source: &Source<'_>, amount: Money) -> String {
    if amount == Money::ZERO { String::new() } else { source.money(amount) }
}

fn budget(source: &Source<'_>, plan: &Plan) -> Value {
    let lines: Vec<Value> = source
        .contents
        .budget
        .iter()
        .map(|line| {
            json!({
                "category": line.category, "title": line.title,
                "phase": line.phase.and_then(|id| source.index.phases.get(&id)),
                "once_text": some(source, line.once.likely), "once_range_text": range(source, line.once),
                "yearly_text": some(source, line.yearly.likely), "note": line.note,
            })
        })
        .collect();
    let phases: Vec<Value> = plan
        .cost
        .phases
        .iter()
        .map(|phase| {
            let parts = &phase.parts;
            let name =
                if phase.phase.is_some() { phase.name.as_str() } else { source.labels.word("words", "no_phase") };
            json!({
                "number": phase.phase.map(|_| phase.number), "name": name, "work_text": some(source, parts.work.likely),
                "other_text": some(source, parts.build.likely + parts.budget.likely),
                "training_text": some(source, parts.training.likely), "once_text": source.money(parts.once.likely),
                "once_range_text": range(source, parts.once), "yearly_text": some(source, parts.yearly.likely),
                "contingency_text": some(source, parts.contingency),
                "with_contingency_text": source.money(parts.with_contingency),
            })
        })
        .collect();
    let total = &plan.cost.total;
    json!({
        "lines": lines, "phases": phases, "waterfall": waterfall(source, plan),
        "contingency_text": source.money(total.contingency), "total_low_text": source.money(total.once.low),
        "total_likely_text": source.money(total.once.likely), "total_high_text": source.money(total.once.high),
        "work_text": source.money(total.work.likely),
        "other_text": source.money(total.build.likely + total.budget.likely),
        "training_text": source.money(total.training.likely),
        "total_with_contingency_text": source.money(total.with_contingency),
        "yearly_text": some(source, total.yearly.likely),
    })
}

/// The likely cost by kind, then contingency, then the total.
fn waterfall(source: &Source<'_>, plan: &Plan) -> Vec<Value> {
    let total = &plan.cost.total;
    let parts = [
        ("cost_work", total.work.likely),
        ("cost_build", total.build.likely),
        ("cost_budget", total.budget.likely),
        ("cost_training", total.training.likely),
        ("cost_contingency", total.contingency),
    ];
    let mut bars: Vec<Value> = parts
        .into_iter()
        .filter(|(_, amount)| *amount != Money::ZERO)
        .map(|(key, amount)| {
            json!({"label": source.labels.word("words", key), "value": amount, "text": source.money(amount), "kind": "part"})
        })
        .collect();
    bars.push(json!({
        "label": source.labels.word("words", "cost_total"), "value": total.with_contingency,
        "text": source.money(total.with_contingency), "kind": "total",
    }));
    bars
}

fn trainings(source: &Source<'_>) -> Vec<Value> {
    let all = source.contents.trainings.iter();
    all.map(|training| {
        json!({
            "title": training.title, "audience": training.audience, "people": training.people,
            "days_text": source.locale.short(training.days, 1), "cost_text": some(source, training.cost),
            "phase": training.phase.and_then(|id| source.index.phases.get(&id)),
        })
    })
    .collect()
}

fn what_if(source: &Source<'_>, plan: &Plan) -> Vec<Value> {
    plan.scenarios.iter().filter(|scenario| !scenario.phases.is_empty()).map(|scenario| row(source, scenario)).collect()
}

fn row(source: &Source<'_>, scenario: &WhatIf) -> Value {
    let funded: Vec<u32> = scenario.phases.iter().filter_map(|id| source.index.phases.get(id).copied()).collect();
    let phases = match (funded.first(), funded.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    };
    let expected = || scenario.risks.iter().map(|risk| (risk.number, risk.expected));
    let levels: Vec<Value> = scenario
        .areas
        .iter()
        .map(|outcome| {
            let area = source.pack(&outcome.pack).and_then(|pack| pack.area(&outcome.area));
            json!({
                "area": area.map_or(outcome.area.as_str(), |area| area.title.as_str()), "current": outcome.current,
                "level": outcome.expected, "target": outcome.target,
            })
        })
        .collect();
    let known: Vec<f64> =
        scenario.areas.iter().filter_map(|area| area.expected).map(|level| f64::from(level.get())).collect();
    let mean = (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64);
    json!({
        "phases": phases, "once_text": source.money(scenario.cost.once.likely),
        "with_contingency_text": source.money(scenario.cost.with_contingency),
        "yearly_text": some(source, scenario.cost.yearly.likely), "residual": risks::matrix(expected()),
        "risk_counts": risks::counts(expected().map(|(_, exposure)| exposure)), "levels": levels,
        "mean_text": mean.map(|mean| source.locale.number(mean, 1)).unwrap_or_default(),
        "settled": scenario.findings.settled, "partly": scenario.findings.partly, "open": scenario.findings.open,
        "blocked": scenario.blocked.len(),
    })
}
