//! Reading the kit's files, and asking which probes there are.

use std::collections::BTreeMap;

use crate::{
    Group, KitError, Probe,
    schema::{Definition, Text},
    validate,
};

/// A probe kit that holds together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kit {
    pub(crate) definition: Definition,
    /// Text of every file by its path below `assets/kit`.
    pub(crate) texts: BTreeMap<String, String>,
}

impl Kit {
    /// Reads a kit from its files, by path below `assets/kit`.
    ///
    /// # Errors
    /// When `kit.toml` is missing or of another shape, a file that it names is not there, or it does not hold together;
    /// every problem is named.
    pub fn read<'a>(files: impl IntoIterator<Item = (String, &'a [u8])>) -> Result<Self, KitError> {
        let mut texts = BTreeMap::new();
        for (path, bytes) in files {
            let text = std::str::from_utf8(bytes).map_err(|_| KitError::Shape(format!("{path} is no UTF-8")))?;
            texts.insert(path, text.to_owned());
        }
        let text = texts.get("kit.toml").ok_or_else(|| KitError::Shape("kit.toml is missing".to_owned()))?;
        let definition: Definition = toml::from_str(text).map_err(|error| KitError::Shape(error.to_string()))?;
        let kit = Self { definition, texts };
        match validate::problems(&kit) {
            problems if problems.is_empty() => Ok(kit),
            problems => Err(KitError::Problems(problems)),
        }
    }

    /// Version of the kit, which is in its results.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.definition.version
    }

    /// Every group, in the order of the README.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.definition.groups
    }

    /// Every probe, in the order in which they run.
    #[must_use]
    pub fn probes(&self) -> &[Probe] {
        &self.definition.probes
    }

    /// The probes that answer one of some checks (`pack/check`), in the order in which they run.
    #[must_use]
    pub fn chosen(&self, open_checks: &[&str]) -> Vec<&Probe> {
        let answers = |probe: &&Probe| probe.checks.iter().any(|check| open_checks.contains(&check.as_str()));
        self.probes().iter().filter(answers).collect()
    }

    /// Of some checks (`pack/check`), those that no probe speaks to.
    #[must_use]
    pub fn unanswered<'a>(&self, open_checks: &[&'a str]) -> Vec<&'a str> {
        let known = |check: &str| self.probes().iter().any(|probe| probe.checks.iter().any(|known| known == check));
        open_checks.iter().copied().filter(|check| !known(check)).collect()
    }

    /// A word of the README. Validation holds that it is there.
    pub(crate) fn word(&self, id: &str, language: &str) -> &str {
        self.definition.words.get(id).map_or("", |word: &Text| word.in_language(language))
    }

    pub(crate) fn text(&self, path: &str) -> &str {
        self.texts.get(path).map_or("", String::as_str)
    }
}
