//! Searching the pages, and the window that edits being led to what another window shows.

use groma_model::{Id, Kind};
use serde::{Deserialize, Serialize};

use crate::live::PageArea;
use crate::verbs::page::shown;
use crate::{App, AppError, Event, Verb};

/// More hits than anybody steps through.
const MOST_HITS: usize = 2000;

/// Where a text stands on the pages: case, diacritics and line ends do not matter.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct FindText {
    /// What is looked for.
    pub query: String,
}

/// One place where the text stands.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct TextHit {
    /// A rectangle for each run that it goes over, in reading order.
    pub areas: Vec<PageArea>,
}

/// Where the text stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ts_rs::TS)]
pub struct FoundText {
    /// The layout that was searched.
    pub revision: u64,
    /// The hits in the order of the pages.
    pub hits: Vec<TextHit>,
    /// Whether there are more than these.
    pub more: bool,
}

impl Verb for FindText {
    type Reply = FoundText;

    fn run(self, app: &mut App) -> Result<FoundText, AppError> {
        let shown = shown(app)?;
        let mut hits = shown.find(&self.query, MOST_HITS + 1);
        let more = hits.len() > MOST_HITS;
        hits.truncate(MOST_HITS);
        let hits = hits.into_iter().map(|areas| TextHit { areas }).collect();
        Ok(FoundText { revision: shown.layout().revision, hits, more })
    }
}

/// Leads the window that edits to a field: asked by the window that shows the pages alone.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    /// Kind of the object.
    pub kind: Kind,
    /// The object.
    pub id: Id,
    /// The field, or empty.
    pub field: String,
    /// Where the cursor belongs in it, in UTF-16 units.
    pub offset: Option<usize>,
}

impl Verb for Reveal {
    type Reply = ();

    fn run(self, app: &mut App) -> Result<(), AppError> {
        let Self { kind, id, field, offset } = self;
        (app.environment.progress)(&Event::Reveal { kind, id, field, offset });
        Ok(())
    }
}
