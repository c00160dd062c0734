//! Images: kept once, sized and checked before they can reach a page.

use std::path::PathBuf;

use groma_model::{Image, Kind};
use groma_store::{Changes, Op};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb, files};

/// Keeps an image file.
#[derive(Debug, Clone, Default, Deserialize)]
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
#[derive(Debug, Clone, Serialize)]
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
        let image = Image { name, caption: self.caption, alt: self.alt, ..described(&shown, &bytes)? };
        let author = app.environment.author.clone();
        let (image, changes) =
            app.store()?.transact(Op::Insert(Kind::Image), &author, |tx| tx.add_image(image, &bytes))?;
        Ok(ImageReply { image, changes })
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
    let (width, height) = reader.into_dimensions().map_err(|error| refused(error.to_string()))?;
    Ok(Image { media_type: format.to_mime_type().to_owned(), width, height, ..Image::default() })
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
}
