//! Header dumps: `curl -I`, `-i`, `-v`, `-L`, `-D -`, HTTPie.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Confidence, Format, Import, Input, Probe, Refusal, Secrets, mask::constant, severity::Severities};

/// The format.
pub const FORMAT: Format = Format {
    id: "http-headers",
    title: "HTTP header dump (curl -I, -i, -v, HTTPie)",
    tool: "curl",
    note: "The last response of the file is judged; those before it (redirects, 100 Continue, proxies) are counted. \
           Values of cookies and credentials are masked.",
    metrics: &[
        "http.header.*",
        "http.headers",
        "http.headers.missing",
        "http.cookies",
        "http.cookies.*",
        "http.cors.wildcard",
        "http.status",
        "http.responses",
        "http.tls",
    ],
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// The security headers, the metric of each.
const SECURITY: &[(&str, &str)] = &[
    ("strict-transport-security", "http.header.hsts"),
    ("content-security-policy", "http.header.csp"),
    ("x-content-type-options", "http.header.x_content_type_options"),
    ("x-frame-options", "http.header.x_frame_options"),
    ("referrer-policy", "http.header.referrer_policy"),
    ("permissions-policy", "http.header.permissions_policy"),
];
/// Headers that name the software.
const LEAKS: &[&str] =
    &["server", "x-powered-by", "x-aspnet-version", "x-aspnetmvc-version", "x-generator", "x-runtime"];
/// Headers that carry a request or trace id.
const REQUEST_IDS: &[&str] = &[
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-trace-id",
    "traceparent",
    "x-amzn-trace-id",
    "x-amzn-requestid",
    "x-b3-traceid",
    "x-cloud-trace-context",
    "x-vcap-request-id",
];
/// Headers whose whole value is a secret.
const CREDENTIALS: &[&str] = &[
    "x-api-key",
    "api-key",
    "apikey",
    "x-auth-token",
    "x-access-token",
    "x-csrf-token",
    "x-xsrf-token",
    "x-amz-security-token",
    "x-session-token",
    "x-refresh-token",
];

static STATUS: LazyLock<Regex> = LazyLock::new(|| constant(r"^HTTP/\d(?:\.\d)? (\d{3})(?: |$)"));
static REQUEST: LazyLock<Regex> = LazyLock::new(|| constant(r"^([A-Z]{3,10}) (\S+) HTTP/\d(?:\.\d)?$"));
static COMMAND_URL: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"(?-u:\b)(?:curl|http|https|xh)(?-u:\b).*?(https?://[^\s'"]+)"#));

#[derive(Debug, Default)]
struct Response<'a> {
    status: f64,
    line: u64,
    headers: Vec<(String, &'a str, u64)>,
    method: Option<&'a str>,
    url: String,
    tls: Option<&'a str>,
}

impl Response<'_> {
    fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = (&'b str, u64)> {
        self.headers.iter().filter(move |(header, ..)| header == name).map(|(_, value, line)| (*value, *line))
    }

    fn get<'b>(&'b self, name: &'b str) -> Option<(&'b str, u64)> {
        self.all(name).last()
    }
}

