//! The packs' SQL on a real PostgreSQL server, where one is installed; otherwise the tests say that they were skipped.
#![allow(clippy::disallowed_methods, reason = "a test reads fixtures and starts a server")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

const EXTENSIONS: &str = "CREATE EXTENSION pg_stat_statements; CREATE EXTENSION pgstattuple;";

/// A throwaway server on a Unix socket in a folder of its own; stopped and removed when dropped.
struct Server {
    bin: PathBuf,
    dir: tempfile::TempDir,
    as_root: bool,
}

impl Server {
    fn start() -> Option<Self> {
        let Some(bin) = find_bin() else {
            println!("skipped: no PostgreSQL server below /usr/lib/postgresql or in the PATH");
            return None;
        };
        let as_root = String::from_utf8_lossy(&Command::new("id").arg("-u").output().ok()?.stdout).trim() == "0";
        if as_root && !Command::new("id").arg("postgres").output().ok()?.status.success() {
            println!("skipped: the server does not run as root, and there is no user postgres");
            return None;
        }
        // Short, because a socket's path may have 107 bytes.
        let dir = tempfile::Builder::new().prefix("groma-pg-").tempdir_in("/tmp").unwrap();
        if as_root {
            assert!(Command::new("chown").arg("postgres").arg(dir.path()).status().unwrap().success());
        }
        let server = Self { bin, dir, as_root };
        let data = server.dir.path().join("data");
        let out =
            server.run("initdb", &["-D", data.to_str()?, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]);
        assert!(out.status.success(), "initdb: {}", String::from_utf8_lossy(&out.stderr));
        let socket = server.dir.path().to_str()?;
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{socket}' -c fsync=off \
             -c shared_preload_libraries=pg_stat_statements"
        );
        let log = server.dir.path().join("log");
        let out = server.run("pg_ctl", &["-D", data.to_str()?, "-l", log.to_str()?, "-o", &options, "-w", "start"]);
        let log = std::fs::read_to_string(&log).unwrap_or_default();
        assert!(out.status.success(), "pg_ctl: {}{log}", String::from_utf8_lossy(&out.stderr));
        Some(server)
    }

    fn run(&self, program: &str, args: &[&str]) -> Output {
        let program = self.bin.join(program);
        let mut command = if self.as_root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.args(args).current_dir(self.dir.path()).env("LC_ALL", "C").output().unwrap()
    }

    /// Runs SQL through psql's standard input, as a client would.
    fn psql(&self, args: &[&str], sql: &str) -> Output {
        use std::{io::Write, process::Stdio};
        let mut child = Command::new(self.bin.join("psql"))
            .args(["-X", "-U", "postgres", "-d", "postgres", "-h"])
            .arg(self.dir.path())
            .args(args)
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(sql.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// Rows of a query, cells separated by `|`, the column names first.
    fn rows(&self, sql: &str) -> Vec<String> {
        let out = self.psql(&["-A", "-F", "|", "-P", "footer=off", "-v", "ON_ERROR_STOP=1"], sql);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap().lines().map(ToOwned::to_owned).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.dir.path().join("data");
        self.run("pg_ctl", &["-D", &data.to_string_lossy(), "-m", "immediate", "stop"]);
    }
}

fn find_bin() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> =
        std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|e| e.path()).collect();
    versions.sort();
    let installed = versions.into_iter().rev().map(|version| version.join("bin"));
    installed.into_iter().find(|bin| bin.join("initdb").exists() && bin.join("psql").exists())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn sql(name: &str) -> String {
    groma_pack::builtin_file(&format!("sql/{name}.sql")).unwrap().to_owned()
}

