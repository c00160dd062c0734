//! Outbound calls with what their clients, made elsewhere, say of them; transactions with such calls inside.

use super::scope::Scope;
use super::{Measurements, placed};
use crate::lex::syntax::Lang;
use crate::notes::{Bound, Client, Notes, Outbound};
use std::collections::BTreeMap;

/// An outbound call, settled.
pub(super) struct Call<'a> {
    pub path: &'a str,
    pub call: &'a Outbound,
    /// Whether nothing ends it.
    pub endless: bool,
    /// Whether only its library does.
    pub by_library: bool,
}

/// All outbound calls, by place.
pub(super) fn settle(notes: &[Notes]) -> Vec<Call<'_>> {
    let mut clients: BTreeMap<&str, Vec<&Client>> = BTreeMap::new();
    for client in notes.iter().flat_map(|notes| &notes.clients).filter(|client| !client.name.is_empty()) {
        clients.entry(client.name.as_str()).or_default().push(client);
    }
    let defaults: Vec<&str> = notes
        .iter()
        .flat_map(|notes| &notes.sights)
        .filter(|sight| sight.key == "outbound.default")
        .map(|sight| sight.text.as_str())
        .collect();
    let all_timed = |lang: Option<Lang>| {
        let mut same = notes.iter().filter(|notes| notes.lang == lang).flat_map(|notes| &notes.clients).peekable();
        same.peek().is_some() && same.all(|client| client.timed)
    };
    let mut found = Vec::new();
    for notes in notes {
        for call in &notes.outbound {
            let here: Vec<&Client> = notes.clients.iter().filter(|client| client.name == call.client).collect();
            let known =
                if here.is_empty() { clients.get(call.client.as_str()).cloned().unwrap_or_default() } else { here };
            if call.maybe && known.is_empty() {
                continue;
            }
            let by_default = defaults.contains(&call.library);
            let endless = match call.bound {
                Bound::Own | Bound::Library => false,
                Bound::None => !by_default,
                Bound::Client if !known.is_empty() => !by_default && known.iter().any(|client| !client.timed),
                // A client that is handed in under another name: those that the same language makes stand for it.
                Bound::Client => !by_default && !all_timed(notes.lang),
            };
            found.push(Call { path: &notes.path, call, endless, by_library: call.bound == Bound::Library });
        }
    }
    found.sort_by_key(|call| (call.path, call.call.line));
    found
}

/// Puts the calls, and the transactions around some of them.
pub(super) fn put(calls: &[Call], notes: &[Notes], scope: &Scope, out: &mut Measurements) {
    if !calls.is_empty() || scope.tells("code.outbound.calls") {
        let at = calls.first().map(|call| format!("{}:{}", call.path, call.call.line)).unwrap_or_default();
        let by_library = calls.iter().filter(|call| call.by_library).count();
        let text =
            if by_library > 0 { format!("{by_library} rely on the timeout of their library") } else { String::new() };
        out.count("code.outbound.calls", calls.len(), at, text);
    }
    if !calls.is_empty() {
        let endless: Vec<String> =
            calls.iter().filter(|call| call.endless).map(|call| format!("{}:{}", call.path, call.call.line)).collect();
        out.count(
            "code.outbound.no_timeout",
            endless.len(),
            endless.first().cloned().unwrap_or_default(),
            listed(&endless),
        );
    }
    let all: Vec<(&str, u32)> = notes
        .iter()
        .flat_map(|notes| notes.transactions.iter().map(|transaction| (notes.path.as_str(), transaction.line)))
        .collect();
    if !all.is_empty() {
        let at = |(path, line): &(&str, u32)| format!("{path}:{line}");
        out.count(
            "code.db.transactions",
            all.len(),
            all.first().map(at).unwrap_or_default(),
            listed(&all.iter().map(at).collect::<Vec<_>>()),
        );
        let calling: Vec<String> =
            calling(calls, notes).iter().map(|(path, line, _)| format!("{path}:{line}")).collect();
        out.count(
            "code.db.transaction_calls",
            calling.len(),
            calling.first().cloned().unwrap_or_default(),
            listed(&calling),
        );
    } else if scope.database && scope.tells("code.db.transactions") {
        out.places("code.db.transactions", &placed(notes, "code.db.transactions"));
    }
}

/// Transactions with an outbound call inside: file, line of the transaction, line of the call.
pub(super) fn calling<'a>(calls: &[Call], notes: &'a [Notes]) -> Vec<(&'a str, u32, u32)> {
    let mut found = Vec::new();
    for notes in notes {
        for transaction in &notes.transactions {
            let (from, until) = transaction.lines;
            let inside = calls.iter().find(|call| call.path == notes.path && (from..=until).contains(&call.call.line));
            found.extend(inside.map(|call| (notes.path.as_str(), transaction.line, call.call.line)));
        }
    }
    found
}

fn listed(places: &[String]) -> String {
    let mut text = places.iter().take(super::MOST_PLACES).cloned().collect::<Vec<_>>().join(", ");
    if places.len() > super::MOST_PLACES {
        text.push_str(", …");
    }
    text
}
