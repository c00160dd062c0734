//! `groma`, the headless face of the application.
fn main() {}
