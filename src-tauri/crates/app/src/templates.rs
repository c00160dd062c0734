//! Report templates: the built-in ones, and those in folders of a consultant's own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use groma_report::Template;

use crate::{AppError, assets, files};

/// A template with the files that it shares with others.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    pub template: Template,
    /// By virtual path, `/_shared/….typ`.
    pub shared: BTreeMap<String, Vec<u8>>,
}

/// Bytes of a template's folder at most: 16 MiB, pictures and all.
const MOST_BYTES: usize = 16 << 20;

/// The template of that name: a built-in id, or the path of a folder.
///
/// # Errors
/// When there is none of that name, or its folder cannot be read as a template.
pub(crate) fn chosen(name: &str) -> Result<Chosen, AppError> {
    if is_path(name) {
        return folder(Path::new(name));
    }
    Ok(Chosen { template: assets::template(name)?, shared: assets::shared() })
}

/// Whether a template's name is the path of a folder: no id has a separator or begins with a point.
fn is_path(name: &str) -> bool {
    name.contains(['/', '\\']) || name.starts_with('.')
}

/// Reads a template's folder. A folder `_shared` in it, else one beside it, stands for the files that the built-in
/// templates share.
fn folder(path: &Path) -> Result<Chosen, AppError> {
    let files = read(path)?;
    let (own, mut files): (BTreeMap<_, _>, BTreeMap<_, _>) =
        files.into_iter().partition(|(below, _)| below.starts_with("_shared/"));
    files.remove("sample.json");
    let id = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let wrong = |error: groma_report::ReportError| {
        AppError::refused(format!("{}: {error}", path.display())).hint("see report-templates/DATA.md").field("template")
    };
    let template = Template::read(&id, files).map_err(wrong)?;
    let beside = path.parent().map(|parent| parent.join("_shared")).filter(|shared| files::is_folder(shared));
    let shared = match beside {
        _ if !own.is_empty() => own.into_iter().map(|(below, bytes)| (format!("/{below}"), bytes)).collect(),
        Some(shared) => {
            read(&shared)?.into_iter().map(|(below, bytes)| (format!("/_shared/{below}"), bytes)).collect()
        }
        None => assets::shared(),
    };
    Ok(Chosen { template, shared })
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
