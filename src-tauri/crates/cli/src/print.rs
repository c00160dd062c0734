//! Answers for people's eyes; one line a thing, aligned, without colour codes, so that they pipe well.

use std::borrow::Cow;
use std::io::{ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use groma_app::verbs::{
    AnswersReply, CheckReply, DiagramsReply, FileReport, Outcome, ReportReply, RetestReply, ScoreReply, VerifyReply,
};
use groma_app::{AppError, Diagnostic, Entry, Timestamp, Weight};
use serde::Serialize;
use serde_json::{Value, json};

use crate::tables;

/// Set once standard output does not take what is printed.
static LOST: AtomicBool = AtomicBool::new(false);
/// Set once nobody reads standard output any more, which is no failure: `groma list … | head`.
static CLOSED: AtomicBool = AtomicBool::new(false);

/// Whether an answer could not be printed.
pub fn is_lost() -> bool {
    LOST.load(Ordering::Relaxed)
}

/// Client text without what a terminal would obey (escape sequences, changes of direction) or a line break.
fn harmless(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| {
        c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if obeyed(c) { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

fn printed(done: std::io::Result<()>) {
    if let Err(error) = done {
        if error.kind() == ErrorKind::BrokenPipe {
            CLOSED.store(true, Ordering::Relaxed);
        } else if !LOST.swap(true, Ordering::Relaxed) {
            note(&format!("groma: standard output cannot be written: {error}"));
        }
    }
}

/// A line on standard output.
pub fn line(text: &str) {
    if !CLOSED.load(Ordering::Relaxed) {
        printed(writeln!(std::io::stdout().lock(), "{}", harmless(text)));
    }
}

/// A line on standard error.
pub fn note(text: &str) {
    // Nothing is left to tell it to.
    let _ = writeln!(std::io::stderr().lock(), "{}", harmless(text));
}

/// One JSON document on standard output.
///
/// # Errors
/// When the answer is no JSON, which is a fault of the program.
pub fn json(reply: &impl Serialize) -> Result<(), AppError> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match serde_json::to_writer_pretty(&mut out, reply) {
        Ok(()) => printed(writeln!(out).and_then(|()| out.flush())),
        Err(error) if error.is_io() => printed(Err(error.into())),
        Err(error) => return Err(AppError::failed(format!("the answer is not JSON: {error}"))),
    }
    Ok(())
}

/// An error on standard error, and as JSON on standard output where JSON was asked for.
pub fn error(error: &AppError, as_json: bool) {
    if as_json {
        let _ = json(&json!({"error": error}));
    }
    note(&format!("groma: {}", error.message));
    if let Some(hint) = &error.hint {
        note(&format!("  {hint}"));
    }
}

pub fn diagnostics(all: &[Diagnostic]) {
    for diagnostic in all {
        let place = diagnostic.line.map(|line| format!(" line {line}:")).unwrap_or_default();
        note(&format!("  {}:{place} {}", diagnostic.level, diagnostic.message));
    }
}

/// One line a file: what it is, or why it was not read.
pub fn files(files: &[FileReport], keeping: bool) {
    for file in files {
        let tool = file.tool.as_deref().unwrap_or("?");
        match file.outcome {
            Outcome::Imported if keeping && !file.reason.is_empty() => line(&format!("{}: {}", file.path, file.reason)),
            Outcome::Imported => line(&format!(
                "{}: {} ({tool}), {} measurements, {} issues in {} groups",
                file.path,
                file.format.as_deref().unwrap_or("?"),
                file.measurements.len(),
                file.issues.raw,
                file.issues.groups
            )),
            Outcome::Refused => line(&format!("{}: refused: {} — {}", file.path, file.reason, file.remedy)),
            Outcome::Ambiguous => line(&format!("{}: ambiguous: {} — {}", file.path, file.reason, file.remedy)),
        }
        if let Some(earlier) = &file.replaces {
            line(&format!("  a newer state of {earlier}; `groma retest` compares the two"));
        }
        if let Some(shape) = &file.table {
            tables::columns(shape);
        }
        diagnostics(&file.diagnostics);
    }
    if files.iter().any(|file| file.table.is_some()) {
        note(
            "`groma inspect TABLE.csv --guess MAPPING.json` writes what a table's columns seem to mean; correct it, try it",
        );
        note("with `inspect --mapping`, and read the table by it with `import --mapping`");
    }
    if files.iter().any(|file| file.outcome != Outcome::Imported) {
        note("`groma formats` lists what can be read; `--as FORMAT` says which format a file is");
    }
}

pub fn answers(reply: &AnswersReply) {
    let mut section = "";
    for row in &reply.answers {
        if row.section_title != section {
            section = &row.section_title;
            line("");
            line(section);
        }
        let proposal =
            row.proposal.as_ref().map(|p| format!("  [proposed {}: {}]", p.verdict, p.reason)).unwrap_or_default();
        line(&format!("  {:<10} {:<15} {}{proposal}", row.check, row.verdict.as_str(), row.title));
    }
}

/// Pairs with what differs, then what is proposed with both values.
pub fn retest(reply: &RetestReply) {
    if reply.pairs.is_empty() {
        line("Nothing was measured again: import a newer file of the same tool");
        return;
    }
    let day = |at: Option<Timestamp>| at.map_or("?".to_owned(), |at| at.strftime("%Y-%m-%d").to_string());
    for pair in &reply.pairs {
        let (from, to) = (day(pair.earlier_at), day(pair.newer_at));
        line(&format!("{} ({from}) → {} ({to}), {}", pair.earlier_name, pair.newer_name, pair.tool));
        let (issues, values) = (pair.issues, pair.measurements);
        if issues.new + issues.unchanged + issues.gone > 0 {
            line(&format!(
                "  issues        {:>5} new {:>5} unchanged {:>5} gone",
                issues.new, issues.unchanged, issues.gone
            ));
        }
        line(&format!(
            "  measurements  {:>5} better {:>5} worse {:>5} same {:>5} changed {:>5} new {:>5} gone",
            values.better, values.worse, values.same, values.changed, values.new, values.gone
        ));
        line(&format!("  thresholds    {:>5} now met {:>5} now missed", values.mended, values.broken));
    }
    for proposal in &reply.proposals {
        let outcome = match proposal.outcome.as_str() {
            "open" => "still so".to_owned(),
            word => word.replace('_', " "),
        };
        let decided = proposal.decided.map(|decided| format!("  [{decided}]")).unwrap_or_default();
        line("");
        line(&format!("F-{:03}  {outcome}{decided}  {}", proposal.number, proposal.title));
        for one in &proposal.values {
            let value = &one.value;
            let text = |number: f64, text: &str| {
                match value.unit.as_str() {
                    // Of what was counted the number tells; the names before and after would hide it.
                    "count" => number.to_string(),
                    unit if text.is_empty() => format!("{number} {unit}"),
                    _ => text.to_owned(),
                }
            };
            let what = format!("{} {}", value.metric, value.subject);
            line(&format!(
                "    {}: was {}, now {}",
                what.trim(),
                text(value.was, &value.was_text),
                text(value.now, &value.now_text)
            ));
        }
        for missing in &proposal.missing {
            line(&format!("    {missing}: not measured again"));
        }
    }
}

pub fn score(reply: &ScoreReply) {
    match &reply.health {
        None => line("Health: the engagement uses no checklist"),
        Some(health) => {
            let percent = health.percent.map_or("unknown".to_owned(), |percent| format!("{percent:.1} %"));
            let band = health.band.as_deref().unwrap_or("-").replace('_', " ");
            line(&format!(
                "Health: {percent} ({} of {} applicable checks pass), {band}; {} of {} assessed",
                health.passed, health.total, health.assessed, health.total
            ));
            for section in &health.sections {
                line(&format!(
                    "  {:>2}. {:<28} {:>2} of {:>2} pass, {:>2} fail, {:>2} improve, {:>2} not assessed, {:>2} not applicable",
                    section.id,
                    section.title,
                    section.passed,
                    section.total,
                    section.failed,
                    section.improve,
                    section.not_assessed,
                    section.not_applicable
                ));
            }
        }
    }
    match &reply.maturity {
        None => line("Maturity: the engagement uses no maturity pack"),
        Some(maturity) => {
            let mean = maturity.mean.map_or("unknown".to_owned(), |mean| format!("{mean:.1} of 5"));
            let weakest = maturity.weakest.as_ref().map(|area| format!("; weakest: {} at {}", area.title, area.level));
            let known = maturity.areas.iter().filter(|area| area.level.is_some()).count();
            line(&format!(
                "Maturity: {mean}{}; {known} of {} areas assessed",
                weakest.unwrap_or_default(),
                maturity.areas.len()
            ));
            for area in &maturity.areas {
                let level = area.level.map_or("-".to_owned(), |level| level.to_string());
                let target = area.target.map_or("-".to_owned(), |level| level.to_string());
                line(&format!("  {:<40} {level} now, {target} wanted", area.title));
            }
        }
    }
}

pub fn report(reply: &ReportReply) {
    for warning in &reply.warnings {
        note(&format!("warning: {warning}"));
    }
    if let Some(folder) = &reply.ejected {
        line(&format!("cd {} && {}", quoted(&folder.display().to_string()), reply.command));
    }
    if let Some(path) = &reply.path {
        line(&format!(
            "{}: {} pages, {} KiB, layout {} ms, PDF {} ms",
            path.display(),
            reply.pages,
            reply.bytes.div_ceil(1024),
            reply.compile_ms,
            reply.export_ms
        ));
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+');
    if !path.is_empty() && !path.starts_with('-') && path.chars().all(plain) {
        return Cow::Borrowed(path);
    }
    Cow::Owned(format!("'{}'", path.replace('\'', r"'\''")))
}

pub fn problems(reply: &CheckReply) {
    for problem in &reply.problems {
        let weight = if problem.weight == Weight::Error { "error" } else { "warning" };
        let field = if problem.field.is_empty() { String::new() } else { format!(" ({})", problem.field) };
        line(&format!("{weight}: {}{field}: {} [{}]", problem.object, problem.message, problem.rule));
    }
    line(&format!("{} errors, {} warnings", reply.errors, reply.warnings));
}

pub fn verified(reply: &VerifyReply) {
    for problem in &reply.problems {
        line(&format!("error: {problem}"));
    }
    let state = if reply.sound { "sound" } else { "not sound" };
    line(&format!("{state}: {} objects, {} stored files with their hashes", reply.objects, reply.blobs));
}

/// What is in a model, and the pictures that were written.
pub fn diagrams(reply: &DiagramsReply) {
    let figures = reply.summary.as_object().into_iter().flatten();
    for (name, value) in figures.filter(|(_, value)| value.as_u64().is_some_and(|count| count > 0)) {
        line(&format!("{:>6}  {}", value.to_string(), words(name)));
    }
    for view in reply.summary["views"].as_array().into_iter().flatten() {
        let text = |field: &str| view[field].as_str().unwrap_or_default().to_owned();
        line(&format!(
            "{:<30} {:<22} {:>4} elements {:>4} relationships",
            text("key"),
            words(&text("type")),
            view["elements"],
            view["relationships"]
        ));
    }
    for picture in &reply.pictures {
        line(&picture.path.display().to_string());
        for warning in &picture.warnings {
            note(&format!("{}: {warning}", picture.view));
        }
    }
    for remark in &reply.remarks {
        let place = match (remark.file.as_str(), remark.line) {
            ("", 0) => String::new(),
            ("", line) => format!("line {line}: "),
            (file, 0) => format!("{file}: "),
            (file, line) => format!("{file}:{line}: "),
        };
        note(&format!("{}: {place}{}", remark.level, remark.message));
    }
}

/// `softwareSystems` as `software systems`.
fn words(name: &str) -> String {
    let split = name.chars().flat_map(|c| if c.is_uppercase() { vec![' ', c.to_ascii_lowercase()] } else { vec![c] });
    split.collect()
}

/// Id, what it is, what it says beside.
pub fn rows(rows: &[Entry]) {
    let width = rows.iter().map(|row| row.id.chars().count()).max().unwrap_or_default();
    for row in rows {
        line(format!("{:<width$}  {}  {}", row.id, row.title, row.detail).trim_end());
    }
}

/// One line an object: number or id, then what names it.
pub fn objects<T: Serialize>(objects: &[T]) {
    for object in objects {
        let Ok(Value::Object(fields)) = serde_json::to_value(object) else { continue };
        let text = |key: &str| fields.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        let number = fields.get("number").and_then(Value::as_u64).map(|number| number.to_string());
        let key = number.as_deref().or(text("key")).or(text("id")).unwrap_or("-");
        let mut line_of = key.to_owned();
        for field in [
            "severity", "verdict", "metric", "value", "unit", "subject", "check", "area", "level", "title", "name",
            "scenario", "target", "fte", "rule", "location",
        ] {
            let shown = match fields.get(field) {
                Some(Value::String(text)) if !text.is_empty() => text.lines().next().unwrap_or_default().to_owned(),
                Some(Value::Number(number)) => number.to_string(),
                _ => continue,
            };
            line_of.push_str("  ");
            line_of.push_str(&shown);
        }
        line(&line_of);
    }
}
