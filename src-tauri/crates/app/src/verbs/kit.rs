//! The probe kit: a folder for the client's operators that answers what is still open.

use std::path::PathBuf;

use groma_kit::Names;
use groma_model::{Contents, Verdict};
use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb, assets, files, scored};

/// Writes the kit for the checks that are still open.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct WriteKit {
    /// The folder: a new or empty one, or one that a kit was written to and that nobody changed.
    pub folder: PathBuf,
    /// All checks of the engagement's packs, also those that are answered.
    pub all: bool,
}

/// What was written.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct KitReply {
    /// The folder.
    pub folder: PathBuf,
    /// Files in it.
    pub files: usize,
    /// The probes' titles, in the report's language.
    pub probes: Vec<String>,
    /// Open checks that it can answer, as `pack/check`.
    pub answers: usize,
    /// Open checks that no probe answers.
    pub unanswered: Vec<String>,
}

impl Verb for WriteKit {
    type Reply = KitReply;

    fn run(self, app: &mut App) -> Result<KitReply, AppError> {
        let contents = app.store()?.contents()?;
        let kit = groma_kit::Kit::read(assets::kit()).map_err(|error| AppError::failed(error.to_string()))?;
        let open = open(&contents, self.all)?;
        let open: Vec<&str> = open.iter().map(String::as_str).collect();
        let engagement = &contents.engagement;
        let auditor = engagement.auditors.first().map(|person| person.name.clone()).unwrap_or_default();
        let names = Names { client: engagement.client.clone(), system: engagement.system.clone(), auditor };
        let language = if engagement.language.starts_with("de") { "de" } else { "en" };
        let written = kit.files(&open, language, &names);
        if written.is_empty() {
            return Err(AppError::refused("no check is open that the kit's probes could answer")
                .hint("answer the rest in talks with the client, or ask for all checks"));
        }
        let tree = written.iter().map(|file| (file.path.clone(), file.bytes.as_slice()));
        files::write_tree(&self.folder, tree).map_err(|error| error.field("folder"))?;
        for file in written.iter().filter(|file| file.executable) {
            files::make_executable(&self.folder.join(&file.path))?;
        }
        let unanswered: Vec<String> = kit.unanswered(&open).into_iter().map(str::to_owned).collect();
        let probes = kit.chosen(&open).into_iter().map(|probe| probe.title.in_language(language).to_owned()).collect();
        let answers = open.len() - unanswered.len();
        Ok(KitReply { folder: self.folder, files: written.len(), probes, answers, unanswered })
    }
}

/// The checks that nobody answered and nothing measured, as `pack/check`. A check has no answer of its own before
/// somebody or something touched it.
fn open(contents: &Contents, all: bool) -> Result<Vec<String>, AppError> {
    let packs = scored::snapshots(contents)?;
    let settled = |pack: &str, check: &str| {
        contents.answers.iter().filter(|answer| answer.pack == pack && answer.check == check).any(|answer| {
            let proposed = answer.proposal.as_ref().is_some_and(|proposal| proposal.verdict != Verdict::NotAssessed);
            answer.verdict != Verdict::NotAssessed || proposed
        })
    };
    let mut open = Vec::new();
    for pack in &packs {
        let checks = pack.checks().filter(|(_, _, check)| all || !settled(&pack.id, &check.id));
        open.extend(checks.map(|(_, _, check)| format!("{}/{}", pack.id, check.id)));
    }
    Ok(open)
}
