//! sslyze's XML.

use roxmltree::Node;

use super::{FORMAT, judge, protocol, robot, tell_unanswered};
use crate::{
    Import, Input, Refusal,
    class::Class,
    scan::{Scan, distinct},
    tls::{self, Endpoint},
    xml::{self, Xml, attribute, children, find, text},
};

pub(super) fn read(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `sslyze --json_out=sslyze.json HOST`";
    let content = xml::without_doctype(input.text);
    let document = Xml::parse(&content, FORMAT.title, "document", remedy)?;
    let root = document.root();
    if !root.has_attribute("SSLyzeVersion") {
        return Err(Refusal::not(FORMAT.title, "no `SSLyzeVersion` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    attribute(root, "SSLyzeVersion").clone_into(&mut scan.import.tool_version);
    for invalid in find(root, "invalidTargets").into_iter().flat_map(|all| children(all, "invalidTarget")) {
        scan.add_error(&format!("{}: {}", invalid.text().unwrap_or_default(), attribute(invalid, "error")));
    }
    let mut targets = 0;
    for target in find(root, "results").into_iter().flat_map(|results| children(results, "target")) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        targets += 1;
        let endpoint =
            Endpoint { host: attribute(target, "host").to_owned(), port: attribute(target, "port").to_owned() };
        for command in target.children().filter(Node::is_element) {
            read_command(&mut scan, &endpoint, command, &document.at(command));
        }
    }
    match targets {
        0 => scan.looked_at_nothing("no server in it: nothing was looked at"),
        _ => tell_unanswered(&mut scan),
    }
    Ok(scan.finish(&[Class::Running], &document.at(root)))
}

/// Reads what one command found, in XML.
fn read_command(scan: &mut Scan<'_>, endpoint: &Endpoint, command: Node<'_, '_>, at: &str) {
    if command.has_attribute("exception") {
        scan.add_error(&format!("{}: {}", command.tag_name().name(), attribute(command, "exception")));
        return;
    }
    let says = |element: &str, name: &str| find(command, element).map(|node| attribute(node, name).to_owned());
    let is = |value: Option<String>, word: &str| value.is_some_and(|value| value == word);
    match command.tag_name().name() {
        "heartbleed" => {
            let bad = is(says("openSslHeartbleed", "isVulnerable"), "True");
            judge(scan, endpoint, bad, tls::HEARTBLEED, "", at);
        }
        "openssl_ccs" => {
            let bad = is(says("openSslCcsInjection", "isVulnerable"), "True");
            judge(scan, endpoint, bad, tls::CCS_INJECTION, "", at);
        }
        "robot" => robot(scan, endpoint, &says("robotAttack", "resultEnum").unwrap_or_default(), at),
        "compression" => {
            let bad = children(command, "compressionMethod").any(|method| attribute(method, "isSupported") == "True");
            judge(scan, endpoint, bad, tls::COMPRESSION, "", at);
        }
        "fallback" => {
            let bad = is(says("tlsFallbackScsv", "isSupported"), "False");
            judge(scan, endpoint, bad, tls::NO_FALLBACK_SCSV, "no TLS_FALLBACK_SCSV", at);
        }
        "reneg" => {
            let client = is(says("sessionRenegotiation", "canBeClientInitiated"), "True");
            judge(scan, endpoint, client, tls::CLIENT_RENEGOTIATION, "", at);
            let insecure = is(says("sessionRenegotiation", "isSecure"), "False");
            judge(scan, endpoint, insecure, tls::INSECURE_RENEGOTIATION, "", at);
        }
        "certinfo" => read_certificates(scan, endpoint, command, at),
        name if name.starts_with("ssl") || name.starts_with("tls") => {
            let lists = ["preferredCipherSuite", "acceptedCipherSuites"].into_iter();
            let suites = lists.filter_map(|list| find(command, list)).flat_map(|list| list.children());
            let names = suites.filter(Node::is_element).map(|suite| attribute(suite, "name"));
            let names = distinct(names);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            protocol(scan, endpoint, &name.replace('_', "."), &names, at);
        }
        // Resumption and headers are facts.
        _ => {}
    }
}

fn read_certificates(scan: &mut Scan<'_>, endpoint: &Endpoint, command: Node<'_, '_>, at: &str) {
    let validation = find(command, "certificateValidation");
    let untrusted: Vec<String> = validation
        .into_iter()
        .flat_map(|all| children(all, "pathValidation"))
        .filter(|store| attribute(*store, "validationResult") != "ok")
        .map(|store| {
            let result = [attribute(store, "validationResult"), attribute(store, "error")].concat();
            format!("{}: {result}", attribute(store, "usingTrustStore"))
        })
        .collect();
    judge(scan, endpoint, !untrusted.is_empty(), tls::UNTRUSTED, untrusted.join("; "), at);
    if let Some(name) = validation.and_then(|all| find(all, "hostnameValidation")) {
        let bad = attribute(name, "certificateMatchesServerHostname") == "False";
        judge(scan, endpoint, bad, tls::OTHER_NAME, attribute(name, "serverHostname"), at);
    }
    let chain = find(command, "receivedCertificateChain");
    if let Some(leaf) = chain.and_then(|chain| children(chain, "certificate").next()) {
        let hash = text(leaf, "signatureAlgorithm").to_ascii_lowercase();
        let message = format!("{}: {hash}", text(leaf, "subject"));
        judge(scan, endpoint, hash.contains("sha1") || hash.contains("md5"), tls::WEAK_SIGNATURE, message, at);
        if let Some(key) = find(leaf, "publicKey") {
            let short = attribute(key, "algorithm") == "RSA"
                && attribute(key, "size").parse::<u32>().is_ok_and(|bits| bits < 2048);
            judge(scan, endpoint, short, tls::SHORT_KEY, format!("RSA, {} bits", attribute(key, "size")), at);
        }
    }
}
