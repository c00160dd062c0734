//! What spans tell of persons: literals of statements, and addresses.

use crate::{
    Secrets,
    json::{self, Event},
    mask::{add_addresses, add_flags, add_literals, is_secret_name},
};

/// Attributes that hold a statement.
const STATEMENTS: &[&str] = &["db.statement", "db.query.text", "sql.query", "db.query", "db.sql"];
/// What attributes begin with that hold a value of a statement.
const VALUES: &[&str] = &["db.query.parameter.", "db.operation.parameter.", "db.statement.parameter."];
/// What a span is called by that is named after its statement.
const VERBS: &[&str] = &["select ", "insert ", "update ", "delete ", "with ", "merge ", "replace ", "call ", "exec "];

fn is_statement(name: &str) -> bool {
    VERBS.iter().any(|verb| name.get(..verb.len()).is_some_and(|head| head.eq_ignore_ascii_case(verb)))
}

/// Counts of tokens are none.
fn is_secret(attribute: &str) -> bool {
    is_secret_name(attribute) && !attribute.ends_with("tokens") || attribute.ends_with("header.authorization")
}

pub(crate) fn secrets(text: &str, secrets: &mut Secrets) {
    add_addresses(text, secrets);
    if text.contains("process.command") {
        add_flags(text, secrets);
    }
    let mut attribute = "";
    json::walk(text, |event| {
        let Event::String(path, range) = event else { return };
        let value = &text[range.clone()];
        match path.rsplit('/').next().unwrap_or_default() {
            "key" => attribute = value,
            "name" | "operationName" | "operation_name" if is_statement(value) => {
                add_literals(value, range.start, false, false, secrets);
            }
            "value" | "stringValue" | "string_value" | "vStr" | "v_str" => {
                if STATEMENTS.contains(&attribute) {
                    add_literals(value, range.start, false, false, secrets);
                } else if is_secret(attribute) {
                    secrets.add(range);
                } else if VALUES.iter().any(|begin| attribute.starts_with(begin)) {
                    secrets.rewrite(range, "…".to_owned());
                }
            }
            _ => {}
        }
    });
}
