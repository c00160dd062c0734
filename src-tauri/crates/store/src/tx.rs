//! The inside of a transaction: the only place from which rows are written.

use std::{
    cell::Cell,
    collections::{HashMap, HashSet},
    path::Path,
};

use groma_model::{Id, IdSource, Kind, Object, Timestamp};
use rusqlite::Connection;
use serde_json::Value;

use crate::{
    error::{Fault, StoreError},
    guard, index,
    links::{self, Named},
    read::{Db, Read, sealed::Sealed},
    row,
    table::{Fields, Numbering, OnDelete, Table, Target, fields_of},
    tables,
};

/// A running transaction. Every write records what the row was before, so that history and undo need no caller's care.
pub struct Tx<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) path: &'a Path,
    pub(crate) ids: &'a mut IdSource,
    pub(crate) now: Timestamp,
    pub(crate) author: &'a str,
    /// Objects in the order in which they were first touched.
    pub(crate) touched: Vec<(Kind, Id)>,
    /// What each of them was before; `None` when it was not there.
    pub(crate) images: HashMap<(Kind, Id), Option<Fields>>,
    /// Whether an answer of the disk left the file's state uncertain.
    pub(crate) doubt: Cell<bool>,
}

impl Sealed for Tx<'_> {}

impl Read for Tx<'_> {
    fn db(&self) -> Result<Db<'_>, StoreError> {
        Ok(Db { conn: self.conn, path: self.path })
    }
}

impl<'a> Tx<'a> {
    pub(crate) fn new(
        conn: &'a Connection,
        path: &'a Path,
        ids: &'a mut IdSource,
        now: Timestamp,
        author: &'a str,
    ) -> Self {
        Self { conn, path, ids, now, author, touched: Vec::new(), images: HashMap::new(), doubt: Cell::new(false) }
    }

    /// Names the file in a fault, and remembers when the disk left a doubt.
    pub(crate) fn named(&self, fault: Fault) -> StoreError {
        if fault.leaves_doubt() {
            self.doubt.set(true);
        }
        fault.at(self.path)
    }

    /// Refuses to go on after the disk failed: SQLite may have ended the transaction, and what is written now would be
    /// kept on its own.
    pub(crate) fn refuse_in_doubt(&self) -> Result<(), StoreError> {
        if !self.doubt.get() && !self.conn.is_autocommit() {
            return Ok(());
        }
        let detail = "an earlier write of this operation failed".to_owned();
        Err(StoreError::Io { path: self.path.to_owned(), detail })
    }

    /// The time of this transaction.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Who does this.
    #[must_use]
    pub const fn author(&self) -> &str {
        self.author
    }

    /// A new id, for an object that others in this transaction refer to.
    pub const fn new_id(&mut self) -> Id {
        self.ids.next_id()
    }

    /// Adds an object. A nil id and a number of 0 are assigned; the answer is the object as stored.
    ///
    /// # Errors
    /// [`StoreError::Singleton`], [`StoreError::NeedsBytes`] (artifacts and images), [`StoreError::BadField`] for a
    /// value that cannot be stored (NaN), [`StoreError::Taken`] when the id is taken.
    pub fn insert<T: Object>(&mut self, object: T) -> Result<T, StoreError> {
        let fields = fields_of(&object).map_err(|error| self.bad_row(T::KIND, object.id(), &error))?;
        let stored = self.insert_fields(tables::of(T::KIND), fields, false).map_err(|fault| self.named(fault))?;
        row::typed(T::KIND.as_str(), stored).map_err(|fault| self.named(fault))
    }

    /// Adds an object given as JSON fields; those not given take their defaults. Answers the stored fields.
    ///
    /// # Errors
    /// As [`Tx::insert`], and [`StoreError::UnknownField`] or [`StoreError::BadField`] naming the field.
    pub fn insert_json(&mut self, kind: Kind, fields: Fields) -> Result<Fields, StoreError> {
        let table = tables::of(kind);
        let whole = self.normalise(table, Id::NIL, fields.clone(), &fields)?;
        self.insert_fields(table, whole, false).map_err(|fault| self.named(fault))
    }

