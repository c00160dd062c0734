//! sslscan's XML.

use groma_model::Severity;
use roxmltree::Node;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{RUNNING_METRICS, Scan},
    severity::{Severities, Words},
    tls::{self, Endpoint},
    xml::{self, Xml, attribute, children, text},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "sslscan",
    title: "sslscan --xml",
    tool: "sslscan",
    note: "One issue a fault: a protocol, an accepted cipher suite, a bug, a property of the certificate; what is in order, \
           and suites that were refused, are counted. The severity of a suite is that of its strength, of all else it is \
           assigned at import.",
    metrics: RUNNING_METRICS,
    severities: Severities::of(WORDS).assigning(&[
        ("", Severity::Critical),
        ("", Severity::High),
        ("", Severity::Medium),
        ("", Severity::Low),
    ]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities: strengths of cipher suites.
const WORDS: Words =
    &[("null", Severity::High), ("anonymous", Severity::High), ("weak", Severity::Medium), ("medium", Severity::Low)];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    let own = head.contains("<ssltest") || head.contains("title=\"SSLScan Results\"");
    Confidence::certain_if(xml::root(head) == "document" && own)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `sslscan --xml=sslscan.xml HOST`";
    let content = xml::without_doctype(input.text);
    let document = Xml::parse(&content, FORMAT.title, "document", remedy)?;
    let root = document.root();
    let tests: Vec<_> = children(root, "ssltest").collect();
    if tests.is_empty() && attribute(root, "title") != "SSLScan Results" {
        return Err(Refusal::not(FORMAT.title, "no `<ssltest>` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    attribute(root, "version").clone_into(&mut scan.import.tool_version);
    for error in children(root, "error") {
        scan.add_error(error.text().unwrap_or_default());
    }
    let mut reached = 0;
    for test in &tests {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let host = match attribute(*test, "sniname") {
            "" => attribute(*test, "host"),
            name => name,
        };
        if tests.len() == 1 {
            host.clone_into(&mut scan.import.subject);
        }
        let endpoint = Endpoint { host: host.to_owned(), port: attribute(*test, "port").to_owned() };
        for child in test.children().filter(Node::is_element) {
            read(&mut scan, &endpoint, child, &document.at(child));
        }
        if test.children().any(|child| child.is_element() && child.tag_name().name() != "error") {
            reached += 1;
        } else {
            scan.import.warn(None, format!("nothing was found out about {host}: this is not a clean result"));
        }
    }
    if reached == 0 {
        scan.looked_at_nothing("no host in it: nothing was looked at");
    }
    Ok(scan.finish(&[Class::Running], &document.at(root)))
}

/// Reads what sslscan says of one thing it looked at.
fn read(scan: &mut Scan<'_>, endpoint: &Endpoint, node: Node<'_, '_>, at: &str) {
    let of = |name: &'static str| attribute(node, name);
    let judge = |scan: &mut Scan<'_>, bad: bool, fault: tls::Fault, message: String| match bad {
        true => tls::add(scan, endpoint, fault, message, at),
        false => scan.add_other("passed"),
    };
    match node.tag_name().name() {
        "error" => scan.add_error(node.text().unwrap_or_default()),
        "protocol" => {
            let name = format!("{}v{}", of("type").to_ascii_uppercase(), of("version"));
            let old = tls::old_protocol(&name).filter(|_| of("enabled") == "1");
            judge(scan, old.is_some(), old.unwrap_or(tls::OLD_TLS), format!("{name} is enabled"));
        }
        "fallback" => judge(scan, of("supported") == "0", tls::NO_FALLBACK_SCSV, "no TLS_FALLBACK_SCSV".to_owned()),
        "renegotiation" => {
            let insecure = of("supported") == "1" && of("secure") == "0";
            judge(scan, insecure, tls::INSECURE_RENEGOTIATION, String::new());
        }
        "compression" => judge(scan, of("supported") == "1", tls::COMPRESSION, String::new()),
        "heartbleed" => judge(scan, of("vulnerable") == "1", tls::HEARTBLEED, of("sslversion").to_owned()),
        "cipher" => cipher(scan, endpoint, node, at),
        "certificate" => certificate(scan, endpoint, node, at),
        "certificates" => children(node, "certificate").for_each(|node| certificate(scan, endpoint, node, at)),
        // Groups, client ciphers and signature algorithms are facts.
        _ => {}
    }
}

fn cipher(scan: &mut Scan<'_>, endpoint: &Endpoint, node: Node<'_, '_>, at: &str) {
    let (status, strength, name) = (attribute(node, "status"), attribute(node, "strength"), attribute(node, "cipher"));
    match status {
        "accepted" | "preferred" => {}
        "rejected" | "failed" | "not accepted" => return scan.add_other(status),
        other => return scan.add_unknown(other),
    }
    let message = format!("{name} with {}, {} bits", attribute(node, "sslversion"), attribute(node, "bits"));
    match strength {
        "strong" | "acceptable" => scan.add_other(strength),
        // Some versions do not say it.
        "" => match tls::weak_suite(name) {
            Some(fault) => tls::add(scan, endpoint, fault, message, at),
            None => scan.add_other("passed"),
        },
        strength => {
            let rule = format!("cipher-{strength}");
            let issue = endpoint.issue(&rule, &format!("Cipher suite {name} is accepted"), message, at);
            scan.add(Class::Running, strength, groma_model::Issue { cwe: vec![327], ..issue });
        }
    }
}

fn certificate(scan: &mut Scan<'_>, endpoint: &Endpoint, node: Node<'_, '_>, at: &str) {
    let subject = text(node, "subject");
    let signature = text(node, "signature-algorithm");
    let weak = ["md5", "sha1"].iter().any(|hash| signature.to_ascii_lowercase().contains(hash));
    let key = xml::find(node, "pk");
    let bits = key.and_then(|key| attribute(key, "bits").parse::<u32>().ok());
    let short = key.is_some_and(|key| attribute(key, "type") == "RSA") && bits.is_some_and(|bits| bits < 2048);
    let until = text(node, "not-valid-after");
    let mut judge = |bad: bool, fault: tls::Fault, message: String| match bad {
        true => tls::add(scan, endpoint, fault, message, at),
        false => scan.add_other("passed"),
    };
    judge(text(node, "expired") == "true", tls::EXPIRED, format!("{subject}: valid until {until}"));
    judge(text(node, "self-signed") == "true", tls::SELF_SIGNED, subject.clone());
    judge(weak, tls::WEAK_SIGNATURE, format!("{subject}: {signature}"));
    if key.is_some() {
        judge(short, tls::SHORT_KEY, format!("{subject}: RSA, {} bits", bits.unwrap_or_default()));
    }
}
