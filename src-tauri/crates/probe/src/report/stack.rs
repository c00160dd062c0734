//! The technology stack: what manifests name, and what of it is past the end of its support.

use super::{Measurements, placed};
use crate::facts::TechnologyRow;
use crate::notes::Notes;
use crate::options::{Options, Support};
use std::collections::BTreeSet;

/// Puts what is behind, and gives the rows of the table.
pub(super) fn put(notes: &[Notes], options: &Options, out: &mut Measurements) -> Vec<TechnologyRow> {
    let mut rows: Vec<TechnologyRow> = Vec::new();
    let mut dated: BTreeSet<String> = BTreeSet::new();
    let mut behind: Vec<(String, String, String)> = Vec::new();
    for notes in notes.iter().filter(|notes| notes.product) {
        for technology in &notes.technologies {
            let place = format!("{}:{}", notes.path, technology.line);
            let known = rows.iter().any(|row| {
                row.component == technology.component
                    && row.name == technology.name
                    && row.version == technology.version
            });
            if known {
                continue;
            }
            let written = format!("{} {}", technology.name, technology.version);
            let support = if technology.version.is_empty() { None } else { (options.support)(&written, options.today) };
            if support.is_some() {
                dated.insert(written.clone());
            }
            let ended = match support {
                Some(Support::Ended(Some(day))) => format!("support ended on {day}"),
                Some(Support::Ended(None)) => "support has ended".to_owned(),
                Some(Support::Supported) | None => String::new(),
            };
            if !ended.is_empty() && !behind.iter().any(|(other, ..)| *other == written) {
                behind.push((written, place.clone(), ended.clone()));
            }
            rows.push(TechnologyRow {
                component: technology.component.to_owned(),
                name: technology.name.clone(),
                version: technology.version.clone(),
                place,
                behind: ended,
            });
        }
    }
    languages(notes, &mut rows);
    for (component, key) in [("CI", "code.ci"), ("Interface", "code.openapi")] {
        for found in placed(notes, key) {
            if !rows.iter().any(|row| row.component == component && row.name == found.sight.text) {
                rows.push(TechnologyRow {
                    component: component.to_owned(),
                    name: found.sight.text.clone(),
                    version: String::new(),
                    place: found.at(),
                    behind: String::new(),
                });
            }
        }
    }
    rows.sort();
    if !dated.is_empty() {
        out.count(
            "code.dependencies.dated",
            dated.len(),
            String::new(),
            dated.iter().cloned().collect::<Vec<_>>().join(", "),
        );
        let text = behind.iter().map(|(name, _, ended)| format!("{name} ({ended})")).collect::<Vec<_>>().join(", ");
        out.count(
            "code.dependencies.behind",
            behind.len(),
            behind.first().map(|(_, place, _)| place.clone()).unwrap_or_default(),
            text,
        );
        for (name, place, ended) in behind {
            out.put("code.dependencies.behind", 1.0, &name, place, ended);
        }
    }
    rows
}

/// Languages that no manifest gives a version of.
fn languages(notes: &[Notes], rows: &mut Vec<TechnologyRow>) {
    for notes in notes.iter().filter(|notes| notes.product && notes.program && notes.lines > 0) {
        if !rows.iter().any(|row| row.component == "Language" && row.name == notes.language) {
            rows.push(TechnologyRow {
                component: "Language".to_owned(),
                name: notes.language.to_owned(),
                version: String::new(),
                place: format!("{}:1", notes.path),
                behind: String::new(),
            });
        }
    }
}
