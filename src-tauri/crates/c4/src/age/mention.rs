//! Where a text names a product with a version.

use super::data::{Name, Product, Technologies};
use super::version::Version;

/// Bytes of a text that are read; a technology is a line.
const LONGEST: usize = 4_000;

/// Words that may stand between a product and its version: `MySQL Community Server 8.0`.
const FILLERS: &[&str] = &[
    "server",
    "db",
    "database",
    "dbms",
    "rdbms",
    "version",
    "ver",
    "v",
    "release",
    "rel",
    "community",
    "enterprise",
    "standard",
    "professional",
    "edition",
    "lts",
    "ltsc",
    "ce",
    "oss",
    "runtime",
    "cluster",
    "stable",
    "mainline",
    "engine",
    "core",
    "broker",
    "image",
    "framework",
    "lang",
    "service",
    "instance",
    "galera",
];

/// Units of amounts: `Redis 6 GB` names no version.
const AMOUNTS: &[&str] = &[
    "gb", "gib", "mb", "mib", "tb", "tib", "kb", "kib", "g", "gbit", "mbit", "rps", "qps", "tps", "ms", "sec",
    "seconds", "hours", "days", "min", "minutes", "req",
];

/// Things that are counted: `Kafka 3 brokers`, `Redis 6-node cluster` name no version.
const COUNTED: &[&str] = &[
    "core",
    "vcpu",
    "cpu",
    "node",
    "replica",
    "instance",
    "shard",
    "broker",
    "partition",
    "pod",
    "server",
    "table",
    "user",
    "topic",
    "queue",
    "worker",
    "thread",
    "container",
    "member",
    "region",
    "zone",
    "connection",
    "database",
    "schema",
    "host",
    "vm",
];

/// A product with a version, as a text names it.
#[derive(Debug)]
pub(super) struct Mention<'a> {
    /// The product, by its place in the data.
    pub product: usize,
    /// The version as it is written.
    pub written: &'a str,
    /// What that is in the data.
    pub named: Named,
}

/// What a written version is among a product's cycles, by their places.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// This one.
    Cycle(usize),
    /// One of these, newest first; never empty.
    Line(Vec<usize>),
    /// Not in the data.
    Nothing,
}

/// All of them, in the order of the text.
pub(super) fn all<'a>(text: &'a str, data: &Technologies) -> Vec<Mention<'a>> {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    // Byte for byte as long as the text, so that places in one are places in the other.
    let small = text.to_ascii_lowercase();
    let mut found = Vec::new();
    let (mut at, mut before) = (0, None);
    while let Some(char) = small[at..].chars().next() {
        let name = starts_word(&small[..at], before).then(|| name_at(&small[at..], data)).flatten();
        let Some((name, length)) = name else {
            before = Some(char);
            at += char.len_utf8();
            continue;
        };
        at += length;
        if let Some(end) = versions(name, text, &small, at, data, &mut found) {
            at = end;
        }
        before = small[..at].chars().next_back();
    }
    found
}

/// Whether a name may begin behind `past`, whose last character is `before`: no word goes on there, not even by a
/// hyphen, since `django-redis 5` is no Redis 5.
fn starts_word(past: &str, before: Option<char>) -> bool {
    match before {
        None => true,
        Some('-' | '_' | '.') => !past[..past.len() - 1].ends_with(char::is_alphabetic),
        Some(char) => !char.is_alphanumeric(),
    }
}

/// The longest name that `text` begins with, as a whole word, and its length there.
fn name_at<'a>(text: &str, data: &'a Technologies) -> Option<(&'a Name, usize)> {
    let first = text.bytes().next()?;
    data.names(first).iter().find_map(|name| {
        let same =
            |(written, wanted): (u8, u8)| written == wanted || (wanted == b' ' && matches!(written, b'-' | b'_'));
        let whole = text.len() >= name.text.len()
            && text.bytes().zip(name.text.bytes()).all(same)
            && text.get(name.text.len()..)?.chars().next().is_none_or(|next| !next.is_alphabetic());
        whole.then_some((name, name.text.len()))
    })
}

/// Puts the versions behind a name that ends at `from` into `found`; where the last of them ends.
fn versions<'a>(
    name: &Name,
    text: &'a str,
    small: &str,
    from: usize,
    data: &Technologies,
    found: &mut Vec<Mention<'a>>,
) -> Option<usize> {
    let mut at = from + gap(&small[from..]);
    if let Some((product, cycle, length)) = codename(name, &small[at..], data) {
        found.push(Mention { product, written: &text[at..at + length], named: Named::Cycle(cycle) });
        return Some(at + length);
    }
    let mut end = None;
    loop {
        let Some((version, length)) = Version::read(&small[at..]) else { return end };
        if is_amount(&version, &small[at + length..]) {
            return end;
        }
        // `Node 18/20` goes on with versions that are known; what is not may be anything.
        let Some((product, named)) = meaning(name, &version, data, end.is_none()) else { return end };
        found.push(Mention { product, written: &text[at..at + length], named });
        end = Some(at + length);
        let Some(next) = and(&small[at + length..]) else { return end };
        at += length + next;
    }
}

