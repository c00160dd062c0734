//! What leaves is what is seen, and nothing else.

use groma_model::{Crop, Edits, Mark, MarkColour, MarkKind};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use crate::{PictureError, carries_metadata, encode::encode, prepare, render};

/// Every pixel tells its place.
fn grid(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, ((x * 7 + y * 13) % 256) as u8]))
}

fn png(pixels: impl Into<DynamicImage>) -> Vec<u8> {
    encode(&pixels.into(), ImageFormat::Png).unwrap()
}

fn pixels(bytes: &[u8]) -> RgbaImage {
    image::load_from_memory(bytes).unwrap().into_rgba8()
}

fn mark(kind: MarkKind, x1: i32, y1: i32, x2: i32, y2: i32) -> Mark {
    Mark { kind, x1, y1, x2, y2, colour: MarkColour::Black }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// An EXIF segment with an orientation and a place on earth, as phones write it.
fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    let [high, low] = orientation.to_be_bytes();
    tiff.extend(3_u16.to_be_bytes());
    tiff.extend(entry(0x010f, 2, 4, *b"Ada\0"));
    tiff.extend(entry(0x0112, 3, 1, [high, low, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, 50_u32.to_be_bytes()));
    tiff.extend([0; 4]);
    assert_eq!(tiff.len(), 50);
    tiff.extend(2_u16.to_be_bytes());
    tiff.extend(entry(1, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(2, 5, 3, 80_u32.to_be_bytes()));
    tiff.extend([0; 4]);
    for part in [52_u32, 1, 31, 1, 4_321, 100] {
        tiff.extend(part.to_be_bytes());
    }
    [b"Exif\0\0", tiff.as_slice()].concat()
}

/// A JPEG with metadata before its pixels and another file behind its end.
fn photo(pixels: &RgbImage, orientation: u16) -> Vec<u8> {
    let plain = encode(&pixels.clone().into(), ImageFormat::Jpeg).unwrap();
    let segment =
        |marker: u8, content: &[u8]| [&[0xff, marker][..], &(content.len() as u16 + 2).to_be_bytes(), content].concat();
    [
        &plain[..2],
        &segment(0xe1, &exif(orientation)),
        &segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Ada</x:xmpmeta>"),
        &segment(0xfe, b"a comment of Ada's"),
        &plain[2..],
        b"a film behind the end",
    ]
    .concat()
}

#[test]
fn a_photo_loses_its_place_and_keeps_its_pixels() {
    let photo = photo(&grid(64, 40), 1);
    assert!(carries_metadata(&photo) && contains(&photo, b"Exif"));
    let clean = prepare(&photo).unwrap();
    for gone in [&b"Exif"[..], b"Ada", b"xmpmeta", b"a film"] {
        assert!(!contains(&clean.bytes, gone), "{}", String::from_utf8_lossy(gone));
    }
    assert!(!carries_metadata(&clean.bytes));
    assert_eq!(pixels(&photo), pixels(&clean.bytes), "taken out, not coded anew");
    assert_eq!((clean.media_type, clean.width, clean.height), ("image/jpeg", 64, 40));
    assert_eq!(prepare(&clean.bytes).unwrap().bytes, clean.bytes);
}

#[test]
fn a_photo_held_upright_stands_upright() {
    let clean = prepare(&photo(&grid(64, 40), 6)).unwrap();
    assert_eq!((clean.media_type, clean.width, clean.height), ("image/jpeg", 40, 64));
    let (turned, grid) = (pixels(&clean.bytes), grid(64, 40));
    // Turned by a quarter to the right: the left lower corner is the left upper one now.
    for (x, y) in [(2, 3), (20, 50), (37, 9)] {
        let (is, was) = (turned.get_pixel(x, y).0, grid.get_pixel(y, 39 - x).0);
        assert!((0..2).all(|channel| is[channel].abs_diff(was[channel]) < 24), "{is:?} {was:?}");
    }
    assert!(!carries_metadata(&clean.bytes));
}

#[test]
fn a_png_loses_its_texts_and_what_is_transparent_has_no_colour() {
    let plain = png(grid(20, 10));
    assert_eq!(prepare(&plain).unwrap().bytes, plain, "what is clean stays as it is");
    let chunk =
        |name: &[u8], content: &[u8]| [&(content.len() as u32).to_be_bytes()[..], name, content, &[0; 4]].concat();
    let end = plain.len() - 12;
    let noted = [
        &plain[..33],
        &chunk(b"tEXt", b"Author\0Ada"),
        &plain[33..end],
        &chunk(b"prVt", b"source"),
        &plain[end..],
        b"tail",
    ]
    .concat();
    assert!(carries_metadata(&noted));
    assert_eq!(prepare(&noted).unwrap().bytes, plain);

    let mut erased = RgbaImage::from_pixel(9, 9, Rgba([10, 20, 30, 255]));
    erased.put_pixel(4, 4, Rgba([200, 1, 2, 0]));
    let clean = pixels(&prepare(&png(erased)).unwrap().bytes);
    assert_eq!((clean.get_pixel(4, 4).0, clean.get_pixel(3, 4).0), ([0; 4], [10, 20, 30, 255]));
}

#[test]
fn gif_and_webp_become_png() {
    for format in [ImageFormat::Gif, ImageFormat::WebP] {
        let mut bytes = std::io::Cursor::new(Vec::new());
        DynamicImage::from(RgbaImage::from_pixel(8, 6, Rgba([0, 0, 255, 255]))).write_to(&mut bytes, format).unwrap();
        let clean = prepare(bytes.get_ref()).unwrap();
        assert_eq!((clean.media_type, clean.width, clean.height), ("image/png", 8, 6));
        assert_eq!(pixels(&clean.bytes).get_pixel(3, 3).0, [0, 0, 255, 255]);
    }
}

#[test]
fn colours_are_brought_from_the_profile_of_a_display() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let with = |profile: Vec<u8>| {
        let mut bytes = Vec::new();
        let mut encoder = image::codecs::png::PngEncoder::new(&mut bytes);
        image::ImageEncoder::set_icc_profile(&mut encoder, profile).unwrap();
        DynamicImage::from(RgbImage::from_pixel(4, 4, Rgb([200, 60, 40]))).write_with_encoder(encoder).unwrap();
        prepare(&bytes).unwrap()
    };
    let clean = with(profile);
    let [red, green, _, _] = pixels(&clean.bytes).get_pixel(1, 1).0;
    assert!(red > 210 && green < 60, "{red} {green}: more vivid by sRGB's numbers");
    assert!(!carries_metadata(&clean.bytes));
    let same = with(moxcms::ColorProfile::new_srgb().encode().unwrap());
    assert_eq!(pixels(&same.bytes).get_pixel(1, 1).0, [200, 60, 40, 255]);
}

#[test]
fn a_redaction_leaves_one_colour() {
    let source = grid(120, 90);
    let redaction = mark(MarkKind::Redaction, 70, 20, 30, 50);
    let edits = Edits { marks: vec![redaction], ..Edits::default() };
    let done = pixels(&render(&png(source.clone()), &edits).unwrap().bytes);
    for (x, y, pixel) in done.enumerate_pixels() {
        let inside = (30..70).contains(&x) && (20..50).contains(&y);
        let Rgb([red, green, blue]) = *source.get_pixel(x, y);
        let wanted = if inside { [0, 0, 0, 255] } else { [red, green, blue, 255] };
        assert_eq!(pixel.0, wanted, "{x} {y}");
    }
    // Two pictures that differ only beneath the redaction cannot be told apart, cropped, scaled, drawn on or as JPEG.
    let mut other = source.clone();
    for (x, y) in (30..70).flat_map(|x| (20..50).map(move |y| (x, y))) {
        other.put_pixel(x, y, Rgb([255, 255, (x * y % 256) as u8]));
    }
    let crop = Some(Crop { x: 11, y: 7, width: 101, height: 77 });
    let arrow = mark(MarkKind::Arrow, 20, 20, 60, 40);
    let edits = Edits { crop, longest: Some(53), marks: vec![arrow, redaction] };
    assert_eq!(render(&png(source.clone()), &edits), render(&png(other), &edits));
    let only = Edits { longest: Some(60), marks: vec![redaction], ..Edits::default() };
    let half = pixels(&render(&png(source), &only).unwrap().bytes);
    assert!((15..35).all(|x| (10..25).all(|y| half.get_pixel(x, y).0 == [0, 0, 0, 255])), "to its edges");
}

#[test]
fn a_jpeg_knows_nothing_of_what_was_redacted() {
    let (mut one, mut other) = (grid(96, 96), grid(96, 96));
    for (x, y) in (16..48).flat_map(|x| (16..48).map(move |y| (x, y))) {
        one.put_pixel(x, y, Rgb([255, 0, 0]));
        other.put_pixel(x, y, Rgb([0, 255, 0]));
    }
    // Decoded, since coding as JPEG bleeds by itself: what is given are the pixels.
    let edits = Edits { marks: vec![mark(MarkKind::Redaction, 8, 8, 56, 56)], ..Edits::default() };
    let [one, other] = [one, other].map(|pixels| encode(&pixels.into(), ImageFormat::Jpeg).unwrap());
    let done = render(&one, &edits).unwrap();
    assert_eq!(done, render(&other, &edits).unwrap());
    assert_eq!(done.media_type, "image/jpeg");
    let seen = pixels(&done.bytes);
    assert!((16..48).all(|x| (16..48).all(|y| seen.get_pixel(x, y).0 == [0, 0, 0, 255])));
}

#[test]
fn crop_and_scale_are_exact() {
    let source = grid(200, 100);
    let crop = Some(Crop { x: 20, y: 10, width: 100, height: 50 });
    let cut = render(&png(source.clone()), &Edits { crop, ..Edits::default() }).unwrap();
    assert_eq!((cut.width, cut.height, cut.media_type), (100, 50, "image/png"));
    let done = pixels(&cut.bytes);
    assert!((0..100).all(|x| (0..50).all(|y| done.get_pixel(x, y).0[..3] == source.get_pixel(x + 20, y + 10).0)));
    let size = |crop: Option<Crop>, longest: u32| {
        let done = render(&png(source.clone()), &Edits { crop, longest: Some(longest), ..Edits::default() }).unwrap();
        (done.width, done.height)
    };
    assert_eq!(size(None, 60), (60, 30));
    assert_eq!(size(crop, 33), (33, 17));
    assert_eq!(size(None, 4_000), (200, 100), "never made larger");
    // A box drawn around a field stays around it.
    let mut field = RgbImage::from_pixel(200, 100, Rgb([255; 3]));
    (60..100).for_each(|x| (30..60).for_each(|y| field.put_pixel(x, y, Rgb([0, 0, 255]))));
    let marks = vec![mark(MarkKind::Box, 50, 20, 110, 70)];
    let done = pixels(&render(&png(field), &Edits { crop, marks, longest: Some(50) }).unwrap().bytes);
    assert_eq!(done.get_pixel(15, 17).0, [0, 0, 0, 255], "its line at (50 - 20) / 2");
    assert_eq!(done.get_pixel(30, 17).0, [0, 0, 255, 255], "the field within");
}

#[test]
fn marks_are_smooth_and_seen_on_any_ground() {
    let ground = [0x1d, 0x4e, 0xd8];
    let mut arrow = mark(MarkKind::Arrow, 80, 80, 720, 520);
    arrow.colour = MarkColour::Blue;
    let edits = Edits { marks: vec![arrow], ..Edits::default() };
    let done = pixels(&render(&png(RgbImage::from_pixel(800, 600, Rgb(ground))), &edits).unwrap().bytes);
    let white = done.pixels().filter(|pixel| pixel.0[..3] == [255; 3]).count();
    let between = done.pixels().filter(|pixel| pixel.0[0] > 0x1d && pixel.0[0] < 255).count();
    assert!(white > 500, "an outline in white: {white}");
    assert!(between > 500, "antialiased: {between}");
    assert_eq!(done.get_pixel(714, 516).0[..3], ground, "the head is filled");
    assert_eq!(done.get_pixel(400, 300).0[..3], ground, "and the shaft");
    assert_eq!(done.get_pixel(20, 560).0[..3], ground, "nothing beside it");
}

#[test]
fn edits_that_make_no_sense_are_refused_by_name() {
    let source = png(grid(100, 80));
    let refused = |edits: Edits| match render(&source, &edits) {
        Err(PictureError::Edit { field, reason }) => (field, reason),
        other => panic!("{other:?}"),
    };
    let crop = |x, y, width, height| Edits { crop: Some(Crop { x, y, width, height }), ..Edits::default() };
    assert_eq!(refused(crop(0, 0, 0, 5)).0, "crop");
    assert!(refused(crop(60, 0, 41, 5)).1.contains("100 × 80"));
    assert_eq!(refused(crop(u32::MAX, 0, 41, 5)).0, "crop");
    assert_eq!(refused(Edits { longest: Some(3), ..Edits::default() }).0, "longest");
    let one = |mark| Edits { marks: vec![mark], ..Edits::default() };
    assert!(refused(one(mark(MarkKind::Redaction, 5, 5, 5, 30))).1.contains("mark 1 (redaction) has no size"));
    assert!(refused(one(mark(MarkKind::Redaction, 100, 5, 130, 30))).1.contains("hides nothing"));
    assert!(refused(one(mark(MarkKind::Arrow, i32::MIN, 5, i32::MAX, 30))).1.contains("far off"));
    assert!(render(&source, &one(mark(MarkKind::Redaction, -20, -20, 130, 30))).is_ok(), "over the edge");
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="9" height="9"/></svg>"#;
    assert_eq!(render(svg, &one(mark(MarkKind::Redaction, 0, 0, 9, 9))), Err(PictureError::NoPixels));
}

#[test]
fn a_bomb_is_refused_before_it_unpacks() {
    // A million million pixels promised in a few bytes.
    let mut bomb = png(grid(4, 4));
    bomb[16..20].copy_from_slice(&1_000_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&1_000_000_u32.to_be_bytes());
    let checksum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
    let error = prepare(&bomb).unwrap_err();
    assert!(matches!(error, PictureError::TooLarge { width: 1_000_000, .. }), "{error}");
    assert!(error.to_string().contains("64 million"), "{error}");
    // Broad, but with few pixels: an edge of its own.
    let mut strip = png(grid(4, 4));
    strip[16..20].copy_from_slice(&40_000_u32.to_be_bytes());
    let checksum = crc(&strip[12..29]);
    strip[29..33].copy_from_slice(&checksum.to_be_bytes());
    assert!(matches!(prepare(&strip), Err(PictureError::TooLarge { width: 40_000, height: 4, .. })));
}

#[test]
fn what_is_no_picture_is_told() {
    assert_eq!(prepare(b"hello"), Err(PictureError::Unknown));
    assert_eq!(prepare(b""), Err(PictureError::Unknown));
    let cut = &png(grid(60, 60))[..200];
    assert!(matches!(prepare(cut), Err(PictureError::Damaged(_))));
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}
