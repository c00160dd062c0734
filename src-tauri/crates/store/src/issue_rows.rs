//! Writes the issues of one artifact: rows at once, sums of their groups at the end.

use std::collections::{BTreeSet, HashMap};

use groma_model::{Id, Issue, Severity, SeverityOrigin};
use rusqlite::{CachedStatement, Connection, params};

use crate::error::Fault;

/// So many places of a group are kept.
pub(crate) const PLACES: usize = 5;

/// The sums of a group so far.
struct Group {
    no: i64,
    title: String,
    message: String,
    component_version: String,
    fixed_version: String,
    cwe: String,
    cve: String,
    url: String,
    count: u64,
    suppressed: u64,
    open: Option<(Severity, SeverityOrigin)>,
    any: (Severity, SeverityOrigin),
    all_cwe: BTreeSet<u32>,
    all_cve: Vec<String>,
    open_places: Vec<String>,
    suppressed_places: Vec<String>,
}

pub(crate) struct IssueWriter<'a> {
    conn: &'a Connection,
    artifact: String,
    tool: String,
    row: CachedStatement<'a>,
    group: CachedStatement<'a>,
    places: HashMap<String, usize>,
    groups: Vec<Group>,
    next_no: i64,
    count: u64,
}

impl<'a> IssueWriter<'a> {
    pub(crate) fn new(conn: &'a Connection, artifact: Id, tool: &str) -> Result<Self, Fault> {
        let last: i64 =
            conn.query_row("SELECT coalesce(max(\"no\"), 0) FROM \"issue_groups\"", [], |row| row.get(0))?;
        Ok(Self {
            conn,
            artifact: artifact.to_string(),
            tool: tool.to_owned(),
            row: conn.prepare_cached(
                "INSERT INTO \"issue_rows\" (\"id\", \"group_no\", \"title\", \"message\", \"severity\",
                     \"severity_origin\", \"native_severity\", \"component_version\", \"fixed_version\", \"location\",
                     \"line\", \"fingerprint\", \"cwe\", \"cve\", \"url\", \"suppressed\", \"at\")
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            )?,
            group: conn.prepare_cached(
                "INSERT INTO \"issue_groups\" (\"no\", \"artifact\", \"key\", \"rule\", \"component\", \"title\",
                     \"message\", \"component_version\", \"fixed_version\", \"cwe\", \"cve\", \"url\", \"count\",
                     \"suppressed\", \"any_severity\", \"any_origin\", \"all_cwe\", \"all_cve\", \"places\")
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, 0, ?13, ?14, '[]', '[]', '[]')",
            )?,
            places: HashMap::new(),
            groups: Vec::new(),
            next_no: last + 1,
            count: 0,
        })
    }

    /// Writes an issue, and counts it in its group.
    pub(crate) fn put(&mut self, id: Id, issue: &Issue) -> Result<(), Fault> {
        let cwe = json(&issue.cwe);
        let cve = json(&issue.cve);
        let key = issue.group_key(&self.tool);
        let at = match self.places.get(&key) {
            Some(at) => *at,
            None => self.begin(key, issue, &cwe, &cve)?,
        };
        let group = &mut self.groups[at];
        group.add(issue);
        self.row.execute(params![
            id.to_string(),
            group.no,
            differs(&issue.title, &group.title),
            differs(&issue.message, &group.message),
            issue.severity.as_str(),
            issue.severity_origin.as_str(),
            issue.native_severity,
            differs(&issue.component_version, &group.component_version),
            differs(&issue.fixed_version, &group.fixed_version),
            differs(&issue.location, &issue.component),
            issue.line,
            issue.fingerprint,
            differs(&cwe, &group.cwe),
            differs(&cve, &group.cve),
            differs(&issue.url, &group.url),
            issue.suppressed,
            issue.at,
        ])?;
        self.count += 1;
        Ok(())
    }

    fn begin(&mut self, key: String, issue: &Issue, cwe: &str, cve: &str) -> Result<usize, Fault> {
        let no = self.next_no;
        self.next_no += 1;
        self.group.execute(params![
            no,
            self.artifact,
            key,
            issue.rule,
            issue.component,
            issue.title,
            issue.message,
            issue.component_version,
            issue.fixed_version,
            cwe,
            cve,
            issue.url,
            issue.severity.as_str(),
            issue.severity_origin.as_str(),
        ])?;
        self.groups.push(Group {
            no,
            title: issue.title.clone(),
            message: issue.message.clone(),
            component_version: issue.component_version.clone(),
            fixed_version: issue.fixed_version.clone(),
            cwe: cwe.to_owned(),
            cve: cve.to_owned(),
            url: issue.url.clone(),
            count: 0,
            suppressed: 0,
            open: None,
            any: (issue.severity, issue.severity_origin),
            all_cwe: BTreeSet::new(),
            all_cve: Vec::new(),
            open_places: Vec::new(),
            suppressed_places: Vec::new(),
        });
        let at = self.groups.len() - 1;
        self.places.insert(key, at);
        Ok(at)
    }

    /// Writes the sums of the groups. Answers the number of issues.
    pub(crate) fn finish(self) -> Result<u64, Fault> {
        let mut sums = self.conn.prepare_cached(
            "UPDATE \"issue_groups\" SET \"count\" = ?2, \"suppressed\" = ?3, \"open_severity\" = ?4,
                 \"open_origin\" = ?5, \"any_severity\" = ?6, \"any_origin\" = ?7, \"all_cwe\" = ?8, \"all_cve\" = ?9,
                 \"places\" = ?10 WHERE \"no\" = ?1",
        )?;
        for group in &self.groups {
            let cwe: Vec<u32> = group.all_cwe.iter().copied().collect();
            let places = if group.open_places.is_empty() { &group.suppressed_places } else { &group.open_places };
            sums.execute(params![
                group.no,
                group.count,
                group.suppressed,
                group.open.map(|worst| worst.0.as_str()),
                group.open.map(|worst| worst.1.as_str()),
                group.any.0.as_str(),
                group.any.1.as_str(),
                json(&cwe),
                json(&group.all_cve),
                json(places),
            ])?;
        }
        Ok(self.count)
    }
}

impl Group {
    fn add(&mut self, issue: &Issue) {
        self.count += 1;
        let said = (issue.severity, issue.severity_origin);
        // Severities are declared worst first.
        if said.0 < self.any.0 {
            self.any = said;
        }
        let places = if issue.suppressed {
            self.suppressed += 1;
            &mut self.suppressed_places
        } else {
            if self.open.is_none_or(|worst| said.0 < worst.0) {
                self.open = Some(said);
            }
            &mut self.open_places
        };
        if places.len() < PLACES && !issue.location.is_empty() {
            let place = match issue.line {
                Some(line) => format!("{}:{line}", issue.location),
                None => issue.location.clone(),
            };
            if !places.contains(&place) {
                places.push(place);
            }
        }
        self.all_cwe.extend(&issue.cwe);
        for cve in &issue.cve {
            if !self.all_cve.contains(cve) {
                self.all_cve.push(cve.clone());
            }
        }
    }
}

/// The value when it differs from the one that stands for it.
fn differs<'v>(value: &'v str, group: &str) -> Option<&'v str> {
    (value != group).then_some(value)
}

fn json<T: serde::Serialize>(list: &[T]) -> String {
    // Lists of numbers and strings always have a JSON form.
    if list.is_empty() { "[]".to_owned() } else { serde_json::to_string(list).unwrap_or_default() }
}
