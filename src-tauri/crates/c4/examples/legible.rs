//! How small the type of each view is on an A4 page, whole and as it is printed:
//! `cargo run -p groma-c4 --example legible -- FONTS_FOLDER WORKSPACE.json …`.

use groma_c4::draw::{Fonts, Options, Theme, draw, draw_readable};
use groma_c4::{ViewKind, json};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("FONTS_FOLDER")?;
    let fonts =
        Fonts::new(read(&folder, "IBMPlexSans-Regular.ttf")?, read(&folder, "IBMPlexSans-SemiBold.ttf")?, Vec::new())?;
    let (theme, options) = (Theme::house(false), Options::default());
    let (mut views, mut small, mut still) = (0, 0, 0);
    for path in arguments {
        #[allow(clippy::disallowed_methods, reason = "an example reads what it is given")]
        let Ok(workspace) = json::import(&std::fs::read(&path)?) else { continue };
        for view in workspace.views.iter().filter(|view| view.kind != ViewKind::Image) {
            let whole = draw(&workspace, &view.key, &fonts, &theme, &options)?;
            views += 1;
            if whole.readable(&options) {
                continue;
            }
            small += 1;
            let printed = draw_readable(&workspace, &view.key, &fonts, &theme, &options)?;
            let sizes: Vec<String> =
                printed.iter().map(|one| format!("{:.1} ({})", one.smallest_text, one.boxes.len())).collect();
            still += usize::from(!printed.iter().skip(usize::from(whole.manual)).all(|one| one.readable(&options)));
            let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy().into_owned();
            let placed = if whole.manual { ", placed by hand" } else { "" };
            let (boxes, smallest) = (whole.boxes.len(), whole.smallest_text);
            say(&format!("{name} {}: {boxes} elements, {smallest:.1} pt{placed} -> {}", view.key, sizes.join(", ")));
        }
    }
    say(&format!("{views} views, {small} too small as a whole, {still} too small as printed"));
    Ok(())
}

fn read(folder: &str, name: &str) -> std::io::Result<Vec<u8>> {
    #[allow(clippy::disallowed_methods, reason = "an example reads the fonts it is given")]
    std::fs::read(Path::new(folder).join("ibm-plex-sans").join(name))
}

#[allow(clippy::print_stdout, reason = "an example")]
fn say(line: &str) {
    println!("{line}");
}
