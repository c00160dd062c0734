//! The engagement's packs and the scores that follow from them.

use groma_model::Contents;
use groma_pack::{Health, Maturity, Pack};

use crate::AppError;

/// Packs, scores, and nothing else: what several verbs need of one reading of the engagement.
pub(crate) struct Scored {
    pub packs: Vec<Pack>,
    pub health: Option<Health>,
    pub maturity: Option<Maturity>,
}

impl Scored {
    /// Reads the engagement's pack snapshots and scores its answers.
    ///
    /// # Errors
    /// When a snapshot is not readable, which only a damaged file can cause.
    pub(crate) fn of(contents: &Contents) -> Result<Self, AppError> {
        let _span = tracing::info_span!("score", answers = contents.answers.len()).entered();
        Ok(Self::by(snapshots(contents)?, contents))
    }

    /// The same with the packs, and the titles in the scores, in a language.
    ///
    /// # Errors
    /// As [`Scored::of`].
    pub(crate) fn in_language(contents: &Contents, language: &str) -> Result<Self, AppError> {
        let _span = tracing::info_span!("score", answers = contents.answers.len()).entered();
        Ok(Self::by(snapshots_in(contents, language)?, contents))
    }

    fn by(packs: Vec<Pack>, contents: &Contents) -> Self {
        let health =
            packs.iter().find(|pack| !pack.sections.is_empty()).map(|pack| groma_pack::health(pack, &contents.answers));
        let maturity = packs
            .iter()
            .find(|pack| !pack.areas.is_empty())
            .map(|pack| groma_pack::maturity(pack, &contents.assessments));
        Self { packs, health, maturity }
    }
}

/// The packs as the engagement keeps them.
///
/// # Errors
/// When a snapshot is not readable.
pub(crate) fn snapshots(contents: &Contents) -> Result<Vec<Pack>, AppError> {
    contents.packs.iter().map(|snapshot| parse(&snapshot.pack, &snapshot.definition)).collect()
}

/// The packs as the engagement keeps them, in a language; in their own where none is named.
///
/// # Errors
/// As [`snapshots`].
pub(crate) fn snapshots_in(contents: &Contents, language: &str) -> Result<Vec<Pack>, AppError> {
    Ok(snapshots(contents)?.into_iter().map(|pack| pack.in_language(language)).collect())
}

/// Reads a definition.
///
/// # Errors
/// When it is wrong; names line, field and remedy.
pub(crate) fn parse(id: &str, definition: &str) -> Result<Pack, AppError> {
    Pack::parse(definition).map_err(|error| AppError::refused(format!("{id}: {error}")))
}

/// A built-in pack.
///
/// # Errors
/// When there is none of that id; names those there are.
pub(crate) fn built_in(id: &str) -> Result<Pack, AppError> {
    match groma_pack::builtin(id) {
        Some(read) => read.map_err(|error| AppError::failed(format!("{id}: {error}"))),
        None => {
            let known: Vec<&str> = groma_pack::BUILTINS.iter().map(|pack| pack.id).collect();
            Err(AppError::usage(format!("there is no built-in pack \"{id}\""))
                .hint(format!("choose one of: {}; or name a .toml or .md file", known.join(", ")))
                .field("pack"))
        }
    }
}