#[test]
fn foreign_keys_without_an_index_are_found() {
    let Some(server) = Server::start() else { return };
    let fixtures = root().join("tests/fixtures/pack");
    let cases = std::fs::read_to_string(fixtures.join("fk-cases.sql")).unwrap();
    let out = server.psql(&[], &cases);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let stderr = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(
        stderr.contains("could not create unique index"),
        "the invalid index must come from a failed build: {stderr}"
    );

    let rows = server.rows(&sql("fk-without-index"));
    assert_eq!(rows[0], "table_name|fk|column_name|covering_indexes|referenced_table|estimated_rows");
    let counts: Vec<u32> = rows[1..].iter().map(|row| row.split('|').nth(3).unwrap().parse().unwrap()).collect();
    assert!(counts.is_sorted(), "violations come first");
    let mut found: Vec<String> = rows[1..]
        .iter()
        .map(|row| row.split('|').collect::<Vec<_>>())
        .map(|cells| format!("{}|{}|{}", cells[0].trim_start_matches("public."), cells[2], cells[3]))
        .collect();
    found.sort();
    let expected = std::fs::read_to_string(fixtures.join("fk-cases.expected")).unwrap();
    let mut expected: Vec<&str> = expected.lines().filter(|line| !line.starts_with('#')).collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

/// Every file runs, and its columns are those that importers know it by.
#[test]
fn every_query_runs_and_has_its_columns() {
    let Some(server) = Server::start() else { return };
    let workload = "
        CREATE TABLE parcel (id serial PRIMARY KEY, code text, note text);
        INSERT INTO parcel (code, note) SELECT md5(i::text), repeat('x', 50) FROM generate_series(1, 60000) i;
        CREATE INDEX parcel_code ON parcel (code);
        DELETE FROM parcel WHERE id % 3 = 0;
        ANALYZE parcel;
        CREATE ROLE pooled; ALTER ROLE pooled SET statement_timeout = '5s';
        SELECT count(*) FROM parcel WHERE note = 'y';
        SELECT * FROM parcel WHERE code > 'f' ORDER BY id LIMIT 2000 \\g /dev/null
        SELECT * FROM parcel \\g /dev/null
        SELECT pg_stat_force_next_flush();
        DO $$ BEGIN FOR i IN 1..2000 LOOP PERFORM 1 FROM parcel WHERE id = i; END LOOP; END $$;
    ";
    let out = server.psql(&["-v", "ON_ERROR_STOP=1"], &format!("{EXTENSIONS}\n{workload}"));
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    server.rows("ALTER SYSTEM SET pg_stat_statements.track = 'all'; SELECT pg_reload_conf();");
    server.rows("DO $$ BEGIN FOR i IN 1..2000 LOOP PERFORM 1 FROM parcel WHERE id = i; END LOOP; END $$;");

    let pgstattuple = "table_len|tuple_count|tuple_len|tuple_percent|dead_tuple_count|dead_tuple_len|dead_tuple_percent|free_space|free_percent";
    let expected = [
        ("connections", "application_name|usename|state|connections|oldest_s|youngest_s|longest_in_state_s".to_owned(), 0),
        ("frequent-statements", "queryid|query|calls|calls_per_day|rows_per_call|mean_exec_time|total_exec_time".to_owned(), 1),
        ("index-bloat", format!("index_name|{pgstattuple}"), 2),
        ("replicas", "is_replica|application_name|client_addr|state|sync_state|replay_lag_s".to_owned(), 1),
        ("role-settings", "role|database|settings".to_owned(), 1),
        (
            "sequential-scans",
            "relname|schemaname|seq_scan|seq_tup_read|idx_scan|n_live_tup|n_dead_tup|last_vacuum|last_autovacuum".to_owned(),
            1,
        ),
        ("settings", "name|setting|unit|source".to_owned(), 16),
        (
            "statement-times",
            "usename|datname|queryid|query|calls|total_exec_time|mean_exec_time|stddev_exec_time|min_exec_time|max_exec_time|rows|shared_blks_hit|shared_blks_read|temp_blks_written".to_owned(),
            3,
        ),
        ("unbounded-results", "queryid|query|calls|rows_per_call|mean_exec_time|has_limit".to_owned(), 2),
    ];
    for (name, columns, at_least) in &expected {
        let rows = server.rows(&sql(name));
        assert_eq!(rows[0], *columns, "{name}");
        assert!(rows.len() > *at_least, "{name}: {} rows, at least {at_least} expected: {rows:?}", rows.len() - 1);
    }
    let unbounded = server.rows(&sql("unbounded-results"));
    assert!(unbounded.iter().any(|row| row.contains("SELECT * FROM parcel|") && row.ends_with("|f")), "{unbounded:?}");
    assert!(unbounded.iter().any(|row| row.contains("LIMIT") && row.ends_with("|t")), "{unbounded:?}");
    let scans = server.rows(&sql("sequential-scans"));
    assert!(
        scans.iter().any(|row| row.starts_with("parcel|public|") && !row.starts_with("parcel|public|0|")),
        "{scans:?}"
    );
}

/// The SQL that stands in line in a pack's commands runs too.
#[test]
fn commands_in_line_run() {
    let Some(server) = Server::start() else { return };
    server.rows(EXTENSIONS);
    let mut seen = 0;
    for builtin in groma_pack::BUILTINS {
        let pack = groma_pack::builtin(builtin.id).unwrap().unwrap();
        for (_, _, check) in pack.checks() {
            for command in check.commands.iter().filter(|command| command.language == "sql") {
                let out = server.psql(&["-v", "ON_ERROR_STOP=1"], &command.text);
                let stderr = String::from_utf8_lossy(&out.stderr);
                assert!(out.status.success(), "check {}, {}: {stderr}", check.id, command.label);
                seen += 1;
            }
        }
    }
    assert!(seen >= 12, "only {seen} SQL commands");
}
