//! What can go wrong while an engagement becomes a Typst project.

/// Why a report cannot be laid out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// A language's words are not readable.
    #[error("the words of language {language} are not readable: {reason}")]
    Labels {
        /// The language.
        language: String,
        /// Where and why.
        reason: String,
    },
    /// A template is not usable.
    #[error("the template {template} is not usable: {reason}")]
    Template {
        /// Its folder.
        template: String,
        /// Where and why.
        reason: String,
    },
    /// A brand is not usable.
    #[error("the brand {brand} is not usable: {reason}")]
    Brand {
        /// Its folder.
        brand: String,
        /// Where and why.
        reason: String,
    },
    /// Data could not be written as JSON.
    #[error("the data group {group} is not JSON: {reason}")]
    Data {
        /// The group.
        group: &'static str,
        /// Why.
        reason: String,
    },
}
