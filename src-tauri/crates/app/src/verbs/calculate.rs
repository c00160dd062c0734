//! The packs' calculators.

use std::collections::BTreeMap;

use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb, scored};

/// Runs a calculator.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Calculate {
    /// The calculator's id.
    pub calculator: String,
    /// Inputs by id; those not given take the pack's defaults.
    pub inputs: BTreeMap<String, f64>,
}

/// What it gives.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CalculateReply {
    /// The outputs in the pack's order.
    pub outputs: Vec<CalculateOutput>,
}

/// An output of a calculator.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CalculateOutput {
    /// Id.
    pub id: String,
    /// The number.
    pub value: f64,
    /// The number as it is shown, or the state's word.
    pub text: String,
}

impl Verb for Calculate {
    type Reply = CalculateReply;

    fn run(self, app: &mut App) -> Result<CalculateReply, AppError> {
        let packs = scored::snapshots(&app.store()?.contents()?)?;
        let all: Vec<_> = packs.iter().flat_map(|pack| &pack.calculators).collect();
        let Some(calculator) = all.iter().find(|known| known.id == self.calculator) else {
            let known: Vec<&str> = all.iter().map(|calculator| calculator.id.as_str()).collect();
            return Err(AppError::not_found(format!("there is no calculator \"{}\"", self.calculator))
                .hint(format!("choose one of: {}", known.join(", ")))
                .field("calculator"));
        };
        if let Some(unknown) = self.inputs.keys().find(|id| !calculator.inputs.iter().any(|input| input.id == **id)) {
            let known: Vec<&str> = calculator.inputs.iter().map(|input| input.id.as_str()).collect();
            return Err(AppError::usage(format!("{} has no input \"{unknown}\"", calculator.id))
                .hint(format!("choose among: {}", known.join(", ")))
                .field("inputs"));
        }
        let inputs: Vec<(&str, f64)> = self.inputs.iter().map(|(id, value)| (id.as_str(), *value)).collect();
        let outputs = groma_pack::calculate(calculator, &inputs)
            .map_err(|error| AppError::usage(error.to_string()).field("inputs"))?;
        let outputs = outputs
            .into_iter()
            .map(|output| CalculateOutput { id: output.id.to_owned(), value: output.value, text: output.text })
            .collect();
        Ok(CalculateReply { outputs })
    }
}
