//! How long views take: `cargo run --release -p groma-c4 --example draw_speed -- FONTS_FOLDER [placed | NUMBER]`.
//! On two cores, undisturbed: 60 elements take 42 ms with one seed, 0.4 s with eight, 2.2 s to be printed readably in
//! parts; 100 elements 0.15, 0.85 and 3.5 s.
//! `placed`: those alone that a person placed. NUMBER: one seed so often and nothing else, to be timed from outside.

#[path = "../tests/generate/mod.rs"]
mod generate;

use generate::Dice;
use groma_c4::Workspace;
use groma_c4::draw::{Drawing, Fonts, Options, Theme, draw, draw_readable, svg};
use std::path::Path;
use std::time::Instant;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let folder = std::env::args().nth(1).ok_or("FONTS_FOLDER")?;
    let fonts =
        Fonts::new(read(&folder, "IBMPlexSans-Regular.ttf")?, read(&folder, "IBMPlexSans-SemiBold.ttf")?, Vec::new())?;
    let what = std::env::args().nth(2).unwrap_or_default();
    if let Ok(often) = what.parse::<usize>() {
        let options = Options { seeds: 1, both_directions: false, ..Options::default() };
        let workspace = landscape(60, 75)?;
        for _ in 0..often {
            draw(&workspace, "view", &fonts, &Theme::house(false), &options)?;
        }
        return Ok(());
    }
    for (systems, lines) in [(30, 44), (60, 75), (100, 130)] {
        let name = format!("{systems} elements, {lines} lines");
        let workspace = landscape(systems, lines)?;
        if what != "placed" {
            by_machine(&workspace, &name, &fonts)?;
            to_be_read(&workspace, &name, &fonts)?;
        }
        by_hand(workspace, &name, &fonts)?;
    }
    Ok(())
}

fn landscape(systems: usize, lines: usize) -> Result<Workspace, Failure> {
    Ok(groma_c4::json::import(generate::landscape(systems, lines, 7).to_string().as_bytes())?)
}

fn by_machine(workspace: &Workspace, name: &str, fonts: &Fonts) -> Result<(), Failure> {
    for (what, seeds, both_directions) in [("one seed", 1, false), ("eight seeds, both directions", 8, true)] {
        let options = Options { seeds, both_directions, ..Options::default() };
        let drawing = timed(workspace, &format!("{name}, {what}"), fonts, &options)?;
        let start = Instant::now();
        let written = svg(&drawing, fonts).len();
        let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
        say(&format!("{name},   as SVG, {} KiB: {milliseconds:.0} ms", written / 1024));
    }
    Ok(())
}

/// What a report waits for: the view, and its parts where it is too small to read.
fn to_be_read(workspace: &Workspace, name: &str, fonts: &Fonts) -> Result<(), Failure> {
    let mut times = Vec::new();
    let mut drawn = 0;
    for _ in 0..3 {
        let start = Instant::now();
        drawn = draw_readable(workspace, "view", fonts, &Theme::house(false), &Options::default())?.len();
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    say(&format!("{name}, readable, {drawn} drawings: {:.0} ms", times[1]));
    Ok(())
}

/// What is waited for after a box was dropped: all where the machine put it, some moved, some not placed yet.
fn by_hand(mut workspace: Workspace, name: &str, fonts: &Fonts) -> Result<(), Failure> {
    let options = Options { seeds: 1, both_directions: false, ..Options::default() };
    let drawing = draw(&workspace, "view", fonts, &Theme::house(false), &options)?;
    workspace.views[0].auto_layout = None;
    for (what, moved, missing) in
        [("placed by hand", 0, 0), ("placed, a tenth moved", 10, 0), ("placed, a third not yet", 0, 3)]
    {
        let mut dice = Dice::new(7);
        let mut placed = workspace.clone();
        for (at, one) in drawing.boxes.iter().enumerate() {
            let away = if moved > 0 && at % moved == 0 { dice.roll(900) as i64 - 450 } else { 0 };
            let id = placed.model.by_key(&one.element).filter(|_| missing == 0 || at % missing > 0);
            if let Some(shown) = id.and_then(|id| placed.views[0].elements.get_mut(&id)) {
                (shown.x, shown.y) = (Some(one.saved.0 + away), Some(one.saved.1 - away / 2));
            }
        }
        let drawing = timed(&placed, &format!("{name}, {what}"), fonts, &options)?;
        let quality = drawing.quality;
        let (faults, crossings, bends) = (quality.faults(), quality.crossings, quality.bends);
        let (on, through) = (quality.lines_on_lines, quality.lines_through_labels);
        say(&format!(
            "{name},   {faults} faults, {crossings} crossings, {bends} bends, {on} on lines, {through} through texts"
        ));
    }
    Ok(())
}

/// The middle of five.
fn timed(workspace: &Workspace, name: &str, fonts: &Fonts, options: &Options) -> Result<Drawing, Failure> {
    let mut times = Vec::new();
    let mut drawn = None;
    for _ in 0..5 {
        let start = Instant::now();
        drawn = Some(draw(workspace, "view", fonts, &Theme::house(false), options)?);
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    say(&format!("{name}: {:.0} ms", times[times.len() / 2]));
    Ok(drawn.ok_or("nothing was drawn")?)
}

#[allow(clippy::disallowed_methods, reason = "an example is an edge")]
fn read(folder: &str, name: &str) -> std::io::Result<Vec<u8>> {
    std::fs::read(Path::new(folder).join("ibm-plex-sans").join(name))
}

#[allow(clippy::print_stdout, reason = "it is what it is for")]
fn say(line: &str) {
    println!("{line}");
}
