//! Report templates: the built-in ones, those that the engagement keeps, and those in folders of a consultant's own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use groma_model::{Contents, Template as Kept, TemplateFile};
use groma_report::Template;

use crate::{AppError, Entry, assets, files};

/// A template with the files that it shares with others.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    pub template: Template,
    /// By virtual path, `/_shared/….typ`.
    pub shared: BTreeMap<String, Vec<u8>>,
}

/// Bytes of a template's folder at most: 16 MiB, pictures and all.
const MOST_BYTES: usize = 16 << 20;

/// The template of that name: a built-in id, the id of one that the engagement keeps, or the path of a folder. Empty
/// stands for the usual one.
///
/// # Errors
/// When there is none of that name, or its folder cannot be read as a template.
pub(crate) fn chosen(name: &str, kept: &[Kept]) -> Result<Chosen, AppError> {
    if let Some(own) = kept.iter().find(|own| own.id.to_string() == name) {
        return of_files(&own.id.to_string(), &own.name, bytes(own)?);
    }
    if is_path(name) {
        let path = Path::new(name);
        return of_folder(path, read_folder(path)?);
    }
    let name = if name.is_empty() { groma_model::USUAL_TEMPLATE } else { name };
    Ok(Chosen { template: assets::template(name)?, shared: assets::shared() })
}

/// The template of an engagement.
///
/// # Errors
/// As [`chosen`].
pub(crate) fn of(contents: &Contents) -> Result<Chosen, AppError> {
    chosen(&contents.engagement.template, &contents.templates)
}

/// A folder's template as an engagement keeps it.
///
/// # Errors
/// When the folder cannot be read as a template.
pub(crate) fn take(path: &Path) -> Result<Kept, AppError> {
    let path = files::absolute(path);
    let files = read_folder(&path)?;
    let info = of_folder(&path, files.clone())?.template.info;
    let kept = files.into_iter().map(|(below, bytes)| match String::from_utf8(bytes) {
        Ok(content) => (below, TemplateFile { content, base64: false }),
        Err(error) => (below, TemplateFile { content: STANDARD.encode(error.as_bytes()), base64: true }),
    });
    let folder = path.display().to_string();
    Ok(Kept { name: info.title, version: info.version, folder, files: kept.collect(), ..Kept::default() })
}

/// A kept template to choose from, with the ids of its sections; none when it cannot be read any more.
pub(crate) fn entry(own: &Kept, kept: &[Kept]) -> Entry {
    let id = own.id.to_string();
    let sections = chosen(&id, kept).map(|chosen| chosen.template.info.sections).unwrap_or_default();
    let sections: Vec<&str> = sections.iter().map(|section| section.id.as_str()).collect();
    Entry::new(id, own.name.clone(), sections.join(" "))
}

/// The folders of templates that lie where a consultant keeps them: in `templates` beside the engagement and in the
/// application's own folder.
pub(crate) fn found(engagement: Option<&Path>, settings: Option<&Path>) -> Vec<PathBuf> {
    let beside = engagement.and_then(Path::parent);
    let homes = [beside, settings].into_iter().flatten().map(|home| home.join("templates"));
    let folders = homes.flat_map(|home| {
        let names = files::list_within(&home, "").unwrap_or_default();
        let folders = names.into_iter().filter_map(move |name| Some(home.join(name.strip_suffix('/')?)));
        folders.filter(|folder| files::is_there(&folder.join("template.toml"))).collect::<Vec<_>>()
    });
    folders.collect()
}

/// Copies a built-in template with the files it shares into a new folder, to be changed there.
///
/// # Errors
/// When there is no such template, or the folder is there already or cannot be written.
pub(crate) fn copy(from: &str, to: &Path) -> Result<Vec<String>, AppError> {
    if files::is_folder(to) || files::is_there(to) {
        return Err(AppError::refused(format!("{} is there already", to.display()))
            .hint("name a folder that is not there yet")
            .field("folder"));
    }
    let id = to.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut copied = BTreeMap::new();
    for (below, bytes) in assets::template_files(from)? {
        let bytes = if below == "template.toml" { renamed(bytes, from, &id) } else { bytes };
        copied.insert(below, bytes);
    }
    copied.extend(assets::shared().into_iter().map(|(path, bytes)| (path.trim_start_matches('/').to_owned(), bytes)));
    copied.extend(assets::data_contract());
    files::write_tree(to, copied.iter().map(|(below, bytes)| (below.clone(), bytes.as_slice())))?;
    Ok(copied.into_keys().collect())
}

