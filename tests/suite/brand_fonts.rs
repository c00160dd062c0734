//! Font files of a brand's own: refused or kept, printed, told of, carried along.

use std::path::PathBuf;

use groma_tests::{Bench, root, run};
use serde_json::{Value, json};

fn font(style: &str) -> PathBuf {
    root().join(format!("src-tauri/crates/typeset/tests/fonts/LibertinusSerif-{style}.otf"))
}

fn own(bench: &Bench) -> String {
    let brand = bench.call(&json!({"do":"add_brand","from":"groma","name":"House","take":true}));
    brand["brand"]["id"].as_str().unwrap().to_owned()
}

fn add(bench: &Bench, brand: &str, paths: &[PathBuf], take: bool) -> Value {
    bench.call(&json!({"do":"add_fonts","brand":brand,"paths":paths,"take":take}))
}

/// An engagement with some text, dated, and a brand that is set in both styles of the fixture.
fn written() -> (Bench, String) {
    let bench = Bench::new();
    bench.call(&json!([
        {"do":"update","kind":"engagement","fields":{"report_date":"2026-03-02","verdict":"It *holds*.","scope":"All of it."}},
        {"do":"insert","kind":"findings","object":{"title":"Pool","condition":"It **waits**."}},
    ]));
    let brand = own(&bench);
    let reply = add(&bench, &brand, &[font("Regular"), font("Bold")], true);
    assert_eq!((reply["added"].as_array().unwrap().len(), &reply["refused"]), (2, &json!([])));
    (bench, brand)
}

/// The names of the fonts in a PDF.
fn fonts_of(bench: &Bench, pdf: &str) -> String {
    let out = std::process::Command::new("pdffonts").arg(bench.folder.path().join(pdf)).output().unwrap();
    String::from_utf8_lossy(&out.stdout).into_owned()
}

fn told(bench: &Bench) -> Vec<(String, String)> {
    let reply = bench.call(&json!({"do":"check"}));
    let of_brand = reply["problems"].as_array().unwrap().iter().filter(|problem| problem["kind"] == "brands");
    of_brand
        .map(|problem| {
            (problem["sentence"].as_str().unwrap().to_owned(), problem["message"].as_str().unwrap().to_owned())
        })
        .collect()
}

#[test]
fn a_font_of_ones_own_is_printed_and_taken_back_as_one_step() {
    let (bench, brand) = written();
    let kept = bench.call(&json!({"do":"get","kind":"brands","id":brand}));
    let shown: Vec<_> = kept["fonts"].as_array().unwrap().iter().map(|one| (&one["style"], &one["lightest"])).collect();
    assert_eq!(shown, [(&json!("Regular"), &json!(400)), (&json!("Bold"), &json!(700))]);
    assert_eq!(kept["heading_font"], "Libertinus Serif");
    let (reply, _) = bench.report("own.pdf");
    assert_eq!(reply["warnings"], json!([]));
    let fonts = fonts_of(&bench, "own.pdf");
    assert!(fonts.contains("LibertinusSerif-Regular") && fonts.contains("LibertinusSerif-Bold"), "{fonts}");
    bench.call(&json!({"do":"undo"}));
    let before = bench.call(&json!({"do":"get","kind":"brands","id":brand}));
    assert_eq!((&before["fonts"], &before["heading_font"]), (&json!([]), &json!("IBM Plex Sans")));
    bench.call(&json!({"do":"redo"}));
    assert_eq!(bench.call(&json!({"do":"get","kind":"brands","id":brand})), kept);
}

#[test]
fn every_template_and_a_part_of_the_live_page_is_set_in_it() {
    let (bench, _) = written();
    let file = bench.file.to_string_lossy().into_owned();
    for template in groma_app::assets::template_ids() {
        let out = bench.folder.path().join("t.pdf").to_string_lossy().into_owned();
        let args = ["report", &file, "--template", &template, "--standard", "a-2a+ua-1", "-o", &out];
        let _ = run(args).exits(0);
        assert!(fonts_of(&bench, "t.pdf").contains("LibertinusSerif"), "{template}");
    }
}

