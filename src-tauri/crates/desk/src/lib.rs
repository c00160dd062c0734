//! The running application behind a window: one thread that owns the engagement, one that lays the report out.
//!
//! A window asks with the contract's JSON ([`Desk::call`]) and listens to what happens meanwhile; pages' pictures are
//! fetched by their hash ([`Desk::page`]). Nothing here knows what kind of window it is.

mod desk;
mod layout;
mod pictures;

pub use desk::Desk;
pub use pictures::media_type;