    /// Writes an object that is there, all fields.
    ///
    /// # Errors
    /// [`StoreError::NoSuchObject`], [`StoreError::FrozenField`], [`StoreError::BadField`].
    pub fn update<T: Object>(&mut self, object: &T) -> Result<(), StoreError> {
        let fields = fields_of(object).map_err(|error| self.bad_row(T::KIND, object.id(), &error))?;
        self.update_fields(tables::of(T::KIND), object.id(), fields).map_err(|fault| self.named(fault))
    }

    /// Changes the given fields of an object and leaves the others. Answers the object as stored.
    ///
    /// # Errors
    /// As [`Tx::update`], and [`StoreError::UnknownField`] or [`StoreError::BadField`] naming the field.
    pub fn patch<T: Object>(&mut self, id: Id, fields: Fields) -> Result<T, StoreError> {
        let stored = self.patch_json(T::KIND, id, fields)?;
        row::typed(T::KIND.as_str(), stored).map_err(|fault| self.named(fault))
    }

    /// [`Tx::patch`] with the kind as a value; answers the stored fields.
    ///
    /// # Errors
    /// As [`Tx::patch`].
    pub fn patch_json(&mut self, kind: Kind, id: Id, patch: Fields) -> Result<Fields, StoreError> {
        let table = tables::of(kind);
        let mut fields = row::get(self.conn, table, id).map_err(|fault| self.named(fault))?;
        fields.extend(patch.clone());
        let whole = self.normalise(table, id, fields, &patch)?;
        self.update_fields(table, id, whole.clone()).map_err(|fault| self.named(fault))?;
        Ok(whole)
    }

    /// Deletes an object. Its id leaves every list that names it, single links to it become none, and rows that are
    /// nothing without it (evidence links and decisions of a finding, resource lines of a role) go with it.
    /// An artifact takes its measurements and issues out of sight.
    ///
    /// # Errors
    /// [`StoreError::NoSuchObject`], [`StoreError::Singleton`].
    pub fn delete<T: Object>(&mut self, id: Id) -> Result<(), StoreError> {
        self.delete_json(T::KIND, id)
    }

    /// [`Tx::delete`] with the kind as a value.
    ///
    /// # Errors
    /// As [`Tx::delete`].
    pub fn delete_json(&mut self, kind: Kind, id: Id) -> Result<(), StoreError> {
        self.delete_row(tables::of(kind), id).map_err(|fault| self.named(fault))
    }

    pub(crate) fn insert_fields(
        &mut self,
        table: &Table,
        mut fields: Fields,
        with_bytes: bool,
    ) -> Result<Fields, Fault> {
        if table.singleton && row::count(self.conn, table.kind)? > 0 {
            return Err(StoreError::Singleton { kind: table.kind }.into());
        }
        if !with_bytes && table.column("sha256").is_some() {
            return Err(StoreError::NeedsBytes { kind: table.kind }.into());
        }
        let mut id = index::id_of(&fields);
        if id.is_nil() {
            id = self.ids.next_id();
            fields.insert("id".to_owned(), Value::String(id.to_string()));
        } else if self.is_used(table, id)? {
            let field = "id".to_owned();
            return Err(StoreError::Taken { kind: table.kind, id, field, value: id.to_string(), by: id }.into());
        }
        guard::number(self.conn, table, &mut fields)?;
        guard::rank(self.conn, table, &mut fields)?;
        guard::range(table, id, None, &fields)?;
        self.write(table, id, Some(&fields))?;
        Ok(fields)
    }

    /// Whether an id was used, be its row hidden or not.
    fn is_used(&self, table: &Table, id: Id) -> Result<bool, Fault> {
        let sql = format!("SELECT 1 FROM \"{}\" WHERE \"id\" = ?1", table.name());
        Ok(self.conn.prepare_cached(&sql)?.exists([id.to_string()])?)
    }

    pub(crate) fn update_fields(&mut self, table: &Table, id: Id, mut fields: Fields) -> Result<(), Fault> {
        let before = row::get(self.conn, table, id)?;
        for field in std::iter::once(&"id").chain(table.frozen) {
            if fields.get(*field) != before.get(*field) {
                return Err(StoreError::FrozenField { kind: table.kind, id, field: (*field).to_owned() }.into());
            }
        }
        if table.numbering != Numbering::None && fields.get("number") == Some(&Value::from(0)) {
            // 0 means *not given*: the row keeps the number it has.
            fields.extend(before.get("number").map(|number| ("number".to_owned(), number.clone())));
        }
        guard::number(self.conn, table, &mut fields)?;
        guard::range(table, id, Some(&before), &fields)?;
        self.write(table, id, Some(&fields))
    }

