//! Writes the whole kit into a folder, to be tried by hand: `cargo run -p groma-kit --example write_kit -- FOLDER [LANGUAGE]`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::print_stdout, reason = "a tool for developers")]

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::Path};

use groma_kit::{Kit, Names};

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            found.insert(path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap());
        }
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "groma-kit".to_owned());
    let language = arguments.next().unwrap_or_else(|| "en".to_owned());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/kit");
    let mut assets = BTreeMap::new();
    collect(&root, &root, &mut assets);
    let kit = Kit::read(assets.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice()))).unwrap();
    let checks: Vec<&str> = kit.probes().iter().flat_map(|probe| probe.checks.iter().map(String::as_str)).collect();
    let names = Names { client: "A client".into(), system: "A system".into(), auditor: "whoever asked for it".into() };
    for file in kit.files(&checks, &language, &names) {
        let path = Path::new(&folder).join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &file.bytes).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(if file.executable { 0o755 } else { 0o644 })).unwrap();
    }
    println!("{folder}");
}
