//! What only a second process can show: a kill, a lock, a disk that fails, a folder that may not be written.
//!
//! The child is this test binary again, told which of the ignored tests to run, on which file.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use groma_model::*;

use super::support::*;
use crate::{Op, Read, Store, StoreError};

const FILE: &str = "GROMA_STORE_TEST_FILE";

fn file() -> std::path::PathBuf {
    std::env::var_os(FILE).expect("run by another test").into()
}

fn arguments(test: &str) -> [String; 5] {
    ["--ignored", "--exact", "--nocapture", "--test-threads=1", &format!("tests::processes::{test}")].map(str::to_owned)
}

fn child(test: &str, path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(arguments(test)).env(FILE, path).stdout(Stdio::piped()).stderr(Stdio::inherit());
    command
}

/// Reads the child's lines until one says this.
fn until(lines: &mut impl Iterator<Item = std::io::Result<String>>, word: &str) -> String {
    lines.map(Result::unwrap).find(|line| line.contains(word)).unwrap_or_else(|| panic!("the child never said {word}"))
}

fn lines(child: &mut Child) -> impl Iterator<Item = std::io::Result<String>> + use<> {
    BufReader::new(child.stdout.take().unwrap()).lines()
}

#[test]
#[ignore = "a child of `what_was_committed_survives_a_kill`"]
fn commits_until_killed() {
    let mut store = Store::open(file(), setup()).unwrap();
    let first = store.list::<Finding>().unwrap().len();
    for count in first.. {
        let title = format!("finding {count}");
        store
            .transact(Op::Batch, "child", |tx| {
                // Large enough that a kill often falls within a write.
                let found = tx.insert(Finding { condition: "lorem ".repeat(3000), ..finding(&title) })?;
                tx.insert(Risk { findings: vec![found.id], ..Risk::default() })
            })
            .unwrap();
        println!("committed {count}");
    }
}

#[test]
fn what_was_committed_survives_a_kill() {
    let bench = Bench::new();
    let (_folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    let mut committed = 0;
    for round in 0..4_u64 {
        let mut child = child("commits_until_killed", &path).spawn().unwrap();
        let mut lines = lines(&mut child);
        until(&mut lines, "committed");
        let (said, heard) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some(count) = line.strip_prefix("committed ").and_then(|count| count.parse::<usize>().ok()) {
                    let _ = said.send(count);
                }
            }
        });
        // Some more, however slow the disk, and then anywhere within the next.
        let heard_of = (0..3).map_while(|_| heard.recv_timeout(Duration::from_secs(60)).ok()).last();
        std::thread::sleep(Duration::from_millis(10 + 37 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        reader.join().unwrap();
        let last = heard.try_iter().last().or(heard_of).unwrap_or(committed);
        let store = Store::open(&path, setup()).unwrap();
        let contents = store.contents().unwrap();
        assert!(contents.findings.len() > last, "{last} was committed, {} are there", contents.findings.len());
        assert_eq!(contents.findings.len(), contents.risks.len(), "a transaction is there whole or not at all");
        let report = store.verify().unwrap();
        assert!(report.is_sound(), "{report:?}");
        committed = contents.findings.len() - 1;
        // Dropped without care, as by a second crash of the opener: the next round recovers again.
        if round % 2 == 0 { store.close().unwrap() } else { drop(store) }
    }
    assert!(committed > 4);
}

#[test]
#[ignore = "a child of `a_file_open_in_another_process_is_locked`"]
fn holds_the_file() {
    let store = Store::open(file(), setup()).unwrap();
    println!("holding");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    store.close().unwrap();
}

#[test]
fn a_file_open_in_another_process_is_locked() {
    let bench = Bench::new();
    let (_folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    let mut child = child("holds_the_file", &path).stdin(Stdio::piped()).spawn().unwrap();
    let mut lines = lines(&mut child);
    until(&mut lines, "holding");
    let asked = Instant::now();
    let error = Store::open(&path, setup()).unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
    assert!(error.to_string().contains("close it there"));
    // It is told, and does not wait for the other to end.
    assert!(asked.elapsed() < Duration::from_secs(30));
    // A reader is kept out as well: it could see only half of what the writer has.
    assert!(
        Store::open_read_only(&path, setup())
            .is_err_and(|error| { matches!(error, StoreError::Locked { .. } | StoreError::Unsettled { .. }) })
    );
    drop(child.stdin.take());
    child.wait().unwrap();
    Store::open(&path, setup()).unwrap();
}

#[test]
#[ignore = "a child of `a_failing_disk_is_an_error_and_the_file_stays_sound`"]
fn writes_to_a_failing_disk() {
    let mut store = Store::open(file(), setup()).unwrap();
    let mut kept = 0;
    let error = loop {
        let large = Finding { condition: "lorem ".repeat(3000), ..finding("Pool") };
        match store.transact(Op::Batch, "child", |tx| tx.insert(large)) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, StoreError::Io { .. } | StoreError::DiskFull { .. }), "{error}");
    println!("failed after {kept}");
    match store.list::<Finding>() {
        Ok(findings) => println!("reads {}", findings.len()),
        Err(error) => println!("cannot read: {error}"),
    }
}

