//! The engagement file itself: made, opened, closed; and what the application has to offer.

use std::path::PathBuf;

use groma_model::{Brand, Template};
use groma_store::{Read, Step};
use serde::{Deserialize, Serialize};

use crate::sample::{self, SampleReply};
use crate::verbs::{AddPack, PackReply};
use crate::{App, AppError, Entry, Event, Verb, assets, brands, entries};

/// Opens an engagement file in place of the one that is open.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// The file.
    pub path: PathBuf,
}

impl Verb for Open {
    type Reply = State;

    fn run(self, app: &mut App) -> Result<State, AppError> {
        // One that is open already must not be opened beside itself.
        if app.path().is_ok_and(|open| open == self.path) {
            return State::of(app);
        }
        app.open(&self.path)?;
        State::of(app)
    }
}

/// Opens a file that a start of the application named, by a double click or on a command line, where nobody reads an
/// answer: what stands against it is kept in the state for the windows to tell.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct OpenNamed {
    /// The file.
    pub path: PathBuf,
}

impl Verb for OpenNamed {
    type Reply = ();

    fn run(self, app: &mut App) -> Result<(), AppError> {
        if let Err(error) = (Open { path: self.path }).run(app) {
            app.unopened = Some(error);
            let path = app.path().ok().map(PathBuf::from);
            (app.environment.progress)(&Event::Opened { path });
        }
        Ok(())
    }
}

/// Creates an engagement file and opens it.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Create {
    /// The file; must not exist.
    pub path: PathBuf,
    /// Client organisation.
    pub client: String,
    /// Name of the audited system.
    pub system: String,
    /// Report language; English when not given.
    pub language: String,
    /// ISO 4217 code; EUR when not given.
    pub currency: String,
    /// Brand; the application's own when not given.
    pub brand: String,
    /// Packs: built-in ids, or paths of TOML or Markdown files; both built-in ones when not given.
    pub packs: Vec<String>,
}

/// What was made.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CreateReply {
    /// The packs that it uses.
    pub packs: Vec<PackReply>,
}

impl Verb for Create {
    type Reply = CreateReply;

    fn run(self, app: &mut App) -> Result<CreateReply, AppError> {
        let or = |value: &str, usual: &str| if value.is_empty() { usual.to_owned() } else { value.to_owned() };
        let engagement = entries::new_engagement(
            &self.client,
            &self.system,
            &or(&self.language, "en"),
            &or(&self.currency, "EUR"),
            &or(&self.brand, "groma"),
        )?;
        let named =
            if self.packs.is_empty() { vec!["backend-health".into(), "backend-maturity".into()] } else { self.packs };
        let mut packs: Vec<AddPack> = Vec::new();
        for pack in named {
            if packs.iter().all(|known| known.pack != pack) {
                packs.push(AddPack { pack });
            }
        }
        // Packs are read before the file is made, so that a wrong one leaves nothing behind.
        for pack in &packs {
            pack.check()?;
        }
        app.create(&self.path, engagement)?;
        let packs = packs.into_iter().map(|pack| pack.run(app)).collect::<Result<_, _>>()?;
        Ok(CreateReply { packs })
    }
}

/// Creates the sample engagement, built from raw tool outputs, and opens it.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// The file; must not exist.
    pub path: PathBuf,
}

impl Verb for Sample {
    type Reply = SampleReply;

    fn run(self, app: &mut App) -> Result<SampleReply, AppError> {
        sample::create(app, &self.path)
    }
}

/// Closes the engagement.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Close {}

impl Verb for Close {
    type Reply = State;

    fn run(self, app: &mut App) -> Result<State, AppError> {
        app.close()?;
        State::of(app)
    }
}

/// Says what is open, and what there is to choose from.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Status {}

/// What is open, and what there is to choose from.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct State {
    /// The open file, or null.
    pub path: Option<PathBuf>,
    /// Client and system, or empty.
    pub title: String,
    /// Whether the file can only be read.
    pub read_only: bool,
    /// Whether it was brought back after a crash when it was opened, until `opening_told`.
    pub recovered: bool,
    /// Why another file is not open that a start of the application named, until `opening_told`.
    pub unopened: Option<AppError>,
    /// What the next undo would take back; null when there is nothing.
    pub undo: Option<Step>,
    /// What the next redo would do again; null when there is nothing.
    pub redo: Option<Step>,
    /// Languages of reports.
    pub languages: Vec<String>,
    /// Templates of reports, each with the ids of its sections, the engagement's own last.
    pub templates: Vec<Entry>,
    /// Brands of reports, the engagement's own last.
    pub brands: Vec<Entry>,
    /// Families that reports can be set in.
    pub fonts: Vec<String>,
    /// Formats that can be imported.
    pub formats: Vec<Entry>,
    /// Built-in packs.
    pub packs: Vec<Entry>,
}

impl State {
    fn of(app: &mut App) -> Result<Self, AppError> {
        let path = app.path().ok().map(PathBuf::from);
        let mut state = Self {
            path,
            title: String::new(),
            read_only: false,
            recovered: false,
            unopened: app.unopened.clone(),
            undo: None,
            redo: None,
            languages: assets::languages(),
            templates: entries::templates()?,
            brands: brands()?,
            fonts: brands::fonts()?,
            formats: entries::formats(),
            packs: entries::packs()?,
        };
        if state.path.is_some() {
            let told = app.recovery_told;
            let store = app.store()?;
            let engagement = store.engagement()?;
            state.title = [engagement.client, engagement.system].join(" · ");
            let own: Vec<Brand> = store.list()?;
            state.brands.extend(brands::entries(&own));
            let kept: Vec<Template> = store.list()?;
            state.templates.extend(kept.iter().map(|one| crate::templates::entry(one, &kept)));
            state.read_only = store.is_read_only();
            state.recovered = store.is_recovered() && !told;
            state.undo = store.next_undo()?;
            state.redo = store.next_redo()?;
        }
        Ok(state)
    }
}

impl Verb for Status {
    type Reply = State;

    fn run(self, app: &mut App) -> Result<State, AppError> {
        State::of(app)
    }
}

/// Says that the user was told of what came of opening a file; the state tells of it no more.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct OpeningTold {}

impl Verb for OpeningTold {
    type Reply = ();

    fn run(self, app: &mut App) -> Result<(), AppError> {
        app.recovery_told = true;
        app.unopened = None;
        Ok(())
    }
}

/// Stops the long work under way. A face that runs one command at a time has nothing to stop.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Cancel {}

impl Verb for Cancel {
    type Reply = ();

    fn run(self, app: &mut App) -> Result<(), AppError> {
        app.environment.cancelled.store(true, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    }
}
