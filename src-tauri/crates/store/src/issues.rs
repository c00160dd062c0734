//! Reads issues of live artifacts: pages of them, one of them, and their groups.

use std::collections::HashMap;

use groma_model::{Id, Issue, IssueGroup, Severity, SeverityOrigin};
use rusqlite::{Connection, types::Value as Sql};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    error::{Fault, StoreError},
    issue_rows::PLACES,
    row::{self, damaged},
    table::{Column, flag, integer, json, text},
};

/// Which issues are wanted; none of a field means any.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct IssueFilter {
    /// Of this artifact.
    pub artifact: Option<Id>,
    /// Of the group with this key.
    pub group: Option<String>,
    /// Of this severity.
    pub severity: Option<Severity>,
    /// Suppressed ones, or those that are not.
    pub suppressed: Option<bool>,
}

/// A tool's word for severity in an artifact, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueWord {
    /// The artifact.
    pub artifact: Id,
    /// The word as the tool wrote it, or empty.
    pub word: String,
    /// The severity.
    pub severity: Severity,
    /// Who said so.
    pub origin: SeverityOrigin,
    /// Of how many issues.
    pub count: u64,
}

/// The fields of an issue, as the view `issues` has them.
pub(crate) const COLUMNS: &[Column] = &[
    text("id"),
    text("artifact"),
    text("rule"),
    text("title"),
    text("message"),
    text("severity"),
    text("severity_origin"),
    text("native_severity"),
    text("component"),
    text("component_version"),
    text("fixed_version"),
    text("location"),
    integer("line").or_null(),
    text("fingerprint"),
    json("cwe"),
    json("cve"),
    text("url"),
    flag("suppressed"),
    text("at"),
];

/// A condition with its values, built from a filter.
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<Sql>,
}

impl Condition {
    pub(crate) fn new() -> Self {
        Self { sql: "1".to_owned(), values: Vec::new() }
    }

    /// Adds `column = value` when there is a value.
    pub(crate) fn equal<V: Into<Sql>>(&mut self, column: &str, value: Option<V>) {
        if let Some(value) = value {
            self.values.push(value.into());
            self.sql.push_str(&format!(" AND \"{column}\" = ?{}", self.values.len()));
        }
    }

    /// Adds the limits of a page, and answers the end of the statement.
    pub(crate) fn page(&mut self, offset: usize, limit: usize) -> String {
        let sql_int = |number: usize| Sql::Integer(i64::try_from(number).unwrap_or(i64::MAX));
        self.values.extend([sql_int(limit), sql_int(offset)]);
        format!("LIMIT ?{} OFFSET ?{}", self.values.len() - 1, self.values.len())
    }
}

pub(crate) fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(", ")
}

fn condition(filter: &IssueFilter) -> Condition {
    let mut condition = Condition::new();
    condition.equal("artifact", filter.artifact.map(|id| id.to_string()));
    condition.equal("group", filter.group.clone());
    condition.equal("severity", filter.severity.map(|severity| severity.as_str().to_owned()));
    condition.equal("suppressed", filter.suppressed.map(i64::from));
    condition
}

/// A page of issues, in the order of import and of the file.
pub(crate) fn page(conn: &Connection, filter: &IssueFilter, offset: usize, limit: usize) -> Result<Vec<Issue>, Fault> {
    let mut condition = condition(filter);
    let page = condition.page(offset, limit);
    let sql = format!("SELECT {} FROM \"issues\" WHERE {} ORDER BY \"seq\" {page}", names(COLUMNS), condition.sql);
    row::select(conn, "issues", COLUMNS, &sql, &condition.values)?
        .into_iter()
        .map(|fields| row::typed("issues", fields))
        .collect()
}

/// How many issues a filter finds.
pub(crate) fn count(conn: &Connection, filter: &IssueFilter) -> Result<u64, Fault> {
    let condition = condition(filter);
    let sql = format!("SELECT count(*) FROM \"issues\" WHERE {}", condition.sql);
    Ok(conn.prepare_cached(&sql)?.query_row(rusqlite::params_from_iter(condition.values), |row| row.get(0))?)
}

/// How often the tool of each live artifact says which word for severity, and what came of it.
pub(crate) fn words(conn: &Connection) -> Result<Vec<IssueWord>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT g.\"artifact\", i.\"native_severity\", i.\"severity\", i.\"severity_origin\", count(*)
         FROM \"issue_rows\" i JOIN \"issue_groups\" g ON g.\"no\" = i.\"group_no\"
             JOIN \"artifacts\" a ON a.\"id\" = g.\"artifact\"
         WHERE a.\"removed\" = 0 GROUP BY 1, 2, 3, 4",
    )?;
    let mut rows = statement.query([])?;
    let mut words = Vec::new();
    while let Some(row) = rows.next()? {
        words.push(IssueWord {
            artifact: word(&row.get::<_, String>(0)?)?,
            word: row.get(1)?,
            severity: word(&row.get::<_, String>(2)?)?,
            origin: word(&row.get::<_, String>(3)?)?,
            count: row.get(4)?,
        });
    }
    Ok(words)
}

