//! What the evidence that counts says of the areas' levels.

use std::borrow::Cow;

use groma_model::{Artifact, Contents, Measurement};
use groma_pack::{Area, Suggestion};

use crate::retest::States;

/// Measurements and artifacts that count: what has a newer state does not.
pub(crate) struct Counted<'a> {
    measurements: Cow<'a, [Measurement]>,
    artifacts: Cow<'a, [Artifact]>,
}

impl<'a> Counted<'a> {
    pub(crate) fn of(contents: &'a Contents) -> Self {
        let superseded = States::of(&contents.artifacts).superseded();
        if superseded.is_empty() {
            return Self {
                measurements: Cow::Borrowed(&contents.measurements),
                artifacts: Cow::Borrowed(&contents.artifacts),
            };
        }
        let measured = contents.measurements.iter().filter(|one| !superseded.contains(&one.artifact));
        let captured = contents.artifacts.iter().filter(|one| !superseded.contains(&one.id));
        Self { measurements: measured.cloned().collect(), artifacts: captured.cloned().collect() }
    }

    /// What they say of an area's level.
    pub(crate) fn suggestion(&self, area: &Area) -> Suggestion {
        groma_pack::suggest_level(area, &self.measurements, &self.artifacts)
    }
}
