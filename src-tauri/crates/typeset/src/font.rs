//! Fonts: only those passed in, never the machine's.

use std::fmt;
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::bytes::FileBytes;
use crate::diagnostic::Failure;
use crate::guard;

/// The fonts a document may use; parsed once per process, cheap to clone.
///
/// No system fonts and no fallback fonts of Typst's own (9 MB, and of another face than a brand's):
/// what is not in the set does not exist, so a report looks the same on every machine.
#[derive(Clone)]
pub struct FontSet(Arc<Inner>);

struct Inner {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    data: Vec<FileBytes>,
}

impl FontSet {
    /// Parses OpenType fonts and collections, on all cores.
    ///
    /// The order matters where two fonts fit equally well: the first one wins.
    ///
    /// # Errors
    /// [`Failure::Font`] with the position of the first file that holds no usable font.
    pub fn from_bytes<B: Into<FileBytes>>(files: impl IntoIterator<Item = B>) -> Result<Self, Failure> {
        let data: Vec<FileBytes> = files.into_iter().map(Into::into).collect();
        // A font's parsed form also holds its book entry (name, style, coverage), which is nearly
        // all of the parsing; deferring the rest would mean to do this part twice.
        let parsed = guard::run(|| {
            data.clone().into_par_iter().map(|file| Font::iter(file.typst()).collect::<Vec<_>>()).collect::<Vec<_>>()
        })?;
        if let Some(index) = parsed.iter().position(Vec::is_empty) {
            return Err(Failure::Font { index });
        }
        let fonts: Vec<Font> = parsed.into_iter().flatten().collect();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Ok(Self(Arc::new(Inner { book, fonts, data })))
    }

    /// These fonts and more behind them. Where both have a family, the best fit of either is taken.
    ///
    /// # Errors
    /// As [`FontSet::from_bytes`].
    pub fn with<B: Into<FileBytes>>(&self, files: impl IntoIterator<Item = B>) -> Result<Self, Failure> {
        let more = Self::from_bytes(files)?;
        let fonts: Vec<Font> = self.0.fonts.iter().chain(&more.0.fonts).cloned().collect();
        let data = self.0.data.iter().chain(&more.0.data).cloned().collect();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Ok(Self(Arc::new(Inner { book, fonts, data })))
    }

    /// The family names a document can ask for, in alphabetical order.
    #[must_use]
    pub fn families(&self) -> Vec<&str> {
        self.0.book.families().map(|(name, _)| name).collect()
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.0.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        self.0.fonts.get(index).cloned()
    }

    /// Every font file with a name for it on a disk, unique in the set.
    pub(crate) fn named(&self) -> Vec<(String, FileBytes)> {
        let mut named: Vec<(String, FileBytes)> = Vec::with_capacity(self.0.data.len());
        for file in &self.0.data {
            let bytes = file.as_slice();
            let extension = match bytes.get(..4) {
                Some(b"OTTO") => "otf",
                Some(b"ttcf") => "ttc",
                _ => "ttf",
            };
            let stem = self
                .0
                .fonts
                .iter()
                .find(|font| font.data().as_slice().as_ptr() == bytes.as_ptr())
                .and_then(Font::post_script_name)
                .map(|name| name.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', ""))
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| "font".to_owned());
            let mut name = format!("{stem}.{extension}");
            let mut number = 2;
            while named.iter().any(|(taken, _)| taken.eq_ignore_ascii_case(&name)) {
                name = format!("{stem}-{number}.{extension}");
                number += 1;
            }
            named.push((name, file.clone()));
        }
        named
    }
}

impl fmt::Debug for FontSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FontSet").field(&self.families()).finish()
    }
}
