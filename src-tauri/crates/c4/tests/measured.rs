//! Views with what was measured on their lines: whole and readable where they are without it.

#![allow(clippy::unwrap_used, reason = "a test")]

mod generate;

use generate::Dice;
use groma_c4::draw::{Drawing, Fonts, Options, Overlay, Shape, Theme, Traffic, check, draw};
use groma_c4::{Workspace, json};
use rayon::prelude::*;
use serde_json::{Value, json as value};
use std::collections::BTreeSet;
use std::path::Path;

fn fonts() -> Fonts {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/fonts/ibm-plex-sans");
    #[allow(clippy::disallowed_methods, reason = "tests read the fonts of the repository")]
    let file = |name: &str| std::fs::read(root.join(name)).unwrap();
    Fonts::new(file("IBMPlexSans-Regular.ttf"), file("IBMPlexSans-SemiBold.ttf"), Vec::new()).unwrap()
}

/// Figures of all lengths on every relationship but each seventh.
fn measured(workspace: &Workspace) -> Overlay {
    let model = &workspace.model;
    let some = model.relationships().enumerate().filter(|(at, _)| at % 7 != 6);
    Overlay::Traffic(
        some.map(|(at, (_, one))| {
            let traffic = Traffic {
                p99: Some([84.0, 840.0, 12_300.0][at % 3]),
                error_rate: Some([0.0004, 0.012, 0.073][at / 2 % 3]),
                rate: (at % 5 != 0).then_some([0.4, 35.0, 1_250.0][at / 3 % 3]),
            };
            ((model.key(one.source), model.key(one.destination)), traffic)
        })
        .collect(),
    )
}

/// A page of a report.
fn page() -> Options {
    const MM: f64 = 72.0 / 25.4;
    Options {
        title: false,
        width: 170.0 * MM,
        height: Some(214.0 * MM),
        turned: Some((257.0 * MM, 132.0 * MM)),
        ..Options::default()
    }
}

fn written(shapes: &[Shape]) -> String {
    let text = |shape: &Shape| match shape {
        Shape::Text { text, .. } => Some(text.replace('\u{a0}', " ")),
        _ => None,
    };
    shapes.iter().filter_map(text).collect::<Vec<_>>().join(" ")
}

fn draw_with(workspace: &Workspace, options: &Options, fonts: &Fonts) -> Drawing {
    draw(workspace, "view", fonts, &Theme::house(false), options).unwrap()
}

/// Services as people draw them: a name, a technology, a sentence; lines of a few words.
fn services(count: usize, seed: u64) -> Workspace {
    const NAMES: [&str; 15] = [
        "Web Shop",
        "Checkout",
        "Catalogue",
        "Search",
        "Basket",
        "Orders",
        "Billing",
        "Invoices",
        "Payments",
        "Stock",
        "Shipping",
        "Tracking",
        "Customers",
        "Notifications",
        "Reporting",
    ];
    const RUNS_ON: [&str; 3] = ["Java 17", "Go", "PostgreSQL 14"];
    const DOES: [&str; 5] = [
        "Takes orders and keeps what became of them",
        "Shows what there is to buy, with prices and pictures",
        "Asks the providers and books what they answer",
        "Tells who has to know, by mail and by message",
        "Keeps the figures of the last ten years",
    ];
    const SAYS: [&str; 6] =
        ["asks for prices", "reads and writes", "sends orders to", "publishes events", "looks up customers", "books"];
    let mut dice = Dice::new(seed);
    let mut all: Vec<Value> = (0..count)
        .map(|at| {
            value!({ "id": (at + 2).to_string(), "name": (NAMES[at]), "technology": (RUNS_ON[at % 3]),
                "description": (DOES[dice.roll(DOES.len())]), "tags": "Element,Container", "relationships": [] })
        })
        .collect();
    let mut shown = Vec::new();
    // Two pages, a gateway, services behind it, a store for most of them, and calls among the services.
    let stores = count / 3;
    let services: Vec<usize> = (3..count - stores).collect();
    let mut pairs: Vec<(usize, usize)> = vec![(0, 2), (1, 2)];
    pairs.extend(services.iter().map(|to| (2, *to)));
    pairs.extend((0..stores).map(|at| (services[at % services.len()], count - stores + at)));
    while pairs.len() < count * 5 / 4 {
        let (from, to) = (services[dice.roll(services.len())], services[dice.roll(services.len())]);
        if from < to && !pairs.contains(&(from, to)) {
            pairs.push((from, to));
        } else if services.len() < 4 {
            break;
        }
    }
    for (at, (from, to)) in pairs.into_iter().enumerate() {
        let id = (100 + at).to_string();
        shown.push(value!({ "id": id }));
        let says = SAYS[dice.roll(SAYS.len())];
        if let Some(list) = all[from]["relationships"].as_array_mut() {
            list.push(value!({ "id": id, "destinationId": (to + 2).to_string(), "description": says,
                "technology": "JSON/HTTPS", "tags": "Relationship" }));
        }
    }
    let elements: Vec<Value> = (0..count).map(|at| value!({ "id": (at + 2).to_string() })).collect();
    let workspace = value!({
        "name": "Shop",
        "model": { "softwareSystems": [{ "id": "1", "name": "Shop", "tags": "Element,Software System", "containers": all }] },
        "views": { "containerViews": [{ "key": "view", "softwareSystemId": "1", "elements": elements, "relationships": shown,
            "automaticLayout": { "rankDirection": "TopBottom", "rankSeparation": 300, "nodeSeparation": 300 } }] },
    });
    json::import(workspace.to_string().as_bytes()).unwrap()
}

