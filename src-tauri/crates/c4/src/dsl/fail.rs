//! What is wrong with a line, and the words of a line that a statement needs.

use super::parser::Parser;
use std::borrow::Cow;

/// What is wrong with a line.
#[derive(Debug)]
pub(super) struct Fail {
    pub(super) message: String,
    pub(super) remedy: String,
    /// Where, when it is not the line being read.
    pub(super) at: Option<(String, usize)>,
    /// Whether the line names something that is not there.
    pub(super) missing: bool,
}

pub(super) type Step = Result<(), Fail>;
pub(super) type Words<'w> = [Cow<'w, str>];

pub(super) fn fail(message: impl Into<String>, remedy: &str) -> Fail {
    Fail { message: message.into(), remedy: remedy.to_owned(), at: None, missing: false }
}

/// That the line names something that is not there.
pub(super) fn missing(message: impl Into<String>, remedy: &str) -> Fail {
    Fail { missing: true, ..fail(message, remedy) }
}

impl Parser<'_> {
    /// A word that may be absent or empty.
    pub(super) fn word<'w>(words: &'w Words<'_>, at: usize) -> Option<&'w str> {
        words.get(at).map(AsRef::as_ref)
    }

    /// Refuses words after the last one that means something.
    pub(super) fn at_most(words: &Words<'_>, most: usize, grammar: &str) -> Step {
        if words.len() > most {
            return Err(fail(format!("Too many tokens, expected: {grammar}"), "put text of several words in quotes"));
        }
        Ok(())
    }

    /// The word at a place that must be there.
    pub(super) fn need<'w>(words: &'w Words<'_>, at: usize, grammar: &str) -> Result<&'w str, Fail> {
        words.get(at).map(AsRef::as_ref).ok_or_else(|| fail(format!("Expected: {grammar}"), "complete the line"))
    }
}
