//! Projects as they are composed: of an engagement that holds nothing, and of one that holds everything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use groma_c4::draw::{
    Colour, Drawing, DrawingWarning, Fonts, OpenFindings, Options, Overlay, ProposedPart, Severity, Shape, Theme, draw,
};
use groma_model::Contents;
use groma_report::{
    Brand, Drawings, ExhibitFile, ExhibitPage, Exhibits, FindingMap, Input, Labels, Part, PartPlace, SomeFindings,
    Template, ViewDrawing, compose_with,
};

use crate::rich;

/// Files by virtual path.
pub type Files = BTreeMap<String, Vec<u8>>;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn file(path: &str) -> Vec<u8> {
    std::fs::read(root().join(path)).unwrap()
}

fn text(path: &str) -> String {
    String::from_utf8(file(path)).unwrap()
}

/// A template with the sections of the audit report and a setting of each kind.
fn template() -> Template {
    let own = text("report-templates/audit-report/template.toml").replace("id = \"audit-report\"", "id = \"rich\"");
    let settings = [("switch", "true"), ("number", "0.1"), ("text", "\"x\"")].map(|(kind, default)| {
        let id = if kind == "number" { "tint" } else { kind };
        format!("[[settings]]\nid = \"{id}\"\nkind = \"{kind}\"\ndefault = {default}\ntitle = {{ en = \"T\" }}\n")
    });
    let own = own + &settings.concat();
    let mut files = vec![("template.toml".to_owned(), own.clone().into_bytes())];
    let ids = own
        .split("[[settings]]")
        .next()
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("id = \"")?.strip_suffix('"'));
    files.extend(ids.map(|id| (format!("parts/{id}.typ"), Vec::new())));
    Template::read("rich", files).unwrap()
}

fn labels(language: &str) -> Labels {
    Labels::parse(language, &text(&format!("report-templates/_shared/labels/{language}.toml"))).unwrap()
}

/// A built-in brand without its logo.
fn brand() -> Brand {
    let mut data: toml::Table = toml::from_str(&text("assets/brands/groma/brand.toml")).unwrap();
    let _ = data.remove("logo");
    Brand { id: "groma".into(), data, logo: None, logo_dark: None }
}

/// What is composed of nothing.
pub fn empty(language: &str) -> Files {
    let mut contents = Contents::default();
    contents.engagement.language = language.to_owned();
    let input = Input {
        contents: &contents,
        packs: &[],
        health: None,
        maturity: None,
        plan: None,
        template: &template(),
        brand: &brand(),
        labels: &labels(language),
        shared: &BTreeMap::new(),
        pictures: &BTreeMap::new(),
        drawings: &Drawings::default(),
        exhibits: &Exhibits::new(),
    };
    compose_with(&input, &[]).unwrap().files
}

/// What is composed of everything, with the files of a part of it: where a path is in both, the part's.
pub fn rich(language: &str) -> Files {
    let contents = rich::contents(language, "a-3b");
    let packs = ["backend-health", "backend-maturity"].map(|id| groma_pack::builtin(id).unwrap().unwrap());
    let health = groma_pack::health(&packs[0], &contents.answers);
    let maturity = groma_pack::maturity(&packs[1], &contents.assessments);
    let plan = groma_plan::plan(&contents).unwrap();
    let mut brand = brand();
    brand.logo = Some(("svg".to_owned(), file("assets/brands/groma/logo.svg")));
    brand.logo_dark = brand.logo.clone();
    // As a brand of the engagement's own, which has all of them.
    for (field, value) in [("ink", "#1a2226"), ("footer", "Groma"), ("legal", "For its reader alone.")] {
        let _ = brand.data.insert(field.to_owned(), value.into());
    }
    let input = Input {
        contents: &contents,
        packs: &packs,
        health: Some(&health),
        maturity: Some(&maturity),
        plan: Some(&plan),
        template: &template(),
        brand: &brand,
        labels: &labels(language),
        shared: &BTreeMap::new(),
        pictures: &rich::pictures(),
        drawings: &drawings(),
        exhibits: &exhibits(),
    };
    let issues = [rich::issue()];
    let mut files = compose_with(&input, &issues).unwrap().files;
    let place = PartPlace { section: "findings", page: 7, pages: 40, figures: 3, notes: 1, at: Some(120.5) };
    let findings: Vec<_> = contents.findings.iter().take(2).collect();
    let some = SomeFindings { findings: &findings, first: 1, count: contents.findings.len() };
    files.extend(Part::of_findings(&input, &issues, place, some).unwrap().files);
    files
}

