//! Report templates and brands: folders of data.

use std::collections::BTreeMap;

use groma_model::SettingValue;
use serde::{Deserialize, Serialize};

use crate::ReportError;

/// A section of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Id; also the name of its file, `parts/<id>.typ`.
    pub id: String,
    /// Whether it is left out unless switched on.
    #[serde(default)]
    pub off: bool,
    /// Whether it is an appendix.
    #[serde(default)]
    pub appendix: bool,
    /// Whether it is for engineers: left out of an executive report, whatever is switched on.
    #[serde(default)]
    pub technical: bool,
}

/// What a template can be set to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Id: its name in `report.settings`.
    pub id: String,
    /// What it takes.
    pub kind: SettingKind,
    /// The words of a choice.
    #[serde(default)]
    pub choices: Vec<String>,
    /// What it is when nobody set it.
    pub default: SettingValue,
    /// Its name by language.
    pub title: BTreeMap<String, String>,
    /// What it does, by language.
    #[serde(default)]
    pub hint: BTreeMap<String, String>,
}

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
pub enum SettingKind {
    /// Yes or no.
    Switch,
    /// One of a few words.
    Choice,
    /// A number.
    Number,
    /// A line of text.
    Text,
}

impl Setting {
    /// Whether a value is one that it can take.
    #[must_use]
    pub fn takes(&self, value: &SettingValue) -> bool {
        match (self.kind, value) {
            (SettingKind::Switch, SettingValue::Flag(_)) | (SettingKind::Text, SettingValue::Text(_)) => true,
            (SettingKind::Number, SettingValue::Number(number)) => number.is_finite(),
            (SettingKind::Choice, SettingValue::Text(word)) => self.choices.contains(word),
            _ => false,
        }
    }
}

/// A template's description, `template.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TemplateInfo {
    /// Id, the folder's name.
    pub id: String,
    /// Version.
    pub version: String,
    /// Title.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Whether it can lay out one part of the report alone, for the page beside an editor.
    #[serde(default)]
    pub parts: bool,
    /// Sections in their default order.
    pub sections: Vec<Section>,
    /// What it can be set to.
    #[serde(default)]
    pub settings: Vec<Setting>,
}

/// A template: its description and its files by path.
#[derive(Debug, Clone)]
pub struct Template {
    /// The description.
    pub info: TemplateInfo,
    /// `/main.typ`, `/parts/….typ`, and what they read besides.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Template {
    /// Reads a template from its files: `template.toml` and all others but `sample.json`; paths are
    /// relative to its folder.
    ///
    /// # Errors
    /// When `template.toml` is missing or wrong, or a section has no file.
    pub fn read(folder: &str, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Self, ReportError> {
        let wrong = |reason: String| ReportError::Template { template: folder.to_owned(), reason };
        let mut kept = BTreeMap::new();
        let mut info = None;
        for (path, bytes) in files {
            if path == "template.toml" {
                let text = String::from_utf8(bytes).map_err(|_| wrong("template.toml is not UTF-8".to_owned()))?;
                info = Some(
                    toml::from_str::<TemplateInfo>(&text).map_err(|error| wrong(format!("template.toml: {error}")))?,
                );
            } else if path != "sample.json" {
                kept.insert(format!("/{path}"), bytes);
            }
        }
        let info = info.ok_or_else(|| wrong("it has no template.toml".to_owned()))?;
        for section in &info.sections {
            let path = format!("/parts/{}.typ", section.id);
            if !kept.contains_key(&path) {
                return Err(wrong(format!("section \"{}\" has no file {path}", section.id)));
            }
        }
        if let Some(setting) = info.settings.iter().find(|setting| !setting.takes(&setting.default)) {
            return Err(wrong(format!("template.toml: the setting \"{}\" cannot take its own default", setting.id)));
        }
        Ok(Self { info, files: kept })
    }
}

/// A brand: how a firm's documents look.
#[derive(Debug, Clone)]
pub struct Brand {
    /// Id, the folder's name.
    pub id: String,
    /// `brand.toml` as data, handed to the template as it is.
    pub data: toml::Table,
    /// The logo's bytes and ending (`svg` or `png`), when it has one.
    pub logo: Option<(String, Vec<u8>)>,
    /// That of the logo for dark grounds, when it has one.
    pub logo_dark: Option<(String, Vec<u8>)>,
}

impl Brand {
    /// Reads a brand from its files: `brand.toml`, and the logos that it names.
    ///
    /// # Errors
    /// When `brand.toml` is missing or wrong, or a logo that it names is missing.
    pub fn read(folder: &str, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Self, ReportError> {
        let wrong = |reason: String| ReportError::Brand { brand: folder.to_owned(), reason };
        let mut files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
        let text = files.remove("brand.toml").ok_or_else(|| wrong("it has no brand.toml".to_owned()))?;
        let text = String::from_utf8(text).map_err(|_| wrong("brand.toml is not UTF-8".to_owned()))?;
        let data: toml::Table = toml::from_str(&text).map_err(|error| wrong(format!("brand.toml: {error}")))?;
        let mut logo = |field: &str| match data.get(field).and_then(toml::Value::as_str).filter(|name| !name.is_empty())
        {
            None => Ok(None),
            Some(name) => {
                let bytes = files.remove(name).ok_or_else(|| wrong(format!("its logo {name} is missing")))?;
                let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
                Ok(Some((ending, bytes)))
            }
        };
        let (logo, logo_dark) = (logo("logo")?, logo("logo_dark")?);
        Ok(Self { id: folder.to_owned(), data, logo, logo_dark })
    }
}
