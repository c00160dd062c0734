//! The risk matrix and the ranking of risks.
//!
//! Score = likelihood × impact, 1 to 25. Bands: 1–4 low, 5–9 medium, 10–14 high, 15–25 critical. The bands follow the
//! usual 5 × 5 register: what is certain but negligible (5 × 1) or unlikely but severe (1 × 5) is medium, and critical
//! needs at least a likely event of moderate impact (5 × 3) or the reverse.

use std::cmp::Reverse;

use groma_model::{Exposure, Id, Rating, Risk};
use serde::{Deserialize, Serialize};

/// Band of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "RiskBand")]
pub enum Band {
    /// 1 to 4.
    Low,
    /// 5 to 9.
    Medium,
    /// 10 to 14.
    High,
    /// 15 to 25.
    Critical,
}

impl Band {
    /// The band of a score of 1 to 25.
    #[must_use]
    pub const fn of(score: u8) -> Self {
        match score {
            0..=4 => Self::Low,
            5..=9 => Self::Medium,
            10..=14 => Self::High,
            _ => Self::Critical,
        }
    }
}

/// A cell of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Cell {
    /// Likelihood, 1 to 5.
    pub likelihood: u8,
    /// Impact, 1 to 5.
    pub impact: u8,
    /// Likelihood × impact.
    pub score: u8,
    /// Band of the score.
    pub band: Band,
    /// Number of risks in it.
    pub count: u32,
    /// The risks, by number, then id.
    pub risks: Vec<Id>,
}

/// A 5 × 5 matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Matrix {
    /// 25 cells: likelihood 5 down to 1, and in each row impact 1 to 5, as it is read on the page.
    pub cells: Vec<Cell>,
    /// Risks that are not rated.
    pub unrated: Vec<Id>,
    /// Number of rated risks by band: low, medium, high, critical.
    pub bands: [u32; 4],
}

/// A risk with its scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RiskRank {
    /// The risk.
    pub risk: Id,
    /// Its number.
    pub number: u32,
    /// Score without controls.
    pub inherent: Option<u8>,
    /// Score as things are.
    pub current: Option<u8>,
    /// Score once all is done.
    pub residual: Option<u8>,
    /// Band of the current score.
    pub band: Option<Band>,
}

/// The risks as the report shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RiskView {
    /// Without controls.
    pub inherent: Matrix,
    /// As things are.
    pub current: Matrix,
    /// Once all is done.
    pub residual: Matrix,
    /// All risks, worst first: current score, then current impact, then inherent score, then number; not rated last.
    pub ranked: Vec<RiskRank>,
}

/// Fills a matrix; `exposure` says where each risk stands.
#[must_use]
pub fn matrix(risks: &[Risk], exposure: impl Fn(&Risk) -> Option<Exposure>) -> Matrix {
    let mut ordered: Vec<&Risk> = risks.iter().collect();
    ordered.sort_by_key(|risk| (risk.number, risk.id));
    let mut cells: Vec<Cell> = (1..=5_u8)
        .rev()
        .flat_map(|likelihood| (1..=5_u8).map(move |impact| (likelihood, impact, likelihood * impact)))
        .map(|(likelihood, impact, score)| Cell {
            likelihood,
            impact,
            score,
            band: Band::of(score),
            count: 0,
            risks: Vec::new(),
        })
        .collect();
    let mut unrated = Vec::new();
    let mut bands = [0; 4];
    for risk in ordered {
        let Some(at) = exposure(risk) else {
            unrated.push(risk.id);
            continue;
        };
        let cell = &mut cells[cell_index(at.likelihood, at.impact)];
        cell.count += 1;
        cell.risks.push(risk.id);
        bands[cell.band as usize] += 1;
    }
    Matrix { cells, unrated, bands }
}

fn cell_index(likelihood: Rating, impact: Rating) -> usize {
    usize::from(5 - likelihood.get()) * 5 + usize::from(impact.get() - 1)
}

/// The three matrices and the ranking.
#[must_use]
pub fn risk_view(risks: &[Risk]) -> RiskView {
    let mut ordered: Vec<&Risk> = risks.iter().collect();
    let score = |exposure: Option<Exposure>| exposure.map(Exposure::score);
    ordered.sort_by_key(|risk| {
        let impact = risk.current.map(|current| current.impact);
        (Reverse((score(risk.current), impact, score(risk.inherent))), risk.number, risk.id)
    });
    let ranked = ordered.into_iter().map(|risk| RiskRank {
        risk: risk.id,
        number: risk.number,
        inherent: score(risk.inherent),
        current: score(risk.current),
        residual: score(risk.residual),
        band: score(risk.current).map(Band::of),
    });
    RiskView {
        ranked: ranked.collect(),
        inherent: matrix(risks, |risk| risk.inherent),
        current: matrix(risks, |risk| risk.current),
        residual: matrix(risks, |risk| risk.residual),
    }
}
