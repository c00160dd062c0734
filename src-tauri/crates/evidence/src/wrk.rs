//! What wrk and wrk2 print: one text for both, several runs a file.

use groma_model::DiagnosticLevel;

use crate::{Import, Input, Refusal, k6::MOSTLY_FAILED, units};

/// Metrics that both formats write.
pub(crate) const METRICS: &[&str] = &[
    "http.latency.*",
    "http.requests",
    "http.rate",
    "http.failed.*",
    "http.socket_errors",
    "http.timeouts",
    "load.connections",
    "load.duration",
];

/// A run that lasted less than this share of its planned time was broken off.
const BROKEN_OFF: f64 = 0.8;

/// One run.
#[derive(Debug, Default)]
struct Run {
    line: u64,
    url: String,
    planned_ms: Option<f64>,
    connections: Option<(f64, u64)>,
    average: Option<(f64, u64)>,
    maximum: Option<(f64, u64)>,
    /// Percentile, milliseconds, line.
    percentiles: Vec<(f64, f64, u64)>,
    /// A table that does not count the time a request waited to be sent; ignored.
    uncorrected: bool,
    requests: Option<(f64, u64)>,
    duration_ms: Option<f64>,
    rate: Option<(f64, u64)>,
    bad_status: f64,
    /// connect, read, write, timeout.
    errors: [f64; 4],
    errors_line: Option<u64>,
}

/// Whether the text holds a run, or the message that none could start.
pub(crate) fn looks_like(head: &str) -> bool {
    let run = head.lines().take(200).any(|line| line.starts_with("Running ") && line.contains(" test @ "));
    run && head.contains("Thread Stats") || is_unable(head)
}

/// Whether the text shows that wrk2 wrote it.
pub(crate) fn is_wrk2(head: &str) -> bool {
    ["Thread calibration:", "HdrHistogram", "Detailed Percentile spectrum"].iter().any(|mark| head.contains(mark))
        || head
            .lines()
            .take(5)
            .any(|line| line.trim_start().trim_start_matches(['$', ' ', '.', '/']).starts_with("wrk2 "))
}

fn is_unable(head: &str) -> bool {
    head.lines().take(5).any(|line| line.trim_start().starts_with("unable to connect to "))
}

/// Reads all runs.
pub(crate) fn parse(input: &Input<'_>, tool: &str) -> Result<Import, Refusal> {
    let runs = runs(input.text);
    let complete: Vec<_> = runs.iter().filter(|run| run.requests.is_some()).collect();
    if complete.is_empty() {
        let reason = match input.text.lines().position(|line| line.trim_start().starts_with("unable to connect to ")) {
            Some(index) => {
                let line = input.text.lines().nth(index).unwrap_or_default().trim();
                (format!("the load test did not run: {line}"), index as u64 + 1)
            }
            None => ("the load test was broken off before it printed its totals".to_owned(), 1),
        };
        return Err(Refusal::new(reason.0, "make the target reachable and run the test again; this is no result")
            .at_line(reason.1));
    }
    let mut import = Import::of(tool);
    let mut urls: Vec<&str> = complete.iter().map(|run| &*run.url).collect();
    urls.dedup();
    import.subject = urls.join(", ");
    for run in &runs {
        emit(&mut import, run);
    }
    Ok(import)
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.first() == Some(&"Running") && line.contains(" test @") {
            runs.push(Run {
                line: number,
                planned_ms: words.get(1).and_then(|planned| units::millis(planned)),
                // To the end of the line: a masked password has a space in it.
                url: line.split_once(" @ ").map(|(_, url)| url.trim().to_owned()).unwrap_or_default(),
                ..Run::default()
            });
        } else if let Some(run) = runs.last_mut() {
            run.read(&words, number);
        }
    }
    runs
}

impl Run {
    fn read(&mut self, words: &[&str], line: u64) {
        let number = |word: &str| word.trim_end_matches(',').parse::<f64>().ok().filter(|value| value.is_finite());
        match words {
            [_, "threads", "and", connections, "connections", ..] => {
                self.connections = number(connections).map(|count| (count, line));
            }
            ["Latency", "Distribution", rest @ ..] => {
                self.uncorrected = rest.iter().any(|word| word.starts_with("Uncorrected"));
            }
            ["Latency", average, _, maximum, ..] if self.average.is_none() => {
                self.average = units::millis(average).map(|value| (value, line));
                self.maximum = units::millis(maximum).map(|value| (value, line));
            }
            [percentile, value] if percentile.ends_with('%') && !self.uncorrected => {
                if let (Some(percentile), Some(value)) =
                    (number(percentile.trim_end_matches('%')), units::millis(value))
                {
                    self.percentiles.push((percentile, value, line));
                }
            }
            // The spectrum has a p95 where the short table has none; its values are milliseconds.
            [value, "0.950000", _, _] if !self.uncorrected => {
                if let Some(value) = number(value) {
                    self.percentiles.push((95.0, value, line));
                }
            }
            [count, "requests", "in", duration, ..] => {
                self.requests = number(count).map(|count| (count, line));
                self.duration_ms = units::millis(duration.trim_end_matches(','));
            }
            ["Non-2xx", "or", "3xx", "responses:", count] => self.bad_status = number(count).unwrap_or(0.0),
            ["Socket", "errors:", "connect", connect, "read", read, "write", write, "timeout", timeout] => {
                self.errors = [connect, read, write, timeout].map(|count| number(count).unwrap_or(0.0));
                self.errors_line = Some(line);
            }
            ["Requests/sec:", rate] => self.rate = number(rate).map(|rate| (rate, line)),
            _ => {}
        }
    }
}

