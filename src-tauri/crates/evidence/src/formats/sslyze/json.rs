//! sslyze's JSON: of version 3 and later, and of version 2, whose names are others.

use groma_model::Timestamp;

use super::{FORMAT, judge, protocol, robot, tell_unanswered};
use crate::{
    Import, Input, Refusal,
    class::Class,
    scan::Scan,
    tls::{self, Endpoint},
    tree::{self, Tree},
};

pub(super) fn read(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `sslyze --json_out=sslyze.json HOST`";
    let document: Tree<'_> = tree::object(input.text, FORMAT.title, &[], remedy)?;
    let Some(list) = ["server_scan_results", "accepted_targets"].into_iter().find(|list| document.has(list)) else {
        return Err(Refusal::not(FORMAT.title, "no `server_scan_results` in it", remedy));
    };
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
    // Version 2: one object each, of a name and what was wrong with it.
    for (server, error) in document.get("invalid_targets").items().iter().flat_map(Tree::entries) {
        scan.add_error(&format!("{server}: {}", error.text_itself()));
    }
    let servers = document.get(list);
    let mut reached = 0;
    for (at, server) in scan.objects(servers, &format!("/{list}")) {
        let location = ["server_location", "server_info/server_location", "server_info"].map(|path| server.get(path));
        let location = location.into_iter().find(|location| !location.is_null()).unwrap_or(server);
        let endpoint = Endpoint { host: location.text("hostname").to_owned(), port: location.text("port").to_owned() };
        if server.text("connectivity_status") == "ERROR" {
            scan.add_error(&format!("{} could not be reached", endpoint.host));
            continue;
        }
        reached += 1;
        let keys = ["scan_result", "scan_commands_results", "commands_results"];
        let key = keys.into_iter().find(|key| server.has(key)).unwrap_or_default();
        for (command, error) in server.get("scan_commands_errors").entries() {
            scan.add_error(&format!("{} {command}: {}", endpoint.host, error.text("reason")));
        }
        for (command, result) in server.get(key).entries() {
            let at = format!("{at}/{key}/{command}");
            match result.text("status") {
                "ERROR" => {
                    let reason = result.first(&["error_reason", "error_trace"]);
                    scan.add_error(&format!("{} {command}: {reason}", endpoint.host));
                    continue;
                }
                "NOT_SCHEDULED" => continue,
                _ if key == "commands_results" && !result.text("error_message").is_empty() => {
                    scan.add_error(&format!("{} {command}: {}", endpoint.host, result.text("error_message")));
                    continue;
                }
                _ => {}
            }
            // Since version 5 there is a status around it.
            let found = if result.has("status") { result.get("result") } else { result };
            if !found.is_null() {
                read_result(&mut scan, &endpoint, command.as_str(), found, &at);
            }
        }
    }
    match servers.items().len() {
        0 => scan.looked_at_nothing("no server in it: nothing was looked at"),
        _ if reached == 0 => scan.looked_at_nothing("no server was reached: nothing was looked at"),
        _ => tell_unanswered(&mut scan),
    }
    Ok(scan.finish(&[Class::Running], &format!("/{list}")))
}

