//! Compiles a folder to PDF: `compile FOLDER OUT.pdf`, with `FOLDER/main.typ` and `FOLDER/fonts`.
//!
//! The counterpart of `typst compile` on an ejected project, to measure against.
#![allow(clippy::disallowed_methods, reason = "the disk is this program's whole purpose")]

use std::error::Error;
use std::path::Path;

use groma_typeset::{FontSet, PdfOptions, Project, Typesetter};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, out] = arguments.as_slice() else {
        return Err("usage: compile FOLDER OUT.pdf".into());
    };
    let folder = Path::new(folder);
    let mut project = Project::new("/main.typ");
    let mut fonts = Vec::new();
    read(folder, folder, &mut project, &mut fonts)?;
    let compiled = Typesetter::new(FontSet::from_bytes(fonts)?, project)?.compile()?;
    std::fs::write(out, compiled.pdf(&PdfOptions::default())?)?;
    Ok(())
}

fn read(root: &Path, folder: &Path, project: &mut Project, fonts: &mut Vec<Vec<u8>>) -> Result<(), Box<dyn Error>> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            read(root, &path, project, fonts)?;
            continue;
        }
        let bytes = std::fs::read(&path)?;
        let relative = path.strip_prefix(root)?;
        if relative.starts_with("fonts") {
            fonts.push(bytes);
        } else {
            let name = relative.to_str().ok_or("a path is not UTF-8")?;
            project.files.insert(name.to_owned(), bytes.into());
        }
    }
    Ok(())
}
