//! Text into lines.

use super::fonts::Measure;
use super::shape::FontWeight;
use super::words::Syllables;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// A line of text and how wide it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextLine {
    pub text: String,
    pub width: f64,
}

/// How text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub size: f64,
    pub weight: FontWeight,
    /// As wide as a line may be.
    pub width: f64,
    /// As many lines as there may be; what is over ends in an ellipsis.
    pub lines: usize,
    /// Where words may break.
    pub syllables: Syllables,
}

/// Longest text that is looked at: a diagram is no place for more, and hostile files have it.
const LONGEST: usize = 4_000;

/// Text without what does not print, in one line of single spaces.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST));
    for char in text.chars().take(LONGEST) {
        // Overrides of the writing direction would reach beyond the text.
        let unseen =
            matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
        if (char.is_whitespace() && char != '\u{a0}' && char != '\u{202f}') || char.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !unseen {
            out.push(char);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Breaks a text into lines. The second answer: whether something was left out.
pub(crate) fn wrap(measure: &Measure<'_>, text: &str, setting: Setting) -> (Vec<TextLine>, bool) {
    let text = plain(text);
    if text.is_empty() {
        return (Vec::new(), false);
    }
    let mut lines = greedy(measure, &text, setting);
    // Lines of about the same length are quicker to read than a full one and a rest.
    if (2..=5).contains(&lines.len()) && lines.len() <= setting.lines {
        let mut width = setting.width;
        for _ in 0..8 {
            let tighter = width * 0.93;
            let tried = greedy(measure, &text, Setting { width: tighter, ..setting });
            let worse = tried.len() > lines.len() || broken(&tried) > broken(&lines);
            if worse {
                break;
            }
            (lines, width) = (tried, tighter);
        }
    }
    // Each line by itself would be read from where its first letter says.
    if backwards(&text) {
        lines.iter_mut().for_each(|line| line.text.insert(0, RIGHT_TO_LEFT));
    }
    let cut = lines.len() > setting.lines;
    if cut {
        lines.truncate(setting.lines);
        if let Some(last) = lines.last_mut() {
            shorten(measure, last, setting);
        }
    }
    (lines, cut)
}

/// The mark that makes a line one of right-to-left text.
const RIGHT_TO_LEFT: char = '\u{200f}';

/// Whether a text is read from right to left: what its first letter says (UAX 9, P2 and P3).
fn backwards(text: &str) -> bool {
    use unicode_bidi::BidiClass::{AL, L, R};
    let mut strong = text.chars().map(unicode_bidi::bidi_class).filter(|class| matches!(class, L | R | AL));
    strong.next().is_some_and(|class| class != L)
}

/// Widest piece of a text that is not broken if it need not be.
pub(crate) fn widest_word(measure: &Measure<'_>, text: &str, size: f64, weight: FontWeight) -> f64 {
    let text = plain(text);
    pieces(&text).iter().map(|piece| measure.width(piece.trim_end(), size, weight)).fold(0.0, f64::max)
}

fn broken(lines: &[TextLine]) -> usize {
    lines.iter().filter(|line| line.text.ends_with('\u{2010}')).count()
}

fn greedy(measure: &Measure<'_>, text: &str, setting: Setting) -> Vec<TextLine> {
    let width_of = |text: &str| measure.width(text, setting.size, setting.weight);
    let space = width_of(" ");
    let mut lines: Vec<TextLine> = Vec::new();
    // Width of a line grows by its pieces; it is measured as a whole when it is full.
    let (mut line, mut filled) = (String::new(), 0.0);
    let close = |line: &mut String, lines: &mut Vec<TextLine>| {
        let done = line.trim_end().to_owned();
        if !done.is_empty() {
            lines.push(TextLine { width: width_of(&done), text: done });
        }
        line.clear();
    };
    for piece in pieces(text) {
        let bare = piece.trim_end();
        let wide = width_of(bare);
        let trailing = if bare.len() < piece.len() { space } else { 0.0 };
        if filled + wide <= setting.width {
            line.push_str(piece);
            filled += wide + trailing;
            continue;
        }
        if wide <= setting.width {
            close(&mut line, &mut lines);
            line.push_str(piece);
            filled = wide + trailing;
            continue;
        }
        // A word wider than a line. Its beginning may stand behind what is there.
        let room = setting.width - filled;
        let mut parts = break_word(measure, bare, setting, if room > setting.width * 0.4 { room } else { 0.0 });
        let last = parts.pop().unwrap_or_default();
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 || room <= setting.width * 0.4 {
                close(&mut line, &mut lines);
            }
            line.push_str(&part);
        }
        close(&mut line, &mut lines);
        filled = width_of(&last) + trailing;
        line.push_str(&last);
        line.push_str(&piece[bare.len()..]);
    }
    close(&mut line, &mut lines);
    lines
}

/// Pieces between which a line may break, spaces at their ends.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut before) = (0, ' ');
    for (at, char) in text.char_indices() {
        let wide = |char: char| char.width() == Some(2) && char.is_alphanumeric();
        let after_space = before == ' ' && char != ' ';
        let after_sign = matches!(before, '-' | '/' | '–' | '—' | '|' | '&' | '\u{200b}') && char.is_alphanumeric();
        let between_signs = (wide(char) || wide(before))
            && char != ' '
            && !matches!(char, '。' | '、' | '，' | '）' | '」' | '．' | '：');
        if at > start && (after_space || (after_sign && at - start > 2) || between_signs) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = char;
    }
    pieces.push(&text[start..]);
    pieces
}