/// How far the version may be behind a name: blanks, `:`, `v`, words such as `Server`.
fn gap(text: &str) -> usize {
    let mut at = 0;
    for _ in 0..4 {
        at += text[at..]
            .chars()
            .take_while(|char| char.is_whitespace() || ":-/@=()_~^<>≥–—™®".contains(*char))
            .map(char::len_utf8)
            .sum::<usize>();
        let rest = &text[at..];
        if rest.starts_with(|char: char| char.is_ascii_digit()) {
            break;
        }
        let word = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let joined = rest[word..].chars().next();
        let version = rest[..word] == *"v" && joined.is_some_and(|char| char.is_ascii_digit());
        if version || FILLERS.contains(&&rest[..word]) && joined.is_none_or(|char| !char.is_alphanumeric()) {
            at += word + usize::from(joined == Some('.'));
        } else {
            break;
        }
    }
    at
}

/// The cycle that a word at the beginning of `text` is another name of: `bookworm` behind Debian.
fn codename(name: &Name, text: &str, data: &Technologies) -> Option<(usize, usize, usize)> {
    let word = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let alone = word > 0 && text[word..].chars().next().is_none_or(|next| !next.is_alphanumeric());
    name.products.iter().filter(|_| alone).find_map(|(product, _)| {
        let cycles = &data.products()[*product].cycles;
        let cycle = cycles.iter().position(|cycle| cycle.also.iter().any(|also| *also == text[..word]))?;
        Some((*product, cycle, word))
    })
}

/// How long a word between two versions is, up to the second one: `/`, ` and `.
fn and(text: &str) -> Option<usize> {
    let trimmed = text.trim_start();
    let rest = ["/", "&", "and ", "or ", "und ", "oder "].iter().find_map(|word| trimmed.strip_prefix(word))?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('v').unwrap_or(rest);
    rest.starts_with(|char: char| char.is_ascii_digit()).then_some(text.len() - rest.len())
}

/// Whether what follows a number makes it an amount or a count.
fn is_amount(version: &Version, rest: &str) -> bool {
    if rest.starts_with(['%', '×']) || rest.trim_start().starts_with(['%', '×']) {
        return true;
    }
    let hyphen = rest.starts_with('-');
    let rest = rest.trim_start_matches(['-', ' ', '\u{a0}', '\u{202f}']);
    let word = &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()];
    let counted = match word.strip_suffix('s') {
        Some(one) => COUNTED.contains(&one) || (hyphen && COUNTED.contains(&word)),
        None => hyphen && COUNTED.contains(&word),
    };
    AMOUNTS.contains(&word) || (version.numbers.len() == 1 && counted)
}

/// Which product `name` means with this version, and which of its cycles; none where it names none.
fn meaning(name: &Name, version: &Version, data: &Technologies, unknown: bool) -> Option<(usize, Named)> {
    let all: Vec<(usize, bool, Named)> =
        name.products.iter().map(|(index, weak)| (*index, *weak, named(&data.products()[*index], version))).collect();
    let best = all
        .iter()
        .position(|(_, _, named)| matches!(named, Named::Cycle(_)))
        .or_else(|| all.iter().position(|(_, _, named)| matches!(named, Named::Line(_))))
        .or_else(|| {
            all.iter().position(|(index, weak, _)| unknown && !weak && is_plausible(&data.products()[*index], version))
        })?;
    all.into_iter().nth(best).map(|(product, _, named)| (product, named))
}

/// Which cycles of a product a version may be.
fn named(product: &Product, version: &Version) -> Named {
    for mark in [version.mark, None] {
        let versions = product.cycles.iter().enumerate().flat_map(|(index, cycle)| {
            cycle.versions.iter().filter(move |known| known.mark == mark).map(move |known| (index, known))
        });
        let within = versions.clone().filter(|(_, known)| version.is_within(known));
        if let Some((index, _)) = within.max_by_key(|(_, known)| known.numbers.len()) {
            return Named::Cycle(index);
        }
        let mut line: Vec<usize> =
            versions.filter(|(_, known)| version.is_shorter_than(known)).map(|(index, _)| index).collect();
        line.dedup();
        match line[..] {
            [] => {}
            [one] => return Named::Cycle(one),
            _ => return Named::Line(line),
        }
    }
    Named::Nothing
}

/// Whether a number that is no known version may be one: not a port, not a year.
fn is_plausible(product: &Product, version: &Version) -> bool {
    let newest = product.cycles.iter().flat_map(|cycle| &cycle.versions).map(|known| known.numbers[0]).max();
    let first = version.numbers[0];
    let newest = newest.unwrap_or_default();
    first <= newest + 10 && (newest < 1_000 || !(100..1_995).contains(&first))
}
