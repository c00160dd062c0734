//! What a run says of itself.

use super::{
    document::{Notification, Run},
    message,
};
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
    let mut told: Vec<(bool, String)> = Vec::new();
    for invocation in failed() {
        let own = [&invocation.start_failure, &invocation.exit].into_iter().filter_map(Text::some);
        told.extend(own.map(|text| (false, text.to_owned())));
        for notification in invocation.execution.iter().chain(&invocation.configuration) {
            let (level, text) = words(run, notification);
            let mild = matches!(level, "" | "warning" | "note" | "none");
            told.extend(Some((mild, text)).filter(|(_, text)| !text.is_empty()));
        }
    }
    // What a tool only remarks is told where it says nothing else.
    let grave = told.iter().any(|(mild, _)| !mild);
    told.retain(|(mild, _)| !(grave && *mild));
    let words: Vec<String> = told.into_iter().take(TOLD).map(|(_, text)| line(&text)).collect();
    words.join("; ")
}

/// The level of a notification and its words, its own or those of the description that it names.
fn words<'a>(run: &'a Run<'_>, notification: &'a Notification<'_>) -> (&'a str, String) {
    let (driver, wanted) = (&run.tool.driver, &notification.descriptor);
    let listed = || driver.notifications.get(usize::try_from(wanted.index?).ok()?);
    let named = wanted.id.some().and_then(|id| driver.notifications.iter().find(|known| known.id.as_str() == id));
    let described = named.or_else(listed);
    let level = notification.level.some().or_else(|| described?.configuration.level.some());
    let messages = described.map(|described| &described.messages);
    let text = message::resolve(&notification.message, messages, &driver.messages);
    (level.unwrap_or_default(), text.into_owned())
}

/// A message on one line, cut where it is long.
fn line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LENGTH) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}
