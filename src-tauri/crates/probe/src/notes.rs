//! What the rules saw in one file. Nothing is judged here: that takes all files (`report`).

use crate::lex::syntax::Lang;

/// A thing that was seen at a place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sight {
    /// A metric, or a key that `report` turns into one.
    pub key: &'static str,
    pub line: u32,
    /// A label, or what stands there.
    pub text: String,
    /// For keys that carry an amount.
    pub value: f64,
    pub subject: String,
}

/// Whether a call ends when nobody answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// Its own arguments say so.
    Own,
    /// What it is called on may say so; else its library.
    Client,
    /// Its library does unless told otherwise.
    Library,
    /// Nothing says so.
    None,
}

/// An outbound HTTP call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outbound {
    pub line: u32,
    /// As it stands in the code.
    pub callee: String,
    /// The name of what it is called on.
    pub client: String,
    pub bound: Bound,
    /// Whether it is a call only if the name turns out to be a client's.
    pub maybe: bool,
    /// The library: what a default for all its clients would name.
    pub library: &'static str,
}

/// A client that is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Client {
    pub name: String,
    /// With a timeout?
    pub timed: bool,
}

/// A dependency of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dependency {
    pub name: String,
    /// As it is written; may be empty.
    pub version: String,
    pub line: u32,
}

/// A technology that a manifest names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Technology {
    pub component: &'static str,
    pub name: String,
    pub version: String,
    pub line: u32,
}

/// A transactional block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Transaction {
    pub line: u32,
    /// Lines it reaches over.
    pub lines: (u32, u32),
}

/// The length of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Length {
    pub name: String,
    pub line: u32,
    pub lines: u32,
}

/// What the rules saw in one file.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub path: String,
    /// The language's name, empty where the file is not counted.
    pub language: &'static str,
    pub lang: Option<Lang>,
    pub program: bool,
    pub lines: usize,
    pub height: usize,
    /// Whether it belongs to the product that serves.
    pub serves: bool,
    pub product: bool,
    pub sights: Vec<Sight>,
    pub outbound: Vec<Outbound>,
    pub clients: Vec<Client>,
    pub transactions: Vec<Transaction>,
    pub dependencies: Vec<Dependency>,
    pub technologies: Vec<Technology>,
    pub functions: usize,
    /// The longest function, and all that are too long.
    pub longest: Option<Length>,
    pub long: Vec<Length>,
}

impl Notes {
    /// Notes a thing.
    pub(crate) fn see(&mut self, key: &'static str, line: u32, text: impl Into<String>) {
        self.amount(key, line, text, 1.0, "");
    }

    /// Notes an amount.
    pub(crate) fn amount(&mut self, key: &'static str, line: u32, text: impl Into<String>, value: f64, subject: &str) {
        self.sights.push(Sight { key, line, text: short(text.into()), value, subject: subject.to_owned() });
    }
}

/// Long texts cut, on one line.
pub(crate) fn short(text: String) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 120 { line } else { line.chars().take(119).chain(['…']).collect() }
}
