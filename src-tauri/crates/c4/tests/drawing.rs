//! What drawings must hold, over made-up workspaces and, where it is there, the corpus.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod generate;

use generate::{Dice, deployment, landscape};
use groma_c4::draw::{
    Drawing, DrawingWarning, FontWeight, Fonts, OpenFindings, Options, Overlay, Segment, Severity, Shape, Theme,
    Traffic, check, draw, draw_readable, split, svg,
};
use groma_c4::{ViewKind, Workspace, json};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn file(path: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/fonts");
    #[allow(clippy::disallowed_methods, reason = "tests read the fonts of the repository")]
    std::fs::read(root.join(path)).unwrap()
}

fn fonts() -> Fonts {
    let fallbacks = vec![
        (file("ibm-plex-sans-arabic/IBMPlexSansArabic-Regular.ttf").into(), Some(FontWeight::Regular)),
        (file("noto-sans-hebrew/NotoSansHebrew-Regular.ttf").into(), None),
        (file("noto-emoji/NotoEmoji-Regular.ttf").into(), None),
    ];
    Fonts::new(file("ibm-plex-sans/IBMPlexSans-Regular.ttf"), file("ibm-plex-sans/IBMPlexSans-SemiBold.ttf"), fallbacks)
        .unwrap()
}

/// What must be nought, as a sentence where it is not.
fn faults(drawing: &Drawing) -> Option<String> {
    let quality = check(drawing);
    (quality.faults() > 0).then(|| format!("{}: {quality:?}", drawing.key))
}

/// Printed too small to read, or with lines or elements missing where it is printed in parts.
fn unreadable(workspace: &Workspace, drawing: &Drawing, fonts: &Fonts, options: &Options) -> Vec<String> {
    let printed = draw_readable(workspace, &drawing.key, fonts, &Theme::house(false), options).unwrap();
    let mut wrong: Vec<String> = printed.iter().filter_map(faults).collect();
    if drawing.readable(options) {
        assert_eq!(printed.len(), 1, "{}", drawing.key);
        return wrong;
    }
    let parts: Vec<&Drawing> = printed.iter().filter(|one| one.key != drawing.key).collect();
    let small = parts.iter().filter(|part| !part.readable(options)).count();
    let whole: Vec<&Drawing> = printed.iter().filter(|one| one.key == drawing.key).collect();
    if parts.len() < 2 || small > 0 || whole.iter().any(|one| !one.readable(options) && !one.manual) {
        wrong.push(format!("{}: {} parts, {small} of them too small", drawing.key, parts.len()));
    }
    let lines: BTreeSet<_> = parts.iter().flat_map(|part| part.lines.iter().map(|line| &line.id)).collect();
    let boxes: BTreeSet<_> = parts.iter().flat_map(|part| part.boxes.iter().map(|one| &one.element)).collect();
    if drawing.lines.iter().any(|line| !lines.contains(&line.id))
        || drawing.boxes.iter().any(|one| !boxes.contains(&one.element))
    {
        wrong.push(format!("{}: something is on no part", drawing.key));
    }
    wrong
}

