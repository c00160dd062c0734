//! `kit.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A text of one line in the languages that a kit can be written in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// English.
    pub en: String,
    /// German.
    pub de: String,
}

impl Text {
    /// In a language; English where it is neither of the two.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        if language == "de" { &self.de } else { &self.en }
    }
}

/// Probes that read the same kind of system.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its id, as given to `--only`; also the folder of its results.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// The rights that its probes need.
    pub access: Text,
    /// What they never read or keep.
    pub never: Text,
    /// Files of the kit that all its probes need.
    pub files: Vec<String>,
    /// Its part of the settings, a file of the kit.
    pub settings: String,
}

/// A file beside the packs that a probe sends, and its path in the folder.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// Path beside the packs: `sql/settings.sql`.
    pub from: String,
    /// Path in the folder.
    pub to: String,
}

/// A script that reads one thing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// Its id; `probes/<id>.sh` is its script.
    pub id: String,
    /// Id of its group.
    pub group: String,
    /// What it is called.
    pub title: Text,
    /// What it reads, in a sentence or two.
    pub what: Text,
    /// What that costs the system.
    pub load: Text,
    /// Commands without which it is skipped.
    pub needs: Vec<String>,
    /// Variables of the settings of which one must be set, or it is skipped.
    pub settings: Vec<String>,
    /// Checks that its results speak to: `pack/check`.
    pub checks: Vec<String>,
    /// Files of the kit that it needs beside its script and its group's.
    #[serde(default)]
    pub files: Vec<String>,
    /// Files beside the packs that it needs.
    #[serde(default)]
    pub pack_files: Vec<PackFile>,
    /// Import formats of its results.
    pub formats: Vec<String>,
    /// It is ended after this many seconds.
    pub seconds: u32,
}

/// The whole of `kit.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Definition {
    pub schema: u32,
    pub version: String,
    pub files: Vec<String>,
    pub words: BTreeMap<String, Text>,
    pub groups: Vec<Group>,
    pub probes: Vec<Probe>,
}
