//! SVG: read to see that it can be drawn, freed of what only its editor reads.

use std::ops::Range;

use usvg::roxmltree::{Document, Node, ParsingOptions};

use crate::{PictureError, Prepared};

const NAMESPACE: &str = "http://www.w3.org/2000/svg";
/// Names of elements and attributes that are drawn or read aloud come from these.
const DRAWN: &[&str] = &[
    NAMESPACE,
    // Labels of diagram editors, as a browser draws them.
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
    "http://www.w3.org/2000/xmlns/",
];

/// The text, when a file looks like XML.
pub(crate) fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<').then_some(text)
}

pub(crate) fn prepare(text: &str) -> Result<Prepared, PictureError> {
    let source = text.trim_start_matches('\u{feff}').trim_start();
    read(source)?;
    if let Some(target) = outside(source) {
        return Err(PictureError::Outside(target));
    }
    let bytes = bare(text).ok_or_else(|| PictureError::Damaged("it is no XML document".to_owned()))?;
    // What was left out must not be missed.
    let tree = read(bytes.trim_start_matches('\u{feff}').trim_start())?;
    let size = tree.size();
    Ok(Prepared {
        bytes: bytes.into_bytes(),
        media_type: "image/svg+xml",
        width: size.width().ceil() as u32,
        height: size.height().ceil() as u32,
    })
}

fn read(source: &str) -> Result<usvg::Tree, PictureError> {
    usvg::Tree::from_str(source, &usvg::Options::default())
        .map_err(|error| PictureError::Damaged(format!("as an SVG it cannot be read: {error}")))
}

/// The same without comments, metadata and what is in a namespace of an editor's own: paths on its author's disk, and
/// in the case of diagram editors the whole source with its hidden layers.
pub(crate) fn bare(text: &str) -> Option<String> {
    let start = text.len() - text.trim_start_matches('\u{feff}').trim_start().len();
    let source = &text[start..];
    let options = ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = Document::parse_with_options(source, options).ok()?;
    let mut cut: Vec<Range<usize>> = Vec::new();
    collect(document.root(), &mut cut);
    cut.sort_by_key(|range| range.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in cut {
        // What stands in an entity is not where it is used.
        if range.start < at || source.get(range.clone()).is_none() {
            continue;
        }
        out.push_str(&source[at..range.start]);
        at = range.end;
    }
    out.push_str(&source[at..]);
    if out == source { Some(text.to_owned()) } else { Some(out) }
}

fn collect(node: Node<'_, '_>, cut: &mut Vec<Range<usize>>) {
    for child in node.children() {
        let name = child.tag_name();
        let foreign = name.namespace().is_some_and(|space| !DRAWN.contains(&space));
        if child.is_comment() || (child.is_element() && (foreign || name.name() == "metadata")) {
            cut.push(child.range());
            continue;
        }
        for attribute in child.attributes() {
            let foreign = attribute.namespace().is_some_and(|space| !DRAWN.contains(&space));
            let source = attribute.name() == "content" && child.parent().is_some_and(|parent| parent.is_root());
            if foreign || source {
                cut.push(attribute.range());
            }
        }
        collect(child, cut);
    }
}

/// What an SVG takes from outside of itself: a file or an address in a link, a style or an import.
fn outside(svg: &str) -> Option<String> {
    let options = ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = Document::parse_with_options(svg, options).ok()?;
    let own = |target: &str| target.is_empty() || target.starts_with('#') || target.starts_with("data:");
    // Anchors lead a reader away and draw nothing.
    let drawn = document.descendants().filter(|node| node.is_element() && node.tag_name().name() != "a");
    for node in drawn {
        for attribute in node.attributes() {
            let target = attribute.value().trim();
            if attribute.name() == "href" && !own(target) {
                return Some(target.to_owned());
            }
            for reference in target.split("url(").skip(1) {
                let target = reference.split(')').next().unwrap_or_default().trim_matches([' ', '"', '\'']);
                if !own(target) {
                    return Some(target.to_owned());
                }
            }
        }
        if node.tag_name().name() == "style" && node.text().is_some_and(|style| style.contains("@import")) {
            return Some("an imported style sheet".to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inner: &str) -> String {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{inner}</svg>"#
        )
    }

    #[test]
    fn an_svg_may_not_take_anything_from_outside() {
        for wrong in [
            r#"<image href="file:///etc/passwd" width="1" height="1"/>"#,
            r#"<image xlink:href="http://example.com/x.png" width="1" height="1"/>"#,
            r#"<rect width="1" height="1" fill="url(other.svg#a)"/>"#,
            "<style>@import 'x.css';</style>",
        ] {
            let error = prepare(&svg(wrong)).unwrap_err();
            assert!(matches!(error, PictureError::Outside(_)), "{wrong}: {error}");
        }
        let inner =
            r##"<a href="https://example.com"><use href="#b"/></a><rect id="b" width="1" height="1" fill="url(#c)"/>"##;
        assert_eq!(prepare(&svg(inner)).unwrap().bytes, svg(inner).as_bytes(), "what is clean stays as it is");
        assert!(prepare("<svg").is_err());
    }

    #[test]
    fn what_an_editor_wrote_for_itself_goes() {
        let source = concat!(
            "<?xml version=\"1.0\"?>\n<!-- made on ada's laptop -->\n",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:sodipodi=\"http://sodipodi.example/dtd\" width=\"40\" ",
            "height=\"20\" sodipodi:docname=\"/home/ada/client.svg\" content=\"&lt;mxfile&gt;hidden layer\">",
            "<metadata><who>Ada</who></metadata><sodipodi:namedview id=\"v\"/>",
            "<title>Orders</title><rect width=\"9\" height=\"9\" sodipodi:type=\"x\" fill=\"red\"/></svg>",
        );
        let prepared = prepare(source).unwrap();
        let text = String::from_utf8(prepared.bytes).unwrap();
        for gone in ["ada", "Ada", "mxfile", "namedview", "sodipodi:type"] {
            assert!(!text.contains(gone), "{gone}: {text}");
        }
        assert!(text.contains("<title>Orders</title><rect width=\"9\" height=\"9\"  fill=\"red\"/></svg>"), "{text}");
        assert_eq!((prepared.width, prepared.height, prepared.media_type), (40, 20, "image/svg+xml"));
    }
}
