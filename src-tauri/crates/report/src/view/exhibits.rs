//! The exhibits: what the appendix prints of files that prove something by themselves.

use std::collections::BTreeMap;

use groma_model::{EvidenceTarget, Exhibit, ExhibitKind, Id, Kind};
use serde_json::{Value, json};

use super::Source;
use crate::exhibits::{page_path, text};

/// The exhibits that this report shows or carries, with their numbers.
pub(crate) fn numbered(all: &[Exhibit]) -> impl Iterator<Item = (usize, &Exhibit)> {
    all.iter().filter(|exhibit| exhibit.printed || exhibit.attached).enumerate().map(|(at, exhibit)| (at + 1, exhibit))
}

pub(super) fn view(source: &Source<'_>) -> Value {
    let mut cited: BTreeMap<Id, Vec<u32>> = BTreeMap::new();
    for link in source.contents.evidence_links.iter().filter(|link| link.target_kind == EvidenceTarget::Exhibit) {
        if let (Ok(id), Some(number)) = (link.target.parse::<Id>(), source.index.findings.get(&link.finding)) {
            cited.entry(id).or_default().push(*number);
        }
    }
    cited.values_mut().for_each(|numbers| {
        numbers.sort_unstable();
        numbers.dedup();
    });
    let all: Vec<Value> = numbered(&source.contents.exhibits)
        .map(|(number, exhibit)| one(source, number, exhibit, cited.get(&exhibit.id).map_or(&[], Vec::as_slice)))
        .collect();
    json!({ "exhibits": all })
}

fn one(source: &Source<'_>, number: usize, exhibit: &Exhibit, cited: &[u32]) -> Value {
    let file = source.exhibits.get(&exhibit.id);
    let pages: Vec<Value> = file
        .filter(|_| exhibit.printed)
        .into_iter()
        .flat_map(|file| &file.pages)
        .map(|page| {
            json!({
                "number": page.number, "path": page_path(exhibit, page),
                "page": if page.svg.is_some() { Value::Null } else { json!(page.number) },
                "width": page.width, "height": page.height,
            })
        })
        .collect();
    let shown = match file.filter(|_| exhibit.printed && !exhibit.is_document()) {
        Some(file) => {
            let mut shown = text(exhibit, file);
            figures(source, &mut shown["plan"]);
            shown
        }
        None => Value::Null,
    };
    let title = if exhibit.title.trim().is_empty() { &exhibit.name } else { &exhibit.title };
    json!({
        "n": number, "title": title,
        "kind": if exhibit.is_document() { ExhibitKind::Pages } else { exhibit.kind }, "name": exhibit.name, "sha256": exhibit.sha256,
        "bytes_text": source.locale.bytes(exhibit.bytes), "of": exhibit.length, "masked": exhibit.masked,
        "artifact": exhibit.artifact.and_then(|id| source.index.artifacts.get(&id)),
        "note": source.prose.field(Kind::Exhibit, exhibit.id, &number.to_string(), "note", &exhibit.note),
        "alt": exhibit.alt, "printed": exhibit.printed, "attached": exhibit.attached && source.takes_attachments,
        "missing": file.is_none(), "pages": pages, "text": shown, "cited_by": cited,
    })
}

/// Adds to a plan's numbers how the report's language writes them.
fn figures(source: &Source<'_>, plan: &mut Value) {
    let locale = source.locale;
    for step in plan.get_mut("steps").and_then(Value::as_array_mut).into_iter().flatten() {
        for (name, decimals) in [("rows_estimated", 0), ("rows", 0), ("loops", 0), ("cost", 0), ("total_ms", 1)] {
            let text = step[name].as_f64().map(|value| locale.number(value, decimals)).unwrap_or_default();
            step[format!("{name}_text")] = json!(text);
        }
        let text = step["own_share"].as_f64().map(|share| locale.percent(share * 100.0, 0)).unwrap_or_default();
        step["own_share_text"] = json!(text);
    }
}