/// Reads what one command found, in JSON.
fn read_result(scan: &mut Scan<'_>, endpoint: &Endpoint, command: &str, found: &Tree<'_>, at: &str) {
    let is = |key: &str, word: &str| found.text(key) == word;
    match command {
        "heartbleed" => {
            judge(scan, endpoint, found.is_true("is_vulnerable_to_heartbleed"), tls::HEARTBLEED, "", at);
        }
        "openssl_ccs_injection" | "openssl_ccs" => {
            judge(scan, endpoint, found.is_true("is_vulnerable_to_ccs_injection"), tls::CCS_INJECTION, "", at);
        }
        "robot" => robot(scan, endpoint, found.first(&["robot_result", "robot_result_enum"]), at),
        "tls_compression" | "compression" => {
            let bad = found.is_true("supports_compression") || !found.text("compression_name").is_empty();
            judge(scan, endpoint, bad, tls::COMPRESSION, "", at);
        }
        "tls_fallback_scsv" | "fallback" => {
            let bad = is("supports_fallback_scsv", "false");
            judge(scan, endpoint, bad, tls::NO_FALLBACK_SCSV, "no TLS_FALLBACK_SCSV", at);
        }
        "session_renegotiation" | "reneg" => {
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
        "certinfo" | "certinfo_basic" | "certinfo_full" => certificate(scan, endpoint, found, at),
        suites if suites.ends_with("_cipher_suites") => {
            let name = suites.trim_end_matches("_cipher_suites").replacen('_', " ", 1).replace('_', ".");
            let accepted = found.get("accepted_cipher_suites").items().iter();
            let names: Vec<&str> = accepted.map(|suite| suite.first(&["cipher_suite/name", "name"])).collect();
            protocol(scan, endpoint, &name.to_ascii_uppercase(), &names, at);
        }
        old if found.has("accepted_cipher_list") => {
            let accepted = found.get("accepted_cipher_list").items().iter();
            let names: Vec<&str> = accepted.map(|suite| suite.first(&["name", "openssl_name"])).collect();
            protocol(scan, endpoint, &old.replace('_', "."), &names, at);
        }
        // Early data, curves, extensions, headers and resumption are facts.
        _ => {}
    }
}

/// Judges a certificate, whose fields have other names in each major version.
fn certificate(scan: &mut Scan<'_>, endpoint: &Endpoint, deployment: &Tree<'_>, at: &str) {
    let lists = ["path_validation_results", "path_validation_result_list"].map(|list| deployment.get(list).items());
    let stores = lists.into_iter().flatten();
    let failed = stores.filter(|store| match store.first(&["was_validation_successful", "verify_string"]) {
        // Some versions name the error alone.
        "" => !store.text("openssl_error_string").is_empty(),
        successful => !matches!(successful, "true" | "ok"),
    });
    let unknown = deployment.get("path_validation_error_list").items().iter();
    let untrusted: Vec<String> = failed
        .chain(unknown)
        .map(|store| {
            let error = store.first(&["validation_error", "openssl_error_string", "verify_string", "error_message"]);
            format!("{}: {error}", store.text("trust_store/name")).trim_end_matches([':', ' ']).to_owned()
        })
        .collect();
    judge(scan, endpoint, !untrusted.is_empty(), tls::UNTRUSTED, untrusted.join("; "), at);
    let name = deployment.first(&["leaf_certificate_subject_matches_hostname", "certificate_matches_hostname"]);
    if !name.is_empty() {
        judge(scan, endpoint, name == "false", tls::OTHER_NAME, endpoint.host.clone(), at);
    }
    let chains = ["received_certificate_chain", "certificate_chain"].map(|list| deployment.get(list).items());
    let Some(leaf) = chains.into_iter().flatten().next() else { return };
    let hash = leaf.first(&["signature_hash_algorithm/name", "signatureAlgorithm"]).to_ascii_lowercase();
    let weak = hash.contains("sha1") || hash.contains("md5");
    let subject = leaf.first(&["subject/rfc4514_string", "subject"]);
    judge(scan, endpoint, weak, tls::WEAK_SIGNATURE, format!("{subject}: {hash}"), at);
    let bits = leaf.number("public_key/key_size").or_else(|| leaf.number("publicKey/size"));
    let is_rsa =
        leaf.first(&["public_key/algorithm", "publicKey/algorithm"]).contains("RSA") || leaf.has("public_key/rsa_e");
    let short = is_rsa && bits.is_some_and(|bits| bits < 2048.0);
    judge(scan, endpoint, short, tls::SHORT_KEY, format!("RSA, {} bits", bits.unwrap_or_default()), at);
}
