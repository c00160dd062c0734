//! German compounds: words that stand in no dictionary because anybody may make them.
//!
//! A compound is one or more first parts and a last part that is a word by itself. Parts that are short are taken from a
//! short list, since almost any typing error can be read as a chain of short words.

use crate::own::upper_first;

/// What is asked of the dictionary.
pub(crate) trait Lexicon {
    /// Whether the word stands there as written.
    fn has(&self, word: &str) -> bool;
    /// Whether it is a word that many texts have, not only large lists.
    fn common(&self, word: &str) -> bool;
}

/// Nouns of three letters that are parts of compounds.
const SHORT: &[&str] = &[
    "tag", "weg", "typ", "log", "job", "ort", "art", "zug", "bau", "los", "amt", "uhr", "tor", "not", "rat", "tat",
    "rad", "arm", "see", "tür", "kur", "öl", "gas", "lot", "app", "bit", "bus", "web", "key", "tool", "pod", "bot",
    "abo", "netz",
];

/// First parts that are no nouns.
const PREFIXES: &[&str] = &[
    "hoch",
    "mikro",
    "makro",
    "meta",
    "multi",
    "inter",
    "intra",
    "über",
    "unter",
    "vor",
    "nach",
    "neben",
    "gegen",
    "gesamt",
    "haupt",
    "zwischen",
    "rück",
    "mit",
    "nicht",
    "selbst",
    "fehl",
    "miss",
    "super",
    "mini",
    "maxi",
    "pseudo",
    "auto",
    "sub",
    "trans",
    "anti",
    "um",
    "ein",
    "aus",
    "auf",
    "ab",
    "an",
    "bei",
    "durch",
    "wieder",
    "ersatz",
    "voll",
    "halb",
    "allein",
    "außen",
    "innen",
    "ober",
    "end",
    "quer",
    "einzel",
    "mehr",
    "viel",
    "vorab",
    "echtzeit",
    "drittel",
    "viertel",
    "erst",
    "zweit",
    "dritt",
    "teil",
    "grund",
    "sonder",
    "spezial",
    "standard",
    "adress",
    "kontroll",
    "sprach",
    "grenz",
    "schul",
    "farb",
    "herunter",
    "hinunter",
    "weiter",
    "zurück",
    "zusammen",
    "hinzu",
    "heraus",
    "hinaus",
    "herein",
    "hinein",
    "un",
    "ur",
    "geo",
    "bio",
    "öko",
    "tele",
    "infra",
    "daten",
    "rechen",
    "kosten",
    "personal",
    "wartungs",
    "lizenz",
    "betriebs",
    "cloud",
    "video",
    "audio",
    "foto",
    "roh",
    "primär",
    "sekundär",
    "neu",
    "alt",
    "groß",
    "klein",
    "frei",
    "fest",
    "höchst",
    "mindest",
    "maximal",
    "minimal",
    "tief",
    "hart",
    "weich",
    "leicht",
    "schwer",
    "plus",
    "netto",
    "brutto",
    "worst",
    "best",
    "sofort",
    "dauer",
    "lang",
    "kurz",
    "schnell",
    "zuerst",
    "zuletzt",
];

/// Endings of nouns that take an `s` before another part.
const TAKE_S: &[&str] = &[
    "ung", "heit", "keit", "schaft", "ion", "tät", "tum", "ling", "ing", "arbeit", "sicht", "kunft", "fahrt",
    "einheit", "ment",
];

/// Linked parts whose nouns lose or change their ending.
const LINKED: &[&str] =
    &["hilfs", "geschichts", "geburts", "weihnachts", "vertrags", "übertragungs", "liebes", "rechts"];

/// Whether a word can be read as a compound.
pub(crate) fn is_compound(lexicon: &impl Lexicon, word: &str) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return false };
    // Two capitals are an abbreviation inside; a part never begins with one.
    if letters.any(char::is_uppercase) || word.chars().count() > 60 {
        return false;
    }
    splits(lexicon, &word.to_lowercase(), first.is_uppercase(), 4)
}

