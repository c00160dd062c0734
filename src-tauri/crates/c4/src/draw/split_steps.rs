//! A dynamic view in parts: stretches of its steps, one after the other, with the numbers that they have in the whole.

use crate::model::{ElementId, RelationshipView, Workspace};
use std::collections::BTreeSet;

/// Steps of a part, and who takes part in them.
pub(super) struct Stretch<'w> {
    pub(super) steps: Vec<&'w RelationshipView>,
    pub(super) elements: BTreeSet<ElementId>,
}

impl Stretch<'_> {
    /// `3–7`: the numbers of its first and last step.
    pub(super) fn numbers(&self) -> String {
        let first = self.steps.first().map_or("", |step| step.order.as_str());
        let last = self.steps.iter().map(|step| step.order.as_str()).max_by_key(|order| number(order)).unwrap_or(first);
        if first == last { first.to_owned() } else { format!("{first}–{last}") }
    }
}

/// The steps in stretches of so many elements at most, where that can be: steps in parallel stay together.
pub(super) fn stretches<'w>(workspace: &Workspace, steps: &[&'w RelationshipView], full: usize) -> Vec<Stretch<'w>> {
    let mut all: Vec<Stretch<'w>> = Vec::new();
    for together in blocks(steps) {
        let elements: BTreeSet<ElementId> = together
            .iter()
            .map(|step| workspace.model.relationship(step.relationship))
            .flat_map(|one| [one.source, one.destination])
            .collect();
        match all.last_mut().filter(|last| last.elements.union(&elements).count() <= full) {
            Some(last) => {
                last.steps.extend(together);
                last.elements.extend(elements);
            }
            None => all.push(Stretch { steps: together.to_vec(), elements }),
        }
    }
    all
}

/// The steps cut wherever all numbers behind are higher than all before: elsewhere they run in parallel.
fn blocks<'s, 'w>(steps: &'s [&'w RelationshipView]) -> Vec<&'s [&'w RelationshipView]> {
    let mut lowest = vec![u32::MAX; steps.len() + 1];
    for (at, step) in steps.iter().enumerate().rev() {
        lowest[at] = lowest[at + 1].min(number(&step.order));
    }
    let (mut blocks, mut from, mut highest) = (Vec::new(), 0, 0);
    for (at, step) in steps.iter().enumerate() {
        if at > from && lowest[at] > highest {
            blocks.push(&steps[from..at]);
            from = at;
        }
        highest = highest.max(number(&step.order));
    }
    blocks.extend(steps.get(from..).filter(|rest| !rest.is_empty()));
    blocks
}

/// The number before the first point; of what has none, 0, so that it stays with what is before it.
fn number(order: &str) -> u32 {
    order.split('.').next().and_then(|text| text.parse().ok()).unwrap_or_default()
}
