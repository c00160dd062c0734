//! Nikto's JSON, XML and CSV.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{RUNNING_METRICS, Scan, cves, headline},
    severity::Severities,
    tree::Tree,
    xml::{self, Xml, attribute},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "nikto",
    title: "nikto -Format json, xml, csv",
    tool: "Nikto",
    note: "One issue an item. Nikto knows no severity: Low is assigned at import. The JSON of version 2.1.6 is not valid, \
           with commas too many and brackets too few; it is read all the same.",
    metrics: RUNNING_METRICS,
    severities: Severities::NONE.assigning(&[("", Severity::Low)]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// What an item has where Nikto 2.1 wrote no host around it, as it does of a host that it could not reach.
const BARE: [&str; 4] = ["id", "OSVDB", "url", "msg"];
/// How texts begin that tell of no fault but of why Nikto did not look.
const ERRORS: [&str; 2] = ["ERROR:", "No web server found"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let own = |prefix: &str| {
        let keys = ["host", "ip", "port", "banner", "vulnerabilities"];
        keys.iter().all(|key| probe.has(&format!("{prefix}{key}")))
    };
    let xml = matches!(xml::root(probe.head()), "niktoscan" | "niktoscans");
    let item = BARE.iter().all(|key| probe.has(key));
    Confidence::certain_if(own("") || own("[]/") || item || xml || is_csv(probe.text()))
}

/// Whether it begins with the line that Nikto's CSV has instead of a header.
fn is_csv(text: &str) -> bool {
    text.trim_start().trim_start_matches('"').starts_with("Nikto - v")
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let remedy = "export it with `nikto -host URL -Format json -output nikto.json`";
    if input.text.trim_start().starts_with('<') {
        let content = xml::without_doctype(input.text);
        let name = if xml::root(&content) == "niktoscans" { "niktoscans" } else { "niktoscan" };
        let document = Xml::parse(&content, FORMAT.title, name, remedy)?;
        for details in document.all("scandetails") {
            let site = attribute(details, "sitename");
            for item in xml::children(details, "item") {
                let text = xml::text(item, "description");
                let link = xml::first(item, &["namelink", "uri"]);
                add(&mut scan, [attribute(item, "id"), &text, site, &link, ""], document.at(item));
            }
        }
        return Ok(finish(scan));
    }
    if is_csv(input.text) {
        read_csv(&mut scan, input)?;
        return Ok(finish(scan));
    }
    let repaired;
    let document: Tree<'_> = match json::parse(input.text) {
        Ok(document) => document,
        Err(refusal) => {
            repaired = repair(input.text);
            let document = json::parse(&repaired).map_err(|_| refusal)?;
            scan.import.note(None, "not valid JSON, as this version of Nikto writes it: read all the same");
            document
        }
    };
    let hosts = if let Tree::List(list) = &document { &list[..] } else { std::slice::from_ref(&document) };
    if BARE.iter().all(|key| document.has(key)) {
        let of = [document.text("id"), document.text("msg"), "", document.text("url"), document.text("references")];
        add(&mut scan, of, "line 1".into());
        return Ok(finish(scan));
    }
    let own = |host: &Tree<'_>| host.has("host") && host.has("banner") && host.has("vulnerabilities");
    if hosts.is_empty() || !hosts.iter().all(own) {
        return Err(Refusal::not(FORMAT.title, "no `host` with `vulnerabilities` in it", remedy));
    }
    for (index, host) in hosts.iter().enumerate() {
        let at = if matches!(document, Tree::List(_)) { format!("/{index}") } else { String::new() };
        let site = format!("{}:{}", host.text("host"), host.text("port"));
        for (at, found) in scan.objects(host.get("vulnerabilities"), &format!("{at}/vulnerabilities")) {
            // Some versions name it in the text only.
            let named = found.text("msg").split_once(": ").map_or("", |(path, _)| path);
            let url = match found.text("url") {
                "" if named.starts_with('/') && !named.contains(' ') => named,
                url => url,
            };
            let place = format!("{site}{url}");
            let of = [found.text("id"), found.text("msg"), &site, &place, found.text("references")];
            add(&mut scan, of, at);
        }
    }
    Ok(finish(scan))
}

