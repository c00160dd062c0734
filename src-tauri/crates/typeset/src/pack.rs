//! The file made smaller: what says how the pages hang together (the structure for screen readers above all, thousands of
//! small dictionaries) is written by the exporter as plain text and takes more room than the pages. PDF has had compressed
//! object streams for it since 1.5, and PDF/A from its second part on allows them.

use std::io::Write;
use std::ops::Range;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rayon::prelude::*;

/// How many objects share a stream: together they compress better, and a reader that wants one inflates them all.
const SHARED: usize = 200;
/// Bytes of a row of the table of places: kind, place or stream, index in the stream.
const ROW: [usize; 3] = [1, 4, 2];

/// The same document with its objects in compressed streams, in the order of the file. The catalogue and the document's
/// information stay in plain sight, for tools that look no further. A file that is not as the exporter writes
/// them is left as it is.
pub(crate) fn pack(pdf: Vec<u8>) -> Vec<u8> {
    packed(&pdf).unwrap_or(pdf)
}

fn packed(pdf: &[u8]) -> Option<Vec<u8>> {
    let file = File::read(pdf)?;
    let (loose, small): (Vec<&Object>, Vec<&Object>) = file.objects.iter().partition(|object| file.stays(pdf, object));
    let streams: Vec<Option<Vec<u8>>> = small.par_chunks(SHARED).map(|objects| stream(pdf, objects)).collect();

    let size = file.places + streams.len() + 1;
    let mut rows = vec![Place::Free; size];
    let mut out = Vec::with_capacity(pdf.len() / 2);
    out.extend_from_slice(&pdf[..file.objects.first()?.whole.start]);
    for object in loose {
        *rows.get_mut(object.number)? = Place::At(out.len());
        out.extend_from_slice(&pdf[object.whole.clone()]);
    }
    for (count, (objects, bytes)) in small.chunks(SHARED).zip(streams).enumerate() {
        let number = file.places + count;
        rows[number] = Place::At(out.len());
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        out.extend_from_slice(&bytes?);
        for (index, object) in objects.iter().enumerate() {
            *rows.get_mut(object.number)? = Place::In { stream: number, index };
        }
    }
    let number = size - 1;
    let start = out.len();
    rows[number] = Place::At(start);
    let table = deflated(&table(&rows)?)?;
    let [kind, place, index] = ROW;
    let columns = kind + place + index;
    let head = format!(
        "{number} 0 obj\n<</Type/XRef/Length {}/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns {columns}>>\
         /W[{kind} {place} {index}]/Size {size}",
        table.len()
    );
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(file.trailer);
    out.extend_from_slice(b"\nstream\n");
    out.extend_from_slice(&table);
    out.extend_from_slice(format!("\nendstream\nendobj\n\nstartxref\n{start}\n%%EOF").as_bytes());
    Some(out)
}

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    /// Nowhere: the number is not used.
    Free,
    /// So many bytes from the start.
    At(usize),
    /// In a stream of objects.
    In { stream: usize, index: usize },
}

/// An object as it stands in the file.
struct Object {
    number: usize,
    /// From its number to what the next begins with.
    whole: Range<usize>,
    /// What stands between `obj` and `endobj`.
    content: Range<usize>,
}

/// What a file consists of.
struct File<'a> {
    /// In the order of the file.
    objects: Vec<Object>,
    /// How many numbers there are, the first one (0) counted.
    places: usize,
    /// The catalogue's number, and that of the document's information.
    plain: Vec<usize>,
    /// The trailer's entries but for the size, up to the end of the dictionary.
    trailer: &'a [u8],
}

