//! The same engagement gives the same bytes: whatever the machine's time zone, language, home and fonts are, wherever the
//! file lies and whatever it is called, and whenever it is done.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use groma_tests::{Bench, groma, run, skipped};

const STANDARDS: [&str; 7] = ["pdf-1.7", "pdf-2.0", "a-2b", "a-2a", "a-3b", "ua-1", "a-2a+ua-1"];

/// Time zone, language, and whether there is no home and not one font: 26 hours lie between the first two clocks, and the
/// languages have commas, dots on the i and digits of their own.
const MACHINES: [(&str, &str, bool); 4] = [
    ("Pacific/Kiritimati", "de_DE.UTF-8", true),
    ("Etc/GMT+12", "tr_TR.UTF-8", false),
    ("America/Los_Angeles", "ar_EG.UTF-8", true),
    ("UTC", "C", false),
];

fn sample() -> Bench {
    let bench = Bench::empty();
    let _ = run(["sample".as_ref(), bench.file.as_os_str()]).exits(0);
    bench
}

/// The report as such a machine makes it, of a copy of the file in `folder`, which the process also runs in.
fn elsewhere(
    file: &Path,
    folder: &Path,
    name: &str,
    standard: &str,
    (zone, language, bare): (&str, &str, bool),
) -> Vec<u8> {
    std::fs::create_dir_all(folder).unwrap();
    let copy = folder.join(name);
    std::fs::copy(file, &copy).unwrap();
    let mut command = Command::new(groma());
    command.args(["report", name, "--standard", standard, "-o", "out.pdf"]).current_dir(folder);
    command.env("TZ", zone).env("LANG", language).env("LC_ALL", language).env("USER", "somebody-else");
    if bare {
        let empty = folder.join("empty");
        std::fs::create_dir_all(&empty).unwrap();
        for folder in ["HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS", "XDG_CONFIG_HOME", "FONTCONFIG_PATH"] {
            command.env(folder, &empty);
        }
        command.env("FONTCONFIG_FILE", empty.join("fonts.conf"));
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{zone} {language}: {}", String::from_utf8_lossy(&output.stderr));
    std::fs::remove_file(&copy).unwrap();
    std::fs::read(folder.join("out.pdf")).unwrap()
}

/// Where two files begin to differ.
fn first_difference(one: &[u8], other: &[u8]) -> Option<usize> {
    (one != other)
        .then(|| one.iter().zip(other).position(|(a, b)| a != b).unwrap_or_else(|| one.len().min(other.len())))
}

/// The files in `out.pdf` of a folder, by name; none without `pdfdetach`.
fn attached(folder: &Path) -> Option<BTreeMap<String, Vec<u8>>> {
    let out = folder.join("attached");
    std::fs::create_dir(&out).unwrap();
    let saved = Command::new("pdfdetach").arg("-saveall").arg("-o").arg(&out).arg(folder.join("out.pdf")).output();
    assert!(saved.ok()?.status.success());
    let files = std::fs::read_dir(&out).unwrap().flatten();
    Some(
        files
            .map(|file| (file.file_name().to_string_lossy().into_owned(), std::fs::read(file.path()).unwrap()))
            .collect(),
    )
}

#[test]
fn no_clock_language_font_or_place_of_the_machine_is_in_the_bytes() {
    let bench = sample();
    let (_, here) = bench.report("here.pdf");
    for (index, machine) in MACHINES.into_iter().enumerate() {
        let folder = bench.folder.path().join(format!("machine {index}"));
        let there = elsewhere(&bench.file, &folder, &format!("Prüfung № {index}.groma"), "pdf-1.7", machine);
        assert_eq!(first_difference(&here, &there), None, "{machine:?}");
    }
}

#[test]
fn every_standard_gives_the_same_bytes_elsewhere_and_later() {
    let bench = sample();
    let mut made = BTreeMap::new();
    for (round, machine) in MACHINES.into_iter().take(2).enumerate() {
        for standard in STANDARDS {
            let folder = bench.folder.path().join(format!("{standard} {round}"));
            let pdf = elsewhere(&bench.file, &folder, &format!("{round}.groma"), standard, machine);
            let first = made.entry(standard).or_insert_with(|| pdf.clone());
            assert_eq!(first_difference(first, &pdf), None, "{standard}");
        }
        // A time of the clock is written in seconds.
        std::thread::sleep(Duration::from_millis(1_100));
    }
    let different: BTreeSet<&Vec<u8>> = made.values().collect();
    assert_eq!(different.len(), STANDARDS.len(), "each standard is written in a file of its own kind");

    let attached = |round: usize| attached(&bench.folder.path().join(format!("a-3b {round}")));
    let (Some(first), Some(second)) = (attached(0), attached(1)) else {
        return skipped("pdfdetach is not installed");
    };
    for name in ["findings.csv", "risks.csv", "initiatives.csv", "measurements.csv", "data.json"] {
        assert!(first.get(name).is_some_and(|bytes| bytes.len() > 100), "{name} is attached");
    }
    assert!(first == second, "what is attached differs");
}
