//! Several operations as one: one transaction, one step, all or nothing.

use std::{collections::HashMap, time::Instant};

use groma_model::{Id, Kind};

use crate::{
    error::{Fault, StoreError},
    op::{Changes, Op},
    store::{Store, lost, ms, unix_ms},
    table::Fields,
    tx::Tx,
};

/// What the operations of a running group have done so far.
#[derive(Debug, Default)]
pub(crate) struct Group {
    touched: Vec<(Kind, Id)>,
    images: HashMap<(Kind, Id), Option<Fields>>,
    ops: Vec<Op>,
    failed: bool,
}

impl Store {
    /// Begins a group: until [`Store::keep_group`], every operation is part of one transaction, and answers without a
    /// step of its own.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::WithinGroup`], [`StoreError::Io`].
    pub fn begin_group(&mut self) -> Result<(), StoreError> {
        if self.read_only {
            return Err(StoreError::ReadOnly { path: self.path.clone() });
        }
        if self.group.is_some() {
            return Err(StoreError::WithinGroup);
        }
        self.reopen_if_lost()?;
        self.execute("BEGIN IMMEDIATE")?;
        self.group = Some(Group::default());
        Ok(())
    }

    /// Keeps what was done since [`Store::begin_group`] as one step. It is named after the operations when they are
    /// all of one sort.
    ///
    /// # Errors
    /// As [`Store::transact`]; also when one of the operations failed. Nothing is kept then.
    pub fn keep_group(&mut self, author: &str) -> Result<Changes, StoreError> {
        let started = Instant::now();
        let Some(group) = self.group.take() else { return Err(StoreError::WithinGroup) };
        if group.failed {
            self.roll_back(false);
            return Err(StoreError::WithinGroup);
        }
        let mut ops = group.ops.iter().copied();
        let first = ops.next().unwrap_or(Op::Batch);
        let op = if ops.all(|op| op == first) { first } else { Op::Batch };
        let now = self.setup.clock.now();
        self.ids.set_time(unix_ms(now));
        let Self { conn, path, ids, .. } = self;
        let Some(conn) = conn.as_ref() else { return Err(lost(path)) };
        let mut tx = Tx::new(conn, path, ids, now, author);
        (tx.touched, tx.images) = (group.touched, group.images);
        let kept = tx.refuse_in_doubt().and_then(|()| tx.finish(op).map_err(|fault| tx.named(fault)));
        let doubt = tx.doubt.get();
        let changes = match kept {
            Ok(changes) => changes,
            Err(error) => {
                self.roll_back(doubt);
                return Err(error);
            }
        };
        let Some(step) = changes.step else {
            self.roll_back(false);
            return Ok(changes);
        };
        self.burst = None;
        if let Some(conn) = &self.conn
            && let Err(error) = conn.execute_batch("COMMIT")
        {
            let fault = Fault::from(error);
            if !fault.leaves_doubt() {
                self.roll_back(false);
            }
            self.settle_doubt(fault, step)?;
        }
        tracing::debug!(changed = changes.changed.len(), ms = ms(started), "group kept");
        (self.setup.told)(&changes);
        Ok(changes)
    }

    /// Gives up a running group: nothing of it is kept.
    pub fn drop_group(&mut self) {
        if self.group.take().is_some() {
            self.roll_back(false);
        }
    }

    /// An operation within the running group.
    pub(crate) fn run_within<T, E: From<StoreError>>(
        &mut self,
        op: Op,
        author: &str,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<(T, Changes), E> {
        if matches!(op, Op::Undo | Op::Redo | Op::Create) {
            return Err(StoreError::WithinGroup.into());
        }
        let now = self.setup.clock.now();
        self.ids.set_time(unix_ms(now));
        let Self { conn, path, ids, group, .. } = self;
        let (Some(conn), Some(group)) = (conn.as_ref(), group.as_mut()) else { return Err(lost(path).into()) };
        let mut tx = Tx::new(conn, path, ids, now, author);
        (tx.touched, tx.images) = (std::mem::take(&mut group.touched), std::mem::take(&mut group.images));
        let done = work(&mut tx).and_then(|value| tx.refuse_in_doubt().map(|()| value).map_err(E::from));
        (group.touched, group.images) = (tx.touched, tx.images);
        // What a failed operation wrote cannot be told from the rest any more: the whole is given up.
        group.failed |= done.is_err();
        group.ops.push(op);
        Ok((done?, Changes { op, step: None, changed: Vec::new() }))
    }

    fn execute(&self, sql: &str) -> Result<(), StoreError> {
        self.open_conn()?.execute_batch(sql).map_err(|error| Fault::from(error).at(&self.path))
    }

    fn roll_back(&mut self, doubt: bool) {
        // SQLite may have ended the transaction by itself.
        let ended = self.conn.as_ref().is_none_or(rusqlite::Connection::is_autocommit);
        if doubt || (!ended && self.execute("ROLLBACK").is_err()) {
            self.reopen();
        }
    }
}