impl<'a> File<'a> {
    /// Reads a file with one table of places.
    fn read(pdf: &'a [u8]) -> Option<Self> {
        let end = rfind(pdf, b"\nstartxref\n")?;
        let mut tail = std::str::from_utf8(&pdf[end..]).ok()?.split_ascii_whitespace();
        let start: usize = tail.nth(1)?.parse().ok()?;
        let (places, rows) = number(pdf.get(start..end)?.strip_prefix(b"xref\n0 ")?)?;
        let rows = rows.strip_prefix(b"\n")?;
        let (rows, trailer) = rows.split_at_checked(places.checked_mul(20)?)?;
        let (size, trailer) = number(trailer.strip_prefix(b"trailer\n<</Size ")?)?;
        let (root, _) = number(trailer.strip_prefix(b"/Root ")?)?;
        let info = find(trailer, b" 0 R/Info ").and_then(|at| number(&trailer[at + 10..]));
        let plain = [Some(root), info.map(|(info, _)| info)].into_iter().flatten().collect();

        let mut starts = Vec::new();
        for (object, row) in rows.chunks_exact(20).enumerate() {
            match row.get(17)? {
                b'n' => starts.push((number(&row[..10])?.0, object)),
                b'f' => {}
                _ => return None,
            }
        }
        starts.sort_unstable();
        let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([start]);
        let objects = starts.iter().zip(ends).map(|(&(at, number), end)| Object::read(pdf, number, at..end));
        Some(Self { objects: objects.collect::<Option<_>>()?, places, plain, trailer }).filter(|_| size == places)
    }

    /// Whether an object keeps a place of its own: streams must; so must a number by itself, which may be a stream's length.
    fn stays(&self, pdf: &[u8], object: &Object) -> bool {
        let content = &pdf[object.content.clone()];
        content.ends_with(b"endstream") || content.iter().all(u8::is_ascii_digit) || self.plain.contains(&object.number)
    }
}

impl Object {
    fn read(pdf: &[u8], number: usize, whole: Range<usize>) -> Option<Self> {
        let text = pdf.get(whole.clone())?;
        let head = format!("{number} 0 obj\n");
        let content = text.strip_prefix(head.as_bytes())?.trim_ascii_end().strip_suffix(b"endobj")?.trim_ascii_end();
        let start = whole.start + head.len();
        Some(Self { number, whole, content: start..start + content.len() })
    }
}

/// A stream of objects, from its dictionary to `endobj`.
fn stream(pdf: &[u8], objects: &[&Object]) -> Option<Vec<u8>> {
    let (mut places, mut contents) = (String::new(), Vec::new());
    for object in objects {
        places += &format!("{} {} ", object.number, contents.len());
        contents.extend_from_slice(&pdf[object.content.clone()]);
        contents.push(b'\n');
    }
    let bytes = deflated(&[places.as_bytes(), &contents].concat())?;
    let mut out = format!(
        "<</Type/ObjStm/N {}/First {}/Length {}/Filter/FlateDecode>>\nstream\n",
        objects.len(),
        places.len(),
        bytes.len()
    )
    .into_bytes();
    out.extend_from_slice(&bytes);
    out.extend_from_slice(b"\nendstream\nendobj\n\n");
    Some(out)
}

/// The rows of the table of places, each as what it has more than the one above, as neighbours are alike. None when a place
/// is beyond four gigabytes.
fn table(rows: &[Place]) -> Option<Vec<u8>> {
    let mut above = [0_u8; 7];
    let mut out = Vec::with_capacity(rows.len() * (above.len() + 1));
    for row in rows {
        let (kind, place, index) = match *row {
            Place::Free => (0, 0, u16::MAX),
            Place::At(place) => (1, u32::try_from(place).ok()?, 0),
            Place::In { stream, index } => (2, u32::try_from(stream).ok()?, u16::try_from(index).ok()?),
        };
        let mut this = [kind; 7];
        this[1..5].copy_from_slice(&place.to_be_bytes());
        this[5..].copy_from_slice(&index.to_be_bytes());
        out.push(2);
        out.extend(this.iter().zip(above).map(|(new, old)| new.wrapping_sub(old)));
        above = this;
    }
    Some(out)
}

fn deflated(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// The number that bytes begin with, and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = bytes.split_at(digits);
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn rfind(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}
