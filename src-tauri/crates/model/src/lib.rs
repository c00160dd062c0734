//! The objects of an engagement as plain types: ids, severities, money, dates. No I/O.
//!
//! Every object that an engagement file keeps is a [`Object`]: a struct of named fields with an [`Id`] and a
//! [`Kind`]. All fields have a default, so that a partial JSON object is a valid one, and unknown fields are
//! refused, so that a misspelt field is an error and never silently lost.
//!
//! Conventions: prose fields hold Markdown; dates are civil dates (`YYYY-MM-DD`) without a zone; effort is in
//! person-days; money is in minor units (cents) of the engagement's currency; ratings and levels run from 1 to 5.

mod architecture;
mod brand;
mod choice;
mod contents;
mod engagement;
mod evidence;
mod exhibit;
mod finding;
mod id;
mod intake;
pub mod limits;
mod mapping;
mod media;
mod money;
mod object;
mod plan;
mod rating;
mod risk;
mod severities;
mod template;
mod verdict;

pub use architecture::*;
pub use brand::*;
pub use choice::UnknownChoice;
pub use contents::{Contents, IssueGroup};
pub use engagement::*;
pub use evidence::*;
pub use exhibit::*;
pub use finding::*;
pub use id::{Id, IdSource, InvalidId};
pub use intake::*;
pub use limits::OutOfRange;
pub use mapping::*;
pub use media::*;
pub use money::{Money, MoneyRange};
pub use object::{Kind, Object};
pub use plan::*;
pub use rating::{Level, OutOfScale, Rating};
pub use risk::*;
pub use severities::*;
pub use template::*;
pub use verdict::*;

/// A civil date, `YYYY-MM-DD` on the wire.
pub type Date = jiff::civil::Date;
/// An instant, RFC 3339 in UTC on the wire.
pub type Timestamp = jiff::Timestamp;
