//! Outbound HTTP calls, and what ends them when nobody answers.

use super::clients::{NO_TIMEOUT, TIMEOUT, statement};
use super::{has, pattern};
use crate::lex::syntax::Lang;
use crate::notes::{Bound, Notes, Outbound};
use crate::shape::Call;
use crate::source::Source;
use regex::Regex;
use std::sync::LazyLock;

/// A way to call out.
struct Way {
    lang: &'static [Lang],
    /// What is called.
    callee: Option<Regex>,
    /// What the file must speak of; empty for nothing.
    needs: &'static [&'static str],
    bound: Bound,
    /// The library, where it knows a default for all.
    library: &'static str,
    /// Whether the name of what is called on must turn out to be a client.
    maybe: bool,
}

const JVM: &[Lang] = &[Lang::Java, Lang::Kotlin];
const SCRIPT: &[Lang] = &[Lang::JavaScript, Lang::TypeScript];
const VERBS: &str = "(?:get|post|put|patch|delete|head|options|request)";

fn way(
    lang: &'static [Lang],
    callee: &str,
    needs: &'static [&'static str],
    bound: Bound,
    library: &'static str,
) -> Way {
    Way { lang, callee: pattern(&callee.replace("VERBS", VERBS)), needs, bound, library, maybe: false }
}

