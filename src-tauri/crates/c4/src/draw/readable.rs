//! A view as it is printed: whole where its type can be read, else as an overview of names and in parts.

use super::drawing::Drawing;
use super::fonts::Fonts;
use super::options::Options;
use super::split::split_into;
use super::theme::Theme;
use super::{DrawError, draw};
use crate::model::Workspace;
use rayon::prelude::*;

/// Elements that a part has at most, in the order in which they are tried.
const FULL: [usize; 6] = [14, 11, 8, 6, 4, 3];

/// Draws a view for a page: one drawing where its smallest type is `options.smallest_text` or larger, or where it
/// cannot be parted; else an overview, which has names alone, and behind it the parts, as few as can be read. Where even
/// names would be too small there is no overview, but of what a person placed: that is shown whole.
///
/// # Errors
/// As [`draw`].
pub fn draw_readable(
    workspace: &Workspace,
    view_key: &str,
    fonts: &Fonts,
    theme: &Theme,
    options: &Options,
) -> Result<Vec<Drawing>, DrawError> {
    let whole = draw(workspace, view_key, fonts, theme, options)?;
    if whole.readable(options) {
        return Ok(vec![whole]);
    }
    let parts = parts(workspace, view_key, fonts, theme, options);
    if parts.is_empty() {
        return Ok(vec![whole]);
    }
    let names = Options { names_only: true, ..options.clone() };
    let overview = draw(workspace, view_key, fonts, theme, &names).ok().filter(|overview| overview.readable(options));
    let first = overview.or_else(|| Some(whole).filter(|whole| whole.manual));
    Ok(first.into_iter().chain(parts).collect())
}

/// The parts of a view, as few as can be read; where none can, the smallest.
fn parts(workspace: &Workspace, view_key: &str, fonts: &Fonts, theme: &Theme, options: &Options) -> Vec<Drawing> {
    let mut last: Vec<Drawing> = Vec::new();
    for full in FULL {
        let views = split_into(workspace, view_key, full);
        if views.is_empty() {
            continue;
        }
        let keys: Vec<String> = views.iter().map(|view| view.key.clone()).collect();
        let mut apart = workspace.clone();
        apart.views.extend(views);
        let drawn: Result<Vec<Drawing>, DrawError> =
            keys.par_iter().map(|key| part(&apart, key, fonts, theme, options)).collect();
        let Ok(drawn) = drawn else { continue };
        last = drawn;
        if last.iter().all(|one| one.readable(options)) {
            break;
        }
    }
    last
}

/// A part, in the places that a person gave it if it can be read so.
fn part(
    workspace: &Workspace,
    key: &str,
    fonts: &Fonts,
    theme: &Theme,
    options: &Options,
) -> Result<Drawing, DrawError> {
    let placed = draw(workspace, key, fonts, theme, options)?;
    if !placed.manual || placed.readable(options) {
        return Ok(placed);
    }
    draw(workspace, key, fonts, theme, &Options { saved_positions: false, ..options.clone() })
}

impl Drawing {
    /// Whether its smallest type is as large as was asked for.
    #[must_use]
    pub fn readable(&self, options: &Options) -> bool {
        self.smallest_text >= options.smallest_text - 0.01
    }
}
