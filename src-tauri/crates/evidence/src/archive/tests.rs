#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::path::PathBuf;

use proptest::prelude::*;

use super::*;

fn fixture(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/archives");
    std::fs::read(folder.join(name)).unwrap()
}

type Seen = Vec<(String, Result<usize, String>)>;

/// The paths handed over, with the length of each or the reason why it was skipped, and how the walk ended.
fn walked(bytes: &[u8], bounds: &Bounds) -> (Seen, Result<(), String>) {
    let mut found = Vec::new();
    let done = walk_archive("x.gz", bytes, bounds, &mut |entry| {
        found.push((entry.path, entry.content.map(|bytes| bytes.len()).map_err(|refusal| refusal.reason)));
        ControlFlow::Continue(())
    });
    (found, done.map_err(|refusal| refusal.reason))
}

fn told(found: &[(String, Result<usize, String>)]) -> Vec<String> {
    found
        .iter()
        .map(|(path, content)| match content {
            Ok(length) => format!("{path} {length}"),
            Err(reason) => format!("{path}: {reason}"),
        })
        .collect()
}

#[test]
fn a_zip_is_walked_with_archives_in_it() {
    let bytes = fixture("mixed.zip");
    assert!(is_archive(&bytes));
    let (found, done) = walked(&bytes, &Bounds::default());
    assert_eq!(done, Ok(()));
    assert_eq!(
        told(&found),
        [
            "week-1/names.json 53",
            "week-1/top.txt 60",
            "outside.json: the name `../outside.json` leads out of the archive",
            "absolute/names.json 53",
            "link.json: a link is not read",
            "lzma.txt: the entry is packed by method 14: stored and deflated ones are read",
            "grüße.txt 60",
            "scans.tar.gz/scans/top.txt 60",
            "scans.tar.gz/scans/inner.zip: archives within archives are read 2 deep",
            // A gzipped file alone is read like a file.
            "top.txt.gz 71",
        ]
    );
    let (found, _) = walked(&bytes, &Bounds { depth: 3, ..Bounds::default() });
    assert!(found.contains(&("scans.tar.gz/scans/inner.zip/deep.txt".to_owned(), Ok(60))), "{found:?}");
}

#[test]
fn long_names_of_tar_come_whole_and_links_are_told() {
    let long = format!("{}top.txt", "a-folder-with-a-long-name/".repeat(6));
    for name in ["gnu.tgz", "pax.tgz"] {
        let bytes = fixture(name);
        assert!(is_archive(&bytes), "{name}");
        let (found, done) = walked(&bytes, &Bounds::default());
        assert_eq!(done, Ok(()), "{name}");
        let want = [
            &format!("{long} 60"),
            "scans/link: a link is not read",
            "scans/hard: a link is not read",
            "scans/pipe: a device or pipe is not read",
            "scans/names.json 53",
        ];
        assert_eq!(told(&found), want, "{name}");
        let mut tar = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&bytes[..]), &mut tar).unwrap();
        assert!(is_archive(&tar), "{name}");
        assert_eq!(told(&walked(&tar, &Bounds::default()).0), want, "{name}");
    }
}

#[test]
fn a_size_beyond_all_numbers_breaks_off() {
    // A folder and a file of an unknown kind, each said to hold 2^64 - 1 bytes.
    for name in ["endless-folder.tar", "endless-unknown.tar"] {
        let (found, done) = walked(&fixture(name), &Bounds::default());
        assert!(found.len() <= 1 && done.unwrap_err().contains("breaks off within an entry"), "{name}");
    }
}

#[test]
fn sizes_behind_the_content_and_of_zip64_are_read() {
    let (found, done) = walked(&fixture("streamed-zip64.zip"), &Bounds::default());
    assert_eq!((told(&found), done), (vec!["streamed.txt 60".to_owned()], Ok(())));
}

#[test]
fn every_bound_ends_the_walk_with_its_reason() {
    let zeros = fixture("zeros.zip");
    assert_eq!(walked(&zeros, &Bounds::default()).0, [("zeros.bin".to_owned(), Ok(1 << 20))]);
    let (found, done) = walked(&zeros, &Bounds { free_bytes: 1000, ratio: 100, ..Bounds::default() });
    assert!(found.is_empty() && done.as_ref().unwrap_err().contains("100 times its size"), "{done:?}");
    let (found, done) = walked(&zeros, &Bounds { total_bytes: 1 << 19, ..Bounds::default() });
    assert!(found.is_empty() && done.unwrap_err().starts_with("the archive unpacks to more than 0 MiB"));
    let (found, done) = walked(&zeros, &Bounds { entry_bytes: 1000, ..Bounds::default() });
    assert!(found[0].1.as_ref().unwrap_err().contains("of one entry") && done.is_ok());
    for name in ["mixed.zip", "gnu.tgz"] {
        let (found, done) = walked(&fixture(name), &Bounds { entries: 2, ..Bounds::default() });
        assert!(found.len() <= 2 && done.unwrap_err().contains("more than 2 entries"), "{name}");
    }
    // The counts are of all inner archives together.
    let (_, done) = walked(&fixture("mixed.zip"), &Bounds { total_bytes: 700, ..Bounds::default() });
    assert!(done.unwrap_err().contains("unpacks to more than"));
}