#[test]
fn the_same_brand_gives_the_same_bytes_elsewhere() {
    let (bench, brand) = written();
    let (_, here) = bench.report("here.pdf");
    let brand_file = bench.folder.path().join("house.toml");
    bench.call(&json!({"do":"export_brand","brand":brand,"path":brand_file}));
    let there = Bench::empty();
    std::fs::copy(&bench.file, &there.file).unwrap();
    let (_, copied) = there.report("there.pdf");
    assert!(here == copied, "the file carries its fonts");
    // And by the brand's one file, into a report that has none of it.
    let bare = there.call(&json!({"do":"add_brand","from":"groma","name":"Bare","take":true}))["brand"]["id"].clone();
    there.call(&json!({"do":"delete","kind":"brands","id":brand}));
    assert!(there.report("bare.pdf").1 != here);
    let read = there.call(&json!({"do":"add_brand","from":brand_file,"take":true}))["brand"].clone();
    assert_ne!(read["id"], bare);
    let (_, by_file) = there.report("by-file.pdf");
    assert!(here == by_file, "the brand's file carries them, too");
    let again = there.folder.path().join("again.toml");
    there.call(&json!({"do":"export_brand","brand":read["id"],"path":again}));
    assert!(std::fs::read(&brand_file).unwrap() == std::fs::read(&again).unwrap(), "the file is the same again");
    // A copy has them as well, and a copy of the engagement for other hands.
    let copy = there.call(&json!({"do":"add_brand","from":read["id"],"name":"Copy"}))["brand"].clone();
    assert_eq!(copy["fonts"], read["fonts"]);
    let handed = Bench::empty();
    there.call(&json!({"do":"compact","output":handed.file}));
    assert!(handed.report("handed.pdf").1 == here);
}

