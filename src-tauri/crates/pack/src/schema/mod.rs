//! The shape of a pack. One struct a TOML table; every field has a default, unknown fields are refused.
//!
//! What must be there and fit together is checked by [`crate::parse`], which can name line, field and remedy.

mod calculator;
mod check;
mod maturity;
mod pack;
mod suggestion;
mod table;
mod threshold;

pub use calculator::*;
pub use check::*;
pub use maturity::*;
pub use pack::*;
pub use suggestion::*;
pub use table::*;
pub use threshold::*;

/// Whether a value is its type's default; such fields are not written.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Declares structs that mirror a TOML table: public fields, defaults, no unknown fields, defaults not written.
macro_rules! record {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty),* $(,)? })+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[$fmeta])* #[serde(skip_serializing_if = "crate::schema::is_default")] #[ts(optional, as = "Option<_>")] pub $field: $type,)*
        }
    )+ };
}

/// Declares closed sets of words with the word that stands in the TOML; the first is the default.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident {
        $(#[$fmeta:meta])* $first:ident = $fword:literal
        $(, $(#[$vmeta:meta])* $variant:ident = $word:literal)* $(,)?
    })+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        pub enum $name {
            $(#[$fmeta])* #[default] #[serde(rename = $fword)] $first,
            $($(#[$vmeta])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// The word in the TOML.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { Self::$first => $fword, $(Self::$variant => $word,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }
    )+ };
}

pub(crate) use record;
pub(crate) use words;