/// A size that lies is found out while unpacking, not believed.
#[test]
fn a_size_that_lies_is_not_believed() {
    let mut zeros = fixture("zeros.zip");
    let size = u32::to_le_bytes(1 << 20);
    while let Some(at) = zeros.windows(4).position(|window| window == size) {
        zeros[at..at + 4].copy_from_slice(&7_u32.to_le_bytes());
    }
    let (found, _) = walked(&zeros, &Bounds { entry_bytes: 1 << 16, ..Bounds::default() });
    assert!(found[0].1.as_ref().unwrap_err().contains("more than the 0 MiB"), "{found:?}");
}

#[test]
fn damage_and_encryption_are_told() {
    let mixed = fixture("mixed.zip");
    let (found, done) = walked(&mixed[..mixed.len() / 2], &Bounds::default());
    assert!(found.is_empty() && done.unwrap_err().contains("broken off"));
    let mut flagged = mixed.clone();
    let at = flagged.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    let second = at + 1 + flagged[at + 1..].windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    flagged[second + 8] |= 1;
    let (found, _) = walked(&flagged, &Bounds::default());
    assert_eq!(found[0].1, Err("the entry is encrypted".to_owned()));
    let mut changed = mixed;
    let stored = changed.windows(5).position(|window| window == b"web-1").unwrap();
    changed[stored] = b'W';
    let (found, _) = walked(&changed, &Bounds::default());
    assert_eq!(found[1].1, Err("the archive is damaged: the entry's checksum is wrong".to_owned()));
    let tgz = fixture("gnu.tgz");
    let (_, done) = walked(&tgz[..tgz.len() - 40], &Bounds::default());
    assert!(done.unwrap_err().contains("damaged"));
}

#[test]
fn what_is_no_archive_of_outputs_is_told_from_one() {
    let (_, done) = walked(&fixture("book.xlsx"), &Bounds::default());
    assert!(done.unwrap_err().contains("office document"));
    for bytes in [&b""[..], b"{}", b"PK", b"ustar", &[0; 2000]] {
        assert!(!is_archive(bytes));
    }
    // A gzipped file is no archive, but walked as one entry.
    let mut packed = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzEncoder::new(&b"{}"[..], flate2::Compression::fast()), &mut packed)
        .unwrap();
    assert!(!is_archive(&packed));
    assert_eq!(walked(&packed, &Bounds::default()).0, [("x".to_owned(), Ok(2))]);
}

#[test]
fn a_visitor_that_has_enough_gets_no_more() {
    for name in ["mixed.zip", "gnu.tgz"] {
        let mut seen = 0;
        walk_archive(name, &fixture(name), &Bounds::default(), &mut |_| {
            seen += 1;
            ControlFlow::Break(())
        })
        .unwrap();
        assert_eq!(seen, 1, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    /// Cut anywhere, flip any bytes: an answer always comes, no path leads out, and no more comes out than may.
    #[test]
    fn damage_never_leads_out(file in 0..4_usize, cut in 0.0..1.0_f64, flips in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 0..12)) {
        let mut bytes = fixture(["mixed.zip", "gnu.tgz", "pax.tgz", "streamed-zip64.zip"][file]);
        if file == 2 {
            // The headers themselves, not the gzip stream that would only be damaged.
            let mut tar = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&bytes[..]), &mut tar).unwrap();
            bytes = tar;
        }
        for (place, byte) in flips {
            let index = (place * bytes.len() as f64) as usize;
            if let Some(target) = bytes.get_mut(index) {
                *target = byte;
            }
        }
        if cut > 0.5 {
            bytes.truncate((bytes.len() as f64 * cut) as usize);
        }
        let bounds = Bounds { entry_bytes: 1 << 16, total_bytes: 1 << 18, ..Bounds::default() };
        let (found, _) = walked(&bytes, &bounds);
        for (path, content) in found {
            prop_assert!(!path.starts_with('/') && !path.split('/').any(|part| part == ".."), "{path} {content:?}");
        }
    }
}
