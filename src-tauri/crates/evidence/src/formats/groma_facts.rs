//! Facts of the program's own probes.

use groma_model::{Issue, Severity};
use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::count_results,
    facts::read_facts,
    formats::no_secrets,
    json,
    sarif::made_fingerprint,
    severity::{Mapper, Severities, Words},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "groma-facts",
    title: "Groma, facts of a probe",
    tool: "Groma",
    note: "Measurements and issues as the probe wrote them. Rows for tables and the fit of packs stay in the file, for those \
           who fill tables and choose packs. Held to the letter: a field that is unknown or wrong refuses the file.",
    metrics: &["*"],
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities: the words of our own scale, held to the letter.
const WORDS: Words = &[
    ("critical", Severity::Critical),
    ("high", Severity::High),
    ("medium", Severity::Medium),
    ("low", Severity::Low),
    ("info", Severity::Info),
];

/// So many faults are told in full.
const TOLD: usize = 20;

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.is_object() && probe.has("groma_facts"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let root: Value = json::parse(input.text)?;
    if root.get("groma_facts").is_none() {
        let remedy = "write it with `groma probe code FOLDER` or with a script of the kit";
        return Err(Refusal::not(FORMAT.title, "no `groma_facts` in it", remedy));
    }
    let facts = read_facts(&root).map_err(|faults| {
        let more = match faults.len().saturating_sub(TOLD) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        Refusal::new(
            format!("the probe wrote what is not understood: {}{more}", faults[..faults.len().min(TOLD)].join("; ")),
            "run the probe of this program's own version again; if you wrote the file yourself, correct these places",
        )
    })?;
    let mut import = Import::of(facts.tool);
    import.tool_version = facts.tool_version;
    import.captured_at = facts.captured_at;
    import.subject = facts.subject;
    import.measurements = facts.measurements;
    let mut mapper = Mapper::new(&import.tool, WORDS, input);
    let rated = |issue: Issue| {
        let (severity, severity_origin) = mapper.map(&issue.native_severity);
        Issue { severity, severity_origin, fingerprint: made_fingerprint(&issue), ..issue }
    };
    import.issues = facts.issues.into_iter().map(rated).collect();
    if root.get("issues").is_some_and(Value::is_array) {
        count_results(&mut import, "/issues");
    }
    if !facts.tables.is_empty() {
        let ids: Vec<&str> = facts.tables.iter().map(|table| &*table.id).collect();
        let rows: usize = facts.tables.iter().map(|table| table.rows.len()).sum();
        import.note(None, format!("{rows} rows for tables: {}", ids.join(", ")));
    }
    for pack in &facts.packs {
        let fits = if pack.applies { "fits" } else { "does not fit" };
        let because = if pack.because.is_empty() { String::new() } else { format!(": {}", pack.because.join(", ")) };
        import.note(None, format!("the pack {} {fits}{because}", pack.pack));
    }
    if import.measurements.is_empty() && import.issues.is_empty() && facts.tables.is_empty() && facts.packs.is_empty() {
        import.error(None, "the probe wrote no fact at all");
    }
    Ok(import)
}
