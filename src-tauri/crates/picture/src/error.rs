//! What can be wrong with a picture or with what is to be done to it.

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Its content is of none of the kinds.
    #[error("its content is of no known kind")]
    Unknown,
    /// It is damaged, or of a variety that is not read.
    #[error("{0}")]
    Damaged(String),
    /// A document that asks for a password.
    #[error("it is locked by a password")]
    Locked,
    /// It unpacks to more than is taken into memory.
    #[error("it is {width} × {height} pixels; at most {megapixels} million are taken, and {edge} on an edge")]
    TooLarge {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
        /// The most pixels, in millions.
        megapixels: u64,
        /// The longest edge.
        edge: u32,
    },
    /// An SVG shows something that is not in it.
    #[error("it shows {0}, which is outside of it")]
    Outside(String),
    /// It is made of shapes, not of pixels.
    #[error("it is an SVG, which is drawn anew from its source and cannot be edited here")]
    NoPixels,
    /// An edit makes no sense on this picture.
    #[error("{reason}")]
    Edit {
        /// Which: `crop`, `marks`, `longest`.
        field: &'static str,
        /// What is wrong.
        reason: String,
    },
}

impl PictureError {
    pub(crate) fn edit(field: &'static str, reason: impl Into<String>) -> Self {
        Self::Edit { field, reason: reason.into() }
    }
}
