//! Images: kept once, sized and checked before they can reach a page.

use std::path::PathBuf;

use groma_model::{Image, Kind};
use groma_store::{Changes, Op};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb, files};

/// Keeps an image file.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct AddImage {
    /// The file: SVG, PNG, JPEG, GIF or WebP.
    pub path: PathBuf,
    /// The name by which prose refers to it; the file's name without ending when not given.
    pub name: String,
    /// Caption.
    pub caption: String,
    /// Text alternative.
    pub alt: String,
}

/// The image as kept.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ImageReply {
    /// The image.
    pub image: Image,
    /// What changed.
    pub changes: Changes,
}

impl Verb for AddImage {
    type Reply = ImageReply;

    fn run(self, app: &mut App) -> Result<ImageReply, AppError> {
        let bytes = files::read(&self.path)?;
        let shown = self.path.display().to_string();
        let stem = self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = if self.name.is_empty() { stem } else { self.name };
        keep_image(app, &shown, name, self.caption, self.alt, &bytes)
    }
}

fn keep_image(
    app: &mut App,
    shown: &str,
    name: String,
    caption: String,
    alt: String,
    bytes: &[u8],
) -> Result<ImageReply, AppError> {
    let image = Image { name, caption, alt, ..described(shown, bytes)? };
    let author = app.environment.author.clone();
    let (image, changes) = app.store()?.transact(Op::Insert(Kind::Image), &author, |tx| tx.add_image(image, bytes))?;
    Ok(ImageReply { image, changes })
}

impl App {
    /// Keeps a picture that was pasted: its bytes come beside the contract, not as JSON.
    ///
    /// # Errors
    /// When it is larger than a file may be, of no known kind, or damaged; when no engagement is open.
    pub fn paste_image(&mut self, name: String, bytes: &[u8]) -> Result<ImageReply, AppError> {
        if bytes.len() as u64 > files::MOST_BYTES {
            return Err(AppError::refused("the pasted picture is too large").hint("save a smaller one"));
        }
        keep_image(self, "the pasted picture", name, String::new(), String::new(), bytes)
    }
}

/// Says what an image is by its content: media type and size.
///
/// # Errors
/// When it is none of the known kinds, or damaged.
pub(crate) fn described(shown: &str, bytes: &[u8]) -> Result<Image, AppError> {
    let remedy = "save it as SVG, PNG, JPEG, GIF or WebP";
    let text = std::str::from_utf8(bytes).ok().map(|text| text.trim_start_matches('\u{feff}').trim_start());
    if let Some(text) = text.filter(|text| text.starts_with('<')) {
        let tree = usvg::Tree::from_str(text, &usvg::Options::default())
            .map_err(|error| AppError::refused(format!("{shown} is not a readable SVG: {error}")).hint(remedy))?;
        if let Some(target) = outside(text) {
            return Err(AppError::refused(format!("{shown} shows {target}, which is outside of it"))
                .hint("embed the picture in the SVG, or convert it to shapes"));
        }
        let size = tree.size();
        return Ok(Image {
            media_type: "image/svg+xml".to_owned(),
            width: size.width().ceil() as u32,
            height: size.height().ceil() as u32,
            ..Image::default()
        });
    }
    let refused = |reason: String| AppError::refused(format!("{shown} is not a readable image: {reason}")).hint(remedy);
    let reader = image::ImageReader::new(std::io::Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| refused(error.to_string()))?;
    let format = reader.format().ok_or_else(|| refused("its content is of no known kind".to_owned()))?;
    // Decoded whole: a picture cut short would break the report later.
    let picture = reader.decode().map_err(|error| refused(error.to_string()))?;
    let (width, height) = (picture.width(), picture.height());
    Ok(Image { media_type: format.to_mime_type().to_owned(), width, height, ..Image::default() })
}

/// What an SVG takes from outside of itself: a file or an address in a link, a style or an import.
fn outside(svg: &str) -> Option<String> {
    let options = usvg::roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = usvg::roxmltree::Document::parse_with_options(svg, options).ok()?;
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

    #[test]
    fn an_image_is_known_by_its_content() {
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>"#;
        let image = described("x.png", svg).unwrap();
        assert_eq!((image.media_type.as_str(), image.width, image.height), ("image/svg+xml", 40, 20));
        assert!(described("x.png", b"hello").unwrap_err().message.contains("x.png"));
        assert!(described("x.svg", b"<svg").is_err());
    }

    #[test]
    fn an_svg_may_not_take_anything_from_outside() {
        let svg = |inner: &str| {
            format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{inner}</svg>"#
            )
        };
        for wrong in [
            r#"<image href="file:///etc/passwd" width="1" height="1"/>"#,
            r#"<image xlink:href="http://example.com/x.png" width="1" height="1"/>"#,
            r#"<rect width="1" height="1" fill="url(other.svg#a)"/>"#,
            "<style>@import 'x.css';</style>",
        ] {
            let error = described("x.svg", svg(wrong).as_bytes()).unwrap_err();
            assert!(error.message.contains("outside"), "{wrong}: {error}");
        }
        let inner =
            r##"<a href="https://example.com"><use href="#b"/></a><rect id="b" width="1" height="1" fill="url(#c)"/>"##;
        assert!(described("x.svg", svg(inner).as_bytes()).is_ok());
    }
}
