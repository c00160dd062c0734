//! Roles that are needed more than they are there.
//!
//! Two ways lead here. A role whose capacity can never hold an initiative: it was planned regardless, and the bars
//! are the overload. And a date that is missed for want of people: in the window from the first day on which the late
//! initiatives could have run to the missed date, demand is what the role does in it for anybody plus what it does
//! for the late ones only afterwards. A date missed for another reason (a long chain, a late start) has idle
//! capacity in that window and is no overload.

use std::collections::BTreeMap;

use groma_model::{Date, Id};
use serde::{Deserialize, Serialize};

use super::{LimitKind, network::Network, place::Generated, profile::FTE};
use crate::{
    calendar::Slot,
    input::{Input, thousandths},
};

/// What shows the overload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum OverloadCause {
    /// Nobody of the role is there in that time.
    NoCapacity,
    /// Somebody is there, but never enough for one of the initiatives.
    TooLittleCapacity,
    /// A date is missed.
    Missed {
        /// Which date.
        limit: LimitKind,
    },
}

/// A role that is needed more than it is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Overload {
    /// The role.
    pub role: Id,
    /// The role's name.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// FTE needed, the mean of these days.
    pub demand_fte: f64,
    /// FTE there, the mean of these days.
    pub capacity_fte: f64,
    /// What shows it.
    pub cause: OverloadCause,
    /// The initiatives that lack the role.
    pub initiatives: Vec<Id>,
    /// The overload in English.
    pub sentence: String,
}

/// A role, a window, and the activities that lack the role in it.
struct Lack {
    role: usize,
    from: Slot,
    to: Slot,
    /// Micro-FTE × slots that should have been done in the window but were not.
    left: i64,
    cause: Option<LimitKind>,
    activities: Vec<usize>,
}

/// All overloads, by role, then window.
pub(super) fn overloads(input: &Input<'_>, network: &Network, generated: &Generated) -> Vec<Overload> {
    let mut lacks = unheld(generated);
    lacks.extend(missed(network, generated));
    lacks.sort_by_key(|lack| (lack.role, lack.from, lack.to, lack.cause));
    lacks.into_iter().filter_map(|lack| overload(input, network, generated, lack)).collect()
}

/// Bars planned regardless of capacity, joined where they overlap.
fn unheld(generated: &Generated) -> Vec<Lack> {
    let mut bars: Vec<(usize, Slot, Slot, usize)> = Vec::new();
    for (at, placed) in generated.placed.iter().enumerate() {
        let Some(placed) = placed else { continue };
        let relaxed = placed.works.iter().zip(&placed.relaxed).filter(|(_, relaxed)| **relaxed);
        bars.extend(relaxed.filter_map(|(item, _)| Some((item.role?, placed.start, placed.end, at))));
    }
    bars.sort_unstable();
    let mut lacks: Vec<Lack> = Vec::new();
    for (role, from, to, at) in bars {
        match lacks.last_mut().filter(|last| last.role == role && from < last.to) {
            Some(last) => {
                last.to = last.to.max(to);
                last.activities.push(at);
            }
            None => lacks.push(Lack { role, from, to, left: 0, cause: None, activities: vec![at] }),
        }
    }
    lacks
}

/// Late work by role and missed date.
fn missed(network: &Network, generated: &Generated) -> Vec<Lack> {
    let mut by_due: BTreeMap<(usize, LimitKind, Slot), Lack> = BTreeMap::new();
    for (at, placed) in generated.placed.iter().enumerate() {
        let Some(placed) = placed else { continue };
        for due in network.activities[at].dues.iter().filter(|due| placed.end > due.slot && placed.ready < due.slot) {
            for (work, item) in placed.works.iter().enumerate().filter(|(work, _)| !placed.relaxed[*work]) {
                let Some(role) = item.role else { continue };
                let lack = by_due.entry((role, due.kind, due.slot)).or_insert(Lack {
                    role,
                    from: placed.ready,
                    to: due.slot,
                    left: 0,
                    cause: Some(due.kind),
                    activities: Vec::new(),
                });
                lack.from = lack.from.min(placed.ready);
                lack.left += item.amount - placed.done_before(work, due.slot);
                lack.activities.push(at);
            }
        }
    }
    by_due.into_values().collect()
}

fn overload(input: &Input<'_>, network: &Network, generated: &Generated, lack: Lack) -> Option<Overload> {
    let Lack { role, from, to, left, cause, activities } = lack;
    let done: i64 = generated
        .placed
        .iter()
        .flatten()
        .flat_map(|placed| {
            let mine = placed.works.iter().enumerate().filter(|(_, item)| item.role == Some(role));
            mine.map(|(work, _)| placed.done_before(work, to) - placed.done_before(work, from))
        })
        .sum();
    let (needed, there) = (done + left, network.capacity[role].sum(from, to));
    if cause.is_some() && needed <= there {
        return None;
    }
    let cause = match cause {
        Some(limit) => OverloadCause::Missed { limit },
        None if there == 0 => OverloadCause::NoCapacity,
        None => OverloadCause::TooLittleCapacity,
    };
    let fte = |amount: i64| thousandths(amount as f64 / f64::from(to - from) / FTE as f64);
    let (demand_fte, capacity_fte) = (fte(needed), fte(there));
    let (first, last) = (network.timeline.date(from), network.timeline.date(to - 1));
    let tasks = || activities.iter().map(|at| &input.tasks[network.activities[*at].task]);
    let labels: Vec<&str> = tasks().map(|task| task.label.as_str()).collect();
    let role = input.roles[role];
    Some(Overload {
        role: role.id,
        name: role.name.clone(),
        from: first,
        to: last,
        demand_fte,
        capacity_fte,
        cause,
        initiatives: tasks().map(|task| task.source.id).collect(),
        sentence: format!(
            "{}: {demand_fte} FTE needed from {first} to {last}, {capacity_fte} FTE there ({}).",
            role.name,
            labels.join(", ")
        ),
    })
}
