//! The kit in a folder of its own, run as an operator would run it.

pub mod servers;
pub mod web;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use groma_evidence::{Import, Outcome};
use groma_kit::{Kit, Names};
use groma_model::{Artifact, Id, Measurement, Verdict};
use serde_json::Value;

/// Every file below `assets/kit`.
pub fn assets() -> BTreeMap<String, Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/kit");
    let mut found = BTreeMap::new();
    collect(&root, &root, &mut found);
    assert!(found.len() > 30, "the walk found the kit");
    found
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let below = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            found.insert(below, fs::read(&path).unwrap());
        }
    }
}

pub fn kit() -> Kit {
    let assets = assets();
    Kit::read(assets.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice()))).unwrap()
}

/// Every check that a probe answers.
pub fn all_checks(kit: &Kit) -> Vec<String> {
    let checks: BTreeSet<String> = kit.probes().iter().flat_map(|probe| probe.checks.clone()).collect();
    checks.into_iter().collect()
}

/// A kit for all checks, a folder to start it in, and stand-ins for commands.
pub struct Bench {
    pub dir: tempfile::TempDir,
}

impl Bench {
    pub fn new() -> Self {
        Self::in_language("en")
    }

    pub fn in_language(language: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let kit = kit();
        let checks = all_checks(&kit);
        let checks: Vec<&str> = checks.iter().map(String::as_str).collect();
        for file in kit.files(&checks, language, &Names::default()) {
            let path = dir.path().join("kit").join(&file.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &file.bytes).unwrap();
            let mode = if file.executable { 0o755 } else { 0o644 };
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        }
        for folder in ["bin", "home", "tmp", "work"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
        }
        Self { dir }
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    /// A stand-in for a command, found before the real one.
    pub fn stub(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// The real command, which first writes down how it was called.
    pub fn recorded(&self, name: &str) {
        let real = Command::new("sh").args(["-c", &format!("command -v {name}")]).output().unwrap();
        let real = String::from_utf8(real.stdout).unwrap();
        assert!(!real.is_empty(), "{name} is not installed: `make setup` installs what tests need");
        let log = self.path("calls");
        self.stub(name, &format!("printf '%s\\n' \"{name} $*\" >>'{}'\nexec {} \"$@\"", log.display(), real.trim()));
    }

    pub fn calls(&self) -> String {
        fs::read_to_string(self.path("calls")).unwrap_or_default()
    }

    pub fn settings(&self, text: &str) {
        fs::write(self.path("kit/settings.env"), text).unwrap();
    }

    /// How the kit is started: from another folder, with an environment that holds nothing by accident.
    pub fn command(&self, args: &[&str]) -> Command {
        // As from a terminal: what runs in the background hears no interrupt, and a shell cannot listen to what it was started deaf to.
        let mut command = Command::new("env");
        command
            .arg("--default-signal")
            .arg(self.path("kit/run.sh"))
            .args(args)
            .current_dir(self.path("work"))
            .env_clear()
            .env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", self.path("bin").display()))
            .env("HOME", self.path("home"))
            .env("TMPDIR", self.path("tmp"))
            .stdin(Stdio::null());
        command
    }

    /// Runs some probes into `results`, whatever comes of each.
    pub fn run(&self, only: &str, environment: &[(&str, &str)]) -> Results {
        let mut command = self.command(&["--yes", "--only", only, "--out"]);
        command.arg(self.path("results")).envs(environment.iter().copied());
        let output = command.output().unwrap();
        let said = text(&output);
        assert!(output.status.success(), "{said}");
        Results::of(&self.path("results"), said)
    }

    /// Path and size of everything below the bench but the results and what stand-ins write.
    pub fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(self.dir.path(), self.dir.path(), &mut found);
        found.retain(|path, _| !path.starts_with("results/") && path != "calls");
        found
    }
}

pub fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// What a run left.
pub struct Results {
    pub said: String,
    pub manifest: Value,
    pub files: BTreeMap<String, String>,
}

impl Results {
    pub fn of(folder: &Path, said: String) -> Self {
        let mut files = BTreeMap::new();
        collect(folder, folder, &mut files);
        let files: BTreeMap<String, String> =
            files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect();
        let manifest = files.get("manifest.json").unwrap_or_else(|| panic!("no manifest: {said}"));
        let manifest: Value = serde_json::from_str(manifest).unwrap_or_else(|error| panic!("{error}: {manifest}"));
        // What the manifest names is there, and what is there it names.
        let mut named: BTreeSet<String> = BTreeSet::from(["manifest.json".to_owned()]);
        for probe in manifest["probes"].as_array().unwrap() {
            named.extend(probe["files"].as_array().unwrap().iter().map(|path| path.as_str().unwrap().to_owned()));
        }
        assert_eq!(named, files.keys().cloned().collect(), "{said}");
        Self { said, manifest, files }
    }

