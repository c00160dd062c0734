//! The engagement as a Typst project: what the report, the check and the live page are made of.

use std::collections::BTreeMap;

use groma_model::{Contents, Engagement, EvidenceTarget, Issue};
use groma_report::{Brand, Composed, Drawings, Exhibits, Input, Labels, Template};
use groma_store::Read;
use groma_typeset::{Date, Diagnostic, Failure, Project};

use crate::brand_fonts::{self, ReportFonts};
use crate::scored::Scored;
use crate::templates::{self, Chosen};
use crate::{AppError, assets, audience, brands, drawings, exhibits};

/// The bytes of what is printed of the pictures, by SHA-256.
///
/// Files of the first version kept pictures as they were given. What such a picture carries besides its pixels is taken
/// out here, so that it does not leave either; its entry in the contents then says what is printed instead.
fn pictures(store: &impl Read, contents: &mut Contents) -> Result<BTreeMap<String, Vec<u8>>, AppError> {
    let mut pictures = BTreeMap::new();
    for image in &mut contents.images {
        let mut bytes = store.blob(&image.sha256)?;
        if image.upright.is_none() && groma_picture::carries_metadata(&bytes) {
            // What cannot be read any more was accepted then, and the typesetter has the last word on it.
            if let Ok(prepared) = groma_picture::prepare(&bytes) {
                image.sha256 = groma_store::sha256_hex(&prepared.bytes);
                image.media_type = prepared.media_type.to_owned();
                (image.width, image.height) = (prepared.width, prepared.height);
                bytes = prepared.bytes;
            }
        }
        pictures.insert(image.sha256.clone(), bytes);
    }
    Ok(pictures)
}

/// The bytes that a report prints or carries.
#[derive(Default)]
pub(crate) struct Kept {
    /// Pictures by SHA-256.
    pictures: BTreeMap<String, Vec<u8>>,
    /// Exhibits by id.
    exhibits: Exhibits,
    /// The fonts of the brand; without them the bundled ones serve.
    fonts: Option<ReportFonts>,
}

/// What a report needs of the bytes in the file; see [`pictures`] for what becomes of the contents.
pub(crate) fn kept(store: &impl Read, contents: &mut Contents) -> Result<Kept, AppError> {
    let fonts = Some(brand_fonts::of_report(store, contents)?);
    Ok(Kept { pictures: pictures(store, contents)?, exhibits: exhibits::kept(store, contents)?, fonts })
}

/// The issues that evidence links name; an issue whose artifact was removed is passed over.
pub(crate) fn issues(store: &impl Read, contents: &Contents) -> Vec<Issue> {
    let links = contents.evidence_links.iter().filter(|link| link.target_kind == EvidenceTarget::Issue);
    links.filter_map(|link| store.issue(link.target.parse().ok()?).ok()).collect()
}

/// Everything that a report is made of, in one hand.
pub(crate) struct Basis {
    pub contents: Contents,
    kept: Kept,
    pub issues: Vec<Issue>,
    scored: Scored,
    plan: groma_plan::Plan,
    pub template: Template,
    brand: Brand,
    labels: Labels,
    shared: BTreeMap<String, Vec<u8>>,
    drawings: Drawings,
    pub fonts: ReportFonts,
}

impl Basis {
    /// # Errors
    /// When a setting is not there, or the plan goes in circles.
    pub fn of(contents: Contents, mut kept: Kept, issues: Vec<Issue>) -> Result<Self, AppError> {
        let (contents, issues) = audience::seen(contents, issues)?;
        let Chosen { template, shared } = templates::of(&contents)?;
        let engagement = &contents.engagement;
        let language = if engagement.language.is_empty() { "en" } else { engagement.language.as_str() };
        Ok(Self {
            template,
            brand: brands::look(&contents, &kept.pictures, &engagement.brand)?,
            labels: assets::labels(language)?,
            shared,
            drawings: drawings::of_contents(&contents)?,
            fonts: kept.fonts.take().map_or_else(ReportFonts::bundled, Ok)?,
            scored: Scored::in_language(&contents, language)?,
            plan: groma_plan::plan(&contents).map_err(|error| AppError::refused(error.to_string()))?,
            contents,
            kept,
            issues,
        })
    }

