//! Makes `assets/dictionaries/de/de.fst` from its two sources (see the README there):
//!
//! ```text
//! cargo run -p groma-spelling --example german_forms -- WORDS NOUNS FORMS OUT
//! ```
//! `WORDS` is the game's list (a key, then the words of that key), `NOUNS` nouns one a line, `FORMS` small-letter forms.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "this is a tool")]

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::fs;

/// What a noun that only the second source has may take.
const ENDINGS: [&str; 8] = ["s", "es", "e", "en", "n", "er", "ern", "nen"];

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [words, nouns, forms, out] = args.as_slice() else { return Err("WORDS NOUNS FORMS OUT".into()) };
    let (words, nouns, forms) = (fs::read_to_string(words)?, fs::read_to_string(nouns)?, fs::read_to_string(forms)?);
    let letters = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    let forms: HashSet<&str> = forms.lines().collect();
    let fold = |word: &str| word.to_lowercase().replace('ß', "ss");
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    for line in words.lines() {
        let mut each = line.split_whitespace();
        let Some(key) = each.next() else { continue };
        let mut named = each.peekable();
        // A key alone is the word itself in small letters.
        let alone = named.peek().is_none().then(|| key.to_lowercase());
        for word in named.map(str::to_owned).chain(alone).filter(|word| letters(word)) {
            // A word that both sources have is no rarity.
            let both = u64::from(forms.contains(fold(&word).as_str()));
            all.insert(word, both);
        }
    }
    for noun in nouns.lines().filter(|noun| letters(noun)) {
        if all.contains_key(noun) {
            continue;
        }
        for ending in ENDINGS {
            let form = format!("{noun}{ending}");
            if forms.contains(fold(&form).as_str()) {
                all.entry(form).or_insert(1);
            }
        }
        all.insert(noun.to_owned(), 1);
    }
    let mut builder = fst::MapBuilder::memory();
    for (word, both) in &all {
        builder.insert(word, *both)?;
    }
    let bytes = builder.into_inner()?;
    println!("{} forms, {} bytes", all.len(), bytes.len());
    fs::write(out, bytes)?;
    Ok(())
}
