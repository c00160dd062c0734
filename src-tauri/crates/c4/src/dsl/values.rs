//! Constants and variables, and `${NAME}`, which stands for their values.

use super::fail::{Step, Words, fail};
use super::parser::Parser;
use std::borrow::Cow;

/// Values may grow through one another only so far, in bytes.
const LONGEST_VALUE: usize = 1 << 20;

/// A value of `!const` or `!var`.
pub(super) struct Named {
    pub(super) value: String,
    pub(super) constant: bool,
}

impl Parser<'_> {
    /// `!const` or `!var`.
    pub(super) fn define(&mut self, words: &Words<'_>, constant: bool) -> Step {
        let grammar = if constant { "!const <name> <value>" } else { "!var <name> <value>" };
        let name = Self::need(words, 1, grammar)?;
        let value = Self::need(words, 2, grammar)?;
        if !is_name(name) {
            return Err(fail(
                "Constant/variable names must only contain the following characters: a-zA-Z0-9-_.",
                "rename it",
            ));
        }
        if value.len() > LONGEST_VALUE {
            return Err(fail(format!("the value of {name} is too long"), "shorten it"));
        }
        if self.names.get(name).is_some_and(|known| constant || known.constant) {
            if self.extending {
                // The file that is extended has defined it: that value stays.
                return Ok(());
            }
            return Err(fail(format!("A constant/variable \"{name}\" already exists"), "choose another name"));
        }
        self.names.insert(name.to_owned(), Named { value: value.to_owned(), constant });
        Ok(())
    }

    /// Puts values for `${NAME}`.
    pub(super) fn substitute(&mut self, word: &mut Cow<'_, str>) {
        if !word.contains("${") {
            return;
        }
        let mut out = String::with_capacity(word.len());
        let mut rest: &str = word;
        let mut unknown = None;
        while let Some(start) = rest.find("${") {
            out.push_str(&rest[..start]);
            let inner = &rest[start + 2..];
            let end = inner.bytes().take_while(|byte| is_letter(*byte)).count();
            if end == 0 || !inner[end..].starts_with('}') {
                // No name: the text means itself.
                out.push_str("${");
                rest = inner;
                continue;
            }
            let name = &inner[..end];
            match self.names.get(name).filter(|named| out.len() + named.value.len() <= LONGEST_VALUE) {
                Some(named) => out.push_str(&named.value),
                None => {
                    unknown = Some(name.to_owned());
                    out.push_str(&rest[start..start + end + 3]);
                }
            }
            rest = &inner[end + 1..];
        }
        out.push_str(rest);
        *word = Cow::Owned(out);
        if let Some(name) = unknown {
            let why = if self.names.contains_key(&name) {
                "has too long a value – shorten it".to_owned()
            } else {
                format!("is not defined, and the environment is not read – define it with !const {name} <value>")
            };
            self.warn(format!("${{{name}}} {why}"));
        }
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(is_letter)
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}
