//! Every template in several brands and languages, to every standard, and templates of a consultant's own.

use std::path::{Path, PathBuf};
use std::process::Command;

use groma_tests::{Bench, pdf_text, root, run, skipped};
use serde_json::{Value, json};

const TEMPLATES: [&str; 8] = [
    "audit-report",
    "diagnosis",
    "executive-brief",
    "findings-register",
    "letter",
    "roadmap-poster",
    "scorecard",
    "technical-due-diligence",
];
/// Left to right with short and with long words, and right to left.
const LANGUAGES: [&str; 3] = ["en", "de", "ar"];
const BRANDS: [&str; 2] = ["groma", "atelier"];

/// The sample engagement.
fn sample() -> Bench {
    let bench = Bench::empty();
    let _ = run(["sample".as_ref(), bench.file.as_os_str()]).exits(0);
    bench
}

fn report(bench: &Bench, name: &str, flags: &[&str]) -> (Value, PathBuf) {
    let out = bench.folder.path().join(name);
    let mut args = vec!["report".as_ref(), bench.file.as_os_str(), "-o".as_ref(), out.as_os_str(), "--json".as_ref()];
    args.extend(flags.iter().map(std::ffi::OsStr::new));
    (run(args).exits(0).json(), out)
}

/// The first page in grey, small; none without `pdftoppm`.
fn first_page(pdf: &Path) -> Option<image::GrayImage> {
    let out = pdf.with_extension("");
    let made = Command::new("pdftoppm")
        .args(["-r", "20", "-gray", "-png", "-f", "1", "-l", "1", "-singlefile"])
        .args([pdf, &out])
        .status()
        .ok()?;
    assert!(made.success(), "{}", pdf.display());
    Some(image::open(pdf.with_extension("png")).unwrap().to_luma8())
}

/// How far two pictures are apart: the mean difference of their pixels, 0 to 1.
fn apart(one: &image::GrayImage, other: &image::GrayImage) -> f64 {
    if one.dimensions() != other.dimensions() {
        return 1.0;
    }
    let sum: u64 = one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.as_raw().len() as f64 / 255.0
}

#[test]
fn every_template_is_set_in_brands_and_languages_and_begins_as_it_was_reviewed() {
    let known = run(["templates", "--json"]).exits(0).json();
    let all = known.as_array().unwrap().iter();
    let templates = all.filter(|one| one["title"].as_str().unwrap_or_default().starts_with("template: "));
    let ids: Vec<&str> = templates.filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(ids, TEMPLATES, "a template that this test does not know");
    let bench = sample();
    let references = root().join("tests/fixtures/report/first-pages");
    let bless = std::env::var_os("GROMA_BLESS").is_some();
    let mut wrong = Vec::new();
    for template in TEMPLATES {
        for (brand, language) in BRANDS.into_iter().flat_map(|brand| LANGUAGES.map(|language| (brand, language))) {
            let name = format!("{template}-{brand}-{language}");
            let flags = ["--template", template, "--brand", brand, "--language", language];
            let (reply, pdf) = report(&bench, &format!("{name}.pdf"), &flags);
            assert_eq!(reply["warnings"], json!([]), "{name}");
            let Some(page) = first_page(&pdf) else {
                skipped("pdftoppm is not installed");
                continue;
            };
            let reference = references.join(format!("{name}.png"));
            if bless {
                std::fs::create_dir_all(&references).unwrap();
                page.save(&reference).unwrap();
            }
            let expected = image::open(&reference).unwrap_or_else(|error| panic!("{}: {error}", reference.display()));
            // Renderers differ a little at the edges of letters.
            let apart = apart(&page, &expected.to_luma8());
            if apart > 0.01 {
                wrong.push(format!("{name}: {apart:.3}"));
            }
        }
    }
    assert!(wrong.is_empty(), "first pages look other than reviewed: {}", wrong.join(", "));
}

#[test]
fn every_template_meets_every_standard() {
    let bench = sample();
    for template in TEMPLATES {
        for (standard, says) in [("a-2a", "PDF/A"), ("ua-1", "PDF/UA"), ("a-2a+ua-1", "both")] {
            let (reply, pdf) = report(&bench, "x.pdf", &["--template", template, "--standard", standard]);
            assert_eq!(reply["warnings"], json!([]), "{template} {standard}");
            let bytes = std::fs::read(pdf).unwrap();
            let has = |what: &str| bytes.windows(what.len()).any(|window| window == what.as_bytes());
            assert_eq!(has("pdfaid:part"), says != "PDF/UA", "{template} {standard} declares PDF/A");
            assert_eq!(has("pdfuaid:part"), says != "PDF/A", "{template} {standard} declares PDF/UA");
            assert!(has("/StructTreeRoot"), "{template} {standard} is tagged");
        }
    }
}

