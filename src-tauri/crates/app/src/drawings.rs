//! Views of architectures as vectors, in the engagement's look: for the report, the window and exports.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock};

use groma_c4::draw::{self, Colour, DrawError, Drawing, Fonts, OpenFindings, Options, Overlay, Theme, Words};
use groma_c4::{Model, ViewKind, Workspace};
use groma_model::{Architecture, Contents, Diagram, DiagramOverlay, Finding, Id, Severity};
use groma_report::{Drawings, FindingMap, Labels, Locale, ViewDrawing};
use sha2::{Digest, Sha256};

use crate::architectures::{self, Affected, standing_for};
use crate::{AppError, assets, brands};

/// Millimetres to points.
const MM: f64 = 72.0 / 25.4;
/// The room on a page: across, and down below a heading and above a caption.
const PAGE: (f64, f64) = (170.0 * MM, 214.0 * MM);
/// The same on a page that is turned.
const TURNED: (f64, f64) = (257.0 * MM, 132.0 * MM);

/// What a drawing looks like.
pub(crate) struct Look {
    pub theme: Theme,
    pub fonts: &'static Fonts,
    pub words: Words,
}

impl Look {
    /// The look of a brand's colours, in a language.
    ///
    /// # Errors
    /// When a bundled font is not readable, which is a fault of the build.
    pub(crate) fn new(primary: &str, secondary: &str, language: &str, dark: bool) -> Result<Self, AppError> {
        let house = Theme::house(dark);
        let colour = |text: &str, or: Colour| Colour::parse(text).unwrap_or(or);
        let mut theme =
            Theme::of_brand(colour(primary, house.accent), colour(secondary, house.secondary), FAMILY, dark);
        // The same as in the rest of the report.
        if !dark {
            theme.severities = SEVERITIES.map(|text| colour(text, house.ink));
        }
        Ok(Self { theme, fonts: fonts()?, words: words(language) })
    }
}

/// The words of drawings in a language; those of English where it is not there.
pub(crate) fn words(language: &str) -> Words {
    static ALL: OnceLock<BTreeMap<String, Words>> = OnceLock::new();
    let read = || {
        let labels =
            assets::languages().into_iter().filter_map(|tag| assets::labels(&tag).ok().map(|words| (tag, words)));
        labels.map(|(tag, labels)| (tag.clone(), told(&tag, &labels))).collect()
    };
    ALL.get_or_init(read).get(Locale::of(language).language).cloned().unwrap_or_else(Words::english)
}

/// What diagrams say, from the words of reports.
fn told(language: &str, labels: &Labels) -> Words {
    let say = |key: &str| labels.word("drawing", key).to_owned();
    let mut letters = labels.word("drawing", "letters").split_whitespace().map(str::to_owned);
    let views =
        ["custom", "landscape", "context", "container", "component", "dynamic", "deployment", "filtered", "image"];
    let kinds = [
        "person",
        "software_system",
        "container",
        "component",
        "element",
        "deployment_node",
        "infrastructure_node",
        "group",
    ];
    Words {
        kinds: kinds.map(say),
        views: views.map(|view| say(&format!("view_{view}"))),
        legend: say("legend"),
        relationship: say("relationship"),
        response: say("response"),
        external: say("external"),
        severities: ["critical", "high", "medium", "low", "info"].map(|word| labels.word("severity", word).to_owned()),
        letters: std::array::from_fn(|_| letters.next().unwrap_or_default()),
        ages: ["age_ended", "age_ending", "age_current", "age_unknown"].map(say),
        traffic: ["traffic_good", "traffic_slow", "traffic_bad"].map(say),
        findings: say("findings"),
        errors: say("errors"),
        rate: say("rate"),
        decimal: Locale::of(language).decimal(),
        contents: say("contents"),
        syllables: draw::Syllables::of(language),
    }
}

/// Diagrams are set in one family whatever the brand: it is narrow, and made for small sizes.
const FAMILY: &str = "IBM Plex Sans";
/// Worst first, as in `_shared/theme.typ`.
const SEVERITIES: [&str; 5] = ["#6f0d24", "#b93a1e", "#e3aa2c", "#6a9ab3", "#8f9aa1"];

