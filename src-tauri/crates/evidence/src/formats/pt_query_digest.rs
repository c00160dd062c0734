//! Percona Toolkit's `pt-query-digest --output json`.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    digest::{self, Statement, subject},
    json::{self, Event},
    mask::add_literals,
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "pt-query-digest",
    title: "pt-query-digest --output json",
    tool: "pt-query-digest",
    note: "One measurement set a class of queries; times in milliseconds. The log holds what was slower than its limit alone, \
           so that means and percentiles are those of slow queries. Literals of the examples are replaced by `…`.",
    metrics: digest::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let classes = probe.has("classes/[]/metrics") && probe.has("classes/[]/query_count");
    Confidence::certain_if(probe.is_object() && classes && probe.has("global"))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
    json::walk(text, |event| {
        if let Event::String(path, range) = event {
            let key = path.rsplit('/').next().unwrap_or_default();
            if ["query", "as_select", "fingerprint", "converted_query"].contains(&key) {
                add_literals(&text[range.clone()], range.start, false, false, secrets);
            }
        }
    });
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "write it with `pt-query-digest --output json slow.log > digest.json`";
    let document = tree::object(input.text, FORMAT.title, &["classes", "global"], remedy)?;
    let classes = document.get("classes").items();
    if classes.iter().any(|class: &Tree<'_>| !class.has("metrics") || !class.has("query_count")) {
        return Err(Refusal::not(FORMAT.title, "its classes have no `metrics` and `query_count`", remedy));
    }
    let mut import = Import::of(FORMAT.tool);
    let mut statements = Vec::with_capacity(classes.len());
    for (index, class) in classes.iter().enumerate() {
        let times = class.get("metrics/Query_time");
        let millis = |key: &str| times.number(key).map(|seconds| seconds * 1e3);
        statements.push(Statement {
            subject: subject(class.first(&["fingerprint", "distillate"]), class.text("checksum")),
            calls: class.number("query_count"),
            total: millis("sum"),
            mean: millis("avg"),
            median: millis("median"),
            max: millis("max"),
            stddev: millis("stddev"),
            p95: millis("pct_95"),
            rows: class.get("metrics/Rows_sent").number("sum"),
            at: format!("/classes/{index}"),
            ..Statement::default()
        });
    }
    if statements.is_empty() {
        import.error(None, "no class of queries in it: the log was empty, or was filtered to nothing");
    }
    let (count, unique) = (document.number("global/query_count"), document.number("global/unique_query_count"));
    if let (Some(count), Some(unique)) = (count, unique) {
        import.note(
            None,
            format!("{count} queries of {unique} classes in the log, {} of them in the report", classes.len()),
        );
    }
    digest::emit(&mut import, statements);
    Ok(import)
}
