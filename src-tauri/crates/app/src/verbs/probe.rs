//! The code probe: what a checkout tells, as an artifact like any tool's.

use std::path::PathBuf;

use groma_evidence as evidence;
use groma_pack::Relevance;
use groma_probe::{Options, PackRules};
use groma_store::{Changes, Op, Read};
use serde::{Deserialize, Serialize};

use super::import::keep;
use super::inspect::FileReport;
use crate::app::Event;
use crate::{App, AppError, Code, Verb, ages, files, propose, scored, severities};

/// Reads a local checkout, never running anything of it, and keeps what it tells as an artifact of the open engagement.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ProbeCode {
    /// The checkout's folder.
    pub folder: PathBuf,
    /// What it is of; the folder's name when empty.
    pub subject: String,
    /// A file to write the facts to, in place of the open engagement.
    #[ts(optional = nullable)]
    pub output: Option<PathBuf>,
}

/// What a checkout told.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ProbeReply {
    /// The facts as they were read back; none where they were only written.
    pub report: Option<FileReport>,
    /// The file written.
    pub path: Option<PathBuf>,
    /// Metrics measured.
    pub measurements: usize,
    /// Places at fault.
    pub issues: usize,
    /// Technologies found.
    pub technologies: usize,
    /// Packs that concern the checkout.
    pub packs: Vec<String>,
    /// What changed; null when nothing was kept.
    pub changes: Option<Changes>,
}

impl Verb for ProbeCode {
    type Reply = ProbeReply;

    fn run(self, app: &mut App) -> Result<ProbeReply, AppError> {
        if self.output.is_none() {
            app.store()?;
        }
        let facts = facts(app, &self.folder, &self.subject)?;
        let text = serde_json::to_vec_pretty(&facts).map_err(|error| AppError::failed(error.to_string()))?;
        let mut reply = ProbeReply {
            report: None,
            path: None,
            measurements: facts.measurements.len(),
            issues: facts.issues.len(),
            technologies: facts.tables.iter().map(|table| table.rows.len()).sum(),
            packs: facts.packs.iter().filter(|pack| pack.applies).map(|pack| pack.pack.clone()).collect(),
            changes: None,
        };
        if let Some(path) = self.output {
            if let Ok(engagement) = app.path() {
                files::not_an_engagement(&path, engagement)?;
            }
            files::write(&path, &text)?;
            reply.path = Some(path);
            return Ok(reply);
        }
        let name = format!("{}.groma-code.json", facts.subject);
        let chosen = severities::chosen(&app.store()?.list()?);
        let outcome = evidence::read_until(&name, &text, Some("groma-facts"), &chosen, &|| false);
        let outcome = outcome.ok_or_else(|| AppError::failed("the facts were not read"))?;
        let mut report = FileReport::of(name.clone(), &outcome);
        let evidence::Outcome::Imported(import) = outcome else {
            return Err(AppError::failed(format!("the facts are not readable: {}", report.reason)));
        };
        let author = app.environment.author.clone();
        let (kept, changes) = app.store()?.transact_with(Op::Import, &author, |tx| {
            let (artifact, new) = keep(tx, &name, &text, import)?;
            if new {
                propose::renew(tx)?;
            }
            Ok::<_, AppError>((artifact, new))
        })?;
        report.artifact = Some(kept.0);
        reply.report = Some(report);
        reply.changes = kept.1.then_some(changes);
        Ok(reply)
    }
}

impl App {
    /// What a checkout tells, as the JSON of an artifact.
    ///
    /// # Errors
    /// When the folder cannot be read, holds too much, or the work is cancelled.
    pub fn probed(&self, folder: &std::path::Path, subject: &str) -> Result<serde_json::Value, AppError> {
        let facts = facts(self, folder, subject)?;
        serde_json::to_value(&facts).map_err(|error| AppError::failed(error.to_string()))
    }
}

/// Reads the checkout.
fn facts(app: &App, folder: &std::path::Path, subject: &str) -> Result<groma_probe::Facts, AppError> {
    let environment = &app.environment;
    let now = (environment.now)();
    let own = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let subject = if subject.trim().is_empty() { own.unwrap_or_default() } else { subject.trim().to_owned() };
    let mut packs = Vec::new();
    for built_in in groma_pack::BUILTINS {
        let pack = scored::built_in(built_in.id)?;
        let Relevance { file_patterns, keywords, config_keys, always } = pack.relevance;
        packs.push(PackRules { pack: pack.id, file_patterns, keywords, config_keys, always });
    }
    let stop = || environment.go_on().is_err();
    let shown = folder.display().to_string();
    let progress = |step: groma_probe::Progress| {
        (environment.progress)(&Event::Read { done: step.done, total: step.total, path: shown.clone() });
    };
    let options = Options {
        today: now.to_zoned(jiff::tz::TimeZone::UTC).date(),
        captured_at: &now.to_string(),
        tool_version: env!("CARGO_PKG_VERSION"),
        subject: &subject,
        support: &ages::support,
        packs: &packs,
        stop: &stop,
        progress: &progress,
    };
    groma_probe::probe(folder, &options).map_err(|error| match error {
        groma_probe::Error::Stopped => AppError::new(Code::Cancelled, "cancelled; nothing was changed"),
        error => AppError::refused(error.to_string()).hint("name the folder of a checkout").field("folder"),
    })
}
