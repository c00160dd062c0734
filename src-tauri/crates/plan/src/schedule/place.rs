//! Serial schedule generation: one activity after the other, each where it ends earliest.
//!
//! An activity runs without a break from its start to its end and takes each role at a constant rate; the role that
//! needs longest sets the duration, the others are spread evenly over it. Of all starts the one with the earliest end
//! is taken: a shared role may so be used in part when that ends earlier than waiting for all of it.

use super::{
    network::{Effort3, Network, Work, slots_for},
    profile::{FTE, Micro, Profile},
};
use crate::calendar::Slot;

/// Nobody is planned on an activity for less than a day a week, if the role has that much.
const LEAST_RATE: Micro = FTE / 5;

/// Where an activity stands.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub start: Slot,
    /// One past the last slot.
    pub end: Slot,
    pub works: Vec<Work>,
    /// Whether the capacity of the work's role was disregarded, by index in `works`.
    pub relaxed: Vec<bool>,
    /// First slot allowed by dates and dependencies.
    pub ready: Slot,
    /// When it starts after `ready`: the role that it waited for.
    pub waited_for: Option<usize>,
    /// The activities that release that role at `start`.
    pub released_by: Vec<usize>,
}

impl Placed {
    /// Rate of a work in every slot.
    pub fn rate(&self, work: usize) -> Micro {
        rate(self.works[work].amount, self.end - self.start)
    }

    /// Work done by a role before `slot`, in micro-FTE × slots; exact over the whole bar.
    pub fn done_before(&self, work: usize, slot: Slot) -> i64 {
        let passed = i128::from(slot.clamp(self.start, self.end) - self.start);
        let whole = i128::from(self.end - self.start).max(1);
        (i128::from(self.works[work].amount) * passed / whole) as i64
    }
}

/// Rounded down, so that three thirds of a person are one person.
fn rate(amount: i64, slots: Slot) -> Micro {
    amount / i64::from(slots.max(1))
}

/// A finished schedule: placements by activity; none when it would end beyond the timeline.
#[derive(Debug, Clone)]
pub(super) struct Generated {
    pub placed: Vec<Option<Placed>>,
}

impl Generated {
    /// One past the last used slot.
    pub fn end(&self) -> Slot {
        self.placed.iter().flatten().map(|placed| placed.end).max().unwrap_or(0)
    }
}

/// Places all activities in the order of `sequence`, in which predecessors come first.
pub(super) fn generate(network: &Network, sequence: &[usize], which: Effort3) -> Generated {
    let mut free = network.capacity.clone();
    let mut placed: Vec<Option<Placed>> = vec![None; network.activities.len()];
    for at in sequence.iter().copied() {
        let activity = &network.activities[at];
        let mut ready = activity.release;
        let mut reachable = true;
        for (on, lag) in &activity.waits {
            match &placed[*on] {
                Some(first) => ready = ready.max(first.end.saturating_add(*lag)),
                None => reachable = false,
            }
        }
        if !reachable || ready >= network.timeline.end() {
            continue;
        }
        let works = network.works(at, which);
        let mut found = fit_somewhere(network, &works, ready, &free);
        if let Some(found) = &mut found {
            let releases = |other: &Placed| {
                other.end == found.start && other.works.iter().any(|work| work.role == found.waited_for)
            };
            if found.waited_for.is_some() {
                let before = placed.iter().enumerate();
                let releasing = before.filter(|(_, other)| other.as_ref().is_some_and(releases)).map(|(at, _)| at);
                found.released_by = releasing.collect();
            }
            for (work, item) in found.works.iter().enumerate() {
                if let Some(role) = item.role {
                    free[role].add(found.start, found.end, -found.rate(work));
                }
            }
        }
        placed[at] = found;
    }
    Generated { placed }
}

