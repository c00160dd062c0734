//! What it costs: low, likely, high; once and each year; by initiative, phase and role; against the caps.
//!
//! - **Work** of an initiative = Σ over its roles of effort × share × day rate, for low, likely and high effort,
//!   each product rounded to the minor unit. All totals are sums of these rounded parts, so they reconcile exactly.
//! - **Day rate** of a role: the mean of its resource lines' rates, weighted with FTE × working days, because the
//!   schedule plans roles and not persons. A line's own rate goes before its role's. Without lines: the role's rate.
//! - **Once** = work + build cost + budget lines + trainings. **Yearly** = run cost + yearly budget lines.
//! - **Contingency** = percent of the likely one-off cost, rounded in each phase; the total is the sum of the phases'.
//! - **Phases**: a part belongs to its phase; what has none stands in a row of its own, at the end.
//! - **Capacity view**: what the resource lines cost whether used or not: FTE × working days × rate. An open first or
//!   last day is filled with the roadmap's start and with its end (last initiative or last phase, the later).

mod view;

use std::collections::BTreeMap;

use groma_model::{Date, Effort, Id, Money, MoneyRange};

use crate::{
    Calendar, Note, NoteKind,
    input::{Input, minus, ordered, thousandths},
};
pub use view::*;

/// Computes the costs; `end` is the last day of the last initiative.
pub(crate) fn cost(input: &Input<'_>, end: Option<Date>) -> (Cost, Vec<Note>) {
    let mut notes = Vec::new();
    let capacity = capacity(input, end);
    let rates: Vec<Option<Money>> = (0..input.roles.len()).map(|role| rate(input, role, &capacity)).collect();
    let initiatives: Vec<InitiativeCost> =
        (0..input.tasks.len()).map(|task| initiative(input, task, &rates, &mut notes)).collect();
    let mut amount = |range: MoneyRange, of: &str| {
        let (range, widened) = ordered(range);
        if widened {
            let sentence = format!("The amounts of \"{of}\" are out of order.");
            notes.push(Note { initiative: None, kind: NoteKind::AmountOutOfOrder { of: of.to_owned() }, sentence });
        }
        range
    };
    let mut lines: Vec<_> = input.contents.budget.iter().collect();
    lines.sort_by(|a, b| a.rank.total_cmp(&b.rank).then(a.id.cmp(&b.id)));
    let budget: Vec<BudgetCost> = lines
        .into_iter()
        .map(|line| {
            let (once, yearly) = (amount(line.once, &line.title), amount(line.yearly, &line.title));
            BudgetCost { line: line.id, title: line.title.clone(), phase: line.phase, once, yearly }
        })
        .collect();
    let mut needs: Vec<_> = input.contents.trainings.iter().collect();
    needs.sort_by(|a, b| a.rank.total_cmp(&b.rank).then(a.id.cmp(&b.id)));
    let trainings: Vec<TrainingCost> = needs
        .into_iter()
        .map(|need| TrainingCost { training: need.id, title: need.title.clone(), phase: need.phase, once: need.cost })
        .collect();

    let percent = input.contents.engagement.contingency_percent;
    let contingency_percent = if percent.is_finite() { percent.max(0.0) } else { 0.0 };
    let phases = phases(input, &initiatives, &budget, &trainings, contingency_percent);
    let total = CostParts::sum(phases.iter().map(|phase| &phase.parts));
    for (role, _) in input.roles.iter().zip(&rates).filter(|(_, rate)| rate.is_none()) {
        let person_days = thousandths(parts_of(&initiatives, role.id).map(|part| part.days.likely).sum());
        if person_days > 0.0 {
            let name = &role.name;
            let sentence = format!("{name} has no day rate: {person_days} person-days count nothing in the costs.");
            notes.push(Note { initiative: None, kind: NoteKind::NoDayRate { role: role.id, person_days }, sentence });
        }
    }
    let roles = input.roles.iter().zip(&rates).map(|(role, rate)| RoleTotal {
        role: role.id,
        name: role.name.clone(),
        days: parts_of(&initiatives, role.id).fold(Effort::default(), |sum, part| plus(sum, part.days)),
        day_rate: *rate,
        cost: parts_of(&initiatives, role.id).map(|part| part.cost).sum(),
    });
    let roles = roles.collect();
    (Cost { initiatives, budget, trainings, phases, roles, total, contingency_percent, capacity }, notes)
}

fn parts_of(initiatives: &[InitiativeCost], role: Id) -> impl Iterator<Item = &RoleCost> {
    initiatives.iter().flat_map(|initiative| &initiative.roles).filter(move |part| part.role == Some(role))
}

