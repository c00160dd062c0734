//! How old the technologies of a model are, on the day of the report.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use groma_c4::Model;
use groma_c4::age::{self, Age, Status, Technologies};
use groma_c4::draw::{AgeStatus, TechnologyAge};
use groma_model::{Contents, Date};
use groma_report::Labels;

use crate::{AppError, assets};

/// The age of each element whose technology names a version, by the element's key: the worst of several.
///
/// # Errors
/// When the bundled data are not readable, which is a fault of the build.
pub(crate) fn ages(model: &Model, contents: &Contents) -> Result<BTreeMap<String, TechnologyAge>, AppError> {
    let data = data()?;
    // Without a date of the report, the day on which the data were read last: the same file gives the same picture.
    let newest = || data.products().iter().map(|product| product.checked).max();
    let Some(day) = contents.engagement.report_date.or_else(newest) else { return Ok(BTreeMap::new()) };
    let labels = assets::labels(&contents.engagement.language).or_else(|_| assets::labels("en"))?;
    let mut ages = BTreeMap::new();
    for (id, element) in model.elements() {
        // What runs is as old as what it is an instance of.
        let technology = match element.instance_of {
            Some(of) => &model.element(of).technology,
            None => &element.technology,
        };
        let found = age::of(technology, data, day);
        if let Some(worst) = age::worst(&found) {
            ages.insert(model.key(id), told(worst, &labels));
        }
    }
    Ok(ages)
}

/// How a technology with its version stands on a day, as the bundled data have it.
pub(crate) fn support(technology: &str, day: Date) -> Option<groma_probe::Support> {
    let found = age::of(technology, data().ok()?, day);
    let worst = age::worst(&found)?;
    match worst.status {
        Status::Ended => Some(groma_probe::Support::Ended(worst.ends)),
        Status::EndsSoon | Status::Supported => Some(groma_probe::Support::Supported),
        Status::Unknown => None,
    }
}

/// How far a technology with its version is behind the newest one.
pub(crate) struct Lag {
    /// The newest version on the day, as its maker counts them.
    pub newest: String,
    /// How many versions are newer; none where the version is written too roughly to tell.
    pub behind: Option<usize>,
    /// The day its maker's own support ends or ended, where it is known.
    pub ends: Option<Date>,
    /// Whether its maker no longer looks after it; none where the data do not tell.
    pub ended: Option<bool>,
}

/// How far a technology is behind on a day, as the bundled data have it; none where they do not know it.
pub(crate) fn lag(technology: &str, day: Date) -> Option<Lag> {
    let data = data().ok()?;
    let found = age::of(technology, data, day);
    let worst = age::worst(&found)?;
    let product = data.products().iter().find(|product| product.name == worst.product)?;
    // Newest first; what is announced alone is no version to be behind of.
    let mut out = product.cycles.iter().filter(|cycle| cycle.released.is_none_or(|released| released <= day));
    let newest = out.clone().next()?.cycle.clone();
    let behind = out.position(|cycle| cycle.cycle == worst.cycle);
    let ended = match worst.status {
        Status::Ended => Some(true),
        Status::EndsSoon | Status::Supported => Some(false),
        Status::Unknown => None,
    };
    Some(Lag { newest, behind, ends: worst.ends, ended })
}

fn data() -> Result<&'static Technologies, AppError> {
    static DATA: OnceLock<Result<Technologies, String>> = OnceLock::new();
    let read = || Technologies::builtin().map_err(|error| error.to_string());
    DATA.get_or_init(read).as_ref().map_err(AppError::failed)
}

fn told(age: &Age, labels: &Labels) -> TechnologyAge {
    let (status, key) = match age.status {
        Status::Ended => (AgeStatus::Ended, Some("ended")),
        Status::EndsSoon => (AgeStatus::Ending, Some("ends")),
        Status::Supported => (AgeStatus::Current, Some("until")),
        Status::Unknown => (AgeStatus::Unknown, None),
    };
    let what = key.map_or("", |key| labels.word("drawing", key));
    let product = format!("{} {}", age.product, age.cycle);
    let label = match age.ends {
        Some(ends) if !what.is_empty() => format!("{product}, {what} {}-{:02}", ends.year(), ends.month()),
        _ if age.status == Status::Ended => format!("{product}, {what}"),
        _ => product,
    };
    TechnologyAge { status, label }
}