/// The line without curl's marks.
fn unmarked(line: &str) -> &str {
    let line = line.trim_end();
    line.strip_prefix("< ").or(line.strip_prefix("> ")).unwrap_or(match line {
        "<" | ">" => "",
        _ => line,
    })
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let mut lines = probe.lines(120).map(unmarked).skip_while(|line| !STATUS.is_match(line));
    let status = lines.next().is_some();
    let header =
        lines.next().is_none_or(|line| line.is_empty() || line.split_once(':').is_some_and(|(n, _)| is_name(n)));
    let first = probe.text().lines().next().map(unmarked).unwrap_or_default();
    let leads = STATUS.is_match(first)
        || REQUEST.is_match(first)
        || ["*", "{ [", "  % Total", "% Total", "$ curl", "curl ", "$ http", "http "]
            .iter()
            .any(|mark| first.starts_with(mark));
    // A page of documentation shows answers of nobody's.
    let page = || probe.lines(500).any(|line| line.trim_start().starts_with("```"));
    match status && header {
        true if leads => Confidence::Certain,
        true if !page() => Confidence::Possible,
        _ => Confidence::No,
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

fn responses(text: &str) -> Vec<Response<'_>> {
    let mut responses: Vec<Response<'_>> = Vec::new();
    let (mut url, mut host, mut path, mut method, mut tls) = (None::<&str>, None::<&str>, None, None, None);
    // Where the last response that says so sends on to.
    let mut followed = None;
    let (mut in_response, mut in_request) = (false, false);
    for (number, raw) in (1..).zip(text.lines()) {
        let line = unmarked(raw);
        if let Some(found) = raw.strip_prefix("* ") {
            if let Some(protocol) = found.trim().strip_prefix("SSL connection using ") {
                tls = protocol.split(' ').next();
            }
        } else if let Some(found) = STATUS.captures(line) {
            let scheme = if tls.is_some() { "https" } else { "http" };
            let known = match (host, path) {
                (Some(host), Some(path)) => Some(format!("{scheme}://{host}{path}")),
                _ => followed.or(url).or(path).map(str::to_owned),
            };
            responses.push(Response {
                status: found[1].parse().unwrap_or_default(),
                line: number,
                method,
                url: known.unwrap_or_default(),
                tls,
                ..Response::default()
            });
            (in_response, in_request) = (true, false);
        } else if let Some(found) = REQUEST.captures(line) {
            method = found.get(1).map(|m| m.as_str());
            path = found.get(2).map(|m| m.as_str());
            host = None;
            (in_response, in_request) = (false, true);
        } else if line.is_empty() {
            (in_response, in_request) = (false, false);
        } else if let Some((name, value)) = line.split_once(':').filter(|(name, _)| is_name(name)) {
            if in_request && name.eq_ignore_ascii_case("host") {
                host = Some(value.trim());
            } else if in_response && let Some(response) = responses.last_mut() {
                if name.eq_ignore_ascii_case("location") {
                    followed = Some(value.trim());
                }
                response.headers.push((name.to_ascii_lowercase(), value.trim(), number));
            }
        } else if responses.is_empty()
            && let Some(found) = COMMAND_URL.captures(line)
        {
            url = found.get(1).map(|m| m.as_str());
        }
    }
    responses
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let responses = responses(input.text);
    // A response that only says "go on" is never the last word.
    let Some(response) = responses.iter().rev().find(|response| response.status >= 200.0) else {
        return Err(Refusal::new("no HTTP response in it", "capture one with `curl -sI URL > headers.txt`"));
    };
    let mut import = Import::of(FORMAT.tool);
    let subject = &*response.url;
    subject.clone_into(&mut import.subject);
    let at = |line: u64| format!("line {line}");
    let status_at = at(response.line);
    import.captured_at =
        response.get("date").and_then(|(date, _)| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).ok());
    import.measure_count("http.responses", responses.len(), subject, "line 1");
    import.measure("http.status", response.status, subject, status_at.clone());
    import.measure_count("http.headers", response.headers.len(), subject, &status_at);
    if let Some(protocol) = response.tls {
        import.measure_bool("http.tls", true, subject, &status_at, protocol);
    }
    let preflight = is_preflight(response);
    if preflight {
        import.note(Some(response.line), "this answers a preflight request: only its CORS headers are judged");
    } else {
        emit_security(&mut import, response);
        emit_cookies(&mut import, response);
    }

    let leaks: Vec<_> = LEAKS.iter().copied().filter(|name| response.get(name).is_some()).collect();
    let leak_at = leaks.first().and_then(|name| response.get(name)).map_or(response.line, |(_, line)| line);
    measure_list(&mut import, "http.header.leaks", &leaks, subject, &at(leak_at));
    let origin = response.get("access-control-allow-origin");
    let wildcard = origin.is_some_and(|(value, _)| value == "*");
    let (origin, line) = origin.unwrap_or(("", response.line));
    import.measure_bool("http.cors.wildcard", wildcard, subject, &at(line), origin);
    let id = REQUEST_IDS.iter().find_map(|name| Some((*name, response.get(name)?.1)));
    let (name, line) = id.unwrap_or(("", response.line));
    import.measure_bool("http.header.request_id", id.is_some(), subject, &at(line), name);
    let limit = response.headers.iter().find(|(name, ..)| {
        name.starts_with("ratelimit") || name.starts_with("x-ratelimit") || name.starts_with("x-rate-limit")
    });
    let (name, line) = limit.map_or(("", response.line), |(name, _, line)| (&**name, *line));
    import.measure_bool("http.header.rate_limit", limit.is_some(), subject, &at(line), name);

    let line = Some(response.line);
    match response.status {
        401.0 | 403.0 => import.warn(
            line,
            format!("status {}: these are the headers of a refusal; capture one with credentials too", response.status),
        ),
        status if status >= 400.0 => {
            import
                .warn(line, format!("status {status}: these are the headers of an error page; capture a good one too"));
        }
        status if status >= 300.0 => {
            import.warn(line, format!("status {status}: the redirect was not followed; capture with -L"));
        }
        _ => {}
    }
    Ok(import)
}

/// Browsers ask with OPTIONS before they ask; the answer carries no page.
fn is_preflight(response: &Response<'_>) -> bool {
    let allows = response.get("access-control-allow-methods").is_some();
    allows && (response.method == Some("OPTIONS") || response.method.is_none() && response.status == 204.0)
}

