//! Collapsed stacks: async-profiler, perf and others; what flame graphs are drawn from.

use std::collections::{BTreeMap, HashSet};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, dropped::Dropped, formats::no_secrets, severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "collapsed-stacks",
    title: "Collapsed stacks (async-profiler, perf)",
    tool: "profiler",
    note: "Samples by method: itself at the top of the stack, or anywhere in it. What a sample is (processor time, \
           allocation, lock) is not in the file. The 20 methods with the largest shares.",
    metrics: &["profile.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

/// Methods that are measured.
const MEASURED: usize = 20;
/// Lines that are looked at to recognise the format.
const LOOKED_AT: usize = 100;

/// A stack and how often it was seen.
fn stack(line: &str) -> Option<(&str, f64)> {
    let (stack, count) = line.trim_end().rsplit_once(' ')?;
    let whole = !count.is_empty() && count.len() < 16 && count.bytes().all(|byte| byte.is_ascii_digit());
    let frames = !stack.is_empty() && !stack.starts_with(['{', '[', '<', '#', ' ', ';']) || stack.starts_with("[");
    (whole && frames).then(|| Some((stack, count.parse().ok()?)))?
}

/// Whether lines are stacks: all of them, most of several frames, with names of code among them.
fn are_stacks<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut all, mut deep, mut code) = (0, 0, false);
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let Some((stack, _)) = stack(line) else { return false };
        all += 1;
        deep += usize::from(stack.matches(';').count() >= 2);
        code |= stack.split(';').any(|frame| {
            ["/", ".", "::", "_[", "()"].iter().any(|mark| frame.contains(mark))
                || frame.starts_with("sys_")
                || frame.starts_with("java")
        });
    }
    all >= 3 && deep * 10 >= all * 8 && code
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    match are_stacks(probe.lines(LOOKED_AT)) {
        true => Confidence::Possible,
        false => Confidence::No,
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if !are_stacks(input.text.lines().take(LOOKED_AT)) {
        let lacks = "its lines are no frames between `;` with a number behind them";
        let remedy = "write it with `asprof -d 60 -o collapsed -f stacks.txt PID`";
        return Err(Refusal::not(FORMAT.title, lacks, remedy));
    }
    let mut import = Import::of(FORMAT.tool);
    let (mut samples, mut stacks) = (0.0, 0_usize);
    let (mut own, mut total): (BTreeMap<&str, f64>, BTreeMap<&str, f64>) = Default::default();
    let mut odd = Dropped::default();
    let mut seen: HashSet<&str> = HashSet::new();
    for (number, line) in (1_u64..).zip(input.text.lines()) {
        if number.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        if line.trim().is_empty() {
            continue;
        }
        let Some((frames, count)) = stack(line) else {
            odd.add(number);
            continue;
        };
        (samples, stacks) = (samples + count, stacks + 1);
        seen.clear();
        for frame in frames.split(';').map(method) {
            // A method that calls itself is in the sample once; a thread's name is no method.
            if !frame.starts_with('[') && seen.insert(frame) {
                *total.entry(frame).or_default() += count;
            }
        }
        *own.entry(method(frames.rsplit(';').next().unwrap_or_default())).or_default() += count;
    }
    odd.tell(&mut import, "lines that are no stack");
    import.measure("profile.samples", samples, "", "line 1");
    import.measure_count("profile.stacks", stacks, "", "line 1");
    for (metric, counts) in [("profile.self.ratio", own), ("profile.total.ratio", total)] {
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        for (frame, count) in counts.into_iter().take(MEASURED).filter(|_| samples > 0.0) {
            import.measure(metric, count / samples, frame, "line 1");
        }
    }
    Ok(import)
}

/// A frame without the mark of how it was compiled: `com/example/Rates.of_[j]`.
fn method(frame: &str) -> &str {
    let marked = frame.len() > 4
        && frame.ends_with(']')
        && frame.is_char_boundary(frame.len() - 4)
        && frame[frame.len() - 4..].starts_with("_[");
    if marked { &frame[..frame.len() - 4] } else { frame }
}
