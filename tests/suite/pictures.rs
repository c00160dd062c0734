//! Pictures: what was given stays, what leaves is what is seen.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use groma_tests::{Bench, root, run, skipped};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

/// What must be found in no delivered file.
const SECRET: &[u8] = b"52.5163N 13.3777E, taken by Ada";

fn encoded(pixels: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::from(pixels).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// No two neighbouring pixels are alike, so that bytes of a part of it are found nowhere by chance.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 7_u32;
    RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8 | 64])
    })
}

/// A photo as a phone writes it: turned by a quarter, with a place on earth.
fn photo() -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02".to_vec();
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    exif.extend(b"\x01\x0e\0\x02\0\0\0\x1f\0\0\0\x26\0\0\0\0");
    exif.extend(SECRET);
    let plain = encoded(noise(160, 120), ImageFormat::Jpeg);
    [&plain[..2], &[0xff, 0xe1], &(exif.len() as u16 + 2).to_be_bytes(), &exif, &plain[2..]].concat()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn add(bench: &Bench, name: &str, bytes: &[u8]) -> Value {
    let path = bench.put(name, bytes);
    bench.call(&json!({"do":"add_image","path":path}))["image"].clone()
}

fn show(bench: &Bench, text: &str) {
    bench.call(&json!({"do":"insert","kind":"findings","object":{"title":"Pool","condition":text}}));
}

/// The files of the ejected project.
fn ejected(bench: &Bench) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = bench.folder.path().join("eject");
    let _ = run(["report".as_ref(), bench.file.as_os_str(), "--eject".as_ref(), folder.as_os_str()]).exits(0);
    let (mut found, mut folders) = (Vec::new(), vec![folder]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                found.push((path, bytes));
            }
        }
    }
    found
}

/// The pictures in a PDF as they are drawn; none when `pdfimages` is not installed.
fn drawn(pdf: &Path) -> Option<Vec<RgbImage>> {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("pdfimages").arg("-png").arg(pdf).arg(folder.path().join("p")).status();
    if !made.is_ok_and(|status| status.success()) {
        skipped("pdfimages (poppler-utils) is not installed");
        return None;
    }
    let files = std::fs::read_dir(folder.path()).unwrap().flatten();
    Some(files.map(|file| image::open(file.path()).unwrap().into_rgb8()).collect())
}

#[test]
fn nothing_of_a_redacted_photo_leaves_the_engagement() {
    let bench = Bench::new();
    let photo = photo();
    let given = add(&bench, "IMG_0815.jpg", &photo);
    assert_eq!(
        (&given["width"], &given["height"], &given["media_type"]),
        (&json!(120), &json!(160), &json!("image/jpeg"))
    );
    assert_eq!(given["name"], "IMG_0815");
    assert_ne!(given["sha256"], given["original"]);
    show(&bench, "It waits.\n\n![Pool](image:IMG_0815)");
    let redaction = json!({"kind":"redaction","x1":16,"y1":32,"x2":96,"y2":112,"colour":"black"});
    let edits = json!({"marks":[redaction]});
    let reply = bench.call(&json!({"do":"edit_image","id":given["id"],"edits":edits}));
    let edited = &reply["image"];
    assert_eq!(edited["original"], given["original"]);
    assert_eq!(edited["upright"], given["sha256"]);

    // The bytes behind the tables of an image are its pixels' alone.
    let pixels_of = |bytes: &[u8]| bytes[bytes.len() / 2..bytes.len() / 2 + 64].to_vec();
    let whole = ejected_before(&photo);
    let (_, pdf) = bench.report("redacted.pdf");
    let files = ejected(&bench);
    let picture = files.iter().find(|(path, _)| path.extension().is_some_and(|end| end == "jpg")).unwrap();
    assert!(contains(&pdf, &pixels_of(&picture.1)), "this is how the printed one is found");
    for (name, bytes) in
        files.iter().map(|(path, bytes)| (path.display().to_string(), bytes)).chain([("the PDF".to_owned(), &pdf)])
    {
        assert!(!contains(bytes, SECRET) && !contains(bytes, b"Exif\0"), "{name}");
        assert!(!contains(bytes, &pixels_of(&photo)), "{name}: what was given");
        assert!(!contains(bytes, &pixels_of(&whole)), "{name}: the whole picture");
        for sha256 in [&given["original"], &given["upright"]] {
            assert!(!contains(bytes, sha256.as_str().unwrap().as_bytes()), "{name}: the hash of what is not delivered");
        }
    }
    let seen = image::load_from_memory(&picture.1).unwrap().into_rgb8();
    assert!((16..96).all(|x| (32..112).all(|y| seen.get_pixel(x, y).0 == [0, 0, 0])));
    if let Some(drawn) = drawn(&bench.folder.path().join("redacted.pdf")) {
        let one = drawn.iter().find(|picture| picture.dimensions() == (120, 160)).expect("the picture is on a page");
        assert!((18..94).all(|x| (34..110).all(|y| one.get_pixel(x, y).0.iter().all(|channel| *channel < 8))));
    }
}

