//! Messages by id, and their placeholders.

use std::borrow::Cow;

use super::document::Message;
use crate::json::{Entries, Text};

/// The message's words: its own, or those of the rule or tool it names, with `{0}` filled in.
pub(crate) fn resolve<'a>(
    message: &'a Message<'_>,
    rule: Option<&'a Entries<Text<'_>, Message<'_>>>,
    tool: &'a Entries<Text<'_>, Message<'_>>,
) -> Cow<'a, str> {
    let own = message.text.some().or(message.markdown.some());
    let named = || {
        let id = message.id.some()?;
        let find = |messages: &'a Entries<Text<'_>, Message<'_>>| {
            messages.0.iter().find(|(key, _)| key.as_str() == id).map(|(_, found)| found)
        };
        let found = rule.and_then(find).or_else(|| find(tool))?;
        found.text.some().or(found.markdown.some())
    };
    let text = own.or_else(named).unwrap_or_default();
    if message.arguments.0.is_empty() || !text.contains('{') {
        return Cow::Borrowed(text);
    }
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let inner = &rest[open + 1..];
        let argument = inner.split_once('}').and_then(|(number, after)| {
            let argument = message.arguments.0.get(number.parse::<usize>().ok()?)?;
            Some((argument.as_str(), after))
        });
        match argument {
            Some((argument, after)) => {
                filled.push_str(argument);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = inner;
            }
        }
    }
    filled.push_str(rest);
    Cow::Owned(filled)
}