fn maybe(lang: &'static [Lang], callee: &str, needs: &'static [&'static str], library: &'static str) -> Way {
    Way { maybe: true, ..way(lang, callee, needs, Bound::Client, library) }
}

static WAYS: LazyLock<Vec<Way>> = LazyLock::new(|| {
    vec![
        way(
            JVM,
            r"(?i)\w*restTemplate\w*(?:\(\))?\.(?:getFor\w+|postFor\w+|patchFor\w+|headFor\w+|exchange|put|delete|execute)$",
            &["RestTemplate"],
            Bound::Client,
            "RestTemplate",
        ),
        way(
            JVM,
            r"(?i)^(?:this\.)?\w*(?:webClient|client)\w*(?:\.\w+\(\))*\.(?:retrieve|exchangeToMono|exchangeToFlux|awaitExchange)$",
            &["WebClient"],
            Bound::Client,
            "WebClient",
        ),
        way(
            JVM,
            r"(?i)^(?:this\.)?\w*(?:restClient|client)\w*(?:\.\w+\(\))*\.(?:retrieve|exchange)$",
            &["RestClient"],
            Bound::Client,
            "RestClient",
        ),
        way(
            JVM,
            r"(?i)^(?:this\.)?\w*(?:http|client)\w*(?:\(\))?\.(?:send|sendAsync)$",
            &["java.net.http"],
            Bound::Client,
            "java.net.http",
        ),
        way(
            JVM,
            r"(?i)^(?:this\.)?\w*(?:http|client)\w*\.execute$",
            &["org.apache.http", "org.apache.hc"],
            Bound::Client,
            "Apache HttpClient",
        ),
        way(JVM, r"newCall\(\)\.(?:execute|enqueue)$", &["okhttp"], Bound::Library, "OkHttp"),
        way(JVM, r"\.openConnection$", &["URL"], Bound::None, "HttpURLConnection"),
        way(SCRIPT, r"^axios(?:\.VERBS)?$", &["axios"], Bound::Client, "axios"),
        way(
            SCRIPT,
            r"(?i)^(?:this\.)?\w*(?:axios|httpService)\w*(?:\.axiosRef)?\.VERBS$",
            &["axios"],
            Bound::Client,
            "axios",
        ),
        way(SCRIPT, r"^(?:globalThis\.|window\.)?(?:fetch|nodeFetch)$", &[], Bound::None, "fetch"),
        way(SCRIPT, r"^got(?:\.(?:get|post|put|patch|delete|head|stream))?$", &["got"], Bound::Client, "got"),
        way(SCRIPT, r"^ky(?:\.(?:get|post|put|patch|delete|head))?$", &["'ky'", "\"ky\""], Bound::Library, "ky"),
        way(SCRIPT, r"^(?:superagent|needle)(?:\.VERBS)?$", &["superagent", "needle"], Bound::None, "superagent"),
        way(SCRIPT, r"^https?\.(?:get|request)$", &["http"], Bound::None, "node:http"),
        maybe(SCRIPT, r"^(?:this\.)?#?\w+\.VERBS$", &[], "axios"),
        way(&[Lang::Python], r"^requests\.VERBS$", &["requests"], Bound::None, "requests"),
        way(&[Lang::Python], r"^httpx\.(?:VERBS|stream)$", &["httpx"], Bound::Library, "httpx"),
        way(&[Lang::Python], r"^(?:urllib\.request\.)?urlopen$", &["urllib"], Bound::None, "urllib"),
        maybe(&[Lang::Python], r"^(?:self\.)?\w+\.VERBS$", &[], "requests"),
        way(&[Lang::Go], r"^http\.(?:Get|Post|PostForm|Head)$", &["net/http"], Bound::None, "net/http"),
        way(
            &[Lang::Go],
            r"(?i)(?:client|http)\w*\.(?:Do|Get|Post|PostForm|Head)$",
            &["net/http"],
            Bound::Client,
            "net/http",
        ),
        maybe(&[Lang::Go], r"^\w+(?:\.\w+)*\.(?:Do|Get|Post|PostForm|Head)$", &["net/http"], "net/http"),
        way(
            &[Lang::CSharp],
            r"(?i)(?:http|client)\w*\.(?:GetAsync|PostAsync|PutAsync|DeleteAsync|PatchAsync|SendAsync|GetStringAsync|GetStreamAsync|GetByteArrayAsync|GetFromJsonAsync|PostAsJsonAsync|PutAsJsonAsync)$",
            &["Http"],
            Bound::Library,
            "HttpClient",
        ),
        way(&[Lang::CSharp], r"^(?:WebRequest|HttpWebRequest)\.Create$", &[], Bound::Library, "WebRequest"),
        way(&[Lang::Php], r"^curl_exec$", &[], Bound::None, "curl"),
        way(
            &[Lang::Php],
            r"(?i)\$(?:this->)?\w*(?:client|guzzle|http)\w*->(?:VERBS|requestAsync)$",
            &["Guzzle", "HttpClient"],
            Bound::Client,
            "Guzzle",
        ),
        way(&[Lang::Php], r"^Http::(?:\w+\(\)->)*VERBS$", &["Http"], Bound::Library, "Laravel's client"),
        way(
            &[Lang::Ruby],
            r"^(?:HTTParty|Faraday|RestClient|Net::HTTP|Excon)\.(?:VERBS|post_form|get_response)$",
            &[],
            Bound::Library,
            "Net::HTTP",
        ),
        way(&[Lang::Ruby], r"^Typhoeus\.VERBS$", &[], Bound::None, "Typhoeus"),
        way(&[Lang::Rust], r"^reqwest::(?:blocking::)?get$", &["reqwest"], Bound::None, "reqwest"),
        way(
            &[Lang::Rust],
            r"(?i)^(?:self\.)?\w*(?:client|http)\w*(?:\(\))?\.(?:VERBS|execute)\(\)(?:\.\w+\(\))*\.send$",
            &["reqwest"],
            Bound::Client,
            "reqwest",
        ),
        way(&[Lang::Rust], r"^ureq::VERBS\(\)(?:\.\w+\(\))*\.(?:call|send\w*)$", &["ureq"], Bound::None, "ureq"),
    ]
});

/// What ends all that is done in a function: `context.WithTimeout`, a guard around it.
static GUARD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"context\.With(?:Timeout|Deadline)|asyncio\.(?:wait_for|timeout)|async_timeout|tokio::time::timeout|withTimeout(?:OrNull)?\s*\(|CancelAfter|CancellationTokenSource\(TimeSpan|Timeout\.timeout|setReadTimeout|CURLOPT_TIMEOUT|setTimeout\(\s*\(\)\s*=>\s*\w+\.(?:abort|destroy)",
    )
});
/// A default of a library for all its calls.
static DEFAULT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\b(axios)\.defaults\.timeout\s*=|\bsetGlobalDispatcher\(|http\.DefaultClient\.Timeout\s*=|socket\.setdefaulttimeout\(",
    )
});

