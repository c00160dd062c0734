//! Large files out of small ones. Fuzzing finds what a parser stumbles over in a few kilobytes; what grows with the square
//! of a file's size shows in a file of which one part is there again and again.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crate::{cost::Cost, seeds, targets::Target};

/// What a file is swollen to.
const SIZE: usize = 1_000_000;
/// A longer part is not repeated.
const LONGEST: usize = 20_000;
/// So many parts of one file are tried, spread over it.
const PARTS: usize = 24;

/// Swells the files below folders for a time, and writes those inputs into `out` that cost too much. How many inputs were
/// tried, and how many of them were too much; the slowest and the largest are told.
///
/// # Errors
/// When a folder cannot be read or written.
pub fn run(target: Target, folders: &[PathBuf], out: &Path, time: Duration) -> io::Result<(usize, usize)> {
    fs::create_dir_all(out)?;
    let mut files = Vec::new();
    for folder in folders {
        files.extend(seeds::files(folder)?);
    }
    let (start, mut tried, mut bad, mut slowest, mut largest) = (Instant::now(), 0, 0, 0, 0);
    // Parts of one shape in one format are the same trouble.
    let mut shapes = BTreeSet::new();
    // One part of every file, then another one of every file: the time may not last for all.
    for number in 0..PARTS {
        for path in &files {
            if start.elapsed() > time {
                return Ok((tried, bad));
            }
            let input = fs::read(path)?;
            let (format, file) = target.file(&input);
            let parts = parts(file);
            let Some(part) = nth(&parts, number) else { continue };
            if !shapes.insert((format, shape(&file[part.0..part.1]))) {
                continue;
            }
            let head = input.len() - file.len();
            let swollen = [&input[..head], &repeated(file, *part)].concat();
            let cost = Cost::of(target, &swollen);
            tried += 1;
            if cost.ms > slowest || cost.bytes > largest {
                (slowest, largest) = (slowest.max(cost.ms), largest.max(cost.bytes));
                eprintln!("{} ms, {} MiB: {} {part:?}", cost.ms, cost.bytes >> 20, path.display());
            }
            if cost.is_too_much() {
                fs::write(out.join(format!("{bad:03}-{}-ms-{}-MiB", cost.ms, cost.bytes >> 20)), swollen)?;
                bad += 1;
            }
        }
    }
    Ok((tried, bad))
}

/// One of so many parts, spread evenly over all.
fn nth(parts: &[(usize, usize)], number: usize) -> Option<&(usize, usize)> {
    match parts.len() <= PARTS {
        true => parts.get(number),
        false => parts.get(number * parts.len() / PARTS),
    }
}

/// The file with one part again and again in its place.
fn repeated(file: &[u8], (from, to): (usize, usize)) -> Vec<u8> {
    let times = SIZE.saturating_sub(file.len()) / (to - from) + 1;
    let mut swollen = Vec::with_capacity(SIZE + LONGEST);
    swollen.extend_from_slice(&file[..from]);
    for _ in 0..times {
        swollen.extend_from_slice(&file[from..to]);
    }
    swollen.extend_from_slice(&file[to..]);
    swollen
}

/// Parts that can be repeated and leave a file of the same language: lines, what stands between two commas of one
/// bracket, elements, keys and values, and runs of one kind of character.
fn parts(file: &[u8]) -> Vec<(usize, usize)> {
    let mut parts = BTreeSet::new();
    let mut start = 0;
    // Where each open bracket's item began, and each open element.
    let (mut items, mut elements): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (at, byte) in file.iter().enumerate() {
        match byte {
            b'\n' => {
                parts.insert((start, at + 1));
                start = at + 1;
            }
            b'{' | b'[' | b'(' => {
                parts.insert((at, at + 1));
                items.push(at + 1);
            }
            b',' => {
                if let Some(item) = items.last_mut() {
                    parts.insert((*item, at + 1));
                    *item = at + 1;
                }
            }
            b'}' | b']' | b')' => drop(items.pop()),
            b'<' if file.get(at + 1) == Some(&b'/') => {
                let end = file[at..].iter().position(|byte| *byte == b'>').map(|end| at + end + 1);
                if let (Some(open), Some(end)) = (elements.pop(), end) {
                    parts.insert((open, end));
                }
            }
            b'<' => elements.push(at),
            b'>' if at > 0 && file[at - 1] == b'/' => {
                if let Some(open) = elements.pop() {
                    parts.insert((open, at + 1));
                }
            }
            b' ' | b'=' | b':' | b'"' | b'\'' | b'-' | b'#' | b'|' | b';' => {
                // The character, and the word before it with it.
                parts.insert((at, at + 1));
                let word = file[..at].iter().rposition(|byte| !byte.is_ascii_alphanumeric()).map_or(0, |end| end + 1);
                parts.insert((word, at + 1));
            }
            _ => {}
        }
    }
    parts.into_iter().filter(|(from, to)| to > from && to - from <= LONGEST).collect()
}

/// What a part is like: its first bytes, letters and digits as one.
fn shape(part: &[u8]) -> Vec<u8> {
    let kind = |byte: &u8| match byte {
        b'0'..=b'9' => b'0',
        byte => *byte,
    };
    part.iter().take(48).map(kind).collect()
}