#[test]
#[cfg(unix)]
fn a_failing_disk_is_an_error_and_the_file_stays_sound() {
    let bench = Bench::new();
    let (_folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    let own = std::env::current_exe().unwrap();
    // Without the signal a write beyond the limit fails like a write to a broken disk.
    let mut child = Command::new("sh")
        .arg("-c")
        .arg("trap '' XFSZ; ulimit -f 2000; exec \"$0\" \"$@\"")
        .arg(own)
        .args(arguments("writes_to_a_failing_disk"))
        .env(FILE, &path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = lines(&mut child);
    let failed = until(&mut lines, "failed after");
    let kept: usize = failed.rsplit(' ').next().unwrap().parse().unwrap();
    assert!(kept > 3, "{failed}");
    assert!(child.wait().unwrap().success());
    let store = Store::open(&path, setup()).unwrap();
    assert_eq!(store.list::<Finding>().unwrap().len(), kept);
    let report = store.verify().unwrap();
    assert!(report.is_sound(), "{report:?}");
}

#[test]
#[ignore = "a child of `a_sync_that_fails_is_settled_by_reading_the_file_again`"]
fn writes_while_a_sync_fails() {
    let mut store = Store::open(file(), setup()).unwrap();
    let (mut kept, mut refused) = (0, 0);
    for _ in 0..30 {
        match store.transact(Op::Batch, "child", |tx| tx.insert(finding("Pool"))) {
            Ok(_) => kept += 1,
            Err(StoreError::Io { .. }) => refused += 1,
            Err(error) => panic!("{error:?}"),
        }
        // What the store answers is what it reads.
        assert_eq!(store.list::<Finding>().unwrap().len(), kept);
    }
    println!("kept {kept} refused {refused}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_sync_that_fails_is_settled_by_reading_the_file_again() {
    // Containers may have it and still forbid tracing.
    let tried = Command::new("strace").args(["-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    if !tried.is_ok_and(|status| status.success()) {
        println!("skipped: strace cannot run here to make a sync fail");
        return;
    }
    for which in [6, 9, 12] {
        let bench = Bench::new();
        let (folder, path) = (bench.folder, bench.store.path().to_owned());
        bench.store.close().unwrap();
        let mut child = Command::new("strace")
            .args(["-f", "-qq", "-e", "trace=fsync,fdatasync", "-o"])
            .arg(folder.path().join("trace"))
            .args(["-e", &format!("inject=fsync,fdatasync:error=EIO:when={which}")])
            .arg(std::env::current_exe().unwrap())
            .args(arguments("writes_while_a_sync_fails"))
            .env(FILE, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = lines(&mut child);
        let said = until(&mut lines, "kept");
        assert!(child.wait().unwrap().success());
        let trace = std::fs::read_to_string(folder.path().join("trace")).unwrap();
        assert_eq!(trace.matches("INJECTED").count(), 1, "the sync did fail: {trace}");
        let kept: usize = said.rsplit(' ').nth(2).unwrap().parse().unwrap();
        println!("{which}: {said}");
        assert!(kept >= 29, "{said}");
        let store = Store::open(&path, setup()).unwrap();
        assert_eq!(store.list::<Finding>().unwrap().len(), kept);
        assert!(store.verify().unwrap().is_sound());
    }
}

#[test]
#[ignore = "a child of `a_folder_that_may_not_be_written_is_said_so`"]
fn opens_where_it_may_not_write() {
    let path = file();
    let error = Store::open(&path, setup()).unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly { .. } | StoreError::Unwritable { .. }), "{error:?}");
    assert!(error.to_string().contains("that you may write to"), "{error}");
    let error = Store::create(path.with_file_name("new.groma"), Engagement::default(), "ada", setup()).unwrap_err();
    assert!(matches!(error, StoreError::Unwritable { .. }), "{error:?}");
    assert_eq!(Store::open_read_only(&path, setup()).unwrap().list::<Finding>().unwrap().len(), 1);
    println!("refused");
}

#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_written_is_said_so() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let mut bench = Bench::new();
    bench.insert(finding("Pool"));
    let (folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    let mode = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    for file_mode in [0o444, 0o666] {
        mode(&path, file_mode);
        mode(folder.path(), 0o555);
        let mut command = child("opens_where_it_may_not_write", &path);
        if std::fs::metadata("/proc/self").is_ok_and(|about| std::os::unix::fs::MetadataExt::uid(&about) == 0) {
            // Nothing is forbidden to root, so the child is nobody.
            command.uid(65_534).gid(65_534);
        }
        match command.spawn() {
            Ok(mut child) => {
                let mut lines = lines(&mut child);
                until(&mut lines, "refused");
                assert!(child.wait().unwrap().success());
            }
            Err(error) => println!("skipped: nobody may not run this test binary ({error})"),
        }
    }
    mode(folder.path(), 0o755);
}
