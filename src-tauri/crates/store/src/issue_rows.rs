//! Writes the issues of one artifact: rows at once, sums of their groups at the end.

use std::collections::{BTreeSet, HashMap};

use groma_model::{Id, Issue, Severity, SeverityOrigin};
use rusqlite::{CachedStatement, Connection, params};

use crate::{error::Fault, row::damaged};

/// So many places of a group are kept.
pub(crate) const PLACES: usize = 5;

/// Where a group is held while its issues are written.
#[derive(Clone, Copy)]
enum Held {
    /// In its row alone, by its number: it has one issue so far. Most groups of a large file never see another.
    Row(i64),
    /// In memory, since its second issue; its place in the list.
    Memory(usize),
}

/// A group of several issues: what the first one says, and the sums so far.
struct Group {
    no: i64,
    title: String,
    message: String,
    component_version: String,
    fixed_version: String,
    cwe: String,
    cve: String,
    url: String,
    sums: Sums,
}

/// The sums over the issues of a group.
struct Sums {
    count: u64,
    suppressed: u64,
    open: Option<(Severity, SeverityOrigin)>,
    any: (Severity, SeverityOrigin),
    cwe: BTreeSet<u32>,
    cve: Vec<String>,
    open_places: Vec<String>,
    suppressed_places: Vec<String>,
}

pub(crate) struct IssueWriter<'a> {
    conn: &'a Connection,
    artifact: String,
    tool: String,
    row: CachedStatement<'a>,
    group: CachedStatement<'a>,
    back: CachedStatement<'a>,
    held: HashMap<String, Held>,
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
            back: conn.prepare_cached(
                "SELECT \"title\", \"message\", \"component_version\", \"fixed_version\", \"cwe\", \"cve\", \"url\",
                     \"any_severity\", \"any_origin\", \"suppressed\", \"places\"
                 FROM \"issue_groups\" WHERE \"no\" = ?1",
            )?,
            held: HashMap::new(),
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
        self.count += 1;
        let at = match self.held.get_mut(&key) {
            None => return self.begin(id, key, issue, &cwe, &cve),
            Some(Held::Memory(at)) => *at,
            Some(held @ Held::Row(_)) => {
                let at = self.groups.len();
                if let Held::Row(no) = std::mem::replace(held, Held::Memory(at)) {
                    self.groups.push(read_back(&mut self.back, no)?);
                }
                at
            }
        };
        let group = &mut self.groups[at];
        group.sums.add(issue);
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

    /// Writes the first issue of a group, and the group with the sums over this one alone.
    fn begin(&mut self, id: Id, key: String, issue: &Issue, cwe: &str, cve: &str) -> Result<(), Fault> {
        let (none, no): (Option<&str>, i64) = (None, self.next_no);
        self.next_no += 1;
        let mut sums = Sums::new((issue.severity, issue.severity_origin));
        sums.add(issue);
        let words = sums.words();
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
            sums.count,
            sums.suppressed,
            words.open.map(|worst| worst.0),
            words.open.map(|worst| worst.1),
            words.any.0,
            words.any.1,
            words.cwe,
            words.cve,
            words.places,
        ])?;
        self.row.execute(params![
            id.to_string(),
            no,
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
        self.held.insert(key, Held::Row(no));
        Ok(())
    }

    /// Writes the sums of the groups that have more than one issue. Answers the number of issues.
    pub(crate) fn finish(self) -> Result<u64, Fault> {
        let mut update = self.conn.prepare_cached(
            "UPDATE \"issue_groups\" SET \"count\" = ?2, \"suppressed\" = ?3, \"open_severity\" = ?4,
                 \"open_origin\" = ?5, \"any_severity\" = ?6, \"any_origin\" = ?7, \"all_cwe\" = ?8, \"all_cve\" = ?9,
                 \"places\" = ?10 WHERE \"no\" = ?1",
        )?;
        for Group { no, sums, .. } in &self.groups {
            let words = sums.words();
            update.execute(params![
                no,
                sums.count,
                sums.suppressed,
                words.open.map(|worst| worst.0),
                words.open.map(|worst| worst.1),
                words.any.0,
                words.any.1,
                words.cwe,
                words.cve,
                words.places,
            ])?;
        }
        Ok(self.count)
    }
}

/// A group of one issue out of its row.
fn read_back(row: &mut CachedStatement<'_>, no: i64) -> Result<Group, Fault> {
    let (mut group, [severity, origin, places], suppressed) = row.query_row([no], |row| {
        let group = Group {
            no,
            title: row.get(0)?,
            message: row.get(1)?,
            component_version: row.get(2)?,
            fixed_version: row.get(3)?,
            cwe: row.get(4)?,
            cve: row.get(5)?,
            url: row.get(6)?,
            sums: Sums::new((Severity::default(), SeverityOrigin::default())),
        };
        let words: [String; 3] = [row.get(7)?, row.get(8)?, row.get(10)?];
        Ok((group, words, row.get::<_, u64>(9)?))
    })?;
    let odd = |column: &str, word: &str| damaged("issue_groups", column, word);
    let said = (
        severity.parse().map_err(|_| odd("any_severity", &severity))?,
        origin.parse().map_err(|_| odd("any_origin", &origin))?,
    );
    let places = serde_json::from_str(&places).map_err(|_| odd("places", &places))?;
    let (open, open_places, suppressed_places) = match suppressed {
        0 => (Some(said), places, Vec::new()),
        _ => (None, Vec::new(), places),
    };
    group.sums = Sums {
        count: 1,
        suppressed,
        open,
        any: said,
        cwe: serde_json::from_str(&group.cwe).map_err(|_| odd("cwe", &group.cwe))?,
        cve: Vec::new(),
        open_places,
        suppressed_places,
    };
    let cve: Vec<String> = serde_json::from_str(&group.cve).map_err(|_| odd("cve", &group.cve))?;
    group.sums.add_cve(&cve);
    Ok(group)
}

/// The sums of a group, as they are written.
struct Words {
    open: Option<(&'static str, &'static str)>,
    any: (&'static str, &'static str),
    cwe: String,
    cve: String,
    places: String,
}

impl Sums {
    fn new(any: (Severity, SeverityOrigin)) -> Self {
        Self {
            count: 0,
            suppressed: 0,
            open: None,
            any,
            cwe: BTreeSet::new(),
            cve: Vec::new(),
            open_places: Vec::new(),
            suppressed_places: Vec::new(),
        }
    }

    fn words(&self) -> Words {
        let words = |(severity, origin): (Severity, SeverityOrigin)| (severity.as_str(), origin.as_str());
        let cwe: Vec<u32> = self.cwe.iter().copied().collect();
        let places = if self.open_places.is_empty() { &self.suppressed_places } else { &self.open_places };
        Words {
            open: self.open.map(words),
            any: words(self.any),
            cwe: json(&cwe),
            cve: json(&self.cve),
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
        self.cwe.extend(&issue.cwe);
        self.add_cve(&issue.cve);
    }

    fn add_cve(&mut self, cve: &[String]) {
        for cve in cve {
            if !self.cve.contains(cve) {
                self.cve.push(cve.clone());
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
