//! Lines, indented by their braces, and words in quotes.

/// The constant for a backslash where one in quotes would mean something else.
const BACKSLASH: &str = "BACKSLASH";

/// A text being written.
#[derive(Default)]
pub(super) struct Text {
    out: String,
    depth: usize,
    needs_backslash: bool,
}

impl Text {
    pub(super) fn line(&mut self, line: &str) {
        for _ in 0..self.depth {
            self.out.push_str("    ");
        }
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// An empty line, unless there is one, or a brace has just been opened.
    pub(super) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") && !self.out.ends_with("{\n") {
            self.out.push('\n');
        }
    }

    pub(super) fn open(&mut self, line: &str) {
        self.line(&format!("{line} {{"));
        self.depth += 1;
    }

    pub(super) fn close(&mut self) {
        if self.out.ends_with("\n\n") {
            self.out.pop();
        }
        self.depth = self.depth.saturating_sub(1);
        self.line("}");
    }

    /// A word with others in quotes after it. Empty ones at the end are left out, down to `least`.
    pub(super) fn call(&mut self, keyword: &str, words: &[&str], least: usize) {
        let line = self.words(keyword, words, least);
        self.line(&line);
    }

    /// The line that [`Text::call`] writes.
    pub(super) fn words(&mut self, keyword: &str, words: &[&str], least: usize) -> String {
        let given = words.iter().rposition(|word| !word.is_empty()).map_or(0, |last| last + 1);
        let mut line = keyword.to_owned();
        for word in &words[..given.max(least).min(words.len())] {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&self.quote(word));
        }
        line
    }

    /// A word in quotes.
    pub(super) fn quote(&mut self, word: &str) -> String {
        let mut out = String::with_capacity(word.len() + 2);
        out.push('"');
        let mut letters = word.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' => out.push_str("\\\""),
                '\n' => out.push_str("\\n"),
                '\\' if matches!(letters.peek(), None | Some('n' | '"' | '\n')) => {
                    self.needs_backslash = true;
                    out.push_str("${");
                    out.push_str(BACKSLASH);
                    out.push('}');
                }
                letter => out.push(letter),
            }
        }
        if matches!(word, "{" | "}" | "=" | "->" | "-/>") {
            // A brace or an arrow by itself is one even in quotes.
            out.push(' ');
        }
        out.push('"');
        out
    }

    pub(super) fn finish(self) -> String {
        if self.needs_backslash {
            return format!("!const {BACKSLASH} \"\"\"\n\\\n\"\"\"\n\n{}", self.out);
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn words_in_quotes() {
        let mut text = Text::default();
        assert_eq!(text.quote("a \"b\"\nc"), r#""a \"b\"\nc""#);
        assert_eq!(text.quote("c:\\dir"), r#""c:\dir""#);
        assert!(!text.finish().contains("!const"));
        let mut text = Text::default();
        assert_eq!(text.quote("c:\\new\\"), r#""c:${BACKSLASH}new${BACKSLASH}""#);
        assert!(text.finish().starts_with("!const"));
    }

    #[test]
    fn empty_words_at_the_end_are_left_out() {
        let mut text = Text::default();
        assert_eq!(text.words("person", &["A", "", ""], 1), "person \"A\"");
        assert_eq!(text.words("person", &["A", "", "t"], 1), "person \"A\" \"\" \"t\"");
    }
}
