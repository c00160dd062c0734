//! `JUnit`'s XML of test results, which most test runners write.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    formats::no_secrets,
    severity::Severities,
    tags::{Event, events},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "junit",
    title: "JUnit, XML of test results",
    tool: "JUnit",
    note: "Test cases as they are listed, not as the suites sum them up. A case that failed and then passed when it was run \
           again is flaky, not failed.",
    metrics: &["tests.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

/// Names of failed cases that are told.
const NAMED: usize = 20;

#[derive(Default)]
struct Cases {
    total: usize,
    failed: usize,
    errors: usize,
    skipped: usize,
    flaky: usize,
    suites: usize,
    /// Failures and errors of suites, of no case of theirs.
    outside: usize,
    seconds: f64,
    /// Times with a comma in them, of which it shows at the end what it stands for.
    commas: Vec<String>,
    names: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Passed,
    Failed,
    Error,
    Skipped,
    Flaky,
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    let root = events(head).next();
    let named = matches!(root, Some(Event::Open { name: "testsuite" | "testsuites", .. }));
    // Bandit's results have the form of tests, but are none.
    Confidence::certain_if(head.starts_with('<') && named && !super::bandit::is_xml(head))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let not = |lacks| {
        Refusal::not(FORMAT.title, lacks, "take target/surefire-reports/*.xml or what the runner writes as JUnit")
    };
    if !input.text.trim_start().starts_with('<') || super::bandit::is_xml(input.text) {
        return Err(not("it is no XML of tests"));
    }
    let mut cases = Cases::default();
    let mut case: Option<(Verdict, String)> = None;
    let (mut depth, mut stated, mut stopped, mut root) = (0_usize, 0.0, 0_usize, false);
    // How deep the suites stand that no other holds.
    let mut outer = None;
    for event in events(input.text) {
        stopped += 1;
        if stopped.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        match event {
            Event::Open { name, attributes, closed } => {
                if !root && !matches!(name, "testsuite" | "testsuites") {
                    break;
                }
                root = true;
                depth += usize::from(!closed);
                match name {
                    "testsuite" => {
                        cases.suites += 1;
                        // A suite within a suite is part of its sum.
                        let level = depth + usize::from(closed);
                        if level <= *outer.get_or_insert(level) {
                            stated += attributes.number("tests").unwrap_or(0.0);
                        }
                    }
                    "testcase" => {
                        cases.total += 1;
                        cases.add_time(attributes.raw("time").unwrap_or_default());
                        let name = format!("{} {}", attributes.text("classname"), attributes.text("name"));
                        let verdict = match attributes.raw("status") {
                            Some("notrun" | "skipped" | "disabled" | "pending" | "ignored") => Verdict::Skipped,
                            // CTest and others say it so whether they tell more of it or not.
                            Some("fail" | "failed" | "failure") => Verdict::Failed,
                            Some("error") => Verdict::Error,
                            _ => Verdict::Passed,
                        };
                        if closed {
                            cases.add(verdict, &name);
                        } else {
                            case = Some((verdict, name));
                        }
                    }
                    "failure" | "error" | "skipped" | "flakyFailure" | "flakyError" => {
                        if case.is_none() && matches!(name, "failure" | "error") {
                            cases.outside += 1;
                        }
                        if let Some((verdict, _)) = &mut case {
                            *verdict = match name {
                                "failure" => Verdict::Failed,
                                "error" => Verdict::Error,
                                "skipped" if *verdict == Verdict::Passed => Verdict::Skipped,
                                _ if *verdict == Verdict::Passed => Verdict::Flaky,
                                _ => *verdict,
                            };
                        }
                    }
                    _ => {}
                }
            }
            Event::Close { name } => {
                depth = depth.saturating_sub(1);
                if name == "testcase"
                    && let Some((verdict, name)) = case.take()
                {
                    cases.add(verdict, &name);
                }
            }
        }
    }
    if !root {
        return Err(not("its root is neither `<testsuites>` nor `<testsuite>`"));
    }
    let mut import = Import::of(FORMAT.tool);
    if depth > 0 {
        import.error(None, "the file breaks off before the suites are closed: results are missing");
    }
    cases.emit(&mut import, stated, depth == 0);
    Ok(import)
}

impl Cases {
    fn add_time(&mut self, time: &str) {
        match time.trim().parse::<f64>() {
            // A clock that was set back while a case ran leaves less than nothing.
            Ok(seconds) if seconds.is_finite() => self.seconds += seconds.max(0.0),
            _ if time.contains(',') => self.commas.push(time.trim().to_owned()),
            _ => {}
        }
    }

    /// All times together. A comma groups thousands, unless one of the file can only stand before a fraction.
    fn seconds(&self) -> f64 {
        let is_decimal = |time: &String| {
            let (whole, rest) = time.rsplit_once(',').unwrap_or((time, ""));
            !time.contains('.') && (rest.len() != 3 || whole == "0")
        };
        let decimal = self.commas.iter().any(is_decimal);
        let plain = self.commas.iter().map(|time| match decimal {
            true => time.replace('.', "").replace(',', "."),
            false => time.replace(',', ""),
        });
        self.seconds + plain.filter_map(|time| time.parse::<f64>().ok()).filter(|time| time.is_finite()).sum::<f64>()
    }

    fn add(&mut self, verdict: Verdict, name: &str) {
        match verdict {
            Verdict::Passed => {}
            Verdict::Failed => self.failed += 1,
            Verdict::Error => self.errors += 1,
            Verdict::Skipped => self.skipped += 1,
            Verdict::Flaky => self.flaky += 1,
        }
        let told = matches!(verdict, Verdict::Failed | Verdict::Error) && !name.trim().is_empty();
        if told && self.names.len() < NAMED {
            self.names.push(name.trim().to_owned());
        }
    }

    #[allow(clippy::cast_precision_loss)] // counts of tests
    fn emit(&self, import: &mut Import, stated: f64, whole: bool) {
        let at = "//testcase";
        import.measure_count("tests.total", self.total, "", at);
        import.measure_text("tests.failed", self.failed as f64, "", at, self.names.join(", "));
        import.measure_count("tests.errors", self.errors, "", at);
        import.measure_count("tests.skipped", self.skipped, "", at);
        import.measure_count("tests.flaky", self.flaky, "", at);
        import.measure_count("tests.suites", self.suites, "", "//testsuite");
        import.measure("tests.duration", (self.seconds() * 1e9).round() / 1e6, "", at);
        let run = self.total - self.skipped;
        // A share of what is there would look like a pass of what is not.
        if run > 0 && whole {
            let passed = run - self.failed - self.errors;
            import.measure("tests.passed.ratio", passed as f64 / run as f64, "", at);
        } else if run == 0 {
            import.error(None, "no test was run: this is no pass");
        }
        if self.outside > 0 {
            import.error(
                None,
                format!("{} suites failed outside of any case: what they hold was not all run", self.outside),
            );
        }
        if stated > 0.0 && (stated - self.total as f64).abs() > 0.5 {
            import.warn(None, format!("the suites state {stated} tests, {} are listed", self.total));
        }
    }
}
