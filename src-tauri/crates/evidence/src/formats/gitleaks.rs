//! Gitleaks' JSON, of version 8 and before, and its CSV.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    json,
    mask::{Field, add_findings, add_json_findings},
    scan::{SECRET_METRICS, Scan},
    severity::Severities,
    table::{csv_table, records},
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "gitleaks",
    title: "gitleaks --report-format json, csv",
    tool: "Gitleaks",
    note: "One issue a finding. Gitleaks knows no severity: High is assigned at import. What it found is masked wherever \
           the file holds it; author and address of a commit are not taken over.",
    metrics: SECRET_METRICS,
    severities: Severities::NONE.assigning(&[("", Severity::High)]),
    sniff,
    secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let current = probe.has("[]/RuleID") && (probe.has("[]/Secret") || probe.has("[]/Match"));
    Confidence::certain_if(
        probe.is_list() && (current || probe.has("[]/rule") && probe.has("[]/offender")) || is_csv(probe.head()),
    )
}

/// Whether the first line is the header of the CSV.
fn is_csv(text: &str) -> bool {
    let header = text.trim_start().lines().next().unwrap_or_default();
    header.starts_with("RuleID,Commit,File,") && header.contains(",Secret,Match,")
}

/// What was found stands in a column of its own, and in those that quote the line and the commit's message.
fn csv_secrets(text: &str, secrets: &mut Secrets) {
    let skipped = text.len() - text.trim_start().len();
    let mut all = records(&text[skipped..], b',');
    let Some(header) = all.next() else { return };
    let fields = header.into_iter().map(|cell| match text[skipped..][cell].trim() {
        "Secret" => Field::Secret,
        "Match" => Field::Line,
        "Message" | "Link" => Field::Text,
        _ => Field::Other,
    });
    let fields: Vec<Field> = fields.collect();
    let cells = all.flat_map(|record| fields.iter().copied().zip(record).collect::<Vec<_>>());
    let unquoted = cells.filter(|(field, _)| *field != Field::Other).map(|(field, range)| {
        let cell = &text[skipped..][range.clone()];
        let start = skipped + range.start + (cell.len() - cell.trim_start_matches('"').len());
        (field, start..start + cell.trim_matches('"').len())
    });
    add_findings(text, secrets, unquoted);
}

fn parse_csv(input: &Input<'_>, broken: Refusal) -> Result<Import, Refusal> {
    let Some(table) = csv_table(input.text) else { return Err(broken) };
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    if let Some(line) = table.ragged {
        scan.import.error(Some(line), "a row has fewer or more cells than the header");
    }
    let column = |name: &str| table.column(name);
    let columns = ["RuleID", "Commit", "File", "Match", "StartLine"].map(column);
    for (row, line) in table.numbered() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let [rule, commit, file, quoted, start] =
            columns.map(|column| column.and_then(|column| row.get(column)).map_or("", |cell| cell.trim()));
        let issue = Issue {
            rule: rule.to_owned(),
            title: rule.to_owned(),
            message: if commit.is_empty() { quoted.to_owned() } else { format!("{quoted} (commit {commit})") },
            component: file.to_owned(),
            location: file.to_owned(),
            line: start.parse().ok().filter(|line| *line > 0),
            at: format!("line {line}"),
            ..Issue::default()
        };
        scan.add_assigned(Class::Secret, Severity::High, "", issue);
    }
    Ok(scan.finish(&[Class::Secret], "line 1"))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    if is_csv(text) {
        return csv_secrets(text, secrets);
    }
    add_json_findings(text, secrets, |path| match path {
        "[]/Secret" | "[]/offender" => Field::Secret,
        "[]/Match" | "[]/Line" | "[]/line" => Field::Line,
        "[]/Message" | "[]/commitMessage" | "[]/commitMsg" | "[]/info" | "[]/Description" | "[]/Link"
        | "[]/leakURL" => Field::Text,
        _ => Field::Other,
    });
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if is_csv(input.text) {
        return parse_csv(input, Refusal::not(FORMAT.title, "it is no CSV", "export it as JSON"));
    }
    let document: Tree<'_> = json::parse(input.text)?;
    let own = |item: &Tree<'_>| item.has("RuleID") || item.has("rule") && item.has("offender");
    if !matches!(document, Tree::List(_) | Tree::Null) || !document.items().iter().all(own) {
        let remedy = "export it with `gitleaks git --report-format json --report-path gitleaks.json`";
        return Err(Refusal::not(FORMAT.title, "its items have no `RuleID`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    if document.items().is_empty() {
        scan.import.note(Some(1), "nothing in it, read as Gitleaks' word for nothing found");
    }
    for (at, found) in scan.objects(&document, "") {
        let rule = found.first(&["RuleID", "rule"]);
        let file = found.first(&["File", "file"]);
        let issue = Issue {
            rule: rule.to_owned(),
            title: match found.text("Description") {
                "" => rule.to_owned(),
                text => text.to_owned(),
            },
            message: match found.first(&["Commit", "commit"]) {
                "" => found.first(&["Match", "line"]).to_owned(),
                commit => format!("{} (commit {commit})", found.first(&["Match", "line"])),
            },
            component: file.to_owned(),
            location: file.to_owned(),
            line: found.line(&["StartLine", "lineNumber"]),
            url: found.first(&["Link", "leakURL"]).to_owned(),
            at,
            ..Issue::default()
        };
        scan.add_assigned(Class::Secret, Severity::High, "", issue);
    }
    Ok(scan.finish(&[Class::Secret], "line 1"))
}