fn initiative(input: &Input<'_>, task: usize, rates: &[Option<Money>], notes: &mut Vec<Note>) -> InitiativeCost {
    let task = &input.tasks[task];
    let roles: Vec<RoleCost> = task.effort.map_or_else(Vec::new, |effort| {
        task.shares
            .iter()
            .map(|part| {
                let rate = part.role.and_then(|role| rates[role]);
                let price = |days: f64| rate.map_or(Money::ZERO, |rate| rate.times(days * part.share));
                RoleCost {
                    role: part.role.map(|role| input.roles[role].id),
                    name: part.role.map(|role| input.roles[role].name.clone()).unwrap_or_default(),
                    days: times(effort, part.share),
                    day_rate: rate,
                    cost: MoneyRange { low: price(effort.low), likely: price(effort.likely), high: price(effort.high) },
                }
            })
            .collect()
    });
    let mut amount = |range: MoneyRange, of: &str| {
        let (range, widened) = ordered(range);
        if widened {
            let sentence = format!("{}: the amounts of {of} are out of order.", task.label);
            let kind = NoteKind::AmountOutOfOrder { of: of.to_owned() };
            notes.push(Note { initiative: Some(task.source.id), kind, sentence });
        }
        range
    };
    let build = amount(task.source.build_cost, "build_cost");
    let yearly = amount(task.source.run_cost, "run_cost");
    let work: MoneyRange = roles.iter().map(|part| part.cost).sum();
    InitiativeCost {
        initiative: task.source.id,
        number: task.source.number,
        phase: task.source.phase,
        effort: task.effort,
        roles,
        work,
        build,
        once: work + build,
        yearly,
    }
}

fn phases(
    input: &Input<'_>,
    initiatives: &[InitiativeCost],
    budget: &[BudgetCost],
    trainings: &[TrainingCost],
    contingency_percent: f64,
) -> Vec<PhaseCost> {
    // A row for each phase and one for what has none.
    let none = input.phases.len();
    let row = |phase: Option<Id>| input.phase(phase).unwrap_or(none);
    let mut rows: BTreeMap<usize, CostParts> = (0..none).map(|phase| (phase, CostParts::default())).collect();
    for cost in initiatives {
        let parts = rows.entry(row(cost.phase)).or_default();
        parts.effort = plus(parts.effort, cost.effort.unwrap_or_default());
        parts.work += cost.work;
        parts.build += cost.build;
        parts.yearly += cost.yearly;
    }
    for line in budget {
        let parts = rows.entry(row(line.phase)).or_default();
        parts.budget += line.once;
        parts.yearly += line.yearly;
    }
    for training in trainings {
        rows.entry(row(training.phase)).or_default().training += MoneyRange::exactly(training.once);
    }
    rows.into_iter()
        .map(|(at, mut parts)| {
            parts.close(contingency_percent);
            let phase = input.phases.get(at);
            PhaseCost {
                phase: phase.map(|phase| phase.id),
                number: phase.map_or(0, |phase| phase.number),
                name: phase.map(|phase| phase.name.clone()).unwrap_or_default(),
                headroom: phase.and_then(|phase| phase.budget_cap).map(|cap| headroom(cap, &parts)),
                parts,
            }
        })
        .collect()
}

fn headroom(cap: Money, parts: &CostParts) -> Headroom {
    let (likely, with_contingency) = (minus(cap, parts.once.likely), minus(cap, parts.with_contingency));
    let state = if likely < Money::ZERO {
        CapState::Over
    } else if with_contingency < Money::ZERO {
        CapState::Tight
    } else {
        CapState::Under
    };
    Headroom { cap, likely, with_contingency, high: minus(cap, parts.once.high), state }
}

fn capacity(input: &Input<'_>, end: Option<Date>) -> CapacityView {
    let calendar = Calendar::new(&input.contents.engagement.holidays);
    let last_phase = input.phases.iter().filter_map(|phase| phase.ends).max();
    let (first, last) = (input.start(), end.max(last_phase));
    let mut lines = Vec::new();
    for (at, role) in input.roles.iter().enumerate() {
        let mut own: Vec<_> = input.contents.resources.iter().filter(|line| line.role == role.id).collect();
        own.sort_by_key(|line| line.id);
        for line in own {
            let (Some(from), Some(to)) = (line.from.or(first), line.to.or(last)) else { continue };
            let fte = if line.fte.is_finite() { line.fte.clamp(0.0, 1000.0) } else { 0.0 };
            let working_days = calendar.working_days(from, to);
            let person_days = thousandths(fte * f64::from(working_days));
            let day_rate = line.day_rate.unwrap_or(input.roles[at].day_rate);
            let cost = day_rate.times(person_days);
            lines.push(CapacityCost {
                line: line.id,
                role: role.id,
                from,
                to,
                working_days,
                person_days,
                day_rate,
                cost,
            });
        }
    }
    let total = lines.iter().map(|line| line.cost).sum();
    CapacityView { lines, total }
}

fn rate(input: &Input<'_>, role: usize, capacity: &CapacityView) -> Option<Money> {
    let role = input.roles[role];
    let own = || capacity.lines.iter().filter(|line| line.role == role.id);
    let days: f64 = own().map(|line| line.person_days).sum();
    let rate = if days > 0.0 {
        Money((own().map(|line| line.day_rate.0 as f64 * line.person_days).sum::<f64>() / days).round() as i64)
    } else {
        role.day_rate
    };
    (rate > Money::ZERO).then_some(rate)
}

fn times(effort: Effort, share: f64) -> Effort {
    let part = |days: f64| thousandths(days * share);
    Effort { low: part(effort.low), likely: part(effort.likely), high: part(effort.high) }
}

pub(crate) fn plus(a: Effort, b: Effort) -> Effort {
    let sum = |a: f64, b: f64| thousandths(a + b);
    Effort { low: sum(a.low, b.low), likely: sum(a.likely, b.likely), high: sum(a.high, b.high) }
}
