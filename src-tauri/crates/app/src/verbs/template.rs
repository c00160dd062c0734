//! Report templates: which there are, one of a consultant's own made, kept with the engagement, and read again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use groma_model::{Kind, SettingValue, Template};
use groma_report::{Section, Setting, TemplateInfo};
use groma_store::{Changes, Op, Read};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{App, AppError, Verb, assets, templates};

/// Asks which templates there are.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Templates {}

/// A template to choose.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct TemplateReply {
    /// What the engagement names it by: a built-in id, or the id of one that it keeps; empty for a folder not taken yet.
    pub id: String,
    /// Title.
    pub title: String,
    /// Version.
    pub version: String,
    /// What it is for.
    pub description: String,
    /// Its sections in their default order.
    pub sections: Vec<TemplateSection>,
    /// What it can be set to.
    pub settings: Vec<TemplateSetting>,
    /// The folder of a consultant's own; empty for a built-in one.
    pub folder: String,
    /// Why it cannot be used; empty when it can.
    pub trouble: String,
}

/// A section of a template.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct TemplateSection {
    /// Id.
    pub id: String,
    /// Its title, by the languages of the window.
    pub titles: BTreeMap<String, String>,
    /// Whether it is left out unless switched on.
    pub off: bool,
    /// Whether it is left out of an executive report.
    pub technical: bool,
}

/// Something that a template can be set to.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct TemplateSetting {
    /// Id.
    pub id: String,
    /// What it takes.
    pub kind: groma_report::SettingKind,
    /// The words of a choice.
    pub choices: Vec<String>,
    /// What it is when nobody set it.
    pub default: SettingValue,
    /// Its name by language.
    pub title: BTreeMap<String, String>,
    /// What it does, by language.
    pub hint: BTreeMap<String, String>,
}

impl TemplateReply {
    fn of(id: &str, folder: &str, info: TemplateInfo) -> Self {
        let section = |one: Section| {
            let titles = ["en", "de"].into_iter().filter_map(|language| {
                let labels = assets::labels(language).ok()?;
                let title = groma_report::section_title(&labels, &info.id, &one.id).to_owned();
                Some((language.to_owned(), title))
            });
            TemplateSection { titles: titles.collect(), off: one.off, technical: one.technical, id: one.id.clone() }
        };
        let setting = |one: Setting| {
            let Setting { id, kind, choices, default, title, hint } = one;
            TemplateSetting { id, kind, choices, default, title, hint }
        };
        Self {
            id: id.to_owned(),
            title: info.title,
            version: info.version,
            description: info.description,
            sections: info.sections.iter().cloned().map(section).collect(),
            settings: info.settings.into_iter().map(setting).collect(),
            folder: folder.to_owned(),
            trouble: String::new(),
        }
    }

    fn troubled(id: &str, folder: &str, title: &str, error: &AppError) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            version: String::new(),
            description: String::new(),
            sections: Vec::new(),
            settings: Vec::new(),
            folder: folder.to_owned(),
            trouble: error.to_string(),
        }
    }
}

impl Verb for Templates {
    type Reply = Vec<TemplateReply>;

    fn run(self, app: &mut App) -> Result<Vec<TemplateReply>, AppError> {
        let mut all = Vec::new();
        for id in assets::template_ids() {
            all.push(TemplateReply::of(&id, "", assets::template(&id)?.info));
        }
        let kept = match app.store() {
            Ok(store) => store.list::<Template>()?,
            Err(_) => Vec::new(),
        };
        for own in &kept {
            let id = own.id.to_string();
            all.push(match templates::chosen(&id, &kept) {
                Ok(chosen) => TemplateReply::of(&id, &own.folder, chosen.template.info),
                Err(error) => TemplateReply::troubled(&id, &own.folder, &own.name, &error),
            });
        }
        let engagement = app.path().ok().map(Path::to_path_buf);
        for folder in templates::found(engagement.as_deref(), app.environment.settings.as_deref()) {
            let path = folder.display().to_string();
            if kept.iter().any(|own| own.folder == path) {
                continue;
            }
            all.push(match templates::chosen(&path, &[]) {
                Ok(chosen) => TemplateReply::of("", &path, chosen.template.info),
                Err(error) => TemplateReply::troubled("", &path, &path, &error),
            });
        }
        Ok(all)
    }
}

