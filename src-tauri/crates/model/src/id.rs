//! Ids: 128 bits, time-ordered and random, so that copies edited apart never collide and rows append in order.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The id of an object: a version 7 UUID (48 bits of Unix milliseconds, then random bits), hyphenated on the wire.
///
/// The default is the nil id, which means *not assigned yet*; the store assigns one at insertion.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct Id(Uuid);

/// A text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an id (expected a UUID such as 0190d0e2-7c3a-7b44-9d55-0a1b2c3d4e5f)")]
pub struct InvalidId(pub String);

impl Id {
    /// The id that is not assigned yet.
    pub const NIL: Self = Self(Uuid::nil());

    /// Builds an id from Unix milliseconds and random bits (74 of the 128 are used).
    #[must_use]
    pub const fn from_parts(unix_ms: u64, random: u128) -> Self {
        let time = (unix_ms as u128 & 0xFFFF_FFFF_FFFF) << 80;
        let high = ((random >> 62) & 0xFFF) << 64;
        let low = random & 0x3FFF_FFFF_FFFF_FFFF;
        Self(Uuid::from_u128(time | (0x7 << 76) | high | (0x2 << 62) | low))
    }

    /// Whether the id is still to be assigned.
    #[must_use]
    pub const fn is_nil(self) -> bool {
        self.0.is_nil()
    }

    /// The Unix milliseconds in the id.
    #[must_use]
    pub const fn unix_ms(self) -> u64 {
        (self.0.as_u128() >> 80) as u64
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl std::fmt::Debug for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Id({})", self.0)
    }
}

impl std::str::FromStr for Id {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self).map_err(|_| InvalidId(text.to_owned()))
    }
}

/// A source of strictly increasing ids within one millisecond clock and one random seed.
///
/// Pure: time and randomness are passed in. A SplitMix64 stream over the seed fills the random bits; a batch of
/// rows takes one time and increasing random parts, so that they append in order.
#[derive(Debug, Clone)]
pub struct IdSource {
    unix_ms: u64,
    last: u128,
    state: u64,
}

impl IdSource {
    /// Starts a source at a time with a seed from the operating system's random numbers.
    #[must_use]
    pub const fn new(unix_ms: u64, seed: u64) -> Self {
        Self { unix_ms, last: 0, state: seed }
    }

    /// Moves the source's clock; going backwards is ignored, so that ids stay increasing.
    pub const fn set_time(&mut self, unix_ms: u64) {
        if unix_ms > self.unix_ms {
            self.unix_ms = unix_ms;
            self.last = 0;
        }
    }

    const fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// The next id, greater than every id before it from this source.
    pub const fn next_id(&mut self) -> Id {
        const BITS: u128 = 1 << 74;
        let step = self.random();
        let next = if self.last == 0 {
            // Half of the space stays above the first id, so that a batch has room to grow.
            (((self.random() as u128) << 64) | step as u128) % (BITS / 2)
        } else {
            self.last + 1 + (step as u128 & 0xFFFF_FFFF)
        };
        if next >= BITS {
            self.unix_ms += 1;
            self.last = step as u128;
        } else {
            self.last = next;
        }
        Id::from_parts(self.unix_ms, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_seven_and_increase() {
        let mut source = IdSource::new(1_790_000_000_000, 42);
        let ids: Vec<Id> = (0..10_000).map(|_| source.next_id()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(ids[0].0.get_version_num(), 7);
        assert_eq!(ids[0].unix_ms(), 1_790_000_000_000);
        source.set_time(1_790_000_000_001);
        assert!(source.next_id() > ids[9_999]);
    }

    #[test]
    fn text_round_trips_and_rubbish_is_refused() {
        let id = Id::from_parts(7, 9);
        assert_eq!(id.to_string().parse::<Id>(), Ok(id));
        assert_eq!("F-012".parse::<Id>(), Err(InvalidId("F-012".to_owned())));
    }
}
