//! Engagement, template and brand become a Typst project of virtual files.
//!
//! Pure: everything comes in as data, and the same input gives the same files. Client text never becomes Typst code:
//! prose becomes one file a field in which every run of text is a string literal ([`emit`]), everything else goes as
//! JSON. What the files hold is the data contract, `report-templates/DATA.md`.

mod attachments;
mod clean;
mod compose;
mod drawings;
pub mod emit;
mod error;
mod exhibits;
mod facts;
mod glossary;
mod labels;
mod locale;
mod origin;
mod part;
mod prose;
mod template;
mod view;

pub use compose::{Composed, Input, compose, compose_with};
pub use drawings::{Drawings, FindingMap, ViewDrawing, page as drawing_page};
pub use error::ReportError;
pub use exhibits::{ExhibitFile, ExhibitPage, Exhibits, MOST_LINES};
pub use facts::{Fact, Facts};
pub use glossary::Term;
pub use labels::Labels;
pub use locale::{LOCALES, Locale, Plural};
pub use origin::{Origin, Origins};
pub use part::{Part, PartPlace, SomeFindings};
pub use prose::{ProseFile, Unprinted};
pub use template::{Brand, Section, Setting, SettingKind, Template, TemplateInfo};
pub use view::{figure_text, retest_note, section_title};