#[test]
fn an_empty_engagement_is_set_by_every_template() {
    let bench = Bench::new();
    for template in TEMPLATES {
        let (reply, _) = report(&bench, "x.pdf", &["--template", template]);
        assert_eq!(reply["warnings"], json!([]), "{template}");
        assert!(reply["pages"].as_u64().unwrap() >= 1, "{template}");
    }
}

#[test]
fn an_archive_carries_the_data_and_needs_a_date() {
    let bench = Bench::new();
    bench.call(&json!({"do":"insert","kind":"findings","object":{"title":"Pool","condition":"It waits.","internal_notes":"OURSECRET"}}));
    let args = ["report", &bench.file.to_string_lossy(), "--standard", "a-3b"].map(str::to_owned);
    let refused = run(args).exits(3);
    assert!(refused.err.contains("date"), "{}", refused.err);
    bench.call(&json!({"do":"update","kind":"engagement","fields":{"report_date":"2026-03-02"}}));
    let (_, pdf) = report(&bench, "a.pdf", &["--standard", "a-3b"]);
    let Ok(listed) = Command::new("pdfdetach").arg("-list").arg(&pdf).output() else {
        return skipped("pdfdetach is not installed");
    };
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    for name in ["findings.csv", "risks.csv", "initiatives.csv", "measurements.csv", "data.json"] {
        assert!(listed.contains(name), "{name} in {listed}");
    }
    let out = bench.folder.path().join("attached");
    std::fs::create_dir(&out).unwrap();
    let saved = Command::new("pdfdetach").arg("-saveall").arg("-o").arg(&out).arg(&pdf).status().unwrap();
    assert!(saved.success());
    let mut texts = String::new();
    for entry in std::fs::read_dir(&out).unwrap().flatten() {
        texts += &String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap());
    }
    assert!(texts.contains("It waits.") && !texts.contains("OURSECRET"));
}

#[test]
fn outsiders_and_those_who_decide_get_their_own() {
    let bench = sample();
    let (all, _) = report(&bench, "all.pdf", &[]);
    let (executive, _) = report(&bench, "executive.pdf", &["--audience", "executive"]);
    assert!(executive["pages"].as_u64() < all["pages"].as_u64(), "{executive}");
    let (_, redacted) = report(&bench, "redacted.pdf", &["--audience", "redacted"]);
    let Some(text) = pdf_text(&redacted) else { return skipped("pdftotext is not installed") };
    for word in ["Parcelline", "Meridian", "10.20."] {
        assert!(!text.contains(word), "{word} is still there");
    }
    assert!(text.contains("the client"));
}

#[test]
fn a_template_of_ones_own_is_kept_with_the_engagement() {
    let bench = Bench::new();
    let folder = bench.folder.path().join("ours");
    let made = run(["template", "new", &folder.to_string_lossy(), "--from", "letter"]).exits(0);
    assert!(made.out.contains("DATA.md"), "{}", made.out);
    for explains in ["DATA.md", "REFERENCE.md", "schema/report.schema.json", "schema/shared.schema.json"] {
        assert!(folder.join(explains).is_file(), "{explains}");
    }
    let again = run(["template", "new", &folder.to_string_lossy()]).exits(3);
    assert!(again.err.contains("there already"), "{}", again.err);
    let file = bench.file.to_string_lossy().into_owned();
    let _ = run(["template", "take", &file, &folder.to_string_lossy(), "--take"]).exits(0);
    let (first, _) = report(&bench, "first.pdf", &[]);
    let eject = bench.folder.path().join("eject");
    let _ = run(["report", &file, "--eject", &eject.to_string_lossy()]).exits(0);
    assert!(eject.join("main.typ").is_file(), "what prints is kept");
    assert!(!eject.join("schema").exists() && !eject.join("REFERENCE.md").exists(), "what explains is not");
    // A change in the folder is taken over when it is read again, and refused with file and line when it is wrong.
    let main = folder.join("main.typ");
    let text = std::fs::read_to_string(&main).unwrap();
    std::fs::write(&main, format!("{text}\n#pagebreak()\nOne page more.\n")).unwrap();
    let (same, _) = report(&bench, "same.pdf", &[]);
    assert_eq!(first["pages"], same["pages"], "an old report can be made again");
    bench.call(&json!({"do":"reload_template"}));
    let (more, _) = report(&bench, "more.pdf", &[]);
    assert_eq!(more["pages"].as_u64(), first["pages"].as_u64().map(|pages| pages + 1));
    assert_eq!(bench.call(&json!({"do":"reload_template"})), Value::Null, "nothing changed since");
    std::fs::write(&main, "#import \"/_shared/theme.typ\": *\n#nonsense()\n").unwrap();
    let wrong = run(["report", &file, "--template", &folder.to_string_lossy()]);
    assert_ne!(wrong.code, 0);
    assert!(wrong.err.contains("main.typ:2"), "{}", wrong.err);
    // Without its folder the kept one still prints.
    std::fs::remove_dir_all(&folder).unwrap();
    let (kept, _) = report(&bench, "kept.pdf", &[]);
    assert_eq!(kept["pages"], more["pages"]);
}

