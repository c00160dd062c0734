//! The formats, one file each. Adding one is a file, a line here and fixtures.

use crate::Format;

mod bandit;
mod cargo_audit;
mod detect_secrets;
mod gitleaks;
mod gosec;
mod govulncheck;
mod grype;
mod http_headers;
mod k6_handle_summary;
mod k6_machine_summary;
mod k6_summary_export;
mod npm_audit_v6;
mod npm_audit_v7;
mod osv_scanner;
mod pg_stat_statements;
mod pip_audit;
mod pnpm_audit;
mod prometheus_text;
mod psql_text;
mod redis_config;
mod redis_info;
mod safety;
mod sarif;
mod semgrep;
mod snyk;
mod trivy;
mod trufflehog;
mod trufflehog3;
mod wrk;
mod wrk2;
mod yarn_audit;

const FORMATS: &[Format] = &[
    bandit::FORMAT,
    cargo_audit::FORMAT,
    detect_secrets::FORMAT,
    gitleaks::FORMAT,
    gosec::FORMAT,
    govulncheck::FORMAT,
    grype::FORMAT,
    http_headers::FORMAT,
    k6_handle_summary::FORMAT,
    k6_machine_summary::FORMAT,
    k6_summary_export::FORMAT,
    npm_audit_v6::FORMAT,
    npm_audit_v7::FORMAT,
    osv_scanner::FORMAT,
    pg_stat_statements::FORMAT,
    pip_audit::FORMAT,
    pnpm_audit::FORMAT,
    prometheus_text::FORMAT,
    psql_text::FORMAT,
    redis_config::FORMAT,
    redis_info::FORMAT,
    safety::FORMAT,
    sarif::FORMAT,
    semgrep::FORMAT,
    snyk::FORMAT,
    trivy::FORMAT,
    trufflehog::FORMAT,
    trufflehog3::FORMAT,
    wrk::FORMAT,
    wrk2::FORMAT,
    yarn_audit::FORMAT,
];

/// Every format that can be read, sorted by id.
#[must_use]
pub fn formats() -> &'static [Format] {
    FORMATS
}

/// For formats that hide no secrets but those that show by their shape.
pub(crate) fn no_secrets(_: &str, _: &mut crate::Secrets) {}
