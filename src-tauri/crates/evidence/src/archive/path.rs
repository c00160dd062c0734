//! Names of entries, of which none is trusted.

/// Longer names are cut when they are shown.
const SHOWN: usize = 200;

/// A relative path of plain parts, `/` between them: a leading `/` or drive is taken off, as tar does. `None` when the
/// name leads upwards or is empty.
pub(super) fn sanitised(name: &str) -> Option<String> {
    let mut parts = Vec::new();
    for (index, part) in name.split(['/', '\\']).enumerate() {
        let drive = index == 0 && part.len() == 2 && part.ends_with(':');
        match part {
            "" | "." => {}
            _ if drive => {}
            ".." => return None,
            part => parts.push(part.replace(|c: char| c.is_control() || c == ':', "_")),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Whether a part of a path is hidden, or one of the notes of macOS.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// A name that is shown as it is, but for what a terminal would obey.
pub(super) fn shown(name: &str) -> String {
    name.chars().take(SHOWN).map(|c| if c.is_control() { '_' } else { c }).collect()
}

/// A path within the archive for a name that is none: what is left of it when it leads nowhere.
pub(super) fn within(name: &str) -> String {
    let parts: Vec<&str> = name.split(['/', '\\']).filter(|part| *part != "..").collect();
    shown(&sanitised(&parts.join("/")).unwrap_or_else(|| "_".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_within() {
        for (name, want) in [
            ("a/b.json", Some("a/b.json")),
            ("./a//b.json", Some("a/b.json")),
            ("/etc/passwd", Some("etc/passwd")),
            ("C:\\scans\\x.json", Some("scans/x.json")),
            ("a\u{1b}[31m.txt", Some("a_[31m.txt")),
            ("a/x.json:stream", Some("a/x.json_stream")),
            ("../x", None),
            ("a/../../x", None),
            ("a\\..\\x", None),
            ("./", None),
            ("", None),
        ] {
            assert_eq!(sanitised(name).as_deref(), want, "{name}");
        }
        for (name, want) in [("../x", "x"), ("/../../etc/x", "etc/x"), ("a\\..\\x", "a/x"), ("..", "_"), ("", "_")] {
            assert_eq!(within(name), want, "{name}");
        }
        assert!(is_hidden("a/.git/x") && is_hidden("__MACOSX/a") && !is_hidden("a/b.c"));
    }
}
