//! The exhibits: what is chosen of them is there, pages have words for who cannot see them, the PDF may carry them.

use groma_model::{Kind, chosen};
use groma_report::MOST_LINES;
use serde_json::json;

use super::{Problems, Subject, Values, values};

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let contents = subject.contents;
    for exhibit in &contents.exhibits {
        let title = if exhibit.title.trim().is_empty() { &exhibit.name } else { &exhibit.title };
        let mut at = problems.at(Kind::Exhibit, exhibit.id, format!("exhibit \"{title}\""));
        if exhibit.title.trim().is_empty() {
            at.warning("exhibit.title", "title", Values::new());
        }
        let chosen_lines = chosen(&exhibit.range, exhibit.length);
        for (field, wrong) in
            [("range", chosen_lines.as_ref().err().cloned()), ("marked", chosen(&exhibit.marked, exhibit.length).err())]
        {
            if let Some(part) = wrong {
                at.error("exhibit.range", field, values([("part", json!(part)), ("most", json!(exhibit.length))]));
            }
        }
        if exhibit.printed && exhibit.is_document() && exhibit.alt.trim().is_empty() {
            at.warning("exhibit.alt", "alt", Values::new());
        }
        let lines = chosen_lines.map_or(0, |lines| lines.len());
        if exhibit.printed && !exhibit.is_document() && lines > MOST_LINES {
            at.warning("exhibit.long", "range", values([("lines", json!(lines)), ("most", json!(MOST_LINES))]));
        }
        let standard = contents.engagement.standard;
        if exhibit.attached && !standard.takes_attachments() {
            at.error("exhibit.attached", "attached", values([("standard", json!(standard.as_str()))]));
        }
        if !exhibit.printed && !exhibit.attached {
            at.warning("exhibit.unused", "printed", Values::new());
        }
    }
}
