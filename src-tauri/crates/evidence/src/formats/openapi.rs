//! `OpenAPI` 3 and Swagger 2, YAML or JSON.

use std::collections::HashSet;

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, fields, formats::no_secrets, severity::Severities, yaml,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "openapi",
    title: "OpenAPI 3 or Swagger 2",
    tool: "OpenAPI",
    note: "What the description says, not what the service does. An operation is secured when it, or else the whole \
           document, demands a scheme; lists are GET operations that answer with an array, paged when a parameter says so.",
    metrics: &["api.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];
/// Words in the names of parameters that ask for a page.
const PAGING: &[&str] = &[
    "limit", "page", "pages", "paging", "offset", "cursor", "size", "skip", "top", "after", "before", "marker",
    "continue",
];
/// The same in names that do not part their words.
const GLUED: &[&str] = &[
    "pagesize",
    "pagenumber",
    "pagenum",
    "pageno",
    "pageindex",
    "pagetoken",
    "perpage",
    "nexttoken",
    "nextpage",
    "continuationtoken",
    "maxresults",
    "maxitems",
    "startafter",
    "startat",
    "startindex",
    "batchsize",
];
/// Names that a text lists.
const NAMED: usize = 20;

fn sniff(probe: &Probe<'_>) -> Confidence {
    if probe.is_object() {
        let version = probe.has("openapi") || probe.has("swagger");
        let described = probe.has("paths") || probe.has("webhooks");
        return Confidence::certain_if(version && described && probe.has("info"));
    }
    if !probe.head().contains("openapi") && !probe.head().contains("swagger") {
        return Confidence::No;
    }
    // Keys may be quoted.
    let keys = probe.head().lines().filter(|line| !line.starts_with([' ', '\t', '#', '-']));
    let keys = keys.filter_map(|line| Some(line.split_once(':')?.0.trim_end().trim_matches(['"', '\''])));
    let keys: Vec<&str> = keys.filter(|key| ["openapi", "swagger", "paths", "info"].contains(key)).collect();
    let top = |key: &str| keys.contains(&key);
    Confidence::certain_if((top("openapi") || top("swagger")) && (top("paths") || top("info")))
}

/// What a `$ref` within the document points at, followed as far as it goes.
fn resolve<'a>(root: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..16 {
        let Some(target) = value.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#')) else {
            break;
        };
        match root.pointer(target) {
            Some(found) => value = found,
            None => break,
        }
    }
    value
}

#[derive(Default)]
struct Found {
    operations: usize,
    unsecured: Vec<String>,
    lists: usize,
    unpaged: Vec<String>,
    no_error: Vec<String>,
    deprecated: usize,
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = || {
        let lacks = "no `openapi` or `swagger` version with `info` and `paths`";
        Refusal::not(FORMAT.title, lacks, "take openapi.yaml, or what the service serves at /v3/api-docs")
    };
    if input.text.trim_start().starts_with(['[', '<']) {
        return Err(no());
    }
    let documents = yaml::documents(input.text)?;
    let root = documents.first().filter(|root| root.get("info").is_some()).ok_or_else(no)?;
    let version = root.get("openapi").or(root.get("swagger")).ok_or_else(no)?;
    let mut import = Import::of(FORMAT.tool);
    import.tool_version = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
    fields::text(root, "/info/title").clone_into(&mut import.subject);
    let mut found = Found::default();
    let mut paths = 0;
    // Whatever tools add of their own begins with `x-`.
    for (path, item) in fields::entries(root, "/paths").filter(|(path, _)| !path.starts_with("x-")) {
        paths += 1;
        if item.get("$ref").and_then(Value::as_str).is_some_and(|target| !target.starts_with('#')) {
            import.warn(None, format!("`{path}` stands in another file: its operations are not counted"));
        }
        let item = resolve(root, item);
        for method in METHODS {
            if let Some(operation) = item.get(*method).filter(|operation| operation.is_object()) {
                operate(root, path, method, item, operation, &mut found);
            }
        }
    }
    if documents.len() > 1 {
        import.warn(None, format!("{} documents in the file: the first is read", documents.len()));
    }
    if paths == 0 {
        import.warn(None, "no paths: nothing is described");
    }
    let schemes = ["/components/securitySchemes", "/securityDefinitions"];
    let schemes: HashSet<_> = schemes.iter().flat_map(|at| fields::entries(root, at)).map(|(name, _)| name).collect();
    import.measure_count("api.paths", paths, "", "/paths");
    import.measure_count("api.operations", found.operations, "", "/paths");
    import.measure_count("api.operations.deprecated", found.deprecated, "", "/paths");
    import.measure_count("api.security_schemes", schemes.len(), "", "/components/securitySchemes");
    import.measure_count("api.lists", found.lists, "", "/paths");
    for (metric, names) in [
        ("api.operations.unsecured", found.unsecured),
        ("api.lists.unpaged", found.unpaged),
        ("api.operations.no_error", found.no_error),
    ] {
        #[allow(clippy::cast_precision_loss)]
        let count = names.len() as f64;
        let shown: Vec<_> = names.into_iter().take(NAMED).collect();
        import.measure_text(metric, count, "", "/paths", shown.join(", "));
    }
    let servers = fields::items(root, "/servers").iter().map(|server| fields::text(server, "/url"));
    let old = unencrypted(root);
    let servers = servers.chain(old.as_deref());
    let insecure: Vec<_> = servers.filter(|url| url.starts_with("http://") && !url.contains("localhost")).collect();
    #[allow(clippy::cast_precision_loss)]
    import.measure_text("api.servers.insecure", insecure.len() as f64, "", "/servers", insecure.join(", "));
    Ok(import)
}

