//! A version as people write it: numbers between dots, and what may stand behind them.

/// The numbers of a version, and a mark behind them that sets it apart (`2012 R2`, `12c Release 2`, `15 SP5`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    /// `[15, 4]` for `15.4`; never empty.
    pub numbers: Vec<u32>,
    /// The kind of mark, `r` or `s`, and its number.
    pub mark: Option<(char, u32)>,
}

/// More digits than this are no part of a version.
const DIGITS: usize = 8;

/// What may be written right behind a version without being a unit: `19c`, `23ai`, `8u292`, `7rc1`.
const SUFFIXES: [&str; 18] =
    ["c", "g", "i", "ai", "h", "x", "u", "p", "b", "a", "rc", "beta", "alpha", "lts", "final", "ga", "release", "m"];

impl Version {
    /// Reads the version at the beginning of `text` (in small letters): it and how many bytes it takes, with what is
    /// written right behind it. None where there is no version, or where something stands behind it that makes the
    /// number a quantity (`6gb`).
    pub fn read(text: &str) -> Option<(Self, usize)> {
        let bytes = text.as_bytes();
        let mut numbers = Vec::new();
        let mut at = 0;
        loop {
            let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 || digits > DIGITS {
                return None;
            }
            numbers.push(text[at..at + digits].parse().ok()?);
            at += digits;
            match bytes.get(at..) {
                Some([b'.', next, ..]) if next.is_ascii_digit() => at += 1,
                _ => break,
            }
        }
        at += if mark(&text[at..]).is_some() { 0 } else { suffix(&text[at..])? };
        let (mark, length) = mark(&text[at..]).unzip();
        Some((Self { numbers, mark }, at + length.unwrap_or_default()))
    }

    /// Whether this version is within `cycle`: `15.4` within `15`.
    pub fn is_within(&self, cycle: &Self) -> bool {
        self.numbers.starts_with(&cycle.numbers)
    }

    /// Whether this version is `cycle` written shorter: `3` for `3.9`.
    pub fn is_shorter_than(&self, cycle: &Self) -> bool {
        self.numbers.len() < cycle.numbers.len() && cycle.numbers.starts_with(&self.numbers)
    }
}

/// The mark at the beginning of `text`, with its length: ` r2`, ` release 2`, `-sp3`.
fn mark(text: &str) -> Option<((char, u32), usize)> {
    let blank = |text: &str| text.bytes().take_while(|byte| matches!(byte, b' ' | b'-')).count();
    let mut at = blank(text);
    let (kind, word) = [("release", 'r'), ("r", 'r'), ("sp", 's')]
        .into_iter()
        .find_map(|(word, kind)| text[at..].starts_with(word).then_some((kind, word)))?;
    at += word.len();
    at += blank(&text[at..]);
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let number = text[at..at + digits].parse().ok()?;
    at += digits;
    text[at..].chars().next().is_none_or(|next| !next.is_alphanumeric()).then_some(((kind, number), at))
}

/// How long the suffix at the beginning of `text` is; none where what stands there is no suffix of a version.
fn suffix(text: &str) -> Option<usize> {
    let word: usize = text.chars().take_while(|char| char.is_alphanumeric()).map(char::len_utf8).sum();
    let letters = text[..word].trim_end_matches(|char: char| char.is_ascii_digit());
    (word == 0 || SUFFIXES.contains(&letters)).then_some(word)
}
