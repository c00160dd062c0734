//! The live page: its layout, and the way between a page and a field.

use std::sync::Arc;

use groma_model::{Id, Kind};
use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::live::{Draft, Early, Layout, Layouter, PageArea, PageText, Shown};
use crate::{App, AppError, Event, Verb};

/// The newest layout; made now when nobody else does.
pub(super) fn shown(app: &mut App) -> Result<Arc<Shown>, AppError> {
    app.store()?;
    if let Some(shown) = app.live.shown() {
        return Ok(shown);
    }
    if app.laid_out_elsewhere {
        return Ok(Arc::new(Shown::nothing()));
    }
    let composition = app.composition();
    let shown = Layouter::default().lay_out(composition);
    app.live.put(Some(Arc::clone(&shown)));
    Ok(shown)
}

/// The pages as they are laid out now.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ShowLayout {}

impl Verb for ShowLayout {
    type Reply = Layout;

    fn run(self, app: &mut App) -> Result<Layout, AppError> {
        Ok(shown(app)?.layout().clone())
    }
}

impl Verb for Draft {
    type Reply = ();

    /// At a desk, which keeps the pages up to date, the thread that shows them does this.
    fn run(self, app: &mut App) -> Result<(), AppError> {
        let shown = shown(app)?;
        if let Some(ahead) = Early::default().lay_out(&shown, &self) {
            app.live.put(Some(Arc::new(ahead)));
        }
        Ok(())
    }
}

/// The field behind a point of a page.
#[derive(Debug, Clone, Copy, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Locate {
    /// The page, from 0.
    pub page: usize,
    /// Points from its left edge.
    pub x: f64,
    /// Points from its upper edge.
    pub y: f64,
}

/// A place in a prose field.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Located {
    /// Kind of the object.
    pub kind: Kind,
    /// The object.
    pub id: Id,
    /// The field.
    pub field: String,
    /// Where a cursor belongs in the field's Markdown, in UTF-16 units.
    pub offset: usize,
}

impl Verb for Locate {
    type Reply = Option<Located>;

    fn run(self, app: &mut App) -> Result<Option<Located>, AppError> {
        let shown = shown(app)?;
        let Some(place) = shown.locate(self.page, self.x, self.y) else { return Ok(None) };
        let text = field(app, &shown, place.kind, place.id, place.field)?;
        let before = &text[..text.floor_char_boundary(place.byte)];
        let offset = before.encode_utf16().count();
        Ok(Some(Located { kind: place.kind, id: place.id, field: place.field.to_owned(), offset }))
    }
}

/// Where a place in a prose field is printed.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Kind of the object.
    pub kind: Kind,
    /// The object.
    pub id: Id,
    /// The field.
    pub field: String,
    /// The cursor in the field's Markdown, in UTF-16 units.
    pub offset: usize,
}

impl Verb for Place {
    type Reply = Option<PageArea>;

    fn run(self, app: &mut App) -> Result<Option<PageArea>, AppError> {
        let shown = shown(app)?;
        let text = field(app, &shown, self.kind, self.id, &self.field)?;
        let mut units = 0;
        let after = text.char_indices().find(|(_, letter)| {
            let reached = units >= self.offset;
            units += letter.len_utf16();
            reached
        });
        let byte = after.map_or(text.len(), |(byte, _)| byte);
        let place = shown.place(self.kind, self.id, &self.field, byte);
        if let Some(area) = place {
            (app.environment.progress)(&Event::Caret { area });
        }
        Ok(place)
    }
}

/// The text of a page, to be selected, copied and searched.
#[derive(Debug, Clone, Copy, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ShowText {
    /// The page, from 0.
    pub page: usize,
}

impl Verb for ShowText {
    type Reply = Vec<PageText>;

    fn run(self, app: &mut App) -> Result<Vec<PageText>, AppError> {
        Ok(shown(app)?.text(self.page))
    }
}

/// A field's text as the pages show it; empty when the object is gone or the field holds none.
fn field(app: &mut App, shown: &Shown, kind: Kind, id: Id, field: &str) -> Result<String, AppError> {
    if let Some(text) = shown.draft(kind, id, field) {
        return Ok(text.to_owned());
    }
    let object = app.store()?.get_json(kind, id)?;
    Ok(object.get(field).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned())
}
