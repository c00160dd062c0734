//! Where a word too long for any line may be broken.

use unicode_segmentation::UnicodeSegmentation;

/// Cuts over-long words into pieces between which an output may put a zero-width break.
///
/// Keeps count across calls, so that a long word made of many runs (emphasis or escapes inside) is
/// cut as well. Lengths are counted in grapheme clusters; one that is itself absurdly long
/// counts its characters.
#[derive(Debug, Clone)]
pub struct WordBreaker {
    longest: usize,
    every: usize,
    unbroken: usize,
}

/// Characters in one cluster beyond which it is taken for junk and may be cut inside.
const CLUSTER_LIMIT: usize = 32;

impl WordBreaker {
    /// Words of up to `longest` clusters stay whole; longer ones are cut about every `every`
    /// clusters, sooner after punctuation that ends a part (`/`, `.`, `_` …).
    #[must_use]
    pub fn new(longest: usize, every: usize) -> Self {
        let every = every.clamp(1, longest.max(1));
        Self { longest: longest.max(1), every, unbroken: 0 }
    }

    /// Says that the line may break here, as at a space, an image or a line end.
    pub const fn reset(&mut self) {
        self.unbroken = 0;
    }

    /// Whether the text so far ends in a word that is already longer than `longest`.
    #[must_use]
    pub const fn is_inside_long_word(&self) -> bool {
        self.unbroken >= self.longest
    }

    /// `text` in pieces; joined they are `text` again. A break may stand between any two.
    /// The first piece is empty when a break must stand before the text.
    #[must_use]
    pub fn pieces<'a>(&mut self, text: &'a str) -> Vec<&'a str> {
        // Bytes are never fewer than clusters.
        if self.unbroken + text.len() <= self.longest && text.is_ascii() {
            let tail = text.rfind(breaks_alone).map_or(self.unbroken + text.len(), |at| text.len() - at - 1);
            self.unbroken = tail;
            return vec![text];
        }
        let mut cuts = Vec::new();
        let mut rest = text;
        let mut at = 0;
        while !rest.is_empty() {
            let word = &rest[..rest.find(breaks_alone).unwrap_or(rest.len())];
            self.cut_word(word, at, &mut cuts);
            at += word.len();
            rest = &rest[word.len()..];
            let gap = rest.len() - rest.trim_start_matches(breaks_alone).len();
            if gap > 0 {
                self.unbroken = 0;
                at += gap;
                rest = &rest[gap..];
            }
        }
        let mut pieces = Vec::with_capacity(cuts.len() + 1);
        let mut from = 0;
        for cut in cuts {
            pieces.push(&text[from..cut]);
            from = cut;
        }
        pieces.push(&text[from..]);
        pieces
    }

    fn cut_word(&mut self, word: &str, at: usize, cuts: &mut Vec<usize>) {
        let length = clusters(word).count();
        if self.unbroken + length <= self.longest {
            self.unbroken += length;
            return;
        }
        let mut part_ended = false;
        for (offset, cluster) in clusters(word) {
            let due = if part_ended { self.every.div_ceil(2) } else { self.every };
            if self.unbroken >= due {
                cuts.push(at + offset);
                self.unbroken = 0;
            }
            self.unbroken += 1;
            part_ended = ends_part(cluster);
        }
    }
}

fn clusters(word: &str) -> impl Iterator<Item = (usize, &str)> {
    word.grapheme_indices(true).flat_map(|(at, cluster)| {
        let junk = cluster.len() > CLUSTER_LIMIT;
        let whole = (!junk).then_some((at, cluster));
        let inside = junk.then(|| cluster.char_indices().map(move |(i, c)| (at + i, &cluster[i..i + c.len_utf8()])));
        whole.into_iter().chain(inside.into_iter().flatten())
    })
}

fn ends_part(cluster: &str) -> bool {
    matches!(cluster, "/" | "." | "," | ";" | ":" | "_" | "-" | "=" | "&" | "?" | "+" | "|" | "\\" | ")" | "}" | "]")
}

/// Spaces, and scripts whose lines break between any letters or by dictionary.
fn breaks_alone(c: char) -> bool {
    (c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}'))
        || matches!(c,
            '\u{200B}'
            | '\u{0E00}'..='\u{0EFF}' // Thai, Lao
            | '\u{1000}'..='\u{109F}' // Burmese
            | '\u{1780}'..='\u{17FF}' // Khmer
            | '\u{2E80}'..='\u{9FFF}' // CJK, kana
            | '\u{AC00}'..='\u{D7AF}' // Hangul
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FF01}'..='\u{FF60}'
            | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_words_stay_whole() {
        let text = "Rechtsschutzversicherungsgesellschaften und mehr";
        assert_eq!(WordBreaker::new(40, 24).pieces(text), [text]);
    }

    #[test]
    fn a_long_word_is_cut_and_joins_again() {
        let text = "x".repeat(100_000);
        let pieces = WordBreaker::new(40, 24).pieces(&text);
        assert!(pieces.iter().all(|piece| piece.len() <= 24));
        assert_eq!(pieces.concat(), text);
    }

    #[test]
    fn addresses_break_after_their_parts() {
        let text = "https://example.test/a/long/path/with/many/parts?query=value&other=value";
        let pieces = WordBreaker::new(40, 24).pieces(text);
        assert!(pieces.len() > 2);
        assert!(
            pieces[..pieces.len() - 1].iter().all(|piece| piece.ends_with(['/', '.', '=', '&', '?', ':'])),
            "{pieces:?}"
        );
    }

    #[test]
    fn a_long_word_in_many_runs_is_cut() {
        let mut breaker = WordBreaker::new(40, 24);
        let mut longest = 0;
        let mut since = 0;
        for _ in 0..1000 {
            for (index, piece) in breaker.pieces("ab").into_iter().enumerate() {
                if index > 0 {
                    since = 0;
                }
                since += piece.len();
                longest = longest.max(since);
            }
        }
        assert!(longest <= 42, "{longest}");
    }

    #[test]
    fn clusters_stay_whole() {
        let text = "e\u{301}".repeat(100);
        for piece in WordBreaker::new(40, 24).pieces(&text) {
            assert!(!piece.starts_with('\u{301}'));
        }
    }
}
