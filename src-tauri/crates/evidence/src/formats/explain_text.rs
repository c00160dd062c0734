//! PostgreSQL's `EXPLAIN` as text: bare, as psql or pgAdmin gave it out, or in a log by `auto_explain`.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    mask::{add_literals, constant},
    plan::{self, LARGE, Plan},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "explain-text",
    title: "PostgreSQL EXPLAIN, text",
    tool: "PostgreSQL",
    note: "One measurement set a plan. Without ANALYZE there are no times, without BUFFERS no temporary blocks. Literals in \
           conditions are replaced by `…`.",
    metrics: &["db.plan.*"],
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// `->  Seq Scan on parcels p  (cost=0.00..431.00 rows=21000 width=36) (actual time=0.01..3.20 rows=20000 loops=1)`
static NODE: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"^\s*(->)?\s*([A-Z].*?)\s+\(cost=[\d.]+\.\.([\d.]+) rows=(\d+) width=\d+\)",
        r"(?:\s+\(actual (?:time=[\d.]+\.\.([\d.]+) )?rows=([\d.]+) loops=(\d+)\)|\s+\((never executed)\))?",
    ))
});
/// Without costs: `EXPLAIN (ANALYZE, COSTS OFF)`. MySQL's nodes have one space behind the arrow, ours two.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"^\s*(?:(->)  )?\s*([A-Z][^:]*?)\s+\(actual (?:time=[\d.]+\.\.([\d.]+) )?rows=([\d.]+) loops=(\d+)\)")
});
static TIME: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?i)^\s*(planning time|execution time|total runtime): ([\d.]+) ms"));
static REMOVED: LazyLock<Regex> = LazyLock::new(|| constant(r"^\s*Rows Removed by Filter: (\d+)"));
static TEMP: LazyLock<Regex> =
    LazyLock::new(|| constant(r"^\s*Buffers: .*(?-u:\b)temp(?-u:\b)[^,]*(?-u:\b)written=(\d+)"));
const REMEDY: &str = "write it with `psql -X -c 'EXPLAIN (ANALYZE, BUFFERS) SELECT …' > plan.txt`";

/// `LOG:  duration: 523.456 ms  plan:`, before a plan in the server's log.
static LOGGED: LazyLock<Regex> = LazyLock::new(|| constant(r"duration: ([\d.]+) ms  plan:\s*$"));
/// A node of `EXPLAIN (COSTS OFF)`, which has no numbers at all.
static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"^\s*(->)?\s*((?:(?:Parallel )?(?:Seq|Index|Index Only|Bitmap Heap|Bitmap Index|Function|Values|CTE|Subquery|Foreign",
        r"|Custom|Tid|WorkTable|Sample) Scan|(?:Incremental )?Sort|(?:Parallel )?Hash|Hash (?:Left |Right |Full |Semi |Anti )?Join",
        r"|Merge (?:Left |Right |Full |Semi |Anti )?Join|Nested Loop(?: (?:Left|Semi|Anti) Join)?|(?:Partial |Finalize )?",
        r"(?:Hash|Group|Mixed)?Aggregate|Group|Limit|Result|Gather(?: Merge)?|(?:Parallel |Merge )?Append|Unique|WindowAgg",
        r"|SetOp|HashSetOp \w+|LockRows|Materialize|Memoize|ProjectSet|BitmapAnd|BitmapOr|Recursive Union",
        r"|(?:Insert|Update|Delete|Merge) on)(?-u:\b)[^:(]*(?:\([A-Za-z ]+\))?[^:(]*)$",
    ))
});

/// The line without the frame that psql may draw, or the quotes in which pgAdmin copies it.
fn unframed(line: &str) -> &str {
    let bars = ['|', '│', '║'];
    let line = line.trim_end();
    if let Some(quoted) = line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return quoted;
    }
    let framed = line.trim_start().starts_with(bars);
    if framed { line.trim().trim_start_matches(bars).trim_end_matches(bars) } else { line }
}

/// So many lines may one line have become in a narrow terminal.
const WRAPPED: usize = 12;

/// The lines of a plan, each with the number of its first, as they were before a terminal wrapped them: the numbers of a
/// node stand in brackets, which are closed on its line.
fn whole<'a>(lines: impl Iterator<Item = &'a str>) -> impl Iterator<Item = (u64, Cow<'a, str>)> {
    let mut lines = (1_u64..).zip(lines).peekable();
    let begins = |line: &str| {
        line.contains("  (cost=") || ["  (", "  (c", "  (co", "  (cos", "  (cost"].iter().any(|cut| line.ends_with(cut))
    };
    let open = |line: &str| line.matches('(').count() > line.matches(')').count();
    std::iter::from_fn(move || {
        let (number, line) = lines.next()?;
        let mut line = Cow::Borrowed(unframed(line));
        if !begins(&line) {
            return Some((number, line));
        }
        for _ in 0..WRAPPED {
            let Some((_, next)) = lines.peek() else { break };
            let actual = next.trim_start().starts_with("(actual ");
            if !open(&line) && !actual {
                break;
            }
            let gap = if actual { " " } else { "" };
            line = Cow::Owned(format!("{line}{gap}{}", next.trim_end_matches('\r')));
            lines.next();
        }
        Some((number, line))
    })
}

fn is_heading(line: &str) -> bool {
    unframed(line).trim() == "QUERY PLAN"
}

