//! Draws the views of workspaces: `cargo run -p groma-c4 --example draw -- FONTS_FOLDER OUT_FOLDER [--key=value …] FILE.json …`.

use groma_c4::Workspace;
use groma_c4::draw::{
    AgeStatus, FontWeight, Fonts, MM, OpenFindings, Options, Overlay, Severity, TechnologyAge, Theme, Traffic, Words,
    draw, svg,
};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (flags, paths): (Vec<_>, Vec<_>) = arguments.into_iter().partition(|one| one.starts_with("--"));
    let [fonts, out, files @ ..] = paths.as_slice() else { return Err("FONTS_FOLDER OUT_FOLDER FILE.json …".into()) };
    let fonts = open_fonts(Path::new(fonts))?;
    let has = |name: &str| flags.iter().any(|flag| flag == name);
    let theme = Theme::house(has("--dark"));
    let mut options = Options::default();
    if has("--german") {
        options.words = Words::german();
    }
    if has("--wide") {
        (options.width, options.height) = (247.0 * MM, Some(150.0 * MM));
    }
    if has("--report") {
        (options.width, options.height, options.turned) =
            (170.0 * MM, Some(214.0 * MM), Some((257.0 * MM, 132.0 * MM)));
        options.title = false;
    }
    let only = flags.iter().find_map(|flag| flag.strip_prefix("--view="));
    for file in files {
        let workspace = match groma_c4::json::import(&read(Path::new(file))?) {
            Ok(workspace) => workspace,
            Err(refusal) => {
                say(&format!("{file}: {refusal}"));
                continue;
            }
        };
        options.overlay = overlay(&workspace, flags.iter().find_map(|flag| flag.strip_prefix("--overlay=")));
        let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or("workspace");
        for view in workspace.views.iter().filter(|view| only.is_none_or(|only| view.key == only)) {
            let drawing = draw(&workspace, &view.key, &fonts, &theme, &options)?;
            let warnings: Vec<String> =
                drawing.warnings.iter().map(|one| format!("{one:?}").chars().take(60).collect()).collect();
            say(&format!(
                "{stem} {}: {} boxes, {:.0}x{:.0} pt, text {:.1} pt{}, {:?} {warnings:?}",
                view.key,
                drawing.boxes.len(),
                drawing.width,
                drawing.height,
                drawing.smallest_text,
                if drawing.turned { ", turned" } else { "" },
                drawing.quality
            ));
            write(&Path::new(out).join(format!("{stem}-{}.svg", view.key)), &svg(&drawing, &fonts))?;
        }
    }
    Ok(())
}

/// Something to lay over, made up.
fn overlay(workspace: &Workspace, name: Option<&str>) -> Overlay {
    let model = &workspace.model;
    match name {
        Some("findings") => {
            let some =
                model.elements().enumerate().filter(|(at, (_, element))| at % 2 == 0 && element.kind.is_static());
            Overlay::Findings(
                some.map(|(at, (id, _))| {
                    let count = at % 4 + 1;
                    let ids = (0..count).map(|number| format!("F-{number}")).collect();
                    (model.key(id), OpenFindings { worst: Severity::ALL[at / 2 % 5], count, ids })
                })
                .collect(),
            )
        }
        Some("traffic") => {
            let measured = |at: usize| Traffic {
                p99: Some([84.0, 840.0, 3_200.0][at % 3]),
                error_rate: Some([0.0005, 0.012, 0.07][at / 2 % 3]),
                rate: Some([0.4, 35.0, 1_250.0][at / 3 % 3]),
            };
            let all = model.relationships().enumerate();
            Overlay::Traffic(
                all.map(|(at, (_, one))| ((model.key(one.source), model.key(one.destination)), measured(at))).collect(),
            )
        }
        Some("technology") => {
            let all =
                [(AgeStatus::Ended, "ended 2022"), (AgeStatus::Ending, "ends 2027"), (AgeStatus::Current, "current")];
            let some = model.elements().filter(|(_, element)| !element.technology.is_empty()).enumerate();
            Overlay::Technology(
                some.map(|(at, (id, _))| {
                    (model.key(id), TechnologyAge { status: all[at % 3].0, label: all[at % 3].1.to_owned() })
                })
                .collect(),
            )
        }
        Some(name) => Overlay::Perspective(name.to_owned()),
        None => Overlay::None,
    }
}

fn open_fonts(folder: &Path) -> Result<Fonts, Box<dyn std::error::Error>> {
    let font = |name: &str| read(&folder.join(name));
    let fallbacks = vec![
        (font("ibm-plex-sans-arabic/IBMPlexSansArabic-Regular.ttf")?.into(), Some(FontWeight::Regular)),
        (font("ibm-plex-sans-arabic/IBMPlexSansArabic-SemiBold.ttf")?.into(), Some(FontWeight::SemiBold)),
        (font("noto-sans-hebrew/NotoSansHebrew-Regular.ttf")?.into(), Some(FontWeight::Regular)),
        (font("noto-sans-hebrew/NotoSansHebrew-Bold.ttf")?.into(), Some(FontWeight::SemiBold)),
        (font("noto-sans-symbols-2/NotoSansSymbols2-Regular.ttf")?.into(), None),
        (font("noto-emoji/NotoEmoji-Regular.ttf")?.into(), None),
    ];
    let (regular, semibold) =
        (font("ibm-plex-sans/IBMPlexSans-Regular.ttf")?, font("ibm-plex-sans/IBMPlexSans-SemiBold.ttf")?);
    Ok(Fonts::new(regular, semibold, fallbacks)?)
}

#[allow(clippy::disallowed_methods, reason = "an example is an edge")]
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    std::fs::read(path)
}

#[allow(clippy::disallowed_methods, reason = "an example is an edge")]
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    std::fs::write(path, text)
}

#[allow(clippy::print_stdout, reason = "it is what it is for")]
fn say(line: &str) {
    println!("{line}");
}
