//! The 30/60/90 view: what has ended how many calendar days after the roadmap's start.

use groma_model::{Contents, Date, Horizon, Id};
use jiff::ToSpan;
use serde::{Deserialize, Serialize};

use crate::{Note, NoteKind, Schedule, input::label};

/// An initiative in a horizon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct HorizonEntry {
    /// The initiative.
    pub initiative: Id,
    /// Its number.
    pub number: u32,
    /// Its last day.
    pub end: Date,
    /// The horizon that was declared.
    pub declared: Horizon,
}

/// What ends in a horizon and in none before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct HorizonBucket {
    /// The horizon.
    pub horizon: Horizon,
    /// Its last day, D+30, D+60 or D+90; none for later.
    pub until: Option<Date>,
    /// What ends in it, by end, then number.
    pub initiatives: Vec<HorizonEntry>,
}

const HORIZONS: [(Horizon, Option<i32>); 4] =
    [(Horizon::Days30, Some(30)), (Horizon::Days60, Some(60)), (Horizon::Days90, Some(90)), (Horizon::Later, None)];

/// Sorts the scheduled initiatives into horizons and remarks on those that end in another one than declared.
pub(crate) fn horizons(contents: &Contents, schedule: &Schedule) -> (Vec<HorizonBucket>, Vec<Note>) {
    let mut notes = Vec::new();
    let mut buckets: Vec<HorizonBucket> = HORIZONS
        .iter()
        .map(|(horizon, days)| HorizonBucket {
            horizon: *horizon,
            until: days.and_then(|days| schedule.roadmap_start.checked_add(days.days()).ok()),
            initiatives: Vec::new(),
        })
        .collect();
    for scheduled in &schedule.initiatives {
        let Some(source) = contents.initiatives.iter().find(|source| source.id == scheduled.initiative) else {
            continue;
        };
        // The last bucket has no last day, so there always is one.
        let fits = |bucket: &&mut HorizonBucket| bucket.until.is_none_or(|until| scheduled.end <= until);
        let Some(bucket) = buckets.iter_mut().find(fits) else { continue };
        bucket.initiatives.push(HorizonEntry {
            initiative: scheduled.initiative,
            number: scheduled.number,
            end: scheduled.end,
            declared: source.horizon,
        });
        if bucket.horizon != source.horizon {
            let (declared, end) = (source.horizon, scheduled.end);
            let words = match declared {
                Horizon::Later => "later than 90 days".to_owned(),
                days => format!("{days} days"),
            };
            notes.push(Note {
                initiative: Some(scheduled.initiative),
                kind: NoteKind::HorizonMismatch { declared, scheduled: bucket.horizon },
                sentence: format!("{} is declared for {words} but ends on {end}.", label(source)),
            });
        }
    }
    for bucket in &mut buckets {
        bucket.initiatives.sort_by_key(|entry| (entry.end, entry.number, entry.initiative));
    }
    (buckets, notes)
}
