//! The probes of Redis on a real server with faults, and what the importers make of their results.

use groma_model::Verdict;

use crate::support::{
    Bench, Results,
    servers::{REDIS_PASSWORD, Redis},
};

fn run(bench: &Bench, server: &Redis, more: &str) -> Results {
    bench.recorded("redis-cli");
    bench.settings(&format!("REDIS_SOCKET={}\n{more}\n", server.socket().display()));
    bench.run("redis", &[("REDISCLI_AUTH", REDIS_PASSWORD)])
}

#[test]
fn every_result_is_read_and_answers_its_checks() {
    let server = Redis::start("maxmemory 64mb\nmaxmemory-policy allkeys-lru");
    let mut commands = String::new();
    for number in 0..40 {
        commands.push_str(&format!("SET session:{number} v EX 600\nSET quote:{number} v\n"));
        commands.push_str(&format!("GET session:{number}\n"));
    }
    // Names that are data of people, that would break a line or a quotation, and that have no prefix.
    for name in
        ["max.mustermann@example.com", "\"two words: \\\"quoted\\\"\"", "\"line\\nbreak\"", "Erika:profile", "4711"]
    {
        commands.push_str(&format!("SET {name} secret-value EX 60\n"));
    }
    commands.push_str("GET nothing\nGET nothing-either\n");
    server.send(&commands);

    // What is reckoned by the hour needs a second of it.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let bench = Bench::new();
    let before = bench.tree();
    let results = run(&bench, &server, "");
    for probe in ["redis-info", "redis-config", "redis-keys"] {
        results.ran(probe);
    }

    // 3.1, 3.2, 3.3, 3.4, 3.8
    let info = results.import("redis/info.txt", "redis-info");
    assert_eq!(info.value("cache.hits", ""), Some(40.0));
    assert_eq!(info.value("cache.hit_ratio", ""), Some(40.0 / 42.0));
    assert_eq!(info.value("cache.keys", ""), Some(85.0));
    assert_eq!(info.value("cache.keys_with_ttl.ratio", ""), Some(45.0 / 85.0));
    assert_eq!(info.value("cache.maxmemory", ""), Some(67_108_864.0));
    assert_eq!(info.value("cache.eviction_policy", ""), Some(1.0));
    assert_eq!(info.value("cache.evicted.keys", ""), Some(0.0));
    assert!(info.value("cache.uptime", "").is_some());
    assert!(info.captured_at.is_some());
    let config = results.import("redis/config.txt", "redis-config");
    assert_eq!(config.value("cache.maxmemory", ""), Some(67_108_864.0));
    let policy = config.measurements.iter().find(|m| m.metric == "cache.eviction_policy").unwrap();
    assert_eq!((policy.value, policy.text.as_str()), (1.0, "allkeys-lru"));
    assert_eq!(config.value("cache.persistence.rdb", ""), Some(0.0), "an empty parameter is read as one");
    assert_eq!(config.value("cache.auth", ""), None, "the password is not even asked for");

    // 3.2 and 3.5: by prefix, rare words among the others.
    let facts = results.facts("redis/key-sample.json");
    let value = |metric: &str, subject: &str| facts.get(&(metric.to_owned(), subject.to_owned())).copied();
    assert_eq!(value("cache.sample.keys", ""), Some(85.0));
    assert_eq!(value("cache.sample.keys", "session"), Some(40.0));
    assert_eq!(value("cache.sample.keys", "(other)"), Some(5.0));
    assert_eq!(value("cache.sample.keys_with_ttl.ratio", "session"), Some(1.0));
    assert_eq!(value("cache.sample.keys_with_ttl.ratio", "quote"), Some(0.0));
    assert_eq!(value("cache.sample.keys_with_ttl.ratio", "(other)"), Some(1.0));
    assert!((value("cache.sample.prefixed.ratio", "").unwrap() - 80.0 / 85.0).abs() < 1e-5);

    let verdicts = results.verdicts();
    assert_eq!(verdicts["3.2"], Verdict::Fail);
    assert_eq!(verdicts["3.3"], Verdict::Pass);
    assert_eq!(verdicts["3.4"], Verdict::Pass);
    assert!(verdicts.contains_key("3.1") && verdicts.contains_key("3.8"), "{verdicts:?}");

    for secret in [REDIS_PASSWORD, "mustermann", "Erika", "quoted", "4711", "secret-value", "session:1", "/s\""] {
        results.holds_nothing_of(secret);
    }
    // No command that blocks the server or reads a value; no password among the arguments.
    let calls = bench.calls();
    assert!(calls.contains("SCAN") && !calls.contains(REDIS_PASSWORD), "{calls}");
    for forbidden in ["KEYS", "MONITOR", "GET session", "DUMP", "SET ", "DEL ", "FLUSH"] {
        assert!(!calls.replace("CONFIG GET", "").contains(forbidden), "{forbidden}: {calls}");
    }
    let mut after = bench.tree();
    after.remove("bin/redis-cli");
    after.remove("kit/settings.env");
    let mut before = before;
    before.remove("kit/settings.env");
    assert_eq!(before, after);
    // The sample changed nothing: no key lost its lifetime or appeared.
    assert_eq!(server.send("DBSIZE\n").trim(), "85");
}

#[test]
fn a_sample_ends_however_many_keys_there_are() {
    let server = Redis::start("");
    server.send("EVAL \"for i=1,30000 do redis.call('SET','user:'..i,'v') end\" 0\n");
    let bench = Bench::new();
    let results = run(&bench, &server, "REDIS_SAMPLE_KEYS=300");
    let facts = results.facts("redis/key-sample.json");
    let sampled = facts[&("cache.sample.keys".to_owned(), String::new())];
    assert!((300.0..=500.0).contains(&sampled), "{sampled}");
    let scans = bench.calls().lines().filter(|call| call.contains("SCAN")).count();
    assert!(scans <= 5, "{scans} pages");
}

#[test]
fn what_the_server_refuses_is_told() {
    // Managed servers rename CONFIG away.
    let server = Redis::start("rename-command CONFIG \"\"\nrename-command SCAN \"\"");
    let bench = Bench::new();
    let results = run(&bench, &server, "");
    results.ran("redis-info");
    results.import("redis/info.txt", "redis-info");
    for probe in ["redis-config", "redis-keys"] {
        assert_eq!(results.status(probe), "skipped", "{}", results.said);
        assert!(results.reason(probe).contains("unknown command"), "{}", results.reason(probe));
    }
}

#[test]
fn a_wrong_password_is_told_and_not_shown() {
    let server = Redis::start("");
    let bench = Bench::new();
    bench.settings(&format!("REDIS_SOCKET={}\n", server.socket().display()));
    let results = bench.run("redis", &[("REDISCLI_AUTH", "not-the-password")]);
    for probe in ["redis-info", "redis-config", "redis-keys"] {
        assert!(matches!(results.status(probe), "failed" | "skipped"), "{}", results.said);
        assert!(
            results.reason(probe).contains("NOAUTH") || results.reason(probe).contains("WRONGPASS"),
            "{}",
            results.said
        );
    }
    results.holds_nothing_of("not-the-password");
    assert_eq!(results.files.len(), 1, "the manifest alone");
}
