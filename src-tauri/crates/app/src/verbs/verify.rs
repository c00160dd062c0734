//! Integrity, foreign keys, artifact hashes.

use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb};

/// Verifies the open engagement file.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Verify {}

/// What was found.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct VerifyReply {
    /// Whether nothing is wrong.
    pub sound: bool,
    /// What is wrong, one sentence each.
    pub problems: Vec<String>,
    /// Stored files whose hash was recomputed.
    pub blobs: u64,
    /// Rows of objects looked at.
    pub objects: u64,
}

impl Verb for Verify {
    type Reply = VerifyReply;

    fn run(self, app: &mut App) -> Result<VerifyReply, AppError> {
        let report = app.store()?.verify()?;
        Ok(VerifyReply {
            sound: report.is_sound(),
            problems: report.problems.iter().map(|problem| format!("{}: {}", problem.check, problem.message)).collect(),
            blobs: report.blobs,
            objects: report.objects,
        })
    }
}
