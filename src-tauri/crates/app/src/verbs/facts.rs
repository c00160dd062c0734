//! The figures that prose can call by name.

use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::composed::Basis;
use crate::{App, AppError, Verb};

/// Asks for the figures that prose can call by name, `{{score.health}}`.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Facts {}

/// A figure to call.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct FactReply {
    /// Its name, without braces.
    pub name: String,
    /// What is printed for it now.
    pub text: String,
}

impl Verb for Facts {
    type Reply = Vec<FactReply>;

    fn run(self, app: &mut App) -> Result<Vec<FactReply>, AppError> {
        let contents = app.store()?.contents()?;
        let basis = Basis::of(contents, Default::default(), Vec::new())?;
        let all = groma_report::Facts::of(&basis.input()).all();
        Ok(all.into_iter().map(|fact| FactReply { name: fact.name, text: fact.text }).collect())
    }
}
