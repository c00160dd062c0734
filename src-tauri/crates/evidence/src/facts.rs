//! What the program's own probes write: measurements, issues, rows for a report's tables, and which packs fit.
//!
//! Such a file is written by programs of ours, so that it is held to the letter: a field that is unknown, missing or of
//! another type is a fault of the probe, and every one of them is told with its place.

use std::collections::BTreeMap;

use groma_model::{Issue, Measurement, Severity, SeverityOrigin, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Metric, json::pointer, metric};

/// The version of the format that is read.
pub const FACTS_VERSION: u64 = 1;
/// More rows than this are no table that a report prints.
const MOST_ROWS: usize = 5_000;

/// Everything a file of facts says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// The probe that wrote it.
    pub tool: String,
    /// Version of the probe, or empty.
    pub tool_version: String,
    /// When it looked.
    pub captured_at: Option<Timestamp>,
    /// What it looked at: a service, a repository, a host; or empty.
    pub subject: String,
    /// What it measured, in the metrics' own units. Ids are nil.
    pub measurements: Vec<Measurement>,
    /// What it found wrong. Ids are nil.
    pub issues: Vec<Issue>,
    /// Rows for tables of a report.
    pub tables: Vec<FactTable>,
    /// Which packs fit what it saw.
    pub packs: Vec<PackFit>,
}

/// Rows for one table of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FactTable {
    /// The table's id in its pack: `technology_stack`.
    pub id: String,
    /// Cells by column. A column that a row does not have is empty in it.
    pub rows: Vec<BTreeMap<String, String>>,
}

/// Whether a pack fits what the probe saw.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PackFit {
    /// The pack's id: `backend-health`.
    pub pack: String,
    /// Whether it applies.
    pub applies: bool,
    /// What speaks for it or against it, in the probe's words: files, dependencies.
    pub because: Vec<String>,
}

/// The facts of a text; `None` when it is no file of facts, or one that importing refuses.
#[must_use]
pub fn facts_of(text: &str) -> Option<Facts> {
    read_facts(&serde_json::from_str(text).ok()?).ok()
}

/// Reads a document.
///
/// # Errors
/// Every fault, each with the JSON pointer to its place, in the order of the document.
pub(crate) fn read_facts(root: &Value) -> Result<Facts, Vec<String>> {
    let mut faults = Faults::default();
    let facts = faults.facts(root);
    if faults.0.is_empty() { Ok(facts) } else { Err(faults.0) }
}

/// An object and where it stands.
struct Object<'v> {
    at: String,
    fields: Option<&'v Map<String, Value>>,
}

impl<'v> Object<'v> {
    fn get(&self, key: &str) -> Option<&'v Value> {
        self.fields?.get(key).filter(|value| !value.is_null())
    }

    fn at(&self, key: &str) -> String {
        format!("{}/{}", self.at, pointer(key))
    }
}

