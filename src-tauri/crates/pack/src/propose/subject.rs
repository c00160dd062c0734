//! What a subject says about the endpoint: the HTTP method, and whether a pattern names it.

use crate::Endpoints;

/// Whether an endpoint reads or writes, by its method; `None` when the subject names none.
pub(super) fn method(subject: &str) -> Option<Endpoints> {
    let words = subject.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let first = subject.split_whitespace().next().unwrap_or_default();
    let read = |word: &str| matches!(word, "GET" | "HEAD" | "OPTIONS");
    let write = |word: &str| matches!(word, "POST" | "PUT" | "PATCH" | "DELETE");
    // A path may hold `get`; in lower case only the first word counts as a method, and only before a path.
    let leading = (subject.split_whitespace().count() > 1).then(|| first.to_ascii_uppercase());
    for word in leading.as_deref().into_iter().chain(words) {
        if read(word) {
            return Some(Endpoints::Read);
        }
        if write(word) {
            return Some(Endpoints::Write);
        }
    }
    None
}

/// Whether a subject is one of the patterns; an empty list takes all.
pub(super) fn named(patterns: &[String], subject: &str) -> bool {
    let subject = subject.to_lowercase();
    patterns.is_empty()
        || patterns.iter().map(|pattern| pattern.to_lowercase()).any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => subject.starts_with(start),
            None => subject == pattern,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_method_wherever_tools_put_it() {
        for (subject, expected) in [
            ("GET /api/parcels", Some(Endpoints::Read)),
            ("post /api/parcels", Some(Endpoints::Write)),
            ("http://127.0.0.1:8080/api (PATCH)", Some(Endpoints::Write)),
            ("[DELETE] /x", Some(Endpoints::Write)),
            ("http://127.0.0.1:8080/get", None),
            ("/api/post/widget", None),
            ("get", None),
            ("", None),
        ] {
            assert_eq!(method(subject), expected, "{subject}");
        }
    }

    #[test]
    fn patterns_end_in_a_star() {
        let patterns = ["public.*".to_owned(), "Orders".to_owned()];
        assert!(named(&patterns, "public.users") && named(&patterns, "orders"));
        assert!(!named(&patterns, "audit.users") && named(&[], "anything"));
    }
}
