//! A drawn page as a PNG, lightly compressed: it is shown once on the same machine, and the time to encode it is what a
//! person waits for.

/// The PNG filter that tells what differs from the line above.
const UP: u8 = 2;

/// Opaque pixels of four bytes, line by line, as a PNG of three bytes a pixel. None when there is no pixel.
///
/// What `png` does by itself in three passes over all pixels, done in one: most lines of a page are the line above again.
pub(crate) fn png(width: u32, height: u32, pixels: &[u8]) -> Option<Vec<u8>> {
    let count = width as usize;
    let mut deflated = fdeflate::Compressor::new(Vec::with_capacity(pixels.len() / 32)).ok()?;
    let mut line = vec![0; 1 + count * 3];
    line[0] = UP;
    let same = line.clone();
    let nothing = vec![0; count * 4];
    let mut above = nothing.as_slice();
    for row in pixels.chunks_exact(count * 4) {
        if row == above {
            deflated.write_data(&same).ok()?;
        } else {
            differences(row, above, &mut line[1..]);
            deflated.write_data(&line).ok()?;
        }
        above = row;
    }
    let deflated = deflated.finish().ok()?;
    // As large as it will be: pictures are kept, and a vector that grows is up to twice as large. What stands around the
    // pixels takes 57 bytes.
    let mut png = Vec::with_capacity(deflated.len() + 64);
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_chunk(png::chunk::IDAT, &deflated).ok()?;
    writer.finish().ok()?;
    Some(png)
}

/// Colours less those above, without the fourth byte of each pixel.
fn differences(row: &[u8], above: &[u8], to: &mut [u8]) {
    // Four pixels are three words.
    let fours = row.len() / 16;
    let (row, last) = row.split_at(fours * 16);
    let (above, last_above) = above.split_at(fours * 16);
    let (to, last_to) = to.split_at_mut(fours * 12);
    for ((to, row), above) in to.chunks_exact_mut(12).zip(row.chunks_exact(16)).zip(above.chunks_exact(16)) {
        let mut less = [0_u8; 16];
        for ((less, row), above) in less.iter_mut().zip(row).zip(above) {
            *less = row.wrapping_sub(*above);
        }
        let pixel = |at: usize| u32::from_le_bytes([less[at], less[at + 1], less[at + 2], 0]);
        let (a, b, c, d) = (pixel(0), pixel(4), pixel(8), pixel(12));
        to[..4].copy_from_slice(&(a | b << 24).to_le_bytes());
        to[4..8].copy_from_slice(&(b >> 8 | c << 16).to_le_bytes());
        to[8..].copy_from_slice(&(c >> 16 | d << 8).to_le_bytes());
    }
    for ((to, row), above) in last_to.chunks_exact_mut(3).zip(last.chunks_exact(4)).zip(last_above.chunks_exact(4)) {
        for colour in 0..3 {
            to[colour] = row[colour].wrapping_sub(above[colour]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_comes_back() {
        for (width, height) in [(1, 1), (3, 5), (4, 4), (13, 7), (64, 9)] {
            // Lines that repeat, and lines of which every byte wraps.
            let pixel = |x: u32, y: u32| [x * 37 + y / 3 * 91, x * x + y / 3, y / 3 * 255, 255].map(|byte| byte as u8);
            let pixels: Vec<u8> = (0..height).flat_map(|y| (0..width).flat_map(move |x| pixel(x, y))).collect();
            let encoded = png(width, height, &pixels).unwrap();
            assert!(encoded.capacity() <= encoded.len() + 64, "{} for {}", encoded.capacity(), encoded.len());
            let mut reader = png::Decoder::new(std::io::Cursor::new(encoded)).read_info().unwrap();
            let mut decoded = vec![0; reader.output_buffer_size().unwrap()];
            let info = reader.next_frame(&mut decoded).unwrap();
            assert_eq!((info.width, info.height, info.color_type), (width, height, png::ColorType::Rgb));
            let colours: Vec<u8> = pixels.chunks_exact(4).flat_map(|pixel| pixel[..3].to_vec()).collect();
            assert_eq!(decoded, colours, "{width} × {height}");
        }
    }
}
