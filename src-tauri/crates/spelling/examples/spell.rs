//! Checks a file: `cargo run -p groma-spelling --example spell -- LANGUAGE FILE…` prints each misspelt word with suggestions.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "this is a tool")]

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use groma_spelling::{OwnWords, Speller};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let speller = args.next().as_deref().and_then(Speller::of).ok_or("LANGUAGE FILE…")?;
    let own = OwnWords::default();
    let start = Instant::now();
    let _ = speller.misspelt("Wort", &own);
    println!("read in {:?}", start.elapsed());
    for path in args {
        let text = std::fs::read_to_string(&path)?;
        let start = Instant::now();
        let found = speller.misspelt(&text, &own);
        println!("{path}: {} bytes checked in {:?}", text.len(), start.elapsed());
        let mut words: BTreeMap<&str, usize> = BTreeMap::new();
        for range in found {
            *words.entry(&text[range]).or_default() += 1;
        }
        for (word, times) in words {
            let start = Instant::now();
            let meant = speller.suggest(word);
            println!("  {word} ({times}): {} [{:?}]", meant.join(", "), start.elapsed());
        }
    }
    Ok(())
}