fn emit(import: &mut Import, run: &Run) {
    let Some((requests, line)) = run.requests else {
        import.error(Some(run.line), "this run was broken off before it printed its totals: nothing is taken from it");
        return;
    };
    let subject = &*run.url;
    let at = |line: u64| format!("line {line}");
    let [connect, read, write, timeouts] = run.errors;
    let socket = connect + read + write;
    let failed = run.bad_status + socket + timeouts;
    let errors_at = at(run.errors_line.unwrap_or(line));
    import.measure("http.requests", requests, subject, at(line));
    if let Some((rate, line)) = run.rate {
        import.measure("http.rate", rate, subject, at(line));
    }
    import.measure("http.failed.count", failed, subject, errors_at.clone());
    if requests + failed > 0.0 {
        let ratio = if requests > 0.0 { (failed / (requests + socket)).min(1.0) } else { 1.0 };
        import.measure("http.failed.ratio", ratio, subject, errors_at.clone());
    }
    import.measure("http.socket_errors", socket, subject, errors_at.clone());
    import.measure("http.timeouts", timeouts, subject, errors_at);
    if let Some((connections, line)) = run.connections {
        import.measure("load.connections", connections, subject, at(line));
    }
    if let Some(duration) = run.duration_ms {
        import.measure("load.duration", duration, subject, at(line));
        if run.planned_ms.is_some_and(|planned| duration < planned * BROKEN_OFF) {
            import.warn(Some(run.line), "this run was broken off before its planned end");
        }
    }
    emit_latency(import, run, requests, timeouts);
}

fn emit_latency(import: &mut Import, run: &Run, requests: f64, timeouts: f64) {
    let subject = &*run.url;
    let line = run.requests.map(|(_, line)| line);
    if requests == 0.0 {
        import.error(line, "no request was answered: this run says nothing about response times and is no pass");
        return;
    }
    if run.bad_status / requests > MOSTLY_FAILED {
        import.error(
            line,
            format!(
                "{} of {requests} answers were errors: the times are those of error answers, none is taken",
                run.bad_status
            ),
        );
        return;
    }
    if run.bad_status > 0.0 {
        import.warn(
            line,
            format!("{} of {requests} answers were not 2xx or 3xx; the times include them", run.bad_status),
        );
    }
    let late = (timeouts / requests).min(1.0);
    if timeouts > 0.0 {
        // wrk leaves requests that ran into its timeout out of its percentiles, so that these look better than they are.
        let level = if late >= 0.01 { DiagnosticLevel::Error } else { DiagnosticLevel::Warning };
        import.say(
            level,
            run.errors_line,
            format!(
                "{timeouts} requests ran into the timeout and are not in the printed times; percentiles that lie \
                 beyond it are not taken"
            ),
        );
    }
    let at = |line: u64| format!("line {line}");
    if let Some((average, line)) = run.average.filter(|_| late < 0.01) {
        import.measure("http.latency.avg", average, subject, at(line));
    }
    if let Some((maximum, line)) = run.maximum {
        match timeouts > 0.0 {
            false => import.measure("http.latency.max", maximum, subject, at(line)),
            true if late >= 0.01 => import.measure("http.latency.p99_floor", maximum, subject, at(line)),
            true => {}
        }
    }
    let mut median = None;
    let mut p99 = None;
    for &(percentile, value, line) in &run.percentiles {
        let name = match percentile {
            50.0 => "http.latency.p50",
            75.0 => "http.latency.p75",
            90.0 => "http.latency.p90",
            95.0 => "http.latency.p95",
            99.0 => "http.latency.p99",
            99.9 => "http.latency.p999",
            99.99 => "http.latency.p9999",
            _ => continue,
        };
        if percentile / 100.0 > 1.0 - late {
            continue;
        }
        match percentile {
            50.0 => median = Some(value),
            99.0 => p99 = Some((value, line)),
            _ => {}
        }
        import.measure(name, value, subject, at(line));
    }
    if let (Some(median), Some((p99, line))) = (median.filter(|median| *median > 0.0), p99) {
        import.measure("http.latency.tail_ratio", p99 / median, subject, at(line));
    }
    if run.percentiles.is_empty() {
        import.warn(line, "no percentiles in this run, so p99 cannot be judged: run with --latency");
    }
}
