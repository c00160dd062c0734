//! What holds for every input: nothing panics, nothing loops, and a merge is done once.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads its fixtures")]

use groma_c4::derive::{derive, sniff};
use groma_c4::difference::compare;
use groma_c4::merge::{apply, preview, traffic};
use groma_c4::{Workspace, json};
use proptest::prelude::*;
use std::path::PathBuf;
use std::sync::LazyLock;

static FILES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/c4/derive");
    let mut files = Vec::new();
    for folder in std::fs::read_dir(root).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            // The bomb takes its time to be refused; once is enough.
            if name != "expected.txt" && name != "aliases.yaml" {
                files.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
});

/// One change of a file: where, what, how much.
#[derive(Debug, Clone)]
enum Mutation {
    Cut(usize),
    Remove(usize, usize),
    Put(usize, String),
    Byte(usize, u8),
    Repeat(usize, usize),
    Splice(usize, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let put = prop::sample::select(vec![
        "{{ .Values.x }}",
        "&a",
        "*a",
        "<<: *a",
        "- ",
        ": ",
        "\n",
        "  ",
        "\t",
        "\"",
        "'",
        "null",
        "[]",
        "{}",
        "[",
        "{",
        "}",
        "]",
        "-1",
        "1e999",
        "\u{feff}",
        "${A:-${A}}",
        "$",
        "://",
        "@",
        "localhost",
        "..",
        "/",
        "\\",
        "\0",
        "é",
        "kind: List\nitems:\n",
        "---\n",
        "|",
        ">",
        "!!binary ",
        "? ",
        ",",
    ]);
    prop_oneof![
        any::<usize>().prop_map(Mutation::Cut),
        (any::<usize>(), 1usize..200).prop_map(|(at, length)| Mutation::Remove(at, length)),
        (any::<usize>(), put).prop_map(|(at, text)| Mutation::Put(at, text.to_owned())),
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Mutation::Byte(at, byte)),
        (any::<usize>(), 1usize..300).prop_map(|(at, length)| Mutation::Repeat(at, length)),
        (any::<usize>(), any::<usize>()).prop_map(|(file, at)| Mutation::Splice(file, at)),
    ]
}

fn mutate(bytes: &[u8], mutations: &[Mutation]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for one in mutations {
        let at = |at: usize| at % (bytes.len() + 1);
        match one {
            Mutation::Cut(to) => bytes.truncate(at(*to)),
            Mutation::Remove(from, length) => {
                let from = at(*from);
                let to = (from + length).min(bytes.len());
                bytes.drain(from..to);
            }
            Mutation::Put(to, text) => {
                let to = at(*to);
                bytes.splice(to..to, text.bytes());
            }
            Mutation::Byte(to, byte) if !bytes.is_empty() => {
                let to = to % bytes.len();
                bytes[to] = *byte;
            }
            Mutation::Byte(..) => {}
            Mutation::Repeat(from, length) => {
                let from = at(*from);
                let part = bytes[from..(from + length).min(bytes.len())].to_vec();
                bytes.splice(from..from, part);
            }
            Mutation::Splice(file, from) => {
                let other = &FILES[file % FILES.len()].1;
                let from = from % (other.len() + 1);
                bytes.extend_from_slice(&other[from..]);
            }
        }
    }
    bytes
}

