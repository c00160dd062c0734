//! The text of a check: `**Title** detail`, `**Title**: A / B / Other: ____`, `**Title**: ____ (Latest: ____)`.

use super::{
    tree::{BLANK, Text},
    words,
};
use crate::{Blank, Check};

/// Longest title of a check that marks none, in characters.
const TITLE_CHARS: usize = 90;

/// Reads a check's text; id and method are left to the caller.
pub(super) fn read(text: &Text) -> Check {
    let plain = text.plain().replace('\n', " ");
    let mut check = Check::default();
    let (title, detail) = match text.lead() {
        Some((lead, rest)) => {
            let colon = lead.ends_with(':');
            let rest = rest.replace('\n', " ");
            (lead.trim_end_matches(':').trim().to_owned(), if colon { format!(":{rest}") } else { rest })
        }
        None => match plain.split_once(": ").filter(|(_, after)| after.contains(BLANK) || after.contains(" / ")) {
            Some((title, after)) => (title.trim().to_owned(), format!(":{after}")),
            None => (shortened(&plain), String::new()),
        },
    };
    let body = detail.strip_prefix(':').map(str::trim);
    if let Some(body) = body.filter(|body| body.contains(" / ")) {
        for part in body.split(" / ").map(str::trim) {
            let named = part.split([':', BLANK]).next().unwrap_or_default().trim();
            if words::has(named, &["other", "andere", "sonstige"]) {
                check.other = true;
            } else if !named.is_empty() {
                check.choices.push(part.trim_end_matches([BLANK, ' ', ':']).to_owned());
            }
        }
    } else if detail.contains(BLANK) {
        let (blanks, more) = blanks(&title, body.unwrap_or(&detail));
        check.blanks = blanks;
        if more {
            check.statement = without_blanks(&plain);
        }
    }
    let lead_is_all = text.lead().is_some() && detail.is_empty();
    if check.choices.is_empty() && check.blanks.is_empty() && plain != title && !lead_is_all {
        check.statement = plain;
    }
    check.title = title;
    check
}

/// The blanks of a text, each named by the words before it and measured in the unit behind it; and whether more text
/// follows the last.
fn blanks(title: &str, text: &str) -> (Vec<Blank>, bool) {
    let mut blanks: Vec<Blank> = Vec::new();
    let mut taken = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(BLANK) {
        let label = rest[..at].trim().trim_matches(['(', ')', ':', ',', ';']).trim();
        let label = if label.is_empty() { title } else { label.rsplit(['(', ',', ';']).next().unwrap_or(label).trim() };
        rest = rest[at..].trim_start_matches(BLANK);
        let unit = unit(rest);
        rest = rest.trim_start().strip_prefix(unit).unwrap_or(rest);
        let aside = rest.trim_start().strip_prefix('(').and_then(|aside| aside.split_once(')'));
        let target = aside.and_then(|(aside, _)| {
            let (word, target) = aside.split_once(':')?;
            words::has(word, &["target", "ziel"]).then(|| target.trim().to_owned())
        });
        if target.is_some() {
            rest = aside.map_or("", |(_, behind)| behind);
        }
        let id = words::unique_slug(label, "blank", &taken);
        taken.push(id.clone());
        let unit = unit.to_owned();
        blanks.push(Blank { id, label: label.to_owned(), unit, target: target.unwrap_or_default() });
    }
    let behind = rest.trim_matches([' ', ')', '.', ',', ';']);
    (blanks, !behind.is_empty())
}

/// The unit behind a blank: one short word or sign that ends the phrase.
fn unit(behind: &str) -> &str {
    let behind = behind.trim_start();
    let end = behind.find([' ', '(', ')', ',', ';', BLANK]).unwrap_or(behind.len());
    let (word, after) = behind.split_at(end);
    let closes = after.trim_start().is_empty() || after.trim_start().starts_with(['(', ')', ',', ';']);
    if closes && word.chars().count() <= 8 { word } else { "" }
}

/// The text with a mark for each blank.
fn without_blanks(text: &str) -> String {
    text.split(BLANK).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("…")
}

/// The text, or as many of its words as make a title.
fn shortened(text: &str) -> String {
    if text.chars().count() <= TITLE_CHARS {
        return text.trim_end_matches('.').to_owned();
    }
    let mut title = String::new();
    for word in text.split_whitespace() {
        if title.chars().count() + word.chars().count() + 2 > TITLE_CHARS {
            break;
        }
        title.push_str(word);
        title.push(' ');
    }
    format!("{}…", title.trim_end_matches([' ', ',', ';', ':']))
}
