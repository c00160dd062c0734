//! The rules: each looks at one file and notes what it sees.

pub(crate) mod cache;
pub(crate) mod ci;
pub(crate) mod clients;
pub(crate) mod connections;
pub(crate) mod containers;
pub(crate) mod globals;
pub(crate) mod logs;
pub(crate) mod migrations;
pub(crate) mod outbound;
pub(crate) mod pools;
pub(crate) mod retries;
pub(crate) mod routes;
pub(crate) mod secrets;
pub(crate) mod settings;
pub(crate) mod signals;
pub(crate) mod sizes;
pub(crate) mod sql;
pub(crate) mod transactions;

use crate::notes::Notes;
use crate::source::{Part, Source};
use regex::Regex;

/// A pattern of the program; none is never met, since a test reads them all.
pub(crate) fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// Whether a pattern is found.
pub(crate) fn has(pattern: Option<&Regex>, text: &str) -> bool {
    pattern.is_some_and(|pattern| pattern.is_match(text))
}

/// Looks at a file with all rules.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    signals::look(source, notes);
    secrets::look(source, notes);
    sizes::look(source, notes);
    migrations::look(source, notes);
    containers::look(source, notes);
    ci::look(source, notes);
    if source.part == Part::Product {
        settings::look(source, notes);
    }
    if source.serves() && source.lang().is_some() && !migrations::is_migration(source.path) {
        clients::look(source, notes);
        outbound::look(source, notes);
        sql::look(source, notes);
        cache::look(source, notes);
        pools::look(source, notes);
        connections::look(source, notes);
        transactions::look(source, notes);
        routes::look(source, notes);
        logs::look(source, notes);
        retries::look(source, notes);
        globals::look(source, notes);
    }
}
