//! Characters, regular expressions and texts that end with a word: what looks like a string and is none, or the other way.

use super::{Lexer, Literal, find};

impl Lexer<'_> {
    /// `'x'`, `'\n'`, `'"'`; lifetimes and labels are left alone.
    pub(super) fn character(&mut self) -> bool {
        if self.text[self.at] != b'\'' {
            return false;
        }
        let rest = &self.text[self.at + 1..self.text.len().min(self.at + 14)];
        let length = match rest {
            [b'\\', ..] => rest.iter().skip(2).position(|byte| *byte == b'\'').map(|at| at + 2),
            _ => rest
                .iter()
                .take(5)
                .position(|byte| *byte == b'\'')
                .filter(|at| *at > 0 && (*at == 1 || rest[0] >= 0x80)),
        };
        let Some(length) = length else {
            self.at += 1;
            return true;
        };
        let inner = self.at + 1..self.at + 1 + length;
        self.literals.push(Literal { whole: self.at..inner.end + 1, inner: inner.clone(), holes: false });
        self.at = inner.end + 1;
        self.last = b'\'';
        self.fresh = false;
        true
    }

    /// A regular expression where a value may stand.
    pub(super) fn regex(&mut self) -> bool {
        let word = self.text[..self.at].trim_ascii_end();
        let keyword = [&b"return"[..], b"typeof", b"case", b"in", b"of"].iter().any(|word_of| word.ends_with(word_of));
        if !keyword
            && !matches!(
                self.last,
                0 | b'(' | b',' | b'=' | b':' | b'[' | b'!' | b'&' | b'|' | b'?' | b'{' | b'}' | b';' | b'+' | b'>'
            )
        {
            return false;
        }
        let (mut class, mut at) = (false, self.at + 1);
        while let Some(byte) = self.text.get(at) {
            match byte {
                b'\n' => return false,
                b'\\' => at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => {
                    self.literals.push(Literal { whole: self.at..at + 1, inner: self.at + 1..at, holes: false });
                    self.at = at + 1;
                    self.last = b'/';
                    return true;
                }
                _ => {}
            }
            at += 1;
        }
        false
    }

    /// `<<~SQL` of Ruby, `<<<SQL` of PHP, up to the word alone on its line.
    pub(super) fn heredoc(&mut self) -> bool {
        if !self.syntax.heredocs || !self.starts("<<") {
            return false;
        }
        let line = self.text[self.at..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        let head =
            line.iter().skip(2).take_while(|byte| matches!(byte, b'<' | b'~' | b'-' | b' ' | b'\'' | b'"')).count() + 2;
        let word: Vec<u8> =
            line[head..].iter().copied().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').collect();
        // `a << B` shifts; a heredoc has its word right behind the mark.
        if word.is_empty() || !word[0].is_ascii_uppercase() || line[2..head].contains(&b' ') {
            return false;
        }
        let body = self.at + line.len() + 1;
        let mut at = body;
        while at < self.text.len() {
            let line = self.text[at..].split(|byte| *byte == b'\n').next().unwrap_or_default();
            let trimmed = line.trim_ascii();
            if trimmed
                .strip_prefix(word.as_slice())
                .is_some_and(|rest| rest.first().is_none_or(|next| !next.is_ascii_alphanumeric()))
            {
                let holes = find(&self.text[body..at], b"#{").is_some()
                    || (self.syntax.tags && find(&self.text[body..at], b"{$").is_some());
                self.literals.push(Literal { whole: body..at, inner: body..at, holes });
                break;
            }
            at += line.len() + 1;
        }
        if at >= self.text.len() {
            return false;
        }
        // What stands behind the word on its line is left out: a closing bracket at most.
        self.at = at;
        self.last = b'"';
        true
    }
}
