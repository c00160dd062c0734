//! Closed sets of words: one declaration gives the enum, its wire words and the list of all choices.

/// A word that is not one of a closed set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{word}\" is not a {set}; choose one of: {choices}")]
pub struct UnknownChoice {
    /// The set's name, for example `Severity`.
    pub set: &'static str,
    /// What was given.
    pub word: String,
    /// All words of the set, comma separated.
    pub choices: String,
}

/// Declares a closed set of words.
///
/// The wire word stands beside each variant; the same word is used in JSON, SQL, the CLI and on screen keys.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, ts_rs::TS, Default)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every choice, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The wire word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownChoice;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|choice| choice.as_str() == word).ok_or_else(|| $crate::UnknownChoice {
                    set: stringify!($name),
                    word: word.to_owned(),
                    choices: Self::ALL.iter().map(|choice| choice.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

pub(crate) use choice;
