//! Archives of tool outputs: ZIP, tar, gzipped tar, by their content; walked entry by entry and bounded in every way.
//!
//! Nothing is written anywhere, and one entry at a time is in memory. What an archive says of itself is not trusted:
//! bytes are counted as they are unpacked, and a name that leads out of the archive is no name.

mod path;
mod tar;
mod unpack;
mod zip;

use std::ops::ControlFlow;

use crate::Refusal;

use unpack::Meter;

/// What an archive may hold and become. An archive beyond a bound is read up to it, and refused for the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Entries, those of inner archives included.
    pub entries: usize,
    /// Bytes of one entry once unpacked; a larger one is skipped.
    pub entry_bytes: u64,
    /// Bytes of all entries once unpacked.
    pub total_bytes: u64,
    /// Unpacked bytes for each packed one. Logs and traces are packed to a hundredth; what shrinks to much less is made
    /// to fill a disk. It counts from [`Bounds::free_bytes`] on.
    pub ratio: u64,
    /// Unpacked bytes that are nobody's trouble, whatever the ratio.
    pub free_bytes: u64,
    /// Archives within archives; 1 is none of them.
    pub depth: usize,
}

impl Default for Bounds {
    /// 10,000 entries, 200 MiB each, 2 GiB together, 500 times the packed size beyond 64 MiB, two archives deep.
    fn default() -> Self {
        Self {
            entries: 10_000,
            entry_bytes: crate::INFLATED_LIMIT,
            total_bytes: 2 << 30,
            ratio: 500,
            free_bytes: 64 << 20,
            depth: 2,
        }
    }
}

/// An entry of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `/`-separated path within the archive, inner archives as folders: `week-1/scans.zip/trivy.json`. Never absolute,
    /// never with `..`.
    pub path: String,
    /// Its bytes, or why it was skipped.
    pub content: Result<Vec<u8>, Refusal>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Zip,
    Tar,
    Gzip,
}

/// Whether bytes are an archive of several files: ZIP, tar, or gzipped tar. A gzipped file alone is none: it is read
/// like a file.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    match kind(bytes) {
        Some(Kind::Gzip) => unpack::gzip_head(bytes).is_some_and(|head| tar::is_tar(&head)),
        Some(Kind::Zip | Kind::Tar) => true,
        None => false,
    }
}

fn kind(bytes: &[u8]) -> Option<Kind> {
    match bytes {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Kind::Zip),
        [0x1F, 0x8B, ..] => Some(Kind::Gzip),
        _ => tar::is_tar(bytes).then_some(Kind::Tar),
    }
}

/// Walks over the entries of an archive in its order and hands over each, until `visit` breaks off. Hidden files and the
/// notes that macOS puts beside files are passed over. A gzipped file that is no archive is one entry, `name` without
/// its ending.
///
/// # Errors
/// Bytes that are no archive, a damaged or encrypted one, an office document; and when a bound is met. What was handed
/// over before stands.
pub fn walk_archive(
    name: &str,
    bytes: &[u8],
    bounds: &Bounds,
    visit: &mut dyn FnMut(Entry) -> ControlFlow<()>,
) -> Result<(), Refusal> {
    let mut walk = Walk { bounds, meter: Meter::new(bytes.len() as u64, bounds), entries: 0, visit, stopped: false };
    walk.archive(name, bytes, "", 1)
}

/// A walk: what was counted so far, over all inner archives.
struct Walk<'a> {
    bounds: &'a Bounds,
    meter: Meter,
    entries: usize,
    visit: &'a mut dyn FnMut(Entry) -> ControlFlow<()>,
    stopped: bool,
}

impl Walk<'_> {
    fn archive(&mut self, name: &str, bytes: &[u8], below: &str, depth: usize) -> Result<(), Refusal> {
        match kind(bytes) {
            Some(Kind::Zip) => zip::walk(self, bytes, below, depth),
            Some(Kind::Tar) => tar::walk(self, bytes, below, depth),
            Some(Kind::Gzip) if is_archive(bytes) => {
                let meter = self.meter.clone();
                tar::walk(self, unpack::gunzip(bytes, &meter), below, depth)
            }
            Some(Kind::Gzip) => {
                let meter = self.meter.clone();
                let content = unpack::whole(unpack::gunzip(bytes, &meter), self.bounds.entry_bytes);
                meter.check()?;
                let name = name.strip_suffix(".gz").unwrap_or(name);
                self.entry(below, name, content, depth)
            }
            None => Err(Refusal::new("this is no archive", "name a .zip, .tar, .tar.gz or .tgz, or the file itself")),
        }
    }

    /// Whether the walk is to go on.
    fn goes_on(&self) -> bool {
        !self.stopped
    }

    /// Counts an entry, before its content is looked at.
    fn count(&mut self) -> Result<(), Refusal> {
        self.entries += 1;
        if self.entries > self.bounds.entries {
            return Err(Refusal::new(
                format!("the archive holds more than {} entries: the rest was not read", self.bounds.entries),
                "unpack it and import the folders that hold tool outputs",
            ));
        }
        Ok(())
    }

    /// Hands over an entry; one that is an archive is walked instead.
    fn entry(
        &mut self,
        below: &str,
        name: &str,
        content: Result<Vec<u8>, Refusal>,
        depth: usize,
    ) -> Result<(), Refusal> {
        let Some(inner) = path::sanitised(name) else {
            let reason = format!("the name `{}` leads out of the archive", path::shown(name));
            let refusal = Refusal::new(reason, "rename the entry, or unpack the archive and look at it");
            return self.hand_over(format!("{below}{}", path::within(name)), Err(refusal));
        };
        if path::is_hidden(&inner) {
            return Ok(());
        }
        let path = format!("{below}{inner}");
        match content {
            Ok(bytes) if is_archive(&bytes) => {
                if depth >= self.bounds.depth {
                    let reason = format!("archives within archives are read {} deep", self.bounds.depth);
                    return self
                        .hand_over(path, Err(Refusal::new(reason, "unpack the outer one and import what is inside")));
                }
                match self.archive(&inner, &bytes, &format!("{path}/"), depth + 1) {
                    // A bound is one of the whole; anything else is the trouble of the inner archive alone.
                    Err(refusal) if self.meter.check().is_ok() && self.entries <= self.bounds.entries => {
                        self.hand_over(path, Err(refusal))
                    }
                    done => done,
                }
            }
            content => self.hand_over(path, content),
        }
    }

    fn hand_over(&mut self, path: String, content: Result<Vec<u8>, Refusal>) -> Result<(), Refusal> {
        self.stopped |= (self.visit)(Entry { path, content }).is_break();
        Ok(())
    }
}

/// An entry larger than what is read of one.
fn too_large(bytes: u64, limit: u64) -> Refusal {
    Refusal::new(
        format!("unpacks to {} MiB, more than the {} MiB that are read of one entry", bytes >> 20, limit >> 20),
        "unpack it and import the part that matters",
    )
}

fn damaged(what: &str) -> Refusal {
    Refusal::new(
        format!("the archive is damaged: {what}"),
        "copy or download it again; what came before the damage was read",
    )
}

#[cfg(test)]
mod tests;
