//! A pack in another language than its own.
//!
//! What is asked, measured and scored never changes with a language: ids, rules and stored answers stay as they are, only
//! what people read is put in other words. A text that has no translation stays as it stands in the pack.

mod known;
mod texts;
mod visit;

use std::collections::BTreeMap;

pub use texts::Texts;
pub use visit::Reach;

use crate::{Pack, Problem};
use visit::each_text;

impl Pack {
    /// The pack as it is read in a language (a BCP 47 tag; a region is passed over).
    ///
    /// The pack's own translations (`texts`) come first. Without them those that come with the product serve a pack of
    /// theirs, text by text and only where the pack's text is the one that was translated: an older snapshot, or one that was
    /// changed by hand, shows its own words where they differ.
    ///
    /// What answers and tables keep (choices, starting rows) is not replaced: [`Pack::words`] says how it is read.
    #[must_use]
    pub fn in_language(&self, language: &str) -> Self {
        let wanted = primary(language);
        let mut told = self.clone();
        if wanted == primary(&self.language) || wanted.is_empty() {
            told.texts.clear();
            return told;
        }
        let own = self.texts.get(&wanted).cloned().map(Texts::from);
        let known = if own.is_some() { None } else { known::of(&self.id, &wanted) };
        told.texts.clear();
        let Some(texts) = own.as_ref().or(known.as_deref().map(|known| &known.texts)) else { return told };
        let original = known.as_ref().map(|known| known.original);
        let mut words = BTreeMap::new();
        let mut titles: Vec<String> = parts(&told).cloned().collect();
        each_text(&mut told, &mut |place, text| {
            let Some(translated) = texts.get(&place.key) else { return };
            if original.is_some_and(|original| original.get(&place.key).is_some_and(|known| known != text)) {
                return;
            }
            if place.stored {
                words.insert(text.clone(), translated.to_owned());
            } else {
                translated.clone_into(text);
            }
        });
        // Findings name the section or area by its title.
        words.extend(titles.drain(..).zip(parts(&told).cloned()).filter(|(title, read)| title != read));
        told.words = words;
        told
    }

    /// How something that was stored in the pack's own words is read in the language of [`Pack::in_language`].
    #[must_use]
    pub fn read<'a>(&'a self, stored: &'a str) -> &'a str {
        self.words.get(stored).map_or(stored, String::as_str)
    }

    /// The keys of texts that a language lacks, up to a reach; they are read in the pack's own words.
    #[must_use]
    pub fn untranslated(&self, texts: &Texts, reach: Reach) -> Vec<String> {
        let mut missing = Vec::new();
        each_text(&mut self.clone(), &mut |place, text| {
            if place.reach <= reach && !text.trim().is_empty() && texts.get(&place.key).is_none() {
                missing.push(place.key);
            }
        });
        missing.sort();
        missing.dedup();
        missing
    }

    /// What is wrong with the texts of a language: keys that name nothing in this pack.
    #[must_use]
    pub fn misplaced(&self, texts: &Texts) -> Vec<Problem> {
        let mut known = std::collections::BTreeSet::new();
        each_text(&mut self.clone(), &mut |place, text| {
            if !text.is_empty() {
                known.insert(place.key);
            }
        });
        texts
            .keys()
            .filter(|key| !known.contains(*key))
            .map(|key| Problem {
                line: texts.line(key),
                field: key.to_owned(),
                message: format!("the pack {} has no such text: correct the key, or leave it out", self.id),
            })
            .collect()
    }
}

/// The titles of sections and areas, in order.
fn parts(pack: &Pack) -> impl Iterator<Item = &String> {
    pack.sections.iter().map(|part| &part.title).chain(pack.areas.iter().map(|part| &part.title))
}

/// The language of a tag, without its region.
pub(crate) fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}