#[test]
fn made_up_deployments_are_drawn_without_fault() {
    let fonts = fonts();
    let options = Options { seeds: 1, both_directions: false, ..Options::default() };
    let wrong: Vec<String> = (0..300_u64)
        .into_par_iter()
        .filter_map(|seed| {
            let bytes = deployment(seed).to_string();
            let workspace = json::import(bytes.as_bytes()).unwrap();
            let drawing = draw(&workspace, "view", &fonts, &Theme::house(false), &options).unwrap();
            faults(&drawing).map(|fault| format!("seed {seed}: {fault}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of 300:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn made_up_landscapes_are_drawn_without_fault() {
    let fonts = fonts();
    let wrong: Vec<String> = (0..120_u64)
        .into_par_iter()
        .filter_map(|seed| {
            let systems = 4 + seed as usize % 17;
            let bytes = landscape(systems, systems * 3 / 2, seed).to_string();
            let workspace = json::import(bytes.as_bytes()).unwrap();
            let options = Options { seeds: 1 + seed as u32 % 2, both_directions: seed % 3 == 0, ..Options::default() };
            let drawing = draw(&workspace, "view", &fonts, &Theme::house(false), &options).unwrap();
            faults(&drawing).map(|fault| format!("seed {seed}: {fault}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of 120:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn more_seeds_never_cross_more_often() {
    let fonts = fonts();
    let counts: Vec<(usize, usize)> = (0..60_u64)
        .into_par_iter()
        .map(|seed| {
            let bytes = landscape(12, 18, seed).to_string();
            let workspace = json::import(bytes.as_bytes()).unwrap();
            let crossings = |seeds: u32| {
                let options = Options { seeds, both_directions: false, ..Options::default() };
                draw(&workspace, "view", &fonts, &Theme::house(false), &options).unwrap().quality.crossings
            };
            (crossings(1), crossings(5))
        })
        .collect();
    // Five seeds may set texts wider than one does, and then cross once more in another place.
    let worse: Vec<_> = counts.iter().enumerate().filter(|(_, (one, five))| *five > one + 1).collect();
    assert!(worse.is_empty(), "{worse:?}");
    let (one, five) = counts.iter().fold((0, 0), |(a, b), (one, five)| (a + one, b + five));
    assert!(five < one, "{five} crossings with five seeds, {one} with one");
}

#[test]
fn what_a_person_placed_stays_and_the_rest_finds_room() {
    let fonts = fonts();
    let options = Options { seeds: 1, both_directions: false, ..Options::default() };
    let wrong: Vec<String> = (0..100_u64)
        .into_par_iter()
        .filter_map(|seed| {
            let mut dice = Dice::new(seed);
            let bytes = if seed % 2 == 0 { deployment(seed) } else { landscape(9, 11, seed) }.to_string();
            let mut workspace = json::import(bytes.as_bytes()).unwrap();
            let first = draw(&workspace, "view", &fonts, &Theme::house(false), &options).unwrap();
            workspace.views[0].auto_layout = None;
            let mut kept = Vec::new();
            for one in &first.boxes {
                // Positions at (0, 0) are none.
                if dice.roll(3) > 0 && one.saved != (0, 0) {
                    let id = workspace.model.by_key(&one.element).unwrap();
                    let shown = workspace.views[0].elements.get_mut(&id).unwrap();
                    (shown.x, shown.y) = (Some(one.saved.0), Some(one.saved.1));
                    kept.push((one.element.clone(), one.saved));
                }
            }
            if kept.len() < 2 {
                return None;
            }
            let again = draw(&workspace, "view", &fonts, &Theme::house(false), &options).unwrap();
            let mut wrong = faults(&again).map(|fault| format!("seed {seed}: {fault}"));
            // Fixed boxes stand to one another as they were saved.
            let place = |key: &str| {
                again.boxes.iter().find(|one| one.element == key).map(|one| (one.saved, one.rect.centre())).unwrap()
            };
            for pair in kept.windows(2) {
                let ((saved, at), (other_saved, other_at)) = (place(&pair[0].0), place(&pair[1].0));
                if saved != pair[0].1 || other_saved != pair[1].1 {
                    wrong = Some(format!("seed {seed}: {} was moved", pair[0].0));
                }
                let (dx, dy) =
                    ((other_saved.0 - saved.0) as f64 * again.scale, (other_saved.1 - saved.1) as f64 * again.scale);
                if (other_at.x - at.x - dx).abs() > 0.6 || (other_at.y - at.y - dy).abs() > 0.6 {
                    wrong = Some(format!("seed {seed}: {} and {} are not where they were put", pair[0].0, pair[1].0));
                }
            }
            wrong
        })
        .collect();
    assert!(wrong.is_empty(), "{} of 100:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn large_views_that_a_person_placed_are_drawn_without_fault() {
    let fonts = fonts();
    let options = Options { seeds: 1, both_directions: false, ..Options::default() };
    let wrong: Vec<String> = (0..12_u64)
        .into_par_iter()
        .filter_map(|seed| {
            let bytes = landscape(60, 75, seed).to_string();
            let mut workspace = json::import(bytes.as_bytes()).unwrap();
            let first = draw(&workspace, "view", &fonts, &Theme::house(false), &options).unwrap();
            workspace.views[0].auto_layout = None;
            for one in &first.boxes {
                let id = workspace.model.by_key(&one.element).unwrap();
                let shown = workspace.views[0].elements.get_mut(&id).unwrap();
                (shown.x, shown.y) = (Some(one.saved.0), Some(one.saved.1));
            }
            let again = draw(&workspace, "view", &fonts, &Theme::house(false), &options).unwrap();
            assert!(again.manual && again.quality.crossings > 0, "seed {seed}");
            faults(&again).map(|fault| format!("seed {seed}: {fault}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of 12:\n{}", wrong.len(), wrong.join("\n"));
}

fn corpus() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpus/c4");
    let mut files = Vec::new();
    let mut folders = vec![root.join("expected"), root.join("json")];
    while let Some(folder) = folders.pop() {
        #[allow(clippy::disallowed_methods, reason = "tests read the corpus where it is there")]
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "json") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[test]
fn all_views_of_the_corpus_are_drawn_without_fault() {
    let files = corpus();
    if files.is_empty() {
        println!("skipped: the corpus is not there");
        return;
    }
    let fonts = fonts();
    let options = Options { seeds: 2, ..Options::default() };
    let (views, wrong): (Vec<usize>, Vec<Vec<String>>) = files
        .par_iter()
        .map(|path| {
            #[allow(clippy::disallowed_methods, reason = "tests read the corpus where it is there")]
            let bytes = std::fs::read(path).unwrap();
            // Some are there to be refused.
            let Ok(workspace) = json::import(&bytes) else { return (0, Vec::new()) };
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let mut wrong = Vec::new();
            for view in workspace.views.iter().filter(|view| view.kind != ViewKind::Image) {
                for dark in [false, true] {
                    let drawing = draw(&workspace, &view.key, &fonts, &Theme::house(dark), &options).unwrap();
                    wrong.extend(faults(&drawing).map(|fault| format!("{name} {fault}")));
                    if !dark {
                        let small = unreadable(&workspace, &drawing, &fonts, &options);
                        wrong.extend(small.into_iter().map(|fault| format!("{name} {fault}")));
                    }
                }
            }
            (workspace.views.len(), wrong)
        })
        .unzip();
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(views.iter().sum::<usize>() > 200);
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Two people's worth of everything that may go wrong in text, and all that is laid over.
const SMALL: &str = r##"{ "name": "small", "model": {
  "people": [{ "id": "1", "name": "Ann <b>&\"'", "description": "\u0000\u0007 ]]> --> \u202e", "tags": "Element,Person",
    "relationships": [{ "id": "10", "destinationId": "3", "description": "opens & <closes>", "technology": "HTTPS", "tags": "Relationship" }] }],
  "softwareSystems": [{ "id": "2", "name": "Shop", "tags": "Element,Software System", "containers": [
    { "id": "3", "name": "API", "technology": "Java 8", "tags": "Element,Container", "perspectives": [{ "name": "Security", "description": "weak", "value": "2" }],
      "relationships": [{ "id": "11", "destinationId": "4", "description": "reads", "tags": "Relationship", "perspectives": [{ "name": "security", "description": "in clear text", "value": "1" }] }] },
    { "id": "4", "name": "Store", "technology": "PostgreSQL", "tags": "Element,Container,Database", "perspectives": [{ "name": "Security", "description": "good", "value": "9" }] }] }] },
  "views": { "containerViews": [{ "key": "c", "softwareSystemId": "2", "order": 1,
      "elements": [{ "id": "1" }, { "id": "3" }, { "id": "4" }], "relationships": [{ "id": "10" }, { "id": "11" }] }],
    "filteredViews": [{ "key": "f", "baseViewKey": "c", "mode": "Exclude", "tags": ["Database"], "order": 2 }],
    "dynamicViews": [{ "key": "d", "elementId": "2", "order": 3, "elements": [{ "id": "1" }, { "id": "3" }, { "id": "4" }], "relationships": [
      { "id": "10", "order": "1", "description": "asks" }, { "id": "11", "order": "2" }, { "id": "11", "order": "3", "description": "rows", "response": true }] }],
    "imageViews": [{ "key": "i", "elementId": "2", "order": 4, "content": "https://example.org/a.png" }],
    "configuration": { "styles": { "elements": [{ "tag": "Database", "shape": "Cylinder", "background": "#222222", "color": "#333333" }] } } } }"##;

fn small(key: &str, options: &Options) -> Drawing {
    draw(&json::import(SMALL.as_bytes()).unwrap(), key, &fonts(), &Theme::house(false), options).unwrap()
}

fn texts(shapes: &[Shape]) -> Vec<String> {
    let text = |shape: &Shape| match shape {
        Shape::Text { text, .. } => Some(text.clone()),
        _ => None,
    };
    shapes.iter().filter_map(text).collect()
}

#[test]
fn overlays_are_written_on_boxes_and_lines() {
    let workspace = json::import(SMALL.as_bytes()).unwrap();
    let key = |name: &str| workspace.model.key(workspace.model.by_key(name).unwrap());
    let (api, store) = (key("API"), key("Store"));
    let findings = OpenFindings { worst: Severity::High, count: 3, ids: vec!["F-7".to_owned()] };
    let overlay = Overlay::Findings([(api.clone(), findings)].into());
    let drawing = small("c", &Options { overlay, ..Options::default() });
    let of = |drawing: &Drawing, key: &str| drawing.boxes.iter().find(|one| one.element == key).cloned().unwrap();
    let marked = of(&drawing, &api);
    assert_eq!((marked.marks[0].label.as_str(), marked.marks[0].ids.len()), ("H 3", 1));
    assert!(texts(&marked.shapes).contains(&"H 3".to_owned()) && marked.alt.contains("3 open findings, worst High"));
    assert!(marked.rect.contains(marked.marks[0].rect.centre(), 0.0) && of(&drawing, &store).marks.is_empty());
    assert!(
        texts(&drawing.furniture).contains(&"High".to_owned())
            && !texts(&drawing.furniture).contains(&"Low".to_owned())
    );

    let traffic = Traffic { p99: Some(840.0), error_rate: Some(0.012), rate: Some(35.0) };
    let overlay = Overlay::Traffic([((api.clone(), store.clone()), traffic)].into());
    let drawing = small("c", &Options { overlay, ..Options::default() });
    let line = drawing.lines.iter().find(|line| line.id == "11").unwrap();
    let written = texts(&line.shapes).join(" ").replace('\u{a0}', " ");
    assert!(
        written.contains("p99 840 ms") && written.contains("1.2 % errors") && written.contains("35/s"),
        "{written}"
    );

    let drawing = small("c", &Options { overlay: Overlay::Perspective("Security".to_owned()), ..Options::default() });
    let colours: Vec<_> = [&api, &store].map(|key| of(&drawing, key).marks[0].colour).into();
    assert_ne!(colours[0], colours[1]);
    assert_eq!(faults(&drawing), None);
    // A relationship has perspectives, too: its value, its colour, both in the legend.
    let drawn = |id: &str| drawing.lines.iter().find(|line| line.id == id).unwrap();
    let colour = |id: &str| match &drawn(id).shapes[0] {
        Shape::Path { stroke: Some(stroke), .. } => (stroke.colour, stroke.width),
        other => panic!("{other:?}"),
    };
    assert_eq!(texts(&drawn("11").shapes), ["reads", "1"]);
    assert!(drawn("11").alt.ends_with("reads 1"), "{}", drawn("11").alt);
    assert!(colour("11").1 > colour("10").1 && colour("11").0 != colour("10").0);
    let plain = small("c", &Options::default());
    let usual = plain.lines.iter().find(|line| line.id == "11").unwrap();
    assert_eq!(texts(&usual.shapes), ["reads"]);
    let legend = texts(&drawing.furniture);
    for value in ["Security: 1", "Security: 2", "Security: 9"] {
        assert!(legend.contains(&value.to_owned()), "{legend:?}");
    }
}

#[test]
fn views_of_all_kinds_say_what_they_show() {
    let plain = Options::default();
    assert_eq!(small("f", &plain).boxes.len(), 2);
    let dynamic = small("d", &plain);
    let orders: Vec<&str> = dynamic.lines.iter().map(|line| line.order.as_str()).collect();
    assert_eq!(orders, ["1", "2", "3"]);
    let answer = &dynamic.lines[2];
    assert!(answer.alt.starts_with("Store → API: 3: rows"), "{}", answer.alt);
    assert!(matches!(&answer.shapes[0], Shape::Path { stroke: Some(stroke), .. } if !stroke.dash.is_empty()));
    // The arrow of an answer is where its line begins: at the one who asked.
    assert!(matches!(&answer.shapes[1], Shape::Path { segments, .. } if matches!(segments[0], Segment::Move { x, y }
        if (x - answer.points[0].x).abs() < 0.1 && (y - answer.points[0].y).abs() < 0.1)));
    let image = small("i", &plain);
    assert!(
        matches!(&image.warnings[0], DrawingWarning::MissingImage { name, .. } if name == "https://example.org/a.png")
    );
    let error =
        draw(&json::import(SMALL.as_bytes()).unwrap(), "x", &fonts(), &Theme::house(false), &plain).unwrap_err();
    assert_eq!(error.to_string(), "there is no view \"x\"; there are: c, f, d, i");
}

#[test]
fn what_is_not_meant_is_dimmed_and_all_text_can_be_read() {
    let workspace = json::import(SMALL.as_bytes()).unwrap();
    let api = workspace.model.key(workspace.model.by_key("API").unwrap());
    let drawing = small("c", &Options { highlight: [api.clone()].into(), ..Options::default() });
    for one in &drawing.boxes {
        let faint = one
            .shapes
            .iter()
            .all(|shape| matches!(shape, Shape::Text { opacity, .. } | Shape::Path { opacity, .. } if *opacity < 0.5));
        assert_eq!(faint, one.element != api, "{}", one.name);
    }
    // Dark grey on darker grey is what the style asks for.
    let store = drawing.boxes.iter().find(|one| one.name == "Store").unwrap();
    let fill = store.shapes.iter().find_map(|shape| match shape {
        Shape::Path { fill, .. } => *fill,
        _ => None,
    });
    for shape in &store.shapes {
        if let Shape::Text { colour, text, .. } = shape {
            assert!(colour.contrast(fill.unwrap()) >= 4.5, "{text}");
        }
    }
}

#[test]
fn svg_holds_nothing_that_a_name_smuggles_in() {
    let file = svg(&small("c", &Options::default()), &fonts());
    assert!(file.contains("role=\"img\"") && file.contains("Ann &lt;b&gt;&amp;&quot;&#39;"));
    assert!(!file.contains("<b>") && !file.contains("<closes>") && !file.contains(['\u{0}', '\u{7}', '\u{202e}']));
    assert!(file.contains("id=\"element-3\"") && file.contains("id=\"relationship-10\""));
    // All there is to fetch is within the file.
    assert!(file.match_indices("href=\"").all(|(at, _)| file[at + 6..].starts_with('#')));
    assert_eq!(svg(&small("c", &Options::default()), &fonts()), file, "the same again");
}

#[test]
fn what_nobody_could_read_is_refused_with_a_reason() {
    let workspace = json::import(landscape(500, 10, 1).to_string().as_bytes()).unwrap();
    let error = draw(&workspace, "view", &fonts(), &Theme::house(false), &Options::default()).unwrap_err();
    assert!(error.to_string().contains("500 elements and 10 relationships"), "{error}");
    assert!(split(&workspace, "view").len() > 40);
    let workspace = json::import(landscape(40, 60, 1).to_string().as_bytes()).unwrap();
    let drawing =
        draw(&workspace, "view", &fonts(), &Theme::house(false), &Options { seeds: 1, ..Options::default() }).unwrap();
    assert!(matches!(&drawing.warnings[0], DrawingWarning::Crowded { elements: 40, parts } if parts.len() > 3));
}

#[test]
fn characters_that_no_font_has_are_told() {
    let text = SMALL.replace("\"Shop\"", "\"Shop \u{13000}\u{13000}\"");
    assert_ne!(text, SMALL);
    let warnings = |text: &str| {
        let workspace = json::import(text.as_bytes()).unwrap();
        let key = workspace.views[0].key.clone();
        draw(&workspace, &key, &fonts(), &Theme::house(false), &Options::default()).unwrap().warnings
    };
    let told = DrawingWarning::MissingGlyphs { characters: "\u{13000}".to_owned() };
    assert!(warnings(&text).contains(&told), "{:?}", warnings(&text));
    assert!(!warnings(SMALL).iter().any(|one| matches!(one, DrawingWarning::MissingGlyphs { .. })));
}
