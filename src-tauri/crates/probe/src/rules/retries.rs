//! Retries: where they are set up, and whether they wait longer each time and end.

use super::{has, pattern};
use crate::lex::syntax::Lang;
use crate::notes::Notes;
use crate::source::Source;
use regex::Regex;
use std::sync::LazyLock;

/// What sets a retry up: in which languages, what, whether the library waits longer by itself.
static WAYS: LazyLock<Vec<(u16, Option<Regex>, bool)>> = LazyLock::new(|| {
    let bits = |langs: &[Lang]| langs.iter().map(|lang| lang.bit()).sum();
    let jvm = bits(&[Lang::Java, Lang::Kotlin]);
    let script = bits(&[Lang::JavaScript, Lang::TypeScript]);
    vec![
        (
            jvm,
            pattern(
                r"@Retryable\b|@Retry\b|RetryTemplate\.builder\(|RetryConfig\.(?:custom|<\w+>custom)\(|Retry\.(?:backoff|fixedDelay|max)\(",
            ),
            false,
        ),
        (
            script,
            pattern(r"\baxiosRetry\(|\basyncRetry\(|\bpRetry\(|\bbackOff\(|\bretryAsync\(|\bretry\(\s*(?:async|\(|\{)"),
            false,
        ),
        (
            bits(&[Lang::Python]),
            pattern(r"@retry\b|@retrying\.retry\b|@backoff\.on_exception\b|\bRetry\(|\bRetrying\("),
            false,
        ),
        (bits(&[Lang::Go]), pattern(r"\bretry\.Do\(|\bbackoff\.Retry(?:Notify)?\(|\bretryablehttp\.NewClient\("), true),
        (
            bits(&[Lang::CSharp]),
            pattern(r"\bWaitAndRetry\w*\(|\bRetryAsync\(|\bRetryForever\w*\(|\bAddRetry\(|\bEnableRetryOnFailure\("),
            false,
        ),
        (bits(&[Lang::Php]), pattern(r"Http::retry\(|->retry\(|\bretry\(\d"), false),
        (bits(&[Lang::Ruby]), pattern(r"\bretry_on\b|Retriable\.retriable|\bretryable\b|:retry\s*,"), false),
        (bits(&[Lang::Rust]), pattern(r"\bRetry::spawn\(|ExponentialBackoff\b|backoff::future::retry\("), true),
    ]
});
static BACKOFF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"(?i)exponential|backoff\s*[=({.]|backOff\s*[=({.]|\bbackoff\b\s*=|jitter|multiplier|random|Math\.pow|polynomially|factor|retry\.backoff|\bexpo\b|maxDelay|BackOffDelay|DelayBackoffType|\*\*"#,
    )
});
static ENDLESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"RetryForever|stop_never|forever:\s*true|maxAttempts\s*=\s*-1|Retry\.indefinitely"));
/// Libraries of Python whose retries have no end unless told.
static PLAIN_TENACITY: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^@retry\s*(?:\(\s*\))?\s*$"));

/// Notes the retries of a file.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let Some(lang) = source.lang() else { return };
    let (bare, code) = (source.bare(), source.code());
    for (_, way, waits) in WAYS.iter().filter(|(langs, ..)| langs & lang.bit() != 0) {
        for found in way.iter().flat_map(|way| way.find_iter(bare)) {
            // Declarations and imports are no use.
            let start = bare[..found.start()].rfind('\n').map_or(0, |at| at + 1);
            let head = bare[start..found.start()].trim_start();
            if ["import ", "from ", "use ", "using ", "function ", "def ", "fn ", "func "]
                .iter()
                .any(|word| head.starts_with(word))
            {
                continue;
            }
            let line = source.line(found.start());
            notes.see("code.retries", line, found.as_str().trim_end_matches('('));
            let statement = whole(code, bare, found.start());
            let text = code[start..].lines().next().unwrap_or_default().trim();
            let endless =
                has(ENDLESS.as_ref(), statement) || (lang == Lang::Python && has(PLAIN_TENACITY.as_ref(), text));
            if endless || !(*waits || has(BACKOFF.as_ref(), statement)) {
                notes.see("code.retries.no_backoff", line, found.as_str().trim_end_matches('('));
            }
        }
    }
}

/// The statement from a place on: up to where its brackets are closed and no chain goes on.
fn whole<'a>(code: &'a str, bare: &str, start: usize) -> &'a str {
    let (mut depth, mut end) = (0_i32, start);
    for (at, byte) in bare.bytes().enumerate().skip(start).take(1_500) {
        end = at + 1;
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b';' if depth <= 0 => break,
            b'\n' if depth <= 0 && !bare[at..].trim_start().starts_with('.') => break,
            _ => {}
        }
        if depth < 0 {
            break;
        }
    }
    let end = bare.ceil_char_boundary(end);
    code.get(start..end).unwrap_or_default()
}