/// Copies a built-in template into a new folder, to be changed there.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct NewTemplate {
    /// The folder; must not be there.
    pub folder: PathBuf,
    /// The built-in template that is copied; the audit report when empty.
    #[serde(default)]
    pub from: String,
}

impl Verb for NewTemplate {
    type Reply = Vec<String>;

    fn run(self, _app: &mut App) -> Result<Vec<String>, AppError> {
        let from = if self.from.is_empty() { "audit-report" } else { &self.from };
        templates::copy(from, &self.folder)
    }
}

/// Keeps a folder's template with the engagement, in place of what was kept of that folder before.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct TakeTemplate {
    /// The folder.
    pub folder: PathBuf,
    /// Whether the report takes it at once.
    #[serde(default)]
    pub take: bool,
}

/// The template as kept.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct TakenTemplate {
    /// The template's id.
    pub id: groma_model::Id,
    /// Its title.
    pub name: String,
    /// What changed; nothing when the folder holds what was kept.
    pub changes: Option<Changes>,
}

impl Verb for TakeTemplate {
    type Reply = TakenTemplate;

    fn run(self, app: &mut App) -> Result<TakenTemplate, AppError> {
        let read = templates::take(&self.folder)?;
        let author = app.environment.author.clone();
        let store = app.store()?;
        let engagement = store.engagement()?;
        let known = store.list::<Template>()?.into_iter().find(|own| own.folder == read.folder);
        let same = known.as_ref().is_some_and(|known| Template { id: known.id, ..read.clone() } == *known);
        if let Some(known) =
            known.as_ref().filter(|known| same && (!self.take || engagement.template == known.id.to_string()))
        {
            return Ok(TakenTemplate { id: known.id, name: known.name.clone(), changes: None });
        }
        let op = if known.is_some() { Op::Update(Kind::Template) } else { Op::Insert(Kind::Template) };
        let (kept, changes) = store.transact(op, &author, |tx| {
            let kept = match known {
                Some(known) => {
                    let fields = Map::from_iter([
                        ("name".to_owned(), json!(read.name)),
                        ("version".to_owned(), json!(read.version)),
                        ("files".to_owned(), json!(read.files)),
                    ]);
                    tx.patch::<Template>(known.id, fields)?;
                    Template { id: known.id, ..read }
                }
                None => tx.insert(read)?,
            };
            if self.take {
                let fields = Map::from_iter([("template".to_owned(), Value::String(kept.id.to_string()))]);
                tx.patch_json(Kind::Engagement, engagement.id, fields)?;
            }
            Ok(kept)
        })?;
        Ok(TakenTemplate { id: kept.id, name: kept.name, changes: Some(changes) })
    }
}

/// Reads the report's template again from its folder, if it is one of the engagement's own and its folder holds
/// something else by now.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ReloadTemplate {}

impl Verb for ReloadTemplate {
    type Reply = Option<TakenTemplate>;

    fn run(self, app: &mut App) -> Result<Option<TakenTemplate>, AppError> {
        let store = app.store()?;
        let engagement = store.engagement()?;
        let own = store.list::<Template>()?.into_iter().find(|own| own.id.to_string() == engagement.template);
        let Some(own) = own.filter(|own| crate::files::is_folder(Path::new(&own.folder))) else { return Ok(None) };
        let taken = TakeTemplate { folder: PathBuf::from(own.folder), take: false }.run(app)?;
        Ok(taken.changes.is_some().then_some(taken))
    }
}
