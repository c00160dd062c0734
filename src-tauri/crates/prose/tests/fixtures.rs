//! Every Markdown file of `tests/fixtures/prose` gives the block tree in the JSON file beside it.
//!
//! `UPDATE_EXPECT=1` rewrites the JSON files; read the difference before you keep it.
#![allow(clippy::disallowed_methods, missing_docs)]

use std::path::Path;

#[test]
fn block_trees() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/prose");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut seen = 0;
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        seen += 1;
        let source = std::fs::read_to_string(&path).unwrap();
        let tree = serde_json::to_string_pretty(&groma_prose::parse(&source)).unwrap() + "\n";
        let expected = path.with_extension("json");
        if update {
            std::fs::write(&expected, &tree).unwrap();
        } else if std::fs::read_to_string(&expected).ok().as_deref() != Some(&tree) {
            wrong.push(path);
        }
    }
    assert!(seen >= 10, "only {seen} fixtures in {}", folder.display());
    assert!(wrong.is_empty(), "other trees than expected (UPDATE_EXPECT=1 rewrites): {wrong:#?}");
}
