//! The way out: the project as a folder for the plain `typst` program.

use std::collections::{BTreeMap, BTreeSet};

use crate::bytes::FileBytes;
use crate::diagnostic::Failure;
use crate::files::normalize;
use crate::font::FontSet;
use crate::project::{Date, Project};

/// A project as files to write to a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ejected {
    /// Relative path, with `/` and without a leading one, to content. Holds the project's files
    /// and, in a folder of their own, its fonts.
    pub files: BTreeMap<String, FileBytes>,
    /// What to run in that folder to get the same pages.
    pub command: String,
}

/// Lists all that the plain `typst` program needs to make the same pages.
///
/// # Errors
/// [`Failure::Path`] for a path outside the project.
pub fn eject(project: &Project, fonts: &FontSet) -> Result<Ejected, Failure> {
    let main = normalize(&project.main)?.get_without_slash().to_owned();
    let mut files = BTreeMap::new();
    for (path, bytes) in &project.files {
        files.insert(normalize(path)?.get_without_slash().to_owned(), bytes.clone());
    }
    let folder = free_folder(&files);
    for (name, bytes) in fonts.named() {
        files.insert(format!("{folder}/{name}"), bytes);
    }
    // Without the fallback fonts of Typst's own, a letter that no font of the set has is missing
    // there as it is here.
    let mut command = format!(
        "typst compile {} --root . --font-path {folder} --ignore-system-fonts --ignore-embedded-fonts",
        quoted(&main)
    );
    if let Some(date) = project.date {
        command.push_str(&format!(" --creation-timestamp {}", noon(date)));
    }
    Ok(Ejected { files, command })
}

/// `fonts`, unless the project has a folder of that name itself.
fn free_folder(files: &BTreeMap<String, FileBytes>) -> String {
    let taken: BTreeSet<&str> = files.keys().filter_map(|path| path.split('/').next()).collect();
    let mut folder = "fonts".to_owned();
    while taken.contains(folder.as_str()) {
        folder.push('_');
    }
    folder
}

fn quoted(path: &str) -> String {
    if path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"./_-".contains(&byte)) {
        return path.to_owned();
    }
    format!("'{}'", path.replace('\'', r"'\''"))
}

/// Noon of that day in UTC, in seconds since 1970.
fn noon(Date { year, month, day }: Date) -> i64 {
    // Days from a civil date: years begin in March, so the leap day is a year's last.
    let (year, month) = (i64::from(year), i64::from(month));
    let march_year = if month <= 2 { year - 1 } else { year };
    let era = march_year.div_euclid(400);
    let year_of_era = march_year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (era * 146_097 + day_of_era - 719_468) * 86_400 + 43_200
}

#[cfg(test)]
mod tests {
    use super::{Date, noon};

    #[test]
    fn noon_counts_from_1970() {
        let day = |year, month, day| (noon(Date { year, month, day }) - 43_200) / 86_400;
        assert_eq!(day(1970, 1, 1), 0);
        assert_eq!(day(1969, 12, 31), -1);
        assert_eq!(day(2000, 2, 29), 11_016);
        assert_eq!(day(2000, 3, 1), 11_017);
        assert_eq!(day(2025, 12, 31), 20_453);
    }
}
