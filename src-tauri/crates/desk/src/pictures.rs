//! Pages' pictures, kept while they are looked at.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use groma_app::live::LiveView;

/// The media type of an image by its first bytes: the engagement keeps these kinds only.
#[must_use]
pub fn media_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, ..] => "image/jpeg",
        [b'G', b'I', b'F', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', ..] => "image/webp",
        _ => "image/svg+xml",
    }
}

/// How many bytes of pictures are kept: a dozen pages at twice a screen's resolution.
const MOST_BYTES: usize = 16 << 20;

/// Which picture is meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The page's hash.
    hash: String,
    /// Pixels a point.
    scale: f64,
    /// Rows of pixels, when it is not all of them.
    rows: Option<Range<u32>>,
}

impl Wanted {
    /// By its name in an address.
    pub fn named(name: &str) -> Option<Self> {
        let (hash, form) = name.strip_suffix(".png")?.split_once('@')?;
        let (scale, rows) = match form.split_once('+') {
            Some((scale, rows)) => {
                let (from, to) = rows.split_once('-')?;
                (scale, Some(from.parse().ok()?..to.parse().ok()?))
            }
            None => (form, None),
        };
        let scale: f64 = scale.parse().ok()?;
        (scale.is_finite() && scale > 0.0).then(|| Self { hash: hash.to_owned(), scale, rows })
    }
}

#[derive(Default)]
struct Kept {
    /// Oldest use first.
    pictures: VecDeque<(Wanted, Arc<Vec<u8>>)>,
    bytes: usize,
}

#[derive(Default)]
pub struct Pictures(Mutex<Kept>);

impl Pictures {
    pub fn get(&self, live: &LiveView, wanted: Wanted) -> Option<Arc<Vec<u8>>> {
        let layouts = {
            let mut kept = self.kept();
            if let Some(at) = kept.pictures.iter().position(|(known, _)| *known == wanted) {
                let found = kept.pictures.remove(at)?;
                let picture = Arc::clone(&found.1);
                kept.pictures.push_back(found);
                return Some(picture);
            }
            let recent = live.recent();
            if recent.is_empty() {
                // The engagement was closed: nothing of it stays.
                *kept = Kept::default();
            }
            recent
        };
        // Drawn without the lock, so that several pages are drawn at once.
        let Wanted { hash, scale, rows } = &wanted;
        let picture = Arc::new(layouts.iter().find_map(|shown| shown.png(hash, *scale, rows.clone()))?);
        let mut kept = self.kept();
        kept.bytes += picture.len();
        kept.pictures.push_back((wanted, Arc::clone(&picture)));
        while kept.bytes > MOST_BYTES
            && let Some((_, oldest)) = kept.pictures.pop_front()
        {
            kept.bytes -= oldest.len();
        }
        Some(picture)
    }

    /// Lets go of all: what is asked for again is drawn again.
    pub fn forget(&self) {
        *self.kept() = Kept::default();
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_named_whole_or_by_its_rows() {
        let wanted = |scale, rows| Some(Wanted { hash: "0af3".to_owned(), scale, rows });
        assert_eq!(Wanted::named("0af3@1.5.png"), wanted(1.5, None));
        assert_eq!(Wanted::named("0af3@2+40-96.png"), wanted(2.0, Some(40..96)));
        for wrong in
            ["0af3.png", "0af3@2", "0af3@.png", "0af3@NaN.png", "0af3@-1.png", "0af3@2+40.png", "0af3@2+-1-3.png"]
        {
            assert_eq!(Wanted::named(wrong), None, "{wrong}");
        }
    }
}
