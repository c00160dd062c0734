//! Signals: words that tell by being there that something is used. All are looked for in one pass over a file's text
//! without its comments.

mod operations;
mod protection;

use crate::notes::Notes;
use crate::source::{Part, Source};
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// Where a signal is looked for: code of these languages, or these kinds of files.
pub(super) mod within {
    use crate::lex::syntax::Lang;

    pub(crate) const JVM: u16 = Lang::Java.bit() | Lang::Kotlin.bit();
    pub(crate) const SCRIPT: u16 = Lang::JavaScript.bit() | Lang::TypeScript.bit();
    pub(crate) const PYTHON: u16 = Lang::Python.bit();
    pub(crate) const GO: u16 = Lang::Go.bit();
    pub(crate) const CSHARP: u16 = Lang::CSharp.bit();
    pub(crate) const PHP: u16 = Lang::Php.bit();
    pub(crate) const RUBY: u16 = Lang::Ruby.bit();
    pub(crate) const RUST: u16 = Lang::Rust.bit();
    /// YAML, properties, JSON, TOML, `.env` and the like.
    pub(crate) const CONFIG: u16 = 1 << 10;
    /// Manifests of dependencies: for what works by being there.
    pub(crate) const MANIFEST: u16 = 1 << 11;
    /// Code of tests.
    pub(crate) const TEST: u16 = 1 << 12;
    /// Files of a CI, of Dependabot and Renovate.
    pub(crate) const CI: u16 = 1 << 13;
    /// Containers, Kubernetes, Terraform, nginx.
    pub(crate) const INFRA: u16 = 1 << 14;
}

/// A metric that is 1 where one of these stands.
pub(super) struct Signal {
    pub metric: &'static str,
    /// What it tells of.
    pub label: &'static str,
    pub within: u16,
    pub words: &'static [&'static str],
}

pub(super) const fn signal(
    metric: &'static str,
    label: &'static str,
    within: u16,
    words: &'static [&'static str],
) -> Signal {
    Signal { metric, label, within, words }
}

struct Matcher {
    automaton: Option<AhoCorasick>,
    /// By pattern.
    signals: Vec<&'static Signal>,
    words: Vec<&'static str>,
}

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| {
    let all = operations::SIGNALS.iter().chain(protection::SIGNALS);
    let pairs: Vec<(&'static Signal, &'static str)> =
        all.flat_map(|signal| signal.words.iter().map(move |word| (signal, *word))).collect();
    Matcher {
        automaton: AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(pairs.iter().map(|(_, word)| word))
            .ok(),
        signals: pairs.iter().map(|(signal, _)| *signal).collect(),
        words: pairs.iter().map(|(_, word)| *word).collect(),
    }
});

/// Which kinds of places a file is; 0 where no signal is looked for in it.
fn place(source: &Source) -> u16 {
    let (path, name) = (source.path, source.name);
    if crate::rules::ci::is_ci(path, name) {
        return within::CI;
    }
    if source.part == Part::Shown {
        return 0;
    }
    if source.part == Part::Test {
        return source.lang().map_or(0, |_| within::TEST);
    }
    if crate::manifests::is_manifest(name) {
        return within::MANIFEST;
    }
    if let Some(lang) = source.lang() {
        return if source.client { 0 } else { lang.bit() };
    }
    match source.language.map(|language| language.name) {
        Some("Dockerfile" | "Terraform") => within::INFRA,
        Some("YAML" | "JSON" | "TOML" | "Properties" | "INI" | "XML" | "Prisma" | "Groovy") => {
            within::CONFIG | within::INFRA
        }
        _ if name.starts_with(".env") || name.contains("nginx") || name == "Procfile" => within::CONFIG | within::INFRA,
        _ => 0,
    }
}

/// Notes the signals of a file, the first place of each.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let (place, Some(automaton)) = (place(source), MATCHER.automaton.as_ref()) else { return };
    if place == 0 {
        return;
    }
    let text = source.code().as_bytes();
    let mut seen: Vec<*const Signal> = Vec::new();
    for found in automaton.find_overlapping_iter(text) {
        let index = found.pattern().as_usize();
        let signal = MATCHER.signals[index];
        if signal.within & place == 0 || seen.contains(&std::ptr::from_ref(signal)) {
            continue;
        }
        let word = MATCHER.words[index].as_bytes();
        let part_of_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        let before = found.start().checked_sub(1).and_then(|at| text.get(at));
        if (part_of_word(word.first()) && part_of_word(before))
            || (part_of_word(word.last()) && part_of_word(text.get(found.end())))
        {
            continue;
        }
        seen.push(std::ptr::from_ref(signal));
        notes.see(signal.metric, source.line(found.start()), signal.label);
    }
}
