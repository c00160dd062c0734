//! A file that was read, with what is known of it before any rule looks at it.

use crate::lex::syntax::{Lang, Language, language_of};
use crate::lex::{Lexed, lex};
use crate::shape::Shape;

/// Folders of tests and of what tests need.
const TEST_FOLDERS: &[&str] = &[
    "test",
    "tests",
    "__tests__",
    "spec",
    "specs",
    "e2e",
    "testdata",
    "fixtures",
    "__mocks__",
    "__fixtures__",
    "mocks",
    "cypress",
    "integrationTest",
    "androidTest",
    "testFixtures",
    "it",
    "features",
    "acceptance",
    "loadtest",
    "load-tests",
    "stories",
];

/// Folders of what shows something rather than running.
const SHOWN_FOLDERS: &[&str] =
    &["examples", "example", "samples", "sample", "demo", "demos", "docs", "doc", "benchmarks", "benches", "bench"];

/// What a file is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// It runs in production, as far as one can tell.
    Product,
    /// It tests.
    Test,
    /// It shows or measures.
    Shown,
}

/// A file, told apart.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    pub path: &'a str,
    /// The last part of the path.
    pub name: &'a str,
    pub text: &'a str,
    pub language: Option<&'static Language>,
    pub part: Part,
    /// Whether it runs in a browser or on a phone.
    pub client: bool,
    pub lexed: Lexed,
    pub shape: Shape,
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Tells a text apart.
    pub(crate) fn new(path: &'a str, text: &'a str, client: bool) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let language = language_of(name);
        let mut lexed = language.map_or_else(
            || Lexed { code: text.to_owned(), bare: text.to_owned(), ..Lexed::default() },
            |language| lex(text, language.syntax),
        );
        // Rust's tests stand at the end of what they test.
        if language.and_then(|language| language.deep) == Some(Lang::Rust)
            && let Some(at) = lexed.bare.find("#[cfg(test)]\nmod ")
        {
            lexed.forget(at);
        }
        let part = part(path, name);
        let starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1))
            .collect();
        let shape = match language.and_then(|language| language.deep) {
            Some(lang) => Shape::of(lang, name, text, &lexed),
            None => Shape::default(),
        };
        Self { path, name, text, language, part, client, lexed, shape, starts }
    }

    /// The language, where its code is read in depth.
    pub(crate) fn lang(&self) -> Option<Lang> {
        self.language.and_then(|language| language.deep)
    }

    /// Whether it is code that serves requests, as far as one can tell.
    pub(crate) fn serves(&self) -> bool {
        self.part == Part::Product && !self.client
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, at: usize) -> u32 {
        let line = self.starts.partition_point(|start| *start <= at);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// How many lines it has.
    pub(crate) fn height(&self) -> usize {
        self.starts.len() - usize::from(self.text.ends_with('\n') || self.text.is_empty())
    }

    /// Comments blanked.
    pub(crate) fn code(&self) -> &str {
        &self.lexed.code
    }

    /// Comments and insides of strings blanked.
    pub(crate) fn bare(&self) -> &str {
        &self.lexed.bare
    }
}

/// What a file is there for, by its path.
pub(crate) fn part(path: &str, name: &str) -> Part {
    let folders = || path.split('/').rev().skip(1);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let inner =
        [".test", ".spec", ".e2e", "-test", "_test", "_spec", ".stories", ".cy"].iter().any(|end| stem.ends_with(end));
    let suited = ["Test", "Tests", "Spec", "IT", "TestCase"].iter().any(|end| {
        stem.strip_suffix(end)
            .is_some_and(|rest| rest.ends_with(|char: char| char.is_lowercase() || char.is_ascii_digit()))
    });
    if inner || suited || stem == "conftest" || (stem.starts_with("test_") && name.ends_with(".py")) {
        return Part::Test;
    }
    if folders().any(|folder| TEST_FOLDERS.contains(&folder) || folder.ends_with("Tests") || folder.ends_with(".Test"))
    {
        return Part::Test;
    }
    if folders().any(|folder| SHOWN_FOLDERS.contains(&folder)) { Part::Shown } else { Part::Product }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_told_apart() {
        let of = |path: &str| part(path, path.rsplit('/').next().unwrap());
        for path in [
            "src/test/java/a/OrderServiceTest.java",
            "a/orders_test.go",
            "tests/test_api.py",
            "conftest.py",
            "src/api.spec.ts",
            "spec/models/order_spec.rb",
            "Shop.Tests/CartTests.cs",
            "src/__tests__/a.js",
            "app/OrderIT.java",
        ] {
            assert_eq!(of(path), Part::Test, "{path}");
        }
        for path in [
            "src/main/java/a/Contest.java",
            "src/latest.ts",
            "app/models/order.rb",
            "attestation.go",
            "AUDIT.java",
            "cmd/EDIT.kt",
        ] {
            assert_eq!(of(path), Part::Product, "{path}");
        }
        assert_eq!(of("examples/a.py"), Part::Shown);
    }
}
