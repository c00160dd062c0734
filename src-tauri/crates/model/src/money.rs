//! Money without floating point.

use serde::{Deserialize, Serialize};

/// An amount in minor units (cents) of the engagement's currency; an integer on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount in whole units: `Money::whole(950)` is 950.00.
    #[must_use]
    pub const fn whole(units: i64) -> Self {
        Self(units.saturating_mul(100))
    }

    /// The amount times a factor, rounded half away from zero to the minor unit.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self((self.0 as f64 * factor).round() as i64)
    }
}

impl std::ops::Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::ops::AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, std::ops::Add::add)
    }
}

/// A three-point amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct MoneyRange {
    /// The optimistic amount.
    pub low: Money,
    /// The likely amount.
    pub likely: Money,
    /// The pessimistic amount.
    pub high: Money,
}

impl MoneyRange {
    /// The same amount three times.
    #[must_use]
    pub const fn exactly(amount: Money) -> Self {
        Self { low: amount, likely: amount, high: amount }
    }
}

impl std::ops::Add for MoneyRange {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { low: self.low + other.low, likely: self.likely + other.likely, high: self.high + other.high }
    }
}

impl std::ops::AddAssign for MoneyRange {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl std::iter::Sum for MoneyRange {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), std::ops::Add::add)
    }
}
