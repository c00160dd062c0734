//! The probe kit: read-only scripts for a client's operators, chosen by the checks that are still open. Pure.
//!
//! [`Kit::read`] takes the files of `assets/kit` and holds that they fit together. [`Kit::files`] answers the folder for one
//! engagement: the probes alone that answer an open check, with README, settings and messages in the report's language.
//! What comes back from the client is one folder that an import takes whole.

mod error;
mod folder;
mod read;
mod readme;
mod schema;
mod validate;

pub use error::KitError;
pub use folder::{KitFile, Names};
pub use read::Kit;
pub use schema::{Group, PackFile, Probe, Text};
