//! Prints the table of formats that `FORMATS.md` is.
//!
//! `cargo run -p groma-evidence --example formats -- CORPUS > FORMATS.md`, with a folder of real tool outputs whose
//! `manifest.json` says what was counted in each, adds of how many files everything that was counted is read right.
//! Without a folder that column is left out.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr, clippy::expect_used)]

#[path = "../tests/corpus/check.rs"]
mod check;

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use groma_evidence::formats::markdown;
use serde_json::Value;

const HEAD: &str = "# Formats\n\nEvery format that is read, and what is counted of it. `cargo run -p groma-evidence \
    --example formats -- CORPUS`, with a folder of real tool outputs, prints this table; the last column says of how many \
    of them everything that was counted by other means is read right, and of how many there are.\n";

const SEVERITIES: &str = "## Severities

What each tool's words for severity mean, and what is assigned at import where it says none. An engagement can choose \
    otherwise, word by word (`groma severities`). A word that stands in several rows means the one or the other by the \
    tool's version or by what else it says of an issue; a word that stands nowhere is Medium, assigned at import, and \
    is told. `UPDATE_EXPECT=1 cargo test -p groma-evidence --test vocabulary` writes this table.\n";

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        println!("{HEAD}\n{}\n{SEVERITIES}\n{}", markdown(None), groma_evidence::severities_markdown().trim_end());
        return ExitCode::SUCCESS;
    };
    let manifest = std::fs::read(folder.join("manifest.json")).expect("the folder has a manifest.json");
    let manifest: Vec<Value> = serde_json::from_slice(&manifest).expect("the manifest is a list");
    // Right files and files, by format.
    let mut files: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for entry in &manifest {
        let format = entry["format"].as_str().unwrap_or_default();
        if !groma_evidence::formats().iter().any(|known| known.id == format) {
            continue;
        }
        let wrong = check::what_is_wrong(&folder, entry);
        wrong.iter().for_each(|wrong| eprintln!("{wrong}"));
        let (right, all) = files.entry(format.to_owned()).or_default();
        *right += usize::from(wrong.is_empty());
        *all += 1;
    }
    let cell = |format: &groma_evidence::Format| match files.get(format.id) {
        Some((right, all)) => format!("{right} / {all}"),
        None => "none at hand".to_owned(),
    };
    let table = markdown(Some(("Files right / files", &cell)));
    println!("{HEAD}\n{table}\n{SEVERITIES}\n{}", groma_evidence::severities_markdown().trim_end());
    ExitCode::from(u8::from(files.values().any(|(right, all)| right < all)))
}
