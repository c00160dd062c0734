//! Report templates of the engagement's own, and what a report is made for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Id, choice::choice, object::object};

choice! {
    /// The standard that the report's PDF is written to and declares.
    Standard {
        /// PDF 1.7 with tags.
        #[default]
        Pdf17 = "pdf-1.7",
        /// PDF 2.0 with tags.
        Pdf20 = "pdf-2.0",
        /// PDF/A-2b: archival, looks the same for ever.
        A2b = "a-2b",
        /// PDF/A-2a: archival, with its structure.
        A2a = "a-2a",
        /// PDF/A-3b: archival, with the data attached.
        A3b = "a-3b",
        /// PDF/UA-1: accessible.
        Ua1 = "ua-1",
        /// PDF/A-2a and PDF/UA-1.
        A2aUa1 = "a-2a+ua-1",
    }
}

impl Standard {
    /// Whether a PDF of this standard may carry files of any kind.
    #[must_use]
    pub fn takes_attachments(self) -> bool {
        !matches!(self, Self::A2b | Self::A2a | Self::A2aUa1)
    }

    /// Whether a page of another PDF may stand in it as it is; else it is drawn anew as shapes.
    #[must_use]
    pub fn takes_documents(self) -> bool {
        matches!(self, Self::Pdf17 | Self::Pdf20)
    }
}

choice! {
    /// Whom the report is for.
    Audience {
        /// Everybody: all sections.
        #[default]
        All = "all",
        /// Those who decide: without the sections that only engineers need.
        Executive = "executive",
        /// Outsiders: names, addresses and raw evidence taken out.
        Redacted = "redacted",
    }
}

/// What a template's setting is set to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(untagged)]
pub enum SettingValue {
    /// A switch.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A choice or a text.
    Text(String),
}

/// Settings by template, then by the setting's id.
pub type TemplateSettings = BTreeMap<String, BTreeMap<String, SettingValue>>;

/// A template as it was read from its folder: so an old report can be made again whatever became of the folder.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Template {
    /// Id.
    pub id: Id,
    /// Title.
    pub name: String,
    /// Version, as its folder says.
    pub version: String,
    /// The folder that it was read from.
    pub folder: String,
    /// Its files by `/`-separated path below the folder, those that it shares with others below `_shared/`.
    pub files: BTreeMap<String, TemplateFile>,
}

/// A file of a template.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateFile {
    /// What is in it: text, or bytes as Base64.
    pub content: String,
    /// Whether it is Base64.
    pub base64: bool,
}

object!(Template, Template, []);