/// A word into parts that fit: after a sign or before a capital within it, else between syllables, else anywhere.
fn break_word(measure: &Measure<'_>, word: &str, setting: Setting, first_room: f64) -> Vec<String> {
    let width_of = |text: &str| measure.width(text, setting.size, setting.weight);
    let units = units(word, setting.syllables);
    let mut parts = vec![String::new()];
    let mut room = if first_room > 0.0 { first_room } else { setting.width };
    for (unit, hyphen) in &units {
        let Some(current) = parts.last_mut() else { break };
        let joined = format!("{current}{unit}");
        let with_hyphen = if *hyphen { width_of(&format!("{joined}-")) } else { width_of(&joined) };
        if with_hyphen <= room || (current.is_empty() && width_of(unit) <= room) {
            *current = joined;
            continue;
        }
        if !current.is_empty() {
            parts.push(String::new());
            room = setting.width;
        } else if room < setting.width {
            // Nothing fits behind what is there: on to the next line.
            parts.push(String::new());
            room = setting.width;
        }
        let Some(current) = parts.last_mut() else { break };
        if width_of(unit) <= room {
            current.push_str(unit);
            continue;
        }
        let mut current = String::new();
        let mut whole = Vec::new();
        for cluster in unit.graphemes(true) {
            if !current.is_empty() && width_of(&format!("{current}{cluster}")) > room {
                whole.push(std::mem::take(&mut current));
            }
            current.push_str(cluster);
        }
        parts.pop();
        parts.extend(whole);
        parts.push(current);
    }
    // Where a part ends within a word, a hyphen tells; U+2010 is what the fonts have for it.
    let mut consumed = 0;
    let ends: Vec<bool> = parts
        .iter()
        .map(|part| {
            consumed += part.len();
            let mut at = 0;
            units.iter().any(|(unit, hyphen)| {
                at += unit.len();
                at == consumed && *hyphen
            })
        })
        .collect();
    let last = parts.len().saturating_sub(1);
    parts
        .into_iter()
        .enumerate()
        .map(|(at, part)| if at < last && ends[at] && !part.is_empty() { format!("{part}\u{2010}") } else { part })
        .collect()
}

/// The smallest parts of a word at which it may break, and whether a hyphen would tell of it.
fn units(word: &str, syllables: Syllables) -> Vec<(String, bool)> {
    let patterns = syllables.patterns();
    let mut units: Vec<(String, bool)> = Vec::new();
    let mut push_word = |letters: &str| {
        if letters.is_empty() {
            return;
        }
        // Longer than any word of a language: an identifier.
        if letters.chars().count() > 60 || letters.chars().count() < 6 {
            units.push((letters.to_owned(), false));
            return;
        }
        let Some(language) = patterns else {
            units.push((letters.to_owned(), false));
            return;
        };
        let parts: Vec<&str> = hypher::hyphenate(letters, language).collect();
        let last = parts.len().saturating_sub(1);
        for (at, part) in parts.iter().enumerate() {
            units.push(((*part).to_owned(), at < last));
        }
    };
    let (mut start, mut before) = (0, ' ');
    for (at, char) in word.char_indices() {
        let hump = before.is_lowercase() && char.is_uppercase();
        let sign = !before.is_alphanumeric() && before != ' ' && char.is_alphanumeric();
        if at > start && (hump || sign) {
            push_word(&word[start..at]);
            start = at;
        }
        before = char;
    }
    push_word(&word[start..]);
    units
}

/// Leaves out the end of a line for an ellipsis.
fn shorten(measure: &Measure<'_>, line: &mut TextLine, setting: Setting) {
    let clusters: Vec<&str> = line.text.graphemes(true).collect();
    for keep in (0..=clusters.len()).rev() {
        let kept = clusters[..keep].concat();
        let text = format!("{}…", kept.trim_end_matches(['\u{2010}', ' ', ',', ';', '.']));
        let width = measure.width(&text, setting.size, setting.weight);
        if width <= setting.width || keep == 0 {
            *line = TextLine { text, width };
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(word: &str, language: &str) -> String {
        let all = units(word, Syllables::of(language));
        all.iter().map(|(part, _)| part.as_str()).collect::<Vec<_>>().join("-")
    }

    #[test]
    fn words_break_as_their_language_does() {
        assert_eq!(parts("Zahlungsabwicklung", "de"), "Zah-lungs-ab-wick-lung");
        assert_eq!(parts("authentification", "fr"), "au-then-ti-fi-ca-tion");
        assert_eq!(parts("autenticación", "es-MX"), "au-ten-ti-ca-ción");
        assert_eq!(parts("fatturazione", "it"), "fat-tu-ra-zio-ne");
        assert_eq!(parts("uwierzytelnianie", "pl"), "uwie-rzy-tel-nia-nie");
        assert_ne!(parts("authentification", "en"), parts("authentification", "fr"));
    }

    #[test]
    fn arabic_words_stay_whole_and_identifiers_break_at_their_humps() {
        let word = "\u{627}\u{644}\u{645}\u{633}\u{62a}\u{648}\u{62f}\u{639}\u{627}\u{62a}";
        assert_eq!(parts(word, "ar"), word);
        assert_eq!(parts("orderEventPublisher", "ar"), "order-Event-Publisher");
    }
}
