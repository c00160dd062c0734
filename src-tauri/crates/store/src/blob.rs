//! Bytes, each content once: compressed under its SHA-256, and checked whenever they are read.

use std::io::{Read as _, Write as _};

use rusqlite::{Connection, MAIN_DB, OptionalExtension, blob::ZeroBlob, params};
use sha2::{Digest, Sha256};

use crate::{
    error::{Fault, StoreError},
    row::damaged,
};

/// Fast, and close to the best ratio on tool outputs.
const LEVEL: i32 = 3;

/// Bytes ready to be kept.
pub(crate) struct Packed {
    pub(crate) sha256: String,
    pub(crate) length: u64,
    compressed: Vec<u8>,
}

/// The SHA-256 of bytes, lower-case hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
        }
        text
    })
}

/// Hashes and compresses bytes; needs no connection, so that it can run beside one.
pub(crate) fn pack(bytes: &[u8]) -> std::io::Result<Packed> {
    pack_as(sha256_hex(bytes), bytes)
}

/// Compresses bytes whose hash was just computed.
pub(crate) fn pack_as(sha256: String, bytes: &[u8]) -> std::io::Result<Packed> {
    Ok(Packed { sha256, length: bytes.len() as u64, compressed: zstd::bulk::compress(bytes, LEVEL)? })
}

/// Keeps packed bytes, unless they are there already.
pub(crate) fn keep(conn: &Connection, packed: &Packed) -> Result<(), Fault> {
    if conn.prepare_cached("SELECT 1 FROM \"blobs\" WHERE \"sha256\" = ?1")?.exists([&packed.sha256])? {
        return Ok(());
    }
    let room = ZeroBlob(packed.compressed.len() as u64);
    conn.prepare_cached("INSERT INTO \"blobs\" (\"sha256\", \"length\", \"bytes\") VALUES (?1, ?2, ?3)")?
        .execute(params![packed.sha256, packed.length, room])?;
    // Written in place: binding the bytes would copy them all once more.
    let mut blob = conn.blob_open(MAIN_DB, "blobs", "bytes", conn.last_insert_rowid(), false)?;
    blob.write_all(&packed.compressed).map_err(sql_error)?;
    blob.close()?;
    Ok(())
}

fn sql_error(error: std::io::Error) -> rusqlite::Error {
    // rusqlite wraps its own error for the `Write` trait.
    match error.downcast::<rusqlite::Error>() {
        Ok(error) => error,
        Err(error) => rusqlite::Error::ToSqlConversionFailure(Box::new(error)),
    }
}

/// The bytes of a SHA-256.
pub(crate) fn bytes(conn: &Connection, sha256: &str) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    read(conn, sha256, &mut |piece| bytes.extend_from_slice(piece))?;
    Ok(bytes)
}

/// Recomputes the hash of kept bytes without holding them all.
pub(crate) fn check(conn: &Connection, sha256: &str) -> Result<(), Fault> {
    read(conn, sha256, &mut |_| {})
}

fn read(conn: &Connection, sha256: &str, take: &mut dyn FnMut(&[u8])) -> Result<(), Fault> {
    let found: Option<(i64, u64)> = conn
        .prepare_cached("SELECT rowid, \"length\" FROM \"blobs\" WHERE \"sha256\" = ?1")?
        .query_row([sha256], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((row, length)) = found else { return Err(StoreError::NoSuchBlob { sha256: sha256.to_owned() }.into()) };
    let blob = conn.blob_open(MAIN_DB, "blobs", "bytes", row, true)?;
    let broken = |error: std::io::Error| damaged("blobs", "bytes", &format!("bytes that do not unpack ({error})"));
    let mut decoder = zstd::Decoder::new(blob).map_err(broken)?;
    let mut digest = Sha256::new();
    let mut total = 0_u64;
    let mut buffer = vec![0; 128 * 1024];
    loop {
        let count = decoder.read(&mut buffer).map_err(broken)?;
        if count == 0 {
            break;
        }
        total += count as u64;
        // A damaged frame must not unpack without end.
        if total > length {
            break;
        }
        digest.update(&buffer[..count]);
        take(&buffer[..count]);
    }
    let found = hex(&digest.finalize());
    if found != sha256 || total != length {
        let (name, expected) = ("kept bytes".to_owned(), sha256.to_owned());
        return Err(StoreError::HashMismatch { name, expected, found }.into());
    }
    Ok(())
}
