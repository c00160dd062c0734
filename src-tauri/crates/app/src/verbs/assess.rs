//! The assessor's word on areas: levels, their reasons, their tables.

use groma_model::{Assessment, Contents, Kind, Level, TableRow};
use groma_pack::{Area, Pack};
use groma_store::{Op, Read, Tx};
use serde::Deserialize;

use super::objects::Changed;
use crate::levels::Counted;
use crate::{App, AppError, Verb, scored};

/// Sets the maturity level of an area.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Assess {
    /// The area's id, for example `3`, or `pack/area`.
    pub area: String,
    /// The pack; the first that has the area when not given.
    pub pack: String,
    /// The level found; kept when not given. Another than the evidence suggests needs a justification.
    pub level: Option<Level>,
    /// The level wanted; kept when not given.
    pub target: Option<Level>,
    /// Why (Markdown); kept when not given.
    pub justification: Option<String>,
    /// What it rests on (Markdown); kept when not given.
    pub evidence: Option<String>,
    /// Rows of the area's tables by the table's id; tables not given are kept.
    pub tables: std::collections::BTreeMap<String, Vec<TableRow>>,
}

impl Verb for Assess {
    type Reply = Changed;

    fn run(self, app: &mut App) -> Result<Changed, AppError> {
        let author = app.environment.author.clone();
        let store = app.store()?;
        let contents = store.contents()?;
        let packs = scored::snapshots(&contents)?;
        let (object, changes) =
            store.transact_with(Op::Update(Kind::Assessment), &author, |tx| self.apply(tx, &packs, &contents))?;
        let object = serde_json::to_value(object).map_err(|error| AppError::failed(error.to_string()))?;
        Ok(Changed { object, changes })
    }
}

impl Assess {
    /// Writes the assessment within a transaction.
    ///
    /// # Errors
    /// When there is no such area, table or column, or the level is another than the evidence suggests and nothing says
    /// why.
    pub(crate) fn apply(self, tx: &mut Tx<'_>, packs: &[Pack], contents: &Contents) -> Result<Assessment, AppError> {
        let (pack, area) = find(packs, &self.pack, &self.area)?;
        for (table, rows) in &self.tables {
            fits(area, table, rows)?;
        }
        let found = contents.assessments.iter().find(|known| known.pack == pack.id && known.area == area.id);
        let mut assessment = found.cloned().unwrap_or_else(|| Assessment {
            pack: pack.id.clone(),
            area: area.id.clone(),
            ..Assessment::default()
        });
        assessment.justification = self.justification.unwrap_or(assessment.justification);
        if let Some(level) = self.level {
            let suggested = Counted::of(contents).suggestion(area).level.filter(|suggested| *suggested != level);
            if let Some(suggested) = suggested.filter(|_| assessment.justification.trim().is_empty()) {
                let (area, suggested, level) = (&area.id, suggested.get(), level.get());
                return Err(AppError::usage(format!(
                    "area {area}: the evidence suggests level {suggested}, not {level}"
                ))
                .hint("give the reason for the difference")
                .field("justification"));
            }
            assessment.level = Some(level);
        }
        assessment.target = self.target.or(assessment.target);
        assessment.evidence = self.evidence.unwrap_or(assessment.evidence);
        assessment.tables.extend(self.tables);
        if assessment.id.is_nil() {
            return Ok(tx.insert(assessment)?);
        }
        tx.update(&assessment)?;
        Ok(assessment)
    }
}

/// Finds an area by `pack/area`, or by its id alone in the first pack that has it.
pub(crate) fn find<'a>(packs: &'a [Pack], pack: &str, area: &str) -> Result<(&'a Pack, &'a Area), AppError> {
    let (pack, id) = area.split_once('/').unwrap_or((pack, area));
    let mut candidates = packs.iter().filter(|known| pack.is_empty() || known.id == pack);
    candidates.find_map(|known| known.area(id).map(|area| (known, area))).ok_or_else(|| {
        let all: Vec<&str> = packs.iter().flat_map(|pack| &pack.areas).map(|area| area.id.as_str()).collect();
        AppError::not_found(format!("no pack of this engagement has an area \"{area}\""))
            .hint(format!("choose one of: {}", all.join(", ")))
            .field("area")
    })
}

/// Whether rows fit a table of an area.
fn fits(area: &Area, table: &str, rows: &[TableRow]) -> Result<(), AppError> {
    let Some(shape) = area.tables.iter().find(|known| known.id == table) else {
        let all: Vec<&str> = area.tables.iter().map(|known| known.id.as_str()).collect();
        return Err(AppError::usage(format!("area {} has no table \"{table}\"", area.id))
            .hint(format!("choose one of: {}", all.join(", ")))
            .field("tables"));
    };
    let mut keys = rows.iter().flat_map(|row| row.keys());
    let Some(key) = keys.find(|key| !shape.columns.iter().any(|column| column.id == **key)) else { return Ok(()) };
    let all: Vec<&str> = shape.columns.iter().map(|column| column.id.as_str()).collect();
    Err(AppError::usage(format!("table {table} has no column \"{key}\""))
        .hint(format!("choose among: {}", all.join(", ")))
        .field("tables"))
}
