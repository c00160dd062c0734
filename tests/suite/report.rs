//! The report: sections, determinism, languages, what must never be on a page.

use std::process::Command;

use groma_tests::{Bench, pdf_text, run, skipped};
use serde_json::{Value, json};

#[test]
fn an_empty_engagement_has_a_report_too() {
    let bench = Bench::new();
    let (reply, pdf) = bench.report("empty.pdf");
    assert!(pdf.starts_with(b"%PDF-"));
    assert_eq!(reply["bytes"].as_u64().unwrap() as usize, pdf.len());
    assert_eq!(reply["warnings"], json!([]));
}

#[test]
fn the_same_engagement_gives_the_same_bytes() {
    let bench = Bench::new();
    let finding = json!({"do":"insert","kind":"findings","object":{"title":"Pool","condition":"It *waits*."}});
    bench.call(&json!([{"do":"update","kind":"engagement","fields":{"report_date":"2026-03-02"}}, finding]));
    let (_, first) = bench.report("a.pdf");
    let (_, second) = bench.report("b.pdf");
    assert!(first == second, "two runs differ");
    let text = String::from_utf8_lossy(&first);
    assert!(text.contains("/StructTreeRoot"), "the PDF is tagged");
    assert!(!text.contains("/CreationDate") || text.contains("D:20260302"), "no time of its own");
}

#[test]
fn other_programs_read_the_file_whole_and_without_complaint() {
    let bench = Bench::new();
    let table = "| endpoint | p99 |\n|---|---:|\n| `GET /board` | 4.4 s |\n";
    let finding =
        |n: usize| json!({"do":"insert","kind":"findings","object":{"title":format!("Case {n}"),"condition":table}});
    let mut calls = vec![json!({"do":"update","kind":"engagement","fields":{"report_date":"2026-03-02"}})];
    calls.extend((0..40).map(finding));
    bench.call(&json!(calls));
    for standard in ["pdf-1.7", "pdf-2.0", "a-2a+ua-1", "a-3b"] {
        let out = bench.folder.path().join("whole.pdf");
        let args = ["report".as_ref(), bench.file.as_os_str(), "--standard".as_ref(), standard.as_ref()];
        let reply = run(args.into_iter().chain(["--json".as_ref(), "-o".as_ref(), out.as_os_str()])).exits(0).json();
        // It reads every object, and exits with 3 when it has a warning to give.
        let Ok(checked) = Command::new("qpdf").arg("--check").arg(&out).output() else {
            return skipped("qpdf is not installed");
        };
        assert!(checked.status.success(), "{standard}: {}", String::from_utf8_lossy(&checked.stderr));
        let objects = Command::new("qpdf").args(["--json=2", "--json-key=qpdf"]).arg(&out).output().unwrap();
        let objects = String::from_utf8_lossy(&objects.stdout).into_owned();
        let count = |what: &str| objects.matches(what).count();
        assert_eq!(Some(count("\"/Type\": \"/Page\"") as u64), reply["pages"].as_u64(), "{standard}: the pages");
        assert!(count("\"/S\": \"/Table\"") >= 40, "{standard}: the structure");
    }
}

#[test]
fn sections_can_be_switched_off_and_moved() {
    let bench = Bench::new();
    bench.call(&json!([
        {"do":"insert","kind":"findings","object":{"title":"The pool waits without limit","condition":"So it is."}},
        {"do":"insert","kind":"risks","object":{"title":"Dispatch stands still","scenario":"At six.","current":{"likelihood":4,"impact":4}}},
    ]));
    let order = |sections: Value| {
        bench.call(&json!({"do":"update","kind":"engagement","fields":{"sections":{"audit-report":sections}}}));
        bench.report("s.pdf");
        let folder = bench.folder.path().join("eject");
        let args = ["report", &bench.file.to_string_lossy(), "--eject", &folder.to_string_lossy(), "--json"]
            .map(str::to_owned);
        let _ = run(args).exits(0);
        let report: Value = serde_json::from_slice(&std::fs::read(folder.join("data/report.json")).unwrap()).unwrap();
        let ids: Vec<String> =
            report["sections"].as_array().unwrap().iter().map(|s| s["id"].as_str().unwrap().to_owned()).collect();
        ids
    };
    let plain = order(json!([]));
    let place = |ids: &[String], id: &str| ids.iter().position(|known| known == id);
    assert!(place(&plain, "findings") < place(&plain, "risks"));
    assert!(place(&plain, "goals").is_none(), "a section without content is not printed");
    let off = order(json!([{"id":"risks","off":true}]));
    assert!(place(&off, "risks").is_none());
    let moved = order(json!([{"id":"cover"},{"id":"risks"},{"id":"findings"}]));
    assert!(place(&moved, "risks") < place(&moved, "findings"), "{moved:?}");
}

