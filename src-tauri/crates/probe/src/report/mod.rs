//! From what was seen in files to facts: what all files together say, with denominators, places and issues.
//!
//! A thing that was not found is told as absent only where the probe reads most of the code that serves
//! (`scope`): in a language that it does not read, nothing was looked for.

mod issues;
mod outbound;
mod scope;
mod signals;
mod stack;
mod totals;

use crate::facts::{Facts, Measurement};
use crate::notes::{Notes, Sight};
use crate::options::Options;
use scope::Scope;

/// Places that a text names; the count tells of the rest.
const MOST_PLACES: usize = 5;

/// A sight with the file that it was in.
#[derive(Debug, Clone, Copy)]
struct Placed<'a> {
    path: &'a str,
    sight: &'a Sight,
}

impl Placed<'_> {
    fn at(&self) -> String {
        format!("{}:{}", self.path, self.sight.line)
    }
}

/// All sights of a key, by place.
fn placed<'a>(notes: &'a [Notes], key: &str) -> Vec<Placed<'a>> {
    let of = |notes: &'a Notes| notes.sights.iter().map(move |sight| Placed { path: &notes.path, sight });
    let mut found: Vec<Placed> = notes.iter().flat_map(of).filter(|placed| placed.sight.key == key).collect();
    found.sort_by_key(|placed| (placed.path, placed.sight.line));
    found
}

/// The first places, as a text.
fn places<'a>(placed: impl ExactSizeIterator<Item = &'a Placed<'a>>) -> String {
    let count = placed.len();
    let mut text = placed.take(MOST_PLACES).map(Placed::at).collect::<Vec<_>>().join(", ");
    if count > MOST_PLACES {
        text.push_str(", …");
    }
    text
}

/// Collects measurements.
#[derive(Default)]
struct Measurements(Vec<Measurement>);

impl Measurements {
    fn put(&mut self, metric: &str, value: f64, subject: &str, at: String, text: String) {
        self.0.push(Measurement { metric: metric.to_owned(), value, subject: subject.to_owned(), at, text });
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of places are small")]
    fn count(&mut self, metric: &str, count: usize, at: String, text: String) {
        self.put(metric, count as f64, "", at, text);
    }

    /// A count of places.
    fn places(&mut self, metric: &str, found: &[Placed]) {
        let at = found.first().map(Placed::at).unwrap_or_default();
        self.count(metric, found.len(), at, places(found.iter()));
    }
}

/// The facts.
pub(crate) fn facts(notes: &[Notes], options: &Options) -> Facts {
    let scope = Scope::of(notes);
    let mut out = Measurements::default();
    totals::put(notes, &scope, &mut out);
    let calls = outbound::settle(notes);
    outbound::put(&calls, notes, &scope, &mut out);
    signals::put(notes, &scope, calls.len(), &mut out);
    let rows = stack::put(notes, options, &mut out);
    let mut measurements = out.0;
    measurements
        .sort_by(|one, other| (&one.metric, &one.subject, &one.at).cmp(&(&other.metric, &other.subject, &other.at)));
    Facts {
        groma_facts: 1,
        tool: "groma probe code".to_owned(),
        tool_version: options.tool_version.to_owned(),
        captured_at: options.captured_at.to_owned(),
        subject: options.subject.to_owned(),
        measurements,
        issues: issues::of(notes, &calls, &rows),
        tables: vec![crate::facts::Table { id: "technology_stack".to_owned(), rows }],
        packs: crate::packs::decide(options.packs, notes),
    }
}
