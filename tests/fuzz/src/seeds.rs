//! What fuzzing starts from: files of each format, and the words in them.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use crate::targets::{Target, Way};

/// A larger file is no seed: AFL++ works on it too slowly to find anything.
const MOST_BYTES: u64 = 64 * 1024;
/// So many words of the seeds are given to AFL++, the most frequent ones.
const WORDS: usize = 300;

/// Writes the seeds of a target from folders of files into `out/seeds`, and their words into `out/words.dict`; how many
/// seeds there are. Within a folder, files stand in a folder that is named like their format.
///
/// # Errors
/// When a folder cannot be read or written.
pub fn write(target: Target, folders: &[PathBuf], out: &Path) -> io::Result<usize> {
    let seeds = out.join("seeds");
    fs::create_dir_all(&seeds)?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = 0;
    for folder in folders {
        for path in files(folder)? {
            let format = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
            let format = format.unwrap_or_default();
            let wanted = match target.way {
                Way::Door => true,
                Way::Archive => format == "archives",
                Way::As(ids) => ids.contains(&&*format),
            };
            if !wanted || fs::metadata(&path)?.len() > MOST_BYTES {
                continue;
            }
            let file = fs::read(&path)?;
            let mut seen: Vec<&str> = words(&file).collect();
            seen.sort_unstable();
            seen.dedup();
            for word in seen {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
            fs::write(seeds.join(format!("{number:04}-{format}")), target.input(&format, &file))?;
            number += 1;
        }
    }
    fs::write(out.join("words.dict"), dictionary(counts))?;
    Ok(number)
}

/// Every file below a folder but what is expected of one, in order.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() {
                // AFL++ keeps its own notes in a hidden folder beside what it found.
                if !name.starts_with('.') {
                    folders.push(entry.path());
                }
            } else if !name.ends_with(".expected.json") && name != "manifest.json" && !name.ends_with(".md") {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Names, numbers and the like, as any of the languages has them.
fn words(file: &[u8]) -> impl Iterator<Item = &str> {
    let part = |byte: &u8| !(byte.is_ascii_alphanumeric() || b"_.:/@$-".contains(byte));
    let words = file.split(part).filter_map(|word| std::str::from_utf8(word).ok());
    words.filter(|word| (3..=32).contains(&word.len()) && word.bytes().any(|byte| byte.is_ascii_alphabetic()))
}

/// The words of most seeds, in AFL++'s way of writing them.
fn dictionary(counts: BTreeMap<String, usize>) -> String {
    let mut words: Vec<(String, usize)> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(WORDS);
    words.into_iter().map(|(word, _)| format!("\"{word}\"\n")).collect()
}