/// Whether it is a plan without numbers: its first line stands below the heading and a rule.
fn is_plain<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let mut below = lines
        .skip_while(|line| !is_heading(line))
        .skip(1)
        .map(unframed)
        .skip_while(|line| line.chars().all(|c| matches!(c, '-' | '─' | '═' | '+' | ' ' | '├' | '┤' | '╠' | '╣')));
    below.next().is_some_and(|line| PLAIN.is_match(line) && !line.trim_start().starts_with("->"))
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    if probe.text().starts_with(['{', '[', '<']) {
        return Confidence::No;
    }
    let node = |line: &str| NODE.is_match(line) || BARE.is_match(line);
    // A log may begin with other lines, and the text of a query may be long.
    let logged = probe.head().contains(" ms  plan:") && probe.lines(2000).any(|line| LOGGED.is_match(line));
    let found = whole(probe.lines(if logged { 4000 } else { 40 })).any(|(_, line)| node(&line));
    Confidence::certain_if(found || is_plain(probe.lines(10)))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\r', '\n']);
        if body.contains('\'') {
            add_literals(body, start, false, true, secrets);
        }
        start += line.len();
    }
}

/// A node whose following lines are still to be read.
struct Node {
    kind: String,
    scanned: Option<String>,
    rows: f64,
    loops: f64,
    is_root: bool,
    /// It sorted on disk, in one process or in several.
    spilled: bool,
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut plans: Vec<Plan> = Vec::new();
    let mut node: Option<Node> = None;
    let json = input.text.trim_start().starts_with(['{', '[', '<']);
    let plain = is_plain(input.text.lines().take(10));
    let mut duration = None::<f64>;
    for (number, line) in whole(input.text.lines()).filter(|_| !json) {
        if number.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        let line = &*line;
        if let Some(found) = LOGGED.captures(line) {
            duration = found[1].parse().ok();
            continue;
        }
        let costed = NODE.captures(line);
        let bare = BARE.captures(line);
        let unmeasured = if plain && costed.is_none() && bare.is_none() { PLAIN.captures(line) } else { None };
        if costed.is_some() || bare.is_some() || unmeasured.is_some() {
            let read = |group: Option<regex::Match<'_>>| group.and_then(|found| found.as_str().parse::<f64>().ok());
            // The end of the topmost node is that of the whole; only the summary below tells the time of all.
            let (arrow, kind, cost, planned, actual, loops, never) = match (&costed, &bare, &unmeasured) {
                (Some(c), ..) => (
                    c.get(1),
                    c.get(2),
                    read(c.get(3)),
                    read(c.get(4)),
                    read(c.get(6)),
                    read(c.get(7)),
                    c.get(8).is_some(),
                ),
                (_, Some(c), _) => (c.get(1), c.get(2), None, None, read(c.get(4)), read(c.get(5)), false),
                (.., Some(c)) => (c.get(1), c.get(2), None, None, None, None, false),
                (None, None, None) => continue,
            };
            let kind = kind.map_or("", |kind| kind.as_str());
            let is_root = arrow.is_none();
            settle(plans.last_mut(), node.take());
            if is_root || plans.is_empty() {
                plans.push(Plan {
                    at: format!("line {number}"),
                    top: kind.to_owned(),
                    cost,
                    analyzed: actual.is_some() || never,
                    execution: duration.take(),
                    spills: Some(Vec::new()),
                    ..Plan::default()
                });
            }
            let Some(plan) = plans.last_mut() else { continue };
            plan.nodes += 1;
            match (planned, actual) {
                _ if never || loops == Some(0.0) => plan.skipped(),
                (Some(planned), Some(actual)) => plan.compare(planned, actual),
                _ => {}
            }
            let (name, rest) = kind.split_once(" on ").unwrap_or((kind, ""));
            let scanned = name.ends_with("Seq Scan").then(|| rest.split(' ').next().unwrap_or_default().to_owned());
            plan.scans.extend(scanned.clone());
            node = Some(Node {
                kind: name.to_owned(),
                scanned,
                rows: actual.unwrap_or(0.0),
                loops: loops.unwrap_or(1.0),
                is_root,
                spilled: false,
            });
            continue;
        }
        let (Some(plan), Some(below)) = (plans.last_mut(), node.as_mut()) else { continue };
        let number = |found: Option<regex::Captures<'_>>, group: usize| {
            found.and_then(|found| found.get(group)?.as_str().parse::<f64>().ok())
        };
        if let Some(removed) = number(REMOVED.captures(line), 1) {
            below.rows += removed;
        } else if let Some(written) = number(TEMP.captures(line), 1).filter(|_| below.is_root) {
            plan.temp_written = Some(written);
        } else if line.contains("Sort Method: external") {
            if !std::mem::replace(&mut below.spilled, true) {
                plan.spills.get_or_insert_default().push(below.kind.clone());
            }
        } else if let Some(found) = TIME.captures(line) {
            let millis = found[2].parse().ok();
            match found[1].to_ascii_lowercase().starts_with("planning") {
                true => plan.planning = millis,
                false => plan.execution = millis,
            }
        }
    }
    settle(plans.last_mut(), node);
    if plans.is_empty() {
        return Err(Refusal::not(FORMAT.title, "no node with `(cost=…)` or `(actual …)` in it", REMEDY));
    }
    plan::number(&mut plans);
    let mut import = Import::of(FORMAT.tool);
    for plan in &plans {
        plan.emit(&mut import);
    }
    Ok(import)
}

/// Judges a node once all of its lines are read: rows that a filter removed were read too.
fn settle(plan: Option<&mut Plan>, node: Option<Node>) {
    if let (Some(plan), Some(Node { scanned: Some(table), rows, loops, .. })) = (plan, node)
        && rows * loops > LARGE
    {
        plan.large.push(table);
    }
}
