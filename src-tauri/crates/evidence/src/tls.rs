//! What scanners of TLS find: the faults they name, and cipher suites judged by their names. None of them knows a
//! severity; both scanners give the same fault the same one.

use groma_model::{Issue, Severity};

use crate::{class::Class, scan::Scan};

/// A fault of an endpoint.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    rule: &'static str,
    title: &'static str,
    severity: Severity,
    cwe: Option<u32>,
    cve: &'static str,
}

const fn fault(rule: &'static str, severity: Severity, cwe: u32, cve: &'static str, title: &'static str) -> Fault {
    Fault { rule, title, severity, cwe: if cwe == 0 { None } else { Some(cwe) }, cve }
}

pub(crate) const HEARTBLEED: Fault =
    fault("heartbleed", Severity::Critical, 125, "CVE-2014-0160", "Memory of the server can be read (Heartbleed)");
pub(crate) const CCS_INJECTION: Fault =
    fault("ccs-injection", Severity::High, 326, "CVE-2014-0224", "Handshakes can be tampered with (CCS injection)");
pub(crate) const ROBOT: Fault =
    fault("robot", Severity::High, 203, "", "Traffic can be decrypted through an RSA padding oracle (ROBOT)");
pub(crate) const ROBOT_WEAK: Fault =
    fault("robot", Severity::Medium, 203, "", "There is a weak RSA padding oracle (ROBOT)");
pub(crate) const COMPRESSION: Fault =
    fault("compression", Severity::Medium, 310, "CVE-2012-4929", "TLS compression is on (CRIME)");
pub(crate) const INSECURE_RENEGOTIATION: Fault =
    fault("insecure-renegotiation", Severity::Medium, 300, "CVE-2009-3555", "Renegotiation is insecure");
pub(crate) const CLIENT_RENEGOTIATION: Fault =
    fault("client-renegotiation", Severity::Low, 400, "", "Clients can make the server renegotiate at will");
pub(crate) const NO_FALLBACK_SCSV: Fault =
    fault("no-fallback-scsv", Severity::Low, 757, "", "Downgrades of the protocol are not detected");
pub(crate) const OLD_SSL: Fault = fault("ssl-protocol", Severity::High, 327, "", "A broken protocol is on");
pub(crate) const OLD_TLS: Fault = fault("old-tls-protocol", Severity::Medium, 327, "", "A deprecated protocol is on");
pub(crate) const EXPIRED: Fault =
    fault("certificate-expired", Severity::Medium, 298, "", "The certificate has expired");
pub(crate) const SELF_SIGNED: Fault =
    fault("certificate-self-signed", Severity::Medium, 295, "", "The certificate is self-signed");
pub(crate) const UNTRUSTED: Fault =
    fault("certificate-untrusted", Severity::Medium, 295, "", "The certificate is not trusted");
pub(crate) const OTHER_NAME: Fault =
    fault("certificate-name", Severity::Medium, 297, "", "The certificate is of another name");
pub(crate) const WEAK_SIGNATURE: Fault =
    fault("certificate-signature", Severity::Medium, 328, "", "The certificate is signed with a weak hash");
pub(crate) const SHORT_KEY: Fault =
    fault("certificate-key", Severity::Medium, 326, "", "The key of the certificate is short");
const NO_ENCRYPTION: Fault =
    fault("cipher-without-encryption", Severity::High, 327, "", "Cipher suites without encryption are accepted");
const ANONYMOUS: Fault =
    fault("cipher-anonymous", Severity::High, 287, "", "Cipher suites without authentication are accepted");
const BROKEN: Fault = fault("cipher-broken", Severity::High, 327, "", "Broken cipher suites are accepted");
const WEAK: Fault = fault("cipher-weak", Severity::Medium, 327, "", "Weak cipher suites are accepted");
const NO_FORWARD_SECRECY: Fault =
    fault("cipher-no-forward-secrecy", Severity::Low, 327, "", "Cipher suites without forward secrecy are accepted");

impl Fault {
    /// Its id.
    pub(crate) fn rule(self) -> &'static str {
        self.rule
    }
}

/// Where an issue of an endpoint stands.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub host: String,
    pub port: String,
}

impl Endpoint {
    /// An issue at this endpoint with no text yet.
    pub(crate) fn issue(&self, rule: &str, title: &str, message: String, at: &str) -> Issue {
        Issue {
            rule: rule.to_owned(),
            title: title.to_owned(),
            message,
            component: self.host.clone(),
            location: if self.port.is_empty() { self.host.clone() } else { format!("{}:{}", self.host, self.port) },
            at: at.to_owned(),
            ..Issue::default()
        }
    }
}

