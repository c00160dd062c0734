//! The shape of a file's code: its functions, its calls, and which strings are put together from others.
//!
//! Two ways lead to it: a syntax tree where there is a grammar (`tree`), and brackets and words in the masked text
//! for the other languages (`outline`). Rules know this shape alone.

mod outline;
mod tree;

use crate::lex::Lexed;
use crate::lex::syntax::Lang;
use std::ops::Range;

/// Longer texts of what is called are cut at their beginning.
const LONGEST_CALLEE: usize = 600;

/// Longer functions are not looked through for each of their calls.
const LONGEST_TEXT: usize = 40_000;

/// A function or method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Function {
    pub name: String,
    /// From its first decorator or annotation to its end.
    pub whole: Range<usize>,
    /// Where its body begins.
    pub body: usize,
}

/// A call, or the making of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// What is called, without blanks, arguments of a chain as `()`: `client.get().uri`; `new Pool` for an object.
    pub callee: String,
    /// With what is called.
    pub whole: Range<usize>,
    /// The arguments, without their brackets.
    pub args: Range<usize>,
}

impl Call {
    /// The last word of what is called.
    pub(crate) fn name(&self) -> &str {
        let end = self.callee.trim_start_matches("new ");
        end.rsplit(['.', ':', '>', '?', '!']).find(|word| !word.is_empty()).unwrap_or(end)
    }

    /// What stands before the last word: `client.get()` of `client.get().uri`.
    pub(crate) fn receiver(&self) -> &str {
        let name = self.name().len();
        self.callee[..self.callee.len() - name].trim_end_matches(['.', ':', '>', '-', '?', '!'])
    }

    /// The first word.
    pub(crate) fn root(&self) -> &str {
        let callee = self.callee.trim_start_matches("new ").trim_start_matches(['$', '@']);
        let callee = callee.strip_prefix("this.").or_else(|| callee.strip_prefix("self.")).unwrap_or(callee);
        let callee = callee.strip_prefix("this->").unwrap_or(callee).trim_start_matches('#');
        callee.split(['.', ':', '(', '-', '?', '!', '[']).next().unwrap_or(callee)
    }
}

/// The shape of a file.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// In the order of their beginnings.
    pub functions: Vec<Function>,
    /// In the order of their ends.
    pub calls: Vec<Call>,
    /// Where a string is joined with what is no string, by `+` or its kin.
    pub joined: Vec<Range<usize>>,
}

impl Shape {
    /// The shape of a text.
    pub(crate) fn of(lang: Lang, name: &str, text: &str, lexed: &Lexed) -> Self {
        let mut shape = tree::shape(lang, name, text, lexed).unwrap_or_else(|| outline::shape(lang, lexed));
        shape.functions.sort_by_key(|function| (function.whole.start, std::cmp::Reverse(function.whole.end)));
        shape.calls.sort_by_key(|call| (call.args.end, call.whole.start));
        shape.joined.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        shape
    }

    /// The innermost function around a byte.
    pub(crate) fn function_at(&self, at: usize) -> Option<&Function> {
        let until = self.functions.partition_point(|function| function.whole.start <= at);
        self.functions[..until].iter().rev().take(400).find(|function| function.whole.contains(&at))
    }

    /// The text of the innermost function around a byte; none where that is so long that nobody wrote it for reading,
    /// since many rules look through it for each call.
    pub(crate) fn text_around<'a>(&self, at: usize, text: &'a str) -> Option<&'a str> {
        let function = self.function_at(at)?;
        text.get(function.whole.clone()).filter(|text| text.len() <= LONGEST_TEXT)
    }

    /// Calls within a range.
    pub(crate) fn calls_in(&self, range: &Range<usize>) -> impl Iterator<Item = &Call> {
        let from = self.calls.partition_point(|call| call.args.end < range.start);
        let until = self.calls.partition_point(|call| call.args.end <= range.end);
        self.calls[from..until].iter().filter(|call| call.whole.start >= range.start)
    }
}

/// What is called, from its masked text: no blanks, no arguments, no type parameters.
fn callee(bare: &str, made: bool) -> String {
    let from = bare.ceil_char_boundary(bare.len().saturating_sub(LONGEST_CALLEE));
    let (mut out, mut round, mut angle) = (String::new(), 0_usize, 0_usize);
    if made {
        out.push_str("new ");
    }
    for char in bare[from..].chars() {
        match char {
            '(' | '[' | '{' => {
                if round == 0 && angle == 0 {
                    out.push(char);
                }
                round += 1;
            }
            ')' | ']' | '}' => {
                round = round.saturating_sub(1);
                if round == 0 && angle == 0 {
                    out.push(char);
                }
            }
            '<' if round == 0 => angle += 1,
            '>' if round == 0 && !out.ends_with('-') => angle = angle.saturating_sub(1),
            _ if round > 0 || angle > 0 || char.is_whitespace() => {}
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests;
