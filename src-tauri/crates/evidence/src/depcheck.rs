//! What the reports of Dependency-Check have in common, and those in JSON and CSV.

use groma_model::Issue;

use crate::{
    Input, Refusal,
    class::Class,
    scan::{Scan, cves, cwes},
    table::{Table, csv_table},
    tree::Tree,
};

/// Keys of the words for severity, the best first. JSON of versions before 9 has a slip of the pen in some.
const WORDS: &[&str] = &[
    "severity",
    "cvssv3/baseSeverity",
    "cvssv3/baseSeverity>",
    "cvssv4/baseSeverity",
    "cvssv2/severity",
    "cvssv2/severity>",
];
/// Keys of the scores.
const SCORES: &[&str] = &["cvssv3/baseScore", "cvssv4/baseScore", "cvssv2/score"];

/// Name and version of what an identifier names: `pkg:maven/group/name@1.2.3`, `group:name:1.2.3`, in old reports in
/// parentheses, or a CPE, of which a dependency has no other where nobody published it.
pub(crate) fn package(identifier: &str) -> (String, String) {
    let identifier = identifier.trim().trim_start_matches('(').trim_end_matches(')');
    let cpe = identifier.strip_prefix("cpe:2.3:").or_else(|| identifier.strip_prefix("cpe:/"));
    if let Some(cpe) = cpe {
        // `a:vendor:product:version:…`, where a colon of a name is escaped.
        let cpe = cpe.replace("\\:", "\u{0}");
        let mut parts = cpe.split(':').skip(1).map(|part| part.replace('\u{0}', ":").replace('\\', ""));
        let name: Vec<String> = parts.by_ref().take(2).collect();
        let version = parts.next().filter(|version| !matches!(version.as_str(), "*" | "-")).unwrap_or_default();
        return (name.join(":"), version);
    }
    let whole = identifier.split(['?', '#']).next().unwrap_or_default();
    let split = match whole.starts_with("pkg:") {
        // A scope begins with the same sign: `pkg:npm/@scope/name`.
        true => whole.rsplit_once('@').filter(|(_, version)| !version.contains('/')),
        false => whole.rsplit_once(['@', ':']),
    };
    let (name, version) = split.unwrap_or((whole, ""));
    (name.to_owned(), version.to_owned())
}

/// Reads the JSON; the number of dependencies.
pub(crate) fn read_json(scan: &mut Scan<'_>, document: &Tree<'_>) -> usize {
    document.text("scanInfo/engineVersion").clone_into(&mut scan.import.tool_version);
    document.text("projectInfo/name").clone_into(&mut scan.import.subject);
    scan.import.captured_at = document.text("projectInfo/reportDate").parse().ok();
    for failure in document.get("scanInfo/analysisExceptions").items() {
        scan.add_error(failure.first(&["exception/message", "message"]));
    }
    let mut count = 0;
    for (at, dependency) in scan.objects(document.get("dependencies"), "/dependencies") {
        count += 1;
        for (list, suppressed) in [("vulnerabilities", false), ("suppressedVulnerabilities", true)] {
            for (at, found) in scan.objects(dependency.get(list), &format!("{at}/{list}")) {
                let issue = Issue { suppressed, ..issue(dependency, found, at) };
                scan.add_rated(Class::Dependency, found.first(WORDS), found.first(SCORES), issue);
            }
        }
    }
    count
}

fn issue(dependency: &Tree<'_>, found: &Tree<'_>, at: String) -> Issue {
    let (id, file) = (found.text("name"), dependency.text("fileName"));
    let named = ["packages", "vulnerabilityIds"].iter().find_map(|list| dependency.get(list).items().first());
    let (name, version) = package(named.map_or("", |package| package.text("id")));
    let link = found.get("references").items().iter().map(|reference| reference.text("url"));
    Issue {
        rule: id.to_owned(),
        title: format!("{id} in {file}"),
        message: found.text("description").to_owned(),
        component: if name.is_empty() { file.to_owned() } else { name },
        component_version: version,
        location: dependency.text("filePath").to_owned(),
        cwe: cwes(found.texts("cwes")),
        cve: cves([id]),
        url: link.into_iter().find(|url| !url.is_empty()).unwrap_or_default().to_owned(),
        fingerprint: match found.text("source") {
            "" => String::new(),
            source => format!("{source}:{id}:{}", dependency.text("sha256")),
        },
        at,
        ..Issue::default()
    }
}