    fn probe(&self, id: &str) -> &Value {
        let probes = self.manifest["probes"].as_array().unwrap();
        probes.iter().find(|probe| probe["id"] == id).unwrap_or_else(|| panic!("{id} is not in the manifest"))
    }

    pub fn status(&self, id: &str) -> &str {
        self.probe(id)["status"].as_str().unwrap()
    }

    pub fn reason(&self, id: &str) -> &str {
        self.probe(id)["reason"].as_str().unwrap()
    }

    pub fn ran(&self, id: &str) {
        assert_eq!(self.status(id), "ran", "{id}: {}\n{}", self.reason(id), self.said);
    }

    /// Reads a result as the import would, without being told its format.
    pub fn import(&self, path: &str, format: &str) -> Import {
        let text = self.files.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", self.files.keys()));
        read(path, text, format)
    }

    /// Measurements of a file of facts: metric, subject and value.
    pub fn facts(&self, path: &str) -> BTreeMap<(String, String), f64> {
        let text = self.files.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", self.files.keys()));
        facts(path, text)
    }

    /// What the pack would propose, by check, from all results that this build can read.
    pub fn verdicts(&self) -> BTreeMap<String, Verdict> {
        let (mut measurements, mut artifacts) = (Vec::new(), Vec::new());
        for (number, (path, text)) in (1..).zip(&self.files) {
            if let Outcome::Imported(import) = groma_evidence::read(path, text.as_bytes(), None) {
                let id = Id::from_parts(1, number);
                let of = |measurement: Measurement| Measurement { artifact: id, ..measurement };
                measurements.extend(import.measurements.into_iter().map(of));
                artifacts.push(Artifact {
                    id,
                    name: path.clone(),
                    captured_at: import.captured_at,
                    ..Artifact::default()
                });
            }
        }
        let pack = groma_pack::builtin("backend-health").unwrap().unwrap();
        let proposals = groma_pack::propose(&pack, &measurements, &artifacts);
        proposals.into_iter().map(|(check, proposal)| (check, proposal.verdict)).collect()
    }

    /// No text may stand anywhere in the results, nor in what was said while they were made.
    pub fn holds_nothing_of(&self, secret: &str) {
        for (path, text) in &self.files {
            assert!(!text.contains(secret), "{secret} is in {path}:\n{text}");
        }
        assert!(!self.said.contains(secret), "{secret} was said:\n{}", self.said);
    }
}

pub fn read(path: &str, text: &str, format: &str) -> Import {
    match groma_evidence::read(path, text.as_bytes(), None) {
        Outcome::Imported(import) => {
            assert_eq!(import.format, format, "{path}");
            import
        }
        other => panic!("{path} was not read: {other:?}\n{text}"),
    }
}

/// Whether the importers of this build know a format.
pub fn is_known(format: &str) -> bool {
    groma_evidence::formats().iter().any(|known| known.id == format)
}

/// The shape that the importer of facts reads; and that importer itself, where this build has it.
pub fn facts(path: &str, text: &str) -> BTreeMap<(String, String), f64> {
    let json: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
    assert_eq!(json["groma_facts"], 1, "{path}");
    assert_eq!(json["tool"], "groma kit");
    for field in ["tool_version", "captured_at", "subject"] {
        assert!(json[field].as_str().is_some_and(|text| !text.is_empty()), "{path}: {field}");
    }
    let mut found = BTreeMap::new();
    for measurement in json["measurements"].as_array().unwrap() {
        let field = |name: &str| measurement[name].as_str().unwrap().to_owned();
        let metric = field("metric");
        // The one family whose rows stand with the importer of log lines.
        let pending = metric.starts_with("obs.logs.");
        assert!(groma_evidence::metric(&metric).is_some() || pending, "{path}: {metric} is not in the vocabulary");
        let twice = found.insert((metric.clone(), field("subject")), measurement["value"].as_f64().unwrap());
        assert!(twice.is_none(), "{path}: {metric} {} is there twice", field("subject"));
    }
    if is_known("groma-facts") {
        assert_eq!(read(path, text, "groma-facts").measurements.len(), found.len());
    }
    found
}

/// Feeds a program and takes what it answers.
pub fn feed(command: &mut Command, input: &str) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}
