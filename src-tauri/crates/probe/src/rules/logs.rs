//! What prints instead of logging.

use super::pattern;
use crate::lex::syntax::Lang;
use crate::notes::Notes;
use crate::source::Source;
use regex::Regex;
use std::sync::LazyLock;

static PLAIN: LazyLock<Vec<(u16, Option<Regex>)>> = LazyLock::new(|| {
    let bits = |langs: &[Lang]| langs.iter().map(|lang| lang.bit()).sum();
    vec![
        (bits(&[Lang::Java]), pattern(r"System\.(?:out|err)\.print\w*\s*\(|\.printStackTrace\s*\(\s*\)")),
        (bits(&[Lang::Kotlin]), pattern(r"(?m)(?:^|[^.\w])println\s*\(|\.printStackTrace\s*\(\s*\)")),
        (bits(&[Lang::JavaScript, Lang::TypeScript]), pattern(r"\bconsole\.(?:log|info|warn|error|debug)\s*\(")),
        (bits(&[Lang::Python]), pattern(r"(?m)(?:^|[^.\w])print\s*\(")),
        (bits(&[Lang::Go]), pattern(r"\bfmt\.Print(?:ln|f)?\s*\(|\blog\.Print(?:ln|f)?\s*\(")),
        (bits(&[Lang::CSharp]), pattern(r"\bConsole\.(?:Error\.)?Write(?:Line)?\s*\(")),
        (bits(&[Lang::Php]), pattern(r"\b(?:var_dump|print_r|error_log)\s*\(")),
        (bits(&[Lang::Ruby]), pattern(r"(?m)^\s*(?:puts|p|pp)\s+\S")),
        (bits(&[Lang::Rust]), pattern(r"\b(?:e?println|dbg)!\s*\(")),
    ]
});

/// Notes what a file prints; programs of a command line speak to people by printing.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let Some(lang) = source.lang() else { return };
    let tools = [
        "/scripts/",
        "/bin/",
        "/cli/",
        "/tools/",
        "/commands/",
        "/seeds/",
        "/seeders/",
        "/migrations/",
        "/management/",
    ];
    let path = format!("/{}", source.path);
    if tools.iter().any(|tool| path.contains(tool))
        || source.name.contains(".config.")
        || source.name.starts_with("seed")
    {
        return;
    }
    let Some(plain) = PLAIN.iter().find(|(langs, _)| langs & lang.bit() != 0).and_then(|(_, plain)| plain.as_ref())
    else {
        return;
    };
    for found in plain.find_iter(source.bare()) {
        let tests = lang == Lang::Rust
            && source
                .shape
                .function_at(found.start())
                .is_some_and(|function| source.bare()[function.whole.start..function.body].contains("#[test]"));
        if tests {
            continue;
        }
        let lead = found.as_str().len() - found.as_str().trim_start().len();
        let word =
            found.as_str().trim().trim_start_matches(|char: char| !char.is_alphanumeric()).trim_end_matches('(').trim();
        notes.see("code.logs.plain", source.line(found.start() + lead), word.to_owned());
    }
}
