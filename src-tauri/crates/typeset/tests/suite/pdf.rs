use std::hash::{DefaultHasher, Hash, Hasher};
use std::process::Command;

use groma_typeset::{Failure, PdfOptions, Project, Standard, Timestamp, forget_all};

use crate::{compile, pdf, project};

/// A document with what usually makes bytes differ: many pages laid out in parallel, links,
/// an outline, an image, metadata.
fn report() -> Project {
    let mut main = String::from(
        "#set document(title: \"Audit\", author: \"A. Uditor\")\n\
         #set text(lang: \"de\")\n#set heading(numbering: \"1.\")\n#outline()\n",
    );
    for number in 0..40 {
        main.push_str(&format!(
            "#pagebreak()\n= Finding {number} <f{number}>\nSee @f{}. *Bold*\n\
             #table(columns: 2, table.header[a][b], [{number}], [x])\n",
            (number + 7) % 40
        ));
    }
    main.push_str("#image(\"bar.svg\", alt: \"A bar\")\n");
    let bar = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"9\">\
               <rect width=\"40\" height=\"9\" fill=\"#336699\"/></svg>";
    project(&main).with("/bar.svg", bar)
}

fn holds(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len()).any(|window| window == needle.as_bytes())
}

fn hash(pdf: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    pdf.hash(&mut hasher);
    format!("{:x}-{}", hasher.finish(), pdf.len())
}

#[test]
fn the_same_project_gives_the_same_bytes() {
    let first = pdf(report());
    assert!(first.starts_with(b"%PDF-1.7"));
    assert_eq!(first, pdf(report()));
    forget_all();
    assert!(first == pdf(report()), "a cold compilation must give the same bytes");
}

#[test]
fn another_process_gives_the_same_bytes() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "pdf::print_hash", "--nocapture"])
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let expected = format!("hash={}", hash(&pdf(report())));
    assert!(printed.lines().any(|line| line.ends_with(&expected)), "{expected} is not in {printed}");
}

#[test]
#[ignore = "run by another_process_gives_the_same_bytes in a process of its own"]
fn print_hash() {
    println!("\nhash={}", hash(&pdf(report())));
}

#[test]
fn tags_are_written_unless_switched_off() {
    let compiled = compile(report()).unwrap();
    let tagged = compiled.pdf(&PdfOptions::default()).unwrap();
    let plain = compiled.pdf(&PdfOptions { tagged: false, ..PdfOptions::default() }).unwrap();
    assert!(holds(&tagged, "/StructTreeRoot"));
    assert!(!holds(&plain, "/StructTreeRoot"));
}

#[test]
fn the_file_knows_no_time_of_its_own() {
    let compiled = compile(report()).unwrap();
    let bytes = compiled.pdf(&PdfOptions::default()).unwrap();
    for key in ["CreationDate", "ModDate", "CreateDate", "ModifyDate"] {
        assert!(!holds(&bytes, key), "{key}");
    }
    let time = Timestamp { year: 2025, month: 3, day: 4, hour: 5, minute: 6, second: 7 };
    let timed = PdfOptions { timestamp: Some(time), ..PdfOptions::default() };
    assert!(holds(&compiled.pdf(&timed).unwrap(), "D:20250304050607"));
    let never = PdfOptions { timestamp: Some(Timestamp { month: 13, ..time }), ..timed };
    assert!(matches!(compiled.pdf(&never), Err(Failure::Options { .. })));
}

#[test]
fn metadata_comes_from_the_document_and_the_options() {
    let compiled = compile(report()).unwrap();
    let options = PdfOptions { creator: "Groma 9.9".to_owned(), ..PdfOptions::default() };
    let bytes = compiled.pdf(&options).unwrap();
    for text in ["/Title(Audit)", "(A. Uditor)", "(Groma 9.9)", "/Lang(de)", "/Outlines"] {
        assert!(holds(&bytes, text), "{text}");
    }
    let named = PdfOptions { identifier: Some("engagement-1".to_owned()), ..options };
    let named_bytes = compiled.pdf(&named).unwrap();
    assert_ne!(bytes, named_bytes);
    assert!(!holds(&named_bytes, "engagement-1"), "only a hash of it is written");
}

#[test]
fn standards_are_checked() {
    let compiled = compile(report()).unwrap();
    let with = |standards: &[Standard], timestamp| {
        let standards = standards.to_vec();
        compiled.pdf(&PdfOptions { standards, timestamp, ..PdfOptions::default() })
    };
    let time = Timestamp { year: 2025, month: 3, day: 4, hour: 5, minute: 6, second: 7 };
    let archival = with(&[Standard::A2a, Standard::Ua1], Some(time)).unwrap();
    assert!(holds(&archival, "pdfaid"));
    assert!(holds(&archival, "pdfuaid"));
    assert_eq!(archival, with(&[Standard::A2a, Standard::Ua1], Some(time)).unwrap());
    let both = with(&[Standard::A2b, Standard::A3b], Some(time));
    assert!(matches!(both, Err(Failure::Options { .. })));

    // PDF/A asks for a date, PDF/UA for a title.
    let failure = with(&[Standard::A2b], None).expect_err("no date");
    assert!(failure.to_string().contains("missing document date"), "{failure}");
    let untitled = compile(project("text")).unwrap();
    let options = PdfOptions { standards: vec![Standard::Ua1], ..PdfOptions::default() };
    let failure = untitled.pdf(&options).expect_err("no title");
    assert!(failure.to_string().contains("title"), "{failure}");
    assert!(matches!(failure, Failure::Export { .. }));
}

#[test]
fn the_structure_is_compressed() {
    let compiled = compile(report()).unwrap();
    let version_2 = PdfOptions { standards: vec![Standard::Pdf20], ..PdfOptions::default() };
    for options in [PdfOptions::default(), version_2] {
        let bytes = compiled.pdf(&options).unwrap();
        assert!(holds(&bytes, "/Type/XRef") && holds(&bytes, "/Type/ObjStm"));
        assert!(!holds(&bytes, "/StructElem"), "an element of the structure stands in plain sight");
        assert!(!holds(&bytes, "\ntrailer\n"), "there are two tables of places");
        assert!(holds(&bytes, "/Type/Catalog"), "tools that look no further see the catalogue");
    }
}