fn fonts() -> Result<&'static Fonts, AppError> {
    static FONTS: OnceLock<Result<Fonts, String>> = OnceLock::new();
    let read = || {
        let font = |path: &str| assets::font(path).ok_or_else(|| format!("the font {path} is missing"));
        let fallbacks = [
            ("ibm-plex-sans-arabic/IBMPlexSansArabic-Regular.ttf", Some(draw::FontWeight::Regular)),
            ("ibm-plex-sans-arabic/IBMPlexSansArabic-SemiBold.ttf", Some(draw::FontWeight::SemiBold)),
            ("noto-sans-hebrew/NotoSansHebrew-Regular.ttf", Some(draw::FontWeight::Regular)),
            ("noto-sans-hebrew/NotoSansHebrew-Bold.ttf", Some(draw::FontWeight::SemiBold)),
            ("noto-sans-symbols-2/NotoSansSymbols2-Regular.ttf", None),
            ("noto-emoji/NotoEmoji-Regular.ttf", None),
            ("wenquanyi-micro-hei/WenQuanYiMicroHei.ttc", None),
        ];
        let fallbacks: Result<Vec<_>, String> =
            fallbacks.into_iter().map(|(path, weight)| Ok((font(path)?.into(), weight))).collect();
        let regular = font("ibm-plex-sans/IBMPlexSans-Regular.ttf")?;
        let semibold = font("ibm-plex-sans/IBMPlexSans-SemiBold.ttf")?;
        Fonts::new(regular, semibold, fallbacks?).map_err(|error| error.to_string())
    };
    FONTS.get_or_init(read).as_ref().map_err(AppError::failed)
}

/// What is asked of a drawing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked<'a> {
    pub view: &'a str,
    pub overlay: DiagramOverlay,
    pub perspective: &'a str,
}

/// Draws a view.
///
/// # Errors
/// When there is no such view, or it cannot be drawn.
pub(crate) fn drawing(
    workspace: &Workspace,
    contents: &Contents,
    asked: &Asked<'_>,
    look: &Look,
    options: Options,
) -> Result<Drawing, AppError> {
    let one = |options: &Options| {
        draw::draw(workspace, asked.view, look.fonts, &look.theme, options).map(|drawing| vec![drawing])
    };
    let drawn = known("whole", workspace, contents, asked, look, options, one)?;
    drawn.into_iter().next().ok_or_else(|| AppError::failed("nothing was drawn"))
}

/// Draws a view as it is printed: whole, or as an overview and in parts that can be read.
///
/// # Errors
/// As [`drawing`].
pub(crate) fn readable(
    workspace: &Workspace,
    contents: &Contents,
    asked: &Asked<'_>,
    look: &Look,
    options: Options,
) -> Result<Vec<Drawing>, AppError> {
    let all = |options: &Options| draw::draw_readable(workspace, asked.view, look.fonts, &look.theme, options);
    known("readable", workspace, contents, asked, look, options, all)
}

/// What was drawn before, else what is drawn now.
fn known(
    how: &str,
    workspace: &Workspace,
    contents: &Contents,
    asked: &Asked<'_>,
    look: &Look,
    options: Options,
    draw: impl FnOnce(&Options) -> Result<Vec<Drawing>, DrawError>,
) -> Result<Vec<Drawing>, AppError> {
    let overlay = overlay(workspace, contents, asked)?;
    let options = Options { overlay, words: look.words.clone(), ..options };
    let key = Key::of(how, workspace, asked.view, look, &options);
    if let Some(known) = KNOWN.lock().ok().and_then(|mut known| known.take(&key)) {
        return Ok(known);
    }
    let drawings = draw(&options).map_err(|error| AppError::refused(error.to_string()).field("view"))?;
    if let Ok(mut known) = KNOWN.lock() {
        known.put(key, drawings.clone());
    }
    Ok(drawings)
}

/// What a drawing is made of, in short: each keystroke composes the report anew, and most leave its diagrams alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key([u8; 32]);

impl Key {
    fn of(how: &str, workspace: &Workspace, view: &str, look: &Look, options: &Options) -> Self {
        let mut hash = Sha256::new();
        hash.update(groma_c4::json::export(workspace).to_string());
        hash.update(format!("\0{how}\0{view}\0{:?}\0{options:?}", look.theme));
        Self(hash.finalize().into())
    }
}

/// Drawings that were made last, by what they are made of, newest last.
struct Known(Vec<(Key, Vec<Drawing>)>);

/// A large report's diagrams, and those of its windows.
const MOST_KNOWN: usize = 64;

static KNOWN: Mutex<Known> = Mutex::new(Known(Vec::new()));

impl Known {
    fn take(&mut self, key: &Key) -> Option<Vec<Drawing>> {
        let at = self.0.iter().position(|(known, _)| known == key)?;
        let found = self.0.remove(at);
        let drawings = found.1.clone();
        self.0.push(found);
        Some(drawings)
    }

    fn put(&mut self, key: Key, drawings: Vec<Drawing>) {
        if self.0.len() >= MOST_KNOWN {
            self.0.remove(0);
        }
        self.0.push((key, drawings));
    }
}

fn overlay(workspace: &Workspace, contents: &Contents, asked: &Asked<'_>) -> Result<Overlay, AppError> {
    let model = &workspace.model;
    Ok(match asked.overlay {
        DiagramOverlay::None => Overlay::None,
        DiagramOverlay::Perspective => Overlay::Perspective(asked.perspective.to_owned()),
        DiagramOverlay::Findings => {
            let view = workspace.view(asked.view).ok_or_else(|| no_view(asked.view))?;
            let on = Affected::of(model, contents).on(model, view);
            Overlay::Findings(on.into_iter().filter_map(|(key, findings)| Some((key, open(&findings)?))).collect())
        }
        DiagramOverlay::Traffic => Overlay::Traffic(crate::traffic::measured(model)),
        DiagramOverlay::Age => Overlay::Technology(crate::ages::ages(model, contents)?),
    })
}

