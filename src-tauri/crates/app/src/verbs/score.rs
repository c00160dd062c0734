//! Health and maturity with coverage.

use groma_model::Level;
use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::scored::Scored;
use crate::{App, AppError, Verb};

/// Scores the open engagement.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Score {
    /// Language of the titles, a BCP 47 tag; the packs' own when empty.
    #[ts(optional, as = "Option<_>")]
    pub language: String,
}

/// Both scores; null where the engagement uses no such pack.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ScoreReply {
    /// The checklist's score.
    pub health: Option<HealthScore>,
    /// The areas' levels.
    pub maturity: Option<MaturityScore>,
}

/// The checklist's score.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct HealthScore {
    /// By section.
    pub sections: Vec<SectionScore>,
    /// Checks that pass.
    pub passed: u32,
    /// Checks that apply.
    pub total: u32,
    /// Passed of total, in percent; null when nothing applies or nothing is assessed.
    pub percent: Option<f64>,
    /// Id of the band, or null.
    pub band: Option<String>,
    /// Checks that apply and are assessed.
    pub assessed: u32,
}

/// A section's score.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct SectionScore {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Checks that pass.
    pub passed: u32,
    /// Checks that fail.
    pub failed: u32,
    /// Checks to improve.
    pub improve: u32,
    /// Checks that apply.
    pub total: u32,
    /// Checks that do not apply.
    pub not_applicable: u32,
    /// Checks that apply and are not assessed.
    pub not_assessed: u32,
}

/// The areas' levels.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct MaturityScore {
    /// By area.
    pub areas: Vec<AreaScore>,
    /// Mean of the assessed areas, or null.
    pub mean: Option<f64>,
    /// The area with the lowest level, or null.
    pub weakest: Option<WeakestArea>,
}

/// An area's level.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct AreaScore {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Level found, or null.
    pub level: Option<Level>,
    /// Level wanted, or null.
    pub target: Option<Level>,
}

/// The weakest area, named beside the mean because means hide weak areas.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct WeakestArea {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its level.
    pub level: Level,
}

impl Verb for Score {
    type Reply = ScoreReply;

    fn run(self, app: &mut App) -> Result<ScoreReply, AppError> {
        let contents = app.store()?.contents()?;
        let scored = Scored::in_language(&contents, &self.language)?;
        let health = scored.health.as_ref().map(|health| HealthScore {
            sections: health
                .sections
                .iter()
                .map(|section| SectionScore {
                    id: section.id.clone(),
                    title: section.title.clone(),
                    passed: section.passed,
                    failed: section.failed,
                    improve: section.improve,
                    total: section.total,
                    not_applicable: section.not_applicable,
                    not_assessed: section.not_assessed,
                })
                .collect(),
            passed: health.passed,
            total: health.total,
            percent: health.percent,
            band: health.band.clone(),
            assessed: health.assessed,
        });
        let maturity = scored.maturity.as_ref().map(|maturity| MaturityScore {
            areas: maturity
                .areas
                .iter()
                .map(|area| AreaScore {
                    id: area.id.clone(),
                    title: area.title.clone(),
                    level: area.level,
                    target: area.target,
                })
                .collect(),
            mean: maturity.mean,
            weakest: maturity.weakest.as_ref().zip(maturity.weakest_level).map(|(id, level)| WeakestArea {
                id: id.clone(),
                title: maturity
                    .areas
                    .iter()
                    .find(|area| area.id == *id)
                    .map(|area| area.title.clone())
                    .unwrap_or_default(),
                level,
            }),
        });
        Ok(ScoreReply { health, maturity })
    }
}