#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn add(&mut self, at: &str, what: impl std::fmt::Display) {
        let at = if at.is_empty() { "/" } else { at };
        self.0.push(format!("`{at}` {what}"));
    }

    /// It as an object that has no fields but these.
    fn object<'v>(&mut self, value: &'v Value, at: String, known: &[&str]) -> Object<'v> {
        let fields = value.as_object();
        if fields.is_none() {
            self.add(&at, "is no object");
        }
        for key in fields.into_iter().flat_map(Map::keys).filter(|key| !known.contains(&key.as_str())) {
            self.add(
                &format!("{at}/{}", pointer(key)),
                format!("is unknown; the fields here are {}", known.join(", ")),
            );
        }
        Object { at, fields }
    }

    fn text(&mut self, object: &Object<'_>, key: &str) -> String {
        match object.get(key) {
            None => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(_) => {
                self.add(&object.at(key), "is no text");
                String::new()
            }
        }
    }

    /// A text that must be there and say something.
    fn word(&mut self, object: &Object<'_>, key: &str) -> String {
        let faults = self.0.len();
        let word = self.text(object, key);
        if word.trim().is_empty() && self.0.len() == faults && object.fields.is_some() {
            self.add(&object.at(key), "is missing or empty");
        }
        word
    }

    fn list<'v>(&mut self, object: &Object<'v>, key: &str) -> &'v [Value] {
        match object.get(key) {
            None => &[],
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.add(&object.at(key), "is no list");
                &[]
            }
        }
    }

    /// A whole number above 0 and up to `most`.
    fn whole(&mut self, value: &Value, at: &str, most: u64) -> Option<u64> {
        let whole = value.as_u64().filter(|number| (1..=most).contains(number));
        if whole.is_none() {
            self.add(at, format!("is no whole number from 1 to {most}"));
        }
        whole
    }

    fn facts(&mut self, root: &Value) -> Facts {
        let known = [
            "groma_facts",
            "tool",
            "tool_version",
            "captured_at",
            "subject",
            "measurements",
            "issues",
            "tables",
            "packs",
        ];
        let root = self.object(root, String::new(), &known);
        match root.get("groma_facts") {
            Some(version) if version.as_u64() == Some(FACTS_VERSION) => {}
            Some(version) => self.add("/groma_facts", format!("is {version}: version {FACTS_VERSION} is read")),
            None => self.add("/groma_facts", "is missing"),
        }
        let captured = self.text(&root, "captured_at");
        let captured_at = captured.parse().ok();
        if captured_at.is_none() && !captured.is_empty() {
            self.add("/captured_at", "is no time such as 2026-11-01T08:00:00Z");
        }
        let (tool, tool_version) = (self.word(&root, "tool"), self.text(&root, "tool_version"));
        let subject = self.text(&root, "subject");
        let place = |key: &str, index: usize| format!("/{key}/{index}");
        let mut facts = Facts { tool, tool_version, captured_at, subject, ..Facts::default() };
        for (index, value) in self.list(&root, "measurements").iter().enumerate() {
            let measured = self.measurement(value, place("measurements", index));
            facts.measurements.extend(measured);
        }
        for (index, value) in self.list(&root, "issues").iter().enumerate() {
            let issue = self.issue(value, place("issues", index));
            facts.issues.extend(issue);
        }
        for (index, value) in self.list(&root, "tables").iter().enumerate() {
            let table = self.table(value, place("tables", index));
            facts.tables.push(table);
        }
        for (index, value) in self.list(&root, "packs").iter().enumerate() {
            let pack = self.pack(value, place("packs", index));
            facts.packs.push(pack);
        }
        facts
    }

    fn measurement(&mut self, value: &Value, at: String) -> Option<Measurement> {
        let object = self.object(value, at, &["metric", "value", "subject", "at", "text"]);
        let name = self.word(&object, "metric");
        let known = metric(&name);
        if known.is_none() && !name.is_empty() {
            self.add(&object.at("metric"), format!("is `{name}`, which is no metric of the vocabulary"));
        }
        let number = object.get("value").and_then(Value::as_f64).filter(|number| number.is_finite());
        match (number, known) {
            (None, _) if object.fields.is_some() => self.add(&object.at("value"), "is no number"),
            (Some(number), Some(metric)) => {
                if let Some(wrong) = out_of_range(metric, number) {
                    self.add(&object.at("value"), format!("is {number}: {wrong}"));
                }
            }
            _ => {}
        }
        let (subject, text) = (self.text(&object, "subject"), self.text(&object, "text"));
        let stated = self.text(&object, "at");
        let (metric, value) = (known?, number?);
        Some(Measurement {
            metric: metric.name.to_owned(),
            value: value + 0.0, // -0 prints as 0
            unit: metric.unit.to_owned(),
            subject,
            at: if stated.is_empty() { object.at } else { stated },
            text,
            ..Measurement::default()
        })
    }

    fn issue(&mut self, value: &Value, at: String) -> Option<Issue> {
        let known = ["rule", "title", "description", "severity", "file", "line", "component", "cwe"];
        let object = self.object(value, at, &known);
        let (rule, title) = (self.word(&object, "rule"), self.word(&object, "title"));
        let (message, file) = (self.text(&object, "description"), self.text(&object, "file"));
        let mut component = self.text(&object, "component");
        let word = self.word(&object, "severity");
        let severity: Option<Severity> = word.parse().ok();
        if severity.is_none() && !word.is_empty() {
            let choices: Vec<&str> = Severity::ALL.iter().map(|severity| severity.as_str()).collect();
            self.add(&object.at("severity"), format!("is `{word}`, not one of {}", choices.join(", ")));
        }
        let line = object.get("line").and_then(|line| self.whole(line, &object.at("line"), u64::from(u32::MAX)));
        let mut cwe = Vec::new();
        for (index, number) in self.list(&object, "cwe").iter().enumerate() {
            let at = format!("{}/{index}", object.at("cwe"));
            cwe.extend(self.whole(number, &at, 99_999).and_then(|number| u32::try_from(number).ok()));
        }
        if component.is_empty() {
            component.clone_from(&file);
        }
        Some(Issue {
            rule,
            title,
            message,
            severity: severity?,
            severity_origin: SeverityOrigin::Tool,
            native_severity: word,
            component,
            location: file,
            line,
            cwe,
            at: object.at,
            ..Issue::default()
        })
    }

    fn table(&mut self, value: &Value, at: String) -> FactTable {
        let object = self.object(value, at, &["id", "rows"]);
        let id = self.word(&object, "id");
        let items = self.list(&object, "rows");
        if items.len() > MOST_ROWS {
            self.add(&object.at("rows"), format!("has {} rows, more than {MOST_ROWS}", items.len()));
        }
        let mut rows = Vec::with_capacity(items.len().min(MOST_ROWS));
        for (index, row) in items.iter().enumerate().take(MOST_ROWS) {
            let at = format!("{}/{index}", object.at("rows"));
            let Value::Object(cells) = row else {
                self.add(&at, "is no object");
                continue;
            };
            let mut read = BTreeMap::new();
            for (column, cell) in cells {
                let text = match cell {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    Value::Number(number) => number.to_string(),
                    Value::Bool(yes) => yes.to_string(),
                    Value::Array(_) | Value::Object(_) => {
                        self.add(&format!("{at}/{}", pointer(column)), "is neither text nor number");
                        continue;
                    }
                };
                read.insert(column.clone(), text);
            }
            rows.push(read);
        }
        FactTable { id, rows }
    }

    fn pack(&mut self, value: &Value, at: String) -> PackFit {
        let object = self.object(value, at, &["pack", "applies", "because"]);
        let pack = self.word(&object, "pack");
        let applies = object.get("applies").and_then(Value::as_bool);
        if applies.is_none() && object.fields.is_some() {
            self.add(&object.at("applies"), "is neither true nor false");
        }
        let mut because = Vec::new();
        for (index, reason) in self.list(&object, "because").iter().enumerate() {
            match reason.as_str() {
                Some(reason) => because.push(reason.to_owned()),
                None => self.add(&format!("{}/{index}", object.at("because")), "is no text"),
            }
        }
        PackFit { pack, applies: applies.unwrap_or_default(), because }
    }
}

