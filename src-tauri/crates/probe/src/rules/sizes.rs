//! Lengths of files and functions, comments that put something off, tests.

use super::pattern;
use crate::lex::syntax::Lang;
use crate::notes::{Length, Notes};
use crate::source::{Part, Source};
use regex::Regex;
use std::sync::LazyLock;

/// A function of more lines is long.
pub(crate) const LONG: u32 = 100;

static PUT_OFF: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\b(?:TODO|FIXME|HACK|XXX)\b"));
static CASES: LazyLock<Vec<(u16, Option<Regex>)>> = LazyLock::new(|| {
    let bits = |langs: &[Lang]| langs.iter().map(|lang| lang.bit()).sum();
    vec![
        (bits(&[Lang::Java, Lang::Kotlin]), pattern(r"@(?:Test|ParameterizedTest|RepeatedTest)\b")),
        (bits(&[Lang::JavaScript, Lang::TypeScript]), pattern(r"(?m)^\s*(?:it|test)(?:\.\w+)*\s*\(")),
        (bits(&[Lang::Python]), pattern(r"(?m)^\s*(?:async )?def test\w*\s*\(")),
        (bits(&[Lang::Go]), pattern(r"(?m)^func Test\w*\s*\(")),
        (bits(&[Lang::CSharp]), pattern(r"\[(?:Fact|Theory|Test|TestMethod|TestCase)\b")),
        (bits(&[Lang::Php]), pattern(r"(?m)\bfunction test\w*\s*\(|#\[Test\]|^\s*(?:it|test)\s*\(")),
        (bits(&[Lang::Ruby]), pattern(r"(?m)^\s*(?:it|test|specify)\b\s*[(\x22' ]|^\s*def test_\w+")),
        (bits(&[Lang::Rust]), pattern(r"#\[(?:\w+::)?test\]")),
    ]
});

/// Notes the sizes of a file.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    for comment in &source.lexed.comments {
        for found in PUT_OFF.iter().flat_map(|pattern| pattern.find_iter(&source.text[comment.clone()])) {
            let at = comment.start + found.start();
            notes.see("code.todo", source.line(at), source.text[at..].lines().next().unwrap_or_default());
        }
    }
    let Some(lang) = source.lang() else { return };
    if source.part == Part::Test || lang == Lang::Rust {
        let cases = CASES.iter().find(|(langs, _)| langs & lang.bit() != 0).and_then(|(_, cases)| cases.as_ref());
        let count = cases
            .map_or(0, |cases| cases.find_iter(if lang == Lang::Rust { source.text } else { source.bare() }).count());
        if count > 0 {
            #[expect(clippy::cast_precision_loss, reason = "a file has no more lines than a float counts")]
            notes.amount("code.tests", 1, "", count as f64, "");
            notes.see("code.tests.files", 1, "");
        }
    }
    if source.part != Part::Product {
        return;
    }
    for function in &source.shape.functions {
        let (from, until) = (source.line(function.whole.start), source.line(function.whole.end.saturating_sub(1)));
        let lines = until - from + 1;
        notes.functions += 1;
        let length = Length { name: function.name.clone(), line: from, lines };
        if lines > LONG {
            notes.long.push(length.clone());
        }
        if notes.longest.as_ref().is_none_or(|longest| longest.lines < lines) {
            notes.longest = Some(length);
        }
    }
}
