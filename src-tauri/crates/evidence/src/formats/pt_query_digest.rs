//! Percona Toolkit's `pt-query-digest`, its report and `--output json`.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    digest::{self, Statement, subject},
    json::{self, Event},
    mask::{Quoting, add_double_quoted, add_quoted_literals},
    severity::Severities,
    tree::{self, Tree},
    units,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "pt-query-digest",
    title: "pt-query-digest, report or --output json",
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
    Confidence::certain_if(probe.is_object() && classes && probe.has("global") || is_report(probe.head()))
}

fn is_report(head: &str) -> bool {
    let begins = |start: &str| head.lines().any(|line| line.starts_with(start));
    begins("# Overall: ") && begins("# Attribute ")
}

/// `1.20k` to 1200; a time is told by its unit and stands in milliseconds.
fn value(text: &str) -> Option<f64> {
    let factor = [('k', 1e3), ('M', 1e6), ('G', 1e9), ('T', 1e12)].into_iter().find(|(unit, _)| text.ends_with(*unit));
    let number = match factor {
        Some((unit, factor)) => text.trim_end_matches(unit).parse::<f64>().ok().map(|number| number * factor),
        None => text.parse::<f64>().ok().or_else(|| units::millis(text)),
    };
    number.filter(|number| number.is_finite())
}

/// Reads the report: a section a class, its attributes in columns, its example below them.
fn report(text: &str, import: &mut Import) -> Vec<Statement> {
    // The class, its id and the lines of its example.
    let mut classes: Vec<(Statement, &str, String)> = Vec::new();
    for (number, line) in (1_u64..).zip(text.lines()) {
        let line = line.trim_end();
        if let Some(rest) = line.strip_prefix("# Query ") {
            if rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(':') {
                let id = rest.split_once(" ID ").and_then(|(_, id)| id.split(' ').next()).unwrap_or_default();
                let at = format!("line {number}");
                classes.push((Statement { at, ..Statement::default() }, id, String::new()));
            }
        } else if let Some(rest) = line.strip_prefix("# Overall: ") {
            import.note(None, format!("of the log: {}", rest.trim_end_matches(['_', ' '])));
        } else if let Some((statement, _, example)) = classes.last_mut() {
            match line.strip_prefix("# ") {
                Some(attribute) => attributes(attribute, statement),
                None if line.starts_with('#') || line.is_empty() => {}
                None => {
                    example.push_str(line.trim_end_matches("\\G"));
                    example.push('\n');
                }
            }
        }
    }
    let named =
        |(statement, id, example): (Statement, &str, String)| Statement { subject: subject(&example, id), ..statement };
    classes.into_iter().map(named).collect()
}

/// `Exec time     76   1234s   100ms     20s     12s     18s      2s     11s`: share, sum, and so on.
fn attributes(line: &str, statement: &mut Statement) {
    let columns = |name: &str| {
        let cells: Vec<Option<f64>> = line.strip_prefix(name)?.split_whitespace().map(value).collect();
        Some(move |index: usize| cells.get(index).copied().flatten())
    };
    if let Some(cell) = columns("Count ") {
        statement.calls = cell(1);
    } else if let Some(cell) = columns("Exec time ") {
        (statement.total, statement.max, statement.mean) = (cell(1), cell(3), cell(4));
        (statement.p95, statement.stddev, statement.median) = (cell(5), cell(6), cell(7));
    } else if let Some(cell) = columns("Rows sent ") {
        statement.rows = cell(1);
    }
}

fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
    if !text.trim_start().starts_with('{') {
        // What stands between two remarks is one statement, over however many lines.
        let (mut start, mut statement) = (0, 0);
        for line in text.split_inclusive('\n').chain(["#"]) {
            if line.starts_with('#') {
                add_quoted_literals(&text[statement..start], statement, Quoting::Typed, secrets);
                statement = text.len().min(start + line.len());
            }
            start += line.len();
        }
        return;
    }
    json::walk(text, |event| {
        if let Event::String(path, range) = event {
            let key = path.rsplit('/').next().unwrap_or_default();
            if ["query", "as_select", "fingerprint", "converted_query"].contains(&key) {
                add_quoted_literals(&text[range.clone()], range.start, Quoting::InJson, secrets);
                add_double_quoted(&text[range.clone()], range.start, secrets);
            }
        }
    });
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "write it with `pt-query-digest --output json slow.log > digest.json`";
    if !input.text.trim_start().starts_with(['{', '[']) && is_report(input.text) {
        let mut import = Import::of(FORMAT.tool);
        let statements = report(input.text, &mut import);
        if statements.is_empty() {
            import.error(None, "no class of queries in it: the log was empty, or was filtered to nothing");
        }
        digest::emit(&mut import, statements);
        return Ok(import);
    }
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
