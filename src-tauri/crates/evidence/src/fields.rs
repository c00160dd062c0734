//! Fields of small JSON documents that are read as a tree: by pointer, of any type, never silently left out.

use serde_json::Value;

use crate::Import;

/// The number at a pointer, written as one or as text; null, `-` and `N/A` are none. Anything else is told.
pub(crate) fn number(import: &mut Import, root: &Value, at: &str) -> Option<f64> {
    let value = root.pointer(at)?;
    let number = as_number(value);
    if number.is_none() && !is_blank(value) {
        import.warn(None, format!("`{at}` is no number: it is left out"));
    }
    number
}

/// The text at a pointer; empty where there is none.
pub(crate) fn text<'a>(root: &'a Value, at: &str) -> &'a str {
    root.pointer(at).and_then(Value::as_str).unwrap_or_default()
}

/// A number or a text that is one.
pub(crate) fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
    .filter(|number: &f64| number.is_finite())
}

/// The entries of the object at a pointer; none where there is none.
pub(crate) fn entries<'a>(root: &'a Value, at: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    root.pointer(at).and_then(Value::as_object).into_iter().flatten()
}

/// The items of the list at a pointer; none where there is none.
pub(crate) fn items<'a>(root: &'a Value, at: &str) -> &'a [Value] {
    root.pointer(at).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => matches!(text.trim(), "" | "-" | "--" | "N/A" | "NaN"),
        _ => false,
    }
}
