//! How long a view of 60 elements takes: `cargo run --release -p groma-c4 --example draw_speed -- FONTS_FOLDER`.
//! With a number behind it, one seed so often and nothing else, to be timed from outside.

#[path = "../tests/generate/mod.rs"]
mod generate;

use groma_c4::draw::{Fonts, Options, Theme, draw, svg};
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("FONTS_FOLDER")?;
    let fonts =
        Fonts::new(read(&folder, "IBMPlexSans-Regular.ttf")?, read(&folder, "IBMPlexSans-SemiBold.ttf")?, Vec::new())?;
    if let Some(often) = std::env::args().nth(2).and_then(|number| number.parse::<usize>().ok()) {
        let workspace = groma_c4::json::import(generate::landscape(60, 75, 7).to_string().as_bytes())
            .map_err(|refusal| refusal.to_string())?;
        let options = Options { seeds: 1, both_directions: false, ..Options::default() };
        for _ in 0..often {
            draw(&workspace, "view", &fonts, &Theme::house(false), &options)?;
        }
        return Ok(());
    }
    for (systems, lines) in [(30, 44), (60, 75), (100, 130)] {
        let workspace = groma_c4::json::import(generate::landscape(systems, lines, 7).to_string().as_bytes())
            .map_err(|refusal| refusal.to_string())?;
        let mut placed = workspace.clone();
        for (what, seeds, both_directions) in [("one seed", 1, false), ("eight seeds, both directions", 8, true)] {
            let options = Options { seeds, both_directions, ..Options::default() };
            let mut times = Vec::new();
            for _ in 0..5 {
                let start = Instant::now();
                let drawing = draw(&workspace, "view", &fonts, &Theme::house(false), &options)?;
                times.push(start.elapsed().as_secs_f64() * 1000.0);
                for one in &drawing.boxes {
                    let shown = placed.model.by_key(&one.element).and_then(|id| placed.views[0].elements.get_mut(&id));
                    if let Some(shown) = shown {
                        (shown.x, shown.y) = (Some(one.saved.0), Some(one.saved.1));
                    }
                }
                if times.len() == 5 {
                    let start = Instant::now();
                    let written = svg(&drawing, &fonts).len();
                    say(systems, lines, what, &mut times);
                    say(
                        systems,
                        lines,
                        &format!("  as SVG, {} KiB", written / 1024),
                        &mut [start.elapsed().as_secs_f64() * 1000.0],
                    );
                }
            }
        }
        placed.views[0].auto_layout = None;
        let start = Instant::now();
        draw(&placed, "view", &fonts, &Theme::house(false), &Options::default())?;
        say(systems, lines, "placed by hand", &mut [start.elapsed().as_secs_f64() * 1000.0]);
    }
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "an example is an edge")]
fn read(folder: &str, name: &str) -> std::io::Result<Vec<u8>> {
    std::fs::read(Path::new(folder).join("ibm-plex-sans").join(name))
}

#[allow(clippy::print_stdout, reason = "it is what it is for")]
fn say(systems: usize, lines: usize, what: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    println!("{systems} elements, {lines} lines, {what}: {:.0} ms", times[times.len() / 2]);
}
