//! The two scales of five: maturity levels and scored ratings.

use serde::{Deserialize, Serialize};

/// A number outside 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is outside the scale of 1 to 5")]
pub struct OutOfScale(pub i64);

macro_rules! five {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
        #[serde(try_from = "i64", into = "i64")]
        #[ts(type = "1 | 2 | 3 | 4 | 5")]
        pub struct $name(u8);

        impl $name {
            /// The lowest value, 1.
            pub const MIN: Self = Self(1);
            /// The highest value, 5.
            pub const MAX: Self = Self(5);

            /// The number, 1 to 5.
            #[must_use]
            pub const fn get(self) -> u8 { self.0 }

            /// The nearest value on the scale; numbers outside are clamped.
            #[must_use]
            pub const fn clamped(value: i64) -> Self {
                Self(if value < 1 { 1 } else if value > 5 { 5 } else { value as u8 })
            }
        }

        impl TryFrom<i64> for $name {
            type Error = OutOfScale;
            fn try_from(value: i64) -> Result<Self, OutOfScale> {
                if (1..=5).contains(&value) { Ok(Self(value as u8)) } else { Err(OutOfScale(value)) }
            }
        }

        impl From<$name> for i64 {
            fn from(value: $name) -> Self { Self::from(value.0) }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
    };
}

five! {
    /// A maturity level: 1 ad hoc … 5 optimised, as the pack's rubric describes it.
    Level
}

five! {
    /// A rating on a written anchor: likelihood, impact, value, urgency; 1 lowest … 5 highest.
    Rating
}
