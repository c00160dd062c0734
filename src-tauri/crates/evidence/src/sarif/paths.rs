//! Addresses of files to paths that a person knows.

use super::document::Run;

/// The folders that a run says its files are below.
pub(crate) struct Roots(Vec<String>);

impl Roots {
    /// The roots of a run: its base ids, and where it was started. The root of the file system is none.
    pub(crate) fn of(run: &Run<'_>) -> Self {
        let bases = run.bases.0.iter().map(|(_, base)| base);
        let directories = run.invocations.iter().map(|invocation| &invocation.directory);
        let mut roots: Vec<String> = bases
            .chain(directories)
            .filter_map(|location| local(location.uri.some()?))
            .map(|root| if root.ends_with('/') { root } else { root + "/" })
            .filter(|root| root.trim_matches('/').len() > 1 && !root.ends_with(":/"))
            .collect();
        // The deepest first.
        roots.sort_by_key(|root| std::cmp::Reverse(root.len()));
        Self(roots)
    }

    /// The path of an address on a disk, below its root where one is known; any other address as it is.
    pub(crate) fn path(&self, uri: &str) -> String {
        let Some(path) = local(uri) else { return uri.to_owned() };
        let below = self.0.iter().find_map(|root| path.strip_prefix(root.as_str())).filter(|below| !below.is_empty());
        match below {
            Some(below) => below.to_owned(),
            None => path,
        }
    }
}

/// The path of a `file:` address, percent-decoded; `None` for other addresses.
fn local(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("file:")?;
    let path = match rest.strip_prefix("//") {
        Some(after) if after.starts_with('/') => after,
        Some(after) => after.strip_prefix("localhost").filter(|path| path.starts_with('/')).unwrap_or(rest),
        None => rest,
    };
    let path = decode(path);
    // `/C:/code` is Windows' `C:/code`.
    let drive = path.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) && path.as_bytes().get(2) == Some(&b':');
    Some(match drive && path.starts_with('/') {
        true => path[1..].to_owned(),
        false => path,
    })
}

/// Percent-decoded; as it is where that gives no text.
fn decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [byte, after @ ..] = rest {
        let digit = |index: usize| after.get(index).and_then(|digit| char::from(*digit).to_digit(16));
        match (byte, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                rest = &after[2..];
            }
            _ => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_addresses_become_paths() {
        let roots = Roots(vec!["/home/a b/shop/".into()]);
        for (uri, path) in [
            ("file:///home/a%20b/shop/src/x.js", "src/x.js"),
            ("file:///srv/x%C3%A4.js", "/srv/xä.js"),
            ("file:///C:/code/x.c", "C:/code/x.c"),
            ("file://localhost/srv/x", "/srv/x"),
            ("file://host/share/x", "//host/share/x"),
            ("file:/srv/x", "/srv/x"),
            ("src/a%20b.js", "src/a%20b.js"),
            ("https://example.test/x", "https://example.test/x"),
            ("file:///srv/%FF", "/srv/%FF"),
            ("file:///100%25", "/100%"),
            ("file:///100%2", "/100%2"),
        ] {
            assert_eq!(roots.path(uri), path);
        }
    }
}