#[test]
fn a_template_is_set_by_its_settings_and_refuses_others() {
    let bench = Bench::new();
    let all = bench.call(&json!({"do":"templates"}));
    let letter = all.as_array().unwrap().iter().find(|one| one["id"] == "letter").unwrap();
    assert!(letter["settings"].as_array().unwrap().iter().any(|setting| setting["id"] == "fee"), "{letter}");
    let settings = |value: Value| {
        bench.call(&json!({"do":"update","kind":"engagement","fields":{"template_settings":{"letter":{"fee":value}}}}));
        let folder = bench.folder.path().join("eject");
        let args =
            ["report", &bench.file.to_string_lossy(), "--template", "letter", "--eject", &folder.to_string_lossy()]
                .map(str::to_owned);
        let _ = run(args).exits(0);
        let report: Value = serde_json::from_slice(&std::fs::read(folder.join("data/report.json")).unwrap()).unwrap();
        report["settings"]["fee"].clone()
    };
    assert_eq!(settings(json!("EUR 12,000")), json!("EUR 12,000"));
    assert_eq!(settings(json!(true)), json!(""), "what it cannot take is passed over");
}

#[test]
fn prose_calls_figures_by_name() {
    let bench = Bench::new();
    let gap = |title: &str, severity: &str| json!({"do":"insert","kind":"findings","object":{"title":title,"severity":severity}});
    bench.call(&json!([
        gap("Pool", "critical"),
        {"do":"update","kind":"engagement","fields":{"verdict":"With {{findings.critical}} critical of {{ findings.open }} and {{no.such}}."}},
    ]));
    let verdict = |bench: &Bench| {
        bench.report("v.pdf");
        pdf_text(&bench.folder.path().join("v.pdf")).unwrap_or_default()
    };
    let text = verdict(&bench);
    if text.is_empty() {
        return skipped("pdftotext is not installed");
    }
    assert!(text.contains("With 1 critical of 1 and {{no.such}}."), "{text}");
    bench.call(&gap("Queue", "high"));
    assert!(verdict(&bench).contains("With 1 critical of 2 and"), "it follows the data");
    let check = bench.call(&json!({"do":"check"}));
    let open: Vec<&Value> =
        check["problems"].as_array().unwrap().iter().filter(|one| one["rule"] == "prose.placeholder").collect();
    assert_eq!(open.len(), 1, "only what is no figure is still to be filled: {open:?}");
    let facts = bench.call(&json!({"do":"facts"}));
    assert!(facts.as_array().unwrap().contains(&json!({"name":"findings.open","text":"2"})), "{facts}");
}

