//! JSON ids to what they stand for, and hashing of places in the model.

use super::element::ElementId;
use super::relationship::RelationshipId;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What an id stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Named {
    Element(ElementId),
    Relationship(RelationshipId),
}

/// Numbers past this are ids like any text: counting goes on below them.
const MOST: u64 = u64::MAX / 2;

/// All ids. Nearly all are numbers, which need no text of their own.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ids {
    numbers: HashMap<u64, Named>,
    texts: HashMap<String, Named>,
    last: u64,
}

impl Ids {
    /// Gives an id to a thing; an empty one becomes the next number. Answers whether it was free.
    pub(super) fn name(&mut self, id: &mut String, named: Named) -> bool {
        if id.is_empty() {
            self.last += 1;
            while self.numbers.contains_key(&self.last) {
                self.last += 1;
            }
            *id = self.last.to_string();
            self.numbers.insert(self.last, named);
            return true;
        }
        if self.get(id).is_some() {
            return false;
        }
        match number(id) {
            Some(number) => {
                self.last = self.last.max(number);
                self.numbers.insert(number, named);
            }
            None => drop(self.texts.insert(id.clone(), named)),
        }
        true
    }

    pub(super) fn get(&self, id: &str) -> Option<Named> {
        match number(id) {
            Some(number) => self.numbers.get(&number).copied(),
            None => self.texts.get(id).copied(),
        }
    }

    pub(super) fn remove(&mut self, id: &str) {
        match number(id) {
            Some(number) => drop(self.numbers.remove(&number)),
            None => drop(self.texts.remove(id)),
        }
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Named> {
        self.numbers.values_mut().chain(self.texts.values_mut())
    }
}

/// The number that is written in just this way.
fn number(id: &str) -> Option<u64> {
    if id.starts_with(['0', '+']) && id != "0" {
        return None;
    }
    id.parse().ok().filter(|number| *number < MOST)
}

/// A hash of places, which are small numbers that nobody outside chooses.
#[derive(Default)]
pub(crate) struct PlaceHasher(u64);

impl Hasher for PlaceHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        // The multiplier is 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4).
        self.0 = (self.0.rotate_left(29) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

/// A map by places in the model.
pub(crate) type Places<K, V> = HashMap<K, V, BuildHasherDefault<PlaceHasher>>;

#[cfg(test)]
mod tests {
    use super::{ElementId, Ids, Named};

    #[test]
    fn numbers_and_other_ids() {
        let mut ids = Ids::default();
        let named = Named::Element(ElementId(0));
        for id in ["7", "07", "abc", "18446744073709551615"] {
            assert!(ids.name(&mut id.to_owned(), named), "{id}");
            assert!(!ids.name(&mut id.to_owned(), named), "{id}");
        }
        let mut next = String::new();
        assert!(ids.name(&mut next, named));
        assert_eq!(next, "8");
        ids.remove("07");
        assert!(ids.get("07").is_none() && ids.get("7").is_some());
    }
}
