//! Structurizr's workspace JSON, read and written. What it holds beyond this model is kept and written back.

mod configuration;
mod export;
mod import;
mod reader;
mod views;
mod views_out;

pub(crate) use configuration::theme;
pub use export::export;
pub use import::import;
