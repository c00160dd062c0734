//! The Prometheus exposition: samples, and what the well-known families among them say.

mod application;
mod cache;
mod exposition;
mod histogram;
mod http;
mod pool;

pub(crate) use application::emit;
pub(crate) use exposition::{Exposition, is_sample, looks_like};
pub(crate) use http::millis_per_unit;
