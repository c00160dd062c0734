//! The virtual files of a project, and the syntax trees of those that are Typst source.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::OnceLock;

use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::Bytes;
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};

use crate::bytes::FileBytes;
use crate::diagnostic::{Failure, Place};

/// Virtual path with leading slash to file.
#[derive(Clone, Default)]
pub(crate) struct Files(BTreeMap<String, File>);

#[derive(Clone)]
struct File {
    bytes: FileBytes,
    /// Parsed when first asked for, then edited in place: the numbers of its nodes stay stable,
    /// and with them all memoised layout that does not depend on the edit.
    source: OnceLock<FileResult<Source>>,
}

impl Files {
    /// Adds or replaces a file; answers whether anything changed.
    pub(crate) fn replace(&mut self, path: String, bytes: FileBytes) -> bool {
        let Some(file) = self.0.get_mut(&path) else {
            self.0.insert(path, File { bytes, source: OnceLock::new() });
            return true;
        };
        if file.bytes == bytes {
            return false;
        }
        if let Some(Ok(mut source)) = file.source.take()
            && let Ok(text) = text_of(bytes.as_slice())
        {
            source.replace(text);
            file.source = OnceLock::from(Ok(source));
        }
        file.bytes = bytes;
        true
    }

    pub(crate) fn remove(&mut self, path: &str) -> bool {
        self.0.remove(path).is_some()
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.0.retain(|path, _| keep(path));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn source(&self, id: FileId) -> FileResult<Source> {
        let file = self.file(id)?;
        file.source
            .get_or_init(|| {
                let text = text_of(file.bytes.as_slice()).map_err(|_| FileError::InvalidUtf8)?;
                Ok(Source::new(id, text.to_owned()))
            })
            .clone()
    }

    pub(crate) fn bytes(&self, id: FileId) -> FileResult<Bytes> {
        Ok(self.file(id)?.bytes.typst())
    }

    /// Where a span of the compiler's lies, for a person.
    pub(crate) fn place(&self, span: impl Into<DiagSpan>) -> Option<Place> {
        match span.into().get() {
            DiagSpanKind::Detached => None,
            DiagSpanKind::Number { id, num, sub_range } => {
                let source = self.source(id).ok()?;
                let range = source.range(num, sub_range)?;
                Some(place_in(id, source.text().as_bytes(), range))
            }
            DiagSpanKind::Range { id, range } => Some(place_in(id, self.file(id).ok()?.bytes.as_slice(), range)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<&File> {
        if let VirtualRoot::Package(spec) = id.root() {
            return Err(FileError::Package(PackageError::Other(Some(
                format!(
                    "`{spec}` is refused: documents are made without a network; \
                     put the package's files into the project and import them by path"
                )
                .into(),
            ))));
        }
        let path = id.vpath();
        self.0.get(path.get_with_slash()).ok_or_else(|| FileError::NotFound(PathBuf::from(path.get_without_slash())))
    }
}

/// The identity of a path within the project.
///
/// Typst interns paths for the life of the process, 65,535 of them at most; so this is called only
/// for files that a compilation reads.
pub(crate) fn id_of(path: &VirtualPath) -> FileId {
    RootedPath::new(VirtualRoot::Project, path.clone()).intern()
}

/// The one spelling of a virtual path: `./a//b.typ` is `/a/b.typ`.
pub(crate) fn normalize(path: &str) -> Result<VirtualPath, Failure> {
    VirtualPath::new(path)
        .ok()
        .filter(|virtual_path| !virtual_path.is_root())
        .ok_or_else(|| Failure::Path { path: path.to_owned() })
}

fn text_of(bytes: &[u8]) -> Result<&str, std::str::Utf8Error> {
    std::str::from_utf8(bytes).map(|text| text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn place_in(id: FileId, text: &[u8], range: Range<usize>) -> Place {
    let before = &text[..range.start.min(text.len())];
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    Place { file: id.vpath().get_with_slash().to_owned(), line, column }
}
