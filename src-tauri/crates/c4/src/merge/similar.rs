//! When two names mean the same.

use std::collections::BTreeSet;

/// Words that say what a thing is and not which.
const EMPTY: [&str; 10] =
    ["the", "a", "service", "svc", "microservice", "app", "application", "server", "system", "container"];

/// What is left of a name without case, word order, plurals and words such as "service": `orders-service`,
/// `OrderService` and `Order Service` give the same.
pub(super) fn normalised(name: &str) -> String {
    let words = words(name);
    let telling: BTreeSet<String> =
        words.iter().filter(|word| !EMPTY.contains(&word.as_str())).map(|word| singular(word)).collect();
    if telling.is_empty() { words.join(" ") } else { telling.into_iter().collect::<Vec<_>>().join(" ") }
}

fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut lower_before = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && lower_before) {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        lower_before = c.is_lowercase() || c.is_ascii_digit();
    }
    words.extend((!word.is_empty()).then_some(word));
    // `checkoutservice` is written in one.
    for word in &mut words {
        for tail in ["microservice", "service"] {
            if let Some(head) = word.strip_suffix(tail).filter(|head| head.len() > 2) {
                *word = head.to_owned();
                break;
            }
        }
    }
    words
}

fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 1 => format!("{stem}y"),
        _ if word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && !word.ends_with("is") =>
        {
            word[..word.len() - 1].to_owned()
        }
        _ => word.to_owned(),
    }
}

/// The name that a host belongs to: of `api.stripe.com`, `stripe`.
pub(super) fn owner_of_host(host: &str) -> Option<&str> {
    let mut parts = host.rsplit('.');
    let (_, owner) = (parts.next()?, parts.next()?);
    match parts.next() {
        // example.co.uk
        Some(before) if matches!(owner, "co" | "com" | "org" | "gov" | "ac" | "net") => Some(before),
        _ => Some(owner),
    }
}

/// Whether a technology says no more than another: `Redis` against `Redis 7`, `postgresql` against `PostgreSQL 16`.
pub(super) fn agrees(own: &str, found: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (own, found) = (plain(own), plain(found));
    own.contains(&found) || found.contains(&own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_the_same() {
        for (one, other) in [
            ("orders-service", "Order Service"),
            ("OrderService", "order_service"),
            ("checkoutservice", "Checkout"),
            ("cart-redis", "Redis (cart)"),
            ("inventories", "Inventory app"),
        ] {
            assert_eq!(normalised(one), normalised(other), "{one} {other}");
        }
        for (one, other) in [("orders-api", "orders-ui"), ("db", "api"), ("service", "app"), ("address", "addres")] {
            assert_ne!(normalised(one), normalised(other), "{one} {other}");
        }
        assert_eq!(owner_of_host("api.stripe.com"), Some("stripe"));
        assert_eq!(owner_of_host("pay.acme.co.uk"), Some("acme"));
    }
}
