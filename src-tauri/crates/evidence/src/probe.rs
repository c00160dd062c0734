//! What a format may look at to recognise a file: its text, and the keys of its JSON.

use crate::json::{self, Event};

/// Keys are looked for in this much of a document.
const HEAD: usize = 1024 * 1024;
/// Keys deeper than this are not kept.
const KEY_DEPTH: usize = 5;
/// More distinct keys than this are not kept.
const KEY_LIMIT: usize = 4096;

/// A file as the sniffers see it.
#[derive(Debug)]
pub struct Probe<'a> {
    text: &'a str,
    head: &'a str,
    keys: Vec<String>,
    depth: usize,
}

impl<'a> Probe<'a> {
    /// Looks at a decoded text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let text = text.trim_start();
        let mut end = text.len().min(HEAD);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let head = &text[..end];
        let (mut keys, mut depth) = (Vec::new(), 0);
        if text.starts_with(['{', '[']) {
            let mut seen = std::collections::HashSet::new();
            depth = json::walk(head, |event| {
                if let Event::Key(path) = event
                    && path.matches('/').count() < KEY_DEPTH
                    && keys.len() < KEY_LIMIT
                    && !seen.contains(path)
                {
                    seen.insert(path.to_owned());
                    keys.push(path.to_owned());
                }
            });
            // The last keys often tell a document, and stand behind all that is large in it.
            if text.starts_with('{') && (text.len() > HEAD || keys.len() == KEY_LIMIT) {
                let most = keys.len() + KEY_LIMIT;
                json::top_keys(text, |key| {
                    if keys.len() < most && !seen.contains(key) {
                        seen.insert(key.to_owned());
                        keys.push(key.to_owned());
                    }
                });
            }
        }
        Self { text, head, keys, depth }
    }

    /// The whole text from its first visible character on.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The first MiB of the text.
    #[must_use]
    pub fn head(&self) -> &'a str {
        self.head
    }

    /// The first lines, without line ends.
    pub fn lines(&self, count: usize) -> impl Iterator<Item = &'a str> {
        self.head.lines().take(count)
    }

    /// Whether it starts like a JSON object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.text.starts_with('{')
    }

    /// Whether it starts like a JSON list.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.text.starts_with('[') && self.depth > 0
    }

    /// Whether the JSON has a key at this path: `runs/[]/tool`. A path component `*` stands for any key.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.keys.iter().any(|key| match path.contains('*') {
            false => key == path,
            true => {
                let (mut wanted, mut found) = (path.split('/'), key.split('/'));
                loop {
                    match (wanted.next(), found.next()) {
                        (None, None) => break true,
                        (Some(want), Some(find)) if want == "*" || want == find => {}
                        _ => break false,
                    }
                }
            }
        })
    }

    /// Whether nothing with keys stands at this path.
    #[must_use]
    pub fn is_bare(&self, path: &str) -> bool {
        !self.keys.iter().any(|key| key.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Whether the object at the top has no keys but these.
    #[must_use]
    pub fn only(&self, keys: &[&str]) -> bool {
        self.keys.iter().all(|key| key.contains('/') || keys.contains(&&**key))
    }

    /// Whether brackets are nested deeper than any tool writes.
    #[must_use]
    pub fn too_deep(&self) -> bool {
        self.depth > json::DEPTH_LIMIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_keys_are_known_however_large_a_document_is() {
        let many: Vec<String> = (0..KEY_LIMIT).map(|number| format!("\"k{number}\":{{\"a\":[1,2]}}")).collect();
        let long = "x".repeat(HEAD);
        for text in [
            format!("{{\"first\":{{{}}},\"last\":[]}}", many.join(",")),
            format!("{{\"first\":[\"{long}\",{{\"inner\":1}}],\"last\":2}}"),
        ] {
            let probe = Probe::new(&text);
            assert!(probe.has("first") && probe.has("last") && !probe.has("inner") && !probe.has("k1"));
        }
    }
}
