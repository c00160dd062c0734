//! How a table is declared: columns, links, titles, numbering.

use groma_model::{Kind, Object, OutOfRange};
use serde_json::{Map, Value};

/// A JSON object: field name to value.
pub(crate) type Fields = Map<String, Value>;

/// How a column's JSON value is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Storage {
    /// A string as TEXT.
    Text,
    /// An integer as INTEGER.
    Integer,
    /// A number as REAL.
    Real,
    /// A boolean as 0 or 1.
    Flag,
    /// An array or object as JSON text.
    Json,
}

impl Storage {
    /// The column's declared SQL type.
    #[cfg(test)]
    pub(crate) const fn sql_type(self) -> &'static str {
        match self {
            Self::Text | Self::Json => "TEXT",
            Self::Integer | Self::Flag => "INTEGER",
            Self::Real => "REAL",
        }
    }
}

/// A column: the field of the same name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) storage: Storage,
    /// Whether JSON null is stored as NULL; otherwise null is an error.
    pub(crate) nullable: bool,
}

impl Column {
    /// The same column, which may be null.
    pub(crate) const fn or_null(mut self) -> Self {
        self.nullable = true;
        self
    }
}

const fn column(name: &'static str, storage: Storage) -> Column {
    Column { name, storage, nullable: false }
}

pub(crate) const fn text(name: &'static str) -> Column {
    column(name, Storage::Text)
}

pub(crate) const fn integer(name: &'static str) -> Column {
    column(name, Storage::Integer)
}

pub(crate) const fn real(name: &'static str) -> Column {
    column(name, Storage::Real)
}

pub(crate) const fn flag(name: &'static str) -> Column {
    column(name, Storage::Flag)
}

pub(crate) const fn json(name: &'static str) -> Column {
    column(name, Storage::Json)
}

/// What the ids at a link's path name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// Objects of a kind.
    Object(Kind),
    /// Measurements.
    Measurement,
    /// Whatever the row's `target_kind` says.
    Evidence,
}

/// What becomes of a row when what it names is deleted. An element of a list is always taken out of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnDelete {
    /// The field becomes null.
    Clear,
    /// The row is deleted as well.
    Cascade,
}

/// A field that names other objects.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link {
    /// Where the ids stand: `phase`, `findings[]`, `roles[].role`, `proposal.sources[]`.
    pub(crate) path: &'static str,
    pub(crate) target: Target,
    pub(crate) on_delete: OnDelete,
}

pub(crate) const fn link(path: &'static str, target: Target) -> Link {
    Link { path, target, on_delete: OnDelete::Clear }
}

impl Link {
    /// The field becomes null when its target goes.
    pub(crate) const fn clear(mut self) -> Self {
        self.on_delete = OnDelete::Clear;
        self
    }

    /// The row goes with its target.
    pub(crate) const fn cascade(mut self) -> Self {
        self.on_delete = OnDelete::Cascade;
        self
    }
}

/// How `number` is given to a row that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbering {
    /// The kind has no numbers.
    None,
    /// The highest that ever was, plus one: people cite `F-012` in letters, so a number never names another finding.
    Unrepeated,
    /// The highest there is, plus one: the number is a place in a sequence.
    Sequence,
}

/// A table of objects.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    pub(crate) kind: Kind,
    pub(crate) columns: &'static [Column],
    /// Display order, SQL.
    pub(crate) order: &'static str,
    /// Prose fields, searched.
    pub(crate) prose: &'static [&'static str],
    /// Titles and other short text, searched and weighing more. Strings, or lists of strings.
    pub(crate) titles: &'static [&'static str],
    pub(crate) links: &'static [Link],
    /// Sets of fields whose values together name one row, unless one of them is empty.
    pub(crate) unique: &'static [&'static [&'static str]],
    /// Paths of links to rows of the same table that never lead in a circle.
    pub(crate) acyclic: &'static [&'static str],
    /// Fields that never change once the row is there, besides `id`.
    pub(crate) frozen: &'static [&'static str],
    pub(crate) numbering: Numbering,
    /// Exactly one row, made with the file.
    pub(crate) singleton: bool,
    /// Deleting hides the row (`removed` = 1) and with it what hangs on it.
    pub(crate) soft: bool,
    /// Reads fields as the kind's type and writes them out whole.
    pub(crate) normalise: fn(Fields) -> Result<Fields, serde_json::Error>,
    /// The fields whose values are outside what they may be.
    pub(crate) out_of_range: fn(Fields) -> Vec<OutOfRange>,
}

impl Table {
    /// An empty declaration for a type.
    pub(crate) const fn of<T: Object>() -> Self {
        Self {
            kind: T::KIND,
            columns: &[],
            order: "id",
            prose: T::PROSE,
            titles: &[],
            links: &[],
            unique: &[],
            acyclic: &[],
            frozen: &[],
            numbering: Numbering::None,
            singleton: false,
            soft: false,
            normalise: normalise::<T>,
            out_of_range: out_of_range::<T>,
        }
    }

    /// The table's name.
    pub(crate) const fn name(&self) -> &'static str {
        self.kind.as_str()
    }

    /// The column of a field.
    pub(crate) fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The condition under which a row is there.
    pub(crate) const fn live(&self) -> &'static str {
        if self.soft { "\"removed\" = 0" } else { "1" }
    }
}

fn normalise<T: Object>(fields: Fields) -> Result<Fields, serde_json::Error> {
    let object: T = serde_json::from_value(Value::Object(fields))?;
    fields_of(&object)
}

fn out_of_range<T: Object>(fields: Fields) -> Vec<OutOfRange> {
    // What is no object of the kind is told by `normalise`.
    serde_json::from_value::<T>(Value::Object(fields)).map(|object| object.out_of_range()).unwrap_or_default()
}

/// An object as JSON fields.
pub(crate) fn fields_of<T: Object>(object: &T) -> Result<Fields, serde_json::Error> {
    match serde_json::to_value(object)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(serde::ser::Error::custom("an object must be a struct of named fields")),
    }
}
