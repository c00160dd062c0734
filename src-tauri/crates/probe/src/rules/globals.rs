//! State of modules and classes that changes while requests are served.

use super::pattern;
use crate::lex::syntax::Lang;
use crate::notes::Notes;
use crate::source::Source;
use regex::Regex;
use std::sync::LazyLock;

/// Declarations outside of functions, with the name.
static DECLARED: LazyLock<Vec<(u16, Option<Regex>)>> = LazyLock::new(|| {
    let bits = |langs: &[Lang]| langs.iter().map(|lang| lang.bit()).sum();
    vec![
        (
            bits(&[Lang::Java]),
            pattern(
                r"(?m)^\s*(?:private|public|protected)?\s*static\s+(?:volatile\s+)?(?:final\s+)?(?:(?:Map|List|Set|HashMap|ArrayList|HashSet|ConcurrentHashMap|ConcurrentMap|LinkedList)<[^;=]*>|int|long|boolean|String|AtomicInteger|AtomicLong)\s+(\w+)\s*(?:=|;)",
            ),
        ),
        (
            bits(&[Lang::CSharp]),
            pattern(
                r"(?m)^\s*(?:private|public|internal|protected)\s+static\s+(?:readonly\s+)?(?:(?:Dictionary|List|HashSet|ConcurrentDictionary)<[^;=]*>|int|long|bool|string)\??\s+(\w+)\s*(?:=|;)",
            ),
        ),
        (
            bits(&[Lang::JavaScript, Lang::TypeScript]),
            pattern(
                r"(?m)^(?:export\s+)?(?:let|var|const)\s+(\w+)(?:\s*:\s*[^=\n]+)?\s*=\s*(?:\{\s*\}|\[\s*\]|new\s+(?:Map|Set)\b[^\n]*|\d+|null|undefined|false|true)\s*;?\s*$",
            ),
        ),
        (
            bits(&[Lang::Python]),
            pattern(
                r"(?m)^([A-Za-z_]\w*)(?:\s*:\s*[^=\n]+)?\s*=\s*(?:\{\s*\}|\[\s*\]|dict\(\)|list\(\)|set\(\)|defaultdict\([^\n]*\)|\d+|None|False|True)\s*$",
            ),
        ),
        (
            bits(&[Lang::Go]),
            pattern(
                r"(?m)^var\s+(\w+)\s*(?:=\s*)?(?:map\[[^\n]*|\[\][^\n]*|int\d*\b[^\n]*|bool\b[^\n]*|=\s*make\(map[^\n]*|make\(map[^\n]*)$",
            ),
        ),
        (bits(&[Lang::Rust]), pattern(r"(?m)^\s*(?:pub\s+)?static\s+mut\s+(\w+)")),
        (bits(&[Lang::Ruby]), pattern(r"(?m)^\s*(@@\w+|\$[a-z]\w*)\s*(?:\|\|)?=\s*")),
    ]
});

/// Notes the state of a file that its functions change.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let Some(lang) = source.lang() else { return };
    sessions(source, lang, notes);
    let bare = source.bare();
    for (_, declared) in DECLARED.iter().filter(|(langs, _)| langs & lang.bit() != 0) {
        let mut seen: Vec<&str> = Vec::new();
        for captures in declared.iter().flat_map(|declared| declared.captures_iter(bare)) {
            let Some(name) = captures.get(1) else { continue };
            if seen.contains(&name.as_str()) || seen.len() > 200 {
                continue;
            }
            seen.push(name.as_str());
            let in_function = source.shape.function_at(name.start()).is_some();
            if (lang != Lang::Ruby && in_function) || !is_changed(source, lang, name.as_str()) {
                continue;
            }
            notes.see("code.mutable_globals", source.line(name.start()), name.as_str());
        }
    }
}

/// Sessions of Express are kept in the process where no store is named.
fn sessions(source: &Source, lang: Lang, notes: &mut Notes) {
    if !matches!(lang, Lang::JavaScript | Lang::TypeScript) || !source.code().contains("express-session") {
        return;
    }
    for call in source.shape.calls.iter().filter(|call| matches!(call.callee.as_str(), "session" | "expressSession")) {
        let args = source.bare().get(call.args.clone()).unwrap_or_default();
        if args.contains('{') && !args.contains("store") {
            notes.see("code.sessions.in_memory", source.line(call.whole.start), "express-session without a store");
        }
    }
}

/// Whether a function changes what a name stands for.
fn is_changed(source: &Source, lang: Lang, name: &str) -> bool {
    let bare = source.bare();
    let plain = name.trim_start_matches(['$', '@']);
    let mutators = [
        "push",
        "pop",
        "set",
        "add",
        "put",
        "delete",
        "remove",
        "clear",
        "append",
        "update",
        "splice",
        "unshift",
        "shift",
        "Add",
        "Remove",
        "Clear",
        "TryAdd",
        "incrementAndGet",
        "getAndIncrement",
        "computeIfAbsent",
        "setdefault",
        "extend",
        "insert",
        "putIfAbsent",
        "addAll",
    ];
    let word = |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '_');
    let whole = bare
        .match_indices(plain)
        .filter(|(at, _)| !word(bare[..*at].chars().next_back()) && !word(bare[at + plain.len()..].chars().next()));
    whole.take(200).any(|(at, _)| {
        let before = bare[..at].chars().next_back();
        let after = &bare[at + plain.len()..];
        if before == Some('.') && !bare[..at].ends_with("this.") {
            return false;
        }
        // A local of the same name hides it; Python's `global` does not.
        let Some(body) = source.shape.text_around(at, bare) else { return false };
        let hidden = ["let ", "var ", "const "].iter().any(|keyword| body.contains(&format!("{keyword}{plain} ")));
        if hidden {
            return false;
        }
        let next = after.trim_start();
        let compound = ["+=", "-=", "++", "--", "|="].iter().any(|sign| next.starts_with(sign));
        let assigned = next.starts_with('=') && !next.starts_with("==") && !next.starts_with("=>");
        let called = next.strip_prefix('.').is_some_and(|rest| {
            mutators.iter().any(|name| rest.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('(')))
        });
        let placed = next.starts_with('[')
            && next.find(']').is_some_and(|end| {
                let rest = next[end + 1..].trim_start();
                (rest.starts_with('=') && !rest.starts_with("==")) || rest.starts_with("+=") || rest.starts_with("++")
            });
        let global = lang != Lang::Python || body.contains(&format!("global {plain}"));
        (assigned || compound) && global || called || placed
    })
}
