//! What the probe may say of a checkout, by what of it was read.

use crate::lex::syntax::Lang;
use crate::notes::Notes;

/// Less of the code that serves than this read in depth, and absence is not told.
const ENOUGH: f64 = 0.8;

const fn bits(langs: &[Lang]) -> u16 {
    let (mut all, mut at) = (0, 0);
    while at < langs.len() {
        all |= langs[at].bit();
        at += 1;
    }
    all
}

/// Metrics whose rules do not read all of the languages that are read in depth: those that they do not.
const NOT_READ: &[(&str, u16)] = &[
    ("code.db.acquires", bits(&[Lang::Php, Lang::Rust])),
    ("code.db.direct_connects", bits(&[Lang::CSharp])),
    ("code.db.pool", bits(&[Lang::Php])),
    ("code.db.transactions", bits(&[Lang::Rust])),
    ("code.feature_flags", bits(&[Lang::Rust])),
    // Their servers end well by themselves.
    ("code.graceful_shutdown", bits(&[Lang::Python, Lang::Ruby, Lang::Php, Lang::CSharp])),
    // Their handlers stand in other files than their routes.
    ("code.lists", bits(&[Lang::Rust, Lang::Kotlin, Lang::Php, Lang::Ruby])),
    ("code.mutable_globals", bits(&[Lang::Php, Lang::Kotlin])),
    // Rails brings them.
    ("code.request_id", bits(&[Lang::Ruby])),
    ("code.security_headers", bits(&[Lang::Ruby])),
    ("code.tests.query_count", bits(&[Lang::Go, Lang::Rust, Lang::CSharp])),
];

/// How much of which languages serves, and whether it serves at all.
pub(super) struct Scope {
    /// Lines of the product that does not run in a browser, by language read in depth.
    read: Vec<(Lang, usize)>,
    /// Lines of all programming languages of it.
    all: usize,
    /// Whether requests are served: there are routes.
    pub serves: bool,
    /// Whether a database is spoken to.
    pub database: bool,
    /// Names of the languages that were read in depth.
    pub names: Vec<&'static str>,
}

impl Scope {
    pub(super) fn of(notes: &[Notes]) -> Self {
        let mut read: Vec<(Lang, usize)> = Vec::new();
        let mut names: Vec<&'static str> = Vec::new();
        let mut all = 0;
        for notes in notes.iter().filter(|notes| notes.serves && notes.program) {
            all += notes.lines;
            let Some(lang) = notes.lang else { continue };
            if !names.contains(&notes.language) {
                names.push(notes.language);
            }
            match read.iter_mut().find(|(known, _)| *known == lang) {
                Some((_, lines)) => *lines += notes.lines,
                None => read.push((lang, notes.lines)),
            }
        }
        names.sort_unstable();
        let seen = |keys: &[&str]| notes.iter().flat_map(|notes| &notes.sights).any(|sight| keys.contains(&sight.key));
        Self {
            serves: seen(&["code.routes"]),
            database: seen(&["code.db.pool", "code.sql.statements", "code.db.acquires", "code.db.direct_connects"]),
            read,
            all,
            names,
        }
    }

    /// Whether the rule of a metric read enough, so that what it did not find is not there.
    pub(super) fn tells(&self, metric: &str) -> bool {
        let without = NOT_READ.iter().find(|(known, _)| *known == metric).map_or(0, |(_, langs)| *langs);
        let read: usize = self.read.iter().filter(|(lang, _)| lang.bit() & without == 0).map(|(_, lines)| lines).sum();
        #[expect(clippy::cast_precision_loss, reason = "a checkout has no more lines than a float counts")]
        let share = read as f64 / self.all.max(1) as f64;
        read > 0 && share >= ENOUGH
    }

    /// Where it was looked, for a text.
    pub(super) fn looked(&self) -> String {
        format!("not found in {}", self.names.join(", "))
    }
}