/// Whether a parameter of this name asks for a page: `page`, `pageSize`, `$top`, not `homepage` or `topic`.
fn is_paging(name: &str) -> bool {
    let (mut words, mut small) = (String::with_capacity(name.len() + 4), false);
    for c in name.chars() {
        if small && c.is_ascii_uppercase() {
            words.push(' ');
        }
        small = c.is_ascii_lowercase() || c.is_ascii_digit();
        words.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' });
    }
    let glued: String = words.chars().filter(|c| *c != ' ').collect();
    words.split(' ').any(|word| PAGING.contains(&word)) || GLUED.iter().any(|part| glued.contains(part))
}

/// Whether a schema is of lists; since version 3.1 it may be of several types.
fn is_array(schema: &Value) -> bool {
    fields::text(schema, "/type") == "array" || fields::items(schema, "/type").iter().any(|kind| kind == "array")
}

/// Where version 2 says that the service answers without encryption.
fn unencrypted(root: &Value) -> Option<String> {
    let host = fields::text(root, "/host");
    let plain = fields::items(root, "/schemes").iter().any(|scheme| scheme == "http");
    (plain && !host.is_empty()).then(|| format!("http://{host}{}", fields::text(root, "/basePath")))
}

fn operate(root: &Value, path: &str, method: &str, item: &Value, operation: &Value, found: &mut Found) {
    let name = format!("{} {path}", method.to_uppercase());
    found.operations += 1;
    let is_true = |value: &Value| *value == Value::Bool(true) || value == "true";
    found.deprecated += usize::from(operation.get("deprecated").is_some_and(is_true));
    // An empty list, or one with an empty demand, lets anybody in.
    let security = operation.get("security").or(root.get("security")).and_then(Value::as_array);
    let demanded = |demand: &Value| demand.as_object().is_some_and(|demand| !demand.is_empty());
    if !security.is_some_and(|all| !all.is_empty() && all.iter().all(demanded)) {
        found.unsecured.push(name.clone());
    }
    let responses: Vec<_> = fields::entries(operation, "/responses").collect();
    if !responses.iter().any(|(status, _)| status.starts_with(['4', '5']) || *status == "default") {
        found.no_error.push(name.clone());
    }
    let is_list = |response: &Value| {
        let response = resolve(root, response);
        let content = fields::entries(response, "/content").filter_map(|(_, content)| content.get("schema"));
        content.chain(response.get("schema")).any(|schema| is_array(resolve(root, schema)))
    };
    if method == "get" && responses.iter().any(|(status, response)| status.starts_with('2') && is_list(response)) {
        found.lists += 1;
        let parameters = fields::items(operation, "/parameters").iter().chain(fields::items(item, "/parameters"));
        let pages = |parameter: &Value| is_paging(fields::text(resolve(root, parameter), "/name"));
        if !parameters.into_iter().any(pages) {
            found.unpaged.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_pages_are_told_by_whole_words() {
        for name in
            ["page", "pageSize", "per_page", "perPage", "$top", "page[number]", "nextToken", "pagesize", "startAt"]
        {
            assert!(is_paging(name), "{name}");
        }
        for name in ["homepage", "topic", "stop", "X-CSRF-Token", "access_token", "thereafter", "resized", "language"] {
            assert!(!is_paging(name), "{name}");
        }
    }
}
