//! What configuration sets: pools, timeouts, limits of bodies, shutdown, health.

use crate::flat::{self, Setting};
use crate::notes::Notes;
use crate::quantity::{bytes, millis, number};
use crate::source::Source;

/// What a value is.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    /// A time; a plain number counts so many milliseconds.
    Time(f64),
    Size,
}

/// Keys, without dots, hyphens and case, by how they end: the metric, what sets it.
const KEYS: &[(&str, &str, &str, Kind)] = &[
    ("hikarimaximumpoolsize", "code.db.pool.size", "HikariCP", Kind::Number),
    ("hikariconnectiontimeout", "code.db.pool.acquire_timeout", "HikariCP", Kind::Time(1.0)),
    ("hikarimaxlifetime", "code.db.pool.max_lifetime", "HikariCP", Kind::Time(1.0)),
    ("hikariidletimeout", "code.db.pool.idle_timeout", "HikariCP", Kind::Time(1.0)),
    ("hikarileakdetectionthreshold", "code.db.pool.leak_detection", "HikariCP", Kind::Time(1.0)),
    ("datasourcejdbcmaxsize", "code.db.pool.size", "Agroal", Kind::Number),
    ("datasourcejdbcacquisitiontimeout", "code.db.pool.acquire_timeout", "Agroal", Kind::Time(1_000.0)),
    ("datasourcejdbcmaxlifetime", "code.db.pool.max_lifetime", "Agroal", Kind::Time(1_000.0)),
    ("datasourcejdbcidleremovalinterval", "code.db.pool.idle_timeout", "Agroal", Kind::Time(1_000.0)),
    ("datasourcejdbcleakdetectioninterval", "code.db.pool.leak_detection", "Agroal", Kind::Time(1_000.0)),
    ("datasourcetomcatmaxactive", "code.db.pool.size", "Tomcat JDBC", Kind::Number),
    ("datasourcetomcatmaxwait", "code.db.pool.acquire_timeout", "Tomcat JDBC", Kind::Time(1.0)),
    ("datasourcedbcp2maxtotal", "code.db.pool.size", "DBCP", Kind::Number),
    ("r2dbcpoolmaxsize", "code.db.pool.size", "R2DBC", Kind::Number),
    ("r2dbcpoolmaxacquiretime", "code.db.pool.acquire_timeout", "R2DBC", Kind::Time(1_000.0)),
    ("r2dbcpoolmaxlifetime", "code.db.pool.max_lifetime", "R2DBC", Kind::Time(1_000.0)),
    ("pgbouncerdefaultpoolsize", "code.db.pool.size", "PgBouncer", Kind::Number),
    ("statementtimeout", "code.db.statement_timeout", "statement_timeout", Kind::Time(1.0)),
    ("persistencequerytimeout", "code.db.statement_timeout", "query.timeout", Kind::Time(1.0)),
    ("springtransactiondefaulttimeout", "code.db.statement_timeout", "spring.transaction", Kind::Time(1_000.0)),
    ("maxexecutiontime", "code.db.statement_timeout", "max_execution_time", Kind::Time(1.0)),
    ("multipartmaxrequestsize", "code.body_limit", "spring", Kind::Size),
    ("servertomcatmaxhttpformpostsize", "code.body_limit", "tomcat", Kind::Size),
    ("servermaxhttprequestsize", "code.body_limit", "spring", Kind::Size),
    ("codecmaxinmemorysize", "code.body_limit", "spring", Kind::Size),
    ("quarkushttplimitsmaxbodysize", "code.body_limit", "quarkus", Kind::Size),
    ("proxybodysize", "code.body_limit", "nginx", Kind::Size),
    ("postmaxsize", "code.body_limit", "php", Kind::Size),
    ("kestrellimitsmaxrequestbodysize", "code.body_limit", "ASP.NET", Kind::Size),
];

/// Notes the settings of a file.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let code = source.code();
    if source.name.contains("nginx") || source.name.ends_with(".conf") {
        nginx(source, notes);
    }
    let settings = match source.language.map(|language| language.name) {
        Some("YAML") => flat::yaml(code),
        Some("Properties" | "INI" | "TOML") => flat::lines(code),
        Some("JSON") if source.text.len() < 300_000 && !crate::manifests::is_manifest(source.name) => flat::json(code),
        _ if source.name.starts_with(".env") && !source.name.contains("example") => flat::lines(code),
        _ => return,
    };
    for setting in &settings {
        let squashed: String = setting
            .key
            .chars()
            .filter(|char| char.is_ascii_alphanumeric())
            .map(|char| char.to_ascii_lowercase())
            .collect();
        known(setting, &squashed, notes);
        other(source, setting, &squashed, notes);
    }
    if let Some(title) = openapi(&settings) {
        notes.see("code.openapi", 1, title);
    }
}

