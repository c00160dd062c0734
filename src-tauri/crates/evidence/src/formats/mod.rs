//! The formats, one file each. Adding one is a file, a line here and fixtures.

use crate::Format;

mod ab;
mod actuator;
mod autocannon;
mod bandit;
mod brakeman;
mod bundler_audit;
mod burp;
mod cargo_audit;
mod checkov;
mod cobertura;
mod composer_audit;
mod cyclonedx;
mod dependency_check;
mod detect_secrets;
mod docker_compose;
mod dockle;
mod dotnet_vulnerable;
mod drheader;
mod eslint;
mod explain_json;
mod gatling;
mod gitlab_dep;
mod gitlab_sast;
mod gitlab_secrets;
mod gitleaks;
mod gosec;
mod govulncheck;
mod groma_kit;
mod grype;
mod hadolint;
mod hdrhistogram;
mod hey;
mod http_headers;
mod httpx;
mod humble;
mod jacoco;
mod jaeger;
mod java_threads;
mod jmeter_jtl;
mod jmeter_statistics;
mod junit;
mod jvm_gc_log;
mod k6_handle_summary;
mod k6_machine_summary;
mod k6_ndjson;
mod k6_summary_export;
mod k8s_manifest;
mod kics;
mod kube_bench;
mod kube_linter;
mod kubectl_top;
mod kubescape;
mod lcov;
mod locust;
mod memcached;
mod mozilla_observatory;
mod mysql_variables;
mod nessus;
mod nikto;
mod nmap;
mod npm_audit_v6;
mod npm_audit_v7;
mod nuclei;
mod oha;
mod openapi;
mod osv_scanner;
mod otlp;
mod pg_stat_statements;
mod pgbadger;
mod pgbouncer;
mod pip_audit;
mod pmd;
mod pnpm_audit;
mod prometheus_query;
mod prometheus_text;
mod psql_text;
mod redis_config;
mod redis_info;
mod redis_slowlog;
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
mod vegeta;
mod wrk;
mod wrk2;
mod yarn_audit;
mod zap_json;
mod zap_xml;

const FORMATS: &[Format] = &[
    ab::FORMAT,
    actuator::FORMAT,
    autocannon::FORMAT,
    bandit::FORMAT,
    brakeman::FORMAT,
    bundler_audit::FORMAT,
    burp::FORMAT,
    cargo_audit::FORMAT,
    checkov::FORMAT,
    cobertura::FORMAT,
    composer_audit::FORMAT,
    cyclonedx::FORMAT,
    dependency_check::FORMAT,
    detect_secrets::FORMAT,
    docker_compose::FORMAT,
    dockle::FORMAT,
    dotnet_vulnerable::FORMAT,
    drheader::FORMAT,
    eslint::FORMAT,
    explain_json::FORMAT,
    gatling::FORMAT,
    gitlab_dep::FORMAT,
    gitlab_sast::FORMAT,
    gitlab_secrets::FORMAT,
    gitleaks::FORMAT,
    gosec::FORMAT,
    govulncheck::FORMAT,
    groma_kit::FORMAT,
    grype::FORMAT,
    hadolint::FORMAT,
    hdrhistogram::FORMAT,
    hey::FORMAT,
    http_headers::FORMAT,
    httpx::FORMAT,
    humble::FORMAT,
    jacoco::FORMAT,
    jaeger::FORMAT,
    java_threads::FORMAT,
    jmeter_jtl::FORMAT,
    jmeter_statistics::FORMAT,
    junit::FORMAT,
    jvm_gc_log::FORMAT,
    k6_handle_summary::FORMAT,
    k6_machine_summary::FORMAT,
    k6_ndjson::FORMAT,
    k6_summary_export::FORMAT,
    k8s_manifest::FORMAT,
    kics::FORMAT,
    kube_bench::FORMAT,
    kube_linter::FORMAT,
    kubectl_top::FORMAT,
    kubescape::FORMAT,
    lcov::FORMAT,
    locust::FORMAT,
    memcached::FORMAT,
    mozilla_observatory::FORMAT,
    mysql_variables::FORMAT,
    nessus::FORMAT,
    nikto::FORMAT,
    nmap::FORMAT,
    npm_audit_v6::FORMAT,
    npm_audit_v7::FORMAT,
    nuclei::FORMAT,
    oha::FORMAT,
    openapi::FORMAT,
    osv_scanner::FORMAT,
    otlp::FORMAT,
    pg_stat_statements::FORMAT,
    pgbadger::FORMAT,
    pgbouncer::FORMAT,
    pip_audit::FORMAT,
    pmd::FORMAT,
    pnpm_audit::FORMAT,
    prometheus_query::FORMAT,
    prometheus_text::FORMAT,
    psql_text::FORMAT,
    redis_config::FORMAT,
    redis_info::FORMAT,
    redis_slowlog::FORMAT,
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
    trufflehog3::FORMAT,
    trufflehog::FORMAT,
    vegeta::FORMAT,
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
