//! What the script that runs the probes does beside running them.

use std::{
    fs,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::support::{Bench, Results, text};

/// Answers one query, fails at another, does not come to an end with a third.
const PSQL: &str = r#"
case "$*" in
  *settings.sql*) printf ' name | setting | unit \n------+---------+------\n statement_timeout | 0 | ms\n(1 row)\n' ;;
  *foreign-keys.sql*) echo 'half of a table'; echo 'psql: error: server closed the connection' >&2; exit 2 ;;
  *table-scans.sql*) echo started >>"$HOME/started"; printf 'half'; sleep 60; echo 'never' ;;
  *) exit 2 ;;
esac
"#;

#[test]
fn scripts_are_clean() {
    let bench = Bench::new();
    let mut command = Command::new("shellcheck");
    command.args(["-x", "-P", "SCRIPTDIR", "-s", "sh", "--severity=info"]);
    let tree = bench.tree();
    let scripts: Vec<&String> = tree.keys().filter(|path| path.starts_with("kit/") && path.ends_with(".sh")).collect();
    assert!(scripts.len() > 25, "{scripts:?}");
    for script in scripts {
        command.arg(bench.path(script));
    }
    let output = command.output().expect("shellcheck is not installed: `make setup` installs what tests need");
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn a_plan_is_told_and_nothing_is_touched() {
    for (language, sentence) in [("en", "Nothing is changed anywhere"), ("de", "Nirgends wird etwas verändert")] {
        let bench = Bench::in_language(language);
        bench.stub("psql", "echo called >>\"$HOME/called\"");
        bench.settings("PGHOST=db.example\n");
        let before = bench.tree();
        let output = bench.command(&["--plan"]).output().unwrap();
        let said = text(&output);
        assert!(output.status.success() && said.contains(sentence), "{said}");
        assert!(said.contains("postgres-settings") && said.contains("LOG_FILE"), "{said}");
        // Without a terminal and without --yes nothing starts.
        let output = bench.command(&["--only", "postgres"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", text(&output));
        assert_eq!(bench.tree(), before);
        assert_eq!(fs::read_dir(bench.path("work")).unwrap().count(), 0);
    }
}

#[test]
fn what_is_missing_or_fails_leaves_the_others_running() {
    let bench = Bench::new();
    bench.stub("psql", PSQL);
    bench.settings("PGHOST=db.example\nREDIS_HOST=cache.example\n");
    fs::remove_file(bench.path("kit/probes/postgres-replicas.sh")).unwrap();
    let results = bench.run("postgres-foreign-keys,postgres-replicas,mysql,postgres-settings", &[]);
    assert_eq!(results.status("postgres-foreign-keys"), "failed");
    assert!(results.reason("postgres-foreign-keys").contains("server closed the connection"), "{}", results.said);
    assert_eq!(results.status("postgres-replicas"), "failed", "its script is gone");
    assert_eq!(results.status("mysql-settings"), "skipped");
    assert!(
        results.reason("mysql-settings").contains("mysql") || results.reason("mysql-settings").contains("MYSQL_HOST")
    );
    results.ran("postgres-settings");
    assert_eq!(results.import("postgres/settings.txt", "psql-text").value("db.statement_timeout", ""), Some(0.0));
    // For the operator's eyes first.
    for path in ["results", "results/manifest.json", "results/postgres/settings.txt"] {
        let mode = fs::metadata(bench.path(path)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{path}: {mode:o}");
    }
    // Half of a table is no table.
    assert_eq!(results.files.len(), 2, "{:?}", results.files.keys());
    let manifest = crate::support::read("manifest.json", &results.files["manifest.json"], "groma-kit");
    assert_eq!(manifest.value("kit.probes", "ran"), Some(1.0));
    assert_eq!(manifest.value("kit.probes", "skipped"), Some(3.0));
    assert_eq!(manifest.value("kit.probes", "failed"), Some(2.0));
    assert!(
        manifest.diagnostics.iter().any(|d| d.message.contains("backend-health/2.2")),
        "{:?}",
        manifest.diagnostics
    );
}

#[test]
fn a_probe_that_takes_too_long_is_ended() {
    for has_timeout in [true, false] {
        let bench = Bench::new();
        bench.stub("psql", PSQL);
        if !has_timeout {
            bench.stub("timeout", "exit 127");
        }
        bench.settings("PGHOST=db.example\n");
        let table = fs::read_to_string(bench.path("kit/probes.tsv")).unwrap();
        let quick = table.replace("postgres-scans\tpostgres\t60", "postgres-scans\tpostgres\t1");
        assert_ne!(table, quick);
        fs::write(bench.path("kit/probes.tsv"), quick).unwrap();
        let begun = Instant::now();
        let results = bench.run("postgres-scans,postgres-settings", &[]);
        // The probe by itself takes a minute.
        assert!(begun.elapsed() < Duration::from_secs(45));
        assert_eq!(results.status("postgres-scans"), "failed");
        assert!(results.reason("postgres-scans").contains("longer than 1 s"), "{}", results.said);
        results.ran("postgres-settings");
        // What the ended probe left running may go on for a while: nothing of it gets into the results.
        results.holds_nothing_of("half");
        assert!(!bench.path("results/.part").exists());
    }
}

#[test]
fn an_interrupt_leaves_results_that_can_be_used() {
    for whole_group in [true, false] {
        let bench = Bench::new();
        bench.stub("psql", PSQL);
        bench.settings("PGHOST=db.example\n");
        let mut command =
            bench.command(&["--yes", "--only", "postgres-settings,postgres-scans,postgres-replicas", "--out"]);
        let child = command
            .arg(bench.path("results"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while !bench.path("home/started").exists() {
            assert!(begun.elapsed() < Duration::from_secs(30), "the probe did not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        // A terminal sends it to everyone in the foreground.
        let target = if whole_group { format!("-{}", child.id()) } else { child.id().to_string() };
        assert!(Command::new("kill").args(["-INT", "--", &target]).status().unwrap().success());
        let told = Instant::now();
        let output = child.wait_with_output().unwrap();
        assert!(told.elapsed() < Duration::from_secs(30), "it did not stop");
        assert_eq!(output.status.code(), Some(130), "{}", text(&output));
        let results = Results::of(&bench.path("results"), text(&output));
        results.ran("postgres-settings");
        results.import("postgres/settings.txt", "psql-text");
        assert_eq!(results.status("postgres-scans"), "interrupted", "{}", results.said);
        assert_eq!(results.status("postgres-replicas"), "skipped");
        assert_eq!(results.files.len(), 2, "nothing half-written: {:?}", results.files.keys());
    }
}

#[test]
fn a_killed_run_leaves_nothing_that_an_import_would_take_by_half() {
    let bench = Bench::new();
    bench.stub("psql", PSQL);
    bench.settings("PGHOST=db.example\n");
    let mut command = bench.command(&["--yes", "--only", "postgres-settings,postgres-scans", "--out"]);
    let mut child = command.arg(bench.path("results")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while !bench.path("home/started").exists() {
        assert!(begun.elapsed() < Duration::from_secs(30), "the probe did not start");
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What an import passes over: files in hidden folders.
    fs::remove_dir_all(bench.path("results/.part")).unwrap();
    let results = Results::of(&bench.path("results"), String::new());
    results.ran("postgres-settings");
    assert!(results.manifest["ended_at"].is_null());
    let manifest = crate::support::read("manifest.json", &results.files["manifest.json"], "groma-kit");
    assert!(manifest.diagnostics.iter().any(|d| d.message.contains("did not come to its end")));
}

#[test]
fn slips_are_told_before_anything_starts() {
    let bench = Bench::new();
    let before = bench.tree();
    for (args, word) in [
        (&["--yes", "--only", "postgress"][..], "postgress"),
        (&["--yes", "--fast"], "--fast"),
        (&["--yes", "--out", "../home"], "home"),
    ] {
        if word == "home" {
            fs::write(bench.path("home/file"), "").unwrap();
        }
        let output = bench.command(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", text(&output));
        assert!(String::from_utf8_lossy(&output.stderr).contains(word), "{}", text(&output));
    }
    fs::remove_file(bench.path("home/file")).unwrap();
    assert_eq!(bench.tree(), before);
}

#[test]
fn names_stay_when_they_are_asked_for_and_secrets_never() {
    let said = "postgres://app:s3cr3t-word@db.client.example:5432/x 10.1.2.3 Bearer abc.def password=topsecret";
    for (arguments, keeps_names) in [(&["--yes"][..], false), (&["--yes", "--no-redact"], true)] {
        let bench = Bench::new();
        bench.stub("psql", &format!("printf ' note \\n------\\n {said} hunter-two-and-three\\n(1 row)\\n'"));
        bench.settings("PGHOST=db.client.example\n");
        let mut command = bench.command(arguments);
        command.args(["--only", "postgres-settings", "--out"]).arg(bench.path("results"));
        let output = command.env("PGPASSWORD", "hunter-two-and-three").output().unwrap();
        let results = Results::of(&bench.path("results"), text(&output));
        for secret in ["s3cr3t-word", "abc.def", "topsecret", "hunter-two-and-three"] {
            results.holds_nothing_of(secret);
        }
        let kept = &results.files["postgres/settings.txt"];
        assert_eq!(kept.contains("10.1.2.3"), keeps_names, "{kept}");
        assert_eq!(kept.contains("db.client.example"), keeps_names, "{kept}");
        assert_eq!(results.manifest["redacted"], !keeps_names);
    }
}