/// What is wrong with a value of a metric; `None` when nothing is.
fn out_of_range(metric: &Metric, value: f64) -> Option<&'static str> {
    match metric.unit {
        "bool" if value != 0.0 && value != 1.0 => Some("a metric of yes or no is 1 or 0"),
        "ratio" if !(0.0..=1.0).contains(&value) && !metric.name.ends_with("per_hour") => {
            Some("a ratio lies between 0 and 1")
        }
        "count" | "bytes" if value < 0.0 => Some("it cannot be less than 0"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tables_and_packs_come_back_as_they_were_written() {
        let text = json!({
            "groma_facts": 1, "tool": "groma probe code",
            "tables": [{"id": "technology_stack", "rows": [{"component": "Language", "version": 17, "behind": null}]}],
            "packs": [{"pack": "backend-health", "applies": true, "because": ["pom.xml"]}, {"pack": "frontend", "applies": false}],
        })
        .to_string();
        let facts = facts_of(&text).unwrap();
        let row = [("behind", ""), ("component", "Language"), ("version", "17")];
        let row: BTreeMap<_, _> = row.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
        assert_eq!(facts.tables, [FactTable { id: "technology_stack".into(), rows: vec![row] }]);
        assert_eq!(facts.packs[0].because, ["pom.xml"]);
        assert!(facts.packs[0].applies && !facts.packs[1].applies);
        assert_eq!(facts_of("{}"), None);
        assert_eq!(facts_of("not JSON"), None);
    }

    #[test]
    fn every_fault_is_told_with_its_place() {
        let faults = read_facts(&json!({
            "groma_facts": 2, "tool": "", "captured_at": "yesterday", "mesurements": [],
            "measurements": [
                {"metric": "code.speed", "value": 1}, {"metric": "sast.issues", "value": "3"},
                {"metric": "cache.auth", "value": 2}, {"metric": "cache.hit_ratio", "value": 95}, 7,
            ],
            "issues": [{"rule": "r", "title": "t", "severity": "urgent", "line": 0, "cwe": [89, "x"]}],
            "tables": [{"rows": [{"a": [1]}, "b"]}],
            "packs": [{"pack": "p", "applies": "yes", "because": "x"}],
        }))
        .unwrap_err();
        let places: Vec<&str> = faults.iter().filter_map(|fault| fault.split('`').nth(1)).collect();
        assert_eq!(
            places,
            [
                "/mesurements",
                "/groma_facts",
                "/captured_at",
                "/tool",
                "/measurements/0/metric",
                "/measurements/1/value",
                "/measurements/2/value",
                "/measurements/3/value",
                "/measurements/4",
                "/issues/0/severity",
                "/issues/0/line",
                "/issues/0/cwe/1",
                "/tables/0/id",
                "/tables/0/rows/0/a",
                "/tables/0/rows/1",
                "/packs/0/applies",
                "/packs/0/because",
            ],
            "{faults:#?}"
        );
    }
}
