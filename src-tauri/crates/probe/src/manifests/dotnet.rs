//! Projects of .NET.

use crate::notes::Notes;
use crate::source::Source;

/// A project file.
pub(super) fn project(source: &Source, notes: &mut Notes) {
    let text = source.text.trim_start_matches('\u{feff}');
    let Ok(document) = roxmltree::Document::parse(text) else { return };
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let line = document.text_pos_at(node.range().start).row;
        let text = node.text().unwrap_or_default().trim();
        match node.tag_name().name() {
            "TargetFramework" | "TargetFrameworks" => {
                for target in text.split(';') {
                    // `net8.0` and `netcoreapp3.1` are .NET, `net48` the old framework.
                    let number = target.trim_start_matches("netcoreapp").trim_start_matches("net");
                    if target.starts_with("netstandard") {
                        continue;
                    }
                    if number.contains('.') {
                        notes.name("Runtime", ".NET", number, line);
                    } else if number.len() >= 2 && number.chars().all(|char| char.is_ascii_digit()) {
                        let version = number.chars().map(String::from).collect::<Vec<_>>().join(".");
                        notes.name("Runtime", ".NET Framework", &version, line);
                    }
                }
            }
            "TargetFrameworkVersion" => notes.name("Runtime", ".NET Framework", text, line),
            "PackageReference" | "PackageVersion" => {
                let name = node.attribute("Include").or_else(|| node.attribute("Update")).unwrap_or_default();
                let version = node.attribute("Version").map(str::to_owned);
                let version = version.or_else(|| {
                    node.children()
                        .find(|child| child.has_tag_name("Version"))
                        .and_then(|child| child.text())
                        .map(str::to_owned)
                });
                if !name.is_empty() {
                    notes.depend(name, version.unwrap_or_default(), line);
                }
            }
            _ => {}
        }
    }
}
