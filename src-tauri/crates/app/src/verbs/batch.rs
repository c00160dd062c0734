//! Several commands as one: all or nothing, one step.

use groma_store::Changes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{App, AppError, Command, Verb};

/// The commands that may be part of a batch: those that change objects, and nothing else.
const WITHIN: &[&str] = &[
    "insert",
    "update",
    "delete",
    "update_many",
    "delete_many",
    "reorder",
    "confirm",
    "assess",
    "accept",
    "dismiss",
    "suggest",
    "insert_from_library",
];

/// Runs several commands in one transaction, as one step to undo. When one of them is refused, none was run.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The commands, each with its word in `do`.
    pub calls: Vec<Value>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct BatchReply {
    /// What each command answered, in order; what changed is told once, for all.
    pub answers: Vec<Value>,
    /// What all of them changed.
    pub changes: Changes,
}

impl Verb for Batch {
    type Reply = BatchReply;

    fn run(self, app: &mut App) -> Result<BatchReply, AppError> {
        let calls = self.calls.into_iter().enumerate().map(|(at, call)| {
            let word = call.get("do").and_then(Value::as_str).unwrap_or_default().to_owned();
            let command = Command::from_value(call).map_err(|error| at_call(at, error))?;
            if WITHIN.contains(&word.as_str()) {
                return Ok(command);
            }
            let error = AppError::usage(format!("\"{word}\" cannot be part of a batch")).field("do");
            Err(at_call(at, error.hint(format!("choose among: {}", WITHIN.join(", ")))))
        });
        let calls = calls.collect::<Result<Vec<Command>, AppError>>()?;
        let author = app.environment.author.clone();
        app.store()?.begin_group()?;
        let mut answers = Vec::with_capacity(calls.len());
        for (at, call) in calls.into_iter().enumerate() {
            let answer = app.environment.go_on().and_then(|()| app.dispatch(call));
            match answer {
                Ok(answer) => answers.push(answer),
                Err(error) => {
                    app.store()?.drop_group();
                    return Err(at_call(at, error));
                }
            }
        }
        let changes = app.store()?.keep_group(&author)?;
        Ok(BatchReply { answers, changes })
    }
}

/// The same error with the place of its command.
fn at_call(at: usize, error: AppError) -> AppError {
    let field = error.field.map_or_else(|| format!("calls/{at}"), |field| format!("calls/{at}/{field}"));
    AppError { field: Some(field), ..error }
}