/// Whether the first line is the header of the CSV.
pub(crate) fn is_csv(text: &str) -> bool {
    let header = text.trim_start().lines().next().unwrap_or_default().replace('"', "");
    let has = |name: &str| header.split(',').any(|column| column.trim() == name);
    ["DependencyName", "DependencyPath", "CVE", "Vulnerability"].into_iter().all(has)
}

/// Reads the CSV, of which each row is a vulnerability; suppressed ones are not in it.
pub(crate) fn read_csv(scan: &mut Scan<'_>, input: &Input<'_>, broken: Refusal) -> Result<(), Refusal> {
    let Some(table) = csv_table(input.text) else { return Err(broken) };
    if let Some(line) = table.ragged {
        scan.import.error(Some(line), "a row has fewer or more cells than the header");
    }
    let cells = Cells::of(&table);
    for (row, line) in table.numbered() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let of = |names: &[usize]| names.iter().filter_map(|at| row.get(*at)).find(|cell| !cell.trim().is_empty());
        let text = |names: &[usize]| of(names).map_or("", |cell| cell.trim());
        if scan.import.issues.is_empty() {
            text(&cells.project).clone_into(&mut scan.import.subject);
            scan.import.captured_at = text(&cells.date).parse().ok();
        }
        let (id, file) = (text(&cells.id), text(&cells.file));
        let (name, version) = package(text(&cells.packages).split([',', ' ']).next().unwrap_or_default());
        let weak = text(&cells.cwe).trim_matches(['[', ']', '{', '}']).replace("}, {", ",");
        let issue = Issue {
            rule: id.to_owned(),
            title: format!("{id} in {file}"),
            message: text(&cells.message).to_owned(),
            component: if name.is_empty() { file.to_owned() } else { name },
            component_version: version,
            location: text(&cells.path).to_owned(),
            cwe: cwes(weak.split(',').filter(|cwe| cwe.contains("CWE-"))),
            cve: cves([id]),
            at: format!("line {line}"),
            ..Issue::default()
        };
        scan.add_rated(Class::Dependency, text(&cells.severity), text(&cells.score), issue);
    }
    Ok(())
}

/// Where the CSV has what; its columns changed with its versions.
struct Cells {
    project: Vec<usize>,
    date: Vec<usize>,
    file: Vec<usize>,
    path: Vec<usize>,
    packages: Vec<usize>,
    id: Vec<usize>,
    cwe: Vec<usize>,
    message: Vec<usize>,
    severity: Vec<usize>,
    score: Vec<usize>,
}

impl Cells {
    fn of(table: &Table) -> Self {
        let of = |names: &[&str]| names.iter().filter_map(|name| table.column(name)).collect();
        Self {
            project: of(&["Project"]),
            date: of(&["ScanDate"]),
            file: of(&["DependencyName"]),
            path: of(&["DependencyPath"]),
            packages: of(&["Identifiers", "GAV", "CPE"]),
            id: of(&["CVE"]),
            cwe: of(&["CWE"]),
            message: of(&["Vulnerability"]),
            severity: of(&["CVSSv3_BaseSeverity", "CVSSv4_BaseSeverity", "CVSSv2_Severity", "Severity"]),
            score: of(&["CVSSv3_BaseScore", "CVSSv4_BaseScore", "CVSSv2_Score", "CVSSv2"]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::package;

    #[test]
    fn packages_are_named_in_many_ways() {
        for (identifier, name, version) in [
            ("pkg:maven/a.b/c@1.2", "pkg:maven/a.b/c", "1.2"),
            ("pkg:npm/@scope/name", "pkg:npm/@scope/name", ""),
            ("pkg:npm/%40scope/name@1.0?type=x", "pkg:npm/%40scope/name", "1.0"),
            ("(a.b:c:1.2)", "a.b:c", "1.2"),
            ("cpe:2.3:a:vendor:pro\\:duct:1.0\\+x:*:*:*:*:*:*:*", "vendor:pro:duct", "1.0+x"),
            ("cpe:/a:vendor:product:1.0", "vendor:product", "1.0"),
            ("cpe:2.3:a:vendor:product:*:*", "vendor:product", ""),
            ("", "", ""),
        ] {
            assert_eq!(package(identifier), (name.to_owned(), version.to_owned()), "{identifier}");
        }
    }
}
