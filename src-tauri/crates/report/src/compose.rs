//! The project: the template's files, the shared functions, the data, the prose, the pictures.

use std::collections::BTreeMap;

use groma_model::{Contents, Issue, Kind, Standard};
use groma_pack::{Health, Maturity, Pack};
use groma_plan::Plan;
use groma_prose::RecordKind;
use serde_json::Value;

use crate::attachments;
use crate::clean::clean_value;
use crate::drawings::{self, Drawings};
use crate::exhibits::{self, Exhibits};
use crate::facts::Facts;
use crate::glossary;
use crate::origin::{Origin, Origins};
use crate::prose::{Known, Prose, ProseFile, Unprinted, Written};
use crate::view::{self, Has, Index, Source, code, image_path};
use crate::{Brand, Labels, ReportError, Template};

/// Everything a report is made of.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Everything the engagement holds.
    pub contents: &'a Contents,
    /// Its packs, in the report's language.
    pub packs: &'a [Pack],
    /// Health of its checklist, when it has one.
    pub health: Option<&'a Health>,
    /// Maturity of its areas, when it has some.
    pub maturity: Option<&'a Maturity>,
    /// Its plan, when it can be made.
    pub plan: Option<&'a Plan>,
    /// The template.
    pub template: &'a Template,
    /// The brand.
    pub brand: &'a Brand,
    /// The fixed words in the report's language.
    pub labels: &'a Labels,
    /// Files that all templates share, by virtual path (`/_shared/….typ`).
    pub shared: &'a BTreeMap<String, Vec<u8>>,
    /// The pictures' bytes by SHA-256.
    pub pictures: &'a BTreeMap<String, Vec<u8>>,
    /// The views of architectures.
    pub drawings: &'a Drawings,
    /// What there is of the exhibits.
    pub exhibits: &'a Exhibits,
}

/// A Typst project, ready to be compiled or written to a folder.
#[derive(Debug, Clone, Default)]
pub struct Composed {
    /// The files by virtual path; the entry is `/main.typ`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Where each prose file comes from.
    pub prose: BTreeMap<String, ProseFile>,
    /// From a place in a file to the object and field that stand behind it, for a compiler's messages.
    pub origins: Origins,
    /// References in prose that lead nowhere, because the record does not exist or its section is not printed.
    pub unprinted: Vec<Unprinted>,
    /// Ids among the engagement's sections that the template does not have; they were passed over.
    pub unknown_sections: Vec<String>,
    /// Ids of the sections that have nothing to say, and so are not printed.
    pub empty_sections: Vec<String>,
    /// How many sections are switched on.
    pub sections: usize,
    /// Document language, a BCP 47 tag.
    pub language: &'static str,
}

/// Makes the project.
///
/// # Errors
/// When a data group cannot be written as JSON, which is a fault of the program.
pub fn compose(input: &Input<'_>) -> Result<Composed, ReportError> {
    compose_with(input, &[])
}

