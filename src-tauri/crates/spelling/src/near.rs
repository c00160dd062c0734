//! How alike two words are.

/// How many letters differ, are missing, are too many or are swapped; what people often mistake counts less.
/// In tenths of a letter; none beyond `most`.
pub(crate) fn distance(a: &str, b: &str, most: u32) -> Option<u32> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) as u32 * 4 > most {
        return None;
    }
    let width = b.len() + 1;
    let mut table = vec![0_u32; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let cell = |i: usize, j: usize| table[i * width + j];
            let mut best = if i == 0 && j == 0 { 0 } else { u32::MAX };
            if i > 0 {
                best = best.min(cell(i - 1, j) + extra(&a, i - 1));
            }
            if j > 0 {
                best = best.min(cell(i, j - 1) + extra(&b, j - 1));
            }
            if i > 0 && j > 0 {
                best = best.min(cell(i - 1, j - 1) + instead(a[i - 1], b[j - 1], i == 1));
            }
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(cell(i - 2, j - 2) + 6);
            }
            table[i * width + j] = best;
        }
    }
    table.last().copied().filter(|&distance| distance <= most)
}

/// A letter that is doubled, or not, is missed most easily.
fn extra(word: &[char], at: usize) -> u32 {
    if at > 0 && word[at - 1] == word[at] { 5 } else { 10 }
}

fn instead(a: char, b: char, first: bool) -> u32 {
    if a == b {
        return 0;
    }
    let same = a.to_lowercase().eq(b.to_lowercase());
    let pair = |x: char, y: char| {
        matches!(
            (x, y),
            ('ä', 'a' | 'e')
                | ('ö', 'o')
                | ('ü', 'u' | 'y')
                | ('ß', 's')
                | ('d', 't')
                | ('b', 'p')
                | ('g', 'k')
                | ('f', 'v')
                | ('k', 'c')
                | ('z', 'c')
                | ('i', 'y')
                | ('e', 'i')
        )
    };
    match (same, pair(a, b) || pair(b, a), first) {
        (true, ..) => 2,
        (_, true, false) => 6,
        (_, _, false) => 10,
        // The first letter is seldom wrong.
        (_, _, true) => 14,
    }
}

/// The words nearest to one, best first.
pub(crate) fn among<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let most = if word.chars().count() < 5 { 10 } else { 14 };
    let mut near: Vec<(u32, &str)> = words.filter_map(|each| Some((distance(word, each, most)?, each))).collect();
    near.sort_unstable();
    near.into_iter().take(3).map(|(_, each)| each.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_mistakes_are_near() {
        let d = |a, b| distance(a, b, 100).unwrap();
        assert_eq!(d("Haus", "Haus"), 0);
        assert!(d("Adrese", "Adresse") < d("Adrese", "Admrese"));
        assert!(d("Groesse", "Größe") < d("Groesse", "Grütze"));
        assert!(d("haus", "Haus") < d("haus", "raus"));
        assert!(d("nciht", "nicht") < d("nciht", "dicht"));
        assert!(distance("kurz", "Datenbank", 30).is_none());
    }
}
