//! Addresses of files to paths that a person knows.

use super::document::{ArtifactLocation, Run};

/// Bases that stand on bases are followed so far.
const BASES: usize = 8;

/// The folders that a run says its files are below.
pub(crate) struct Roots {
    folders: Vec<String>,
    /// Of each base, the part of a path that it stands for; bases on a disk stand for none.
    bases: Vec<(String, String)>,
}

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
        let bases = run.bases.0.iter().map(|(id, _)| (id.to_string(), part(run, id.as_str())));
        Self { folders: roots, bases: bases.filter(|(_, part)| !part.is_empty()).collect() }
    }

    /// The path of an artifact, below its base where that is a part of a path.
    pub(crate) fn of_artifact(&self, artifact: &ArtifactLocation<'_>) -> Option<String> {
        let path = self.path(artifact.uri.some()?);
        let base = artifact.base.some().filter(|_| is_relative(artifact.uri.as_str()));
        let part = base.and_then(|base| self.bases.iter().find(|(id, _)| id == base));
        Some(part.map_or_else(|| path.clone(), |(_, part)| [part, path.trim_start_matches("./")].concat()))
    }

    /// The path of an address on a disk, below its root where one is known; any other address as it is.
    pub(crate) fn path(&self, uri: &str) -> String {
        let Some(path) = local(uri) else { return relative(uri) };
        let below =
            self.folders.iter().find_map(|root| path.strip_prefix(root.as_str())).filter(|below| !below.is_empty());
        match below {
            Some(below) => below.to_owned(),
            None => path,
        }
    }
}

/// The part of a path that a base stands for: its own and those of the bases it stands on, as far as they are relative.
fn part(run: &Run<'_>, id: &str) -> String {
    let (mut part, mut id) = (String::new(), id);
    for _ in 0..BASES {
        let Some((_, base)) = run.bases.0.iter().find(|(known, _)| known.as_str() == id) else { break };
        let own = relative(base.uri.as_str().trim().trim_start_matches("./").trim_end_matches('/'));
        if !is_relative(&own) {
            break;
        }
        if !own.is_empty() {
            part = format!("{own}/{part}");
        }
        id = base.base.as_str();
    }
    part
}

/// A path below something, percent-decoded, as addresses are encoded; any other address as it is.
fn relative(uri: &str) -> String {
    match is_relative(uri) && !uri.contains(['?', '#']) {
        true => decode(uri),
        false => uri.to_owned(),
    }
}

/// Whether an address is a path below something.
fn is_relative(uri: &str) -> bool {
    !uri.starts_with('/') && !uri.split('/').next().is_some_and(|first| first.contains(':'))
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

/// Percent-decoded; as it is where that gives no text of one line.
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
    String::from_utf8(bytes).ok().filter(|path| !path.contains(char::is_control)).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_addresses_become_paths() {
        let roots = Roots { folders: vec!["/home/a b/shop/".into()], bases: Vec::new() };
        for (uri, path) in [
            ("file:///home/a%20b/shop/src/x.js", "src/x.js"),
            ("file:///srv/x%C3%A4.js", "/srv/xä.js"),
            ("file:///C:/code/x.c", "C:/code/x.c"),
            ("file://localhost/srv/x", "/srv/x"),
            ("file://host/share/x", "//host/share/x"),
            ("file:/srv/x", "/srv/x"),
            ("src/a%20b.js", "src/a b.js"),
            ("app/%5Bid%5D/page.tsx", "app/[id]/page.tsx"),
            ("src/100%.js", "src/100%.js"),
            ("src/a%0Ab.js", "src/a%0Ab.js"),
            ("login%2Fx?next=%2F", "login%2Fx?next=%2F"),
            ("/login%2Fx", "/login%2Fx"),
            ("https://example.test/x", "https://example.test/x"),
            ("file:///srv/%FF", "/srv/%FF"),
            ("file:///100%25", "/100%"),
            ("file:///100%2", "/100%2"),
        ] {
            assert_eq!(roots.path(uri), path);
        }
    }
}
