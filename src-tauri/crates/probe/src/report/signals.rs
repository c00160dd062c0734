//! Things that are there or are not.

use super::scope::Scope;
use super::{Measurements, Placed, placed};
use crate::notes::Notes;

/// When the absence of a thing is told.
#[derive(Clone, Copy)]
enum Told {
    /// Where requests are served and the languages are read.
    Served,
    /// As that, and a database is spoken to.
    Database,
    /// As that, and other services are called.
    Calls,
    /// Never: finding nothing says nothing.
    Never,
}

const SIGNALS: &[(&str, Told)] = &[
    ("code.circuit_breaker", Told::Calls),
    ("code.db.pool", Told::Never),
    ("code.db.proxy", Told::Database),
    ("code.db.read_replica", Told::Database),
    ("code.feature_flags", Told::Served),
    ("code.graceful_shutdown", Told::Served),
    ("code.health.liveness", Told::Served),
    ("code.health.readiness", Told::Served),
    ("code.jobs", Told::Served),
    ("code.logs.structured", Told::Served),
    ("code.rate_limit", Told::Served),
    ("code.request_id", Told::Served),
    ("code.security_headers", Told::Served),
    ("code.serverless", Told::Served),
    ("code.sessions.in_memory", Told::Served),
    ("code.tracing", Told::Served),
    ("code.uploads.local", Told::Never),
    ("code.validation", Told::Served),
];

/// Puts all of them.
pub(super) fn put(notes: &[Notes], scope: &Scope, calls: usize, out: &mut Measurements) {
    let files = notes.iter().filter(|notes| !notes.language.is_empty()).count();
    if files == 0 {
        return;
    }
    for (metric, told) in SIGNALS {
        let found = placed(notes, metric);
        let absent = match told {
            Told::Served => scope.serves,
            Told::Database => scope.serves && scope.database,
            Told::Calls => scope.serves && calls > 0,
            Told::Never => false,
        };
        if !found.is_empty() {
            there(metric, &found, out);
        } else if absent && scope.tells(metric) {
            out.put(metric, 0.0, "", String::new(), scope.looked());
        }
    }
    // A pool is absent where connections are opened without one.
    if placed(notes, "code.db.pool").is_empty()
        && !placed(notes, "code.db.direct_connects").is_empty()
        && scope.tells("code.db.pool")
    {
        out.put("code.db.pool", 0.0, "", String::new(), scope.looked());
    }
    let remote = placed(notes, "uploads.remote");
    if placed(notes, "code.uploads.local").is_empty() && !remote.is_empty() {
        out.put(
            "code.uploads.local",
            0.0,
            "",
            remote.first().map(Placed::at).unwrap_or_default(),
            "an object store is used".to_owned(),
        );
    }
    cors(notes, out);
    limits_of_logins(notes, scope, out);
    let ci = placed(notes, "code.ci");
    if ci.is_empty() {
        out.put("code.ci", 0.0, "", String::new(), "no file of a CI".to_owned());
    } else {
        there("code.ci", &ci, out);
    }
    let migrations = !placed(notes, "code.migrations").is_empty();
    for (metric, told) in
        [("code.ci.dependency_scan", true), ("code.ci.load_test", true), ("code.ci.migration_lint", migrations)]
    {
        let found = placed(notes, metric);
        if !found.is_empty() {
            there(metric, &found, out);
        } else if told {
            out.put(
                metric,
                0.0,
                "",
                ci.first().map(Placed::at).unwrap_or_default(),
                "not among what the CI runs".to_owned(),
            );
        }
    }
    let counted = placed(notes, "code.tests.query_count");
    if !counted.is_empty() {
        there("code.tests.query_count", &counted, out);
    } else if scope.database && !placed(notes, "code.tests").is_empty() && scope.tells("code.tests.query_count") {
        out.put("code.tests.query_count", 0.0, "", String::new(), scope.looked());
    }
    let described = placed(notes, "code.openapi");
    if !described.is_empty() {
        out.count("code.openapi", described.len(), described[0].at(), labels(&described));
    }
}

/// What is there, with what tells it.
fn there(metric: &str, found: &[Placed], out: &mut Measurements) {
    let at = found.first().map(Placed::at).unwrap_or_default();
    out.put(metric, 1.0, "", at, labels(found));
}

fn labels(found: &[Placed]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for placed in found {
        if !names.contains(&placed.sight.text.as_str()) {
            names.push(&placed.sight.text);
        }
    }
    names.truncate(super::MOST_PLACES);
    names.join(", ")
}

fn cors(notes: &[Notes], out: &mut Measurements) {
    let (any, list) = (placed(notes, "cors.any"), placed(notes, "cors.list"));
    if let Some(first) = any.first() {
        out.put("code.cors.wildcard", 1.0, "", first.at(), super::places(any.iter()));
    } else if let Some(first) = list.first() {
        out.put("code.cors.wildcard", 0.0, "", first.at(), "a list of origins".to_owned());
    }
}

fn limits_of_logins(notes: &[Notes], scope: &Scope, out: &mut Measurements) {
    let found = placed(notes, "code.rate_limit.auth");
    let logins = placed(notes, "routes.login");
    if !found.is_empty() {
        there("code.rate_limit.auth", &found, out);
    } else if let (Some(first), true) = (logins.first(), scope.tells("code.rate_limit.auth")) {
        out.put("code.rate_limit.auth", 0.0, "", first.at(), format!("no limit of its own on {}", labels(&logins)));
    }
}