#[test]
fn internal_notes_and_private_interviews_never_reach_the_report() {
    let bench = Bench::new();
    bench.call(&json!([
        {"do":"insert","kind":"findings","object":{"title":"Pool","condition":"Visible.","internal_notes":"OURSECRET one"}},
        {"do":"insert","kind":"notes","object":{"title":"Off the record","body":"OURSECRET two","private":true}},
        {"do":"insert","kind":"notes","object":{"title":"On the record","body":"Said openly."}},
    ]));
    let folder = bench.folder.path().join("eject");
    let args = ["report".as_ref(), bench.file.as_os_str(), "--eject".as_ref(), folder.as_os_str()];
    let _ = run(args).exits(0);
    let mut pending = vec![folder];
    let mut looked_at = 0;
    while let Some(next) = pending.pop() {
        for entry in std::fs::read_dir(next).unwrap().flatten() {
            if entry.path().is_dir() {
                pending.push(entry.path());
            } else {
                let bytes = std::fs::read(entry.path()).unwrap();
                assert!(!bytes.windows(9).any(|window| window == b"OURSECRET"), "{}", entry.path().display());
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 20);
}

#[test]
fn german_reports_speak_german_and_both_languages_have_the_same_words() {
    let bench = Bench::empty();
    let file = bench.file.to_string_lossy().into_owned();
    let _ = run(["new", &file, "--client", "Müller & Söhne", "--system", "Abrechnung", "--language", "de"]).exits(0);
    bench.call(&json!([
        {"do":"update","kind":"engagement","fields":{"report_date":"2026-03-02"}},
        {"do":"insert","kind":"findings","object":{"title":"Der Pool wartet ohne Grenze","severity":"high","condition":"So ist es."}},
    ]));
    bench.report("de.pdf");
    if let Some(text) = pdf_text(&bench.folder.path().join("de.pdf")) {
        assert!(text.contains("März 2026"), "{text}");
        assert!(text.contains("Müller"));
    }
    let labels = |language: &str| {
        let path = groma_tests::root().join(format!("report-templates/_shared/labels/{language}.toml"));
        let text = std::fs::read_to_string(path).unwrap();
        let mut set = String::new();
        let mut keys = Vec::new();
        for line in text.lines() {
            if line.starts_with('[') && !line.starts_with("[[") {
                set = line.trim_matches(['[', ']']).to_owned();
            } else if line.starts_with("[[") {
                set.clear();
            } else if let Some((key, _)) = line.split_once('=').filter(|(key, _)| !set.is_empty() && !key.contains('#'))
            {
                keys.push(format!("{set}.{}", key.trim().trim_matches('"')));
            }
        }
        keys.sort();
        keys
    };
    let (en, de) = (labels("en"), labels("de"));
    assert!(en.len() > 100);
    assert_eq!(en, de, "a word is missing in one language");
}

#[test]
fn checks_and_areas_are_printed_in_the_language_of_the_report() {
    let flat = |path: &std::path::Path| {
        pdf_text(path).map(|text| text.split_whitespace().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
    };
    let spoken = [
        ("en", "Leak detection", "Database"),
        ("de", "Leckerkennung", "Datenbank"),
        ("fr", "Détection des fuites", "Base de données"),
        ("pl", "Wykrywanie wycieków", "Baza danych"),
    ];
    for (language, check, area) in spoken {
        let bench = Bench::empty();
        let file = bench.file.to_string_lossy().into_owned();
        let _ = run(["new", &file, "--client", "Kunde", "--system", "Sendung", "--language", language]).exits(0);
        // A finding keeps the area as the pack names it.
        bench.call(&json!([
            {"do":"update","kind":"engagement","fields":{"report_date":"2026-03-02"}},
            {"do":"insert","kind":"findings","object":{"title":"Pool","severity":"high","area":"Database","condition":"x"}},
        ]));
        for (template, wanted) in [("scorecard", check), ("audit-report", area)] {
            let out = bench.folder.path().join(format!("{template}.pdf"));
            let path = out.to_string_lossy().into_owned();
            let _ = run(["report", &file, "--template", template, "-o", &path]).exits(0);
            let Some(text) = flat(&out) else { continue };
            assert!(text.contains(wanted), "{language} {template}: {text}");
            assert_eq!(text.contains(spoken[0].1), language == "en", "{language} {template}");
        }
        // The command line speaks the pack's own language.
        assert!(run(["score", &file]).exits(0).out.contains("Connection Management"));
        let told = bench.call(&json!({"do":"score","language":"de"}));
        assert_eq!(told["health"]["sections"][3]["title"], "Verbindungsverwaltung");
        let told = bench.call(&json!({"do":"answers","language":"de-CH"}));
        assert_eq!(told["answers"][0]["title"], "Lesende Endpunkte: p99-Latenz");
        let told = bench.call(&json!({"do":"pack","language":"de"}));
        assert_eq!(told[1]["words"]["Testing"], "Tests");
        assert!(bench.call(&json!({"do":"pack"}))[1].get("words").is_none());
    }
}

#[test]
fn the_glossary_holds_what_the_report_uses_in_the_order_of_its_language() {
    let terms = |language: &str, condition: &str, sections: &Value| -> Vec<String> {
        let bench = Bench::empty();
        let file = bench.file.to_string_lossy().into_owned();
        let _ = run(["new", &file, "--client", "Kunde", "--system", "Sendung", "--language", language]).exits(0);
        bench.call(&json!([
            {"do":"update","kind":"engagement","fields":{
                "report_date":"2026-03-02","sections":{"audit-report":sections},"glossary":[{"term":"Depot","meaning":"Ein Ort."}]}},
            {"do":"insert","kind":"findings","object":{"title":"Wartet","severity":"high","condition":condition}},
        ]));
        let out = bench.folder.path().join("project");
        let args = ["report", &file, "--template", "audit-report", "--eject", &out.to_string_lossy()];
        let _ = run(args).exits(0);
        let report: Value = serde_json::from_slice(&std::fs::read(out.join("data/report.json")).unwrap()).unwrap();
        report["glossary"].as_array().unwrap().iter().map(|one| one["term"].as_str().unwrap().to_owned()).collect()
    };
    let without = json!([{"id":"scorecard","off":true},{"id":"maturity","off":true}]);
    let plain = terms("de", "Nichts davon.", &without);
    assert_eq!(plain, ["Abnahmetest", "Depot", "RICE", "WSJF"]);
    let more = terms("de", "Aufrufe sind nicht idempotent, und p99 liegt bei 4 s.", &without);
    assert_eq!(more, ["Abnahmetest", "Depot", "Idempotenz", "p50, p95, p99", "RICE", "WSJF"]);
    // The checklist alone brings its own terms, in any language.
    for (language, term) in
        [("de", "Ratenbegrenzung"), ("pl", "Ograniczanie liczby żądań"), ("fr", "Limitation de débit")]
    {
        let all = terms(language, "x", &json!([]));
        assert!(all.iter().any(|one| one == term), "{language}: {all:?}");
    }
}

#[test]
fn a_pack_of_ones_own_brings_its_languages_along() {
    let bench = Bench::empty();
    let folder = bench.folder.path().join("packs");
    std::fs::create_dir(&folder).unwrap();
    let pack = folder.join("own.toml");
    let own = "schema = 1\nid = \"own\"\nversion = \"1\"\ntitle = \"Our list\"\nlanguages = [\"de\"]\n[[sections]]\nid = \"a\"\n\
               title = \"Trade\"\n[[sections.checks]]\nid = \"1\"\ntitle = \"Prices are dated\"\n";
    std::fs::write(&pack, own).unwrap();
    let (file, path) = (bench.file.to_string_lossy().into_owned(), pack.to_string_lossy().into_owned());
    let args = ["new", &file, "--client", "Kunde", "--system", "Handel", "--language", "de", "--pack", &path];
    assert!(run(args).exits(3).err.contains("there is no \"own.de.toml\" beside the pack"));
    let german = "pack = \"own\"\nlanguage = \"de\"\n[checks]\n1 = { title = \"Preise sind datiert\" }\n";
    std::fs::write(folder.join("own.de.toml"), german).unwrap();
    let _ = run(args).exits(0);
    std::fs::remove_dir_all(&folder).unwrap();
    let told = bench.call(&json!({"do":"answers","language":"de"}));
    assert_eq!(
        (&told["answers"][0]["title"], &told["answers"][0]["section_title"]),
        (&json!("Preise sind datiert"), &json!("Trade"))
    );
}

#[test]
fn brands_look_different() {
    let bench = Bench::new();
    bench.call(&json!({"do":"insert","kind":"findings","object":{"title":"Pool","condition":"x"}}));
    let make = |brand: &str| {
        let out = bench.folder.path().join(format!("{brand}.pdf"));
        let args = [
            "report".as_ref(),
            bench.file.as_os_str(),
            "--brand".as_ref(),
            brand.as_ref(),
            "-o".as_ref(),
            out.as_os_str(),
        ];
        let _ = run(args).exits(0);
        std::fs::read(out).unwrap()
    };
    assert_ne!(make("groma"), make("atelier"));
}

#[test]
fn a_report_is_never_written_over_an_engagement() {
    let (bench, other) = (Bench::new(), Bench::new());
    let before = std::fs::read(&other.file).unwrap();
    for target in [&bench.file, &other.file] {
        let args = ["report".as_ref(), bench.file.as_os_str(), "-o".as_ref(), target.as_os_str()];
        let _ = run(args).exits(2);
    }
    assert!(std::fs::read(&other.file).unwrap() == before, "another engagement was touched");
    let _ = run(["verify".as_ref(), bench.file.as_os_str()]).exits(0);
    assert_eq!(bench.call(&json!({"do":"get","kind":"engagement"}))["client"], "Northwind Trading");
}

#[test]
fn references_and_pictures_that_are_not_printed_break_nothing() {
    let bench = Bench::new();
    let prose = "See F-001, R-001, I-001 and F-099; ![lost](image:nothing)";
    bench.call(&json!([
        {"do":"update","kind":"engagement","fields":{"verdict":prose,"scope":prose,
            "sections":{"audit-report":[{"id":"findings","off":true},{"id":"risks","off":true},{"id":"initiatives","off":true}]}}},
        {"do":"insert","kind":"findings","object":{"title":"One","condition":prose}},
        {"do":"insert","kind":"risks","object":{"title":"One","scenario":prose,"current":{"likelihood":1,"impact":1}}},
        {"do":"insert","kind":"initiatives","object":{"title":"One","description":prose,"effort":{"low":1,"likely":1,"high":1}}},
        {"do":"insert","kind":"diagrams","object":{"title":"Context without a picture","description":prose}},
    ]));
    let (reply, _) = bench.report("off.pdf");
    assert!(reply["pages"].as_u64().unwrap() > 2);
    let told = run(["check".as_ref(), bench.file.as_os_str()]).out;
    assert!(told.contains("refers to F-001, whose section is switched off [section.off]"), "{told}");
    bench.call(&json!({"do":"update","kind":"engagement","fields":{"sections":{"audit-report":[{"id":"nope"}]}}}));
    let told = run(["check".as_ref(), bench.file.as_os_str()]).out;
    assert!(!told.contains("section.off") && told.contains("no section \"nope\""), "{told}");
}