    fn delete_row(&mut self, table: &Table, id: Id) -> Result<(), Fault> {
        if table.singleton {
            return Err(StoreError::Singleton { kind: table.kind }.into());
        }
        row::get(self.conn, table, id)?;
        self.write(table, id, None)?;
        self.detach(links::gone_with(table.kind))
    }

    /// Cleans every row that names something of these sorts that is no longer there.
    fn detach(&mut self, gone: &[Named]) -> Result<(), Fault> {
        if gone.is_empty() {
            return Ok(());
        }
        let may_name = |table: &&Table| {
            table.links.iter().any(|link| match link.target {
                Target::Object(kind) => gone.contains(&Named::Object(kind)),
                Target::Measurement => gone.contains(&Named::Measurement),
                Target::Evidence => true,
            })
        };
        for table in tables::ALL.iter().filter(may_name) {
            for before in row::all(self.conn, table)? {
                let id = index::id_of(&before);
                let mut after = before.clone();
                let mut cascade = false;
                for link in table.links {
                    let named = link.named(&before);
                    if !gone.contains(&named) {
                        continue;
                    }
                    let mut lost = HashSet::new();
                    for target in link.ids(&before) {
                        if !links::is_there(self.conn, named, target)? {
                            lost.insert(target.to_owned());
                        }
                    }
                    if !lost.is_empty() && link.strip(&mut after, &mut |target| lost.contains(target)) {
                        match link.on_delete {
                            OnDelete::Cascade => cascade = true,
                            OnDelete::Clear => {
                                after.insert(link.field().to_owned(), Value::Null);
                            }
                        }
                    }
                }
                // A cascade may have taken a row that this loop read before.
                if cascade && row::find(self.conn, table, id)?.is_some() {
                    self.delete_row(table, id)?;
                } else if after != before {
                    self.write(table, id, Some(&after))?;
                }
            }
        }
        Ok(())
    }

    /// Brings a row to a state: the one primitive that changes object tables. `None` takes it away.
    pub(crate) fn write(&mut self, table: &Table, id: Id, after: Option<&Fields>) -> Result<(), Fault> {
        self.refuse_in_doubt()?;
        let before = row::find(self.conn, table, id)?;
        match (&before, after) {
            (None, Some(after)) => row::insert(self.conn, table, id, after)?,
            (Some(before), Some(after)) => row::update(self.conn, table, id, &row::difference(before, after).1)?,
            (Some(_), None) => row::delete(self.conn, table, id)?,
            (None, None) => return Ok(()),
        }
        index::put(self.conn, table, id, before.as_ref(), after)?;
        if let std::collections::hash_map::Entry::Vacant(first) = self.images.entry((table.kind, id)) {
            first.insert(before);
            self.touched.push((table.kind, id));
        }
        Ok(())
    }

    /// Reads fields as the kind's type; a fault names the field of the patch that is to blame.
    fn normalise(&self, table: &Table, id: Id, fields: Fields, patch: &Fields) -> Result<Fields, StoreError> {
        let kind = table.kind;
        if let Some(field) = patch.keys().find(|field| table.column(field).is_none()) {
            let known = table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
            return Err(StoreError::UnknownField { kind, id, field: field.clone(), known });
        }
        (table.normalise)(fields).map_err(|error| {
            for (field, value) in patch {
                let alone = Fields::from_iter([(field.clone(), value.clone())]);
                if let Err(error) = (table.normalise)(alone) {
                    return StoreError::BadField { kind, id, field: field.clone(), reason: error.to_string() };
                }
            }
            self.bad_row(kind, id, &error)
        })
    }

    fn bad_row(&self, kind: Kind, id: Id, error: &serde_json::Error) -> StoreError {
        StoreError::BadField { kind, id, field: "id".to_owned(), reason: error.to_string() }
    }
}