fn known(setting: &Setting, squashed: &str, notes: &mut Notes) {
    let Some((_, metric, subject, kind)) = KEYS.iter().find(|(key, ..)| squashed.ends_with(key)) else { return };
    let amount = match kind {
        Kind::Number => number(&setting.value),
        Kind::Time(unit) => millis(&setting.value, *unit),
        Kind::Size => bytes(&setting.value),
    };
    let Some(amount) = amount else { return };
    notes.amount(metric, setting.line, format!("{}={}", setting.key, setting.value), amount, subject);
    if metric.starts_with("code.db.pool.") {
        notes.see("code.db.pool", setting.line, *subject);
    }
}

/// What is told by a key with a value of its own.
fn other(source: &Source, setting: &Setting, squashed: &str, notes: &mut Notes) {
    let Setting { key, value, line } = setting;
    // Spring Boot makes a pool for every data source.
    if squashed.ends_with("springdatasourceurl") || squashed.ends_with("quarkusdatasourcejdbcurl") {
        notes.see("code.db.pool", *line, if squashed.contains("quarkus") { "Agroal" } else { "HikariCP" });
    }
    // Rails' own: `pool` of a database.
    if source.name == "database.yml" && (key.ends_with(".pool") || key.ends_with(".max_connections")) {
        notes.see("code.db.pool", *line, "Active Record");
        if let Some(size) = number(value) {
            notes.amount("code.db.pool.size", *line, format!("{key}={value}"), size, "Active Record");
        }
    }
    if source.name == "database.yml"
        && key.ends_with(".checkout_timeout")
        && let Some(wait) = millis(value, 1_000.0)
    {
        notes.amount("code.db.pool.acquire_timeout", *line, format!("{key}={value}"), wait, "Active Record");
    }
    if source.name == "database.yml"
        && key.ends_with(".idle_timeout")
        && let Some(wait) = millis(value, 1_000.0)
    {
        notes.amount("code.db.pool.idle_timeout", *line, format!("{key}={value}"), wait, "Active Record");
    }
    if let Some(limit) =
        value.split(['?', '&', ';']).find_map(|part| part.trim().strip_prefix("connection_limit=")).and_then(number)
    {
        notes.amount("code.db.pool.size", *line, "connection_limit", limit, "Prisma");
        notes.see("code.db.pool", *line, "Prisma");
    }
    for part in value.split(';') {
        let Some((name, amount)) = part.split_once('=') else { continue };
        let name: String =
            name.chars().filter(|char| char.is_ascii_alphanumeric()).map(|char| char.to_ascii_lowercase()).collect();
        let told = match name.as_str() {
            "maximumpoolsize" | "maxpoolsize" => number(amount).map(|size| ("code.db.pool.size", size)),
            "connectionlifetime" | "loadbalancetimeout" => {
                millis(amount, 1_000.0).map(|time| ("code.db.pool.max_lifetime", time))
            }
            "connectionidlelifetime" => millis(amount, 1_000.0).map(|time| ("code.db.pool.idle_timeout", time)),
            "commandtimeout" => millis(amount, 1_000.0).map(|time| ("code.db.statement_timeout", time)),
            _ => None,
        };
        if let Some((metric, amount)) = told {
            notes.amount(metric, *line, part.trim(), amount, "ADO.NET");
        }
    }
    if squashed.ends_with("servershutdown") && value == "graceful" {
        notes.see("code.graceful_shutdown", *line, "server.shutdown=graceful");
    }
    if squashed.ends_with("healthprobesenabled") && value == "true" {
        notes.see("code.health.liveness", *line, key.as_str());
        notes.see("code.health.readiness", *line, key.as_str());
    }
    if squashed.ends_with("loggingstructuredformatconsole")
        || squashed.ends_with("loggingstructuredformatfile")
        || (squashed.contains("quarkuslogconsolejson") && value != "false")
    {
        notes.see("code.logs.structured", *line, key.as_str());
    }
    if ["springhttpclientreadtimeout", "springhttpclientsettingsreadtimeout", "springhttpclientsreadtimeout"]
        .iter()
        .any(|end| squashed.ends_with(end))
    {
        notes.see("outbound.default", *line, "RestTemplate");
        notes.see("outbound.default", *line, "RestClient");
    }
}

fn nginx(source: &Source, notes: &mut Notes) {
    for (line, text) in (1..).zip(source.code().lines()) {
        if let Some(size) = text
            .trim()
            .strip_prefix("client_max_body_size")
            .map(|rest| rest.trim().trim_end_matches(';'))
            .and_then(bytes)
        {
            notes.amount("code.body_limit", line, text.trim(), size, "nginx");
        }
    }
}

/// The title of a description of an interface.
fn openapi(settings: &[Setting]) -> Option<String> {
    let first = settings.iter().take(5).any(|setting| {
        (setting.key == "openapi" && setting.value.starts_with('3'))
            || (setting.key == "swagger" && setting.value.starts_with('2'))
    });
    let title = settings.iter().find(|setting| setting.key == "info.title").map(|setting| setting.value.clone());
    first.then(|| title.unwrap_or_else(|| "OpenAPI".to_owned()))
}
