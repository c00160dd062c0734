//! httpx of `ProjectDiscovery`: JSON lines or CSV of probed URLs.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets, dropped::Dropped, fields, json, mask::add_cookies,
    scan::keep_few_remarks, severity::Severities, table::csv_table,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "httpx",
    title: "httpx (ProjectDiscovery), JSON lines, CSV",
    tool: "httpx",
    note: "What answered where: one status a URL. A probe is no issue. Values of cookies are masked.",
    metrics: &["scan.results", "http.status", "http.tls"],
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

fn is_probe(value: &Value) -> bool {
    let has = |key: &str| value.get(key).is_some();
    has("url") && has("input") && (has("status_code") || has("status-code") || has("failed"))
}

/// With requests and responses, cookies are in it.
fn secrets(text: &str, secrets: &mut Secrets) {
    add_cookies(text, secrets);
}

/// Whether the first line is the header of the CSV.
fn is_csv(text: &str) -> bool {
    let header = text.trim_start().lines().next().unwrap_or_default();
    let has = |name: &str| header.split(',').any(|column| column.trim_matches('"') == name);
    ["url", "input", "failed", "webserver"].into_iter().all(has) && (has("status_code") || has("status-code"))
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let line = probe.lines(1).next().unwrap_or_default();
    let own = line.starts_with('{') && line.contains("\"input\"") && line.contains("\"url\"");
    let one = own && serde_json::from_str(line).is_ok_and(|value: Value| is_probe(&value));
    // Somebody may have indented it, or made a list of it.
    let whole = ["", "[]/"].iter().any(|prefix| {
        let has = |key: &str| probe.has(&format!("{prefix}{key}"));
        let answered = has("status_code") || has("status-code") || has("failed");
        has("url") && has("input") && answered && has("host") && (has("scheme") || has("webserver") || has("tech"))
    });
    Confidence::certain_if(one || whole || is_csv(probe.head()))
}

/// A value, or what is none, and its line.
type Line = (u64, Result<Value, serde_json::Error>);

/// Each value with its line, and each line that is none. Values over several lines and lists are read as they come.
fn values(text: &str) -> Result<Vec<Line>, Refusal> {
    if is_csv(text)
        && let Some(table) = csv_table(text)
    {
        let cell = |(name, cell): (&String, &String)| {
            let value = if name == "failed" { Value::Bool(cell == "true") } else { Value::String(cell.clone()) };
            (name.clone(), value)
        };
        let probe = |(row, line): (&[String], u64)| (line, Ok(table.columns.iter().zip(row).map(cell).collect()));
        return Ok(table.numbered().map(probe).collect());
    }
    let lines = (1_u64..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let lines: Vec<_> = lines.map(|(number, line)| (number, serde_json::from_str(line))).collect();
    match lines.first() {
        Some((_, Ok(Value::Object(_)))) | None => return Ok(lines),
        _ => {}
    }
    let mut line = 1;
    let (mut all, mut done) = (Vec::new(), 0);
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    while let Some(value) = stream.next() {
        let end = stream.byte_offset();
        let start = done + text[done..].len() - text[done..].trim_start().len();
        line += text[done..start].matches('\n').count() as u64;
        match value.map_err(|error| json::refusal(&error))? {
            Value::Array(items) => all.extend(items.into_iter().map(|item| (line, Ok(item)))),
            value => all.push((line, Ok(value))),
        }
        line += text[start..end].matches('\n').count() as u64;
        done = end;
    }
    Ok(all)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let (mut found, mut odd) = (0_usize, Dropped::default());
    for (number, value) in values(input.text)? {
        if number.is_multiple_of(1024) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        let value: Value = match value {
            Ok(value) => value,
            Err(error) if found == 0 => return Err(json::refusal(&error).at_line(number)),
            Err(_) => {
                odd.add(number);
                continue;
            }
        };
        if !is_probe(&value) {
            if found == 0 {
                let lacks = "its first line has no `url`, `input` and `status_code`";
                return Err(Refusal::not(FORMAT.title, lacks, "write it with `httpx -json -o httpx.jsonl`"));
            }
            odd.add(number);
            continue;
        }
        found += 1;
        let time = fields::text(&value, "/timestamp").parse().ok();
        import.captured_at = import.captured_at.max(time);
        let (url, at) = (fields::text(&value, "/url"), format!("line {number}"));
        if value.get("failed").and_then(Value::as_bool) == Some(true) {
            import.warn(Some(number), format!("the probe of {url} failed: {}", fields::text(&value, "/error")));
            continue;
        }
        let status = value.get("status_code").or(value.get("status-code")).and_then(fields::as_number);
        let server = [fields::text(&value, "/webserver"), fields::text(&value, "/title")];
        match status {
            Some(status) => {
                let text = server.iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join(", ");
                import.measure_text("http.status", status, url, &*at, text);
            }
            None => import.warn(Some(number), format!("no status of {url}")),
        }
        if !url.is_empty() {
            import.measure_bool("http.tls", url.starts_with("https:"), url, &at, "");
        }
    }
    if found == 0 {
        return Err(Refusal::not(FORMAT.title, "no probe in it", "write it with `httpx -json -o httpx.jsonl`"));
    }
    keep_few_remarks(&mut import);
    odd.tell(&mut import, "lines that are no probe");
    import.not_issues = found as u64;
    import.measure_count("scan.results", found, "", "url");
    Ok(import)
}

#[cfg(test)]
mod tests {
    use crate::{Outcome, read};

    #[test]
    fn of_many_failed_probes_few_are_told() {
        let one = r#"{"url":"http://a.test","input":"a.test","failed":true,"error":"no route"}"#;
        let Outcome::Imported(import) = read("x", [one; 300].join("\n").as_bytes(), None) else { panic!("not read") };
        assert_eq!(import.diagnostics.len(), 101);
        assert!(import.diagnostics[100].message.contains("200 more"));
        assert_eq!(import.value("scan.results", ""), Some(300.0));
    }
}
