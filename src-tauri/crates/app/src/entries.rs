//! What is built in, for lists: formats, packs, templates and brands; and the clock.

use groma_model::{Brand, Engagement, Template, Timestamp};
use serde::Serialize;

use crate::{AppError, assets, scored};

/// A thing that is built in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What is worth knowing beside.
    pub detail: String,
}

impl Entry {
    /// An entry of a list.
    #[must_use]
    pub fn new(id: impl Into<String>, title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), detail: detail.into() }
    }
}

/// The formats that can be imported.
#[must_use]
pub fn formats() -> Vec<Entry> {
    groma_evidence::formats().iter().map(|format| Entry::new(format.id, format.title, format.tool)).collect()
}

/// The built-in packs.
///
/// # Errors
/// When one is not readable, which is a fault of the build.
pub fn packs() -> Result<Vec<Entry>, AppError> {
    let read = groma_pack::BUILTINS.iter().map(|built_in| {
        let pack = scored::built_in(built_in.id)?;
        let detail = format!("{} checks, version {}", pack.checks().count(), pack.version);
        Ok(Entry::new(pack.id, pack.title, detail))
    });
    read.collect()
}

/// The report templates, each with the ids of its sections.
///
/// # Errors
/// When one is not readable, which is a fault of the build.
pub fn templates() -> Result<Vec<Entry>, AppError> {
    let mut all = Vec::new();
    for id in assets::template_ids() {
        let info = assets::template(&id)?.info;
        let sections: Vec<&str> = info.sections.iter().map(|section| section.id.as_str()).collect();
        all.push(Entry::new(id, info.title, sections.join(" ")));
    }
    Ok(all)
}

/// The brands.
///
/// # Errors
/// When one is not readable, which is a fault of the build.
pub fn brands() -> Result<Vec<Entry>, AppError> {
    let mut all = Vec::new();
    for id in assets::brand_ids() {
        let brand = assets::brand(&id)?;
        let name = brand.data.get("name").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        all.push(Entry::new(id, name, ""));
    }
    Ok(all)
}

/// An engagement with what is asked for at its creation.
///
/// # Errors
/// When client or system is empty, or there is no such language, currency or brand.
pub fn new_engagement(
    client: &str,
    system: &str,
    language: &str,
    currency: &str,
    brand: &str,
) -> Result<Engagement, AppError> {
    for (field, value) in [("client", client), ("system", system)] {
        if value.trim().is_empty() {
            return Err(AppError::usage(format!("the {field} is empty")).field(field));
        }
    }
    for (field, value) in [("currency", currency), ("language", language), ("brand", brand)] {
        known_setting(field, value, &[], &[])?;
    }
    Ok(Engagement {
        client: client.to_owned(),
        system: system.to_owned(),
        language: language.to_owned(),
        currency: currency.to_owned(),
        brand: brand.to_owned(),
        template: "audit-report".to_owned(),
        version: "0.1".to_owned(),
        ..Engagement::default()
    })
}

/// Refuses a report setting that names what is not there; an empty one stands for the usual. `brands` and
/// `templates` are the engagement's own.
///
/// # Errors
/// When there is no such currency, language, brand or template; names those there are.
pub(crate) fn known_setting(
    field: &str,
    value: &str,
    brands: &[Brand],
    templates: &[Template],
) -> Result<(), AppError> {
    if value.is_empty() {
        return Ok(());
    }
    let known = match field {
        "currency" if iso_currency::Currency::from_code(value).is_none() => {
            Err(AppError::usage(format!("\"{value}\" is not a currency"))
                .hint("give an ISO 4217 code such as EUR, CHF or USD"))
        }
        "language" => assets::labels(value).map(drop),
        "brand" if brands.iter().any(|brand| brand.id.to_string() == value) => Ok(()),
        "brand" => assets::brand(value).map(drop),
        "template" => crate::templates::chosen(value, templates).map(drop),
        _ => Ok(()),
    };
    known.map_err(|error| error.field(field))
}

/// The time now, from the operating system.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "the clock enters here and is passed on")]
pub fn now() -> Timestamp {
    Timestamp::now()
}