#[test]
fn views_of_up_to_fifteen_elements_stay_whole_with_their_figures() {
    let fonts = fonts();
    let cases: Vec<(usize, u64)> =
        [(6, 1), (8, 2), (9, 3), (10, 4), (11, 5), (12, 6), (13, 7), (14, 8), (15, 9), (15, 10)].into();
    let told: Vec<String> = cases
        .into_par_iter()
        .flat_map(|(elements, seed)| {
            let workspace = services(elements, seed);
            let options = Options { overlay: measured(&workspace), ..page() };
            let drawing = draw_with(&workspace, &options, &fonts);
            let quality = check(&drawing);
            let mut wrong = Vec::new();
            if quality.faults() > 0 || !drawing.readable(&options) {
                wrong.push(format!("{elements} {seed}: {:.1} pt, {quality:?}", drawing.smallest_text));
            }
            // Each figure stands on its line or, by the line's number, in the table.
            let all = format!(
                "{} {}",
                drawing.lines.iter().map(|line| written(&line.shapes)).collect::<Vec<_>>().join(" "),
                written(&drawing.furniture)
            );
            let figures = ["840 ms", "12.3 s", "1.2 %", "7.3 %"];
            if drawing.lines.len() > 8 && figures.iter().any(|figure| !all.contains(figure)) {
                wrong.push(format!("{elements} {seed}: a figure is missing in {all}"));
            }
            wrong
        })
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn a_table_says_by_number_what_was_measured_on_each_line() {
    let workspace = services(15, 9);
    let options = Options { overlay: measured(&workspace), ..page() };
    let drawing = draw_with(&workspace, &options, &fonts());
    let table = written(&drawing.furniture);
    assert!(table.contains("p99 errors calls/s"), "{table}");
    let numbered = |line: &groma_c4::draw::DrawnLine| written(&line.shapes).split([':', ' ']).next().map(str::to_owned);
    let numbers: Vec<usize> = drawing.lines.iter().filter_map(|line| numbered(line)?.parse().ok()).collect();
    let unique: BTreeSet<usize> = numbers.iter().copied().collect();
    assert_eq!((unique.len(), unique.first(), unique.last()), (numbers.len(), Some(&1), Some(&numbers.len())));
    // Whoever does not see it hears the figures at the line.
    let line = drawing.lines.iter().find(|line| numbered(line).is_some_and(|number| number == "1")).unwrap();
    assert!(line.alt.contains("[JSON/HTTPS]") && line.alt.contains("p99"), "{}", line.alt);
    assert!(drawing.furniture.iter().all(|shape| !matches!(shape, Shape::Text { size, .. } if *size < 7.0)));
}
