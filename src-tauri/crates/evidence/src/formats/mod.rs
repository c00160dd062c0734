//! The formats, one file each. Adding one is a file, a line here and fixtures.

use crate::Format;

mod bandit;
mod brakeman;
mod bundler_audit;
mod burp;
mod cargo_audit;
mod checkov;
mod composer_audit;
mod cyclonedx;
mod dependency_check;
mod detect_secrets;
mod dockle;
mod dotnet_vulnerable;
mod eslint;
mod gitlab_dep;
mod gitlab_sast;
mod gitlab_secrets;
mod gitleaks;
mod gosec;
mod govulncheck;
mod grype;
mod hadolint;
mod http_headers;
mod k6_handle_summary;
mod k6_machine_summary;
mod k6_summary_export;
mod kics;
mod kube_bench;
mod kube_linter;
mod kubescape;
mod nessus;
mod nikto;
mod nmap;
mod npm_audit_v6;
mod npm_audit_v7;
mod nuclei;
mod osv_scanner;
mod pg_stat_statements;
mod pip_audit;
mod pmd;
mod pnpm_audit;
mod prometheus_text;
mod psql_text;
mod redis_config;
mod redis_info;
mod safety;
mod sarif;
mod scorecard;
mod semgrep;
mod snyk;
mod sonarqube;
mod spdx;
mod spotbugs;
mod ssllabs;
mod testssl;
mod tfsec;
mod trivy;
mod trivy_operator;
mod trufflehog;
mod trufflehog3;
mod wrk;
mod wrk2;
mod yarn_audit;
mod zap_json;
mod zap_xml;

const FORMATS: &[Format] = &[
    bandit::FORMAT,
    brakeman::FORMAT,
    bundler_audit::FORMAT,
    burp::FORMAT,
    cargo_audit::FORMAT,
    checkov::FORMAT,
    composer_audit::FORMAT,
    cyclonedx::FORMAT,
    dependency_check::FORMAT,
    detect_secrets::FORMAT,
    dockle::FORMAT,
    dotnet_vulnerable::FORMAT,
    eslint::FORMAT,
    gitlab_dep::FORMAT,
    gitlab_sast::FORMAT,
    gitlab_secrets::FORMAT,
    gitleaks::FORMAT,
    gosec::FORMAT,
    govulncheck::FORMAT,
    grype::FORMAT,
    hadolint::FORMAT,
    http_headers::FORMAT,
    k6_handle_summary::FORMAT,
    k6_machine_summary::FORMAT,
    k6_summary_export::FORMAT,
    kics::FORMAT,
    kube_bench::FORMAT,
    kube_linter::FORMAT,
    kubescape::FORMAT,
    nessus::FORMAT,
    nikto::FORMAT,
    nmap::FORMAT,
    npm_audit_v6::FORMAT,
    npm_audit_v7::FORMAT,
    nuclei::FORMAT,
    osv_scanner::FORMAT,
    pg_stat_statements::FORMAT,
    pip_audit::FORMAT,
    pmd::FORMAT,
    pnpm_audit::FORMAT,
    prometheus_text::FORMAT,
    psql_text::FORMAT,
    redis_config::FORMAT,
    redis_info::FORMAT,
    safety::FORMAT,
    sarif::FORMAT,
    scorecard::FORMAT,
    semgrep::FORMAT,
    snyk::FORMAT,
    sonarqube::FORMAT,
    spdx::FORMAT,
    spotbugs::FORMAT,
    ssllabs::FORMAT,
    testssl::FORMAT,
    tfsec::FORMAT,
    trivy::FORMAT,
    trivy_operator::FORMAT,
    trufflehog::FORMAT,
    trufflehog3::FORMAT,
    wrk::FORMAT,
    wrk2::FORMAT,
    yarn_audit::FORMAT,
    zap_json::FORMAT,
    zap_xml::FORMAT,
];

/// Every format that can be read, sorted by id.
#[must_use]
pub fn formats() -> &'static [Format] {
    FORMATS
}

/// For formats that hide no secrets but those that show by their shape.
pub(crate) fn no_secrets(_: &str, _: &mut crate::Secrets) {}
