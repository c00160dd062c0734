//! The report: engagement to Typst project to PDF.

use std::path::PathBuf;
use std::time::Instant;

use groma_model::{Audience, Engagement, Standard};
use groma_report::Composed;
use groma_store::Read;
use groma_typeset::{Diagnostic, PdfOptions, Typesetter};
use serde::{Deserialize, Serialize};

use crate::composed::{Basis, failed, issues, kept, project};
use crate::entries::known_setting;
use crate::{App, AppError, Code, Verb, files};

/// Compiles the report.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    /// The template; the engagement's own when not given.
    pub template: Option<String>,
    /// The brand; the engagement's own when not given.
    pub brand: Option<String>,
    /// The language; the engagement's own when not given.
    pub language: Option<String>,
    /// The PDF's standard; the engagement's own when not given.
    pub standard: Option<Standard>,
    /// Whom it is for; as the engagement says when not given.
    pub audience: Option<Audience>,
    /// Where to write the PDF; beside the engagement when neither this nor `eject` is given.
    pub output: Option<PathBuf>,
    /// A folder for the whole Typst project.
    pub eject: Option<PathBuf>,
}

/// What was made.
#[derive(Debug, Clone, Default, Serialize, ts_rs::TS)]
pub struct ReportReply {
    /// The PDF, or null when only the project was written.
    pub path: Option<PathBuf>,
    /// Number of pages.
    pub pages: usize,
    /// Length of the PDF.
    pub bytes: usize,
    /// Milliseconds for layout.
    pub compile_ms: u64,
    /// Milliseconds for the PDF.
    pub export_ms: u64,
    /// Remarks of the typesetter, with file and line.
    pub warnings: Vec<String>,
    /// The folder that the project was written to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ejected: Option<PathBuf>,
    /// What to run in that folder for the same pages.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub command: String,
}

impl Verb for Report {
    type Reply = ReportReply;

    fn run(self, app: &mut App) -> Result<ReportReply, AppError> {
        let engagement = app.path()?.to_path_buf();
        let path = self.output.clone().unwrap_or_else(|| engagement.with_extension("pdf"));
        files::not_an_engagement(&path, &engagement)?;
        let store = app.store()?;
        let mut contents = store.contents()?;
        for (field, given) in [("brand", &self.brand), ("template", &self.template), ("language", &self.language)] {
            if let Some(given) = given {
                known_setting(field, given, &contents.brands, &contents.templates)?;
            }
        }
        if let Some(brand) = self.brand {
            contents.engagement.brand = brand;
        }
        if let Some(template) = self.template {
            contents.engagement.template = template;
        }
        if let Some(language) = self.language {
            contents.engagement.language = language;
        }
        contents.engagement.standard = self.standard.unwrap_or(contents.engagement.standard);
        contents.engagement.audience = self.audience.unwrap_or(contents.engagement.audience);
        let standard = contents.engagement.standard;
        if dated(standard) && contents.engagement.report_date.is_none() {
            return Err(AppError::refused(format!("{standard} needs the date of the report, and there is none"))
                .hint("give the engagement its report date, or choose pdf-1.7")
                .field("report_date"));
        }
        let kept = kept(store, &mut contents)?;
        let issues = issues(store, &contents);
        // What the command names is known by now: a setting that is not there is the file's.
        let mut basis = Basis::of(contents, kept, issues).map_err(|error| match error.code {
            Code::Usage => AppError { code: Code::Refused, ..error },
            _ => error,
        })?;
        basis.meet_standard()?;
        let Composed { files, origins, .. } = basis.compose()?;
        let engagement = &basis.contents.engagement;
        let project = project(engagement, files);
        let failed = |failure| failed(&failure, &origins);
        let fonts = basis.fonts.set.clone();
        let mut reply = ReportReply::default();
        if let Some(folder) = self.eject {
            let ejected = groma_typeset::eject(&project, &fonts).map_err(failed)?;
            let all = ejected.files.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice()));
            files::write_tree(&folder, all)?;
            reply.ejected = Some(folder);
            reply.command = ejected.command;
            if self.output.is_none() {
                return Ok(reply);
            }
        }
        let started = Instant::now();
        let mut typesetter = Typesetter::new(fonts, project).map_err(failed)?;
        // Beside a live page what that one has memoised stays.
        let live = app.laid_out_elsewhere;
        let compiled = if live { typesetter.compile_beside() } else { typesetter.compile_once() }.map_err(failed)?;
        reply.compile_ms = started.elapsed().as_millis() as u64;
        reply.pages = compiled.pages();
        reply.warnings = compiled.warnings().iter().map(told).collect();
        let started = Instant::now();
        let pdf = compiled.pdf(&options(engagement)).map_err(failed)?;
        reply.export_ms = started.elapsed().as_millis() as u64;
        reply.bytes = pdf.len();
        files::write(&path, &pdf)?;
        reply.path = Some(path);
        Ok(reply)
    }
}

fn options(engagement: &Engagement) -> PdfOptions {
    PdfOptions {
        creator: concat!("Groma ", env!("CARGO_PKG_VERSION")).to_owned(),
        identifier: Some(format!("{}/{}/{}", engagement.client, engagement.system, engagement.version)),
        standards: standards(engagement.standard),
        ..PdfOptions::default()
    }
}

/// Whether a standard asks for a date.
fn dated(standard: Standard) -> bool {
    !matches!(standard, Standard::Pdf17 | Standard::Pdf20 | Standard::Ua1)
}

fn standards(standard: Standard) -> Vec<groma_typeset::Standard> {
    use groma_typeset::Standard as Of;
    match standard {
        Standard::Pdf17 => vec![Of::Pdf17],
        Standard::Pdf20 => vec![Of::Pdf20],
        Standard::A2b => vec![Of::A2b],
        Standard::A2a => vec![Of::A2a],
        Standard::A3b => vec![Of::A3b],
        Standard::Ua1 => vec![Of::Ua1],
        Standard::A2aUa1 => vec![Of::A2a, Of::Ua1],
    }
}

/// A remark with its place.
fn told(diagnostic: &Diagnostic) -> String {
    diagnostic.to_string()
}