/// Adds a fault, with what the scanner says of it.
pub(crate) fn add(scan: &mut Scan<'_>, endpoint: &Endpoint, fault: Fault, message: String, at: &str) {
    let issue = Issue {
        cwe: fault.cwe.into_iter().collect(),
        cve: [fault.cve].into_iter().filter(|cve| !cve.is_empty()).map(str::to_owned).collect(),
        ..endpoint.issue(fault.rule, fault.title, message, at)
    };
    scan.add_assigned(Class::Running, fault.severity, "", issue);
}

/// What is wrong with a protocol that is on; `SSLv2`, `TLSv1.0`, `tls 1.1` and the like.
pub(crate) fn old_protocol(name: &str) -> Option<Fault> {
    let bare: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    match bare.trim_start_matches(char::is_alphabetic) {
        _ if bare.starts_with("ssl") => Some(OLD_SSL),
        "1" | "10" | "11" => Some(OLD_TLS),
        _ => None,
    }
}

/// What is wrong with a cipher suite, by its name in OpenSSL's or IANA's spelling.
pub(crate) fn weak_suite(name: &str) -> Option<Fault> {
    let upper = name.to_ascii_uppercase();
    let parts: Vec<&str> = upper.split(['-', '_']).collect();
    let has = |part: &str| parts.contains(&part);
    let starts = |start: &str| parts.iter().any(|part| part.starts_with(start));
    // The suites of TLS 1.3 name no key exchange: it always has forward secrecy.
    let thirteen = !has("WITH") && upper.starts_with("TLS_");
    let forward = starts("ECDHE") || has("DHE") || has("EDH") || has("EECDH") || thirteen;
    if has("NULL") {
        Some(NO_ENCRYPTION)
    } else if has("ANON") || has("ADH") || has("AECDH") {
        Some(ANONYMOUS)
    } else if starts("EXP") || has("RC4") || has("RC2") || has("DES40") || is_single_des(&parts) || has("MD5") {
        Some(BROKEN)
    } else if has("3DES") || has("CBC3") || has("IDEA") || has("SEED") {
        Some(WEAK)
    } else if forward {
        None
    } else {
        Some(NO_FORWARD_SECRECY)
    }
}

/// `DES-CBC-SHA` and `…_WITH_DES_CBC_SHA`, but neither `DES-CBC3-SHA` nor `3DES_EDE`.
fn is_single_des(parts: &[&str]) -> bool {
    parts.contains(&"DES") && !parts.contains(&"CBC3") && !parts.contains(&"EDE3")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites_are_judged_by_their_names_in_both_spellings() {
        for (name, rule) in [
            ("ECDHE-RSA-AES256-GCM-SHA384", ""),
            ("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", ""),
            ("DHE-RSA-AES128-SHA", ""),
            ("TLS_AES_128_GCM_SHA256", ""),
            ("AES128-SHA", "cipher-no-forward-secrecy"),
            ("TLS_RSA_WITH_AES_256_GCM_SHA384", "cipher-no-forward-secrecy"),
            ("TLS_ECDH_RSA_WITH_AES_128_CBC_SHA", "cipher-no-forward-secrecy"),
            ("DES-CBC3-SHA", "cipher-weak"),
            ("TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", "cipher-weak"),
            ("TLS_RSA_WITH_SEED_CBC_SHA", "cipher-weak"),
            ("DES-CBC-SHA", "cipher-broken"),
            ("TLS_RSA_WITH_DES_CBC_SHA", "cipher-broken"),
            ("EXP-RC2-CBC-MD5", "cipher-broken"),
            ("SSL_CK_RC4_128_EXPORT40_WITH_MD5", "cipher-broken"),
            ("TLS_RSA_EXPORT_WITH_DES40_CBC_SHA", "cipher-broken"),
            ("ECDHE-RSA-RC4-SHA", "cipher-broken"),
            ("ADH-AES128-SHA", "cipher-anonymous"),
            ("TLS_DH_anon_WITH_AES_128_CBC_SHA", "cipher-anonymous"),
            ("TLS_RSA_WITH_NULL_SHA256", "cipher-without-encryption"),
        ] {
            assert_eq!(weak_suite(name).map_or("", |fault| fault.rule), rule, "{name}");
        }
    }

    #[test]
    fn old_protocols_are_known_however_they_are_spelt() {
        for (name, rule) in [
            ("SSLv2", "ssl-protocol"),
            ("sslv3", "ssl-protocol"),
            ("ssl_3_0", "ssl-protocol"),
            ("TLSv1.0", "old-tls-protocol"),
            ("tlsv1", "old-tls-protocol"),
            ("tls_1_1", "old-tls-protocol"),
            ("tlsv1_2", ""),
            ("TLSv1.3", ""),
        ] {
            assert_eq!(old_protocol(name).map_or("", |fault| fault.rule), rule, "{name}");
        }
    }
}
