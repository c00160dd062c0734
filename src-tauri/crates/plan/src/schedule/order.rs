//! In which order activities are placed.

use super::network::{Effort3, Network};
use crate::calendar::Slot;

/// Predecessors first; of those that may come next the one with the highest WSJF (none last), then the earliest
/// latest finish, then the task order (number, id).
pub(super) fn sequence(network: &Network) -> Vec<usize> {
    let latest = latest_finish(network);
    let key = |at: usize| {
        let wsjf = network.activities[at].wsjf.map_or(i64::MAX, |thousandths| -thousandths);
        (wsjf, latest[at], at)
    };
    let mut open: Vec<usize> = network.activities.iter().map(|activity| activity.waits.len()).collect();
    let followers = followers(network);
    let mut eligible: std::collections::BTreeSet<_> =
        (0..open.len()).filter(|at| open[*at] == 0).map(|at| (key(at), at)).collect();
    let mut sequence = Vec::with_capacity(open.len());
    while let Some((_, at)) = eligible.pop_first() {
        sequence.push(at);
        for (next, _) in &followers[at] {
            open[*next] -= 1;
            if open[*next] == 0 {
                eligible.insert((key(*next), *next));
            }
        }
    }
    sequence
}

/// Who waits for each activity, with the lag in slots.
pub(super) fn followers(network: &Network) -> Vec<Vec<(usize, Slot)>> {
    let mut followers = vec![Vec::new(); network.activities.len()];
    for (at, activity) in network.activities.iter().enumerate() {
        for (on, lag) in &activity.waits {
            followers[*on].push((at, *lag));
        }
    }
    followers
}

/// One past the last slot in which each activity may end so that neither its own dates nor those of the activities
/// behind it are missed, capacity left aside; `Slot::MAX` when nothing is due.
fn latest_finish(network: &Network) -> Vec<Slot> {
    let followers = followers(network);
    let mut latest: Vec<Slot> = network
        .activities
        .iter()
        .map(|activity| activity.dues.iter().map(|due| due.slot).min().unwrap_or(Slot::MAX))
        .collect();
    for at in topological(network).into_iter().rev() {
        for (next, lag) in &followers[at] {
            if latest[*next] != Slot::MAX {
                let start = latest[*next].saturating_sub(network.shortest(*next, Effort3::Likely));
                latest[at] = latest[at].min(start.saturating_sub(*lag));
            }
        }
    }
    latest
}

/// Predecessors before those that wait for them.
fn topological(network: &Network) -> Vec<usize> {
    let followers = followers(network);
    let mut open: Vec<usize> = network.activities.iter().map(|activity| activity.waits.len()).collect();
    let mut order: Vec<usize> = (0..open.len()).filter(|at| open[*at] == 0).collect();
    let mut next = 0;
    while next < order.len() {
        for (behind, _) in &followers[order[next]] {
            open[*behind] -= 1;
            if open[*behind] == 0 {
                order.push(*behind);
            }
        }
        next += 1;
    }
    order
}
