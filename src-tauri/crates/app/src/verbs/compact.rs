//! A copy of the engagement for other hands.

use std::path::PathBuf;

use groma_model::{Image, MarkKind};
use groma_store::{HandOver, Read};
use serde::{Deserialize, Serialize};

use super::media::described;
use crate::{App, AppError, Verb};

/// Writes a copy without history, removed artifacts, and what pictures no longer show.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Compact {
    /// The copy; must not exist.
    pub output: PathBuf,
    /// Whether private notes and internal notes are left out as well.
    pub without_private: bool,
}

/// What was written, and what was left out.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CompactReply {
    /// The copy.
    pub path: PathBuf,
    /// Steps of the history that were left out.
    pub steps: u64,
    /// Removed artifacts that were left out.
    pub artifacts: u64,
    /// Contents of files and pictures that were left out.
    pub contents: u64,
    /// Private notes that were left out, and findings whose internal notes were.
    pub notes: u64,
    /// Pictures that go along only as they are printed.
    pub printed_only: usize,
}

impl Verb for Compact {
    type Reply = CompactReply;

    fn run(self, app: &mut App) -> Result<CompactReply, AppError> {
        if self.output.as_os_str().is_empty() {
            return Err(AppError::usage("name the copy").field("output"));
        }
        let store = app.store()?;
        let mut printed_only = Vec::new();
        for image in store.list::<Image>()? {
            let bytes = store.blob(&image.sha256)?;
            if hides(&image) {
                printed_only.push((image, bytes));
            } else if image.upright.is_none() && groma_picture::carries_metadata(&bytes) {
                // Kept as it was given, by the first version.
                if let Ok(prepared) = groma_picture::prepare(&bytes) {
                    let about = described(&prepared);
                    let (media_type, width, height) = (about.media_type, about.width, about.height);
                    printed_only.push((Image { media_type, width, height, ..image }, prepared.bytes));
                }
            }
        }
        let pictures = printed_only.len();
        let what = HandOver { printed_only, without_private: self.without_private };
        let left_out = store.hand_over(&self.output, &what)?;
        Ok(CompactReply {
            path: self.output,
            steps: left_out.steps,
            artifacts: left_out.artifacts,
            contents: left_out.blobs,
            notes: left_out.notes,
            printed_only: pictures,
        })
    }
}

/// Whether the whole of a picture shows what is not to be seen.
fn hides(image: &Image) -> bool {
    image.edits.crop.is_some() || image.edits.marks.iter().any(|mark| mark.kind == MarkKind::Redaction)
}
