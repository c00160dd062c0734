//! The probes of PostgreSQL on a real server with faults, and what the importers make of their results.

use groma_model::Verdict;

use crate::support::{
    Bench, Results,
    servers::{PG_PASSWORD, Postgres},
    text,
};

const SCHEMA: &str = "
    CREATE EXTENSION pg_stat_statements;
    CREATE SCHEMA tools; CREATE EXTENSION pgstattuple SCHEMA tools;
    CREATE TABLE customer (id serial PRIMARY KEY, mail text);
    CREATE TABLE orders (id serial PRIMARY KEY, customer_id int REFERENCES customer, reference text, note text);
    CREATE TABLE line (id serial PRIMARY KEY, order_id int REFERENCES orders);
    CREATE INDEX line_order ON line (order_id);
    INSERT INTO customer (mail) SELECT 'c' || i || '@example.com' FROM generate_series(1, 500) i;
    INSERT INTO orders (customer_id, reference, note)
      SELECT 1 + i % 500, md5(i::text), repeat('x', 20) FROM generate_series(1, 60000) i;
    CREATE INDEX orders_reference ON orders (reference);
    DELETE FROM orders WHERE id % 2 = 0;
    CREATE ROLE shop LOGIN PASSWORD 'another-secret-word'; ALTER ROLE shop SET statement_timeout = '7s';
    CREATE ROLE auditor LOGIN PASSWORD 'correct-horse-battery'; ALTER ROLE auditor SET lock_timeout = '3s';
    GRANT pg_monitor, pg_stat_scan_tables TO auditor; GRANT USAGE ON SCHEMA tools TO auditor;
    ALTER SYSTEM SET log_min_duration_statement = '250ms'; SELECT pg_reload_conf();
";

const WORKLOAD: &str = "
    SELECT pg_stat_statements_reset();
    SELECT count(*) FROM orders WHERE note = 'the literal word Rumpelstilzchen';
    SELECT * FROM orders WHERE id = 7 LIMIT 5;
    DO $$ BEGIN FOR i IN 1..150 LOOP EXECUTE 'SELECT mail FROM customer WHERE id = 40'; END LOOP; END $$;
    SELECT pg_stat_force_next_flush();
";

fn server() -> Postgres {
    let server = Postgres::start("pg_stat_statements");
    server.sql("ALTER SYSTEM SET pg_stat_statements.track = 'all'; SELECT pg_reload_conf();");
    server.sql(SCHEMA);
    // A session hands its counters over after its client has gone, and what comes late is added to what VACUUM found.
    server.until("SELECT n_tup_del = 30000 FROM pg_stat_user_tables WHERE relname = 'orders'");
    server.sql("VACUUM ANALYZE orders;");
    server.sql(WORKLOAD);
    server.until("SELECT seq_scan > 0 AND n_live_tup = 30000 FROM pg_stat_user_tables WHERE relname = 'orders'");
    server
}

