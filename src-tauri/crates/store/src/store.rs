//! An open engagement file.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use groma_model::{Engagement, Id, IdSource};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::{
    burst::Burst,
    clock::Setup,
    error::{Fault, StoreError},
    file::{
        claim::Claim,
        connection, copy, create, hand_over,
        hand_over::{HandOver, LeftOut},
        header, migrate,
    },
    group::Group,
    history, index, migrations,
    op::{Changes, Op},
    read::{Db, Read, sealed::Sealed},
    tx::Tx,
    verify::{self, Report},
};

/// An open engagement file: alone in using it, until it is closed.
///
/// While a store is open, its file must not be opened by other means in the same process (to hash or copy it, say):
/// closing such a descriptor would drop the lock. Use [`Store::backup`].
#[derive(Debug)]
pub struct Store {
    pub(crate) path: PathBuf,
    // None only after the disk failed and the file could not be opened again; then every call tries to.
    pub(crate) conn: Option<Connection>,
    pub(crate) read_only: bool,
    recovered: bool,
    pub(crate) setup: Setup,
    pub(crate) ids: IdSource,
    pub(crate) burst: Option<Burst>,
    pub(crate) group: Option<Group>,
    // Dropped last: the file is given back once the connection is closed.
    _claim: Claim,
}

impl Sealed for Store {}

impl Read for Store {
    fn db(&self) -> Result<Db<'_>, StoreError> {
        Ok(Db { conn: self.open_conn()?, path: &self.path })
    }
}

