//! What travels inside the program: packs, brands, templates, words, fonts, the sample's raw files.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use groma_report::{Brand, Labels, Template};
use groma_typeset::FontSet;
use include_dir::{Dir, include_dir};

use crate::AppError;

static BRANDS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/brands");
static FONTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/fonts");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../report-templates");
static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/sample/raw");
static RETEST: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/sample/raw-retest");
static NOTES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/sample/notes");
static NOTES_RETEST: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/sample/notes-retest");
static SERVICE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/sample/service/src");
static KIT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/kit");
static AUTHORED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/sample/authored");
static LIBRARY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/library");
static ARCHITECTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/sample/architecture");

/// Every file below a folder, by its path relative to the folder, in order.
fn files(dir: &'static Dir<'static>) -> BTreeMap<String, &'static [u8]> {
    let mut found = BTreeMap::new();
    collect(dir, dir, &mut found);
    found
}

fn collect(root: &Dir<'static>, dir: &'static Dir<'static>, found: &mut BTreeMap<String, &'static [u8]>) {
    for file in dir.files() {
        let path = file.path().strip_prefix(root.path()).unwrap_or(file.path());
        found.insert(path.to_string_lossy().replace('\\', "/"), file.contents());
    }
    for inner in dir.dirs() {
        collect(root, inner, found);
    }
}

/// The sample's raw tool outputs by name.
#[must_use]
pub fn sample_raw() -> BTreeMap<String, &'static [u8]> {
    files(&SAMPLE)
}

/// The raw tool outputs of the sample's second measurement, by the names of the first.
#[must_use]
pub fn sample_retest() -> BTreeMap<String, &'static [u8]> {
    files(&RETEST)
}

/// What the sample's consultant saw, and the sample service's code, by path below the sample's folder.
#[must_use]
pub fn sample_seen() -> BTreeMap<String, &'static [u8]> {
    let folders = [("notes", &NOTES), ("notes-retest", &NOTES_RETEST), ("service/src", &SERVICE)];
    let below = |(folder, dir): (&'static str, &'static Dir<'static>)| {
        files(dir).into_iter().map(move |(name, bytes)| (format!("{folder}/{name}"), bytes))
    };
    folders.into_iter().flat_map(below).collect()
}

/// What the sample's consultant wrote, by file name.
#[must_use]
pub fn sample_authored() -> BTreeMap<String, &'static [u8]> {
    files(&AUTHORED)
}

/// The probe kit, by path below its folder.
#[must_use]
pub fn kit() -> BTreeMap<String, &'static [u8]> {
    files(&KIT)
}

/// The bundled library of findings, by file name.
#[must_use]
pub fn library() -> BTreeMap<String, &'static [u8]> {
    files(&LIBRARY).into_iter().filter(|(name, _)| name.ends_with(".toml")).collect()
}

/// A bundled font by its path below the fonts' folder.
#[must_use]
pub fn font(path: &str) -> Option<&'static [u8]> {
    FONTS.get_file(path).map(include_dir::File::contents)
}

/// The sample's architectures, as texts by file name.
#[must_use]
pub fn sample_architectures() -> BTreeMap<String, &'static [u8]> {
    files(&ARCHITECTURES)
}

/// The ids of the folders in a directory that hold a file of a name.
fn ids(dir: &'static Dir<'static>, description: &str) -> Vec<String> {
    let mut found: Vec<String> = dir
        .dirs()
        .filter(|inner| inner.get_file(inner.path().join(description)).is_some())
        .filter_map(|inner| Some(inner.path().file_name()?.to_str()?.to_owned()))
        .collect();
    found.sort();
    found
}

/// Ids of the built-in brands.
#[must_use]
pub fn brand_ids() -> Vec<String> {
    ids(&BRANDS, "brand.toml")
}

/// Ids of the built-in templates.
#[must_use]
pub fn template_ids() -> Vec<String> {
    ids(&TEMPLATES, "template.toml")
}