fn no_view(key: &str) -> AppError {
    AppError::not_found(format!("there is no view \"{key}\""))
        .hint("choose one of the architecture's views")
        .field("view")
}

fn open(findings: &[&Finding]) -> Option<OpenFindings> {
    let worst = findings.first()?.severity;
    let severity = match worst {
        Severity::Critical => draw::Severity::Critical,
        Severity::High => draw::Severity::High,
        Severity::Medium => draw::Severity::Medium,
        Severity::Low => draw::Severity::Low,
        Severity::Info => draw::Severity::Info,
    };
    let ids = findings.iter().map(|finding| format!("F-{:03}", finding.number)).collect();
    Some(OpenFindings { worst: severity, count: findings.len(), ids })
}

/// The drawings of a report in the engagement's look; none are made when nothing is drawn.
///
/// # Errors
/// As [`Look::new`].
pub(crate) fn of_contents(contents: &Contents) -> Result<Drawings, AppError> {
    if contents.architectures.is_empty() {
        return Ok(Drawings::default());
    }
    let (primary, secondary) = brands::colours(contents)?;
    Ok(of_report(contents, &Look::new(&primary, &secondary, &contents.engagement.language, false)?))
}

/// The drawings of a report: one for each diagram that is a view, and the map on which findings are shown.
fn of_report(contents: &Contents, look: &Look) -> Drawings {
    let mut drawings = Drawings::default();
    let workspaces: BTreeMap<Id, (Workspace, &Architecture)> = contents
        .architectures
        .iter()
        .filter_map(|one| Some((one.id, (architectures::workspace(one).ok()?, one))))
        .collect();
    for diagram in &contents.diagrams {
        let Some((workspace, _)) = diagram.architecture.and_then(|id| workspaces.get(&id)) else { continue };
        let asked = Asked { view: &diagram.view, overlay: diagram.overlay, perspective: &diagram.perspective };
        let options =
            Options { title: false, width: PAGE.0, height: Some(PAGE.1), turned: Some(TURNED), ..Options::default() };
        match readable(workspace, contents, &asked, look, options) {
            Ok(all) => {
                let findings = linked(workspace, contents, diagram);
                drawings.views.insert(diagram.id, ViewDrawing { drawings: all, findings });
            }
            Err(error) => drop(drawings.missing.insert(diagram.id, error.to_string())),
        }
    }
    drawings.map =
        workspaces.values().filter(|(_, one)| !one.target).find_map(|(workspace, _)| map(workspace, contents, look));
    drawings
}

/// The number of the worst finding of each element that the view shows.
fn linked(workspace: &Workspace, contents: &Contents, diagram: &Diagram) -> BTreeMap<String, u32> {
    let Some(view) = workspace.view(&diagram.view) else { return BTreeMap::new() };
    let on = Affected::of(&workspace.model, contents).on(&workspace.model, view);
    on.into_iter().filter_map(|(key, findings)| Some((key, findings.first()?.number))).collect()
}

/// The container view of the architecture as found, and where each finding's elements are on it.
fn map(workspace: &Workspace, contents: &Contents, look: &Look) -> Option<FindingMap> {
    let model = &workspace.model;
    let mut views = workspace.views.iter().filter(|view| view.kind == ViewKind::Container);
    // Of several, the one on which most findings are seen.
    let seen = |view: &groma_c4::View| {
        let elements = contents.findings.iter().flat_map(|finding| &finding.elements);
        elements.filter(|name| model.by_key(name).is_some_and(|id| !standing_for(model, view, id).is_empty())).count()
    };
    let first = views.next()?;
    let view = views.fold((seen(first), first), |best, view| {
        let count = seen(view);
        if count > best.0 { (count, view) } else { best }
    });
    let view = view.1;
    let options = Options {
        title: false,
        legend: false,
        turned: None,
        width: PAGE.0,
        height: Some(PAGE.1),
        ..Options::default()
    };
    let asked = Asked { view: &view.key, ..Asked::default() };
    let drawing = drawing(workspace, contents, &asked, look, options).ok()?;
    let mut highlights = BTreeMap::new();
    for finding in &contents.findings {
        let lit = highlighted(model, view, finding);
        if !lit.is_empty() {
            highlights.insert(finding.id, lit);
        }
    }
    Some(FindingMap { drawing, highlights })
}

fn highlighted(model: &Model, view: &groma_c4::View, finding: &Finding) -> BTreeSet<String> {
    let found = finding.elements.iter().filter_map(|name| model.by_key(name));
    // The system whose inside is shown stands for itself: it is the frame around all.
    let shown = found.flat_map(|id| {
        let on = standing_for(model, view, id);
        if on.is_empty() && view.scope == Some(id) { vec![id] } else { on }
    });
    shown.map(|id| model.key(id)).collect()
}
