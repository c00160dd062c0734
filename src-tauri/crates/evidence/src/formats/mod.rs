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
mod collapsed_stacks;
mod composer_audit;
mod crunch42;
mod cyclonedx;
mod dependency_check;
mod detect_secrets;
mod docker_bench;
mod docker_compose;
mod dockle;
mod dotnet_vulnerable;
mod drheader;
mod eslint;
mod explain_json;
mod explain_text;
mod gatling;
mod gitlab_dep;
mod gitlab_sast;
mod gitlab_secrets;
mod gitleaks;
mod gosec;
mod govulncheck;
mod groma_facts;
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
mod jfr_summary;
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
mod krakend_audit;
mod kube_bench;
mod kube_linter;
mod kubectl_top;
mod kubescape;
mod lcov;
mod locust;
mod log_lines;
mod memcached;
mod mongodb_explain;
mod mongodb_status;
mod mozilla_observatory;
mod mysql_digest;
mod mysql_explain;
mod mysql_variables;
mod nancy;
mod nessus;
mod nikto;
mod njsscan;
mod nmap;
mod npm_audit_v6;
mod npm_audit_v7;
mod nuclei;
mod oha;
mod openapi;
mod openvas;
mod openvex;
mod osv_scanner;
mod otlp;
mod pg_stat_statements;
mod pgbadger;
mod pgbouncer;
mod pip_audit;
mod pmd;
mod pnpm_audit;
mod popeye;
mod prometheus_query;
mod prometheus_rules;
mod prometheus_text;
mod psql_text;
mod pt_query_digest;
mod rds_performance_insights;
mod redis_config;
mod redis_info;
mod redis_slowlog;
mod safety;
mod sarif;
mod scorecard;
mod semgrep;
mod snyk;
mod sonarqube;
mod sonarqube_report;
mod spdx;
mod spotbugs;
mod ssllabs;
mod sslscan;
mod sslyze;
mod testssl;
mod tfsec;
mod trivy;
mod trivy_operator;
mod trufflehog;
mod trufflehog3;
mod vegeta;
mod wapiti;
mod wrk;
mod wrk2;
mod yarn_audit;
mod zap_json;
mod zap_xml;

const FORMATS: &[Format] = &[
    crunch42::FORMAT,
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
    collapsed_stacks::FORMAT,
    composer_audit::FORMAT,
    cyclonedx::FORMAT,
    dependency_check::FORMAT,
    detect_secrets::FORMAT,
    docker_bench::FORMAT,
    docker_compose::FORMAT,
    dockle::FORMAT,
    dotnet_vulnerable::FORMAT,
    drheader::FORMAT,
    eslint::FORMAT,
    explain_json::FORMAT,
    explain_text::FORMAT,
    gatling::FORMAT,
    gitlab_dep::FORMAT,
    gitlab_sast::FORMAT,
    gitlab_secrets::FORMAT,
    gitleaks::FORMAT,
    gosec::FORMAT,
    govulncheck::FORMAT,
    groma_facts::FORMAT,
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
    jfr_summary::FORMAT,
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
    krakend_audit::FORMAT,
    kube_bench::FORMAT,
    kube_linter::FORMAT,
    kubectl_top::FORMAT,
    kubescape::FORMAT,
    lcov::FORMAT,
    locust::FORMAT,
    log_lines::FORMAT,
    memcached::FORMAT,
    mongodb_explain::FORMAT,
    mongodb_status::FORMAT,
    mozilla_observatory::FORMAT,
    mysql_digest::FORMAT,
    mysql_explain::FORMAT,
    mysql_variables::FORMAT,
    nancy::FORMAT,
    nessus::FORMAT,
    nikto::FORMAT,
    njsscan::FORMAT,
    nmap::FORMAT,
    npm_audit_v6::FORMAT,
    npm_audit_v7::FORMAT,
    nuclei::FORMAT,
    oha::FORMAT,
    openapi::FORMAT,
    openvas::FORMAT,
    openvex::FORMAT,
    osv_scanner::FORMAT,
    otlp::FORMAT,
    pg_stat_statements::FORMAT,
    pgbadger::FORMAT,
    pgbouncer::FORMAT,
    pip_audit::FORMAT,
    pmd::FORMAT,
    pnpm_audit::FORMAT,
    popeye::FORMAT,
    prometheus_query::FORMAT,
    prometheus_rules::FORMAT,
    prometheus_text::FORMAT,
    psql_text::FORMAT,
    pt_query_digest::FORMAT,
    rds_performance_insights::FORMAT,
    redis_config::FORMAT,
    redis_info::FORMAT,
    redis_slowlog::FORMAT,
    safety::FORMAT,
    sarif::FORMAT,
    scorecard::FORMAT,
    semgrep::FORMAT,
    snyk::FORMAT,
    sonarqube::FORMAT,
    sonarqube_report::FORMAT,
    spdx::FORMAT,
    spotbugs::FORMAT,
    ssllabs::FORMAT,
    sslscan::FORMAT,
    sslyze::FORMAT,
    testssl::FORMAT,
    tfsec::FORMAT,
    trivy::FORMAT,
    trivy_operator::FORMAT,
    trufflehog3::FORMAT,
    trufflehog::FORMAT,
    vegeta::FORMAT,
    wapiti::FORMAT,
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

/// A column of a table of formats: its head, and its cell for a format.
pub type Column<'a> = (&'a str, &'a dyn Fn(&Format) -> String);

/// The formats as a Markdown table, sorted by id, with one more column where one is given.
#[must_use]
pub fn markdown(column: Option<Column<'_>>) -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let head = column.map_or_else(String::new, |(head, _)| format!(" {head} |"));
    let rule = if column.is_some() { "---:|" } else { "" };
    let mut out = format!("| Format | Title | Tool | What is counted |{head}\n|---|---|---|---|{rule}\n");
    for format in FORMATS {
        let last = column.map_or_else(String::new, |(_, of)| format!(" {} |", cell(&of(format))));
        let [title, tool, note] = [format.title, format.tool, format.note].map(cell);
        out.push_str(&format!("| `{}` | {title} | {tool} | {note} |{last}\n", format.id));
    }
    out
}

/// For formats that hide no secrets but those that show by their shape.
pub(crate) fn no_secrets(_: &str, _: &mut crate::Secrets) {}