fn exhibits() -> Exhibits {
    let mut exhibits = Exhibits::new();
    // The last one's bytes are not at hand.
    for (at, (kind, text)) in rich::TEXTS.iter().enumerate().take(rich::TEXTS.len() - 1) {
        let page = |number| ExhibitPage {
            number,
            width: 595.0,
            height: 842.0,
            svg: (at % 2 == 0).then(|| "<svg/>".to_owned()),
        };
        let pages = if *kind == "pages" { vec![page(1), page(3)] } else { Vec::new() };
        // Too long to be printed whole.
        let text = if *kind == "text" { text.repeat(groma_report::MOST_LINES) } else { (*text).to_owned() };
        let _ = exhibits.insert(rich::id(rich::EXHIBIT + at as u64), ExhibitFile { bytes: text.into_bytes(), pages });
    }
    exhibits
}

struct Dsl(&'static str);

impl groma_c4::dsl::Files for Dsl {
    fn read(&self, _: &str) -> Option<Vec<u8>> {
        Some(self.0.as_bytes().to_vec())
    }

    fn list(&self, _: &str) -> Option<Vec<String>> {
        None
    }
}

const WORKSPACE: &str = r#"workspace "Dispatch" "What carries the orders." {
    model {
        user = person "Dispatcher"
        system = softwareSystem "Dispatch" {
            group "Core" {
                api = container "API" "Takes orders." "Java"
                db = container "Store" "Keeps them." "PostgreSQL" "Database"
            }
        }
        user -> api "Enters orders" "HTTPS"
        api -> db "Reads and writes" "JDBC"
    }
    views {
        container system "containers" "What runs." {
            include *
        }
        dynamic system "order" "An order." {
            user -> api "Enters"
            api -> db "Writes"
        }
        styles {
            element "Database" {
                shape cylinder
            }
        }
    }
}
"#;

/// A view in two parts, with every shape and every warning that there is, and the map.
fn drawings() -> Drawings {
    let workspace =
        groma_c4::dsl::parse("w.dsl", &Dsl(WORKSPACE), &groma_c4::dsl::Options::default()).unwrap().workspace;
    let fonts =
        ["Regular", "SemiBold"].map(|weight| file(&format!("assets/fonts/ibm-plex-sans/IBMPlexSans-{weight}.ttf")));
    let [regular, semibold] = fonts;
    let fonts = Fonts::new(regular, semibold, Vec::new()).unwrap();
    let plain = |view: &str, overlay| {
        let options = Options { seeds: 1, overlay, ..Options::default() };
        draw(&workspace, view, &fonts, &Theme::house(false), &options).unwrap()
    };
    let keys: Vec<String> = plain("containers", Overlay::None).boxes.iter().map(|one| one.element.clone()).collect();
    let found = keys
        .iter()
        .map(|key| (key.clone(), OpenFindings { worst: Severity::High, count: 1, ids: vec!["F-001".to_owned()] }));
    let mut drawing = plain("containers", Overlay::Findings(found.collect()));
    furnish(&mut drawing);
    let frames = drawing.boundaries.iter().filter_map(|frame| frame.element.clone());
    let findings = keys.iter().cloned().chain(frames).map(|key| (key, 1)).collect();
    let map = FindingMap {
        drawing: plain("containers", Overlay::None),
        highlights: BTreeMap::from([(rich::id(rich::FINDING), keys.into_iter().collect::<BTreeSet<_>>())]),
    };
    let drawings = vec![drawing, plain("order", Overlay::None)];
    let view = ViewDrawing { drawings, findings };
    Drawings { views: BTreeMap::from([(rich::id(rich::VIEW), view)]), map: Some(map), ..Drawings::default() }
}

/// What this view does not have of itself.
fn furnish(drawing: &mut Drawing) {
    let parts = || vec![ProposedPart { key: "a".into(), title: "A".into(), elements: vec!["api".into()] }];
    let data = "data:image/png;base64,iVBORw0KGgo=".to_owned();
    drawing.furniture.push(Shape::Image { x: 1.0, y: 2.0, w: 3.0, h: 4.0, data, opacity: 0.5 });
    drawing.warnings.extend([
        DrawingWarning::Crowded { elements: 40, parts: parts() },
        DrawingWarning::SmallText { points: 4.5, parts: parts() },
        DrawingWarning::Shortened { element: "api".into() },
        DrawingWarning::MissingImage { name: "logo".into(), remedy: "Take it.".into() },
        DrawingWarning::Spread { factor: 1.5 },
    ]);
    // A boundary is marked as a box is.
    let marks = drawing.boxes[0].marks.clone();
    assert!(!marks.is_empty() && drawing.paper == Colour::WHITE);
    drawing.boundaries[0].marks = marks;
}