fn splits(lexicon: &impl Lexicon, word: &str, noun: bool, deep: u32) -> bool {
    boundaries(word).any(|at| {
        let (head, tail) = word.split_at(at);
        // "Standart": a short end asks for a long beginning.
        (tail.chars().count() > 3 || head.chars().count() > 5)
            && is_first_part(lexicon, head)
            && (is_last_part(lexicon, tail, noun)
                || (deep > 1 && tail.len() > 6 && splits(lexicon, tail, noun, deep - 1)))
    })
}

/// Where a word may be cut.
pub(crate) fn boundaries(word: &str) -> impl Iterator<Item = usize> {
    word.char_indices().map(|(at, _)| at).skip(2).filter(|&at| word[at..].chars().nth(2).is_some())
}

/// Whether something can end a compound: a noun, or for a word in small letters an adjective or a verb.
pub(crate) fn is_last_part(lexicon: &impl Lexicon, part: &str, noun: bool) -> bool {
    let long = part.chars().count();
    if long < 4 {
        return noun && SHORT.contains(&part);
    }
    if noun { lexicon.has(&upper_first(part)) } else { long > 4 && lexicon.has(part) }
}

/// Whether something can begin a compound. In small letters.
pub(crate) fn is_first_part(lexicon: &impl Lexicon, part: &str) -> bool {
    if PREFIXES.contains(&part) || LINKED.contains(&part) {
        return true;
    }
    let long = part.chars().count();
    if long < 4 {
        return SHORT.contains(&part);
    }
    // Rare words would let too many slips pass.
    let noun = |part: &str| lexicon.common(&upper_first(part));
    if noun(part) {
        return !needs_s(part);
    }
    if let Some(stem) = part.strip_suffix('s')
        && TAKE_S.iter().any(|ending| stem.ends_with(ending))
        && noun(stem)
    {
        return true;
    }
    // A verb's stem (`prüf`, `lade`) or an adjective's (`groß`).
    let with = |ending: &str| lexicon.common(&format!("{part}{ending}"));
    (with("en") && ["t", "te"].iter().any(|ending| lexicon.has(&format!("{part}{ending}"))))
        || (part.ends_with('e') && with("n") && with("nd"))
        || (lexicon.has(part) && with("es") && with("em"))
}

/// Whether a noun never begins a compound without an `s`.
fn needs_s(noun: &str) -> bool {
    let takes = ["ung", "heit", "keit", "schaft", "tion", "tät"].iter().any(|ending| noun.ends_with(ending));
    takes && noun.chars().count() > 5 && !noun.ends_with("sprung") && !noun.ends_with("schwung")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Few(&'static [&'static str]);
    impl Lexicon for Few {
        fn has(&self, word: &str) -> bool {
            self.0.contains(&word)
        }
        fn common(&self, word: &str) -> bool {
            self.has(word)
        }
    }

    #[test]
    fn parts_are_put_together() {
        let few = Few(&[
            "Anwendung",
            "Server",
            "Datenbank",
            "Verbindung",
            "Pool",
            "prüfen",
            "prüft",
            "Protokoll",
            "gestützt",
            "Last",
            "Spitzen",
        ]);
        for right in [
            "Anwendungsserver",
            "Datenbankverbindungspool",
            "Prüfprotokoll",
            "datenbankgestützt",
            "Lastspitzen",
            "Mikroserver",
        ] {
            assert!(is_compound(&few, right), "{right}");
        }
        for wrong in [
            "Anwendungserver",
            "Anwendungpool",
            "Anwendungsserber",
            "Datenbankverbindungpool",
            "Server",
            "Lastspitzn",
            "anwendungsserver",
            "DatenbankServer",
        ] {
            assert!(!is_compound(&few, wrong), "{wrong}");
        }
    }
}
