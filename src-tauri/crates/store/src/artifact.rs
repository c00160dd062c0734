//! Accepting an import: the artifact, its bytes, its measurements and its issues, in one go.

use groma_model::{Artifact, Brand, BrandFont, Exhibit, Id, Image, Issue, Kind, Measurement};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    blob::{self, Packed},
    error::{Fault, StoreError},
    index,
    issue_rows::IssueWriter,
    row,
    table::fields_of,
    tables,
    tx::Tx,
};

/// What becomes of bytes that a live artifact of the same format already has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Twin {
    /// They are refused.
    Refused,
    /// They are taken: the caller puts them in the other's place.
    Taken,
}

impl Tx<'_> {
    /// Adds an artifact with the bytes that are kept of it and everything that was read from them.
    ///
    /// The store fills in `id`, `sha256`, `bytes`, the counts and, when it is none, `imported_at`; ids and the
    /// artifact of measurements and issues are assigned. Measurements and issues are not part of the history: they
    /// are immutable, and undoing the step hides them with their artifact. Answers the artifact as stored.
    ///
    /// # Errors
    /// [`StoreError::AlreadyImported`] when a live artifact has the same bytes and format,
    /// [`StoreError::HashMismatch`] when `sha256` is given and is not that of the bytes,
    /// [`StoreError::BadField`] for a measurement that is no finite number.
    pub fn add_artifact(
        &mut self,
        artifact: Artifact,
        kept_bytes: &[u8],
        measurements: impl IntoIterator<Item = Measurement>,
        issues: impl IntoIterator<Item = Issue>,
    ) -> Result<Artifact, StoreError> {
        let _span = tracing::info_span!("keep_import").entered();
        let stored =
            self.all_or_nothing(|tx| tx.put_artifact(artifact, kept_bytes, measurements, issues, Twin::Refused))?;
        Ok(stored)
    }

    /// Like [`Tx::add_artifact`], for bytes that are here already and are read in another way. The caller moves what
    /// names the earlier artifact and deletes it in the same transaction.
    ///
    /// # Errors
    /// As [`Tx::add_artifact`], but for bytes that are here.
    pub fn add_artifact_anew(
        &mut self,
        artifact: Artifact,
        kept_bytes: &[u8],
        measurements: impl IntoIterator<Item = Measurement>,
        issues: impl IntoIterator<Item = Issue>,
    ) -> Result<Artifact, StoreError> {
        let _span = tracing::info_span!("keep_import_anew").entered();
        self.all_or_nothing(|tx| tx.put_artifact(artifact, kept_bytes, measurements, issues, Twin::Taken))
    }

    fn put_artifact(
        &mut self,
        artifact: Artifact,
        kept_bytes: &[u8],
        measurements: impl IntoIterator<Item = Measurement>,
        issues: impl IntoIterator<Item = Issue>,
        twin: Twin,
    ) -> Result<Artifact, Fault> {
        let started = std::time::Instant::now();
        let stored = self.put_parts(artifact, kept_bytes, measurements, issues, twin)?;
        tracing::info!(
            bytes = stored.bytes,
            measurements = stored.measurements,
            issues = stored.issues,
            ms = crate::store::ms(started),
            "import kept"
        );
        Ok(stored)
    }

    fn put_parts(
        &mut self,
        mut artifact: Artifact,
        kept_bytes: &[u8],
        measurements: impl IntoIterator<Item = Measurement>,
        issues: impl IntoIterator<Item = Issue>,
        twin: Twin,
    ) -> Result<Artifact, Fault> {
        let promised = std::mem::take(&mut artifact.sha256);
        let known = promised.is_empty();
        artifact.sha256 = if known { blob::sha256_hex(kept_bytes) } else { promised };
        if twin == Twin::Refused {
            refuse_twin(self.conn, &artifact)?;
        }
        if artifact.imported_at.is_none() {
            artifact.imported_at = Some(self.now);
        }
        artifact.bytes = kept_bytes.len() as u64;
        (artifact.measurements, artifact.issues) = (0, 0);
        let table = tables::of(Kind::Artifact);
        let fields = fields_of(&artifact).map_err(|error| bad(Kind::Artifact, artifact.id, &error))?;
        let stored = self.insert_fields(table, fields, true)?;
        artifact.id = index::id_of(&stored);
        // Compressing takes as long as writing the rows, and needs no connection.
        let packed = std::thread::scope(|scope| {
            let known = known.then(|| artifact.sha256.clone());
            let packing = scope.spawn(move || match known {
                Some(sha256) => blob::pack_as(sha256, kept_bytes),
                None => blob::pack(kept_bytes),
            });
            artifact.measurements = self.put_measurements(artifact.id, measurements)?;
            artifact.issues = self.put_issues(&artifact, issues)?;
            join(packing.join())
        })?;
        same_hash(&artifact.name, &artifact.sha256, &packed)?;
        blob::keep(self.conn, &packed)?;
        let fields = fields_of(&artifact).map_err(|error| bad(Kind::Artifact, artifact.id, &error))?;
        self.write(table, artifact.id, Some(&fields))?;
        Ok(artifact)
    }

    fn put_measurements(
        &mut self,
        artifact: Id,
        measurements: impl IntoIterator<Item = Measurement>,
    ) -> Result<u64, Fault> {
        let mut statement = self.conn.prepare_cached(
            "INSERT INTO \"measurement_rows\"
                 (\"id\", \"artifact\", \"metric\", \"value\", \"unit\", \"subject\", \"at\", \"text\")
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let artifact_text = artifact.to_string();
        let mut count = 0;
        for measurement in measurements {
            let id = if measurement.id.is_nil() { self.ids.next_id() } else { measurement.id };
            if !measurement.value.is_finite() {
                let reason = format!("measurement {} is {}, no finite number", measurement.metric, measurement.value);
                let field = "measurements".to_owned();
                return Err(StoreError::BadField { kind: Kind::Artifact, id: artifact, field, reason }.into());
            }
            statement.execute(params![
                id.to_string(),
                artifact_text,
                measurement.metric,
                measurement.value,
                measurement.unit,
                measurement.subject,
                measurement.at,
                measurement.text
            ])?;
            count += 1;
        }
        Ok(count)
    }

    fn put_issues(&mut self, artifact: &Artifact, issues: impl IntoIterator<Item = Issue>) -> Result<u64, Fault> {
        let mut writer = IssueWriter::new(self.conn, artifact.id, &artifact.tool)?;
        for issue in issues {
            let id = if issue.id.is_nil() { self.ids.next_id() } else { issue.id };
            writer.put(id, &issue)?;
        }
        writer.finish()
    }

    /// Adds an image: the file as it was given, and the same upright and without metadata, which is what is printed
    /// until it is edited. Each content is kept once. The store fills in `id`, `sha256`, `original` and `upright`.
    ///
    /// # Errors
    /// [`StoreError::HashMismatch`] when `sha256` is given and is not that of `upright`; [`StoreError::Taken`] (when
    /// the transaction ends) when another image has the name.
    pub fn add_image(&mut self, image: Image, original: &[u8], upright: &[u8]) -> Result<Image, StoreError> {
        self.all_or_nothing(|tx| tx.put_image(image, original, upright))
    }

    /// Gives an image other bytes to print: `edited` says by its edits, type and size what they are. The earlier ones
    /// are kept for the history. The store fills in `sha256`, and for an image of an old file `original` and `upright`:
    /// then `upright` must be given.
    ///
    /// # Errors
    /// [`StoreError::NoSuchObject`].
    pub fn edit_image(&mut self, edited: Image, upright: Option<&[u8]>, printed: &[u8]) -> Result<Image, StoreError> {
        self.all_or_nothing(|tx| tx.put_edited(edited, upright, printed))
    }

    /// Keeps an exhibit with its bytes; the store fills in `sha256` and `bytes`.
    ///
    /// # Errors
    /// When the bytes cannot be kept, or a link leads nowhere.
    pub fn add_exhibit(&mut self, exhibit: Exhibit, bytes: &[u8]) -> Result<Exhibit, StoreError> {
        self.all_or_nothing(|tx| {
            let exhibit = Exhibit { sha256: tx.keep(bytes)?, bytes: bytes.len() as u64, ..exhibit };
            let fields = fields_of(&exhibit).map_err(|error| bad(Kind::Exhibit, exhibit.id, &error))?;
            let stored = tx.insert_fields(tables::of(Kind::Exhibit), fields, true)?;
            row::typed("exhibits", stored)
        })
    }

    /// Keeps the bytes of a brand's fonts, and gives the brand the list of them.
    ///
    /// # Errors
    /// When the bytes cannot be kept, there is no such brand, or the list is longer than one may be.
    pub fn put_fonts(&mut self, brand: Id, fonts: &[BrandFont], bytes: &[Vec<u8>]) -> Result<Brand, StoreError> {
        self.all_or_nothing(|tx| bytes.iter().try_for_each(|bytes| tx.keep(bytes).map(drop)))?;
        let list = serde_json::to_value(fonts).map_err(|error| bad(Kind::Brand, brand, &error))?;
        self.patch(brand, serde_json::Map::from_iter([("fonts".to_owned(), list)]))
    }

    /// Takes back what `work` wrote when it fails: the caller may go on with the transaction, to import the next file.
    fn all_or_nothing<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, StoreError> {
        let run = |tx: &mut Self| -> Result<T, Fault> {
            tx.refuse_in_doubt()?;
            tx.conn.execute_batch("SAVEPOINT \"import\"")?;
            let done = work(tx);
            let end = if done.is_ok() { "" } else { "ROLLBACK TO \"import\";" };
            // A failing disk may have ended the whole transaction already; its own words are the answer then.
            let ended = tx.conn.execute_batch(&format!("{end} RELEASE \"import\""));
            let value = done?;
            ended?;
            Ok(value)
        };
        run(self).map_err(|fault| self.named(fault))
    }

    fn put_image(&mut self, mut image: Image, original: &[u8], upright: &[u8]) -> Result<Image, Fault> {
        let packed = join(Ok(blob::pack(upright)))?;
        if !image.sha256.is_empty() {
            same_hash(&image.name, &image.sha256, &packed)?;
        }
        image.original = Some(if original == upright { packed.sha256.clone() } else { self.keep(original)? });
        blob::keep(self.conn, &packed)?;
        image.upright = Some(packed.sha256.clone());
        image.sha256 = packed.sha256;
        let fields = fields_of(&image).map_err(|error| bad(Kind::Image, image.id, &error))?;
        let stored = self.insert_fields(tables::of(Kind::Image), fields, true)?;
        row::typed("images", stored)
    }

    fn put_edited(&mut self, mut edited: Image, upright: Option<&[u8]>, printed: &[u8]) -> Result<Image, Fault> {
        let table = tables::of(Kind::Image);
        row::get(self.conn, table, edited.id)?;
        if let Some(upright) = upright {
            edited.original.get_or_insert_with(|| edited.sha256.clone());
            edited.upright = Some(self.keep(upright)?);
        }
        edited.sha256 = self.keep(printed)?;
        let fields = fields_of(&edited).map_err(|error| bad(Kind::Image, edited.id, &error))?;
        self.write(table, edited.id, Some(&fields))?;
        Ok(edited)
    }

    /// Keeps bytes, and answers their SHA-256.
    pub(crate) fn keep(&mut self, bytes: &[u8]) -> Result<String, Fault> {
        let packed = join(Ok(blob::pack(bytes)))?;
        blob::keep(self.conn, &packed)?;
        Ok(packed.sha256)
    }
}

fn join(packed: std::thread::Result<std::io::Result<Packed>>) -> Result<Packed, Fault> {
    match packed {
        Ok(Ok(packed)) => Ok(packed),
        // Compressing into memory fails only when there is none left.
        Ok(Err(_)) | Err(_) => {
            let cause = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_NOMEM);
            Err(rusqlite::Error::SqliteFailure(cause, Some("the bytes could not be compressed".to_owned())).into())
        }
    }
}

fn bad(kind: Kind, id: Id, error: &serde_json::Error) -> StoreError {
    StoreError::BadField { kind, id, field: "id".to_owned(), reason: error.to_string() }
}

fn same_hash(name: &str, expected: &str, packed: &Packed) -> Result<(), StoreError> {
    if packed.sha256 == expected {
        return Ok(());
    }
    let (name, expected, found) = (name.to_owned(), expected.to_owned(), packed.sha256.clone());
    Err(StoreError::HashMismatch { name, expected, found })
}

/// Refuses bytes that a live artifact of the same format already has.
fn refuse_twin(conn: &Connection, artifact: &Artifact) -> Result<(), Fault> {
    let twin: Option<String> = conn
        .prepare_cached(
            "SELECT \"id\" FROM \"artifacts\" WHERE \"sha256\" = ?1 AND \"format\" = ?2 AND \"removed\" = 0",
        )?
        .query_row(params![artifact.sha256, artifact.format], |row| row.get(0))
        .optional()?;
    match twin {
        Some(twin) => {
            Err(StoreError::AlreadyImported { name: artifact.name.clone(), artifact: twin.parse().unwrap_or_default() }
                .into())
        }
        None => Ok(()),
    }
}