/// The ids of the sections that a report is ejected with.
fn sections(bench: &Bench, template: &str) -> Vec<String> {
    let folder = bench.folder.path().join("sections");
    let _ = std::fs::remove_dir_all(&folder);
    let args = ["report", &bench.file.to_string_lossy(), "--template", template, "--eject", &folder.to_string_lossy()];
    let _ = run(args.map(str::to_owned)).exits(0);
    let data: Value = serde_json::from_slice(&std::fs::read(folder.join("data/report.json")).unwrap()).unwrap();
    data["sections"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn sections_are_chosen_for_each_template_alone() {
    let bench = sample();
    let plain = TEMPLATES.map(|template| sections(&bench, template));
    let own = bench.folder.path().join("ours");
    bench.call(&json!({"do":"new_template","folder":own,"from":"findings-register"}));
    let own = bench.call(&json!({"do":"take_template","folder":own,"take":false}))["id"].as_str().unwrap().to_owned();
    bench.call(&json!({"do":"update","kind":"engagement","fields":{"sections":{
        "technical-due-diligence": [{"id":"scope","off":false},{"id":"risks","off":true}],
        own.clone(): [{"id":"initiatives","off":true},{"id":"later","off":true}],
    }}}));
    for (template, before) in
        TEMPLATES.iter().zip(&plain).filter(|(template, _)| **template != "technical-due-diligence")
    {
        assert_eq!(sections(&bench, template), *before, "{template}");
    }
    let due = sections(&bench, "technical-due-diligence");
    assert_eq!((due[0].as_str(), due.contains(&"risks".to_owned())), ("cover", false), "{due:?}");
    assert!(due.iter().position(|id| id == "scope") < due.iter().position(|id| id == "findings"), "{due:?}");
    assert_eq!(sections(&bench, &own), ["findings-overview", "findings", "risks"]);
    // What a template does not have is told of that template alone, and kept.
    let unknown = |bench: &Bench| bench.call(&json!({"do":"check"})).to_string().contains("no section \\\"later\\\"");
    assert!(!unknown(&bench));
    bench.call(&json!({"do":"update","kind":"engagement","fields":{"template":own}}));
    assert!(unknown(&bench));
    bench.call(&json!([{"do":"undo"},{"do":"undo"}]));
    assert_eq!(sections(&bench, "technical-due-diligence"), plain[7]);
}

#[test]
fn a_template_of_ones_own_is_set_by_the_id_that_the_window_knows() {
    let bench = Bench::new();
    let folder = bench.folder.path().join("ours");
    bench.call(&json!({"do":"new_template","folder":folder,"from":"findings-register"}));
    let own = bench.call(&json!({"do":"take_template","folder":folder,"take":true}))["id"].as_str().unwrap().to_owned();
    let settings = json!({own: {"group": "owner"}});
    bench.call(&json!({"do":"update","kind":"engagement","fields":{"template_settings":settings}}));
    let project = bench.folder.path().join("project");
    bench.call(&json!({"do":"report","eject":project}));
    let data: Value = serde_json::from_slice(&std::fs::read(project.join("data/report.json")).unwrap()).unwrap();
    assert_eq!(data["settings"]["group"], "owner");
}

#[test]
fn the_clients_logo_stands_on_the_first_page_of_every_template() {
    let logo = |fill: &str| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30'><rect width='90' height='30' fill='{fill}'/></svg>"
        )
    };
    let bench = sample();
    let page = |name: &str, template: &str| {
        let (reply, pdf) = report(&bench, name, &["--template", template, "--standard", "a-2a+ua-1"]);
        assert_eq!(reply["warnings"], json!([]), "{template}");
        first_page(&pdf)
    };
    let before = TEMPLATES.map(|template| page("before.pdf", template));
    let put = |field: &str, fill: &str| {
        let path = bench.put(&format!("{field}.svg"), logo(fill));
        let image = bench.call(&json!({"do":"add_image","path":path,"alt":"Meridian"}))["image"]["id"].clone();
        bench.call(&json!({"do":"update","kind":"engagement","fields":{field:image}}));
    };
    put("client_logo", "#000000");
    for (template, before) in TEMPLATES.iter().zip(before) {
        let (Some(before), Some(with)) = (before, page("with.pdf", template)) else {
            return skipped("pdftoppm is not installed");
        };
        assert!(apart(&before, &with) > 0.0005, "{template} shows no logo");
    }
    // On paper the light version stays, whatever there is for dark grounds.
    let light = page("light.pdf", "letter").unwrap();
    put("client_logo_dark", "#ffffff");
    assert!(apart(&light, &page("both.pdf", "letter").unwrap()) == 0.0);
    // The firm's own: on a dark cover the version for it stands there without a plate.
    let brand = bench.call(&json!({"do":"add_brand","from":"groma","name":"House","take":true}))["brand"].clone();
    let plate = page("plate.pdf", "technical-due-diligence").unwrap();
    let image =
        bench.call(&json!({"do":"add_image","path":bench.put("firm.svg", logo("#ffcc00"))}))["image"]["id"].clone();
    bench.call(&json!({"do":"update","kind":"brands","id":brand["id"],"fields":{"logo_dark":image}}));
    assert!(apart(&plate, &page("dark.pdf", "technical-due-diligence").unwrap()) > 0.0005);
    let file = bench.folder.path().join("house.toml");
    bench.call(&json!({"do":"export_brand","brand":brand["id"],"path":file}));
    let again = bench.call(&json!({"do":"add_brand","from":file}))["brand"].clone();
    assert!(
        !again["logo"].is_null() && !again["logo_dark"].is_null() && again["logo"] != again["logo_dark"],
        "{again}"
    );
}
