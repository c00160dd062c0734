//! lcov's tracefile.

use std::collections::HashMap;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    coverage::{self, Lines},
    dropped::Dropped,
    formats::no_secrets,
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "lcov",
    title: "lcov, tracefile (lcov.info)",
    tool: "lcov",
    note: "DA lines, each line of a file once, and BRDA branches; a branch that was never reached (-) was not taken. LF and \
           LH are only used for files without DA lines, BRF and BRH for files without BRDA lines.",
    metrics: coverage::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn is_lcov(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let first = lines.next().unwrap_or_default();
    first.starts_with("SF:") || first.starts_with("TN:") && lines.next().is_some_and(|line| line.starts_with("SF:"))
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(is_lcov(probe.head()))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if !is_lcov(input.text) {
        let lacks = "it begins neither with `SF:` nor with `TN:` and `SF:`";
        return Err(Refusal::not(FORMAT.title, lacks, "take coverage/lcov.info"));
    }
    let mut import = Import::of(FORMAT.tool);
    let (mut lines, mut odd) = (Lines::default(), Dropped::default());
    let (mut file, mut open, mut own, mut summary, mut more) = (0, false, 0_usize, (0.0, 0.0), (0.0, 0.0));
    // A file may be there once a test: a branch that one of them took was taken.
    let mut branches: HashMap<(usize, &str), bool> = HashMap::new();
    let (mut forked, mut branch_summary, mut more_branches) = (false, (0.0, 0.0), (0.0, 0.0));
    for (number, line) in (1_u64..).zip(input.text.lines()) {
        if number.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        let line = line.trim();
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        let mut cells = value.split(',').map(str::trim);
        match key {
            "SF" => {
                (file, open, own, summary) = (lines.file(value), true, 0, (0.0, 0.0));
                (forked, branch_summary) = (false, (0.0, 0.0));
            }
            "DA" => match (cells.next().and_then(|n| n.parse().ok()), cells.next().and_then(|n| n.parse::<f64>().ok()))
            {
                (Some(number), Some(hits)) => {
                    own += 1;
                    lines.add(file, number, hits > 0.0);
                }
                _ => odd.add(number),
            },
            "BRDA" => {
                forked = true;
                let (branch, hits) = value.rsplit_once(',').unwrap_or((value, ""));
                *branches.entry((file, branch)).or_default() |= !matches!(hits.trim(), "-" | "0" | "");
            }
            "BRF" => branch_summary.0 = value.trim().parse().unwrap_or(0.0),
            "BRH" => branch_summary.1 = value.trim().parse().unwrap_or(0.0),
            "LF" => summary.0 = value.parse().unwrap_or(0.0),
            "LH" => summary.1 = value.parse().unwrap_or(0.0),
            "end_of_record" => {
                open = false;
                if own == 0 {
                    more = (more.0 + summary.0, more.1 + summary.1);
                }
                if !forked {
                    more_branches = (more_branches.0 + branch_summary.0, more_branches.1 + branch_summary.1);
                }
            }
            _ => {}
        }
    }
    odd.tell(&mut import, "DA lines without number and hits");
    if open {
        import.warn(None, "the last file has no `end_of_record`: the tracefile is truncated");
    }
    let (total, covered) = lines.counted();
    coverage::emit(&mut import, "line", total + more.0, covered + more.1, "DA");
    #[allow(clippy::cast_precision_loss)] // counts of branches
    let (forks, taken) = (branches.len() as f64, branches.values().filter(|taken| **taken).count() as f64);
    if forks + more_branches.0 > 0.0 {
        coverage::emit(&mut import, "branch", forks + more_branches.0, taken + more_branches.1, "BRDA");
    }
    import.measure_count("coverage.listed", lines.files(), "file", "SF");
    Ok(import)
}
