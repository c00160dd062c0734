//! Routes: which there are, which tell of health, which answer with lists, which have a limit of their own.

use super::{has, pattern};
use crate::lex::syntax::Lang;
use crate::notes::Notes;
use crate::source::Source;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A route with its handler, where that is in the file.
struct Route {
    at: usize,
    path: String,
    /// Whether it reads: GET, or not known.
    reads: bool,
    /// What stands around: the call or the function.
    range: Range<usize>,
}

/// Annotations, attributes and decorators of handlers: the verb and the path.
static ANNOTATED: LazyLock<Vec<(u16, Option<Regex>)>> = LazyLock::new(|| {
    let bits = |langs: &[Lang]| langs.iter().map(|lang| lang.bit()).sum();
    vec![
        (
            bits(&[Lang::Java, Lang::Kotlin]),
            pattern(r#"@(Get|Post|Put|Delete|Patch)Mapping\b(?:\s*\(\s*(?:(?:value|path)\s*=\s*)?\{?\s*"([^"]*)")?"#),
        ),
        (bits(&[Lang::Java, Lang::Kotlin]), pattern(r#"@(GET|POST|PUT|DELETE|PATCH)\b(?:\s*@Path\(\s*"([^"]*)")?"#)),
        (
            bits(&[Lang::JavaScript, Lang::TypeScript]),
            pattern(r#"@(Get|Post|Put|Delete|Patch|All)\(\s*(?:['"`]([^'"`]*))?"#),
        ),
        (bits(&[Lang::Python]), pattern(r#"@\w+\.(get|post|put|delete|patch|route|api_route)\(\s*['"]([^'"]*)"#)),
        (bits(&[Lang::CSharp]), pattern(r#"\[Http(Get|Post|Put|Delete|Patch)(?:\(\s*"([^"]*)")?"#)),
        (bits(&[Lang::Php]), pattern(r#"#\[(Route)\(\s*(?:path:\s*)?['"]([^'"]*)"#)),
        (bits(&[Lang::Rust]), pattern(r#"#\[(get|post|put|delete|patch)\(\s*"([^"]*)"#)),
    ]
});
/// Calls that register a route; the path is the first string of the arguments.
static REGISTERED: LazyLock<Vec<(u16, Option<Regex>)>> = LazyLock::new(|| {
    let bits = |langs: &[Lang]| langs.iter().map(|lang| lang.bit()).sum();
    vec![
        (
            bits(&[Lang::JavaScript, Lang::TypeScript]),
            pattern(
                r"(?i)^(?:this\.)?\w*(?:app|router|routes|server|fastify|api|instance)\.(get|post|put|delete|patch|all|route)$",
            ),
        ),
        (bits(&[Lang::Python]), pattern(r"^(path|re_path|url)$|\.(add_url_rule|add_api_route|add_route)$")),
        (
            bits(&[Lang::Go]),
            pattern(r"^\w+(?:\.\w+)*\.(HandleFunc|Handle|GET|POST|PUT|DELETE|PATCH|Get|Post|Put|Delete|Patch)$"),
        ),
        (bits(&[Lang::CSharp]), pattern(r"\.Map(Get|Post|Put|Delete|Patch|HealthChecks)$")),
        (
            bits(&[Lang::Php]),
            pattern(r"^Route::(?:\w+\(\)->)*(get|post|put|delete|patch|any|match|resource|apiResource)$"),
        ),
        (bits(&[Lang::Ruby]), pattern(r"^(get|post|put|delete|patch|resources|resource|match)$")),
        (bits(&[Lang::Rust]), pattern(r"\.(route)$")),
        (bits(&[Lang::Kotlin]), pattern(r"^(get|post|put|delete|patch)$")),
    ]
});
static LIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|/)(?:health|healthz|livez|live|liveness|alive|healthcheck|health[-_]check|_health|up|ping|heartbeat|health/(?:live|liveness|check))/?$",
    )
});
static READY: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)(?:^|/)(?:ready|readyz|readiness|health/(?:ready|readiness)|_ready)/?$"));
static LOGIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)(?:log-?in|sign-?in|token|password|forgot|reset|oauth|sessions?$|authenticate)"));
/// What gives a list.
static LIST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\.(?:findAll|findMany|find_all|getAll|listAll|GetAll\w*|ListAll\w*|ToListAsync|ToList|all|listOrders|FindAll)\s*\(\s*\)?|\.(?:findMany|findAll|findAllBy\w*|ToListAsync)\s*\(|\bobjects\.(?:all|filter)\s*\(|\.find\(\s*\{\s*\}?\s*\)|\.Find\(&\w+\)|::all\s*\(|\bList<|\.all\b\s*$|\.fetchall\s*\(|\.fetch_all\s*\(",
    )
});
static PAGED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)pag(?:e|ina|ing)|limit|offset|cursor|\btake\b|\bskip\b|per_?page|page_?size|\btop\b|first\(|kaminari|\bpagy\b|slice\(|\[:\s*\d|FindOptions",
    )
});

/// Notes the routes of a file.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let Some(lang) = source.lang() else { return };
    let routes = routes(source, lang);
    let code = source.code();
    for route in &routes {
        let line = source.line(route.at);
        notes.see("code.routes", line, route.path.clone());
        if has(LIVE.as_ref(), &route.path) {
            notes.see("code.health.liveness", line, route.path.clone());
        }
        if has(READY.as_ref(), &route.path) {
            notes.see("code.health.readiness", line, route.path.clone());
        }
        let text = code.get(route.range.clone()).unwrap_or_default();
        if has(LOGIN.as_ref(), &route.path) {
            notes.see("routes.login", line, route.path.clone());
            if limits(text) {
                notes.see("code.rate_limit.auth", line, route.path.clone());
            }
        }
        // A route to one thing ends with its id.
        let one = route.path.trim_end_matches('/').ends_with(['}', '>', ')'])
            || route.path.rsplit('/').next().is_some_and(|last| last.starts_with([':', '{', '<']));
        if route.reads && !one && has(LIST.as_ref(), text) {
            notes.see("code.lists", line, route.path.clone());
            if !has(PAGED.as_ref(), text) {
                notes.see("code.lists.unpaged", line, route.path.clone());
            }
        }
    }
    // A limit that a variable of its own sets: `const loginLimiter = rateLimit(…)`; Rack::Attack names the path.
    let named = LIMITER.as_ref().and_then(|limiter| limiter.find(code));
    if let Some(found) = named.filter(|_| !notes.sights.iter().any(|sight| sight.key == "code.rate_limit.auth")) {
        notes.see("code.rate_limit.auth", source.line(found.start()), found.as_str());
    }
}

static LIMITER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"(?i)\b(?:login|auth|signin|password|token)_?(?:rate_?)?(?:limiter|ratelimit|limit|throttle)\b|throttle\(['"][^'"]*(?:login|sign_in|password|token)|limits?_req\s+zone=\w*(?:login|auth)|RateLimiter::for\(['"](?:login|auth|password)"#,
    )
});

fn limits(text: &str) -> bool {
    let small = text.to_lowercase();
    ["limiter", "ratelimit", "rate_limit", "throttle", "enableratelimiting", "rate-limit", "brute"]
        .iter()
        .any(|word| small.contains(word))
}

fn routes(source: &Source, lang: Lang) -> Vec<Route> {
    let code = source.code();
    let mut found = Vec::new();
    for (_, annotated) in ANNOTATED.iter().filter(|(langs, _)| langs & lang.bit() != 0) {
        for captures in annotated.iter().flat_map(|annotated| annotated.captures_iter(code)) {
            let (Some(whole), Some(verb)) = (captures.get(0), captures.get(1)) else { continue };
            // Within a string it is a text.
            if source.bare().as_bytes().get(whole.start()) != code.as_bytes().get(whole.start()) {
                continue;
            }
            let path = captures.get(2).map(|path| path.as_str().to_owned()).unwrap_or_default();
            let functions = &source.shape.functions;
            let next = functions.get(functions.partition_point(|function| function.whole.start <= whole.start()));
            let function = source
                .shape
                .function_at(whole.start())
                .or_else(|| next.filter(|function| function.whole.start < whole.end() + 400));
            let range =
                function.map_or(whole.range(), |function| whole.start().min(function.whole.start)..function.whole.end);
            let reads = matches!(verb.as_str().to_ascii_lowercase().as_str(), "get" | "route" | "api_route" | "all");
            found.push(Route { at: whole.start(), path, reads, range });
        }
    }
    for (_, registered) in REGISTERED.iter().filter(|(langs, _)| langs & lang.bit() != 0) {
        let Some(registered) = registered else { continue };
        if (lang == Lang::Ruby && !source.path.ends_with("routes.rb") && !code.contains("Sinatra"))
            || (lang == Lang::Kotlin && !code.contains("ktor"))
        {
            continue;
        }
        for call in &source.shape.calls {
            let Some(captures) = registered.captures(&call.callee) else { continue };
            let args = code.get(call.args.clone()).unwrap_or_default().trim_start();
            let Some(path) = first_text(args) else { continue };
            // A verb with a path alone asks rather than answers: `app.get('title')`.
            let answers = args.len() > path.len() + 3 && args[path.len() + 2..].trim_start().starts_with([',', '=']);
            if !answers && !matches!(lang, Lang::Ruby | Lang::Python) {
                continue;
            }
            if lang == Lang::Go && !path.split(' ').any(|part| part.starts_with('/'))
                || (matches!(lang, Lang::JavaScript | Lang::TypeScript)
                    && !path.starts_with(['/', '*'])
                    && !path.is_empty())
            {
                continue;
            }
            let verb = captures
                .iter()
                .skip(1)
                .flatten()
                .next()
                .map(|verb| verb.as_str().to_ascii_lowercase())
                .unwrap_or_default();
            let path = path
                .split_once(' ')
                .filter(|(verb, _)| verb.chars().all(char::is_uppercase))
                .map_or(path, |(_, path)| path);
            let reads = !matches!(verb.as_str(), "post" | "put" | "delete" | "patch");
            found.push(Route { at: call.whole.start, path: path.to_owned(), reads, range: call.whole.clone() });
        }
    }
    found.sort_by_key(|route| route.at);
    found
}

/// The string that arguments begin with.
fn first_text(args: &str) -> Option<&str> {
    let args = args.strip_prefix('r').filter(|rest| rest.starts_with(['"', '\''])).unwrap_or(args);
    let args = args.strip_prefix(':').map_or(args, |_| args);
    let quote = args.chars().next().filter(|char| matches!(char, '"' | '\'' | '`'));
    match quote {
        Some(quote) => args[1..].split(quote).next(),
        None => args
            .strip_prefix(':')
            .map(|name| name.split(|char: char| !char.is_alphanumeric() && char != '_').next().unwrap_or(name)),
    }
}