impl Store {
    /// Makes a file that holds an engagement and an empty intake, and opens it. What is at `path` is never written
    /// over, and a failed creation leaves nothing behind.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::Unwritable`], [`StoreError::DiskFull`].
    pub fn create(
        path: impl AsRef<Path>,
        engagement: Engagement,
        author: &str,
        setup: Setup,
    ) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let now = setup.clock.now();
        let mut ids = IdSource::new(unix_ms(now), setup.seed);
        create::create(path, engagement, author, &mut ids, now)?;
        Self::open(path, setup)
    }

    /// Opens a file to read and write, alone. An older version is brought up to date after a copy was put beside it
    /// as `<file>.v<old>.bak`; a file left behind by a crash is recovered and checked.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::NotAnEngagement`], [`StoreError::Truncated`], [`StoreError::Corrupt`],
    /// [`StoreError::Newer`], [`StoreError::Locked`], [`StoreError::ReadOnly`], [`StoreError::Unwritable`].
    pub fn open(path: impl AsRef<Path>, setup: Setup) -> Result<Self, StoreError> {
        Self::open_with(path.as_ref(), setup, migrations::ALL)
    }

    pub(crate) fn open_with(
        path: &Path,
        setup: Setup,
        migrations: &[migrations::Migration],
    ) -> Result<Self, StoreError> {
        let _span = tracing::info_span!("open").entered();
        let started = Instant::now();
        let claim = Claim::new(path)?;
        header::check(path)?;
        let mut ids = IdSource::new(unix_ms(setup.clock.now()), setup.seed);
        let recovered = connection::has_log(path);
        let conn = connect(path, migrations, &mut ids).map_err(|fault| fault.at(path))?;
        let ids = reseed(&conn, &setup).map_err(|fault| fault.at(path))?;
        tracing::info!(ms = ms(started), "engagement file opened");
        Ok(Self {
            path: path.to_owned(),
            conn: Some(conn),
            read_only: false,
            recovered,
            setup,
            ids,
            burst: None,
            group: None,
            _claim: claim,
        })
    }

    /// Opens a file to read only: nothing is written to it or beside it. Others may read it as well. Only this
    /// build's own version can be read so: an older one would have to be written first, and a newer one may mean
    /// something else by the same words.
    ///
    /// # Errors
    /// As [`Store::open`], and [`StoreError::Older`]; [`StoreError::Locked`] when someone has it open to write;
    /// [`StoreError::Unsettled`] when a crash left a log that must be written back first.
    pub fn open_read_only(path: impl AsRef<Path>, setup: Setup) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let claim = Claim::new(path)?;
        header::check(path)?;
        if connection::has_log(path) {
            return Err(StoreError::Unsettled { path: path.to_owned() });
        }
        let open = || -> Result<(Connection, IdSource), Fault> {
            let conn = connection::bare(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            let found = connection::version(&conn, path)?;
            migrate::refuse_older(path, found, migrations::VERSION)?;
            connection::check_schema(&conn, path)?;
            let ids = reseed(&conn, &setup)?;
            Ok((conn, ids))
        };
        let (conn, ids) = open().map_err(|fault| fault.at(path))?;
        Ok(Self {
            path: path.to_owned(),
            conn: Some(conn),
            read_only: true,
            recovered: false,
            setup,
            ids,
            burst: None,
            group: None,
            _claim: claim,
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file was opened for reading only.
    #[must_use]
    pub const fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Whether the file was left behind by a crash and brought back to its last committed change when it was opened.
    #[must_use]
    pub const fn is_recovered(&self) -> bool {
        self.recovered
    }

    /// Does one operation: the changes that `work` makes are kept all together, as one step to undo, with history;
    /// or, when `work` or a rule fails, not at all. When nothing changed there is no step.
    ///
    /// # Errors
    /// What `work` answers; [`StoreError::DanglingLink`] or [`StoreError::Taken`] when the changed rows break a rule;
    /// [`StoreError::ReadOnly`], [`StoreError::DiskFull`], [`StoreError::Io`].
    pub fn transact<T>(
        &mut self,
        op: Op,
        author: &str,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<(T, Changes), StoreError> {
        self.transact_with(op, author, work)
    }

    /// [`Store::transact`] for work that fails with an error of the caller's.
    ///
    /// # Errors
    /// As [`Store::transact`].
    pub fn transact_with<T, E: From<StoreError>>(
        &mut self,
        op: Op,
        author: &str,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<(T, Changes), E> {
        self.run(op, author, work, |tx| tx.finish(op))
    }

    /// Takes the last step back; a step in itself, so that the history says so.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`], and as [`Store::transact`].
    pub fn undo(&mut self, author: &str) -> Result<Changes, StoreError> {
        Ok(self.run(Op::Undo, author, |_| Ok::<_, StoreError>(()), |tx| tx.undo())?.1)
    }

    /// Does the last undone step again, unless something else was done since.
    ///
    /// # Errors
    /// [`StoreError::NothingToRedo`], and as [`Store::transact`].
    pub fn redo(&mut self, author: &str) -> Result<Changes, StoreError> {
        Ok(self.run(Op::Redo, author, |_| Ok::<_, StoreError>(()), |tx| tx.redo())?.1)
    }

    pub(crate) fn run<T, E: From<StoreError>>(
        &mut self,
        op: Op,
        author: &str,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
        finish: impl FnOnce(&mut Tx<'_>) -> Result<Changes, Fault>,
    ) -> Result<(T, Changes), E> {
        if self.read_only {
            return Err(StoreError::ReadOnly { path: self.path.clone() }.into());
        }
        if self.group.is_some() {
            return self.run_within(op, author, work);
        }
        let _span = tracing::debug_span!("transact", %op).entered();
        let started = Instant::now();
        self.reopen_if_lost()?;
        let now = self.setup.clock.now();
        self.ids.set_time(unix_ms(now));
        let Self { conn, path, ids, .. } = self;
        let Some(conn) = conn.as_ref() else { return Err(lost(path).into()) };
        let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)
            .map_err(|error| Fault::from(error).at(path))?;
        let mut tx = Tx::new(conn, path, ids, now, author);
        let done = work(&mut tx).and_then(|value| {
            // The caller may have swallowed it; the transaction is over all the same.
            tx.refuse_in_doubt()?;
            let changes = finish(&mut tx).map_err(|fault| E::from(tx.named(fault)))?;
            Ok((value, changes))
        });
        let doubt = tx.doubt.get();
        let (value, changes) = match done {
            Ok(done) => done,
            Err(error) => {
                drop(transaction);
                if doubt {
                    self.reopen();
                }
                return Err(error);
            }
        };
        let Some(step) = changes.step else {
            drop(transaction);
            return Ok((value, changes));
        };
        self.burst = None;
        if let Err(error) = transaction.commit() {
            self.settle_doubt(error.into(), step)?;
        }
        tracing::debug!(changed = changes.changed.len(), ms = ms(started), "transaction kept");
        (self.setup.told)(&changes);
        Ok((value, changes))
    }

    /// A commit that failed may still have reached the disk: only the file, read again, can tell.
    pub(crate) fn settle_doubt(&mut self, fault: Fault, step: Id) -> Result<(), StoreError> {
        if !fault.leaves_doubt() {
            return Err(fault.at(&self.path));
        }
        self.reopen();
        let kept = match &self.conn {
            Some(conn) => history::has_step(conn, step).unwrap_or(false),
            None => false,
        };
        if kept { Ok(()) } else { Err(fault.at(&self.path)) }
    }

    /// Opens the file again after the disk failed, so that what is read is what is there.
    pub(crate) fn reopen(&mut self) {
        // The old connection must let go of the file first.
        self.conn = None;
        tracing::warn!("engagement file opened again after a failure of the disk");
        self.conn = connect(&self.path, migrations::ALL, &mut self.ids).ok();
    }

    pub(crate) fn reopen_if_lost(&mut self) -> Result<(), StoreError> {
        if self.conn.is_none() {
            let conn = connect(&self.path, migrations::ALL, &mut self.ids).map_err(|fault| fault.at(&self.path))?;
            self.conn = Some(conn);
        }
        Ok(())
    }

    pub(crate) fn open_conn(&self) -> Result<&Connection, StoreError> {
        self.conn.as_ref().ok_or_else(|| lost(&self.path))
    }

    /// Moves what the write-ahead log holds into the file; for an idle moment.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::DiskFull`].
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        connection::checkpoint(self.open_conn()?).map_err(|fault| fault.at(&self.path))
    }

    /// Writes a compact copy to a new file, and checks it. The copy is a whole engagement file.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::Unwritable`], [`StoreError::DiskFull`] naming the copy.
    pub fn backup(&mut self, target: impl AsRef<Path>) -> Result<(), StoreError> {
        self.end_typing();
        let unique = self.ids.next_id();
        copy::copy(self.open_conn()?, target.as_ref(), unique).map_err(|fault| fault.at(target.as_ref()))
    }

    /// Writes a copy for other hands to a new file, and checks it: what the engagement is now, without its history,
    /// removed artifacts and the files from which pictures were made. The copy is a whole engagement file.
    ///
    /// # Errors
    /// As [`Store::backup`].
    pub fn hand_over(&mut self, target: impl AsRef<Path>, what: &HandOver) -> Result<LeftOut, StoreError> {
        let _span = tracing::info_span!("hand_over").entered();
        let target = target.as_ref();
        let now = self.setup.clock.now();
        let Self { conn, path, ids, .. } = self;
        let Some(conn) = conn.as_ref() else { return Err(lost(path)) };
        hand_over::write(conn, target, what, ids, now).map_err(|fault| fault.at(target))
    }

    /// Checks the whole file: the database, every link, every row's type, every hash, the search index.
    ///
    /// # Errors
    /// When the file cannot be read at all; what is wrong in it is in the report.
    pub fn verify(&self) -> Result<Report, StoreError> {
        let _span = tracing::info_span!("verify").entered();
        let started = Instant::now();
        let report = verify::verify(self.open_conn()?);
        tracing::info!(problems = report.problems.len(), blobs = report.blobs, ms = ms(started), "file verified");
        Ok(report)
    }

    /// Makes the search index anew from the objects. Not a change: no step, no history.
    ///
    /// # Errors
    /// As [`Store::transact`].
    pub fn rebuild_search(&mut self) -> Result<(), StoreError> {
        if self.read_only {
            return Err(StoreError::ReadOnly { path: self.path.clone() });
        }
        let conn = self.open_conn()?;
        let rebuild = || -> Result<(), Fault> {
            let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
            index::rebuild(conn)?;
            Ok(transaction.commit()?)
        };
        rebuild().map_err(|fault| fault.at(&self.path))
    }

    /// Closes the file: everything is moved out of the write-ahead log, and one file remains. Dropping a store does
    /// the same, but cannot say when it fails (nothing is lost then: the log stays beside the file).
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::DiskFull`].
    pub fn close(mut self) -> Result<(), StoreError> {
        let Some(conn) = self.conn.take() else { return Err(lost(&self.path)) };
        if !self.read_only {
            connection::settle(&conn).map_err(|fault| fault.at(&self.path))?;
        }
        conn.close().map_err(|(_, error)| Fault::from(error).at(&self.path))
    }

    /// Keeps the file from growing beyond so many pages, as a full disk would.
    #[cfg(test)]
    pub(crate) fn limit_pages(&self, pages: u32) {
        self.conn.as_ref().unwrap().pragma_update(None, "max_page_count", pages).unwrap();
    }

    /// The bare connection, to break things.
    #[cfg(test)]
    pub(crate) fn raw(&self) -> &Connection {
        self.conn.as_ref().unwrap()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take()
            && !self.read_only
            && connection::settle(&conn).is_err()
        {
            tracing::warn!("the write-ahead log stays beside the file");
        }
    }
}

/// Opens, brings up to date, checks.
fn connect(path: &Path, migrations: &[migrations::Migration], ids: &mut IdSource) -> Result<Connection, Fault> {
    let crashed = connection::has_log(path);
    let conn = connection::exclusive(path)?;
    let found = connection::version(&conn, path)?;
    if crashed {
        connection::quick_check(&conn, path)?;
    }
    connection::log(&conn, path)?;
    if found < migrate::newest(migrations) {
        migrate::upgrade(&conn, path, found, migrations, ids.next_id())?;
    }
    connection::check_schema(&conn, path)?;
    Ok(conn)
}

/// A source of ids that a fixed clock and seed do not make repeat themselves from one opening to the next.
fn reseed(conn: &Connection, setup: &Setup) -> Result<IdSource, Fault> {
    let steps: u64 = conn.query_row("SELECT coalesce(max(\"seq\"), 0) FROM \"steps\"", [], |row| row.get(0))?;
    let seed = setup.seed.wrapping_add(steps.wrapping_mul(0xA076_1D64_78BD_642F));
    Ok(IdSource::new(unix_ms(setup.clock.now()), seed))
}

/// The file could not be opened again.
pub(crate) fn lost(path: &Path) -> StoreError {
    let detail = "it could not be opened again after a failure of the disk".to_owned();
    StoreError::Io { path: path.to_owned(), detail }
}

/// Milliseconds of the clock, for ids.
pub(crate) fn unix_ms(now: groma_model::Timestamp) -> u64 {
    u64::try_from(now.as_millisecond()).unwrap_or(0)
}

/// Milliseconds since then, for a log line.
pub(crate) fn ms(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