/// Makes the project; `issues` are those that evidence links name, of which the contents hold only groups.
///
/// # Errors
/// As [`compose`].
pub fn compose_with(input: &Input<'_>, issues: &[Issue]) -> Result<Composed, ReportError> {
    let contents = input.contents;
    let index = Index::of(contents);
    let has = Has::of(input);
    let prose = Prose::new(known(input, &has));
    let source = Source::of(input, &prose, &index, issues);
    let archival = contents.engagement.standard == Standard::A3b;
    let mut attached = if archival { attachments::of(contents)? } else { Vec::new() };
    if contents.engagement.standard.takes_attachments() {
        attached.extend(attachments::exhibits(contents, input.exhibits));
    }
    let mut groups = vec![("report", view::report(&source, &input.template.info, input.brand, &has, &attached))];
    groups.extend(view::all(&source));
    let language = source.locale.language;
    let written = prose.into_written();
    add_glossary(&mut groups, input.labels, &has, &written);

    let mut files = input.template.files.clone();
    files.extend(input.shared.iter().map(|(path, bytes)| (path.clone(), bytes.clone())));
    for (group, mut data) in groups {
        clean_value(&mut data);
        let bytes =
            serde_json::to_vec(&data).map_err(|error| ReportError::Data { group, reason: error.to_string() })?;
        files.insert(format!("/data/{group}.json"), bytes);
    }
    files.insert("/data/part.json".to_owned(), b"null".to_vec());
    files.extend(attached.into_iter().map(|one| (one.path(), one.bytes)));
    files.extend(drawings::files(input.drawings));
    files.extend(exhibits::files(&contents.exhibits, input.exhibits));
    for image in &contents.images {
        if let Some(bytes) = input.pictures.get(&image.sha256) {
            files.insert(image_path(image), bytes.clone());
        }
    }
    if let Some((ending, bytes)) = &input.brand.logo {
        files.insert(format!("/brand/logo.{ending}"), bytes.clone());
    }
    if let Some((ending, bytes)) = &input.brand.logo_dark {
        files.insert(format!("/brand/logo-dark.{ending}"), bytes.clone());
    }
    let mut origins = written.origins;
    for image in &contents.images {
        let origin = Origin { kind: Kind::Image, id: image.id, name: image.name.clone(), field: "data", line: None };
        origins.add(image_path(image), origin, Vec::new());
    }
    let mut maps = BTreeMap::new();
    for (path, (text, file)) in written.files {
        files.insert(path.clone(), text.into_bytes());
        maps.insert(path, file);
    }
    let sections = has.sections.len();
    let (unknown_sections, empty_sections) = (has.unknown, has.empty);
    Ok(Composed {
        files,
        prose: maps,
        origins,
        unprinted: written.unprinted,
        unknown_sections,
        empty_sections,
        sections,
        language,
    })
}

/// Puts the terms that the report uses into its data, once all that it prints is known.
fn add_glossary(groups: &mut [(&'static str, Value)], labels: &Labels, has: &Has, written: &Written) {
    if !has.section("appendix-glossary") {
        return;
    }
    let printed = |group: &str| group != "report" && glossary::prints(has, group);
    let data: Vec<String> =
        groups.iter().filter(|(group, _)| printed(group)).map(|(_, data)| data.to_string()).collect();
    let prose = written.files.values().map(|(text, _)| text.as_str());
    let texts: Vec<&str> = data.iter().map(String::as_str).chain(prose).collect();
    let Some((_, report)) = groups.iter_mut().find(|(group, _)| *group == "report") else { return };
    let own = report["glossary"].as_array().cloned().unwrap_or_default();
    report["glossary"] = Value::Array(glossary::entries(labels, &own, has, &texts));
}

/// What references and images in prose lead to.
pub(crate) fn known<'a>(input: &Input<'a>, has: &Has) -> Known<'a> {
    let contents = input.contents;
    let findings = contents.findings.iter().map(|o| ((RecordKind::Finding, o.number), code('F', o.number)));
    let risks = contents.risks.iter().map(|o| ((RecordKind::Risk, o.number), code('R', o.number)));
    let initiatives = contents.initiatives.iter().map(|o| ((RecordKind::Initiative, o.number), code('I', o.number)));
    let mut images = BTreeMap::new();
    // A picture whose bytes are not at hand is told as missing, and never breaks the compile.
    for image in contents.images.iter().filter(|image| input.pictures.contains_key(&image.sha256)) {
        images.insert(image.name.clone(), (image, image_path(image)));
        images.insert(image.id.to_string(), (image, image_path(image)));
    }
    let printed =
        [(RecordKind::Finding, "findings"), (RecordKind::Risk, "risks"), (RecordKind::Initiative, "initiatives")];
    let printed = printed.into_iter().filter(|(_, section)| has.section(section)).map(|(kind, _)| kind).collect();
    let facts = Facts::of(input);
    Known { numbers: findings.chain(risks).chain(initiatives).collect(), images, printed, facts }
}
