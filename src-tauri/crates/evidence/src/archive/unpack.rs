//! Unpacking with one eye on what comes out.

use std::{cell::Cell, io, io::Read, rc::Rc};

use flate2::read::MultiGzDecoder;

use super::{Bounds, damaged, too_large};
use crate::Refusal;

/// Bytes unpacked so far, by all who share it, and what is too many.
#[derive(Clone)]
pub(super) struct Meter {
    unpacked: Rc<Cell<u64>>,
    packed: u64,
    total: u64,
    ratio: u64,
    free: u64,
}

impl Meter {
    pub(super) fn new(packed: u64, bounds: &Bounds) -> Self {
        let Bounds { total_bytes: total, ratio, free_bytes: free, .. } = *bounds;
        Self { unpacked: Rc::default(), packed, total, ratio, free }
    }

    fn add(&self, bytes: usize) {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes as u64));
    }

    /// # Errors
    /// When more came out than may.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let unpacked = self.unpacked.get();
        let remedy = "unpack it and import the folders that hold tool outputs";
        if unpacked > self.total {
            let reason = format!("the archive unpacks to more than {} MiB: the rest was not read", self.total >> 20);
            return Err(Refusal::new(reason, remedy));
        }
        if unpacked > self.free && unpacked / self.ratio > self.packed {
            let reason =
                format!("the archive unpacks to more than {} times its size: the rest was not read", self.ratio);
            return Err(Refusal::new(reason, remedy));
        }
        Ok(())
    }
}

/// A reader whose bytes are counted; it ends in an error once they are too many.
pub(super) struct Metered<R> {
    inner: R,
    meter: Meter,
}

impl<R: Read> Metered<R> {
    pub(super) fn new(inner: R, meter: &Meter) -> Self {
        Self { inner, meter: meter.clone() }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.meter.check().map_err(|refusal| io::Error::other(refusal.reason))?;
        let read = self.inner.read(into)?;
        self.meter.add(read);
        Ok(read)
    }
}

/// The bytes of a gzip stream, counted.
pub(super) fn gunzip<'a>(bytes: &'a [u8], meter: &Meter) -> Metered<MultiGzDecoder<&'a [u8]>> {
    Metered::new(MultiGzDecoder::new(bytes), meter)
}

/// The first bytes of a gzip stream, as many as a header of tar has.
pub(super) fn gzip_head(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    MultiGzDecoder::new(bytes).take(super::tar::BLOCK as u64).read_to_end(&mut head).ok()?;
    Some(head)
}

/// All bytes of a reader, when they are not more than `limit`.
///
/// # Errors
/// More bytes than that, or a damaged stream.
pub(super) fn whole(reader: impl Read, limit: u64) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error.to_string()))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64, limit));
    }
    Ok(bytes)
}