/// One issue.
pub(crate) fn get(conn: &Connection, id: Id) -> Result<Issue, Fault> {
    let sql = format!("SELECT {} FROM \"issues\" WHERE \"id\" = ?1", names(COLUMNS));
    let found = row::select(conn, "issues", COLUMNS, &sql, &[Sql::Text(id.to_string())])?;
    match found.into_iter().next() {
        Some(fields) => row::typed("issues", fields),
        None => Err(StoreError::NoSuchEvidence { what: "issue", id }.into()),
    }
}

/// Issues of live artifacts by candidate key; worst first, then most frequent, then by key.
///
/// An artifact with a newer state no longer counts, unless nothing newer has the group: then the latest that had it
/// stands for it, so that what refers to the group still finds it.
pub(crate) fn groups(conn: &Connection) -> Result<Vec<IssueGroup>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT g.\"key\", a.\"tool\", g.\"rule\", g.\"title\", g.\"message\", g.\"component\", g.\"component_version\",
             g.\"fixed_version\", g.\"url\", g.\"count\", g.\"suppressed\", g.\"open_severity\", g.\"open_origin\",
             g.\"any_severity\", g.\"any_origin\", g.\"all_cwe\", g.\"all_cve\", g.\"places\", a.\"id\",
             EXISTS (SELECT 1 FROM \"artifacts\" n WHERE n.\"replaces\" = a.\"id\" AND n.\"removed\" = 0)
         FROM \"issue_groups\" g JOIN \"artifacts\" a ON a.\"id\" = g.\"artifact\"
         WHERE a.\"removed\" = 0
         ORDER BY a.\"imported_at\" IS NULL, a.\"imported_at\", a.\"id\", g.\"no\"",
    )?;
    let mut rows = statement.query([])?;
    let mut groups: Vec<Merged> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    while let Some(row) = rows.next()? {
        let key: String = row.get(0)?;
        let open: Option<String> = row.get(11)?;
        let is_open = open.is_some();
        let (severity, origin): (String, String) = match open {
            Some(open) => (open, row.get(12)?),
            None => (row.get(13)?, row.get(14)?),
        };
        let part = IssueGroup {
            tool: row.get(1)?,
            rule: row.get(2)?,
            title: row.get(3)?,
            message: row.get(4)?,
            component: row.get(5)?,
            component_version: row.get(6)?,
            fixed_version: row.get(7)?,
            url: row.get(8)?,
            count: row.get(9)?,
            suppressed: row.get(10)?,
            severity: word(&severity)?,
            severity_origin: word(&origin)?,
            cwe: list(&row.get::<_, String>(15)?)?,
            cve: list(&row.get::<_, String>(16)?)?,
            places: list(&row.get::<_, String>(17)?)?,
            artifacts: vec![word(&row.get::<_, String>(18)?)?],
            key: key.clone(),
        };
        let part = Merged { is_open, superseded: row.get(19)?, group: part };
        match known.get(&key) {
            Some(at) => merge(&mut groups[*at], part),
            None => {
                known.insert(key, groups.len());
                groups.push(part);
            }
        }
    }
    let mut groups: Vec<IssueGroup> = groups.into_iter().map(|merged| merged.group).collect();
    groups.sort_by(|a, b| (a.severity, b.count, &a.key).cmp(&(b.severity, a.count, &b.key)));
    Ok(groups)
}

/// A group under construction.
struct Merged {
    /// Whether one of its issues is not suppressed.
    is_open: bool,
    /// Whether only artifacts with a newer state have it.
    superseded: bool,
    group: IssueGroup,
}

/// Adds the same group of a later artifact.
fn merge(merged: &mut Merged, part: Merged) {
    match (merged.superseded, part.superseded) {
        (true, _) => return *merged = part,
        (false, true) => return,
        (false, false) => {}
    }
    let Merged { is_open, group, .. } = merged;
    let (part_is_open, part) = (part.is_open, part.group);
    // A suppressed issue's severity counts only while all are suppressed.
    let replaces = match (*is_open, part_is_open) {
        (false, true) => true,
        (true, false) => false,
        _ => part.severity < group.severity,
    };
    if replaces {
        (group.severity, group.severity_origin) = (part.severity, part.severity_origin);
    }
    *is_open |= part_is_open;
    group.count += part.count;
    group.suppressed += part.suppressed;
    group.cwe.extend(part.cwe);
    group.cwe.sort_unstable();
    group.cwe.dedup();
    add_new(&mut group.cve, part.cve, usize::MAX);
    add_new(&mut group.places, part.places, PLACES);
    group.artifacts.extend(part.artifacts);
}

fn add_new(list: &mut Vec<String>, more: Vec<String>, most: usize) {
    for text in more {
        if list.len() < most && !list.contains(&text) {
            list.push(text);
        }
    }
}

fn word<T: std::str::FromStr>(text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| damaged("issue_groups", "row", "an unknown word"))
}

fn list<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, Fault> {
    if text == "[]" {
        return Ok(Vec::new());
    }
    serde_json::from_str(text).map_err(|error| damaged("issue_groups", "row", &error.to_string()))
}
