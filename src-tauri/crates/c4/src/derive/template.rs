//! Templates that only their tool can fill in: told, never guessed at.

use crate::diagnostic::Refusal;

/// What Helm's own templates write and plain manifests that carry other templates (alert rules, dashboards) do not.
const MARKS: [&str; 6] = [".Values", ".Release", ".Chart", ".Capabilities", "include \"", ".Files"];

/// Whether a text is a Helm template. `broken`: it is not the YAML that it looks like, so braces suffice.
pub(super) fn is_template(text: &str, broken: bool) -> bool {
    first_mark(text, broken).is_some()
}

fn first_mark(text: &str, broken: bool) -> Option<usize> {
    let lines = text.lines().map(str::trim_start).enumerate().filter(|(_, line)| !line.starts_with('#'));
    let mut marked = lines.filter(|(_, line)| {
        line.split("{{").skip(1).any(|after| {
            let inner = after.split("}}").next().unwrap_or_default();
            broken && after.contains("}}") || MARKS.iter().any(|mark| inner.contains(mark))
        })
    });
    marked.next().map(|(at, _)| at + 1)
}

/// Says what to give instead, at the first line that is to be filled in.
pub(super) fn refusal(file: &str, text: &str) -> Refusal {
    Refusal {
        file: file.to_owned(),
        line: first_mark(text, true).unwrap_or(1),
        message: "a Helm template: what {{ … }} stands for is not in the file".to_owned(),
        remedy: "run `helm template` (or `helm get manifest`) and give its output".to_owned(),
    }
}
