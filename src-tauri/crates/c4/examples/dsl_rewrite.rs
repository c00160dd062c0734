//! Reads a DSL or JSON file and writes it as canonical DSL: `cargo run -p groma-c4 --example dsl_rewrite FOLDER FILE`.

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)]

use groma_c4::dsl::{self, Files, Options};
use groma_c4::json;
use std::path::PathBuf;
use std::process::ExitCode;

struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(self.0.join(path)).ok()
    }

    fn list(&self, folder: &str) -> Option<Vec<String>> {
        let entries = std::fs::read_dir(self.0.join(folder)).ok()?.flatten();
        Some(
            entries
                .filter_map(|entry| {
                    let name = entry.file_name().into_string().ok()?;
                    Some(if entry.path().is_dir() { format!("{name}/") } else { name })
                })
                .collect(),
        )
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, file] = arguments.as_slice() else {
        eprintln!("dsl_rewrite FOLDER FILE");
        return ExitCode::FAILURE;
    };
    let folder = Folder(PathBuf::from(folder));
    let read = if file.ends_with(".json") {
        json::import(&folder.read(file).unwrap_or_default())
    } else {
        dsl::parse(file, &folder, &Options::default()).map(|parsed| {
            for one in &parsed.diagnostics {
                eprintln!("{}:{}: {}", one.file, one.line, one.message);
            }
            parsed.workspace
        })
    };
    match read {
        Ok(workspace) => {
            print!("{}", dsl::write(&workspace));
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprintln!("{refusal}");
            ExitCode::FAILURE
        }
    }
}
