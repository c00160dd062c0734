//! sonar-report's JSON and HTML: all issues and hotspots of a SonarQube project.

use std::collections::{HashMap, HashSet};

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::{no_secrets, sonarqube::CLOSED},
    json,
    scan::{CODE_METRICS, Scan, cwes, headline, paragraphs},
    severity::{Severities, Words},
    tree,
    zap::plain,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "sonarqube-report",
    title: "sonar-report (JSON, HTML)",
    tool: "SonarQube",
    note: "One issue an issue or hotspot; closed and accepted ones are kept as suppressed. Hotspots are scan.kind \
           `SECURITY_HOTSPOT`, which the HTML does not tell. The severity is that of the report, which gives hotspots \
           that of an issue.",
    metrics: CODE_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities.
const WORDS: Words = &[
    ("BLOCKER", Severity::Critical),
    ("CRITICAL", Severity::High),
    ("MAJOR", Severity::Medium),
    ("MINOR", Severity::Low),
    ("INFO", Severity::Info),
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let own = probe.has("sonarBaseURL") || probe.has("sonarComponent") || probe.has("hotspotKeys");
    Confidence::certain_if(probe.is_object() && probe.has("projectName") && own || is_page(probe.text()))
}

/// Whether it is the page that sonar-report writes.
fn is_page(text: &str) -> bool {
    text.starts_with("<!DOCTYPE html")
        && text.contains("<title>SonarQube ")
        && text.contains("<th>Number of Issues</th>")
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `sonar-report --sonarurl URL --sonarcomponent KEY --save-report-json report.json`";
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    if is_page(input.text) {
        read_page(&mut scan, input)?;
        return Ok(scan.finish(&[Class::Code], "line 1"));
    }
    let document = tree::object(input.text, FORMAT.title, &["projectName", "issues", "summary"], remedy)?;
    document.text("projectName").clone_into(&mut scan.import.subject);
    for (key, what) in [
        ("inNewCodePeriod", "it is about new code alone"),
        ("noSecurityHotspot", "hotspots were left out when it was exported"),
    ] {
        if document.is_true(key) {
            scan.import.warn(None, what);
        }
    }
    let hotspots: HashSet<&str> = document.texts("hotspotKeys").into_iter().collect();
    let names: HashMap<&str, &str> =
        document.get("rules").entries().iter().map(|(id, rule)| (id.as_str(), rule.text("name"))).collect();
    for (at, found) in scan.objects(document.get("issues"), "/issues") {
        let (key, rule) = (found.text("key"), found.text("rule"));
        scan.add_kind(match found.text("type") {
            _ if hotspots.contains(key) => "SECURITY_HOTSPOT",
            "" => "(none)",
            kind => kind,
        });
        let name = names.get(rule).copied().unwrap_or_default();
        let message = found.text("message");
        let base = document.text("sonarBaseURL");
        let issue = Issue {
            rule: rule.to_owned(),
            title: headline(match found.text("description") {
                "" if name.is_empty() => message,
                "" => name,
                description => description,
            }),
            message: paragraphs([message]),
            component: found.text("component").to_owned(),
            location: found.text("component").to_owned(),
            line: found.line(&["line"]),
            fingerprint: key.to_owned(),
            cwe: cwes(named_weaknesses(document.get("rules").key(rule).first(&["htmlDesc", "htmlDescription"]))),
            url: match base.is_empty() || rule.is_empty() {
                true => String::new(),
                false => format!("{}/coding_rules?open={rule}&rule_key={rule}", base.trim_end_matches('/')),
            },
            suppressed: CLOSED.contains(&found.first(&["resolution", "issueStatus", "status"])),
            at,
            ..Issue::default()
        };
        scan.add(Class::Code, found.text("severity"), issue);
    }
    // The report's own sums leave nothing out, or say that something is missing here.
    for (word, count) in document.get("summary").entries() {
        check_sum(&mut scan, word.as_str(), count.text_itself());
    }
    Ok(scan.finish(&[Class::Code], "/issues"))
}

/// Tells where a sum of the report is not what was read.
fn check_sum(scan: &mut Scan<'_>, word: &str, count: &str) {
    let issues = scan.import.issues.iter();
    let read = issues.filter(|issue| issue.native_severity.eq_ignore_ascii_case(word)).count();
    if count.parse().is_ok_and(|count: usize| count != read) {
        let word = json::pointer(word);
        scan.import.error(None, format!("its summary says {count} {word} issues, its list holds {read}"));
    }
}

