//! The dictionaries inside the program; where each comes from stands in `assets/dictionaries/README.md`.

use std::collections::HashSet;
use std::sync::OnceLock;

macro_rules! dictionary {
    ($read:ident, $name:literal) => {
        $read!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/dictionaries/", $name))
    };
}

pub(crate) const ENGLISH_AFFIXES: &str = dictionary!(include_str, "en/en.aff");
pub(crate) const ENGLISH: &str = dictionary!(include_str, "en/common.dic");
pub(crate) const AMERICAN: &str = dictionary!(include_str, "en/american.dic");
pub(crate) const BRITISH: &str = dictionary!(include_str, "en/british.dic");
pub(crate) const GERMAN: &[u8] = dictionary!(include_bytes, "de/de.fst");
const GERMAN_MORE: &str = dictionary!(include_str, "de/more.txt");
const TECHNICAL: &str = dictionary!(include_str, "technical.txt");

fn listed(text: &'static str) -> HashSet<&'static str> {
    text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// Words of the trade, in any language: a word in small letters may also be written with a capital.
pub(crate) fn technical() -> &'static HashSet<&'static str> {
    static SET: OnceLock<HashSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| listed(TECHNICAL))
}

/// German names, abbreviations and words that the large list has not.
pub(crate) fn german_more() -> &'static HashSet<&'static str> {
    static SET: OnceLock<HashSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| listed(GERMAN_MORE))
}
