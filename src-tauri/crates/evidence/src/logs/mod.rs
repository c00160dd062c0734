//! Lines of an application's log: what stands before them, what shape they have, what they say of themselves.

mod fields;
mod line;
mod plain;

pub(crate) use line::{Line, Shape, is_continuation, is_ornament, unwrapped};
