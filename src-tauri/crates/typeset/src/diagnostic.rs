//! What can go wrong, and where.

use std::fmt;

use typst::diag::{Severity as TypstSeverity, SourceDiagnostic};

use crate::files::Files;

/// Why nothing came out.
///
/// Messages quote the document's source; show them to the person who wrote it, keep them out of logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The document does not compile.
    #[error("the document does not compile: {}", first(.errors))]
    Compile {
        /// What is wrong; at least one.
        errors: Vec<Diagnostic>,
        /// What else was noticed.
        warnings: Vec<Diagnostic>,
    },
    /// The pages stand, but cannot be written as the PDF that was asked for.
    #[error("the PDF cannot be written: {}", first(.errors))]
    Export {
        /// What is wrong; at least one.
        errors: Vec<Diagnostic>,
    },
    /// The PDF standards asked for do not go together, or the timestamp is no date.
    #[error("the PDF options do not fit: {message}")]
    Options {
        /// What does not fit.
        message: String,
    },
    /// A path that leaves the project, names its root, or is written with backslashes.
    #[error("`{path}` is not a file inside the project; write it as `/folder/file.typ`")]
    Path {
        /// The path as given.
        path: String,
    },
    /// The project's date does not exist.
    #[error("{year:04}-{month:02}-{day:02} is not a date")]
    Date {
        /// The year as given.
        year: i32,
        /// The month as given.
        month: u8,
        /// The day as given.
        day: u8,
    },
    /// A font file holds no usable OpenType font.
    #[error("font file number {} holds no usable OpenType font", .index + 1)]
    Font {
        /// The file's position among those passed in, from 0.
        index: usize,
    },
    /// The typesetter itself broke down. A bug; the process may go on.
    #[error("the typesetter broke down: {message}")]
    Internal {
        /// What it said.
        message: String,
    },
}

impl Failure {
    /// The errors of a document that does not compile or export; none for the other failures.
    #[must_use]
    pub fn errors(&self) -> &[Diagnostic] {
        match self {
            Self::Compile { errors, .. } | Self::Export { errors } => errors,
            _ => &[],
        }
    }
}

fn first(errors: &[Diagnostic]) -> String {
    let more = match errors.len() {
        0 | 1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    errors.first().map_or_else(String::new, |error| format!("{error}{more}"))
}

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document came out, but perhaps not as meant.
    Warning,
    /// The document did not come out.
    Error,
}

/// A place in a virtual file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Virtual path, with leading slash.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One step on the way to an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracepoint {
    /// What was going on, as in "while calling `para`".
    pub message: String,
    /// Where.
    pub place: Option<Place>,
}

/// An error or warning of the compiler's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in Typst's words.
    pub message: String,
    /// Where; absent when it concerns the whole document.
    pub place: Option<Place>,
    /// What to do about it.
    pub hints: Vec<String>,
    /// How the compiler came there, innermost first.
    pub trace: Vec<Tracepoint>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message)
    }
}

/// The message without the folders of the machine on which the typesetter was built: of
/// `(occurred at /home/…/typst-pdf-0.15.1/src/tags/build.rs:187:9)` what begins with the crate stays.
pub(crate) fn without_build_paths(message: &str) -> String {
    let shortened = message.split(' ').map(|word| {
        let path = word.trim_start_matches('(');
        let source = path.rfind("/src/").or_else(|| path.rfind("\\src\\")).filter(|_| path.contains(".rs:"));
        let folder = source.and_then(|source| path[..source].rfind(['/', '\\']));
        folder.map_or_else(|| word.to_owned(), |at| format!("{}{}", &word[..word.len() - path.len()], &path[at + 1..]))
    });
    shortened.collect::<Vec<_>>().join(" ")
}

impl Diagnostic {
    pub(crate) fn all<'a>(files: &Files, diagnostics: impl IntoIterator<Item = &'a SourceDiagnostic>) -> Vec<Self> {
        diagnostics.into_iter().map(|diagnostic| Self::new(files, diagnostic)).collect()
    }

    fn new(files: &Files, diagnostic: &SourceDiagnostic) -> Self {
        Self {
            severity: match diagnostic.severity {
                TypstSeverity::Error => Severity::Error,
                TypstSeverity::Warning => Severity::Warning,
            },
            message: without_build_paths(&diagnostic.message),
            place: files.place(diagnostic.span),
            hints: diagnostic
                .hints
                .iter()
                .map(|hint| match files.place(hint.span) {
                    Some(place) => format!("{place}: {}", hint.v),
                    None => hint.v.to_string(),
                })
                .collect(),
            trace: diagnostic
                .trace
                .iter()
                .map(|point| Tracepoint { message: point.v.to_string(), place: files.place(point.span) })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::without_build_paths;

    #[test]
    fn no_message_tells_where_the_program_was_built() {
        let built = "internal error: tags weren't closed (occurred at /home/x/.cargo/registry/src/index-1/typst-pdf-0.15.1/src/tags/build.rs:187:9)";
        let told = "internal error: tags weren't closed (occurred at typst-pdf-0.15.1/src/tags/build.rs:187:9)";
        assert_eq!(without_build_paths(built), told);
        let windows = r"broke at C:\Users\x\typst-0.15.1\src\lib.rs:1:2";
        assert_eq!(without_build_paths(windows), r"broke at typst-0.15.1\src\lib.rs:1:2");
        for plain in ["file not found (searched at /data/src/a.json)", "unknown variable: x", ""] {
            assert_eq!(without_build_paths(plain), plain);
        }
    }
}