#[test]
fn what_cannot_or_may_not_be_printed_is_refused_with_a_remedy() {
    let bench = Bench::new();
    let brand = own(&bench);
    let plain = std::fs::read(font("Regular")).unwrap();
    let table = usize::from(u16::from_be_bytes([plain[4], plain[5]]));
    let os2 = (0..table).map(|n| 12 + 16 * n).find(|at| plain[*at..*at + 4] == *b"OS/2").unwrap();
    let os2 = u32::from_be_bytes(plain[os2 + 8..os2 + 12].try_into().unwrap()) as usize;
    let mut restricted = plain.clone();
    restricted[os2 + 9] = 2;
    let folder = bench.folder.path().join("fonts");
    std::fs::create_dir(&folder).unwrap();
    for (name, bytes) in [
        ("a-restricted.otf", &restricted[..]),
        ("b-web.woff2", b"wOF2...."),
        ("c-several.ttc", b"ttcf\0\x01\0\0\0\0\0\x02"),
        ("d-broken.ttf", &plain[..900]),
        ("e-good.otf", &plain),
        ("f-again.otf", &plain),
        ("LICENCE.txt", b"passed over"),
    ] {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    let plex = root().join("assets/fonts/ibm-plex-sans/IBMPlexSans-Regular.ttf");
    let reply =
        add(&bench, &brand, &[folder.clone(), plex, folder.join("none.ttf"), folder.join("LICENCE.txt")], false);
    assert_eq!(reply["added"].as_array().unwrap().len(), 1);
    let refused: Vec<_> = reply["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["file"].as_str().unwrap(), one["reason"].as_str().unwrap(), one["hint"].as_str().unwrap()))
        .collect();
    let expected = [
        ("a-restricted.otf", "forbids to embed", "licence"),
        ("b-web.woff2", "web pages", ".ttf"),
        ("c-several.ttc", "several fonts", "single fonts"),
        ("d-broken.ttf", "damaged", "maker"),
        ("f-again.otf", "has it already", ""),
        ("IBMPlexSans-Regular.ttf", "built in", "list"),
        ("none.ttf", "no such file", "path"),
        ("LICENCE.txt", "no TrueType", ".ttf"),
    ];
    assert_eq!(refused.len(), expected.len(), "{refused:?}");
    for ((file, reason, hint), (name, why, remedy)) in refused.iter().zip(expected) {
        assert!(*file == name && reason.contains(why) && hint.contains(remedy), "{file}: {reason} – {hint}");
    }
    // A file of the wrong kind leaves no step behind.
    let steps = |bench: &Bench| bench.call(&json!({"do":"state"}))["undo"].clone();
    let before = steps(&bench);
    assert_eq!(add(&bench, &brand, &[folder.join("b-web.woff2")], true)["changes"], Value::Null);
    assert_eq!(steps(&bench), before);
}

#[test]
fn a_missing_style_letter_or_file_is_told_and_nothing_goes_blank() {
    let bench = Bench::new();
    bench.call(&json!([
        {"do":"update","kind":"engagement","fields":{"report_date":"2026-03-02","verdict":"Sie *hält*.","language":"ar"}},
        {"do":"insert","kind":"findings","object":{"title":"Pool","condition":"It **waits**."}},
    ]));
    let brand = own(&bench);
    let reply = add(&bench, &brand, &[font("Regular")], true);
    assert!(reply["added"][0]["lacks"].as_str().unwrap().contains('ب'), "{reply}");
    let sentences = |bench: &Bench| told(bench).into_iter().map(|(sentence, _)| sentence).collect::<Vec<_>>();
    assert_eq!(sentences(&bench), ["brand.font.bold", "brand.font.italic", "brand.font.letters"]);
    bench.call(&json!({"do":"update","kind":"engagement","fields":{"language":"de"}}));
    // The fixture was cut down to few letters, and the euro is not among them.
    let (_, letters) = told(&bench).pop().unwrap();
    assert!(letters.contains('€') && !letters.contains('ب'), "{letters}");
    // The bytes are gone: the family with them, and the report stands.
    bench.sql(
        "DELETE FROM blobs WHERE sha256 IN (SELECT font.value ->> 'sha256' FROM brands, json_each(fonts) AS font)",
    );
    let lost = told(&bench);
    assert_eq!(
        lost.iter().map(|(sentence, _)| sentence.as_str()).collect::<Vec<_>>(),
        ["brand.font.lost", "brand.font", "brand.font", "brand.font"]
    );
    assert!(lost[0].1.contains("LibertinusSerif-Regular.otf"), "{lost:?}");
    let (_, pdf) = bench.report("lost.pdf");
    assert!(pdf.starts_with(b"%PDF") && fonts_of(&bench, "lost.pdf").contains("IBMPlexSans"));
    assert_eq!(bench.call(&json!({"do":"layout"}))["problems"], json!([]));
    let refused = run(["brand", "save", &bench.file.to_string_lossy(), &brand, "/tmp/never.toml"]).exits(3);
    assert!(
        refused.err.contains("LibertinusSerif-Regular.otf") && refused.err.contains("import it anew"),
        "{refused:?}"
    );
}

#[test]
fn the_command_line_imports_fonts_and_ejects_them() {
    let bench = Bench::new();
    let brand = own(&bench);
    let file = bench.file.to_string_lossy().into_owned();
    let folder = font("Regular").parent().unwrap().to_string_lossy().into_owned();
    let ran = run(["brand", "fonts", &file, &brand, &folder, "--take"]).exits(0);
    assert_eq!(ran.out, "Libertinus Serif Bold (lacks €)\nLibertinus Serif Regular (lacks €)\n");
    let web = bench.put("a.woff2", "wOF2");
    let ran = run(["brand", "fonts", &file, &brand, &web.to_string_lossy()]).exits(3);
    assert!(ran.err.contains("a.woff2") && ran.err.contains(".ttf"), "{ran:?}");
    let _ = run(["brand", "fonts", &file, "groma", &folder]).exits(2);
    let project = bench.folder.path().join("project");
    bench.call(&json!({"do":"report","eject":project}));
    assert!(project.join("fonts/LibertinusSerif-Regular.otf").is_file());
    let data: Value = serde_json::from_slice(&std::fs::read(project.join("data/report.json")).unwrap()).unwrap();
    assert_eq!(data["brand"]["body_font"], "Libertinus Serif");
    assert_eq!(data["brand"].get("font_data"), None, "the data name the family alone");
}
