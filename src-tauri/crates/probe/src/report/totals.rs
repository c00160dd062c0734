//! Counts: lines, places at fault beside what was looked at, settings.

use super::scope::Scope;
use super::{Measurements, Placed, placed};
use crate::notes::Notes;
use std::collections::{BTreeMap, BTreeSet};

/// What was looked at, and the faults among it.
const SHARES: &[(&str, &[&str])] = &[
    ("code.cache.writes", &["code.cache.writes_no_ttl"]),
    ("code.containers", &["code.containers.root"]),
    ("code.db.acquires", &["code.db.unreleased"]),
    ("code.lists", &["code.lists.unpaged"]),
    ("code.migrations", &["code.migrations.breaking", "code.migrations.locking"]),
    ("code.retries", &["code.retries.no_backoff"]),
    ("code.sql.statements", &["code.sql.concatenated", "code.sql.unbounded"]),
];

/// Settings with an amount.
const AMOUNTS: &[&str] = &[
    "code.body_limit",
    "code.db.pool.acquire_timeout",
    "code.db.pool.idle_timeout",
    "code.db.pool.leak_detection",
    "code.db.pool.max_lifetime",
    "code.db.pool.size",
    "code.db.statement_timeout",
];

/// Puts all of them.
pub(super) fn put(notes: &[Notes], scope: &Scope, out: &mut Measurements) {
    lines(notes, out);
    let counted = notes.iter().filter(|notes| !notes.language.is_empty()).count();
    if counted == 0 {
        return;
    }
    for (whole, faults) in SHARES {
        let all = placed(notes, whole);
        // Files tell of containers and migrations in any language.
        let of_files = matches!(*whole, "code.containers" | "code.migrations");
        if all.is_empty() && (of_files || !scope.tells(whole)) {
            continue;
        }
        out.places(whole, &all);
        for fault in faults.iter().filter(|_| !all.is_empty()) {
            out.places(fault, &placed(notes, fault));
        }
    }
    out.places("code.todo", &placed(notes, "code.todo"));
    secrets(notes, out);
    for (metric, told) in [
        ("code.logs.plain", scope.tells("code.logs.plain")),
        ("code.mutable_globals", scope.serves && scope.tells("code.mutable_globals")),
        ("code.routes", scope.tells("code.routes")),
        ("code.db.direct_connects", scope.database && scope.tells("code.db.direct_connects")),
    ] {
        let found = placed(notes, metric);
        if told || !found.is_empty() {
            out.places(metric, &found);
        }
    }
    tests(notes, scope, out);
    sizes(notes, out);
    amounts(notes, out);
}

fn lines(notes: &[Notes], out: &mut Measurements) {
    let mut by: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for notes in notes.iter().filter(|notes| !notes.language.is_empty()) {
        for name in ["", notes.language] {
            let (files, lines) = by.entry(name).or_default();
            *files += 1;
            *lines += notes.lines;
        }
    }
    for (name, (files, lines)) in by {
        #[expect(clippy::cast_precision_loss, reason = "a checkout has no more lines than a float counts")]
        let (files, lines) = (files as f64, lines as f64);
        out.put("code.files", files, name, String::new(), String::new());
        out.put("code.lines", lines, name, String::new(), String::new());
    }
}

fn secrets(notes: &[Notes], out: &mut Measurements) {
    let found = placed(notes, "code.secrets");
    let at = found.first().map(Placed::at).unwrap_or_default();
    let mut text = found
        .iter()
        .take(3)
        .map(|placed| format!("{}: {}", placed.at(), placed.sight.text))
        .collect::<Vec<_>>()
        .join(", ");
    if found.len() > 3 {
        text.push_str(", …");
    }
    out.count("code.secrets", found.len(), at, text);
}

fn tests(notes: &[Notes], scope: &Scope, out: &mut Measurements) {
    let cases = placed(notes, "code.tests");
    let files: BTreeSet<&str> = placed(notes, "code.tests.files").iter().map(|placed| placed.path).collect();
    if cases.is_empty() && !scope.tells("code.tests") {
        return;
    }
    let count: f64 = cases.iter().map(|placed| placed.sight.value).sum();
    let at = cases.first().map(|placed| placed.path.to_owned()).unwrap_or_default();
    out.put("code.tests", count, "", at.clone(), String::new());
    out.count("code.tests.files", files.len(), at, String::new());
}

fn sizes(notes: &[Notes], out: &mut Measurements) {
    let longest = notes
        .iter()
        .filter(|notes| notes.product && notes.program)
        .max_by(|one, other| (one.height, &other.path).cmp(&(other.height, &one.path)));
    if let Some(notes) = longest {
        out.count("code.file.longest", notes.height, format!("{}:1", notes.path), notes.path.clone());
    }
    let functions: usize = notes.iter().map(|notes| notes.functions).sum();
    if functions == 0 {
        return;
    }
    out.count("code.functions", functions, String::new(), String::new());
    let mut long: Vec<(&str, &crate::notes::Length)> =
        notes.iter().flat_map(|notes| notes.long.iter().map(|length| (notes.path.as_str(), length))).collect();
    long.sort_by_key(|(path, length)| (std::cmp::Reverse(length.lines), *path, length.line));
    let text = long
        .iter()
        .take(super::MOST_PLACES)
        .map(|(path, length)| format!("{path}:{} {} ({} lines)", length.line, length.name, length.lines))
        .collect::<Vec<_>>();
    let at = long.first().map(|(path, length)| format!("{path}:{}", length.line)).unwrap_or_default();
    out.count("code.functions.long", long.len(), at, text.join(", "));
    let longest = notes
        .iter()
        .filter_map(|notes| notes.longest.as_ref().map(|length| (notes.path.as_str(), length)))
        .min_by_key(|(path, length)| (std::cmp::Reverse(length.lines), *path, length.line));
    if let Some((path, length)) = longest {
        let at = format!("{path}:{}", length.line);
        out.count("code.function.longest", length.lines as usize, at.clone(), format!("{at} {}", length.name));
    }
}

/// Settings: one of each pool where all files agree, else one a file.
fn amounts(notes: &[Notes], out: &mut Measurements) {
    for metric in AMOUNTS {
        let mut by: BTreeMap<&str, Vec<Placed>> = BTreeMap::new();
        for placed in placed(notes, metric) {
            by.entry(placed.sight.subject.as_str()).or_default().push(placed);
        }
        for (subject, found) in by {
            let Some(first) = found.first() else { continue };
            if found.iter().all(|placed| placed.sight.value.total_cmp(&first.sight.value).is_eq()) {
                out.put(metric, first.sight.value, subject, first.at(), first.sight.text.clone());
                continue;
            }
            let mut files: BTreeMap<&str, &Placed> = BTreeMap::new();
            for placed in &found {
                // The largest of a file: a limit is as wide as its widest.
                let kept = files.entry(placed.path).or_insert(placed);
                if placed.sight.value > kept.sight.value {
                    *kept = placed;
                }
            }
            for (path, placed) in files {
                out.put(
                    metric,
                    placed.sight.value,
                    &format!("{subject} in {path}"),
                    placed.at(),
                    placed.sight.text.clone(),
                );
            }
        }
    }
}
