//! XML that anybody may have written: entities of its own are never expanded, nesting and size are bounded.

use std::{borrow::Cow, ops::Range};

use roxmltree::{Document, Node, ParsingOptions};

use crate::Refusal;

/// Nesting beyond this is refused.
const DEPTH_LIMIT: usize = 256;
/// More elements, texts and comments than this are refused.
const NODES_LIMIT: u32 = 20_000_000;

/// The text with its document type blanked out, so that entities declared there are unknown and never expanded. Lines
/// stay where they are.
pub(crate) fn without_doctype(text: &str) -> Cow<'_, str> {
    let Some(start) = doctype(text) else { return Cow::Borrowed(text) };
    let bytes = text.as_bytes();
    let (mut position, mut subset, mut quote) = (start, false, None);
    while let Some(byte) = bytes.get(position) {
        match (quote, byte) {
            (Some(open), byte) if *byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'<') if bytes[position..].starts_with(b"<!--") => {
                position += text[position..].find("-->").unwrap_or(bytes.len() - position);
            }
            (None, b'[') => subset = true,
            (None, b']') => subset = false,
            (None, b'>') if !subset => break,
            _ => {}
        }
        position += 1;
    }
    let end = (position + 1).min(text.len());
    if !text.is_char_boundary(end) {
        return Cow::Borrowed(text);
    }
    let blank: String = text[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
    Cow::Owned([&text[..start], &blank, &text[end..]].concat())
}

/// Where the document type begins, if there is one before the first element.
fn doctype(text: &str) -> Option<usize> {
    let mut position = 0;
    loop {
        position += text[position..].find('<')?;
        let rest = &text[position..];
        if rest.starts_with("<!DOCTYPE") {
            return Some(position);
        }
        position += match rest {
            _ if rest.starts_with("<?") => rest.find("?>")?,
            _ if rest.starts_with("<!--") => rest.find("-->")?,
            _ => return None,
        };
    }
}

/// Name of the first element, without prefix; empty when it is no XML.
pub(crate) fn root(text: &str) -> &str {
    let start = doctype(text).map_or(0, |start| start + 9);
    let mut rest = &text[start..];
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        if rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
            return rest[..end].rsplit(':').next().unwrap_or_default();
        }
        let close = if rest.starts_with("!--") { "-->" } else { ">" };
        let Some(end) = rest.find(close) else { break };
        rest = &rest[end..];
    }
    ""
}

/// A parsed document that knows the line of each element.
pub(crate) struct Xml<'a> {
    document: Document<'a>,
    lines: Vec<usize>,
}

impl<'a> Xml<'a> {
    /// Parses a text without document type whose first element must have this name.
    ///
    /// # Errors
    /// What is no XML, nested too deep, or another document; of which tool, `title` says.
    pub(crate) fn parse(text: &'a str, title: &str, name: &str, remedy: &str) -> Result<Self, Refusal> {
        if depth(text) > DEPTH_LIMIT {
            let reason = format!("nested deeper than {DEPTH_LIMIT} levels");
            return Err(Refusal::new(reason, "no known tool writes this: look at the file"));
        }
        let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES_LIMIT, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(|error| {
            let place = error.pos();
            Refusal {
                reason: format!("not valid XML at line {}, column {}: {error}", place.row, place.col),
                line: Some(place.row.into()),
                column: Some(place.col.into()),
                remedy: "export it again; nothing of it was imported".to_owned(),
            }
        })?;
        if document.root_element().tag_name().name() != name {
            return Err(Refusal::not(title, &format!("it does not begin with `<{name}>`"), remedy));
        }
        let lines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        Ok(Self { document, lines })
    }

    /// The first element.
    pub(crate) fn root(&self) -> Node<'_, 'a> {
        self.document.root_element()
    }

    /// `line 12`, where an element begins.
    pub(crate) fn at(&self, node: Node<'_, '_>) -> String {
        format!("line {}", self.lines.partition_point(|end| *end < node.range().start) + 1)
    }

    /// All elements of a name, in the order of the file.
    pub(crate) fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = Node<'n, 'a>> {
        self.document.descendants().filter(move |node| node.tag_name().name() == name)
    }
}

/// Where the contents of all elements of a name stand in a text that need not be well-formed, without what opens and
/// closes a CDATA section.
pub(crate) fn contents(text: &str, name: &str) -> Vec<Range<usize>> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let (mut all, mut position) = (Vec::new(), 0);
    while let Some(found) = text[position..].find(&open) {
        position += found + open.len();
        // `<requestresponse>` begins like `<request>`.
        if !text[position..].starts_with(|c: char| c == '>' || c.is_whitespace()) {
            continue;
        }
        let Some(start) = text[position..].find('>').map(|at| position + at + 1) else { break };
        if text[position..start].ends_with("/>") {
            continue;
        }
        let Some(end) = text[start..].find(&close).map(|at| start + at) else { break };
        let content = &text[start..end];
        let inner = content.strip_prefix("<![CDATA[").and_then(|inner| inner.strip_suffix("]]>"));
        let start = if inner.is_some() { start + "<![CDATA[".len() } else { start };
        all.push(start..start + inner.unwrap_or(content).len());
        position = end;
    }
    all
}