/// Tries with all capacities; then without those that could not even carry this activity alone; then without any.
fn fit_somewhere(network: &Network, works: &[Work], ready: Slot, free: &[Profile]) -> Option<Placed> {
    let alone = |work: &Work| {
        let single = [*work];
        best_fit(network, &single, &[false], ready, &network.capacity).is_none()
    };
    let none = vec![false; works.len()];
    if let Some(placed) = best_fit(network, works, &none, ready, free) {
        return Some(placed);
    }
    let impossible: Vec<bool> = works.iter().map(alone).collect();
    best_fit(network, works, &impossible, ready, free)
        .or_else(|| best_fit(network, works, &vec![true; works.len()], ready, free))
}

fn best_fit(network: &Network, works: &[Work], relaxed: &[bool], ready: Slot, free: &[Profile]) -> Option<Placed> {
    let constrained = || works.iter().zip(relaxed).filter(|(_, relaxed)| !**relaxed).filter_map(|(work, _)| work.role);
    // A later start can only be better where something becomes free: between two such slots an earlier start has
    // at least the same capacity in front of it.
    let mut starts: Vec<Slot> = constrained().flat_map(|role| free[role].rises_after(ready)).collect();
    starts.push(ready);
    starts.sort_unstable();
    starts.dedup();

    let mut best: Option<(Slot, Slot)> = None;
    for start in starts {
        if best.is_some_and(|(_, end)| end <= start) {
            break;
        }
        if let Some(slots) = duration_at(works, relaxed, start, free, &network.capacity) {
            let end = start.saturating_add(slots);
            if end <= network.timeline.end() && best.is_none_or(|(_, before)| end < before) {
                best = Some((start, end));
            }
        }
    }
    let (start, end) = best?;
    let (works, relaxed) = (works.to_vec(), relaxed.to_vec());
    let mut placed = Placed { start, end, works, relaxed, ready, waited_for: None, released_by: Vec::new() };
    if start > ready {
        let rising = placed.works.iter().enumerate().filter_map(|(work, item)| {
            let role = item.role.filter(|role| !placed.relaxed[work] && free[*role].rises_at(start))?;
            Some((free[role].at(start - 1) >= placed.rate(work), role))
        });
        // The role without which it could not have run a slot earlier; else one that made it faster.
        let waited_for = rising.min().map(|(_, role)| role);
        placed.waited_for = waited_for;
    }
    Some(placed)
}

/// Fewest slots that the activity takes from `start` on; none when the capacity does not hold it.
///
/// Starts with the rates that the first slot allows and lowers them to what the whole duration allows, which makes
/// the duration longer, until nothing changes. Each round lowers a rate, and no rate falls below that of any
/// feasible solution, so the first stable one is the shortest.
fn duration_at(works: &[Work], relaxed: &[bool], start: Slot, free: &[Profile], capacity: &[Profile]) -> Option<Slot> {
    let constrained = |work: usize| works[work].role.filter(|_| !relaxed[work]);
    let mut rates: Vec<Micro> = (0..works.len())
        .map(|work| constrained(work).map_or(works[work].limit, |role| works[work].limit.min(free[role].at(start))))
        .collect();
    loop {
        if rates.iter().any(|rate| *rate <= 0) {
            return None;
        }
        let needed = works.iter().zip(&rates).map(|(work, rate)| slots_for(work.amount, *rate));
        let slots = needed.max().unwrap_or(0).max(1);
        let end = start.saturating_add(slots);
        let mut stable = true;
        for work in 0..works.len() {
            let Some(role) = constrained(work) else { continue };
            let least = free[role].least(start, end);
            if rate(works[work].amount, slots) > least {
                rates[work] = least;
                stable = false;
            }
        }
        if stable {
            let too_thin = |work: usize| {
                let binding = slots_for(works[work].amount, rates[work]) == slots && rates[work] < LEAST_RATE;
                binding && constrained(work).is_some_and(|role| capacity[role].most() >= LEAST_RATE) && slots > 1
            };
            return (!(0..works.len()).any(too_thin)).then_some(slots);
        }
    }
}
