//! Fields of structured lines: names that libraries use for the same thing.

use super::line::Line;
use crate::tree::Tree;

// Names are compared in lower case and without punctuation: `request_id`, `requestId` and `request-id` are one.
const LEVELS: &[&str] =
    &["level", "severity", "lvl", "loglevel", "levelname", "l", "severitytext", "priority", "levelvalue"];
const TIMES: &[&str] = &[
    "time",
    "ts",
    "timestamp",
    "t",
    "datetime",
    "date",
    "asctime",
    "eventtime",
    "observedtimestamp",
    "timemillis",
    "instantepochsecond",
];
const MESSAGES: &[&str] = &["msg", "message", "m", "mt", "event", "body", "text", "renderedmessage", "shortmessage"];
const SERVICES: &[&str] = &[
    "service",
    "servicename",
    "app",
    "appname",
    "application",
    "applicationname",
    "ddservice",
    "resourceservicename",
    "serviceid",
    "microservice",
];
const REQUEST_IDS: &[&str] = &[
    "requestid",
    "reqid",
    "xrequestid",
    "correlationid",
    "xcorrelationid",
    "corrid",
    "traceid",
    "ddtraceid",
    "httprequestid",
    "oteltraceid",
    "logginggoogleapiscomtrace",
    "traceparent",
    "operationid",
    "xb3traceid",
    "awsrequestid",
];
/// Objects that hold fields of the line as if they were its own.
const CONTAINERS: &[&str] = &[
    "mdc",
    "context",
    "ctx",
    "attributes",
    "fields",
    "extra",
    "labels",
    "properties",
    "tags",
    "data",
    "record",
    "scope",
];

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// A value that says something: some libraries write the field with nothing in it.
fn says(value: &str) -> bool {
    !value.trim().is_empty()
        && !matches!(value, "null" | "-" | "undefined" | "none" | "None")
        && !value.bytes().all(|b| b == b'0')
}

fn note(name: &str, value: &str, found: &mut Line) {
    let known = plain(name);
    let known = known.as_str();
    // A level may be the number 0, a time cannot be empty.
    found.level |= LEVELS.contains(&known) && !value.is_empty();
    if !says(value) {
        return;
    }
    found.time |= TIMES.contains(&known);
    found.message |= MESSAGES.contains(&known);
    found.service |= SERVICES.contains(&known);
    if found.request_id.is_none() && REQUEST_IDS.contains(&known) {
        found.request_id = Some(name.to_owned());
    }
}

/// Notes the fields of an object, and of objects in it by their joined names.
pub(super) fn of_json(tree: &Tree<'_>, found: &mut Line) {
    let mut bunyan = 0;
    for (name, value) in tree.entries() {
        let name = name.as_str();
        note(name, value.text_itself(), found);
        bunyan += usize::from(["name", "hostname", "pid"].contains(&name) && !value.text_itself().is_empty());
        let container = CONTAINERS.contains(&plain(name).as_str());
        for (inner, value) in value.entries() {
            note(&format!("{name}.{}", inner.as_str()), value.text_itself(), found);
            if container {
                note(inner.as_str(), value.text_itself(), found);
            }
        }
    }
    // Bunyan and Pino name the service `name`, beside the host and the process.
    found.service |= bunyan == 3;
}

pub(super) fn of_pairs(pairs: &[(&str, &str)], found: &mut Line) {
    for (name, value) in pairs {
        note(name, value, found);
    }
}

/// The pairs of a line that is nothing but `key=value` and `key="some words"`; none of any other.
pub(super) fn logfmt(line: &str) -> Vec<(&str, &str)> {
    let (mut rest, mut pairs) = (line.trim(), Vec::new());
    while !rest.is_empty() {
        let Some((key, after)) = rest.split_once('=') else { return Vec::new() };
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '@' | '/');
        if key.is_empty() || !key.chars().all(name) {
            return Vec::new();
        }
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => {
                let mut escaped = false;
                let end = quoted.find(|c| {
                    let ends = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends
                });
                let Some(end) = end else { return Vec::new() };
                (&quoted[..end], &quoted[end + 1..])
            }
            None => after.split_at(after.find(' ').unwrap_or(after.len())),
        };
        pairs.push((key, value));
        rest = next.trim_start();
    }
    pairs
}