/// How deep elements are nested.
fn depth(text: &str) -> usize {
    let (mut deepest, mut depth, mut rest) = (0_usize, 0_usize, text);
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let end = match rest.as_bytes().first() {
            Some(b'!') if rest.starts_with("![CDATA[") => rest.find("]]>"),
            Some(b'!') if rest.starts_with("!--") => rest.find("-->"),
            Some(b'!' | b'?') => Some(0),
            Some(b'/') => {
                depth = depth.saturating_sub(1);
                Some(0)
            }
            _ => {
                let end = tag_end(rest);
                if end.is_some_and(|end| !rest[..end].ends_with('/')) {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                end
            }
        };
        let Some(end) = end else { break };
        rest = &rest[end..];
    }
    deepest
}

/// Offset of the `>` that ends a tag; values may hold one.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    tag.bytes().position(|byte| match (quote, byte) {
        (Some(open), byte) => {
            if byte == open {
                quote = None;
            }
            false
        }
        (None, b'"' | b'\'') => {
            quote = Some(byte);
            false
        }
        (None, byte) => byte == b'>',
    })
}

/// Elements of a name right below another.
pub(crate) fn children<'n, 'a>(node: Node<'n, 'a>, name: &'n str) -> impl Iterator<Item = Node<'n, 'a>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

/// The element at a path of names.
pub(crate) fn find<'n, 'a>(node: Node<'n, 'a>, path: &str) -> Option<Node<'n, 'a>> {
    path.split('/').try_fold(node, |node, name| node.children().find(|child| child.tag_name().name() == name))
}

/// The text of the element at a path, all of it, without spaces around; empty where there is none.
pub(crate) fn text(node: Node<'_, '_>, path: &str) -> String {
    let Some(found) = find(node, path) else { return String::new() };
    let all: String = found.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    all.trim().to_owned()
}

/// The first text among paths that is not empty.
pub(crate) fn first(node: Node<'_, '_>, paths: &[&str]) -> String {
    paths.iter().map(|path| text(node, path)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// An attribute; empty where there is none.
pub(crate) fn attribute<'n>(node: Node<'n, '_>, name: &str) -> &'n str {
    node.attribute(name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<String, Refusal> {
        let text = without_doctype(text);
        Xml::parse(&text, "x", "a", "r").map(|xml| format!("{} {}", xml.at(xml.root()), super::text(xml.root(), "b")))
    }

    #[test]
    fn entities_of_a_document_are_never_expanded() {
        let plain = "<?xml version=\"1.0\"?>\n<!DOCTYPE a SYSTEM \"x>y\" [ <!-- ]> --> <!ELEMENT a ANY> ]>\n<a><b>t &amp; u</b></a>";
        assert_eq!(parsed(plain).unwrap(), "line 3 t & u");
        let bomb = "<!DOCTYPE a [<!ENTITY x \"lol\"><!ENTITY y \"&x;&x;\">]><a><b>&y;</b></a>";
        assert!(parsed(bomb).unwrap_err().reason.contains("not valid XML"));
        let file = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><b>&x;</b></a>";
        assert!(parsed(file).is_err());
        for cut in 0..bomb.len() {
            let _ = parsed(&bomb[..cut]);
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(parsed(&"<a>".repeat(200_000)).unwrap_err().reason.contains("nested deeper"));
        assert!(parsed(&format!("<a>{}</a>", "<b x='>'/>".repeat(1_000))).is_ok());
        assert!(parsed(&format!("<a><b><![CDATA[{}]]></b></a>", "<br>".repeat(1_000))).is_ok());
    }

    #[test]
    fn contents_of_elements_are_found_without_a_tree() {
        let text = "<r><request/><requestresponse><request base64=\"true\"><![CDATA[a>]]></request>\n\
                    <request>b</request><request a='1'/><request></request><request>c";
        let found: Vec<&str> = contents(text, "request").into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["a>", "b", ""]);
    }

    #[test]
    fn the_first_element_is_found() {
        assert_eq!(root("<?xml version='1.0'?><!-- <x> --><!DOCTYPE n [<!ELEMENT q ANY>]><p:n a='1'>"), "n");
        assert_eq!((root("text"), root("<"), root("<!--")), ("", "", ""));
    }
}
