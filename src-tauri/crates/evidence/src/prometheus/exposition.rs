//! Lines of an exposition to samples.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

/// Names and values, in the order of the file.
pub(crate) type Labels<'a> = Vec<(&'a str, Cow<'a, str>)>;

/// A sample.
#[derive(Debug, Clone)]
pub(crate) struct Sample<'a> {
    pub name: &'a str,
    pub labels: Labels<'a>,
    /// May be NaN or infinite.
    pub value: f64,
    /// 1-based.
    pub line: u64,
}

impl Sample<'_> {
    /// The value of a label; an empty one is as good as none.
    pub(crate) fn label(&self, name: &str) -> Option<&str> {
        self.labels.iter().find(|(label, value)| *label == name && !value.is_empty()).map(|(_, value)| &**value)
    }

    /// The value of the first of several labels that is there.
    pub(crate) fn any_label(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.label(name))
    }
}

/// A whole exposition.
#[derive(Debug, Default)]
pub(crate) struct Exposition<'a> {
    pub samples: Vec<Sample<'a>>,
    /// Family and type, as declared.
    pub types: Vec<(&'a str, &'a str)>,
    /// Ends with `# EOF`.
    pub openmetrics: bool,
    /// Lines that are neither comment nor sample.
    pub unread: Vec<u64>,
    /// Where the samples of a name are.
    index: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Exposition<'a> {
    /// Reads all lines.
    pub(crate) fn parse(text: &'a str) -> Self {
        let mut exposition = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if let Some(comment) = line.strip_prefix('#') {
                let mut words = comment.split_ascii_whitespace();
                match words.next() {
                    Some("TYPE") => {
                        if let (Some(family), Some(kind)) = (words.next(), words.next()) {
                            exposition.types.push((family.trim_matches('"'), kind));
                        }
                    }
                    Some("EOF") => exposition.openmetrics = true,
                    _ => {}
                }
            } else if !line.is_empty() {
                match sample(line, number) {
                    Some(sample) => {
                        exposition.index.entry(sample.name).or_default().push(exposition.samples.len());
                        exposition.samples.push(sample);
                    }
                    None => exposition.unread.push(number),
                }
            }
        }
        exposition
    }

    /// Samples of a name.
    pub(crate) fn named<'b>(&'b self, name: &str) -> impl Iterator<Item = &'b Sample<'a>> {
        self.index.get(name).into_iter().flatten().filter_map(|at| self.samples.get(*at))
    }

    /// Samples of several names, in the order of the file.
    pub(crate) fn named_any<'b>(&'b self, names: &[&str]) -> impl Iterator<Item = &'b Sample<'a>> {
        let mut all: Vec<usize> = names.iter().filter_map(|name| self.index.get(name)).flatten().copied().collect();
        all.sort_unstable();
        all.into_iter().filter_map(|at| self.samples.get(at))
    }

    /// Distinct sample names, in the order of the file.
    pub(crate) fn names(&self) -> Vec<&'a str> {
        let mut seen = HashSet::new();
        self.samples.iter().map(|sample| sample.name).filter(|name| seen.insert(*name)).collect()
    }

    /// Number of families: those declared, and those that samples without a declaration make.
    pub(crate) fn families(&self) -> usize {
        let declared: HashSet<&str> = self.types.iter().map(|(family, _)| *family).collect();
        let base = |name: &'a str| {
            let suffixes = ["_bucket", "_sum", "_count", "_total", "_created", "_info"];
            let stripped = suffixes.iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name);
            if declared.contains(name) { name } else { stripped }
        };
        let mut families: HashSet<&str> = self.names().into_iter().map(base).collect();
        families.extend(&declared);
        families.len()
    }
}

/// Whether the first lines are an exposition: comments and samples but for a stray line, with a declaration or labels
/// among them.
pub(crate) fn looks_like<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut samples, mut comments, mut strays, mut telling) = (0, 0, 0, false);
    for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(comment) = line.strip_prefix("# ") {
            comments += 1;
            telling |= comment.starts_with("TYPE ") || comment.starts_with("HELP ");
        } else if sample(line, 0).is_some() {
            samples += 1;
            telling |= line.contains('{') && (line.contains("=\"") || line.starts_with("{\""));
        } else {
            strays += 1;
        }
    }
    samples > 0 && telling && strays * 5 <= samples + comments
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b':' || byte == b'.'
}

/// Whether a line is a sample.
pub(crate) fn is_sample(line: &str) -> bool {
    sample(line.trim(), 0).is_some()
}

/// `name{label="value"} 1.5 1395066363000 # {exemplar}`.
fn sample(line: &str, number: u64) -> Option<Sample<'_>> {
    let end = line.bytes().position(|byte| !is_name_byte(byte))?;
    let (name, rest) = line.split_at(end);
    let inner = rest.trim_start().strip_prefix('{');
    // Prometheus 3 puts names that are no identifiers into the brace.
    let (name, inner) = match (name, inner) {
        ("", inner) => quoted_name(inner?).map(|(name, rest)| (name, Some(rest)))?,
        (name, _) if name.as_bytes()[0].is_ascii_digit() => return None,
        known => known,
    };
    let (labels, rest) = match inner {
        Some(inner) => labels(inner)?,
        None => (Vec::new(), rest),
    };
    let mut words = rest.split_ascii_whitespace();
    let value = words.next()?.parse().ok()?;
    match words.next() {
        // A timestamp may follow, and an exemplar.
        Some(word) if word != "#" => drop(word.parse::<f64>().ok()?),
        _ => {}
    }
    Some(Sample { name, labels, value, line: number })
}

/// A value of a label as it was before it was written.
fn unescaped(raw: &str) -> String {
    let (mut value, mut escaped) = (String::with_capacity(raw.len()), false);
    for c in raw.chars() {
        match (escaped, c) {
            (false, '\\') => escaped = true,
            (false, c) => value.push(c),
            (true, c) => {
                value.push(if c == 'n' { '\n' } else { c });
                escaped = false;
            }
        }
    }
    value
}

/// A name in quotes at the begin of a brace, which stands for the name before it: `{"http.requests",code="200"}`.
fn quoted_name(inner: &str) -> Option<(&str, &str)> {
    let (name, rest) = inner.trim_start().strip_prefix('"')?.split_once('"')?;
    let rest = rest.trim_start();
    (!name.is_empty() && !name.contains('\\') && rest.starts_with([',', '}'])).then_some((name, rest))
}

/// Labels up to the closing brace, and what follows it.
fn labels(mut text: &str) -> Option<(Labels<'_>, &str)> {
    let mut labels = Vec::new();
    loop {
        text = text.trim_start_matches([' ', ',', '\t']);
        if let Some(rest) = text.strip_prefix('}') {
            return Some((labels, rest));
        }
        let (name, rest) = text.split_once('=')?;
        let rest = rest.trim_start().strip_prefix('"')?;
        let bytes = rest.as_bytes();
        let mut end = 0;
        let mut escaped = false;
        while *bytes.get(end)? != b'"' {
            escaped |= bytes[end] == b'\\';
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let raw = rest.get(..end)?;
        let value = match escaped {
            true => Cow::Owned(unescaped(raw)),
            false => Cow::Borrowed(raw),
        };
        labels.push((name.trim().trim_matches('"'), value));
        text = rest.get(end + 1..)?;
    }
}
