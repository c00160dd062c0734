//! Finding the words of a Markdown text that are prose.

use std::ops::Range;

/// A word of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    /// As written.
    pub(crate) text: &'a str,
    /// Its bytes in the source.
    pub(crate) range: Range<usize>,
    /// Whether a hyphen follows: `Lese-` in "Lese- und Schreibzugriffe".
    pub(crate) hyphen_after: bool,
}

impl Word<'_> {
    /// The word as a dictionary has it: one kind of apostrophe, no soft hyphens.
    pub(crate) fn plain(&self) -> String {
        self.text.chars().filter(|&c| c != '\u{AD}').map(|c| if c == '’' { '\'' } else { c }).collect()
    }
}

/// The words to look at, in order.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark && bare.trim_matches(['`', '~']).is_empty() => fence = None,
            (Some(_), _) => {}
            (None, None) => prose(text, line, at, &mut found),
        }
        at += line.len();
    }
    found
}

/// The words of one line outside code, addresses and marks.
fn prose<'a>(text: &'a str, line: &str, start: usize, found: &mut Vec<Word<'a>>) {
    let mut from = 0;
    let mut at = 0;
    while let Some(first) = line[at..].chars().next() {
        let skipped = match first {
            '`' => code(&line[at..]),
            '[' => bracket(&line[at..]),
            // The address of a link or an image.
            '(' if line[..at].ends_with(']') => closing(&line[at..], '(', ')'),
            '<' => tag(&line[at..]),
            _ if first.is_whitespace() => Some(first.len_utf8()),
            _ => None,
        };
        match skipped {
            Some(length) => {
                chunk(text, start + from..start + at, found);
                at += length;
                from = at;
            }
            None => at += first.len_utf8(),
        }
    }
    chunk(text, start + from..start + line.len(), found);
}

/// The length of inline code at the start of the text.
fn code(text: &str) -> Option<usize> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let mut at = ticks;
    while let Some(step) = text[at..].find('`') {
        at += step;
        let run = text[at..].len() - text[at..].trim_start_matches('`').len();
        at += run;
        if run == ticks {
            return Some(at);
        }
    }
    Some(ticks)
}

/// `[[reference]]` and the mark of a footnote are passed over whole; of `[text]` only the bracket is.
fn bracket(text: &str) -> Option<usize> {
    if text.starts_with("[[") {
        return text.find("]]").map(|end| end + 2).or(Some(2));
    }
    if text.starts_with("[^") {
        return text.find(']').map(|end| end + 1).or(Some(2));
    }
    None
}

fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + c.len_utf8());
            }
        }
    }
    None
}

/// An HTML tag, a comment or `<https://…>`; "a < b" is none.
fn tag(text: &str) -> Option<usize> {
    let next = text[1..].chars().next()?;
    (next.is_ascii_alphabetic() || matches!(next, '/' | '!')).then(|| text.find('>').map(|end| end + 1)).flatten()
}

/// The words of a stretch without spaces.
fn chunk<'a>(text: &'a str, range: Range<usize>, found: &mut Vec<Word<'a>>) {
    let piece = &text[range.clone()];
    let bare = piece.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '~' | '.' | '$' | '\\'));
    if bare.is_empty() || is_technical(bare) || piece.contains("()") {
        return;
    }
    let mut at = 0;
    while at < piece.len() {
        let Some(first) = piece[at..].chars().next() else { break };
        if !first.is_alphanumeric() {
            at += first.len_utf8();
            continue;
        }
        let length = token(&piece[at..]);
        let word = piece[at..at + length].trim_end_matches(['\'', '’']);
        let hyphen_after = piece[at + length..].starts_with('-');
        let begin = range.start + at;
        if is_prose(word) {
            found.push(Word { text: word, range: begin..begin + word.len(), hyphen_after });
        }
        at += length;
    }
}

/// The length of the letters, marks and apostrophes at the start of the text.
fn token(text: &str) -> usize {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{AD}' | '\u{0300}'..='\u{036F}');
    text.find(|c: char| !inside(c)).unwrap_or(text.len())
}

/// Addresses, paths, file names, identifiers and formulas.
fn is_technical(piece: &str) -> bool {
    let letters = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let between = |sign: char| {
        piece.char_indices().any(|(at, c)| {
            c == sign && letters(piece[..at].chars().next_back()) && letters(piece[at + c.len_utf8()..].chars().next())
        })
    };
    piece.contains("://")
        || piece.starts_with("www.")
        || piece.starts_with(['/', '~', '$', '\\'])
        || piece.starts_with("./")
        || piece.contains(['=', '{', '}', '\\'])
        || piece.contains("::")
        || ['@', '_', '.', '#', '$'].into_iter().any(between)
}

/// Whether a token is a word that a dictionary can know.
fn is_prose(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return false };
    if word.chars().any(char::is_numeric) || !word.chars().all(is_latin) || word.chars().count() < 2 {
        return false;
    }
    let mut before = first;
    let mut small = first.is_lowercase();
    for letter in letters {
        if letter.is_uppercase() && before.is_lowercase() {
            return false;
        }
        small |= letter.is_lowercase();
        before = letter;
    }
    // Capitals, and their plural: `API`, `APIs`.
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    small && capitals < 2
}

/// Letters of the Latin script, and what stands inside words beside letters.
fn is_latin(c: char) -> bool {
    !c.is_alphabetic() || matches!(c, 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let words = words(text);
        assert!(words.iter().all(|word| &text[word.range.clone()] == word.text));
        words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn prose_is_looked_at() {
        assert_eq!(found("The *pool* is **full**, isn't it? (yes)"), "The pool is full isn't it yes");
        assert_eq!(found("read/write and Lese-/Schreibzugriffe"), "read write and Lese Schreibzugriffe");
        assert_eq!(found("| a b | Größe |\n|---|---|\n"), "Größe");
        assert_eq!(found("_emphasis_ and client’s"), "emphasis and client’s");
    }

    #[test]
    fn code_addresses_and_names_are_not() {
        assert_eq!(found("see `selekt * form` and ``a ` b`` end"), "see and end");
        assert_eq!(found("[the txt](https://exmple.test/a(b)c) after"), "the txt after");
        assert_eq!(found("![Captoin](image:chekout-flow) [[F-001 bla]] [^nte] x"), "Captoin");
        assert_eq!(found("http://exmple.test www.exmple.test jo@exmple.test"), "");
        assert_eq!(found("src/mian.rs /var/lgo ~/hoem std::fsx foo() a=b snke_case camlCase"), "");
        assert_eq!(found("APIs HTTP PostgreSQL k8s p95 3rd 42 GmbH x"), "");
        assert_eq!(found("<kbd>Ctlr</kbd> a < b"), "Ctlr");
    }

    #[test]
    fn fences_are_not() {
        assert_eq!(found("one\n```sql\nselekt\n```\ntwo\n~~~\nxyzzy\n```\n~~~\nthree"), "one two three");
    }

    #[test]
    fn other_scripts_are_not() {
        assert_eq!(found("مرحبا שלום Привет 数据 🙂 word"), "word");
    }

    #[test]
    fn hyphens_are_told() {
        let words = words("Lese- und API-Gateway");
        assert_eq!(
            words.iter().map(|w| (w.text, w.hyphen_after)).collect::<Vec<_>>(),
            [("Lese", true), ("und", false), ("Gateway", false)]
        );
    }
}
