//! HTTP clients that are made, and whether with a timeout.

use super::{has, pattern};
use crate::lex::syntax::Lang;
use crate::notes::{Client, Notes};
use crate::shape::Call;
use crate::source::Source;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What makes a client, by what is called.
const JVM: &str = r"^new RestTemplate$|RestTemplateBuilder(\(\))?.*\.build$|(?i:builder)(\.\w+\(\))*\.build$|^HttpClient\.(newHttpClient|create)$|^WebClient\.create$|^RestClient\.create$|^HttpClients\.createDefault$|^new OkHttpClient$|^HttpClient$";
const SCRIPT: &str =
    r"^(?:axios|\w*[aA]xios)\.create$|^got\.extend$|^ky\.(?:create|extend)$|^new (?:Agent|Pool|Client)$";
const PYTHON: &str = r"^requests\.[sS]ession$|^httpx\.(?:Async)?Client$|^aiohttp\.ClientSession$|^ClientSession$|^AsyncClient$|^urllib3\.PoolManager$";
const GO: &str = r"^new &?http\.Client$|^new http\.Client$";
const CSHARP: &str = r"^new HttpClient$|^new RestClient$|\.CreateClient$";
const PHP: &str = r"^new \\?(?:GuzzleHttp\\)?(?:Client|HttpClient)$|^HttpClient::create$";
const RUBY: &str = r"^Faraday\.new$|^Net::HTTP\.(?:new|start)$|^HTTP\.(?:timeout|new)$|^Typhoeus::Hydra\.new$";
const RUST: &str = r"(?:reqwest::)?(?:blocking::)?Client::new$|Client(?:Builder)?::(?:builder|new)\(\)(?:\.\w+\(\))*\.build$|^ureq::(?:agent|AgentBuilder::new\(\)(?:\.\w+\(\))*\.build)$";

static MADE: LazyLock<Vec<(u16, Option<Regex>)>> = LazyLock::new(|| {
    let bits = |langs: &[Lang]| langs.iter().map(|lang| lang.bit()).sum();
    vec![
        (bits(&[Lang::Java, Lang::Kotlin]), pattern(JVM)),
        (bits(&[Lang::JavaScript, Lang::TypeScript]), pattern(SCRIPT)),
        (bits(&[Lang::Python]), pattern(PYTHON)),
        (bits(&[Lang::Go]), pattern(GO)),
        (bits(&[Lang::CSharp]), pattern(CSHARP)),
        (bits(&[Lang::Php]), pattern(PHP)),
        (bits(&[Lang::Ruby]), pattern(RUBY)),
        (bits(&[Lang::Rust]), pattern(RUST)),
    ]
});

/// What a timeout is called; a `null` or none takes it away.
pub(super) static TIMEOUT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"(?i)(?:\b|_|set|read|response|request|connect|total)time_?out\w*['"]?\s*(?:\(|:|=>|=|,)|\.timeout\(|CURLOPT_TIMEOUT|deadline\(|['"]timeout['"]\s*=>|AbortSignal|\bsignal\b"#,
    )
});
/// A timeout that is taken away.
pub(super) static NO_TIMEOUT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r#"(?i)time_?out\w*['"]?\s*(?::|=>|=)\s*(?:none|null|nil|0|false|undefined|Timeout\.InfiniteTimeSpan)\b"#)
});
static ASSIGNED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"([A-Za-z_$@][\w$]*)\s*(?::\s*[\w.<>\[\]| ]+)?\s*(?::=|=|:)\s*(?:await\s+|&|new\s+|async\s+with\s+)*$")
});
static NAMED_AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^\s*\)?\s*as\s+([A-Za-z_]\w*)"));

/// What makes a client in this language.
pub(super) fn made(lang: Lang) -> Option<&'static Regex> {
    MADE.iter().find(|(langs, _)| langs & lang.bit() != 0).and_then(|(_, pattern)| pattern.as_ref())
}

/// Notes the clients that a file makes.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let Some(lang) = source.lang() else { return };
    let Some(made) = made(lang) else { return };
    if !is_of_http(lang, source.code()) {
        return;
    }
    for call in source.shape.calls.iter().filter(|call| made.is_match(&call.callee)) {
        let statement = statement(source, call);
        let text = source.code().get(statement).unwrap_or_default();
        let around = source.shape.function_at(call.whole.start);
        let name = name(source, call).or_else(|| around.map(|function| function.name.clone())).unwrap_or_default();
        // A factory or a setter beside the client: `factory.setReadTimeout(…)`, `client.Timeout = …`.
        let beside = match (lang, around) {
            (Lang::Java | Lang::Kotlin, Some(function)) => {
                has(TIMEOUT.as_ref(), source.shape.text_around(function.body, source.code()).unwrap_or_default())
            }
            _ => ["Timeout =", "timeout =", "read_timeout =", "defaults.timeout ="]
                .iter()
                .any(|setter| !name.is_empty() && source.code().contains(&format!("{name}.{setter}"))),
        };
        let timed = (has(TIMEOUT.as_ref(), text) || beside) && !has(NO_TIMEOUT.as_ref(), text);
        notes.clients.push(Client { name, timed });
    }
}

/// Whether the file speaks of HTTP at all: a `Client` or a `builder` may be anything.
fn is_of_http(lang: Lang, code: &str) -> bool {
    match lang {
        Lang::Java | Lang::Kotlin => {
            ["RestTemplate", "WebClient", "RestClient", "HttpClient", "okhttp", "OkHttpClient"]
                .iter()
                .any(|word| code.contains(word))
        }
        Lang::JavaScript | Lang::TypeScript => ["axios", "got", "ky", "undici"].iter().any(|word| code.contains(word)),
        Lang::Php => code.contains("Guzzle") || code.contains("HttpClient"),
        Lang::Rust => code.contains("reqwest") || code.contains("ureq"),
        _ => true,
    }
}

/// From the beginning of the line of a call to the end of its statement.
pub(super) fn statement(source: &Source, call: &Call) -> Range<usize> {
    let bare = source.bare();
    let start = bare[..call.whole.start].rfind('\n').map_or(0, |at| at + 1);
    let mut end = call.whole.end.min(bare.len());
    // A chain goes on behind the call: `.timeout(5)` on the next line.
    for line in bare[end..].split_inclusive('\n').take(20) {
        let goes_on = end == call.whole.end || line.trim_start().starts_with(['.', '?', '-', ')', '}']);
        if !goes_on {
            break;
        }
        end += line.len();
        if line.contains(';') {
            break;
        }
    }
    start..end
}

/// The name that what is made gets.
fn name(source: &Source, call: &Call) -> Option<String> {
    let bare = source.bare();
    let from = bare.ceil_char_boundary(call.whole.start.saturating_sub(160));
    let before = bare[from..call.whole.start].trim_end_matches(['\n', ' ', '(']);
    let before = if bare[from..call.whole.start].ends_with(char::is_whitespace) {
        format!("{before} ")
    } else {
        before.to_owned()
    };
    let assigned = ASSIGNED
        .as_ref()?
        .captures(&before)
        .and_then(|captures| captures.get(1))
        .map(|name| name.as_str().trim_start_matches(['$', '@']).to_owned());
    assigned.or_else(|| {
        let after = bare.get(call.whole.end..)?;
        NAMED_AFTER
            .as_ref()?
            .captures(&after[..after.floor_char_boundary(80)])?
            .get(1)
            .map(|name| name.as_str().to_owned())
    })
}
