//! Connection pools, as the common libraries export them.

use std::collections::BTreeMap;

use super::{
    exposition::{Exposition, Sample},
    histogram::{Percentile, distributions},
    http::millis_per_unit,
};
use crate::Import;

/// Gauges and counters of a pool.
const GAUGES: &[(&str, &str)] = &[
    ("hikaricp_connections", "db.pool.total"),
    ("hikaricp_connections_active", "db.pool.active"),
    ("hikaricp_connections_idle", "db.pool.idle"),
    ("hikaricp_connections_max", "db.pool.max"),
    ("hikaricp_connections_pending", "db.pool.waiting"),
    ("hikaricp_connections_timeout_total", "db.pool.timeouts"),
    ("r2dbc_pool_acquired_connections", "db.pool.active"),
    ("r2dbc_pool_idle_connections", "db.pool.idle"),
    ("r2dbc_pool_max_allocated_connections", "db.pool.max"),
    ("r2dbc_pool_pending_connections", "db.pool.waiting"),
    ("jdbc_connections_active", "db.pool.active"),
    ("jdbc_connections_idle", "db.pool.idle"),
    ("jdbc_connections_max", "db.pool.max"),
    ("go_sql_max_open_connections", "db.pool.max"),
    ("go_sql_open_connections", "db.pool.total"),
    ("go_sql_in_use_connections", "db.pool.active"),
    ("go_sql_idle_connections", "db.pool.idle"),
    ("go_sql_stats_connections_max_open", "db.pool.max"),
    ("go_sql_stats_connections_open", "db.pool.total"),
    ("go_sql_stats_connections_in_use", "db.pool.active"),
    ("go_sql_stats_connections_idle", "db.pool.idle"),
    ("pgxpool_acquired_conns", "db.pool.active"),
    ("pgxpool_idle_conns", "db.pool.idle"),
    ("pgxpool_max_conns", "db.pool.max"),
    ("pgxpool_total_conns", "db.pool.total"),
    ("db_client_connections_max", "db.pool.max"),
    ("db_client_connection_max", "db.pool.max"),
    ("db_client_connections_pending_requests", "db.pool.waiting"),
    ("db_client_connection_pending_requests", "db.pool.waiting"),
    ("db_client_connections_timeouts_total", "db.pool.timeouts"),
    ("db_client_connection_timeouts_total", "db.pool.timeouts"),
    ("db_pool_max", "db.pool.max"),
    ("db_pool_size", "db.pool.max"),
    ("db_pool_connections_max", "db.pool.max"),
    ("db_pool_active", "db.pool.active"),
    ("db_pool_connections_active", "db.pool.active"),
    ("db_pool_idle", "db.pool.idle"),
    ("db_pool_connections_idle", "db.pool.idle"),
    ("db_pool_waiting", "db.pool.waiting"),
    ("db_pool_connections_waiting", "db.pool.waiting"),
    ("db_pool_timeouts_total", "db.pool.timeouts"),
    ("pgbouncer_pools_server_active_connections", "db.pool.active"),
    ("pgbouncer_pools_server_idle_connections", "db.pool.idle"),
    ("pgbouncer_pools_client_waiting_connections", "db.pool.waiting"),
    ("pgbouncer_databases_pool_size", "db.pool.max"),
];
/// Families that split a pool by a `state` label.
const BY_STATE: &[&str] = &[
    "db_pool_connections_total",
    "db_pool_connections",
    "db_client_connections_usage",
    "db_client_connection_count",
    "db_connections",
];
/// Histograms and summaries of the wait for a connection.
const WAITS: &[&str] = &[
    "db_pool_wait_duration_seconds",
    "db_pool_acquire_duration_seconds",
    "hikaricp_connections_acquire_seconds",
    "db_client_connections_wait_time_milliseconds",
    "db_client_connection_wait_time_seconds",
];

/// The names of the families found: the pool's state, the wait.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub pool: Option<&'static str>,
    pub wait: Option<&'static str>,
}

fn name(sample: &Sample<'_>) -> String {
    let labels =
        ["pool", "pool_name", "db_client_connection_pool_name", "name", "db_name", "datasource", "database", "db"];
    sample.any_label(&labels).unwrap_or_default().to_owned()
}

/// Writes the state of every pool, and its usage where its size is known.
pub(crate) fn emit(import: &mut Import, exposition: &Exposition<'_>) -> Found {
    let mut found = Found::default();
    // (pool, metric) to value and line: users of one pool label sum up.
    let mut pools: BTreeMap<(String, &str), (f64, u64)> = BTreeMap::new();
    let mut add = |pool: String, metric, sample: &Sample<'_>| {
        if sample.value.is_finite() {
            pools.entry((pool, metric)).or_insert((0.0, sample.line)).0 += sample.value;
        }
    };
    for sample in &exposition.samples {
        if let Some((family, metric)) = GAUGES.iter().find(|(family, _)| *family == sample.name) {
            found.pool.get_or_insert(family);
            add(name(sample), metric, sample);
        } else if let Some(family) = BY_STATE.iter().find(|family| **family == sample.name) {
            let state = sample.any_label(&["state", "db_client_connection_state", "status"]);
            let metric = match state {
                Some("active" | "used" | "in_use" | "busy" | "acquired") => "db.pool.active",
                Some("idle" | "free" | "available") => "db.pool.idle",
                Some("waiting" | "pending" | "queued") => "db.pool.waiting",
                Some("max" | "limit") => "db.pool.max",
                Some("total" | "open") => "db.pool.total",
                _ => continue,
            };
            found.pool.get_or_insert(family);
            add(name(sample), metric, sample);
        }
    }
    for ((pool, metric), (value, line)) in &pools {
        import.measure(metric, *value, pool.clone(), format!("line {line}"));
        if *metric == "db.pool.active"
            && let Some((max, _)) = pools.get(&(pool.clone(), "db.pool.max")).filter(|(max, _)| *max > 0.0)
        {
            import.measure("db.pool.usage", value / max, pool.clone(), format!("line {line}"));
        }
    }
    for sample in exposition.named("hikaricp_connections_acquire_seconds_max").filter(|sample| sample.value.is_finite())
    {
        import.measure("db.pool.wait.max", sample.value * 1e3, name(sample), format!("line {}", sample.line));
    }
    for family in WAITS {
        let Some(unit) = millis_per_unit(family) else { continue };
        for (pool, distribution) in distributions(exposition, family, name) {
            found.wait.get_or_insert(family);
            let at = format!("line {}", distribution.line);
            if let Some(mean) = distribution.mean() {
                import.measure("db.pool.wait.avg", mean * unit, pool.clone(), at.clone());
            }
            match distribution.percentile(0.99) {
                Some(Percentile::Within { value, .. } | Percentile::Stated(value)) => {
                    import.measure("db.pool.wait.p99", value * unit, pool, at);
                }
                Some(Percentile::Beyond(bound)) => import.warn(
                    Some(distribution.line),
                    format!("p99 of the wait lies beyond the last bucket, {} ms", bound * unit),
                ),
                None => {}
            }
        }
    }
    found
}
