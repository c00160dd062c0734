//! The data: which products there are, how they are written, and how long each of their versions is looked after.

use super::version::Version;
use groma_model::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The data that the program brings: `assets/technologies.toml`.
const BUILTIN: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/technologies.toml"));

/// Why data on technologies were refused: the place and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("technologies.toml: {0}")]
pub struct TechnologiesError(String);

/// A product of which versions are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// As it is shown.
    pub name: String,
    /// How it is written in a text, in small letters; a space also stands for a hyphen.
    pub names: Vec<String>,
    /// Words that mean other things as well: they count only with a version that is known.
    pub weak_names: Vec<String>,
    /// The day as of which its dates are true.
    pub checked: Date,
    /// Whether a version is looked after until the next one is out.
    pub rolling: bool,
    /// Its versions, newest first.
    pub cycles: Vec<Cycle>,
}

/// A version that a maker looks after as one, with all patches of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// How the maker counts it: `15`, `3.11`, `2012 R2`.
    pub cycle: String,
    /// When it was released, where known.
    pub released: Option<Date>,
    /// The day the maker's own support ends, where known.
    pub ends: Option<Date>,
    /// The day support by a further contract ends, where there is such a thing.
    pub extended: Option<Date>,
    /// Whether it has ended, where the day is not known.
    pub ended: bool,
    /// Other ways to write it: `1.8` for Java 8, `bookworm` for Debian 12.
    pub also: Vec<String>,
    /// What a written version is compared with.
    pub(super) versions: Vec<Version>,
}

/// What is known of products and their versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Technologies {
    products: Vec<Product>,
    /// By first byte: the names, longest first, each with the products (by index, and whether the name is weak).
    names: BTreeMap<u8, Vec<Name>>,
}

/// A name and what it may mean; nothing where it is that of another product (`Redis Enterprise`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub text: String,
    pub products: Vec<(usize, bool)>,
}

impl Technologies {
    /// Reads data in the form of `assets/technologies.toml`, whose beginning describes it.
    ///
    /// # Errors
    /// What is no TOML, lacks a field, has a product or a version twice, a version without numbers, or dates out of
    /// order; the message names the product.
    pub fn parse(text: &str) -> Result<Self, TechnologiesError> {
        let file: File = toml::from_str(text).map_err(|error| TechnologiesError(error.to_string()))?;
        let products = file.product.into_iter().map(Product::try_from).collect::<Result<Vec<_>, _>>()?;
        let mut seen = BTreeSet::new();
        if let Some(twice) = products.iter().find(|product| !seen.insert(product.name.clone())) {
            return Err(TechnologiesError(format!("{} is there twice: put its versions together", twice.name)));
        }
        let mut means: BTreeMap<&str, Vec<(usize, bool)>> = BTreeMap::new();
        for (index, product) in products.iter().enumerate() {
            let names = product.names.iter().map(|name| (name, false));
            for (name, weak) in names.chain(product.weak_names.iter().map(|name| (name, true))) {
                means.entry(name).or_default().push((index, weak));
            }
        }
        for other in &file.others {
            means.entry(other).or_default();
        }
        let mut names: BTreeMap<u8, Vec<Name>> = BTreeMap::new();
        for (text, products) in means {
            let first = text.bytes().next().unwrap_or_default();
            names.entry(first).or_default().push(Name { text: text.to_owned(), products });
        }
        for list in names.values_mut() {
            list.sort_by_key(|name| std::cmp::Reverse(name.text.len()));
        }
        Ok(Self { products, names })
    }

    /// The data that the program brings.
    ///
    /// # Errors
    /// As [`Technologies::parse`]; a test keeps it from happening.
    pub fn builtin() -> Result<Self, TechnologiesError> {
        Self::parse(BUILTIN)
    }

