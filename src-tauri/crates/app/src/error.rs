//! The one error that leaves the core: what happened, to which file or field, and what to do.

use serde::Serialize;

/// What went wrong, as the window, the command line and a script see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error, ts_rs::TS)]
#[error("{message}{}", hint.as_deref().map(|hint| format!(" — {hint}")).unwrap_or_default())]
pub struct AppError {
    /// What kind of error; a code exists only where someone branches on it.
    pub code: Code,
    /// What happened, to which file or object.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The field of the command or object that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// The kinds of errors that someone branches on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The command or one of its fields is wrong: exit 2.
    Usage,
    /// A file, an object or its content was refused: exit 3.
    Refused,
    /// What was asked for is not there: exit 3.
    NotFound,
    /// The work was cancelled: exit 1.
    Cancelled,
    /// The report does not compile, or writing failed: exit 1.
    Failed,
}

impl AppError {
    /// An error without hint and field.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, field: None }
    }

    /// A wrong command.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Code::Usage, message)
    }

    /// A refused file or object.
    #[must_use]
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Code::Refused, message)
    }

    /// Something that is not there.
    #[must_use]
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Code::NotFound, message)
    }

    /// Work that could not be finished.
    #[must_use]
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Code::Failed, message)
    }

    /// The same error with the remedy.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same error with the field that is wrong.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl From<groma_store::StoreError> for AppError {
    fn from(error: groma_store::StoreError) -> Self {
        use groma_store::StoreError as Store;
        let code = match &error {
            Store::NoSuchObject { .. } | Store::NoSuchEvidence { .. } | Store::NoSuchBlob { .. } => Code::NotFound,
            Store::UnknownField { .. } | Store::BadField { .. } | Store::FrozenField { .. } | Store::Circle { .. } => {
                Code::Usage
            }
            _ => Code::Refused,
        };
        let field = match &error {
            Store::UnknownField { field, .. }
            | Store::BadField { field, .. }
            | Store::FrozenField { field, .. }
            | Store::Circle { field, .. } => Some(field.clone()),
            _ => None,
        };
        let text = error.to_string();
        // The store's sentences end with the remedy behind a semicolon.
        let (message, hint) = match text.rsplit_once("; ") {
            Some((message, hint)) => (message.to_owned(), Some(hint.to_owned())),
            None => (text, None),
        };
        Self { code, message, hint, field }
    }
}
