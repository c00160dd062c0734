//! The formats, one file each. Adding one is a file, a line here and fixtures.

use crate::Format;

mod ab;
mod actuator;
mod autocannon;
mod cobertura;
mod docker_compose;
mod drheader;
mod explain_json;
mod gatling;
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
mod kubectl_top;
mod lcov;
mod locust;
mod memcached;
mod mozilla_observatory;
mod mysql_variables;
mod npm_audit_v6;
mod npm_audit_v7;
mod oha;
mod openapi;
mod otlp;
mod pg_stat_statements;
mod pgbadger;
mod pgbouncer;
mod prometheus_query;
mod prometheus_text;
mod psql_text;
mod redis_config;
mod redis_info;
mod redis_slowlog;
mod sarif;
mod trivy;
mod vegeta;
mod wrk;
mod wrk2;

const FORMATS: &[Format] = &[
    ab::FORMAT,
    actuator::FORMAT,
    autocannon::FORMAT,
    cobertura::FORMAT,
    docker_compose::FORMAT,
    drheader::FORMAT,
    explain_json::FORMAT,
    gatling::FORMAT,
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
    kubectl_top::FORMAT,
    lcov::FORMAT,
    locust::FORMAT,
    memcached::FORMAT,
    mozilla_observatory::FORMAT,
    mysql_variables::FORMAT,
    npm_audit_v6::FORMAT,
    npm_audit_v7::FORMAT,
    oha::FORMAT,
    openapi::FORMAT,
    otlp::FORMAT,
    pg_stat_statements::FORMAT,
    pgbadger::FORMAT,
    pgbouncer::FORMAT,
    prometheus_query::FORMAT,
    prometheus_text::FORMAT,
    psql_text::FORMAT,
    redis_config::FORMAT,
    redis_info::FORMAT,
    redis_slowlog::FORMAT,
    sarif::FORMAT,
    trivy::FORMAT,
    vegeta::FORMAT,
    wrk::FORMAT,
    wrk2::FORMAT,
];

/// Every format that can be read, sorted by id.
#[must_use]
pub fn formats() -> &'static [Format] {
    FORMATS
}

/// For formats that hide no secrets but those that show by their shape.
pub(crate) fn no_secrets(_: &str, _: &mut crate::Secrets) {}
