//! Rebuilds the crate when a file that travels inside the program is added, changed or removed.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    for folder in
        ["assets/brands", "assets/fonts", "assets/library", "assets/packs", "assets/sample", "report-templates"]
    {
        println!("cargo:rerun-if-changed=../../../{folder}");
    }
}
