//! The levels that the evidence suggests.

use groma_pack::Suggestion;
use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::levels::Counted;
use crate::{App, AppError, Verb, scored};

/// Asks what the evidence says of the areas' levels. Nothing is changed by it.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct SuggestLevels {}

/// What the evidence says of an area's level.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct AreaSuggestion {
    /// The pack.
    pub pack: String,
    /// The area's id.
    pub area: String,
    /// The level, with what speaks for and against it.
    pub suggestion: Suggestion,
}

impl Verb for SuggestLevels {
    type Reply = Vec<AreaSuggestion>;

    fn run(self, app: &mut App) -> Result<Vec<AreaSuggestion>, AppError> {
        let contents = app.store()?.contents()?;
        let packs = scored::snapshots(&contents)?;
        let counted = Counted::of(&contents);
        let areas = packs.iter().flat_map(|pack| pack.areas.iter().map(move |area| (pack, area)));
        // Of an area without signals no evidence can say anything.
        let spoken = areas.filter(|(_, area)| !area.signals.is_empty());
        let told = spoken.map(|(pack, area)| AreaSuggestion {
            pack: pack.id.clone(),
            area: area.id.clone(),
            suggestion: counted.suggestion(area),
        });
        Ok(told.collect())
    }
}
