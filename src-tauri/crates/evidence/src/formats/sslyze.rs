//! sslyze's XML, of its versions before 3, and JSON, of those since.

use groma_model::{Severity, Timestamp};
use roxmltree::Node;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{RUNNING_METRICS, Scan, distinct},
    severity::Severities,
    tls::{self, Endpoint, Fault},
    tree::{self, Tree},
    xml::{self, Xml, attribute, children, find, text},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "sslyze",
    title: "sslyze --json_out, --xml_out",
    tool: "sslyze",
    note: "One issue a fault: a protocol, a kind of weak cipher suite that a protocol accepts, a bug, a property of the \
           certificate; what is in order is counted. sslyze knows no severity: it is assigned at import.",
    metrics: RUNNING_METRICS,
    severities: Severities::NONE.assigning(&[
        ("", Severity::Critical),
        ("", Severity::High),
        ("", Severity::Medium),
        ("", Severity::Low),
    ]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    let xml = xml::root(head) == "document" && head.contains("SSLyzeVersion");
    let json = probe.is_object() && probe.has("server_scan_results");
    Confidence::certain_if(xml || json)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if input.text.trim_start().starts_with('<') { read_xml(input) } else { read_json(input) }
}

/// Adds a fault, or counts that there is none.
fn judge(scan: &mut Scan<'_>, endpoint: &Endpoint, bad: bool, fault: Fault, message: impl Into<String>, at: &str) {
    match bad {
        true => tls::add(scan, endpoint, fault, message.into(), at),
        false => scan.add_other("passed"),
    }
}

/// A protocol that is on, and its cipher suites: one issue for each thing that is wrong with some of them.
fn protocol(scan: &mut Scan<'_>, endpoint: &Endpoint, name: &str, accepted: &[&str], at: &str) {
    let on = !accepted.is_empty();
    let old = tls::old_protocol(name).filter(|_| on);
    judge(scan, endpoint, old.is_some(), old.unwrap_or(tls::OLD_TLS), format!("{name} is on"), at);
    if !on {
        return;
    }
    let mut faults: Vec<(Fault, Vec<&str>)> = Vec::new();
    for suite in accepted {
        let Some(fault) = tls::weak_suite(suite) else { continue };
        match faults.iter_mut().find(|(known, _)| known.rule() == fault.rule()) {
            Some((_, suites)) => suites.push(suite),
            None => faults.push((fault, vec![suite])),
        }
    }
    if faults.is_empty() {
        scan.add_other("passed");
    }
    for (fault, suites) in faults {
        tls::add(scan, endpoint, fault, format!("{name}: {}", suites.join(", ")), at);
    }
}

/// ROBOT's result.
fn robot(scan: &mut Scan<'_>, endpoint: &Endpoint, result: &str, at: &str) {
    match result {
        "VULNERABLE_STRONG_ORACLE" => tls::add(scan, endpoint, tls::ROBOT, String::new(), at),
        "VULNERABLE_WEAK_ORACLE" => tls::add(scan, endpoint, tls::ROBOT_WEAK, String::new(), at),
        "NOT_VULNERABLE_NO_ORACLE" | "NOT_VULNERABLE_RSA_NOT_SUPPORTED" => scan.add_other("passed"),
        "" => {}
        other => scan.import.warn(None, format!("{}: ROBOT was not told: {other}", endpoint.host)),
    }
}