/// Notes the outbound calls of a file.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let Some(lang) = source.lang() else { return };
    let code = source.code();
    if let Some(found) = DEFAULT.as_ref().and_then(|pattern| pattern.find(code)) {
        let library = match found.as_str() {
            text if text.starts_with("axios") => "axios",
            text if text.starts_with("set") => "fetch",
            text if text.starts_with("http.") => "net/http",
            _ => "requests",
        };
        notes.see("outbound.default", source.line(found.start()), library);
    }
    // Clients of an interface: each method is a call, whose library waits for a minute at most.
    if matches!(lang, Lang::Java | Lang::Kotlin) {
        for (at, _) in source.bare().match_indices("@FeignClient") {
            let line = source.line(at);
            notes.outbound.push(Outbound {
                line,
                callee: "@FeignClient".into(),
                client: String::new(),
                bound: Bound::Library,
                maybe: false,
                library: "Feign",
            });
        }
    }
    let ways: Vec<&Way> = WAYS
        .iter()
        .filter(|way| {
            way.lang.contains(&lang) && (way.needs.is_empty() || way.needs.iter().any(|word| code.contains(word)))
        })
        .collect();
    let mut last_line = 0;
    for call in &source.shape.calls {
        let Some(way) = ways.iter().find(|way| way.callee.as_ref().is_some_and(|callee| callee.is_match(&call.callee)))
        else {
            continue;
        };
        if (way.maybe && lang != Lang::Go && !takes_address(source, call))
            || (way.library == "fetch" && defines_fetch(source))
        {
            continue;
        }
        let line = source.line(call.whole.start);
        if line == last_line && notes.outbound.last().is_some_and(|last| last.callee == call.callee) {
            continue;
        }
        last_line = line;
        notes.outbound.push(Outbound {
            line,
            callee: call.callee.clone(),
            client: client(call),
            bound: bound(source, call, way),
            maybe: way.maybe,
            library: way.library,
        });
    }
}

/// The name of what is called on.
fn client(call: &Call) -> String {
    let root = call.root();
    let receiver = call.receiver();
    // `s.client.Do` and `this.orders.http.get` are called on their last word.
    let last = receiver.rsplit(['.', '>', ':']).find(|word| !word.is_empty() && !word.ends_with(')')).unwrap_or(root);
    if receiver.contains("()") { root.to_owned() } else { last.trim_start_matches(['$', '@', '#']).to_owned() }
}

/// Whether the first argument is an address or a path, as clients take them.
fn takes_address(source: &Source, call: &Call) -> bool {
    let Some(args) = source.text.get(call.args.clone()) else { return false };
    let first = args.trim_start().trim_start_matches(['f', 'r']);
    let Some(text) = first.strip_prefix(['"', '\'', '`']) else { return false };
    text.starts_with('/') || text.starts_with("http") || text.starts_with("${") || text.starts_with('{')
}

/// A file may have a `fetch` of its own.
fn defines_fetch(source: &Source) -> bool {
    source.shape.functions.iter().any(|function| function.name == "fetch")
}

fn bound(source: &Source, call: &Call, way: &Way) -> Bound {
    let code = source.code();
    let args = code.get(call.args.clone()).unwrap_or_default();
    let statement = code.get(statement(source, call)).unwrap_or_default();
    if has(NO_TIMEOUT.as_ref(), args) {
        return Bound::None;
    }
    // Options may be handed over by a name that says so.
    let by_name = args.split(|char: char| !char.is_alphanumeric() && char != '_').any(|word| {
        let word = word.to_ascii_lowercase();
        word.contains("timeout") || word == "signal"
    });
    if by_name || has(TIMEOUT.as_ref(), statement) {
        return Bound::Own;
    }
    let around = source.shape.text_around(call.whole.start, code);
    // Options may be a variable of the function: `const options = { timeout: 5000 }`.
    let options = args.split([',', '(', ')', '{', '}']).map(str::trim).any(|word| {
        let named = ["options", "opts", "config", "requestConfig", "init", "kwargs", "request", "req"];
        named.contains(&word.trim_start_matches(['.', '*', '&', '$']))
    });
    match around {
        Some(function) if has(GUARD.as_ref(), function) => Bound::Own,
        // The request is put together before it is sent.
        Some(function) if way.library == "java.net.http" && function.contains(".timeout(") => Bound::Own,
        Some(function) if options && has(TIMEOUT.as_ref(), function) => Bound::Own,
        _ => way.bound,
    }
}
