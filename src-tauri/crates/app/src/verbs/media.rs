//! Images: kept once, sized and checked before they can reach a page.

use std::path::PathBuf;

use groma_model::{Image, Kind};
use groma_picture::{PictureError, Prepared};
use groma_store::{Changes, Op, Read};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb, files};

/// Keeps an image file.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct AddImage {
    /// The file: SVG, PNG, JPEG, GIF or WebP.
    pub path: PathBuf,
    /// The name by which prose refers to it, a number added when it is taken; the file's name without ending when not
    /// given.
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
        let name = if self.name.is_empty() { plain_name(&stem) } else { self.name };
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
    let prepared = prepared(shown, bytes)?;
    let author = app.environment.author.clone();
    let (image, changes) = app.store()?.transact_with(Op::Insert(Kind::Image), &author, |tx| {
        let name = free_name(tx, &name)?;
        let image = Image { name, caption, alt, ..described(&prepared) };
        Ok::<_, AppError>(tx.add_image(image, bytes, &prepared.bytes)?)
    })?;
    Ok(ImageReply { image, changes })
}

/// A name as Markdown takes it for a target: letters, digits, and hyphens for what is between.
pub(crate) fn plain_name(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
    text.split(|letter| !plain(letter)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// A name that no other image has, since prose calls images by it: of every three screenshots two have the same.
fn free_name(store: &impl Read, wanted: &str) -> Result<String, AppError> {
    let wanted = if wanted.is_empty() { "image" } else { wanted };
    let taken: Vec<String> = store.list::<Image>()?.into_iter().map(|image| image.name).collect();
    if !taken.iter().any(|name| name == wanted) {
        return Ok(wanted.to_owned());
    }
    let free = (2..).map(|count| format!("{wanted}-{count}")).find(|name| !taken.contains(name));
    Ok(free.unwrap_or_default())
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
        keep_image(self, "the pasted picture", plain_name(&name), String::new(), String::new(), bytes)
    }
}

/// Makes of a file what may be delivered.
///
/// # Errors
/// When it is none of the known kinds, damaged or too large, or an SVG that shows what is outside of it.
pub(crate) fn prepared(shown: &str, bytes: &[u8]) -> Result<Prepared, AppError> {
    groma_picture::prepare(bytes).map_err(|error| wrong(shown, &error))
}

/// What is kept of a picture beside its bytes.
pub(crate) fn described(prepared: &Prepared) -> Image {
    let Prepared { media_type, width, height, .. } = *prepared;
    Image { media_type: media_type.to_owned(), width, height, ..Image::default() }
}

/// A picture's fault in words that name it, with what to do.
pub(crate) fn wrong(shown: &str, error: &PictureError) -> AppError {
    match error {
        PictureError::Outside(target) => AppError::refused(format!("{shown} shows {target}, which is outside of it"))
            .hint("embed the picture in the SVG, or convert it to shapes"),
        PictureError::TooLarge { .. } => {
            AppError::refused(format!("{shown} is too large: {error}")).hint("save a smaller copy of it")
        }
        PictureError::Locked => AppError::refused(format!("{shown}: {error}")).hint("save a copy without the password"),
        PictureError::NoPixels => AppError::refused(format!("{shown} cannot be edited: {error}"))
            .hint("change it in the program that made it, or add it as PNG"),
        PictureError::Edit { field, reason } => AppError::usage(format!("{shown}: {reason}")).field(*field),
        PictureError::Unknown | PictureError::Damaged(_) => {
            AppError::refused(format!("{shown} is not a readable image: {error}"))
                .hint("save it as SVG, PNG, JPEG, GIF or WebP")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_markdown_takes_them() {
        for (given, name) in [("Screenshot (1) – Größe", "Screenshot-1-Größe"), ("a_b.c", "a_b.c"), ("[]", "")] {
            assert_eq!(plain_name(given), name);
        }
    }

    #[test]
    fn a_fault_names_the_picture_and_what_to_do() {
        let told = |bytes: &[u8]| prepared("x.png", bytes).unwrap_err();
        assert!(told(b"hello").message.starts_with("x.png is not a readable image"));
        assert!(told(b"<svg").hint.unwrap().contains("SVG, PNG"));
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd"/></svg>"#;
        assert!(told(svg).message.contains("/etc/passwd, which is outside"));
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>"#;
        let image = described(&prepared("x.png", svg).unwrap());
        assert_eq!((image.media_type.as_str(), image.width, image.height), ("image/svg+xml", 40, 20));
    }
}
