//! Makes a new file: whole, or not at all.

use std::path::Path;

use groma_model::{Engagement, Id, IdSource, Intake, Timestamp};
use rusqlite::{OpenFlags, Transaction, TransactionBehavior};

use crate::{
    error::{Fault, StoreError},
    file::{connection, copy::Draft, migrate},
    migrations,
    op::Op,
    tx::Tx,
};

/// Makes a file that holds an engagement and an empty intake.
pub(crate) fn create(
    path: &Path,
    engagement: Engagement,
    author: &str,
    ids: &mut IdSource,
    now: Timestamp,
) -> Result<(), StoreError> {
    let unique: Id = ids.next_id();
    let draft = Draft::new(path, unique)?;
    fill(&draft.path, engagement, author, ids, now).map_err(|fault| fault.at(path))?;
    draft.place()
}

fn fill(path: &Path, engagement: Engagement, author: &str, ids: &mut IdSource, now: Timestamp) -> Result<(), Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let conn = connection::bare(path, flags)?;
    // Nobody knows the file yet: it is written to the disk once, before it gets its name.
    conn.pragma_update(None, "synchronous", "OFF")?;
    conn.pragma_update(None, "application_id", migrations::APPLICATION_ID)?;
    migrate::run(&conn, migrations::ALL)?;
    let transaction = Transaction::new_unchecked(&conn, TransactionBehavior::Immediate)?;
    let mut tx = Tx::new(&conn, path, ids, now, author);
    tx.insert(engagement)?;
    tx.insert(Intake::default())?;
    tx.finish(Op::Create)?;
    transaction.commit()?;
    conn.close().map_err(|(_, error)| error)?;
    Ok(())
}