fn folder(dir: &'static Dir<'static>, id: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let inner = dir.get_dir(id)?;
    Some(files(inner).into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect())
}

/// A built-in brand.
///
/// # Errors
/// When there is none of that id; names those there are.
pub fn brand(id: &str) -> Result<Brand, AppError> {
    let files = folder(&BRANDS, id).filter(|_| brand_ids().iter().any(|known| known == id));
    let files = files.ok_or_else(|| unknown("brand", id, &brand_ids()))?;
    Brand::read(id, files).map_err(|error| AppError::failed(error.to_string()))
}

/// A built-in template.
///
/// # Errors
/// When there is none of that id; names those there are.
pub fn template(id: &str) -> Result<Template, AppError> {
    Template::read(id, template_files(id)?).map_err(|error| AppError::failed(error.to_string()))
}

fn unknown(what: &str, id: &str, known: &[String]) -> AppError {
    AppError::usage(format!("there is no {what} \"{id}\""))
        .hint(format!("choose one of: {}", known.join(", ")))
        .field(what)
}

/// The files of a built-in template by path below its folder.
///
/// # Errors
/// As [`template`].
pub fn template_files(id: &str) -> Result<Vec<(String, Vec<u8>)>, AppError> {
    let files = folder(&TEMPLATES, id).filter(|_| template_ids().iter().any(|known| known == id));
    files.ok_or_else(|| unknown("template", id, &template_ids()))
}

/// What tells the author of a template what templates read, by path: the data contract, its reference and its schemas.
#[must_use]
pub fn data_contract() -> BTreeMap<String, Vec<u8>> {
    let all = files(&TEMPLATES).into_iter();
    let told = all.filter(|(path, _)| is_data_contract(path));
    told.map(|(path, bytes)| (path, bytes.to_vec())).collect()
}

/// Whether a file below a template's folder only explains: it is not printed, and not kept with an engagement.
#[must_use]
pub fn is_data_contract(path: &str) -> bool {
    path.ends_with(".md") || path.starts_with("schema/") && path.ends_with(".schema.json")
}

/// The files that all templates share, by virtual path.
#[must_use]
pub fn shared() -> BTreeMap<String, Vec<u8>> {
    let all = TEMPLATES.get_dir("_shared").map(files).unwrap_or_default();
    let typ = all.into_iter().filter(|(path, _)| path.ends_with(".typ"));
    typ.map(|(path, bytes)| (format!("/_shared/{path}"), bytes.to_vec())).collect()
}

/// Languages that a report can be written in.
#[must_use]
pub fn languages() -> Vec<String> {
    let all = TEMPLATES.get_dir("_shared/labels").map(files).unwrap_or_default();
    all.keys().filter_map(|name| name.strip_suffix(".toml")).map(str::to_owned).collect()
}

/// The fixed words of a language; a region is passed over (`de-AT` is `de`).
///
/// # Errors
/// When a report cannot be written in that language; names those it can.
pub fn labels(language: &str) -> Result<Labels, AppError> {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let file = TEMPLATES.get_file(format!("_shared/labels/{primary}.toml")).and_then(include_dir::File::contents_utf8);
    let text = file.ok_or_else(|| unknown("language", language, &languages()))?;
    Labels::parse(&primary, text).map_err(|error| AppError::failed(error.to_string()))
}

/// The bundled fonts, parsed once for the process.
///
/// # Errors
/// When a bundled font is not readable, which is a fault of the build.
pub fn fonts() -> Result<FontSet, AppError> {
    static SET: OnceLock<Result<FontSet, String>> = OnceLock::new();
    let read = || {
        let fonts = files(&FONTS)
            .into_iter()
            .filter(|(path, _)| [".ttf", ".otf", ".ttc"].iter().any(|ending| path.ends_with(ending)));
        FontSet::from_bytes(fonts.map(|(_, bytes)| bytes)).map_err(|error| error.to_string())
    };
    SET.get_or_init(read).clone().map_err(AppError::failed)
}
