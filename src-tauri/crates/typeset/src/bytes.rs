//! The content of a virtual file.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use typst::foundations::Bytes;

/// The content of one virtual file: immutable, shared, cheap to clone.
///
/// Made `From` owned or static bytes or text, without copying them.
#[derive(Clone)]
pub struct FileBytes(Bytes);

impl FileBytes {
    /// The bytes themselves.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        self.0.as_slice()
    }

    pub(crate) fn typst(&self) -> Bytes {
        self.0.clone()
    }
}

impl PartialEq for FileBytes {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Eq for FileBytes {}

impl fmt::Debug for FileBytes {
    // The length only: a debug line must not carry a client's text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileBytes({})", self.0.len())
    }
}

impl AsRef<[u8]> for FileBytes {
    fn as_ref(&self) -> &[u8] {
        self.as_slice()
    }
}

impl From<Vec<u8>> for FileBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Bytes::new(bytes))
    }
}

impl From<&'static [u8]> for FileBytes {
    fn from(bytes: &'static [u8]) -> Self {
        Self(Bytes::new(bytes))
    }
}

impl From<Arc<[u8]>> for FileBytes {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self(Bytes::new(bytes))
    }
}

impl From<Cow<'static, [u8]>> for FileBytes {
    fn from(bytes: Cow<'static, [u8]>) -> Self {
        match bytes {
            Cow::Borrowed(bytes) => bytes.into(),
            Cow::Owned(bytes) => bytes.into(),
        }
    }
}

impl From<String> for FileBytes {
    fn from(text: String) -> Self {
        Self(Bytes::from_string(text))
    }
}

impl From<&'static str> for FileBytes {
    fn from(text: &'static str) -> Self {
        Self(Bytes::from_string(text))
    }
}
