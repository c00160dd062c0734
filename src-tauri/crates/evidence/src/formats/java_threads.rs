//! A Java thread dump, as `jstack` and `kill -3` print it.

use std::collections::BTreeMap;

use crate::{Confidence, Format, Import, Input, Probe, Refusal, formats::no_secrets, severity::Severities};

/// The format.
pub const FORMAT: Format = Format {
    id: "java-threads",
    title: "Java thread dump (jstack)",
    tool: "JVM",
    note: "Threads by state at the moment of capture, over all dumps of the file; blocked ones by the lock they wait for. \
           Threads of the virtual machine itself have no state.",
    metrics: &["jvm.threads", "jvm.threads.*", "jvm.deadlocks"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

const STATE: &str = "java.lang.Thread.State: ";

fn is_thread(line: &str) -> bool {
    line.starts_with('"') && line.contains(" tid=0x")
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let titled = probe.lines(20).any(|line| line.contains("Full thread dump"));
    Confidence::certain_if(titled && probe.head().lines().any(is_thread))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let (mut threads, mut dumps, mut deadlocks, mut stateless) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    let mut pools: BTreeMap<String, usize> = BTreeMap::new();
    let mut locks: BTreeMap<&str, usize> = BTreeMap::new();
    let mut open = false;
    for (number, line) in (1_u64..).zip(input.text.lines()) {
        if number.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        let text = line.trim();
        if line.contains("Full thread dump") {
            dumps += 1;
        } else if is_thread(line) {
            stateless += usize::from(open);
            (threads, open) = (threads + 1, true);
            let name = line[1..].split('"').next().unwrap_or_default();
            let pool = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '#', '_', ' ']);
            *pools.entry(pool.to_owned()).or_default() += 1;
        } else if let Some(state) = text.strip_prefix(STATE) {
            open = false;
            *states.entry(state.split_whitespace().next().unwrap_or_default()).or_default() += 1;
        } else if text.starts_with("- waiting to lock <") {
            *locks.entry(text.rsplit("(a ").next().unwrap_or_default().trim_end_matches(')')).or_default() += 1;
        } else if text.starts_with("Found ") && text.contains("deadlock") && text.ends_with(['.', ':']) {
            // `Found 2 deadlocks.` sums up; `Found one Java-level deadlock:` heads each.
            deadlocks += usize::from(text.contains("Java-level deadlock:"));
        }
    }
    stateless += usize::from(open);
    if dumps == 0 || threads == 0 {
        let lacks = "no `Full thread dump` with threads in it";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `jstack PID > threads.txt`"));
    }
    let mut import = Import::of(FORMAT.tool);
    let at = "java.lang.Thread.State";
    import.measure_count("jvm.threads", threads, "", at);
    import.measure_count("jvm.threads.dumps", dumps, "", "Full thread dump");
    import.measure_count("jvm.deadlocks", deadlocks, "", "deadlock");
    for (state, count) in states {
        import.measure_count("jvm.threads.state", count, state, at);
    }
    for (lock, count) in locks {
        import.measure_count("jvm.threads.blocked", count, lock, "waiting to lock");
    }
    let mut pools: Vec<_> = pools.into_iter().filter(|(_, count)| *count > 1).collect();
    pools.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (pool, count) in pools.into_iter().take(20) {
        import.measure_count("jvm.threads.pool", count, &pool, "\"");
    }
    if stateless > 0 {
        import.note(None, format!("{stateless} threads have no state: they are the virtual machine's own"));
    }
    if dumps > 1 {
        import.note(None, format!("{dumps} dumps in the file: the counts are sums over all of them"));
    }
    Ok(import)
}
