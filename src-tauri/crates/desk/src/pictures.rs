//! Pages' pictures, kept while they are looked at.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use groma_app::live::{LiveView, Shown};

/// How many bytes of pictures are kept: some forty pages at twice a screen's resolution.
const MOST_BYTES: usize = 48 << 20;
/// Layouts whose pages may still be asked for by a window that has not heard of a newer one.
const LAYOUTS: usize = 3;

/// A page's hash and a scale in thousandths.
type Key = (String, u32);

#[derive(Default)]
struct Kept {
    /// Oldest use first.
    pictures: VecDeque<(Key, Arc<Vec<u8>>)>,
    bytes: usize,
    layouts: VecDeque<Arc<Shown>>,
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
            match live.shown() {
                // The engagement was closed: nothing of it stays.
                None => *kept = Kept::default(),
                Some(shown) if kept.layouts.back().is_none_or(|last| !Arc::ptr_eq(last, &shown)) => {
                    kept.layouts.push_back(shown);
                    if kept.layouts.len() > LAYOUTS {
                        kept.layouts.pop_front();
                    }
                }
                Some(_) => {}
            }
            kept.layouts.clone()
        };
        // Drawn without the lock, so that several pages are drawn at once.
        let picture = Arc::new(layouts.iter().rev().find_map(|shown| shown.png(hash, scale))?);
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
