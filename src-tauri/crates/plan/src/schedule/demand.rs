//! Role × month: how many people the schedule needs, and how many are there.
//!
//! FTE of a month = person-days ÷ working days of that month from the roadmap's start on.

use groma_model::{Date, Id};
use serde::{Deserialize, Serialize};

use super::{network::Network, person_days, place::Generated};
use crate::{
    Calendar,
    calendar::Slot,
    input::{Input, thousandths},
};

/// A month of the roadmap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Month {
    /// Its first day, or the roadmap's when that is later.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Working days from `from` to `to`.
    pub working_days: u32,
}

/// A role in a month.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct DemandMonth {
    /// Person-days that the schedule needs.
    pub demand_days: f64,
    /// Person-days that the resource lines give.
    pub capacity_days: f64,
    /// The demand as FTE.
    pub demand_fte: f64,
    /// The capacity as FTE.
    pub capacity_fte: f64,
}

/// A role over the months.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RoleDemand {
    /// The role; none for work that no known role does.
    pub role: Option<Id>,
    /// The role's name.
    pub name: String,
    /// One entry a month of the schedule.
    pub months: Vec<DemandMonth>,
    /// Person-days needed in all.
    pub demand_days: f64,
    /// Person-days there in these months.
    pub capacity_days: f64,
}

/// The months from the roadmap's start to the last day.
pub(super) fn months(input: &Input<'_>, start: Date, end: Option<Date>) -> Vec<Month> {
    let calendar = Calendar::new(&input.contents.engagement.holidays);
    let mut months = Vec::new();
    let mut from = start;
    while end.is_some_and(|end| from <= end) {
        let to = from.last_of_month();
        months.push(Month { from, to, working_days: calendar.working_days(from, to) });
        match to.tomorrow() {
            Ok(next) => from = next,
            Err(_) => break,
        }
    }
    months
}

/// Demand and capacity of every role, and of unassigned work when there is any.
pub(super) fn demand(input: &Input<'_>, network: &Network, generated: &Generated, months: &[Month]) -> Vec<RoleDemand> {
    let windows: Vec<(Slot, Slot)> = months
        .iter()
        .map(|month| (network.timeline.slot_on_or_after(month.from), network.timeline.slot_after(month.to)))
        .collect();
    // Row of a role; the last row is the unassigned work.
    let mut needed = vec![vec![0_i64; months.len()]; input.roles.len() + 1];
    for placed in generated.placed.iter().flatten() {
        let first = windows.partition_point(|(_, to)| *to <= placed.start);
        for (work, item) in placed.works.iter().enumerate() {
            let row = &mut needed[item.role.unwrap_or(input.roles.len())];
            for (month, (from, to)) in
                windows.iter().enumerate().skip(first).take_while(|(_, (from, _))| *from < placed.end)
            {
                row[month] += placed.done_before(work, *to) - placed.done_before(work, *from);
            }
        }
    }
    let mut rows = Vec::new();
    for (at, needed) in needed.into_iter().enumerate() {
        let role = input.roles.get(at);
        if role.is_none() && needed.iter().all(|amount| *amount == 0) {
            continue;
        }
        let there: Vec<i64> =
            windows.iter().map(|(from, to)| network.capacity.get(at).map_or(0, |line| line.sum(*from, *to))).collect();
        let entries = months.iter().zip(needed.iter().zip(&there)).map(|(month, (demand, capacity))| {
            let (demand, capacity) = (person_days(*demand), person_days(*capacity));
            let days = f64::from(month.working_days.max(1));
            DemandMonth {
                demand_days: thousandths(demand),
                capacity_days: thousandths(capacity),
                demand_fte: thousandths(demand / days),
                capacity_fte: thousandths(capacity / days),
            }
        });
        rows.push(RoleDemand {
            role: role.map(|role| role.id),
            name: role.map(|role| role.name.clone()).unwrap_or_default(),
            months: entries.collect(),
            demand_days: thousandths(person_days(needed.iter().sum())),
            capacity_days: thousandths(person_days(there.iter().sum())),
        });
    }
    rows
}
