//! What a run says of itself.

use super::document::Run;
use crate::json::Text;

/// So many of a tool's own messages are told.
const TOLD: usize = 3;
/// And so much of each.
const LENGTH: usize = 200;

/// Whether a run says that it did not finish.
pub(crate) fn has_failed(run: &Run<'_>) -> bool {
    run.invocations.iter().any(|invocation| invocation.successful == Some(false))
}

/// The tool's own words on why; empty when it gives none.
pub(crate) fn reasons(run: &Run<'_>) -> String {
    let failed = || run.invocations.iter().filter(|invocation| invocation.successful == Some(false));
    let mut told: Vec<(bool, &str)> = Vec::new();
    for invocation in failed() {
        let own = [&invocation.start_failure, &invocation.exit].into_iter().filter_map(Text::some);
        told.extend(own.map(|text| (false, text)));
        for notification in invocation.execution.iter().chain(&invocation.configuration) {
            let text = notification.message.text.some().or(notification.message.markdown.some());
            let mild = matches!(notification.level.as_str(), "" | "warning" | "note" | "none");
            told.extend(text.map(|text| (mild, text)));
        }
    }
    // What a tool only remarks is told where it says nothing else.
    let grave = told.iter().any(|(mild, _)| !mild);
    told.retain(|(mild, _)| !(grave && *mild));
    let words: Vec<String> = told.into_iter().take(TOLD).map(|(_, text)| line(text)).collect();
    words.join("; ")
}

/// A message on one line, cut where it is long.
fn line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LENGTH) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}
