//! XML as a stream of tags and texts, for reports that may be large: no tree, no entity but the five of XML and numbers,
//! no DTD read. What is not well-formed is read as far as it goes.

use std::borrow::Cow;

/// What a document consists of; comments, instructions and declarations are passed over.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// `<name a="b">`, or `<name/>` when `closed`.
    Open {
        /// Name without its prefix.
        name: &'a str,
        /// What stands behind the name.
        attributes: Attributes<'a>,
        /// Whether it closes itself.
        closed: bool,
    },
    /// `</name>`.
    Close {
        /// Name without its prefix.
        name: &'a str,
    },
}

/// The attributes of a tag, read when they are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The raw value of an attribute.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.0;
        loop {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, next) = after[1..].split_once(quote)?;
            if key.trim() == name {
                return Some(value);
            }
            rest = next;
        }
    }

    /// The value of an attribute with its entities resolved; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> Cow<'a, str> {
        self.raw(name).map_or(Cow::Borrowed(""), unescape)
    }

    /// The number an attribute holds.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.raw(name)?.trim().parse().ok().filter(|value: &f64| value.is_finite())
    }
}

/// The tags of a document in their order.
pub(crate) fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find('<')?;
            rest = &rest[start..];
            let skip = |rest: &str, end: &str| rest.find(end).map(|at| at + end.len());
            if rest.starts_with("<!--") {
                rest = &rest[skip(rest, "-->")?..];
            } else if rest.starts_with("<![CDATA[") {
                rest = &rest[skip(rest, "]]>")?..];
            } else if rest.starts_with("<?") {
                rest = &rest[skip(rest, "?>")?..];
            } else if rest.starts_with("<!") {
                rest = &rest[declaration(rest)?..];
            } else {
                let end = tag_end(rest)?;
                let inner = &rest[1..end];
                rest = &rest[end + 1..];
                return Some(tag(inner));
            }
        }
    })
}

fn tag(inner: &str) -> Event<'_> {
    let local = |name: &'_ str| name.rfind(':').map_or(0, |colon| colon + 1);
    if let Some(name) = inner.strip_prefix('/') {
        let name = name.trim();
        return Event::Close { name: &name[local(name)..] };
    }
    let closed = inner.ends_with('/');
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let split = inner.find(|c: char| c.is_whitespace()).unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(split);
    Event::Open { name: &name[local(name)..], attributes: Attributes(attributes), closed }
}

/// Offset of the `>` that ends a tag; one in quotes does not.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    text.bytes().position(|byte| match quote {
        Some(open) => {
            if byte == open {
                quote = None;
            }
            false
        }
        None if matches!(byte, b'"' | b'\'') => {
            quote = Some(byte);
            false
        }
        None => byte == b'>',
    })
}

/// Length of `<!DOCTYPE …>`, its internal subset included.
fn declaration(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let end = text.bytes().position(|byte| {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        byte == b'>' && depth == 0
    })?;
    Some(end + 1)
}

/// A text with the five entities of XML and character references resolved; others stay as they are written.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.split_once(';').filter(|(name, _)| name.len() <= 10);
        let resolved = entity.and_then(|(name, _)| match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => {
                let code = name.strip_prefix('#')?;
                let code = match code.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => code.parse(),
                };
                code.ok().and_then(char::from_u32)
            }
        });
        match (resolved, entity) {
            (Some(c), Some((_, next))) => {
                out.push(c);
                rest = next;
            }
            _ => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_between_everything_else() {
        let text = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x \"y\">]><!-- <no/> --><n:a t=\"1 > 0\" u='&lt;&#65;&x;'>\
                    <![CDATA[<no/>]]><b/></n:a><c d=";
        let mut seen = Vec::new();
        for event in events(text) {
            seen.push(match event {
                Event::Open { name, attributes, closed } => format!("{name} {closed} {}", attributes.text("u")),
                Event::Close { name } => format!("/{name}"),
            });
        }
        assert_eq!(seen, ["a false <A&x;", "b true ", "/a"]);
    }
}
