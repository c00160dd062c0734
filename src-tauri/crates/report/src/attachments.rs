//! The data that an archival report carries along: tables as CSV, all of them together as JSON.

use groma_model::{Contents, Object};
use serde_json::{Map, Value, json};

use crate::ReportError;
use crate::exhibits::{Exhibits, attached_name};
use crate::view::numbered;

/// A file within the PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub description: Description,
    /// It.
    pub bytes: Vec<u8>,
}

/// What is said of a file within the PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Description {
    /// A key of the labels' words.
    Word(&'static str),
    /// An exhibit's number and title.
    Exhibit(usize, String),
}

impl Attachment {
    /// Its virtual path.
    pub(crate) fn path(&self) -> String {
        format!("/attachments/{}", self.name)
    }
}

/// A table of objects: the columns that are for every reader's eyes.
struct Table {
    name: &'static str,
    description: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Map<String, Value>>,
}

const FINDINGS: &[&str] = &[
    "number",
    "title",
    "kind",
    "area",
    "severity",
    "severity_reason",
    "confidence",
    "likelihood",
    "impact",
    "operation",
    "summary",
    "condition",
    "criteria",
    "cause",
    "consequence",
    "workaround",
    "short_term",
    "long_term",
    "acceptance_test",
    "effort",
    "owner",
    "elements",
    "cwe",
    "cve",
    "references",
    "life",
];
const RISKS: &[&str] =
    &["number", "title", "scenario", "category", "inherent", "current", "residual", "treatment", "owner", "mitigation"];
const INITIATIVES: &[&str] = &[
    "number",
    "title",
    "description",
    "outcome",
    "horizon",
    "impact",
    "effort",
    "confidence_percent",
    "build_cost",
    "run_cost",
    "owner",
];
const MEASUREMENTS: &[&str] = &["metric", "value", "unit", "subject", "at"];

/// What is attached of an engagement: nothing that is private or internal.
///
/// # Errors
/// When a table cannot be written, which is a fault of the program.
pub(crate) fn of(contents: &Contents) -> Result<Vec<Attachment>, ReportError> {
    let tables = [
        Table { name: "findings.csv", description: "findings", columns: FINDINGS, rows: rows(&contents.findings) },
        Table { name: "risks.csv", description: "risks", columns: RISKS, rows: rows(&contents.risks) },
        Table {
            name: "initiatives.csv",
            description: "initiatives",
            columns: INITIATIVES,
            rows: rows(&contents.initiatives),
        },
        Table {
            name: "measurements.csv",
            description: "measurements",
            columns: MEASUREMENTS,
            rows: contents.measurements.iter().filter_map(|one| fields(serde_json::to_value(one))).collect(),
        },
    ];
    let mut attached = Vec::new();
    let mut all = Map::new();
    for Table { name, description, columns, rows } in tables {
        let bytes = csv(columns, &rows).map_err(|reason| ReportError::Data { group: "attachments", reason })?;
        attached.push(Attachment {
            name: name.to_owned(),
            media_type: "text/csv",
            description: Description::Word(description),
            bytes,
        });
        let kept: Vec<Value> = rows
            .into_iter()
            .map(|row| row.into_iter().filter(|(field, _)| columns.contains(&field.as_str())).collect())
            .collect();
        all.insert(description.to_owned(), Value::Array(kept));
    }
    let bytes = serde_json::to_vec_pretty(&json!(all))
        .map_err(|error| ReportError::Data { group: "attachments", reason: error.to_string() })?;
    attached.push(Attachment {
        name: "data.json".to_owned(),
        media_type: "application/json",
        description: Description::Word("all-data"),
        bytes,
    });
    Ok(attached)
}

/// The exhibits that are to be attached, as they are kept.
pub(crate) fn exhibits(contents: &Contents, given: &Exhibits) -> Vec<Attachment> {
    let attached = numbered(&contents.exhibits).filter(|(_, exhibit)| exhibit.attached);
    attached
        .filter_map(|(number, exhibit)| {
            let file = given.get(&exhibit.id)?;
            let title = if exhibit.title.trim().is_empty() { &exhibit.name } else { &exhibit.title };
            Some(Attachment {
                name: attached_name(number, exhibit),
                media_type: if exhibit.is_document() { "application/pdf" } else { "text/plain" },
                description: Description::Exhibit(number, title.clone()),
                bytes: file.bytes.clone(),
            })
        })
        .collect()
}

fn rows<T: Object>(objects: &[T]) -> Vec<Map<String, Value>> {
    objects.iter().filter_map(|object| fields(serde_json::to_value(object))).collect()
}

fn fields(value: Result<Value, serde_json::Error>) -> Option<Map<String, Value>> {
    match value {
        Ok(Value::Object(fields)) => Some(fields),
        _ => None,
    }
}

fn csv(columns: &[&str], rows: &[Map<String, Value>]) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns).map_err(|error| error.to_string())?;
    for row in rows {
        writer.write_record(columns.iter().map(|column| cell(row.get(*column)))).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

/// A value as a cell's text; a spreadsheet must not take a text for a formula.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) if text.starts_with(['=', '+', '-', '@', '\t']) => format!("'{text}"),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) if items.iter().all(Value::is_string) => {
            cell(Some(&Value::String(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "))))
        }
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use groma_model::{Finding, Note};

    use super::*;

    #[test]
    fn what_is_attached_is_for_every_reader() {
        let finding = Finding {
            number: 3,
            title: "=HYPERLINK(\"x\")".into(),
            internal_notes: "secret remark".into(),
            elements: vec!["api".into(), "db".into()],
            ..Finding::default()
        };
        let note = Note { body: "private talk".into(), private: true, ..Note::default() };
        let contents = Contents { findings: vec![finding], notes: vec![note], ..Contents::default() };
        let all = of(&contents).unwrap();
        let text =
            |name: &str| String::from_utf8(all.iter().find(|one| one.name == name).unwrap().bytes.clone()).unwrap();
        assert!(
            text("findings.csv").lines().nth(1).unwrap().starts_with("3,\"'=HYPERLINK"),
            "{}",
            text("findings.csv")
        );
        assert!(text("findings.csv").contains("api; db"));
        for one in &all {
            let text = String::from_utf8_lossy(&one.bytes);
            assert!(!text.contains("secret remark") && !text.contains("private talk"), "{}", one.name);
        }
        let data: Value = serde_json::from_str(&text("data.json")).unwrap();
        assert_eq!(data["findings"][0]["number"], 3);
        // Every column is a field.
        let known = serde_json::to_value(&contents.findings[0]).unwrap();
        assert!(FINDINGS.iter().all(|field| known.get(field).is_some()), "{known}");
        let known = serde_json::to_value(groma_model::Risk::default()).unwrap();
        assert!(RISKS.iter().all(|field| known.get(field).is_some()), "{known}");
        let known = serde_json::to_value(groma_model::Initiative::default()).unwrap();
        assert!(INITIATIVES.iter().all(|field| known.get(field).is_some()), "{known}");
        let known = serde_json::to_value(groma_model::Measurement::default()).unwrap();
        assert!(MEASUREMENTS.iter().all(|field| known.get(field).is_some()), "{known}");
    }
}
