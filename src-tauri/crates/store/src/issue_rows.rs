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
                     \"suppressed\", \"open_severity\", \"open_origin\", \"any_severity\", \"any_origin\", \"all_cwe\",
                     \"all_cve\", \"places\")
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
            )?,
            places: HashMap::new(),
            groups: Vec::new(),
            next_no: last + 1,
            count: 0,
        })
    }

    /// Writes an issue, and counts it in its group.
    pub(crate) fn put(&mut self, id: Id, issue: Issue) -> Result<(), Fault> {
        let cwe = json(&issue.cwe);
        let cve = json(&issue.cve);
        let key = issue.group_key(&self.tool);
        self.count += 1;
        let Some(at) = self.places.get(&key).copied() else { return self.begin(id, key, issue, cwe, cve) };
        let group = &mut self.groups[at];
        group.add(&issue);
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
        Ok(())
    }

    /// Writes the first issue of a group, and the group with the sums over this one alone. What of it later ones are
    /// compared with moves into the group: most groups of a large file never see another.
    fn begin(&mut self, id: Id, key: String, issue: Issue, cwe: String, cve: String) -> Result<(), Fault> {
        let none: Option<&str> = None;
        let mut group = Group {
            no: self.next_no,
            title: String::new(),
            message: String::new(),
            component_version: String::new(),
            fixed_version: String::new(),
            cwe,
            cve,
            url: String::new(),
            count: 0,
            suppressed: 0,
            open: None,
            any: (issue.severity, issue.severity_origin),
            all_cwe: BTreeSet::new(),
            all_cve: Vec::new(),
            open_places: Vec::new(),
            suppressed_places: Vec::new(),
        };
        group.add(&issue);
        let sums = group.sums();
        self.next_no += 1;
        self.group.execute(params![
            group.no,
            self.artifact,
            key,
            issue.rule,
            issue.component,
            issue.title,
            issue.message,
            issue.component_version,
            issue.fixed_version,
            group.cwe,
            group.cve,
            issue.url,
            group.count,
            group.suppressed,
            sums.open.map(|worst| worst.0),
            sums.open.map(|worst| worst.1),
            sums.any.0,
            sums.any.1,
            sums.cwe,
            sums.cve,
            sums.places,
        ])?;
        self.row.execute(params![
            id.to_string(),
            group.no,
            none,
            none,
            issue.severity.as_str(),
            issue.severity_origin.as_str(),
            issue.native_severity,
            none,
            none,
            differs(&issue.location, &issue.component),
            issue.line,
            issue.fingerprint,
            none,
            none,
            none,
            issue.suppressed,
            issue.at,
        ])?;
        let Issue { title, message, component_version, fixed_version, url, .. } = issue;
        self.places.insert(key, self.groups.len());
        self.groups.push(Group { title, message, component_version, fixed_version, url, ..group });
        Ok(())
    }

    /// Writes the sums of the groups that have more than one issue. Answers the number of issues.
    pub(crate) fn finish(self) -> Result<u64, Fault> {
        let mut update = self.conn.prepare_cached(
            "UPDATE \"issue_groups\" SET \"count\" = ?2, \"suppressed\" = ?3, \"open_severity\" = ?4,
                 \"open_origin\" = ?5, \"any_severity\" = ?6, \"any_origin\" = ?7, \"all_cwe\" = ?8, \"all_cve\" = ?9,
                 \"places\" = ?10 WHERE \"no\" = ?1",
        )?;
        for group in self.groups.iter().filter(|group| group.count > 1) {
            let sums = group.sums();
            update.execute(params![
                group.no,
                group.count,
                group.suppressed,
                sums.open.map(|worst| worst.0),
                sums.open.map(|worst| worst.1),
                sums.any.0,
                sums.any.1,
                sums.cwe,
                sums.cve,
                sums.places,
            ])?;
        }
        Ok(self.count)
    }
}

/// The sums of a group, as they are written.
struct Sums {
    open: Option<(&'static str, &'static str)>,
    any: (&'static str, &'static str),
    cwe: String,
    cve: String,
    places: String,
}

impl Group {
    fn sums(&self) -> Sums {
        let words = |(severity, origin): (Severity, SeverityOrigin)| (severity.as_str(), origin.as_str());
        let cwe: Vec<u32> = self.all_cwe.iter().copied().collect();
        let places = if self.open_places.is_empty() { &self.suppressed_places } else { &self.open_places };
        Sums {
            open: self.open.map(words),
            any: words(self.any),
            cwe: json(&cwe),
            cve: json(&self.all_cve),
            places: json(places),
        }
    }

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
