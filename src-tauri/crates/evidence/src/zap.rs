//! What ZAP's two reports have in common.

use groma_model::{Issue, Severity};

use crate::{
    Import, Secrets,
    class::Class,
    json::{self, Event},
    scan::{Scan, cwes, paragraphs},
    severity::Words,
    xml,
};

/// What is counted.
pub(crate) const NOTE: &str = "One issue an alert of a site, its first place as location; all places are counted as \
    scan.kind `instance`. What was marked as a false positive is kept as suppressed. Requests and \
    responses hold sessions and client data: they are masked whole.";

/// Severities: ZAP's code of a risk, and its word in what the API answers.
pub(crate) const WORDS: Words = &[
    ("3", Severity::High),
    ("2", Severity::Medium),
    ("1", Severity::Low),
    ("0", Severity::Info),
    ("High", Severity::High),
    ("Medium", Severity::Medium),
    ("Low", Severity::Low),
    ("Informational", Severity::Info),
];

/// So many places are named.
const PLACES: usize = 20;

/// An alert, whatever it was written in.
pub(crate) struct Alert<'a> {
    /// The site's address.
    pub site: &'a str,
    /// Addresses it was found at.
    pub places: Vec<String>,
    /// ZAP lists only some places of it.
    pub systemic: bool,
    /// Its fields.
    pub text: &'a dyn Fn(&str) -> String,
}

/// Adds an alert as an issue.
pub(crate) fn add(scan: &mut Scan<'_>, alert: &Alert<'_>, issue: Issue) {
    let text = alert.text;
    let some = |keys: &[&str]| keys.iter().map(|key| text(key)).find(|text| !text.is_empty()).unwrap_or_default();
    let named = alert.places[..alert.places.len().min(PLACES)].join("\n");
    let more = match (alert.systemic, alert.places.len().saturating_sub(PLACES)) {
        (true, _) => "… and more: ZAP lists only some".to_owned(),
        (false, 0) => String::new(),
        (false, count) => format!("… and {count} more"),
    };
    for _ in &alert.places {
        scan.add_kind("instance");
    }
    let cwe = text("cweid");
    let issue = Issue {
        rule: some(&["alertRef", "pluginid"]),
        title: some(&["name", "alert"]),
        message: paragraphs([&plain(&text("desc")), &plain(&text("solution")), &named, &more]),
        component: alert.site.to_owned(),
        location: alert.places.first().map_or(alert.site, String::as_str).to_owned(),
        cwe: cwes([&*cwe].into_iter().filter(|cwe| !matches!(*cwe, "" | "0" | "-1"))),
        url: plain(&text("reference")).lines().next().unwrap_or_default().to_owned(),
        suppressed: matches!(&*some(&["confidence", "reliability"]), "0" | "False Positive"),
        ..issue
    };
    scan.add(Class::Running, &text("riskcode"), issue);
}

/// Counts it.
pub(crate) fn finish(mut scan: Scan<'_>, instances: usize, sites: usize, at: &str) -> Import {
    if sites == 0 {
        scan.looked_at_nothing("no site in it: nothing was looked at");
    }
    let mut import = scan.finish(&[Class::Running], at);
    if instances == 0 {
        import.measure_count("scan.kind", 0, "instance", at);
    }
    import
}

/// What some templates of reports repeat of what was sent and answered; in XML without the hyphen.
const TRAFFIC: [&str; 4] = ["request-header", "request-body", "response-header", "response-body"];

/// Marks what was sent and answered.
pub(crate) fn secrets(text: &str, secrets: &mut Secrets) {
    if text.trim_start().starts_with('<') {
        let names = TRAFFIC.map(|name| name.replace('-', ""));
        names.iter().flat_map(|name| xml::contents(text, name)).for_each(|range| secrets.add(range));
        return;
    }
    json::walk(text, |event| {
        if let Event::String(path, range) = event
            && path.rsplit('/').next().is_some_and(|key| TRAFFIC.contains(&key))
        {
            secrets.add(range);
        }
    });
}

/// The text of simple HTML.
pub(crate) fn plain(html: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        out.push_str(before);
        rest = tag;
        // First of all: the end of what is no tag may be far away.
        if !tag[1..].starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()) {
            out.push('<');
            rest = &tag[1..];
            continue;
        }
        let Some(close) = tag.find('>') else { break };
        if tag.starts_with("</p") || tag.starts_with("<br") || tag.starts_with("</li") {
            out.push('\n');
        }
        rest = &tag[close + 1..];
    }
    out.push_str(rest);
    let out = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    let out = out.replace("&#34;", "\"");
    out.replace("&nbsp;", " ").replace("&amp;", "&").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn html_becomes_text() {
        assert_eq!(plain("<p>a &lt;b&gt;</p><p class=\"x\">3 < 4 &amp;&amp; c</p>"), "a <b>\n3 < 4 && c");
        // What looks for the end of each of these looks at all of it a million times.
        let many = format!("{}>", "< ".repeat(1_000_000));
        assert_eq!(plain(&many).len(), many.len());
    }
}