fn finish(mut scan: Scan<'_>) -> Import {
    if scan.import.issues.is_empty() && scan.has_errors() {
        scan.looked_at_nothing("Nikto only tells why it could not look");
    }
    scan.finish(&[Class::Running], "line 1")
}

/// The text without commas that nothing follows, each host's object closed before the next one opens.
fn repair(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let (mut open, mut hosts) = (Vec::new(), 0);
    let (mut comma, mut quoted, mut escaped) = (false, false, false);
    for c in text.trim().chars() {
        if quoted {
            out.push(c);
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        if c.is_whitespace() {
            out.push(c);
            continue;
        }
        if std::mem::take(&mut comma) && !matches!(c, '}' | ']') {
            if c == '{' && open.last() == Some(&'{') {
                open.pop();
                out.push('}');
            }
            out.push(',');
        }
        match c {
            ',' => {
                comma = true;
                continue;
            }
            '"' => quoted = true,
            '{' | '[' => {
                hosts += usize::from(open.is_empty());
                open.push(c);
            }
            '}' | ']' => drop(open.pop()),
            _ => {}
        }
        out.push(c);
    }
    if hosts > 1 { format!("[{out}]") } else { out }
}

fn read_csv(scan: &mut Scan<'_>, input: &Input<'_>) -> Result<(), Refusal> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .escape(Some(b'\\'))
        .from_reader(input.text.as_bytes());
    for record in reader.records() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let record = record.map_err(|error| Refusal::new(format!("it is no CSV: {error}"), "export it again"))?;
        let line = record.position().map_or(1, csv::Position::line);
        let cell = |index: usize| record.get(index).unwrap_or_default().trim();
        // The line that names Nikto, and one for each host with its banner.
        if record.len() < 7 || cell(4).is_empty() && cell(5).is_empty() {
            if let Some((_, version)) = cell(0).split_once("Nikto - v") {
                version.split('/').next().unwrap_or_default().clone_into(&mut scan.import.tool_version);
            }
            continue;
        }
        let [host, address, port, reference, _, path, text] = [0, 1, 2, 3, 4, 5, 6].map(cell);
        let site = format!("{}:{port}", if host.is_empty() { address } else { host });
        // It tells no number of the test.
        let title = headline(text);
        let id = if matches!(reference, "" | "OSVDB-0") { &*title } else { reference };
        add(scan, [id, text, &site, &format!("{site}{path}"), ""], format!("line {line}"));
    }
    Ok(())
}

fn add(scan: &mut Scan<'_>, [id, text, site, place, url]: [&str; 5], at: String) {
    if ERRORS.iter().any(|error| text.starts_with(error)) {
        return scan.add_error(text);
    }
    let issue = Issue {
        rule: id.to_owned(),
        title: headline(text),
        message: text.to_owned(),
        component: site.to_owned(),
        location: place.to_owned(),
        // What it refers to is an address, or the number of a vulnerability.
        url: if url.contains("://") { url.to_owned() } else { String::new() },
        cve: cves([url, text].into_iter().flat_map(str::split_whitespace)),
        at,
        ..Issue::default()
    };
    scan.add_assigned(Class::Running, Severity::Low, "", issue);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nikto_leaves_open_is_closed() {
        let one = r#"{"host":"a","vulnerabilities":[{"msg":"x,] \"y\\"},],}"#;
        assert_eq!(repair(one), r#"{"host":"a","vulnerabilities":[{"msg":"x,] \"y\\"}]}"#);
        let two = r#"{"host":"a","vulnerabilities":[{"id":1},],{"host":"b","vulnerabilities":[],}"#;
        assert_eq!(repair(two), r#"[{"host":"a","vulnerabilities":[{"id":1}]},{"host":"b","vulnerabilities":[]}]"#);
    }
}
