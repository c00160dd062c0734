//! What of a role is free, as a step function over half-day slots.

use crate::calendar::Slot;

/// A millionth of a full-time equivalent: whole numbers keep capacity exact and every run the same.
pub(super) type Micro = i64;

/// One full-time equivalent.
pub(super) const FTE: Micro = 1_000_000;

/// A step function; the last step holds for ever.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    /// Where a value begins, ascending, the first at slot 0; neighbours differ.
    steps: Vec<(Slot, Micro)>,
}

impl Profile {
    pub fn zero() -> Self {
        Self { steps: vec![(0, 0)] }
    }

    fn step_at(&self, slot: Slot) -> usize {
        self.steps.partition_point(|(from, _)| *from <= slot) - 1
    }

    /// Value in a slot.
    pub fn at(&self, slot: Slot) -> Micro {
        self.steps[self.step_at(slot)].1
    }

    /// Steps that touch `from..to`, each as (first slot of the step, value).
    fn steps_in(&self, from: Slot, to: Slot) -> impl DoubleEndedIterator<Item = (Slot, Micro)> + '_ {
        let first = self.step_at(from);
        let last = self.steps.partition_point(|(start, _)| *start < to).max(first + 1);
        self.steps[first..last].iter().copied()
    }

    /// Smallest value in `from..to` (at least one slot).
    pub fn least(&self, from: Slot, to: Slot) -> Micro {
        self.steps_in(from, to).map(|(_, value)| value).min().unwrap_or(0)
    }

    /// Largest value anywhere.
    pub fn most(&self) -> Micro {
        self.steps.iter().map(|(_, value)| *value).max().unwrap_or(0)
    }

    /// First slot of the last step in `from..to` whose value is below `floor`.
    pub fn last_below(&self, from: Slot, to: Slot, floor: Micro) -> Option<Slot> {
        self.steps_in(from, to).rev().find(|(_, value)| *value < floor).map(|(start, _)| start)
    }

    /// Slots after `from` at which the value grows.
    pub fn rises_after(&self, from: Slot) -> impl Iterator<Item = Slot> + '_ {
        let pairs = self.steps.windows(2).filter(|pair| pair[1].1 > pair[0].1).map(|pair| pair[1].0);
        pairs.skip_while(move |slot| *slot <= from)
    }

    /// Whether the value grows at this slot.
    pub fn rises_at(&self, slot: Slot) -> bool {
        slot > 0 && self.at(slot) > self.at(slot - 1)
    }

    /// Adds to the value in `from..to`.
    pub fn add(&mut self, from: Slot, to: Slot, amount: Micro) {
        if from >= to || amount == 0 {
            return;
        }
        for edge in [from, to] {
            let step = self.step_at(edge);
            if self.steps[step].0 != edge {
                let value = self.steps[step].1;
                self.steps.insert(step + 1, (edge, value));
            }
        }
        let (first, last) = (self.step_at(from), self.step_at(to));
        self.steps[first..last].iter_mut().for_each(|(_, value)| *value += amount);
        self.steps.dedup_by(|next, before| next.1 == before.1);
    }

    /// Sum of the values in `from..to`, in micro-FTE × slots; negative values count as zero.
    pub fn sum(&self, from: Slot, to: Slot) -> i64 {
        let mut total = 0;
        let mut end = to;
        for (start, value) in self.steps_in(from, to).rev() {
            if from >= to {
                break;
            }
            total += value.max(0) * i64::from(end - start.max(from));
            end = start.max(from);
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn equals_a_plain_table(edits in prop::collection::vec((0u32..60, 1u32..20, -3i64..4), 0..12), from in 0u32..60, width in 1u32..20, floor in -2i64..3) {
            let mut profile = Profile::zero();
            let mut table = vec![0i64; 100];
            for (start, length, amount) in edits {
                profile.add(start, start + length, amount);
                table[start as usize..(start + length) as usize].iter_mut().for_each(|value| *value += amount);
            }
            let window = &table[from as usize..(from + width) as usize];
            prop_assert_eq!(profile.at(from), window[0]);
            prop_assert_eq!(Some(profile.least(from, from + width)), window.iter().copied().min());
            prop_assert_eq!(Some(profile.most()), table.iter().copied().max());
            prop_assert_eq!(profile.sum(from, from + width), window.iter().map(|value| (*value).max(0)).sum::<i64>());
            let rises: Vec<u32> = (from + 1..100).filter(|at| table[*at as usize] > table[*at as usize - 1]).collect();
            prop_assert_eq!(profile.rises_after(from).collect::<Vec<_>>(), rises);
            let below = (from..from + width).rev().find(|at| table[*at as usize] < floor);
            let expected = below.map(|mut at| {
                while at > 0 && table[at as usize - 1] == table[at as usize] { at -= 1; }
                at
            });
            prop_assert_eq!(profile.last_below(from, from + width, floor), expected);
        }
    }
}
