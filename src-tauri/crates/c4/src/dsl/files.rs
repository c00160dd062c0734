//! Where files come from, and paths that stay within the opened folder.

/// A folder that was opened for the parser. Paths are relative to it, parts divided by `/`.
pub trait Files {
    /// The bytes of a file; `None` when there is none.
    fn read(&self, path: &str) -> Option<Vec<u8>>;

    /// The names in a folder, those of folders ending in `/`; `None` when it is no folder.
    fn list(&self, folder: &str) -> Option<Vec<String>>;

    /// Whether there is a file; asked of pictures, which are named and not read.
    fn exists(&self, path: &str) -> bool {
        self.read(path).is_some()
    }
}

/// The path that `to` means in the file `from`; `None` when it leaves the folder.
pub(super) fn resolve(from: &str, to: &str) -> Option<String> {
    if to.starts_with('/') || to.contains('\\') || to.contains('\0') || to.get(1..2) == Some(":") {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether it is an address rather than a path.
pub(super) fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Bytes to text: UTF-8, else Latin-1. Answers whether it was UTF-8.
pub(super) fn decode(bytes: Vec<u8>) -> (String, bool) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, true),
        Err(error) => (error.into_bytes().into_iter().map(char::from).collect(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn paths_stay_in_the_folder() {
        assert_eq!(resolve("a/b.dsl", "c.dsl").as_deref(), Some("a/c.dsl"));
        assert_eq!(resolve("a/b.dsl", "../c.dsl").as_deref(), Some("c.dsl"));
        assert_eq!(resolve("a.dsl", "./x//y"), Some("x/y".to_owned()));
        assert_eq!(resolve("a.dsl", "../c.dsl"), None);
        assert_eq!(resolve("a/b.dsl", "/etc/passwd"), None);
        assert_eq!(resolve("a/b.dsl", "c:\\x"), None);
    }
}