/// A description that names the copy.
fn renamed(bytes: Vec<u8>, from: &str, id: &str) -> Vec<u8> {
    match String::from_utf8(bytes) {
        Ok(text) => text.replacen(&format!("id = \"{from}\""), &format!("id = {id:?}"), 1).into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

fn bytes(kept: &Kept) -> Result<BTreeMap<String, Vec<u8>>, AppError> {
    let decode = |(below, file): (&String, &TemplateFile)| {
        let bytes = if file.base64 { STANDARD.decode(&file.content).ok() } else { Some(file.content.clone().into()) };
        bytes.map(|bytes| (below.clone(), bytes)).ok_or_else(|| {
            AppError::refused(format!("the template \"{}\" has a file that cannot be read: {below}", kept.name))
                .field("template")
        })
    };
    kept.files.iter().map(decode).collect()
}

/// Whether a template's name is the path of a folder: no id has a separator or begins with a point.
fn is_path(name: &str) -> bool {
    name.contains(['/', '\\']) || name.starts_with('.')
}

/// The template in a folder's files.
fn of_folder(path: &Path, files: BTreeMap<String, Vec<u8>>) -> Result<Chosen, AppError> {
    let id = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    of_files(&id, &path.display().to_string(), files)
}

/// The template in files: those below `_shared/` stand for the ones that the built-in templates share.
fn of_files(id: &str, name: &str, files: BTreeMap<String, Vec<u8>>) -> Result<Chosen, AppError> {
    let (shared, files): (BTreeMap<_, _>, BTreeMap<_, _>) =
        files.into_iter().partition(|(below, _)| below.starts_with("_shared/"));
    let wrong = |error: groma_report::ReportError| {
        AppError::refused(format!("{name}: {error}"))
            .hint("see DATA.md and REFERENCE.md, which `template new` puts beside it")
            .field("template")
    };
    let template = Template::read(id, files).map_err(wrong)?;
    let shared = match shared.is_empty() {
        true => assets::shared(),
        false => shared.into_iter().map(|(below, bytes)| (format!("/{below}"), bytes)).collect(),
    };
    Ok(Chosen { template, shared })
}

/// The files of a template's folder, with those of `_shared` beside it when it has none of its own.
fn read_folder(path: &Path) -> Result<BTreeMap<String, Vec<u8>>, AppError> {
    let mut files = read(path)?;
    let own = files.keys().any(|below| below.starts_with("_shared/"));
    let beside = path.parent().map(|parent| parent.join("_shared")).filter(|shared| files::is_folder(shared));
    if let (false, Some(shared)) = (own, beside) {
        files.extend(read(&shared)?.into_iter().map(|(below, bytes)| (format!("_shared/{below}"), bytes)));
    }
    // What explains is not printed.
    files.retain(|below, _| below != "sample.json" && !assets::is_data_contract(below));
    Ok(files)
}

/// The files below a folder by `/`-separated path.
fn read(path: &Path) -> Result<BTreeMap<String, Vec<u8>>, AppError> {
    if !files::is_folder(path) {
        return Err(AppError::refused(format!("cannot read {}: there is no such folder", path.display()))
            .hint("name a template's folder, or a built-in template")
            .field("template"));
    }
    let mut found = BTreeMap::new();
    let mut room = MOST_BYTES;
    for file in files::walk(&[PathBuf::from(path)]) {
        if let Some(trouble) = file.trouble {
            return Err(trouble.field("template"));
        }
        let bytes = files::read(&file.path)?;
        room = room.checked_sub(bytes.len()).ok_or_else(|| {
            AppError::refused(format!("{} holds more than {} MiB", path.display(), MOST_BYTES >> 20))
                .hint("name a template's folder: a few Typst files, and pictures")
                .field("template")
        })?;
        found.insert(file.below, bytes);
    }
    Ok(found)
}
