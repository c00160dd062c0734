//! The data that templates read: one file a group, as the data contract (`report-templates/DATA.md`) says.

mod architecture;
mod causes;
mod evidence;
mod exhibits;
mod findings;
mod goals;
mod health;
mod intake;
mod maturity;
mod plan;
mod report;
mod resources;
mod risks;
mod scoring;
mod summary;

use std::collections::BTreeMap;

use groma_model::{Contents, Exposure, Id, Image, Issue, Money, Person};
use groma_pack::{Health, Maturity, Pack};
use groma_plan::Plan;
use serde_json::{Value, json};

use crate::compose::Input;
use crate::drawings::Drawings;
use crate::exhibits::Exhibits;
use crate::labels::Labels;
use crate::locale::Locale;
use crate::prose::Prose;

/// What every view reads.
pub(crate) struct Source<'a> {
    pub contents: &'a Contents,
    pub packs: &'a [Pack],
    pub health: Option<&'a Health>,
    pub maturity: Option<&'a Maturity>,
    pub plan: Option<&'a Plan>,
    pub locale: &'a Locale,
    pub labels: &'a Labels,
    pub prose: &'a Prose<'a>,
    pub index: &'a Index<'a>,
    /// The pictures whose bytes are at hand, by SHA-256.
    pub pictures: &'a BTreeMap<String, Vec<u8>>,
    /// The issues that evidence links name.
    pub issues: &'a [Issue],
    /// The views of architectures.
    pub drawings: &'a Drawings,
    /// What there is of the exhibits.
    pub exhibits: &'a Exhibits,
    /// Whether the PDF may carry files.
    pub takes_attachments: bool,
}

impl<'a> Source<'a> {
    pub(crate) fn of(input: &Input<'a>, prose: &'a Prose<'a>, index: &'a Index<'a>, issues: &'a [Issue]) -> Self {
        let &Input { contents, packs, health, maturity, plan, labels, pictures, drawings, exhibits, .. } = input;
        let takes_attachments = contents.engagement.standard.takes_attachments();
        let locale = Locale::of(&contents.engagement.language);
        Self {
            contents,
            packs,
            health,
            maturity,
            plan,
            locale,
            labels,
            prose,
            index,
            pictures,
            issues,
            drawings,
            exhibits,
            takes_attachments,
        }
    }
}

/// Numbers by id, so that links are drawn by number.
pub(crate) struct Index<'a> {
    pub findings: BTreeMap<Id, u32>,
    pub risks: BTreeMap<Id, u32>,
    pub initiatives: BTreeMap<Id, u32>,
    pub phases: BTreeMap<Id, u32>,
    pub artifacts: BTreeMap<Id, usize>,
    pub exhibits: BTreeMap<Id, usize>,
    pub images: BTreeMap<Id, &'a Image>,
    pub roles: BTreeMap<Id, &'a str>,
}

impl<'a> Index<'a> {
    pub(crate) fn of(contents: &'a Contents) -> Self {
        Self {
            findings: contents.findings.iter().map(|o| (o.id, o.number)).collect(),
            risks: contents.risks.iter().map(|o| (o.id, o.number)).collect(),
            initiatives: contents.initiatives.iter().map(|o| (o.id, o.number)).collect(),
            phases: contents.phases.iter().map(|o| (o.id, o.number)).collect(),
            artifacts: contents.artifacts.iter().enumerate().map(|(n, o)| (o.id, n + 1)).collect(),
            exhibits: numbered(&contents.exhibits).map(|(n, o)| (o.id, n)).collect(),
            images: contents.images.iter().map(|o| (o.id, o)).collect(),
            roles: contents.roles.iter().map(|o| (o.id, o.name.as_str())).collect(),
        }
    }
}

/// The numbers of objects by id, in order, without those that are gone.
pub(crate) fn numbers(ids: &[Id], index: &BTreeMap<Id, u32>) -> Vec<u32> {
    let mut found: Vec<u32> = ids.iter().filter_map(|id| index.get(id).copied()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// `F-012`.
pub(crate) fn code(letter: char, number: u32) -> String {
    format!("{letter}-{number:03}")
}

/// The virtual path of an image's bytes.
pub(crate) fn image_path(image: &Image) -> String {
    let ending = match image.media_type.as_str() {
        "image/svg+xml" => "svg",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        _ => "png",
    };
    format!("/images/{}.{ending}", image.sha256)
}

impl Source<'_> {
    pub(crate) fn money(&self, amount: Money) -> String {
        self.locale.money(amount, &self.contents.engagement.currency)
    }

    pub(crate) fn person(person: &Person) -> Value {
        json!({"name": person.name, "role": person.role, "organisation": person.organisation, "email": person.email})
    }

    /// A picture, or null when its bytes are not at hand.
    pub(crate) fn image(&self, id: Option<Id>) -> Value {
        let known = id.and_then(|id| self.index.images.get(&id));
        let Some(image) = known.filter(|image| self.pictures.contains_key(&image.sha256)) else { return Value::Null };
        json!({
            "path": image_path(image), "caption": image.caption, "alt": image.alt,
            "width": image.width, "height": image.height,
        })
    }

    /// `likelihood`, `impact`, `score`, `band` of an exposure, or null.
    pub(crate) fn exposure(exposure: Option<Exposure>) -> Value {
        exposure.map_or(Value::Null, |exposure| {
            json!({
                "likelihood": exposure.likelihood, "impact": exposure.impact,
                "score": exposure.score(), "band": groma_plan::Band::of(exposure.score()),
            })
        })
    }

    /// A word that the engagement keeps as its pack has it (an area, a choice, a cell), in the report's language.
    pub(crate) fn read<'b>(&'b self, stored: &'b str) -> &'b str {
        self.packs.iter().map(|pack| pack.read(stored)).find(|read| *read != stored).unwrap_or(stored)
    }

    /// The pack that a checklist answer belongs to.
    pub(crate) fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.id == id)
    }
}

/// Every group's data, by file name without ending.
pub(crate) fn all(source: &Source<'_>) -> Vec<(&'static str, Value)> {
    vec![
        ("summary", summary::view(source)),
        ("intake", intake::view(source)),
        ("health", health::view(source)),
        ("maturity", maturity::view(source)),
        ("findings", findings::view(source)),
        ("causes", causes::view(source)),
        ("risks", risks::view(source)),
        ("plan", plan::view(source)),
        ("resources", resources::view(source)),
        ("goals", goals::view(source)),
        ("architecture", architecture::view(source)),
        ("evidence", evidence::view(source)),
        ("exhibits", exhibits::view(source)),
        ("scoring", scoring::view(source)),
    ]
}

pub use evidence::retest_note;
pub(crate) use evidence::value_text;
pub use evidence::value_text as figure_text;
pub(crate) use exhibits::numbered;
pub(crate) use findings::some as some_findings;
pub use report::section_title;
pub(crate) use report::{Has, report};
