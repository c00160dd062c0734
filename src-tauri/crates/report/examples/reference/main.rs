//! Writes `report-templates/REFERENCE.md` from the schemas beside it: `cargo run -p groma-report --example reference`.
#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a command of the developers")]

mod table;

use std::path::Path;

fn main() {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../report-templates");
    std::fs::write(templates.join("REFERENCE.md"), table::reference(&templates)).expect("REFERENCE.md is written");
}
