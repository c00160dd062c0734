//! The order of words in a language, as far as its dictionaries agree: letters first, then accents.

use super::Locale;

/// Letters with marks and the letter they are sorted with.
const MARKED: &[(char, &str)] = &[
    ('a', "àáâãäåāăą"),
    ('c', "çćč"),
    ('e', "èéêëēėęě"),
    ('i', "ìíîïīį"),
    ('l', "ł"),
    ('n', "ñńň"),
    ('o', "òóôõöøōő"),
    ('s', "śšş"),
    ('u', "ùúûüūůű"),
    ('y', "ýÿ"),
    ('z', "źżž"),
];

/// Letters that a language counts as letters of their own, in the order in which they follow the one before.
const OWN: &[(&str, &str)] = &[("es", "ñ"), ("pl", "ąćęłńóśźż")];

impl Locale {
    /// What a text is sorted by in this language: its letters, then the text itself, where the letters are the same.
    #[must_use]
    pub fn sorted_by(&self, text: &str) -> (Vec<(u32, u32)>, String) {
        let own = OWN.iter().find(|(language, _)| *language == self.language).map_or("", |(_, letters)| letters);
        let mut letters = Vec::new();
        for letter in text.chars().flat_map(char::to_lowercase) {
            match letter {
                'ß' => letters.extend([(u32::from('s'), 0); 2]),
                'œ' => letters.extend([(u32::from('o'), 0), (u32::from('e'), 0)]),
                'æ' => letters.extend([(u32::from('a'), 0), (u32::from('e'), 0)]),
                // Vowel signs, the stretching line, marks of direction and what joins or softens: not heard in the order.
                '\u{640}' | '\u{64b}'..='\u{652}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2066}'..='\u{2069}' => {}
                'أ' | 'إ' | 'آ' | 'ٱ' => letters.push(self.placed('ا', 0)),
                'ى' => letters.push(self.placed('ي', 0)),
                _ => {
                    let base =
                        MARKED.iter().find(|(_, marked)| marked.contains(letter)).map_or(letter, |(base, _)| *base);
                    let after = own.chars().position(|one| one == letter).map_or(0, |place| place as u32 + 1);
                    letters.push(self.placed(base, after));
                }
            }
        }
        (letters, text.to_owned())
    }

    /// Arabic words stand before words in Latin letters where the language is written from right to left.
    fn placed(&self, letter: char, after: u32) -> (u32, u32) {
        let foreign = self.right_to_left && letter.is_ascii_alphabetic();
        (u32::from(letter) + if foreign { 0x10_000 } else { 0 }, after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'a>(language: &str, mut words: Vec<&'a str>) -> Vec<&'a str> {
        let locale = Locale::of(language);
        words.sort_by_key(|word| locale.sorted_by(word));
        words
    }

    #[test]
    fn words_stand_as_in_a_dictionary_of_the_language() {
        assert_eq!(
            sorted("de", vec!["Zeit", "Rückstellung", "Rubrik", "Übergabe", "RICE"]),
            ["RICE", "Rubrik", "Rückstellung", "Übergabe", "Zeit"]
        );
        assert_eq!(
            sorted("pl", vec!["ścieżka", "skan", "szum", "łata", "luka", "limit"]),
            ["limit", "luka", "łata", "skan", "szum", "ścieżka"]
        );
        assert_eq!(sorted("es", vec!["ñandú", "nube", "oreja"]), ["nube", "ñandú", "oreja"]);
        assert_eq!(sorted("fr", vec!["équipe", "essai", "Échéance", "ETP"]), ["Échéance", "équipe", "essai", "ETP"]);
        assert_eq!(sorted("ar", vec!["RICE", "مكسب", "أثر", "ازدواج"]), ["أثر", "ازدواج", "مكسب", "RICE"]);
        assert_eq!(sorted("en", vec!["b", "A", "a", "B"]), ["A", "a", "B", "b"]);
    }
}