fn run(bench: &Bench, server: &Postgres, user: &str, more: &str) -> Results {
    bench.recorded("psql");
    // The password as people keep it.
    let pass = bench.path("home/.pgpass");
    std::fs::write(&pass, format!("*:*:*:*:{PG_PASSWORD}\n")).unwrap();
    std::fs::set_permissions(&pass, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let socket = server.socket();
    bench.settings(&format!(
        "PGHOST={socket}\nPGUSER={user}\nPGDATABASE=postgres\nPG_SESSION_SAMPLES=2\nPG_SESSION_PAUSE=1\n{more}\n"
    ));
    bench.run("postgres", &[])
}

#[test]
fn every_result_is_read_and_answers_its_checks() {
    let server = server();
    let bench = Bench::new();
    let before = bench.tree();
    // Somebody is connected, under a name that tells more than the pool's.
    let mut session = server.session("billing-7f9c Erika@laptop", "SELECT pg_sleep(120)");
    let results = run(&bench, &server, "auditor", "PG_APP_ROLE=shop");
    for probe in crate::support::kit().probes().iter().filter(|probe| probe.group == "postgres") {
        results.ran(&probe.id);
    }

    // 2.5 and 2.6: what the application's role gets, not the limits that the probes set for themselves.
    let settings = results.import("postgres/settings.txt", "psql-text");
    assert_eq!(settings.value("db.statement_timeout", ""), Some(7000.0));
    assert_eq!(settings.value("db.log_min_duration", ""), Some(250.0));
    assert_eq!(settings.value("db.max_connections", ""), Some(100.0));
    assert_eq!(settings.value("db.work_mem", ""), Some(4.0 * 1024.0 * 1024.0), "not the probe's own");
    assert_eq!(settings.value("db.idle_in_transaction_timeout", ""), Some(0.0), "not the probe's own");
    assert_eq!(settings.value("db.lock_timeout", ""), None, "set for the auditor's role alone: unknown for the other");

    // 2.2
    let keys = results.import("postgres/foreign-keys.txt", "psql-text");
    assert_eq!(keys.value("db.fk.total", ""), Some(2.0));
    assert_eq!(keys.value("db.fk.unindexed", ""), Some(1.0));
    let unindexed = keys.measurements.iter().find(|m| m.metric == "db.fk.unindexed").unwrap();
    assert_eq!(unindexed.text, "public.orders(customer_id)");

    // 2.3
    let scans = results.import("postgres/table-scans.txt", "psql-text");
    assert_eq!(scans.value("db.seq_scan.large_tables", ""), Some(1.0));
    assert_eq!(scans.value("db.table.rows", "orders"), Some(30000.0));

    // 2.1
    let statements = results.import("postgres/statements.csv", "pg-stat-statements");
    let subject = "SELECT mail FROM customer WHERE id = $1";
    assert_eq!(
        statements.value("db.query.calls", subject),
        Some(150.0),
        "{}",
        results.files["postgres/statements.csv"]
    );
    assert!(statements.value("db.query.mean", subject).is_some_and(|mean| mean > 0.0 && mean < 1000.0));
    assert!(statements.value("db.query.stddev", subject).is_some());
    assert!(statements.value("db.query.max", subject).is_some());
    assert!(statements.value("db.query.p99_bound", subject).is_some());

    // 2.8: half of the entries were deleted.
    let bloat = results.import("postgres/index-bloat.txt", "psql-text");
    let share = bloat.value("db.index.bloat", "public.orders_reference").unwrap();
    assert!(share > 0.3 && share < 0.9, "{share}");

    // 4.x: more than one look.
    for sample in 1..=2 {
        let sessions = results.import(&format!("postgres/sessions-{sample}.txt"), "psql-text");
        assert_eq!(sessions.value("db.connections", "active"), Some(1.0), "{:?}", sessions.measurements);
        let printed = &results.files[&format!("postgres/sessions-{sample}.txt")];
        assert!(printed.contains("billing- ") && printed.contains("user-1"), "{printed}");
        assert!(!printed.contains("postgres"), "{printed}");
    }
    // With names, where the operator said so.
    let mut command = bench.command(&["--yes", "--no-redact", "--only", "postgres-sessions", "--out"]);
    let output = command.arg(bench.path("results-named")).output().unwrap();
    let named = Results::of(&bench.path("results-named"), text(&output));
    assert!(
        named.files["postgres/sessions-1.txt"].contains("| postgres |"),
        "{}",
        named.files["postgres/sessions-1.txt"]
    );
    std::fs::remove_dir_all(bench.path("results-named")).unwrap();
    session.kill().unwrap();
    session.wait().unwrap();
    results.import("postgres/replicas.txt", "psql-text");
    let rows = results.import("postgres/row-security.txt", "psql-text");
    assert_eq!(rows.value("table.rows", ""), Some(3.0));

    // What the pack makes of it.
    let verdicts = results.verdicts();
    assert_eq!(verdicts["2.2"], Verdict::Fail);
    assert_eq!(verdicts["2.3"], Verdict::Fail);
    assert_eq!(verdicts["2.5"], Verdict::Pass);
    assert_eq!(verdicts["2.6"], Verdict::Improve);
    assert_eq!(verdicts["2.8"], Verdict::Fail);
    assert!(verdicts.contains_key("2.1"));

    // Nothing but the results was written, and no call showed the password.
    let mut after = bench.tree();
    after.retain(|path, _| !["kit/settings.env", "home/.pgpass", "bin/psql"].contains(&path.as_str()));
    let mut before = before;
    before.remove("kit/settings.env");
    assert_eq!(before, after);
    results.holds_nothing_of(PG_PASSWORD);
    assert!(bench.calls().lines().count() > 8 && !bench.calls().contains(PG_PASSWORD));
    // Nobody's names: the role of the application and of the auditor.
    for name in ["auditor", "another-secret-word", "Rumpelstilzchen", "@example.com", "Erika"] {
        results.holds_nothing_of(name);
    }
}

#[test]
fn every_query_runs_in_a_transaction_that_cannot_write() {
    let server = server();
    let bench = Bench::new();
    // Put among the queries, a statement that writes must fail.
    std::fs::write(bench.path("kit/sql/postgres/replicas.sql"), "DELETE FROM public.line;\n").unwrap();
    std::fs::write(bench.path("kit/sql/postgres/row-security.sql"), "SELECT pg_sleep(60);\n").unwrap();
    std::fs::write(bench.path("kit/sql/postgres/settings.sql"), "SHOW search_path;\n").unwrap();
    let begin = std::fs::read_to_string(bench.path("kit/sql/postgres/begin.sql")).unwrap();
    std::fs::write(bench.path("kit/sql/postgres/begin.sql"), begin.replace("limit 30s", "limit 2s")).unwrap();
    let results = run(&bench, &server, "postgres", "");
    assert_eq!(results.status("postgres-replicas"), "failed");
    assert!(results.reason("postgres-replicas").contains("read-only transaction"), "{}", results.said);
    assert_eq!(results.status("postgres-row-security"), "failed");
    assert!(results.reason("postgres-row-security").contains("statement timeout"), "{}", results.said);
    assert!(results.files["postgres/settings.txt"].contains("pg_catalog"));
    // The others ran all the same.
    results.ran("postgres-foreign-keys");
    results.import("postgres/foreign-keys.txt", "psql-text");
    assert_eq!(server.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'groma-kit'").trim(), "0");
}

#[test]
fn an_extension_that_is_missing_is_a_reason_and_not_a_fault() {
    let server = Postgres::start("");
    let bench = Bench::new();
    let results = run(&bench, &server, "postgres", "");
    for (probe, extension) in [("postgres-statements", "pg_stat_statements"), ("postgres-bloat", "pgstattuple")] {
        assert_eq!(results.status(probe), "skipped", "{}", results.said);
        assert!(results.reason(probe).contains(extension), "{}", results.reason(probe));
    }
    let settings = results.import("postgres/settings.txt", "psql-text");
    assert_eq!(settings.value("db.statement_timeout", ""), Some(0.0));
    assert_eq!(settings.value("db.log_min_duration", ""), Some(-1.0));
}

#[test]
fn a_role_without_rights_is_told_which_it_needs() {
    let server = server();
    server.sql("CREATE ROLE nobody LOGIN PASSWORD 'correct-horse-battery'; GRANT USAGE ON SCHEMA tools TO nobody;");
    let bench = Bench::new();
    let results = run(&bench, &server, "nobody", "");
    assert_eq!(results.status("postgres-statements"), "failed");
    assert!(results.reason("postgres-statements").contains("pg_read_all_stats"), "{}", results.said);
    assert_eq!(results.status("postgres-bloat"), "failed");
    assert!(results.reason("postgres-bloat").contains("permission denied"), "{}", results.said);
    results.ran("postgres-settings");
    results.ran("postgres-foreign-keys");
}

#[test]
fn a_wrong_password_is_told_without_names() {
    let server = Postgres::start("");
    let bench = Bench::new();
    bench.settings(&format!("PGHOST={}\nPGUSER=somebody_special\nPGDATABASE=postgres\n", server.socket()));
    let results = bench.run("postgres-settings", &[("PGPASSWORD", "hunter-two-and-three")]);
    assert_eq!(results.status("postgres-settings"), "failed");
    assert!(results.reason("postgres-settings").contains("authentication failed"), "{}", results.said);
    for name in ["somebody_special", "hunter-two-and-three", &server.socket()] {
        results.holds_nothing_of(name);
    }
}

/// What the server takes out of a statement before it leaves.
#[test]
fn literals_and_comments_never_leave_the_server() {
    let server = Postgres::start("pg_stat_statements");
    let file = crate::support::assets().remove("sql/postgres/statements.sql").unwrap();
    let file = String::from_utf8(file).unwrap();
    let expression = file.split("left(btrim(").nth(1).unwrap().split("), 2000) AS query").next().unwrap();
    for (statement, expected) in [
        ("SELECT 1 -- for Bob\n FROM t", "SELECT ? FROM t"),
        ("/* user=Bob */ SELECT a FROM t WHERE x = 'Bob''s'", "SELECT a FROM t WHERE x = ?"),
        (r"SELECT 'C:\' AS a, 'Bob' AS b", "SELECT ? AS a, ? AS b"),
        (r"SELECT E'it\'s Bob', date'2020-01-01'", "SELECT ?, date?"),
        ("SELECT $tag$Bob$tag$", "SELECT ?"),
        ("SELECT $1, $12, t1.c2 FROM t1 LIMIT 100", "SELECT $1, $12, t1.c2 FROM t1 LIMIT ?"),
        ("SELECT 'Bob breaks off", "SELECT ?"),
        ("SELECT 1.5e3, -7", "SELECT ?e3, -?"),
    ] {
        let sql = format!("SELECT btrim({}) FROM (SELECT $groma${statement}$groma$ AS query) q", expression);
        let found = server.sql(&sql);
        if statement.contains("e3") {
            assert!(!found.contains('7') && !found.contains("1.5"), "{found}");
        } else {
            assert_eq!(found.trim_end(), expected, "{statement}");
        }
    }
}