fn check(workspace: &Workspace) {
    let text = json::export(workspace).to_string();
    assert!(!text.contains("s3cr3t"), "a secret");
    let again = json::import(text.as_bytes());
    assert!(again.is_ok(), "{:?}", again.err());
    assert!(compare(workspace, workspace).is_empty());
    assert!(compare(workspace, &again.unwrap()).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn mutated_files_are_read_or_refused(file in any::<usize>(), mutations in prop::collection::vec(mutation(), 1..6)) {
        let (name, bytes) = &FILES[file % FILES.len()];
        let bytes = mutate(bytes, &mutations);
        let _ = sniff(name, &bytes);
        match derive(&[(name, &bytes)]) {
            Ok(derived) => {
                // A cut may split the mark or move it to where it is no secret: only whole files are held to that.
                let text = json::export(&derived.workspace).to_string();
                prop_assert!(json::import(text.as_bytes()).is_ok());
                prop_assert!(compare(&derived.workspace, &derived.workspace).is_empty());
            }
            Err(refusal) => prop_assert!(!refusal.message.is_empty() && !refusal.remedy.is_empty(), "{}", refusal),
        }
    }

    #[test]
    fn a_merge_is_done_once(chosen in prop::collection::vec(any::<usize>(), 2..8), part in any::<u64>()) {
        let half = chosen.len() / 2;
        let model = |files: &[usize]| {
            let files: Vec<(&str, &[u8])> = files.iter().map(|at| &FILES[at % FILES.len()]).map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            derive(&files).ok().map(|derived| derived.workspace)
        };
        let (Some(mut existing), Some(other)) = (model(&chosen[..half]), model(&chosen[half..])) else { return Ok(()) };
        check(&other);
        let found = preview(&existing, &other);
        let _ = traffic(&existing, &other);
        let ids = found.ids();
        let some: Vec<&str> = ids.iter().enumerate().filter(|(at, _)| part >> (at % 64) & 1 == 1).map(|(_, id)| *id).collect();
        let mut partly = existing.clone();
        apply(&mut partly, &found, &some);
        check(&partly);
        apply(&mut existing, &found, &ids);
        check(&existing);
        let once = existing.clone();
        let again = preview(&existing, &other);
        apply(&mut existing, &again, &again.ids());
        prop_assert!(compare(&once, &existing).is_empty(), "{:#?}", compare(&once, &existing));
        prop_assert_eq!(&once, &existing);
    }

    /// Whatever is around them: of a setting, a user and a password never enter the model.
    #[test]
    fn secrets_stay_out(before in "[!-~ ]{0,4}", after in "[!-~ ]{0,4}", name in "(DATABASE_URL|X_HOST|DSN|API_TOKEN|BROKERS|FOO|SPRING_DATASOURCE_URL)", form in 0usize..10) {
        let (user, password) = (format!("zquser{}", after.replace(['@', ' '], "")), format!("{before}zqpass{after}"));
        let value = match form {
            0 => format!("postgres://{user}:{password}@db:5432/shop"),
            1 => format!("redis://:{password}@cache.example.org"),
            2 => format!("jdbc:postgresql://db:5432/shop?user={user}&password={password}"),
            3 => format!("jdbc:oracle:thin:{user}/{password}@db:1521:XE"),
            4 => format!("{user}:{password}@tcp(db:3306)/shop"),
            5 => format!("Server=db,1433;User Id={user};Password={password};"),
            6 => format!("host=db port=5432 user={user} password={password}"),
            7 => format!("amqp://{user}:{password}@a:1,amqp://{user}:{password}@b:2"),
            8 => format!("mongodb+srv://{user}:{password}@db.example.org/?w={password}"),
            _ => format!("https://api.example.org/hooks/{password}?key={password}"),
        };
        let compose = serde_json::json!({"services": {"api": {"image": "acme/api", "environment": {name.clone(): value.clone()}, "command": [value.clone()]}, "db": {"image": "postgres:16"}}}).to_string();
        let pod = serde_json::json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "api"}, "spec": {"containers": [{"name": "c", "image": "acme/api", "args": [value.clone()], "env": [{"name": name, "value": value}]}]}}).to_string();
        for (file, text) in [("compose.json", compose), ("pod.json", pod)] {
            let derived = derive(&[(file, text.as_bytes())]).unwrap();
            let out = json::export(&derived.workspace).to_string().to_lowercase();
            prop_assert!(!out.contains("zqpass") && !out.contains("zquser"), "{}\n{}", text, out);
        }
    }
}