fn read_xml(input: &Input<'_>) -> Result<Import, Refusal> {
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
    if targets == 0 {
        scan.import.warn(None, "no server in it: nothing was looked at, which is not a clean result");
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

fn read_json(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `sslyze --json_out=sslyze.json HOST`";
    let document = tree::object(input.text, FORMAT.title, &["server_scan_results"], remedy)?;
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    document.text("sslyze_version").clone_into(&mut scan.import.tool_version);
    // Written without a time zone; sslyze means UTC.
    let ended = document.text("date_scans_completed");
    scan.import.captured_at = ended.parse().ok().or_else(|| format!("{ended}Z").parse::<Timestamp>().ok());
    for list in ["invalid_server_strings", "server_connectivity_errors"] {
        for failed in document.get(list).items() {
            scan.add_error(&format!("{}: {}", failed.text("server_string"), failed.text("error_message")));
        }
    }
    let servers = document.get("server_scan_results");
    for (at, server) in scan.objects(servers, "/server_scan_results") {
        let location = ["server_location", "server_info/server_location"].map(|path| server.get(path));
        let location = location.into_iter().find(|location| !location.is_null()).unwrap_or(server);
        let endpoint = Endpoint { host: location.text("hostname").to_owned(), port: location.text("port").to_owned() };
        if server.text("connectivity_status") == "ERROR" {
            scan.add_error(&format!("{} could not be reached", endpoint.host));
            continue;
        }
        let key = if server.has("scan_result") { "scan_result" } else { "scan_commands_results" };
        for (command, result) in server.get(key).entries() {
            let at = format!("{at}/{key}/{command}");
            match result.text("status") {
                "ERROR" => {
                    let reason = result.first(&["error_reason", "error_trace"]);
                    scan.add_error(&format!("{} {command}: {reason}", endpoint.host));
                    continue;
                }
                "NOT_SCHEDULED" => continue,
                _ => {}
            }
            // Since version 5 there is a status around it.
            let found = if result.has("status") { result.get("result") } else { result };
            if !found.is_null() {
                read_result(&mut scan, &endpoint, command.as_str(), found, &at);
            }
        }
    }
    if servers.items().is_empty() {
        scan.import.warn(None, "no server in it: nothing was looked at, which is not a clean result");
    }
    Ok(scan.finish(&[Class::Running], "/server_scan_results"))
}

/// Reads what one command found, in JSON.
fn read_result(scan: &mut Scan<'_>, endpoint: &Endpoint, command: &str, found: &Tree<'_>, at: &str) {
    let is = |key: &str, word: &str| found.text(key) == word;
    match command {
        "heartbleed" => {
            judge(scan, endpoint, found.is_true("is_vulnerable_to_heartbleed"), tls::HEARTBLEED, "", at);
        }
        "openssl_ccs_injection" => {
            judge(scan, endpoint, found.is_true("is_vulnerable_to_ccs_injection"), tls::CCS_INJECTION, "", at);
        }
        "robot" => robot(scan, endpoint, found.text("robot_result"), at),
        "tls_compression" => {
            judge(scan, endpoint, found.is_true("supports_compression"), tls::COMPRESSION, "", at);
        }
        "tls_fallback_scsv" => {
            let bad = is("supports_fallback_scsv", "false");
            judge(scan, endpoint, bad, tls::NO_FALLBACK_SCSV, "no TLS_FALLBACK_SCSV", at);
        }
        "session_renegotiation" => {
            let client = found.is_true("is_vulnerable_to_client_renegotiation_dos")
                || found.is_true("accepts_client_renegotiation");
            judge(scan, endpoint, client, tls::CLIENT_RENEGOTIATION, "", at);
            let insecure = is("supports_secure_renegotiation", "false");
            judge(scan, endpoint, insecure, tls::INSECURE_RENEGOTIATION, "", at);
        }
        "certificate_info" => {
            for deployment in found.get("certificate_deployments").items() {
                certificate(scan, endpoint, deployment, at);
            }
        }
        suites if suites.ends_with("_cipher_suites") => {
            let name = suites.trim_end_matches("_cipher_suites").replacen('_', " ", 1).replace('_', ".");
            let accepted = found.get("accepted_cipher_suites").items().iter();
            let names: Vec<&str> = accepted.map(|suite| suite.first(&["cipher_suite/name", "name"])).collect();
            protocol(scan, endpoint, &name.to_ascii_uppercase(), &names, at);
        }
        // Early data, curves, extensions, headers and resumption are facts.
        _ => {}
    }
}

fn certificate(scan: &mut Scan<'_>, endpoint: &Endpoint, deployment: &Tree<'_>, at: &str) {
    let stores = deployment.get("path_validation_results").items().iter();
    let untrusted: Vec<String> = stores
        .filter(|store| match store.text("was_validation_successful") {
            // Older versions name the error alone.
            "" => !store.text("openssl_error_string").is_empty(),
            successful => successful != "true",
        })
        .map(|store| {
            let error = store.first(&["validation_error", "openssl_error_string"]);
            format!("{}: {error}", store.text("trust_store/name")).trim_end_matches([':', ' ']).to_owned()
        })
        .collect();
    judge(scan, endpoint, !untrusted.is_empty(), tls::UNTRUSTED, untrusted.join("; "), at);
    let name = deployment.text("leaf_certificate_subject_matches_hostname");
    if !name.is_empty() {
        judge(scan, endpoint, name == "false", tls::OTHER_NAME, endpoint.host.clone(), at);
    }
    let Some(leaf) = deployment.get("received_certificate_chain").items().first() else { return };
    let hash = leaf.text("signature_hash_algorithm/name").to_ascii_lowercase();
    let weak = hash.contains("sha1") || hash.contains("md5");
    judge(scan, endpoint, weak, tls::WEAK_SIGNATURE, format!("{}: {hash}", leaf.text("subject/rfc4514_string")), at);
    let bits = leaf.number("public_key/key_size");
    let is_rsa = leaf.text("public_key/algorithm").contains("RSA") || leaf.has("public_key/rsa_e");
    let short = is_rsa && bits.is_some_and(|bits| bits < 2048.0);
    judge(scan, endpoint, short, tls::SHORT_KEY, format!("RSA, {} bits", bits.unwrap_or_default()), at);
}