/// The photo as it is kept upright, from an engagement that shows it unedited: proves that the search finds it there.
fn ejected_before(photo: &[u8]) -> Vec<u8> {
    let bench = Bench::new();
    add(&bench, "a.jpg", photo);
    show(&bench, "![Pool](image:a)");
    let (_, pdf) = bench.report("whole.pdf");
    let files = ejected(&bench);
    let (_, whole) = files.into_iter().find(|(path, _)| path.extension().is_some_and(|end| end == "jpg")).unwrap();
    assert!(contains(&pdf, &whole[whole.len() / 2..whole.len() / 2 + 64]));
    assert!(!contains(&pdf, SECRET) && !contains(&whole, SECRET), "merely added: the place is gone all the same");
    whole
}

#[test]
fn edits_are_one_step_and_undo_brings_the_earlier_picture_back() {
    let bench = Bench::new();
    let given = add(&bench, "pool.png", &encoded(noise(300, 200), ImageFormat::Png));
    assert_eq!(given["sha256"], given["original"], "what is clean is kept once");
    show(&bench, "![Pool](image:pool)");
    let steps = |bench: &Bench| bench.call(&json!({"do":"history","limit":50})).as_array().unwrap().len();
    let before = steps(&bench);
    let edits = json!({"crop":{"x":30,"y":20,"width":200,"height":100},"longest":100,
        "marks":[{"kind":"arrow","x1":40,"y1":30,"x2":120,"y2":80,"colour":"red"},
                 {"kind":"box","x1":100,"y1":50,"x2":180,"y2":90,"colour":"blue"}]});
    let edited = bench.call(&json!({"do":"edit_image","id":given["id"],"edits":edits}))["image"].clone();
    assert_eq!((&edited["width"], &edited["height"]), (&json!(100), &json!(50)));
    assert_eq!(steps(&bench), before + 1);
    assert!(bench.call(&json!({"do":"edit_image","id":given["id"],"edits":edits}))["changes"]["step"].is_null());
    let printed = |bench: &Bench| {
        let files = ejected(bench);
        let (_, bytes) = files.into_iter().find(|(path, _)| path.extension().is_some_and(|end| end == "png")).unwrap();
        image::load_from_memory(&bytes).unwrap().into_rgb8()
    };
    assert_eq!(printed(&bench).dimensions(), (100, 50));
    bench.call(&json!({"do":"undo"}));
    assert!(printed(&bench) == noise(300, 200));
    assert_eq!(bench.call(&json!({"do":"get","kind":"images","id":given["id"]})), given);
    bench.call(&json!({"do":"redo"}));
    assert_eq!(printed(&bench).dimensions(), (100, 50));
    bench.call(&json!({"do":"delete","kind":"images","id":given["id"]}));
    bench.call(&json!({"do":"undo"}));
    // Edited anew from the whole, not from what was printed before.
    let none = bench.call(&json!({"do":"edit_image","id":given["id"],"edits":{}}));
    assert_eq!(none["image"]["sha256"], given["sha256"]);
    let _ = run(["verify".as_ref(), bench.file.as_os_str()]).exits(0);
}

