//! What answers each check of a pack, as a document for people.

use crate::{Aggregation, Check, Combine, Comparator, EvidenceKind, Miss, Pack, Proves, Rule, unit};

/// Lists for every check which metrics answer it, from which kinds of evidence, what they can prove and how several
/// measurements go together; and the checks that only a person answers, with the reason. Markdown.
#[must_use]
pub fn answered(pack: &Pack) -> String {
    let checks: Vec<&Check> = pack.checks().map(|(_, _, check)| check).collect();
    let (by_rule, by_person): (Vec<&Check>, Vec<&Check>) =
        checks.iter().partition(|check| !check.threshold.rules.is_empty());
    let passing =
        by_rule.iter().filter(|check| check.threshold.rules.iter().any(|rule| may(rule, Proves::Pass))).count();
    let mut out = format!(
        "# What answers the checks of *{}* {}\n\n\
         Written from `{}.toml` by `GROMA_ACCEPT=1 cargo test -p groma-pack --test answered`; do not edit.\n\n\
         {} of {} checks are answered by rules over metrics, {passing} of them up to a pass; {} only by a person. Every \
         answer is a proposal: a person confirms it.\n\n\
         Rules of one kind of evidence go together as the check says. Of several kinds, what was *measured* counts more \
         than what is *configured*, and that more than what is seen in the *code*; a mere sign of a fault does not hide \
         that a weaker kind proves one. Values are never averaged; what another source says against the deciding one is \
         told and flagged.\n\n## By rule\n",
        pack.title,
        pack.version,
        pack.id,
        by_rule.len(),
        checks.len(),
        by_person.len(),
    );
    for check in &by_rule {
        out.push_str(&format!("\n### {} {}\n\n", check.id, check.title));
        if check.threshold.combine == Combine::Any {
            out.push_str("One rule that holds is enough.\n\n");
        }
        out.push_str("| Kind | Metric | Holds when | Can prove | Several |\n|---|---|---|---|---|\n");
        for kind in [EvidenceKind::Measured, EvidenceKind::Configured, EvidenceKind::Code] {
            for rule in check.threshold.rules.iter().filter(|rule| rule.kind == kind) {
                let cells =
                    [metrics(rule), wanted(rule), proves(rule), over(rule)].map(|cell| cell.replace('|', "\\|"));
                out.push_str(&format!("| {kind} | {} |\n", cells.join(" | ")));
            }
        }
        beside(check, &mut out);
    }
    out.push_str("\n## By a person\n\n");
    for check in &by_person {
        out.push_str(&format!("- **{} {}.** {}", check.id, check.title, check.person));
        if !check.threshold.facts.is_empty() {
            let facts: Vec<String> = check.threshold.facts.iter().map(|fact| format!("`{}`", fact.metric)).collect();
            out.push_str(&format!(" Told beside it: {}.", facts.join(", ")));
        }
        out.push('\n');
    }
    out
}

fn beside(check: &Check, out: &mut String) {
    let facts: Vec<String> = check.threshold.facts.iter().map(|fact| format!("`{}`", fact.metric)).collect();
    let mut formats: Vec<&str> = check.commands.iter().map(|command| command.yields.as_str()).collect();
    formats.retain(|format| !format.is_empty());
    formats.sort_unstable();
    formats.dedup();
    let mut lines = Vec::new();
    if !facts.is_empty() {
        lines.push(format!("Told beside it, deciding nothing: {}.", facts.join(", ")));
    }
    if !formats.is_empty() {
        let formats: Vec<String> = formats.into_iter().map(|format| format!("`{format}`")).collect();
        lines.push(format!("The check's commands yield: {}.", formats.join(", ")));
    }
    if !lines.is_empty() {
        out.push_str(&format!("\n{}\n", lines.join(" ")));
    }
}

fn may(rule: &Rule, verdict: Proves) -> bool {
    rule.proves.is_empty() || rule.proves.contains(&verdict)
}

fn metrics(rule: &Rule) -> String {
    let mut names: Vec<String> =
        std::iter::once(&rule.metric).chain(&rule.also).map(|metric| format!("`{metric}`")).collect();
    if let Some(bounds) = &rule.bounds {
        names.push(format!("bounds from `{}`, `{}`, `{}`", bounds.mean, bounds.stddev, bounds.max));
    }
    let mut text = names.join(" or ");
    for metric in &rule.per {
        text.push_str(&format!(" ÷ `{metric}`"));
    }
    if !rule.subjects.is_empty() {
        text.push_str(&format!(" of {}", rule.subjects.join(", ")));
    }
    text
}

fn wanted(rule: &Rule) -> String {
    let mut text = match rule.op {
        Comparator::OneOf | Comparator::NoneOf => {
            format!("{} {}", rule.op.as_str().replace('_', " "), rule.values.join(", "))
        }
        op if rule.unit == "bool" => {
            let holds = (rule.value != 0.0) == (op == Comparator::Equal);
            if holds { "yes" } else { "no" }.to_owned()
        }
        op => format!("{} {}", op.as_str(), unit::show(rule.value, &rule.unit)),
    };
    let conditions =
        rule.requires.iter().map(|one| ("judged", one)).chain(rule.pass_requires.iter().map(|one| ("a pass", one)));
    for (what, one) in conditions {
        let value = unit::show(one.value, &one.unit);
        text.push_str(&format!("; {what} only with `{}` {} {value}", one.metric, one.op));
    }
    text
}

fn proves(rule: &Rule) -> String {
    let mut words = Vec::new();
    if may(rule, Proves::Pass) {
        words.push("pass".to_owned());
    }
    let tolerance = match (rule.improve, rule.improve_share) {
        _ if !may(rule, Proves::Improve) => None,
        (Some(improve), _) => Some(format!("improve up to {}", unit::show(improve, &rule.unit))),
        (None, Some(share)) => Some(format!("improve from {} of them", unit::show(share, "ratio"))),
        (None, None) if !rule.improve_values.is_empty() => {
            Some(format!("improve for {}", rule.improve_values.join(", ")))
        }
        (None, None) => None,
    };
    words.extend(tolerance);
    match rule.miss {
        Miss::Improve if may(rule, Proves::Improve) => words.push("improve (a sign)".to_owned()),
        Miss::Fail if may(rule, Proves::Fail) => words.push("fail".to_owned()),
        _ => {}
    }
    if let Some(verdict) = rule.absent.as_ref().and_then(|absent| absent.verdict) {
        words.push(format!("{verdict} by its absence"));
    }
    words.join(", ")
}

fn over(rule: &Rule) -> String {
    match rule.over {
        Aggregation::All => "each alone, one miss decides".to_owned(),
        Aggregation::Any => "one that meets is enough".to_owned(),
        Aggregation::Worst => "the worst".to_owned(),
        Aggregation::Share => format!("{} must meet it", unit::show(rule.min_share, "ratio")),
        Aggregation::Latest => "the latest capture".to_owned(),
    }
}
