//! Numbers as MongoDB's shell writes them.

use serde_json::Value;

use crate::fields;

/// A number, plain or of extended JSON: `{"$numberLong": "5"}`.
pub(crate) fn number(value: &Value) -> Option<f64> {
    let typed =
        || ["$numberLong", "$numberInt", "$numberDouble", "$numberDecimal"].iter().find_map(|key| value.get(key));
    if value.is_object() { fields::as_number(typed()?) } else { fields::as_number(value) }
}
