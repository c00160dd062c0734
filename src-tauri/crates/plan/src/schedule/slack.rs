//! How much later each activity could end without moving the end of the whole: slack with resource links.
//!
//! The schedule is pushed to the right: from the last activity to the first, each is moved as late as its followers,
//! the capacity and the end of the whole allow, at its own duration and rates. What cannot move at all is critical:
//! together these activities are the critical chain, waits for people included.

use super::{
    network::Network,
    order::followers,
    place::{Generated, Placed},
    profile::Profile,
};
use crate::calendar::Slot;

/// Slack in slots by activity; none where nothing is placed.
pub(super) fn slacks(network: &Network, generated: &Generated) -> Vec<Option<Slot>> {
    let followers = followers(network);
    let whole = generated.end();
    let mut free = network.capacity.clone();
    let mut late_start: Vec<Option<Slot>> = vec![None; generated.placed.len()];
    let mut order: Vec<(usize, &Placed)> =
        generated.placed.iter().enumerate().filter_map(|(at, placed)| Some((at, placed.as_ref()?))).collect();
    // Followers end after what they wait for, so this order has them first. An activity not moved yet always keeps
    // its place: those moved before it ended after it, and moving them right never adds load to its slots.
    order.sort_by_key(|(at, placed)| std::cmp::Reverse((placed.end, placed.start, *at)));
    for (at, placed) in order {
        let starts = followers[at].iter().filter_map(|(next, lag)| Some(late_start[*next]?.saturating_sub(*lag)));
        let last_end = starts.min().unwrap_or(whole).min(whole);
        let start = latest_fit(placed, last_end, &free);
        let end = start + (placed.end - placed.start);
        for (work, item) in placed.works.iter().enumerate() {
            if let Some(role) = item.role {
                free[role].add(start, end, -placed.rate(work));
            }
        }
        late_start[at] = Some(start);
    }
    let moved = |(late, placed): (Option<Slot>, &Option<Placed>)| Some(late? - placed.as_ref()?.start);
    late_start.into_iter().zip(&generated.placed).map(moved).collect()
}

fn latest_fit(placed: &Placed, last_end: Slot, free: &[Profile]) -> Slot {
    let slots = placed.end - placed.start;
    let mut start = last_end.saturating_sub(slots).max(placed.start);
    'moved: while start > placed.start {
        for (work, item) in placed.works.iter().enumerate() {
            let Some(role) = item.role.filter(|_| !placed.relaxed[work]) else { continue };
            if let Some(blocked) = free[role].last_below(start, start + slots, placed.rate(work)) {
                // Every window that still touches the blocked step is blocked as well.
                start = blocked.saturating_sub(slots).max(placed.start);
                continue 'moved;
            }
        }
        break;
    }
    start
}