    pub fn input(&self) -> Input<'_> {
        Input {
            contents: &self.contents,
            packs: &self.scored.packs,
            health: self.scored.health.as_ref(),
            maturity: self.scored.maturity.as_ref(),
            plan: Some(&self.plan),
            template: &self.template,
            brand: &self.brand,
            labels: &self.labels,
            shared: &self.shared,
            pictures: &self.kept.pictures,
            drawings: &self.drawings,
            exhibits: &self.kept.exhibits,
        }
    }

    /// Makes of documents what the standard of the PDF takes.
    ///
    /// # Errors
    /// When a bundled font is not there, which is a fault of the build.
    pub fn meet_standard(&mut self) -> Result<(), AppError> {
        if !self.contents.engagement.standard.takes_documents() {
            exhibits::drawn(&mut self.kept.exhibits)?;
        }
        Ok(())
    }

    /// Lets go of the bytes, which the project holds by now; which pictures there are stays known.
    pub fn forget_bytes(&mut self) {
        self.kept.pictures.values_mut().for_each(|bytes| *bytes = Vec::new());
        self.kept.exhibits.clear();
    }

    /// The Typst project of the engagement.
    pub fn compose(&self) -> Result<Composed, AppError> {
        let _span = tracing::info_span!("compose", findings = self.contents.findings.len()).entered();
        groma_report::compose_with(&self.input(), &self.issues).map_err(|error| AppError::failed(error.to_string()))
    }
}

/// The composed files as the typesetter takes them.
pub(crate) fn project(engagement: &Engagement, files: BTreeMap<String, Vec<u8>>) -> Project {
    let mut project = Project::new("/main.typ");
    for (path, bytes) in files {
        project = project.with(path, bytes);
    }
    project.date = date(engagement);
    project
}

/// The report's own notion of today.
pub(crate) fn date(engagement: &Engagement) -> Option<Date> {
    engagement.report_date.map(|date| Date {
        year: i32::from(date.year()),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    })
}

/// A compiler's failure in the consultant's words: which object and field, where that is known.
pub(crate) fn failed(failure: &Failure, composed: &groma_report::Origins) -> AppError {
    let mut errors = failure.errors().iter();
    let Some(first) = errors.next() else {
        return AppError::failed(format!("the report does not compile: {failure}"));
    };
    let more = errors.count();
    let error = match origin(first, composed) {
        Some(origin) => {
            let field = origin.field;
            AppError::failed(format!("the report does not compile: {origin}: {first}")).field(field)
        }
        None => AppError::failed(format!("the report does not compile: {first}")),
    };
    if more > 0 {
        error.hint(format!("{more} more errors of this kind follow from it or stand beside it"))
    } else {
        error
    }
}

/// What stands behind a message: its own place first, then those of its trace, innermost first.
pub(crate) fn origin(error: &Diagnostic, origins: &groma_report::Origins) -> Option<groma_report::Origin> {
    let places = error.place.iter().chain(error.trace.iter().filter_map(|step| step.place.as_ref()));
    places.filter_map(|place| origins.origin(&place.file, Some(place.line))).next()
}

#[cfg(test)]
mod tests {
    use groma_model::{Engagement, Finding, Id};
    use groma_typeset::{Failure, Place, Severity, Tracepoint};

    use super::*;

    #[test]
    fn a_failure_names_the_field_that_the_consultant_wrote() {
        let id = Id::from_parts(1, 1);
        let finding = Finding { id, number: 12, title: "One".into(), condition: "A\n\nB".into(), ..Finding::default() };
        let contents = Contents { engagement: Engagement::default(), findings: vec![finding], ..Contents::default() };
        let composed = Basis::of(contents, Kept::default(), Vec::new()).unwrap().compose().unwrap();
        let file = composed.prose.iter().find(|(_, prose)| prose.field == "condition").unwrap().0.clone();
        let at = |file: &str, line| Some(Place { file: file.to_owned(), line, column: 1 });
        let error = Diagnostic {
            severity: Severity::Error,
            message: "broken".to_owned(),
            place: at("/_shared/prose.typ", 3),
            hints: Vec::new(),
            trace: vec![Tracepoint { message: String::new(), place: at(&file, 1) }],
        };
        let told = failed(&Failure::Compile { errors: vec![error], warnings: Vec::new() }, &composed.origins);
        assert!(told.message.contains("F-012 condition, line 1"), "{told}");
        assert_eq!(told.field.as_deref(), Some("condition"));
    }
}
