//! How old the technologies of an element are: until when their makers look after the versions that its text names.
//!
//! [`of`] finds products with their versions in a technology such as `Java 11, Spring Boot 2.7` and says of each
//! how it stands on a day, by the data that [`Technologies`] holds. No clock: the day is passed in.

mod data;
mod mention;
mod version;

pub use data::{Cycle, Product, Technologies, TechnologiesError};

use groma_model::Date;
use jiff::ToSpan;
use mention::{Mention, Named};
use serde::{Deserialize, Serialize};

/// Days before the end at which a version counts as ending soon.
pub const SOON_DAYS: i32 = 365;

/// Days after which nothing is said any more of a version that is looked after until the next one is out.
pub const ROLLING_DAYS: i32 = 180;

/// Days after which nothing is said any more of any version without a known end.
pub const STALE_DAYS: i32 = 730;

/// How a version stands with its maker on a day, from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// Looked after for more than [`SOON_DAYS`] days to come, or without a known end.
    Supported,
    /// The version is not in the data, or written too roughly to tell (`Python 3`), or the data are too old for it.
    Unknown,
    /// Looked after, but no more than [`SOON_DAYS`] days from now.
    EndsSoon,
    /// The maker no longer looks after it.
    Ended,
}

/// One technology with a version, as a text names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct Age {
    /// The product's name, `PostgreSQL`.
    pub product: String,
    /// The version as makers count them, `15` for `15.4`; as written where the data do not tell.
    pub cycle: String,
    /// When it was released, where known.
    pub released: Option<Date>,
    /// The day its maker's own support ends or ended; none where no end is known.
    pub ends: Option<Date>,
    /// The day on which support by a further contract ends, where there is such a thing.
    pub extended: Option<Date>,
    /// How it stands on the day asked for.
    pub status: Status,
    /// The day as of which the data of this product are true.
    pub checked: Date,
}

/// The technologies with a version that `technology` names, in its order, each once, as they stand on `today`.
///
/// A product without a version is left out: nothing can be said of its age. Of a text of hostile length, the
/// beginning is read.
pub fn of(technology: &str, data: &Technologies, today: Date) -> Vec<Age> {
    let mut ages: Vec<Age> = Vec::new();
    for mention in mention::all(technology, data) {
        let age = age(&mention, data, today);
        if !ages.iter().any(|known| known.product == age.product && known.cycle == age.cycle) {
            ages.push(age);
        }
    }
    ages
}

/// The one to worry about most: ended before ending soon before unknown, and of the same the one that ends first.
pub fn worst(ages: &[Age]) -> Option<&Age> {
    ages.iter().min_by_key(|age| (std::cmp::Reverse(age.status), age.ends.unwrap_or(Date::MAX)))
}

fn age(mention: &Mention<'_>, data: &Technologies, today: Date) -> Age {
    let product = &data.products()[mention.product];
    let known = match &mention.named {
        Named::Cycle(cycle) => Some(*cycle),
        // `Django 4` is any of 4.0 to 4.2: it tells something only where they all stand alike.
        Named::Line(cycles) => {
            let mut statuses = cycles.iter().map(|index| status(product, &product.cycles[*index], today));
            let first = statuses.next();
            if statuses.all(|status| Some(status) == first) { cycles.first().copied() } else { None }
        }
        Named::Nothing => None,
    };
    match known.map(|index| &product.cycles[index]) {
        Some(cycle) => Age {
            product: product.name.clone(),
            cycle: cycle.cycle.clone(),
            released: cycle.released,
            ends: cycle.ends,
            extended: cycle.extended,
            status: status(product, cycle, today),
            checked: product.checked,
        },
        None => Age {
            product: product.name.clone(),
            cycle: mention.written.to_owned(),
            released: None,
            ends: None,
            extended: None,
            status: Status::Unknown,
            checked: product.checked,
        },
    }
}

fn status(product: &Product, cycle: &Cycle, today: Date) -> Status {
    match cycle.ends {
        Some(ends) if ends <= today => Status::Ended,
        Some(ends) if ends <= today.saturating_add(SOON_DAYS.days()) => Status::EndsSoon,
        Some(_) => Status::Supported,
        None if cycle.ended => Status::Ended,
        None => {
            let days = if product.rolling { ROLLING_DAYS } else { STALE_DAYS };
            if product.checked.saturating_add(days.days()) < today { Status::Unknown } else { Status::Supported }
        }
    }
}
