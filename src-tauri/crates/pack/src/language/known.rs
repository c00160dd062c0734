//! The translations that come with the product, read once.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::{Texts, visit::each_text};
use crate::{BUILTINS, builtin};

/// A built-in pack's texts in a language, and the texts that they were made from.
pub(super) struct Known {
    pub texts: Texts,
    pub original: &'static BTreeMap<String, String>,
}

/// The texts of the built-in packs in their own language, by id and key.
static ORIGINALS: LazyLock<BTreeMap<&'static str, BTreeMap<String, String>>> = LazyLock::new(|| {
    let read = |id| {
        let mut texts = BTreeMap::new();
        if let Some(Ok(mut pack)) = builtin(id) {
            each_text(&mut pack, &mut |place, text| drop(texts.insert(place.key, text.clone())));
        }
        (id, texts)
    };
    BUILTINS.iter().map(|pack| read(pack.id)).collect()
});

type Read = BTreeMap<(&'static str, &'static str), Option<Arc<Known>>>;

static READ: LazyLock<Mutex<Read>> = LazyLock::new(Mutex::default);

/// The texts of a built-in pack in a language, when there are some.
pub(super) fn of(pack: &str, language: &str) -> Option<Arc<Known>> {
    let found = BUILTINS.iter().find(|known| known.id == pack)?;
    let (language, text) = found.texts.iter().find(|(known, _)| *known == language)?;
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    read.entry((found.id, language))
        .or_insert_with(|| {
            // A test holds that every file can be read.
            let texts = Texts::parse(text, found.id, language).ok()?;
            Some(Arc::new(Known { texts, original: ORIGINALS.get(found.id)? }))
        })
        .clone()
}
