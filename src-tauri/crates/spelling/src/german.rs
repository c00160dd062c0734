//! German: a large list of forms, and compounds of them.

use std::sync::OnceLock;

use fst::automaton::Levenshtein;
use fst::{IntoStreamer, Map, Streamer};

use crate::builtin;
use crate::compound::{self, Lexicon};
use crate::english::technical;
use crate::near;
use crate::own::{genitives, lower_first, upper_first};

/// Every form, with 1 when it is no rarity.
fn forms() -> Option<&'static Map<&'static [u8]>> {
    static READ: OnceLock<Option<Map<&'static [u8]>>> = OnceLock::new();
    READ.get_or_init(|| Map::new(builtin::GERMAN).ok()).as_ref()
}

struct German;

impl Lexicon for German {
    fn has(&self, word: &str) -> bool {
        forms().is_some_and(|forms| forms.contains_key(word))
            || builtin::german_more().contains(word)
            || technical(word)
    }

    fn common(&self, word: &str) -> bool {
        forms().is_some_and(|forms| forms.get(word) == Some(1))
            || builtin::german_more().contains(word)
            || technical(word)
    }
}

pub(crate) fn knows(word: &str) -> bool {
    let small = lower_first(word);
    German.has(word)
        || small.as_deref().is_some_and(|small| German.has(small))
        // Names are not in the list with their genitive.
        || (small.is_some() && genitives(word).any(|stem| builtin::german_more().contains(stem)))
        || compound::is_compound(&German, word)
        // "Schreiben" as a noun, "Wichtigste" after an article: compounds of small words too.
        || small.is_some_and(|small| compound::is_compound(&German, &small))
}

/// Whether it stands rightly before a hyphen: "Lese- und Schreibzugriffe".
pub(crate) fn is_first_part(word: &str) -> bool {
    compound::is_first_part(&German, &word.to_lowercase())
}

/// Likely words, best first.
pub(crate) fn suggest(word: &str) -> Vec<String> {
    let mut near: Vec<(u32, String)> = alike(word);
    near.extend(respelt(word).map(|found| (1, found)));
    if let Some(small) = lower_first(word) {
        near.extend(alike(&small).into_iter().map(|(far, found)| (far + 1, upper_first(&found))));
    } else {
        near.extend(alike(&upper_first(word)).into_iter().map(|(far, found)| (far + 3, found)));
    }
    near.extend(near::among(word, builtin::german_more().iter().copied()).into_iter().map(|found| (12, found)));
    near.extend(
        near::among(&word.to_lowercase(), builtin::technical().iter().copied()).into_iter().map(|found| (12, found)),
    );
    if near.iter().all(|(far, _)| *far > 12) {
        near.extend(compounds(word));
    }
    near.sort();
    near.into_iter().map(|(_, found)| found).collect()
}

/// Words that are the same but for `ae` and `ä`, `ss` and `ß`: typed without umlauts, or as before the reform.
fn respelt(word: &str) -> impl Iterator<Item = String> {
    let pairs =
        [("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("ss", "ß"), ("ß", "ss"), ("Ae", "Ä"), ("Oe", "Ö"), ("Ue", "Ü")];
    let present = pairs.into_iter().filter(|(from, _)| word.contains(from)).collect::<Vec<_>>();
    let whole = word.to_owned();
    (1_u32..1 << present.len().min(6))
        .map(move |chosen| {
            let swaps = present.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0);
            swaps.fold(whole.clone(), |word, (_, (from, to))| word.replace(from, to))
        })
        .filter(|word| knows(word))
}

/// Words of the list that differ by one letter or two.
fn alike(word: &str) -> Vec<(u32, String)> {
    let long = word.chars().count();
    let (Some(forms), true) = (forms(), (2..=40).contains(&long)) else { return Vec::new() };
    let letters = if long < 5 { 1 } else { 2 };
    let Ok(automaton) = Levenshtein::new_with_limit(word, letters, 40_000) else { return Vec::new() };
    let mut found = Vec::new();
    let mut stream = forms.search(automaton).into_stream();
    while let Some((bytes, common)) = stream.next() {
        let Ok(other) = std::str::from_utf8(bytes) else { continue };
        if let Some(far) = near::distance(word, other, 20) {
            found.push((far + if common == 1 { 0 } else { 4 }, other.to_owned()));
        }
    }
    found
}

/// Compounds of which one part was mistyped.
fn compounds(word: &str) -> Vec<(u32, String)> {
    let small = word.to_lowercase();
    let noun = word.chars().next().is_some_and(char::is_uppercase);
    let mut found = Vec::new();
    for at in compound::boundaries(&small) {
        let (head, tail) = small.split_at(at);
        if compound::is_first_part(&German, head) && tail.chars().count() > 3 {
            let whole = if noun { upper_first(tail) } else { tail.to_owned() };
            for (far, end) in alike(&whole).into_iter().filter(|(far, _)| *far <= 14) {
                if end.chars().next().is_some_and(char::is_uppercase) == noun {
                    found.push((far + 4, format!("{head}{}", end.to_lowercase())));
                }
            }
        }
        if compound::is_last_part(&German, tail, noun) && head.chars().count() > 3 {
            for (far, begin) in alike(&upper_first(head)).into_iter().filter(|(far, _)| *far <= 14) {
                let begin = begin.to_lowercase();
                if compound::is_first_part(&German, &begin) {
                    found.push((far + 4, format!("{begin}{tail}")));
                }
            }
            // The linking s forgotten.
            let linked = format!("{head}s");
            if compound::is_first_part(&German, &linked) {
                found.push((5, format!("{linked}{tail}")));
            }
        }
    }
    found.sort();
    found.truncate(8);
    found.into_iter().map(|(far, each)| (far, if noun { upper_first(&each) } else { each })).collect()
}
