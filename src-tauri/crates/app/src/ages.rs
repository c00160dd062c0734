//! How old the technologies of a model are, on the day of the report.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use groma_c4::Model;
use groma_c4::age::{self, Age, Status, Technologies};
use groma_c4::draw::{AgeStatus, TechnologyAge};
use groma_model::Contents;
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
pub(crate) fn support(technology: &str, day: groma_model::Date) -> Option<groma_probe::Support> {
    let found = age::of(technology, data().ok()?, day);
    let worst = age::worst(&found)?;
    match worst.status {
        Status::Ended => Some(groma_probe::Support::Ended(worst.ends)),
        Status::EndsSoon | Status::Supported => Some(groma_probe::Support::Supported),
        Status::Unknown => None,
    }
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