/// Reads the page: a table of sums, one of issues where there are any, one of rules.
fn read_page(scan: &mut Scan<'_>, input: &Input<'_>) -> Result<(), Refusal> {
    let text = input.text;
    let said = |name: &str| {
        let (_, after) = text.split_once(&format!("<dt>{name}</dt>"))?;
        let (_, after) = after.split_once("<dd>")?;
        after.split_once("</dd>").map(|(value, _)| plain(value))
    };
    scan.import.subject = said("Project Name").unwrap_or_default();
    if said("Delta analysis").is_some_and(|delta| delta == "Yes") {
        scan.import.warn(None, "it is about new code alone");
    }
    let rules = text.split_once("Known Security Rules</h3>").map_or("", |(_, rules)| rules);
    let described: HashMap<&str, &str> = rules
        .split("rule_key=")
        .skip(1)
        .filter_map(|rule| rule.split_once(['"', '\'']))
        .map(|(key, rest)| (key, rest.split("</details>").next().unwrap_or_default()))
        .collect();
    let mut columns: Vec<String> = Vec::new();
    let start = text.find("<h2>Detail of the Detected").unwrap_or(text.len());
    let end = text[start..].find("</table>").map_or(text.len(), |end| start + end);
    let (mut counted, mut line) = (0, 1);
    for (row, _) in text[start..end].match_indices("<tr") {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let row = start + row;
        line += text[counted..row].matches('\n').count();
        counted = row;
        let html = &text[row + "<tr".len()..end];
        // A row that is not closed ends where the next one begins.
        let html = &html[..html.find("<tr").unwrap_or(html.len())];
        let html = html.split("</tr>").next().unwrap_or_default();
        let cells = |name: &str| -> Vec<&str> { html.split(name).skip(1).collect() };
        let inner = |cell: &str| plain(cell.split_once('>').map_or("", |(_, cell)| cell));
        let heads = cells("<th");
        if !heads.is_empty() {
            columns = heads.into_iter().map(inner).collect();
            continue;
        }
        let cells: Vec<&str> = cells("<td");
        let of = |name: &str| {
            let column = columns.iter().position(|column| column == name);
            column.and_then(|column| cells.get(column)).map(|cell| inner(cell)).unwrap_or_default()
        };
        let (rule, message, described_as) = (of("Rule"), of("Message"), of("Description"));
        let link = cells.first().and_then(|cell| cell.split_once("href=\"")).and_then(|(_, link)| link.split_once('"'));
        let issue = Issue {
            title: headline(if matches!(&*described_as, "" | "/") { &message } else { &described_as }),
            message,
            component: of("Component"),
            location: of("Component"),
            line: of("Line").parse().ok().filter(|line| *line > 0),
            fingerprint: of("Key"),
            cwe: cwes(named_weaknesses(described.get(&*rule).copied().unwrap_or_default())),
            url: link.map_or("", |(link, _)| link).to_owned(),
            suppressed: CLOSED.contains(&&*of("Status")),
            rule,
            at: format!("line {line}"),
            ..Issue::default()
        };
        scan.add(Class::Code, &of("Severity"), issue);
    }
    for (word, _) in WORDS {
        let after =
            text[..start].split_once(&format!("<td>{word}</td>")).and_then(|(_, after)| after.split_once("<td>"));
        if let Some((count, _)) = after.and_then(|(_, after)| after.split_once("</td>")) {
            check_sum(scan, word, count.trim());
        }
    }
    Ok(())
}

/// The weaknesses that the description of a rule links to: `<a href="…">CWE-79 - …</a>`, before `MITRE, CWE-79`.
fn named_weaknesses(html: &str) -> impl Iterator<Item = &str> {
    let linked = |start: &usize| html[..*start].ends_with('>') || html[..*start].ends_with(">MITRE, ");
    html.match_indices("CWE-").map(|(start, _)| start).filter(linked).map(|start| {
        let name = &html[start..];
        let end = name[4..].bytes().position(|byte| !byte.is_ascii_digit()).map_or(name.len(), |end| end + 4);
        &name[..end]
    })
}

#[cfg(test)]
mod tests {
    use crate::{Outcome, read};

    #[test]
    fn rows_that_nothing_closes_end_where_the_next_begins() {
        let row = "<tr><td>java:S1<td>MAJOR<td>a.java\n";
        let page = format!(
            "<!DOCTYPE html><title>SonarQube x</title><th>Number of Issues</th><h2>Detail of the Detected</h2>\n\
             <table><tr><th>Rule</th><th>Severity</th><th>Component</th></tr>\n{}",
            row.repeat(20_000)
        );
        let Outcome::Imported(import) = read("x", page.as_bytes(), None) else { panic!("not read") };
        assert_eq!(import.issues.len(), 20_000);
        assert_eq!((&*import.issues[1].rule, &*import.issues[1].at), ("java:S1", "line 4"));
    }
}
