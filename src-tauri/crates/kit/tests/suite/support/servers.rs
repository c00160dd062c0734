//! PostgreSQL and Redis of one's own, in temporary folders, stopped when dropped.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use super::{feed, text};

const MISSING: &str = "is not installed: `make setup` installs what tests need";

/// A PostgreSQL server on a Unix socket, whose superuser needs a password.
pub struct Postgres {
    bin: PathBuf,
    pub dir: tempfile::TempDir,
    as_root: bool,
}

pub const PG_PASSWORD: &str = "correct-horse-battery";

impl Postgres {
    pub fn start(libraries: &str) -> Self {
        let bin = find_bin().unwrap_or_else(|| panic!("PostgreSQL {MISSING}"));
        let id = Command::new("id").arg("-u").output().unwrap();
        let as_root = String::from_utf8_lossy(&id.stdout).trim() == "0";
        // Short, because a socket's path may have 107 bytes.
        let dir = tempfile::Builder::new().prefix("groma-pg-").tempdir_in("/tmp").unwrap();
        fs::write(dir.path().join("pw"), PG_PASSWORD).unwrap();
        if as_root {
            assert!(Command::new("chown").args(["-R", "postgres"]).arg(dir.path()).status().unwrap().success());
        }
        let server = Self { bin, dir, as_root };
        let at = |name: &str| server.dir.path().join(name).to_string_lossy().into_owned();
        let out = server.run(
            "initdb",
            &[
                "-D",
                &at("data"),
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--pwfile",
                &at("pw"),
                "-E",
                "UTF8",
                "--no-sync",
            ],
        );
        assert!(out.status.success(), "{}", text(&out));
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off -c shared_preload_libraries={libraries}",
            server.dir.path().display()
        );
        let out = server.run("pg_ctl", &["-D", &at("data"), "-l", &at("log"), "-o", &options, "-w", "start"]);
        assert!(out.status.success(), "{}{}", text(&out), fs::read_to_string(at("log")).unwrap_or_default());
        server
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

    pub fn socket(&self) -> String {
        self.dir.path().display().to_string()
    }

    /// Runs SQL as the superuser; its rows, cells separated by `|`.
    pub fn sql(&self, sql: &str) -> String {
        let mut command = Command::new(self.bin.join("psql"));
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", "postgres", "-h"]);
        command.arg(self.dir.path()).env("LC_ALL", "C").env("PGPASSWORD", PG_PASSWORD);
        let out = feed(&mut command, sql);
        assert!(out.status.success(), "{}", text(&out));
        String::from_utf8(out.stdout).unwrap()
    }
}

impl Postgres {
    /// Waits until a query answers yes.
    pub fn until(&self, sql: &str) {
        let begun = Instant::now();
        while self.sql(sql).trim() != "t" {
            assert!(begun.elapsed() < Duration::from_secs(60), "it never was so: {sql}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// A session of the superuser that runs a statement meanwhile; the server knows of it when this returns.
    pub fn session(&self, application: &str, sql: &str) -> Child {
        let child = Command::new(self.bin.join("psql"))
            .args(["-X", "-q", "-U", "postgres", "-d", "postgres", "-c", sql, "-h"])
            .arg(self.dir.path())
            .env("PGAPPNAME", application)
            .env("PGPASSWORD", PG_PASSWORD)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.until(&format!("SELECT count(*) = 1 FROM pg_stat_activity WHERE application_name = '{application}'"));
        child
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.dir.path().join("data");
        self.run("pg_ctl", &["-D", &data.to_string_lossy(), "-m", "immediate", "stop"]);
    }
}

fn find_bin() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|e| e.path()).collect();
    versions.sort();
    let installed = versions.into_iter().rev().map(|version| version.join("bin"));
    installed.into_iter().find(|bin| bin.join("initdb").exists() && bin.join("psql").exists())
}

pub const REDIS_PASSWORD: &str = "swordfish-and-more";

/// A Redis server on a Unix socket that asks for a password.
pub struct Redis {
    child: Child,
    dir: tempfile::TempDir,
}

impl Redis {
    pub fn start(configuration: &str) -> Self {
        let dir = tempfile::Builder::new().prefix("groma-redis-").tempdir_in("/tmp").unwrap();
        let config = format!(
            "port 0\nunixsocket {0}/s\ndir {0}\nsave \"\"\nrequirepass {REDIS_PASSWORD}\n{configuration}\n",
            dir.path().display()
        );
        fs::write(dir.path().join("redis.conf"), config).unwrap();
        let child = Command::new("redis-server")
            .arg(dir.path().join("redis.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|_| panic!("redis-server {MISSING}"));
        let server = Self { child, dir };
        let begun = Instant::now();
        while !server.send("PING\n").contains("PONG") {
            assert!(begun.elapsed() < Duration::from_secs(20), "Redis did not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    }

    pub fn socket(&self) -> PathBuf {
        Path::new(self.dir.path()).join("s")
    }

    /// Sends commands, one a line.
    pub fn send(&self, commands: &str) -> String {
        let mut command = Command::new("redis-cli");
        command.args(["--no-auth-warning", "-s"]).arg(self.socket()).env("REDISCLI_AUTH", REDIS_PASSWORD);
        text(&feed(&mut command, commands))
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
