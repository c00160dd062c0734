//! Maturity: a level for each area, their mean, and beside it the weakest, which the mean hides.

use groma_model::{Assessment, Level};
use serde::Serialize;

use crate::Pack;

/// An area's level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct AreaMaturity {
    /// The area's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Level found; none when not assessed.
    pub level: Option<Level>,
    /// Level wanted; none when not set.
    pub target: Option<Level>,
}

/// The maturity of a system by one pack's areas.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ts_rs::TS)]
pub struct Maturity {
    /// Areas, in the pack's order.
    pub areas: Vec<AreaMaturity>,
    /// Mean level of the assessed areas, 1 to 5; none when none is assessed.
    pub mean: Option<f64>,
    /// Id of the area with the lowest level, the first in the pack's order among equals.
    pub weakest: Option<String>,
    /// Ids of all areas with the lowest level, in the pack's order.
    pub weakest_areas: Vec<String>,
    /// The lowest level.
    pub weakest_level: Option<Level>,
    /// Mean of the wanted levels, over the areas that have one.
    pub target_mean: Option<f64>,
    /// Areas with a level.
    pub assessed: u32,
    /// Areas of the pack.
    pub total: u32,
}

fn mean(levels: impl Iterator<Item = Level>) -> Option<f64> {
    let (sum, count) = levels.fold((0_u32, 0_u32), |(sum, count), level| (sum + u32::from(level.get()), count + 1));
    (count > 0).then(|| f64::from(sum) / f64::from(count))
}

/// Reckons the maturity; assessments of other packs are left out.
#[must_use]
pub fn maturity(pack: &Pack, assessments: &[Assessment]) -> Maturity {
    let areas: Vec<AreaMaturity> = pack
        .areas
        .iter()
        .map(|area| {
            let found = assessments.iter().rfind(|entry| entry.pack == pack.id && entry.area == area.id);
            AreaMaturity {
                id: area.id.clone(),
                title: area.title.clone(),
                level: found.and_then(|entry| entry.level),
                target: found.and_then(|entry| entry.target),
            }
        })
        .collect();
    let weakest_level = areas.iter().filter_map(|area| area.level).min();
    let weakest_areas: Vec<String> = areas
        .iter()
        .filter(|area| area.level.is_some() && area.level == weakest_level)
        .map(|area| area.id.clone())
        .collect();
    Maturity {
        mean: mean(areas.iter().filter_map(|area| area.level)),
        target_mean: mean(areas.iter().filter_map(|area| area.target)),
        weakest: weakest_areas.first().cloned(),
        weakest_areas,
        weakest_level,
        assessed: areas.iter().filter(|area| area.level.is_some()).count() as u32,
        total: areas.len() as u32,
        areas,
    }
}
