//! Pages' pictures, kept while they are looked at.

use std::collections::VecDeque;
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

/// A page's hash and a scale in thousandths.
type Key = (String, u32);

#[derive(Default)]
struct Kept {
    /// Oldest use first.
    pictures: VecDeque<(Key, Arc<Vec<u8>>)>,
    bytes: usize,
}

#[derive(Default)]
pub struct Pictures(Mutex<Kept>);

impl Pictures {
    pub fn get(&self, live: &LiveView, hash: &str, scale: f64) -> Option<Arc<Vec<u8>>> {
        let key = (hash.to_owned(), (scale * 1000.0).round() as u32);
        let layouts = {
            let mut kept = self.kept();
            if let Some(at) = kept.pictures.iter().position(|(known, _)| *known == key) {
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
        let picture = Arc::new(layouts.iter().find_map(|shown| shown.png(hash, scale))?);
        let mut kept = self.kept();
        kept.bytes += picture.len();
        kept.pictures.push_back((key, Arc::clone(&picture)));
        while kept.bytes > MOST_BYTES
            && let Some((_, oldest)) = kept.pictures.pop_front()
        {
            kept.bytes -= oldest.len();
        }
        Some(picture)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