    /// All products, in the order of the file.
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// The names that begin with a byte, longest first.
    pub(super) fn names(&self, first: u8) -> &[Name] {
        self.names.get(&first).map_or(&[], Vec::as_slice)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    others: Vec<String>,
    product: Vec<RawProduct>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProduct {
    name: String,
    names: Vec<String>,
    #[serde(default)]
    weak_names: Vec<String>,
    checked: toml::value::Datetime,
    #[serde(default)]
    rolling: bool,
    cycles: Vec<RawCycle>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCycle {
    cycle: String,
    released: Option<toml::value::Datetime>,
    ends: Option<toml::value::Datetime>,
    extended: Option<toml::value::Datetime>,
    #[serde(default)]
    ended: bool,
    #[serde(default)]
    also: Vec<String>,
}

impl TryFrom<RawProduct> for Product {
    type Error = TechnologiesError;

    fn try_from(raw: RawProduct) -> Result<Self, Self::Error> {
        let name = raw.name;
        let refuse = |what: String| TechnologiesError(format!("{name}: {what}"));
        let mut seen = BTreeSet::new();
        for word in raw.names.iter().chain(&raw.weak_names) {
            if word.trim() != word || word.is_empty() || word.to_lowercase() != *word {
                return Err(refuse(format!("the name \"{word}\" must be in small letters, without blanks around it")));
            }
            if !seen.insert(word) {
                return Err(refuse(format!("the name \"{word}\" is there twice")));
            }
        }
        if raw.names.is_empty() || raw.cycles.is_empty() {
            return Err(refuse("give it at least one name and one cycle".to_owned()));
        }
        let checked = day(Some(raw.checked)).map_err(refuse)?.ok_or_else(|| refuse("checked must be a day".into()))?;
        let cycles = raw.cycles.into_iter().map(Cycle::try_from).collect::<Result<Vec<_>, _>>().map_err(refuse)?;
        let mut seen = BTreeSet::new();
        if let Some(twice) = cycles.iter().find(|cycle| !seen.insert(&cycle.cycle)) {
            return Err(refuse(format!("the cycle {} is there twice", twice.cycle)));
        }
        Ok(Self { names: raw.names, weak_names: raw.weak_names, checked, rolling: raw.rolling, cycles, name })
    }
}

impl TryFrom<RawCycle> for Cycle {
    type Error = String;

    fn try_from(raw: RawCycle) -> Result<Self, Self::Error> {
        let whole = |text: &str| {
            Version::read(&text.to_lowercase()).filter(|(_, length)| *length == text.len()).map(|(version, _)| version)
        };
        let own = whole(&raw.cycle).ok_or_else(|| format!("the cycle \"{}\" must begin with its number", raw.cycle))?;
        let place = |what: String| format!("cycle {}: {what}", raw.cycle);
        let released = day(raw.released).map_err(place)?;
        let ends = day(raw.ends).map_err(place)?;
        let extended = day(raw.extended).map_err(place)?;
        let days: Vec<Date> = [released, ends, extended].into_iter().flatten().collect();
        if !days.is_sorted() {
            return Err(place("released, ends and extended must follow each other".to_owned()));
        }
        if raw.ended && ends.is_some() {
            return Err(place("ended is for a version whose end is not known: leave it out".to_owned()));
        }
        let versions = std::iter::once(own).chain(raw.also.iter().filter_map(|also| whole(also))).collect();
        Ok(Self { cycle: raw.cycle, released, ends, extended, ended: raw.ended, also: raw.also, versions })
    }
}

/// A day of the file.
fn day(written: Option<toml::value::Datetime>) -> Result<Option<Date>, String> {
    let Some(written) = written else { return Ok(None) };
    let (Some(date), None) = (written.date, written.time) else {
        return Err(format!("{written} must be a day, such as 2026-04-30"));
    };
    let part = |number: u8| i8::try_from(number).unwrap_or_default();
    Date::new(i16::try_from(date.year).unwrap_or_default(), part(date.month), part(date.day))
        .map(Some)
        .map_err(|_| format!("{written} is no day of the calendar"))
}
