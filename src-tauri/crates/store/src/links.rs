//! Links between rows: which ids a row names, whether they are there, and what happens when they go.

use groma_model::{EvidenceTarget, Kind};
use rusqlite::Connection;
use serde_json::Value;

use crate::{
    error::Fault,
    row,
    table::{Fields, Link, Target},
    tables,
};

/// What an id names, once the row that holds it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// An object of a kind, by id.
    Object(Kind),
    /// A measurement, by id.
    Measurement,
    /// An issue, by id.
    Issue,
    /// A group of issues, by key.
    IssueGroup,
    /// An answer, as `pack/check`.
    Answer,
}

impl Link {
    /// What this link names in a row.
    pub(crate) fn named(&self, fields: &Fields) -> Named {
        match self.target {
            Target::Object(kind) => Named::Object(kind),
            Target::Measurement => Named::Measurement,
            Target::Evidence => {
                let word = fields.get("target_kind").and_then(Value::as_str).unwrap_or_default();
                match word.parse().unwrap_or_default() {
                    EvidenceTarget::Artifact => Named::Object(Kind::Artifact),
                    EvidenceTarget::Measurement => Named::Measurement,
                    EvidenceTarget::Issue => Named::Issue,
                    EvidenceTarget::IssueGroup => Named::IssueGroup,
                    EvidenceTarget::Answer => Named::Answer,
                    EvidenceTarget::Image => Named::Object(Kind::Image),
                    EvidenceTarget::Note => Named::Object(Kind::Note),
                    EvidenceTarget::Exhibit => Named::Object(Kind::Exhibit),
                }
            }
        }
    }

    /// The field of the row in which the link stands.
    pub(crate) fn field(&self) -> &'static str {
        self.path.split(['.', '[']).next().unwrap_or(self.path)
    }

    /// Every id at the link's path.
    pub(crate) fn ids<'a>(&self, fields: &'a Fields) -> Vec<&'a str> {
        let mut found = Vec::new();
        if let Some(value) = fields.get(self.field()) {
            collect(value, &self.path[self.field().len()..], &mut found);
        }
        found
    }

    /// Takes the ids that are gone out of lists. Answers whether the field itself named something that is gone.
    pub(crate) fn strip(&self, fields: &mut Fields, gone: &mut dyn FnMut(&str) -> bool) -> bool {
        let rest = &self.path[self.field().len()..];
        fields.get_mut(self.field()).is_some_and(|value| strip(value, rest, gone))
    }
}

/// `rest` is what follows a value in the path: nothing, `[]…` or `.field…`.
fn collect<'a>(value: &'a Value, rest: &str, found: &mut Vec<&'a str>) {
    if let Some(rest) = rest.strip_prefix("[]") {
        for element in value.as_array().into_iter().flatten() {
            collect(element, rest, found);
        }
    } else if let Some(rest) = rest.strip_prefix('.') {
        let field = rest.split(['.', '[']).next().unwrap_or(rest);
        if let Some(inner) = value.get(field) {
            collect(inner, &rest[field.len()..], found);
        }
    } else if let Some(id) = value.as_str() {
        found.push(id);
    }
}

fn strip(value: &mut Value, rest: &str, gone: &mut dyn FnMut(&str) -> bool) -> bool {
    if let Some(rest) = rest.strip_prefix("[]") {
        if let Some(elements) = value.as_array_mut() {
            elements.retain_mut(|element| !strip(element, rest, gone));
        }
        false
    } else if let Some(rest) = rest.strip_prefix('.') {
        let field = rest.split(['.', '[']).next().unwrap_or(rest);
        value.get_mut(field).is_some_and(|inner| strip(inner, &rest[field.len()..], gone))
    } else {
        value.as_str().is_some_and(gone)
    }
}

/// Whether what an id names is there.
pub(crate) fn is_there(conn: &Connection, named: Named, id: &str) -> Result<bool, Fault> {
    let sql = match named {
        Named::Object(kind) => return row::exists(conn, tables::of(kind), id),
        Named::Measurement => "SELECT 1 FROM \"measurements\" WHERE \"id\" = ?1",
        Named::Issue => "SELECT 1 FROM \"issues\" WHERE \"id\" = ?1",
        Named::IssueGroup => {
            "SELECT 1 FROM \"issue_groups\" g JOIN \"artifacts\" a ON a.\"id\" = g.\"artifact\"
             WHERE g.\"key\" = ?1 AND a.\"removed\" = 0"
        }
        Named::Answer => {
            let Some((pack, check)) = id.split_once('/') else { return Ok(false) };
            let sql = "SELECT 1 FROM \"answers\" WHERE \"pack\" = ?1 AND \"check\" = ?2";
            return Ok(conn.prepare_cached(sql)?.exists([pack, check])?);
        }
    };
    Ok(conn.prepare_cached(sql)?.exists([id])?)
}

/// What may be gone once an object of a kind is.
pub(crate) fn gone_with(kind: Kind) -> &'static [Named] {
    match kind {
        Kind::Artifact => &[Named::Object(Kind::Artifact), Named::Measurement, Named::Issue, Named::IssueGroup],
        Kind::Answer => &[Named::Object(Kind::Answer), Named::Answer],
        Kind::Finding => &[Named::Object(Kind::Finding)],
        Kind::Architecture => &[Named::Object(Kind::Architecture)],
        Kind::Image => &[Named::Object(Kind::Image)],
        Kind::Note => &[Named::Object(Kind::Note)],
        Kind::Exhibit => &[Named::Object(Kind::Exhibit)],
        Kind::Risk => &[Named::Object(Kind::Risk)],
        Kind::Theme => &[Named::Object(Kind::Theme)],
        Kind::Initiative => &[Named::Object(Kind::Initiative)],
        Kind::Phase => &[Named::Object(Kind::Phase)],
        Kind::Role => &[Named::Object(Kind::Role)],
        Kind::SuccessMetric => &[Named::Object(Kind::SuccessMetric)],
        // Nothing names these.
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::table::link;

    fn fields(value: Value) -> Fields {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn ids_are_found_and_taken_out_at_every_path() {
        let row = fields(json!({
            "phase": "a", "findings": ["a", "b"], "roles": [{"role": "a", "share": 0.5}, {"role": "b", "share": 0.5}],
            "proposal": {"sources": ["b", "a", "c"]}, "none": null,
        }));
        let target = Target::Measurement;
        for (path, ids, after, hit) in [
            ("phase", vec!["a"], json!("a"), true),
            ("findings[]", vec!["a", "b"], json!(["b"]), false),
            ("roles[].role", vec!["a", "b"], json!([{"role": "b", "share": 0.5}]), false),
            ("proposal.sources[]", vec!["b", "a", "c"], json!({"sources": ["b", "c"]}), false),
            ("none.sources[]", vec![], json!(null), false),
            ("none", vec![], json!(null), false),
        ] {
            let link = link(path, target);
            assert_eq!(link.ids(&row), ids, "{path}");
            let mut stripped = row.clone();
            assert_eq!(link.strip(&mut stripped, &mut |id| id == "a"), hit, "{path}");
            assert_eq!(stripped[link.field()], after, "{path}");
        }
    }

    #[test]
    fn every_kind_that_is_named_is_known_to_go() {
        for table in tables::ALL {
            for link in table.links {
                if let Target::Object(kind) = link.target {
                    assert!(gone_with(kind).contains(&Named::Object(kind)), "{kind}");
                }
            }
        }
    }
}