fn emit_security(import: &mut Import, response: &Response<'_>) {
    let mut missing = Vec::new();
    for (name, metric) in SECURITY {
        let found = response.get(name);
        let (value, line) = found.unwrap_or(("", response.line));
        let holds = found.is_some()
            && match *name {
                "strict-transport-security" => hsts_lifetime(value).is_some_and(|seconds| seconds > 0.0),
                "x-content-type-options" => value.eq_ignore_ascii_case("nosniff"),
                _ => !value.is_empty(),
            };
        if !holds {
            missing.push(*name);
        }
        if found.is_some() && !holds {
            import.warn(Some(line), format!("`{name}: {value}` has no effect"));
        }
        import.measure_bool(metric, holds, &response.url, &format!("line {line}"), value);
    }
    measure_list(import, "http.headers.missing", &missing, &response.url, &format!("line {}", response.line));
}

fn hsts_lifetime(value: &str) -> Option<f64> {
    let age = value
        .split(';')
        .find_map(|part| part.trim().to_ascii_lowercase().strip_prefix("max-age=").map(str::to_owned))?;
    age.trim_matches('"').parse().ok()
}

fn emit_cookies(import: &mut Import, response: &Response<'_>) {
    let cookies: Vec<(&str, Vec<String>, u64)> = response
        .all("set-cookie")
        .map(|(cookie, line)| {
            let mut parts = cookie.split(';').map(str::trim);
            let name = parts.next().and_then(|pair| pair.split('=').next()).unwrap_or_default();
            (name, parts.map(|part| part.split('=').next().unwrap_or_default().to_ascii_lowercase()).collect(), line)
        })
        .collect();
    let at = format!("line {}", cookies.first().map_or(response.line, |(.., line)| *line));
    import.measure_count("http.cookies", cookies.len(), &response.url, &at);
    for (metric, attribute) in [
        ("http.cookies.insecure", "secure"),
        ("http.cookies.no_httponly", "httponly"),
        ("http.cookies.no_samesite", "samesite"),
    ] {
        let without =
            |(_, attributes, _): &&(&str, Vec<String>, u64)| !attributes.iter().any(|found| found == attribute);
        let names: Vec<_> = cookies.iter().filter(without).map(|(name, ..)| *name).collect();
        measure_list(import, metric, &names, &response.url, &at);
    }
}

/// A count whose text lists what was counted.
#[allow(clippy::cast_precision_loss)]
fn measure_list(import: &mut Import, metric: &str, names: &[&str], subject: &str, at: &str) {
    import.measure_text(metric, names.len() as f64, subject, at, names.join(", "));
}

fn secrets(text: &str, secrets: &mut Secrets) {
    static IN_TEXT: LazyLock<Regex> = LazyLock::new(|| {
        constant(concat!(
            // In a body, in a query string, on the command line.
            r#"(?i)"(?:access_?token|refresh_?token|id_?token|token|session(?:_?id)?|password|secret|client_?secret|api_?key|jwt)"\s*:\s*"((?:[^"\\]|\\.)+)""#,
            r"|[?&#](?:access_token|id_token|token|code|key|api_key|password|secret|sig|signature)=([^&\s\x22'#]+)",
            r"|\s(?:-u|--user|-a|--auth)[ =][\x22']?[^\s:\x22']+:([^\s\x22']+)",
            r"|-H\s*[\x22'](?:authorization|cookie|x-api-key)\s*:\s*([^\x22']+)",
        ))
    });
    for captures in IN_TEXT.captures_iter(text) {
        if let Some(value) = captures.iter().skip(1).flatten().next() {
            secrets.add(value.range());
        }
    }
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let line = unmarked(raw);
        // Where the unmarked line begins in the text.
        let offset = start + (line.as_ptr() as usize).saturating_sub(raw.as_ptr() as usize);
        start += raw.len();
        let Some((name, value)) = line.split_once(':').filter(|(name, _)| is_name(name)) else { continue };
        let value_at = offset + name.len() + 1 + (value.len() - value.trim_start().len());
        let value = value.trim();
        let name = name.to_ascii_lowercase();
        match &*name {
            "authorization" | "proxy-authorization" => {
                let scheme = value.find(' ').map_or(0, |space| space + 1);
                secrets.add(value_at + scheme..value_at + value.len());
            }
            "set-cookie" => {
                let end = value.find(';').unwrap_or(value.len());
                if let Some(equals) = value[..end].find('=') {
                    secrets.add(value_at + equals + 1..value_at + end);
                }
            }
            "cookie" => {
                let mut pair_at = value_at;
                for pair in value.split(';') {
                    if let Some(equals) = pair.find('=') {
                        secrets.add(pair_at + equals + 1..pair_at + pair.trim_end().len());
                    }
                    pair_at += pair.len() + 1;
                }
            }
            name if CREDENTIALS.contains(&name) => secrets.add(value_at..value_at + value.len()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_in_a_page_of_documentation_is_nobodys() {
        let answer = "HTTP/1.1 200 OK\nContent-Type: text/plain\n";
        assert_eq!(sniff(&Probe::new(answer)), Confidence::Certain);
        assert_eq!(sniff(&Probe::new(&format!("of the shop\n{answer}"))), Confidence::Possible);
        assert_eq!(sniff(&Probe::new(&format!("# The API\n\n```\n{answer}```\n"))), Confidence::No);
    }
}