#[test]
fn what_is_no_picture_or_too_much_of_one_is_refused() {
    let bench = Bench::new();
    let refused = |command: Value, code: i32| {
        let ran = run(["call", &bench.file.to_string_lossy(), &command.to_string()]).exits(code);
        ran.err + &ran.out
    };
    let mut bomb = encoded(noise(4, 4), ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 200, 0, 0, 0, 200, 0]);
    let crc = !bomb[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    });
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    let path = bench.put("bomb.png", bomb);
    let told = refused(json!({"do":"add_image","path":path}), 3);
    assert!(told.contains("51200 × 51200 pixels") && told.contains("smaller copy"), "{told}");
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>"#;
    let image = add(&bench, "a.svg", svg);
    let edits = json!({"marks":[{"kind":"redaction","x1":1,"y1":1,"x2":5,"y2":5}]});
    let told = refused(json!({"do":"edit_image","id":image["id"],"edits":edits}), 3);
    assert!(told.contains("cannot be edited"), "{told}");
    let image = add(&bench, "a.png", &encoded(noise(20, 20), ImageFormat::Png));
    assert_eq!(image["name"], "a-2", "two files of one name");
    let edits = json!({"crop":{"x":15,"y":0,"width":9,"height":9}});
    let told = refused(json!({"do":"edit_image","id":image["id"],"edits":edits}), 2);
    assert!(told.contains("reaches out of the picture of 20 × 20"), "{told}");
    for field in ["sha256", "original", "upright"] {
        let fields = json!({ field: image["sha256"].as_str().unwrap().replace('a', "b") });
        let _ = refused(json!({"do":"update","kind":"images","id":image["id"],"fields":fields}), 2);
    }
}

#[test]
fn a_new_name_reaches_the_texts_in_the_same_step() {
    let bench = Bench::new();
    let image = add(&bench, "a.png", &encoded(noise(20, 20), ImageFormat::Png));
    add(&bench, "b.png", &encoded(noise(9, 9), ImageFormat::Png));
    show(&bench, "![Pool](image:a) and ![other](image:b)");
    bench.call(&json!({"do":"rename_image","id":image["id"],"name":"pool waits"}));
    let condition = || bench.call(&json!({"do":"list","kind":"findings"}))[0]["condition"].clone();
    assert_eq!(condition(), "![Pool](image:pool-waits) and ![other](image:b)");
    let pictures = bench.call(&json!({"do":"pictures"}));
    assert_eq!((&pictures[0]["uses"][0]["object"], &pictures[0]["lacks_alt"]), (&json!("F-001"), &json!(false)));
    let (_, pdf) = bench.report("a.pdf");
    assert!(contains(&pdf, b"/Subtype /Image") || contains(&pdf, b"/Subtype/Image"), "it is still printed");
    bench.call(&json!({"do":"undo"}));
    assert_eq!(condition(), "![Pool](image:a) and ![other](image:b)");
    for wrong in ["b", "", ")("] {
        let command = json!({"do":"rename_image","id":image["id"],"name":wrong}).to_string();
        assert_ne!(run(["call", &bench.file.to_string_lossy(), &command]).code, 0, "{wrong}");
    }
}

/// Made by the version before pictures could be edited: a photo with a place, kept as it was given.
#[test]
fn a_file_of_the_first_version_opens_and_prints_its_pictures_without_their_metadata() {
    let bench = Bench::empty();
    let packed = std::fs::File::open(root().join("tests/fixtures/store/version-1.groma.gz")).unwrap();
    let mut old = Vec::new();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut old).unwrap();
    std::fs::write(&bench.file, &old).unwrap();
    let images = bench.call(&json!({"do":"list","kind":"images"}));
    let image = &images[0];
    assert!(image["upright"].is_null() && image["edits"]["marks"] == json!([]), "{image}");
    assert_eq!((&image["width"], &image["height"]), (&json!(160), &json!(120)), "as it was measured then");
    assert!(bench.folder.path().join("audit.groma.v1.bak").is_file(), "put aside before");
    let (_, pdf) = bench.report("old.pdf");
    assert!(!contains(&pdf, SECRET));
    for (path, bytes) in ejected(&bench) {
        assert!(!contains(&bytes, SECRET), "{}", path.display());
    }
    let edits = json!({"marks":[{"kind":"redaction","x1":8,"y1":8,"x2":80,"y2":80}]});
    let edited = bench.call(&json!({"do":"edit_image","id":image["id"],"edits":edits}))["image"].clone();
    assert_eq!(edited["original"], image["sha256"]);
    assert_eq!((&edited["width"], &edited["height"]), (&json!(120), &json!(160)), "upright now");
    let (_, pdf) = bench.report("edited.pdf");
    assert!(!contains(&pdf, SECRET));
    bench.call(&json!({"do":"undo"}));
    assert_eq!(&bench.call(&json!({"do":"get","kind":"images","id":image["id"]})), image);
    let _ = run(["verify".as_ref(), bench.file.as_os_str()]).exits(0);
}
