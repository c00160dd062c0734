//! Fonts of somebody's own: what they are, and which are refused.

use groma_typeset::{FontFault, FontFile, FontSet, Typesetter};

use super::{BOLD, REGULAR, fonts, project, text};

/// The font with another embedding permission; `fsType` stands at byte 8 of the table `OS/2`.
fn permitted(bytes: &[u8], fs_type: u16) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let tables = usize::from(u16::from_be_bytes([bytes[4], bytes[5]]));
    let record = (0..tables).map(|table| 12 + 16 * table).find(|at| bytes[*at..*at + 4] == *b"OS/2").unwrap();
    let offset = u32::from_be_bytes(bytes[record + 8..record + 12].try_into().unwrap()) as usize;
    bytes[offset + 8..offset + 10].copy_from_slice(&fs_type.to_be_bytes());
    bytes
}

#[test]
fn a_font_tells_what_it_is() {
    let (regular, bold) = (FontFile::check(REGULAR).unwrap(), FontFile::check(BOLD).unwrap());
    assert_eq!((regular.family(), regular.style(), regular.weights()), ("Libertinus Serif", "Regular", (400, 400)));
    assert_eq!((bold.family(), bold.style(), bold.weights()), ("Libertinus Serif", "Bold", (700, 700)));
    assert_eq!(regular.slants(), (false, true));
    assert_eq!(regular.lacks("Straße € ا ب ا"), "€اب", "each once, spaces left out");
}

#[test]
fn what_may_not_be_embedded_is_refused_by_its_reason() {
    let fault = |fs_type| FontFile::check(&permitted(REGULAR, fs_type)).err();
    assert_eq!([fault(0), fault(4), fault(8)], [None, None, None]);
    assert_eq!(fault(2), Some(FontFault::Restricted));
    assert_eq!(fault(0x100), Some(FontFault::WholeOnly));
    assert_eq!(fault(0x204), Some(FontFault::BitmapsOnly));
}

#[test]
fn what_is_no_single_font_is_refused() {
    let fault = |bytes: &[u8]| FontFile::check(bytes).unwrap_err();
    assert_eq!(fault(b"wOF2 and more"), FontFault::Web);
    assert_eq!(fault(b"wOFF"), FontFault::Web);
    assert_eq!(fault(b"ttcf\0\x01\0\0"), FontFault::Collection);
    assert_eq!(fault(b""), FontFault::Damaged);
    assert_eq!(fault(b"%PDF-1.7"), FontFault::Damaged);
    // Cut off anywhere: refused or read, never a panic.
    for end in (0..REGULAR.len()).step_by(REGULAR.len() / 37) {
        let _ = FontFile::check(&REGULAR[..end]);
    }
    // The names are there, and the outlines are not.
    let mut hollow = REGULAR.to_vec();
    let at = hollow.windows(4).position(|tag| tag == b"CFF ").unwrap();
    hollow[at..at + 4].copy_from_slice(b"XXXX");
    assert_eq!(fault(&hollow), FontFault::Unprintable);
}

#[test]
fn more_fonts_stand_behind_those_there_are() {
    let one = FontSet::from_bytes([REGULAR]).unwrap();
    let both = one.with([BOLD]).unwrap();
    let page = |fonts: FontSet| {
        let mut typesetter = Typesetter::new(fonts, project("#strong[Hello]")).unwrap();
        typesetter.compile().unwrap().hash(0).unwrap()
    };
    assert_eq!(page(both.clone()), page(fonts()), "the same fonts, whichever way they came");
    assert_ne!(page(both.clone()), page(one.clone()), "the bold letters are found");
    let mut typesetter = Typesetter::new(one, project("#strong[Hello]")).unwrap();
    let before = typesetter.compile().unwrap();
    typesetter.set_fonts(both);
    let after = typesetter.compile().unwrap();
    assert_ne!(before.hash(0), after.hash(0));
    assert_eq!(text(&after), "Hello");
}
