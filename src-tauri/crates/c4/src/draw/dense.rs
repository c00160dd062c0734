//! The ways to set a view, from roomy to dense: the first that can be read on its page is kept, else the largest.

use super::block::{Density, Figures, Lines};
use super::compose::{self, Composed};
use super::drawing::Drawing;
use super::options::Overlay;
use super::scene::{self, Scene};
use super::wording::Text;
use super::{figures, manual};
use crate::layout::EngineError;
use crate::model::View;

/// Elements beyond which a view is too large for one page whatever is written on its lines.
const FEW: usize = 32;

/// All there is on a page, set so that its type is as large as was asked for.
///
/// # Errors
/// When the engine gives up on all that is tried.
pub(crate) fn fitted(view: &View, text: &Text<'_>, empty: &Drawing) -> Result<(Drawing, Composed), EngineError> {
    let options = text.options;
    let set = |density: Density| scene::scene(text.workspace, view, text.measure, text.theme, text.options, density);
    let first = compose_by(text, view, set(Density::default()), set)?;
    let placed = first.manual;
    let mut best = assembled(first, text, empty);
    // One seed is for who waits.
    if options.seeds < 2 {
        return Ok(best);
    }
    let measured = matches!(options.overlay, Overlay::Traffic(_))
        && best.1.scene.edges.iter().any(|edge| edge.traffic.is_some())
        && !options.names_only;
    let few = best.0.boxes.len() <= FEW;
    let mut ways: Vec<Density> = Vec::new();
    let close = Density { close: true, ..Density::default() };
    match (placed, measured) {
        (true, false) => {}
        (false, false) => ways.push(close),
        (placed, true) => {
            if !placed {
                ways.push(Density { figures: Figures::Short, ..Density::default() });
            }
            // What is asked of such a view is its figures: rather than on several pages it stands without the rest.
            let all = [
                (Figures::Short, false),
                (Figures::Keyed, false),
                (Figures::Numbered, false),
                (Figures::Keyed, true),
                (Figures::Numbered, true),
            ];
            let all = &all[..if few { all.len() } else { 1 }];
            ways.extend(all.iter().map(|(figures, brief)| Density {
                close: !placed,
                figures: *figures,
                brief: *brief,
                lines: Lines::Usual,
            }));
        }
    }
    for density in ways {
        if best.0.readable(options) {
            break;
        }
        // What the engine gives up on is only not kept.
        let Ok(again) = compose_by(text, view, set(density), set) else { continue };
        let again = assembled(again, text, empty);
        if again.0.smallest_text > best.0.smallest_text + 0.001 {
            best = again;
        }
    }
    Ok(best)
}

/// Lays out a view whose texts are set in one way, and with longer and shorter lines.
fn compose_by(
    text: &Text<'_>,
    view: &View,
    scene: Scene,
    set: impl Fn(Density) -> Scene,
) -> Result<Composed, EngineError> {
    let density = scene.density;
    // What the table below takes is known before the picture.
    let below = |width: f64| match figures::table(&scene, text, width, 0.0).0 {
        0.0 => 0.0,
        high => high + super::TABLE_ABOVE,
    };
    if let Some(composed) = manual::compose(&scene, text.options, &below) {
        return Ok(composed);
    }
    let rooms = compose::rooms(text.options, &below);
    let mut scenes = vec![scene.clone()];
    // One seed is for who waits: no second setting of all texts then.
    if text.options.seeds > 1 {
        scenes.push(set(Density { lines: Lines::Long, ..density }));
    }
    if density.close {
        scenes.push(set(Density { lines: Lines::Short, ..density }));
    }
    compose::compose(scenes, view, text.options, rooms)
}

fn assembled(mut composed: Composed, text: &Text<'_>, empty: &Drawing) -> (Drawing, Composed) {
    let mut drawing = empty.clone();
    super::fit(&mut drawing, &mut composed, text);
    (drawing, composed)
}
