//! Using a pack: its definition is kept with the engagement, so that an old engagement never changes with a new pack.

use std::path::Path;

use groma_model::{Diagnostic, DiagnosticLevel, PackSnapshot};
use groma_pack::{Pack, Reach};
use groma_store::{Changes, Op, Read};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb, files, propose, scored};

/// Uses a pack.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct AddPack {
    /// A built-in id, or the path of a `.toml` pack or a `.md` audit template.
    pub pack: String,
}

/// The pack as kept.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct PackReply {
    /// The pack's id.
    pub pack: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// How many checks it has.
    pub checks: usize,
    /// What of a Markdown template was not understood.
    pub diagnostics: Vec<Diagnostic>,
    /// What changed.
    pub changes: Changes,
}

impl Verb for AddPack {
    type Reply = PackReply;

    fn run(self, app: &mut App) -> Result<PackReply, AppError> {
        let (pack, diagnostics) = read(&self.pack)?;
        let definition = pack.to_toml().map_err(|error| AppError::refused(error.to_string()))?;
        let author = app.environment.author.clone();
        let store = app.store()?;
        if store.contents()?.packs.iter().any(|known| known.pack == pack.id) {
            return Err(AppError::refused(format!("the engagement already uses the pack {}", pack.id))
                .hint("delete it first to take another version; answers are kept")
                .field("pack"));
        }
        let snapshot = PackSnapshot {
            pack: pack.id.clone(),
            version: pack.version.clone(),
            title: pack.title.clone(),
            definition,
            ..PackSnapshot::default()
        };
        let ((), changes) = store.transact_with(Op::AddPack, &author, |tx| {
            tx.insert(snapshot)?;
            propose::renew(tx).map(|_| ())
        })?;
        let checks = pack.checks().count();
        Ok(PackReply { pack: pack.id, version: pack.version, title: pack.title, checks, diagnostics, changes })
    }
}

impl AddPack {
    /// Reads the pack without using it.
    ///
    /// # Errors
    /// When there is no such pack, or it is wrong.
    pub fn check(&self) -> Result<(), AppError> {
        read(&self.pack).map(|_| ())
    }
}

/// Reads a pack: built in, from a file, or made from a Markdown template.
fn read(pack: &str) -> Result<(Pack, Vec<Diagnostic>), AppError> {
    let path = Path::new(pack);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("toml") => {
            let definition = text(path)?;
            let pack = Pack::parse_with(&definition, |name| {
                let beside = path.parent().unwrap_or(Path::new(".")).join(name);
                let inside = !name.contains("..") && Path::new(name).is_relative();
                inside.then(|| text(&beside).ok()).flatten()
            });
            pack.map(|pack| (untold(&pack), pack))
                .map(|(diagnostics, pack)| (pack, diagnostics))
                .map_err(|error| AppError::refused(format!("{}: {error}", path.display())))
        }
        Some("md" | "markdown") => {
            let template = Pack::from_markdown(&text(path)?)
                .map_err(|error| AppError::refused(format!("{}: {error}", path.display())))?;
            Ok((template.pack, template.diagnostics))
        }
        _ => Ok((scored::built_in(pack)?, Vec::new())),
    }
}

/// What the languages of a pack leave out; it is read in the pack's own words.
fn untold(pack: &Pack) -> Vec<Diagnostic> {
    let told = pack.texts.iter().filter_map(|(language, texts)| {
        let missing = pack.untranslated(&texts.clone().into(), Reach::Shown);
        let (first, more) = (missing.first()?, missing.len() - 1);
        let others = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message =
            format!("the texts in \"{language}\" lack {first}{others}: these are shown in the pack's own words");
        Some(Diagnostic { level: DiagnosticLevel::Note, message, line: None })
    });
    told.collect()
}

fn text(path: &Path) -> Result<String, AppError> {
    String::from_utf8(files::read(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        AppError::refused(format!("{} is not UTF-8 (byte {at})", path.display())).hint("save it as UTF-8")
    })
}
