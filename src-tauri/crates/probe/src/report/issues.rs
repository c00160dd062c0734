//! Places at fault, one issue each; of a rule with very many the first.

use super::outbound::{Call, calling};
use super::placed;
use crate::facts::{Issue, TechnologyRow};
use crate::notes::Notes;
use crate::{built_folders, folder};
use std::collections::BTreeSet;

/// Of each rule no more places than this become issues; the metric has the count of all.
const MOST: usize = 50;

/// What is told of a place: the key of its sights, the rule, the title, what comes of it, severity, weakness.
struct Rule {
    key: &'static str,
    id: &'static str,
    title: &'static str,
    meaning: &'static str,
    severity: &'static str,
    cwe: &'static [u32],
}

const fn rule(
    key: &'static str,
    id: &'static str,
    title: &'static str,
    meaning: &'static str,
    severity: &'static str,
    cwe: &'static [u32],
) -> Rule {
    Rule { key, id, title, meaning, severity, cwe }
}

#[rustfmt::skip]
const RULES: &[Rule] = &[
    rule("code.cache.writes_no_ttl", "cache-without-ttl", "Cache entry without a time to live", "What is written here stays until it is evicted: stale values are served, and the cache fills up.", "low", &[]),
    rule("code.containers.root", "container-as-root", "Container image runs as root", "No other user is set, so that whoever breaks into the process is root in the container.", "medium", &[250]),
    rule("cors.any", "cors-any-origin", "Any origin is allowed", "Pages of any site may call the interface from a visitor's browser.", "medium", &[942]),
    rule("code.db.direct_connects", "connection-outside-pool", "Database connection outside of a pool", "Each use opens a connection of its own: slow, and without a limit on how many there are.", "medium", &[]),
    rule("code.db.unreleased", "connection-not-released", "Connection is not released on every path", "When something fails in between, the connection is lost, until none is left.", "high", &[772]),
    rule("code.lists.unpaged", "list-without-page", "List without a limit or page", "The answer grows with the data, and with it memory and response time.", "medium", &[770]),
    rule("code.migrations.breaking", "migration-breaks-old-version", "Migration that the version before cannot work with", "While both versions run, the old one fails on what this takes away or demands.", "medium", &[]),
    rule("code.migrations.locking", "migration-locks-writers", "Migration that locks writers for long", "On a large table, writes wait until it is done.", "medium", &[667]),
    rule("code.mutable_globals", "mutable-global-state", "State of the process changes while requests are served", "Instances do not share it, a restart loses it, and requests at the same time may disturb each other.", "low", &[362]),
    rule("code.retries.no_backoff", "retry-without-backoff", "Retry without growing waits or without an end", "All callers ask again at once: a service that struggles is kept down.", "medium", &[]),
    rule("code.secrets", "secret-in-code", "Secret in the code", "Whoever may read the code may use it, and it stays in its history.", "high", &[798]),
    rule("code.sessions.in_memory", "session-in-memory", "Sessions are kept in the process", "A restart logs everyone out, and a second instance does not know them.", "medium", &[]),
    rule("code.sql.concatenated", "sql-from-variables", "SQL put together from variables", "Where a variable comes from outside, it can change what the statement does.", "high", &[89]),
    rule("code.sql.unbounded", "sql-whole-table", "Query of a whole table", "Without a condition or limit it reads every row there will ever be.", "medium", &[770]),
    rule("code.uploads.local", "upload-on-local-disk", "Uploads are kept on the local disk", "Other instances do not see them, and a container loses them when it ends.", "medium", &[]),
];

/// All issues, by rule and place.
pub(super) fn of(notes: &[Notes], calls: &[Call], rows: &[TechnologyRow]) -> Vec<Issue> {
    let built = built_folders(notes);
    let mut issues = Vec::new();
    for rule in RULES {
        for placed in placed(notes, rule.key).iter().take(MOST) {
            let found = if placed.sight.text.is_empty() {
                String::new()
            } else {
                format!(" Found: `{}`.", placed.sight.text.replace('`', "'"))
            };
            issues.push(issue(rule, format!("{}{found}", rule.meaning), placed.path, placed.sight.line, &built));
        }
    }
    let endless = rule(
        "",
        "outbound-no-timeout",
        "Outbound call without a timeout",
        "When the other side does not answer, whoever called waits, until all threads or connections do.",
        "medium",
        &[400],
    );
    for call in calls.iter().filter(|call| call.endless).take(MOST) {
        let text = format!("{} Found: `{}`.", endless.meaning, call.call.callee.replace('`', "'"));
        issues.push(issue(&endless, text, call.path, call.call.line, &built));
    }
    let held = rule(
        "",
        "call-in-transaction",
        "Outbound call inside a transaction",
        "A connection and its locks are held while another service is waited for.",
        "high",
        &[],
    );
    for (path, line, call) in calling(calls, notes).into_iter().take(MOST) {
        issues.push(issue(
            &held,
            format!("{} The transaction begins here, the call is on line {call}.", held.meaning),
            path,
            line,
            &built,
        ));
    }
    let old = rule(
        "",
        "past-end-of-support",
        "Past the end of its support",
        "Its makers mend no faults any more, those of security neither.",
        "medium",
        &[1104],
    );
    for row in rows.iter().filter(|row| !row.behind.is_empty()).take(MOST) {
        let (path, line) = row.place.rsplit_once(':').unwrap_or((&row.place, "1"));
        let text = format!("{} {}: {}. {}", row.name, row.version, row.behind, old.meaning);
        issues.push(Issue {
            title: format!("{} {} is past the end of its support", row.name, row.version),
            ..issue(&old, text, path, line.parse().unwrap_or(1), &built)
        });
    }
    issues.sort_by(|one, other| {
        (&one.rule, &one.file, one.line, &one.description).cmp(&(
            &other.rule,
            &other.file,
            other.line,
            &other.description,
        ))
    });
    issues
}

fn issue(rule: &Rule, description: String, path: &str, line: u32, built: &BTreeSet<&str>) -> Issue {
    Issue {
        rule: rule.id.to_owned(),
        title: rule.title.to_owned(),
        description,
        severity: rule.severity.to_owned(),
        file: path.to_owned(),
        line,
        component: component(path, built),
        cwe: rule.cwe.to_vec(),
    }
}

/// The name of the nearest folder that is built by itself.
fn component(path: &str, built: &BTreeSet<&str>) -> String {
    let mut at = folder(path);
    while !at.is_empty() {
        if built.contains(at) {
            return at.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        }
        at = folder(at.trim_end_matches('/'));
    }
    String::new()
}
