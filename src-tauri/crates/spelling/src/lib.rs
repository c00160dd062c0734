//! Spelling: which words of a text are misspelt, and what was probably meant.
//!
//! Pure: dictionaries travel inside the program, texts come in, byte ranges go out. A language's words are read when it
//! is first asked for. What is no prose is not checked: code, addresses, `[[…]]`, numbers, names in capitals,
//! `camelCase`, `snake_case`, and words of other scripts.

mod builtin;
mod compound;
mod english;
mod german;
mod near;
mod own;
mod speller;
mod words;

pub use own::OwnWords;
pub use speller::{MAX_SUGGESTIONS, Speller};
