//! The packs that come with the product, inside the binary.

use crate::{Pack, PackError};

/// A pack that comes with the product: its TOML and the files beside it.
#[derive(Debug, Clone, Copy)]
pub struct Builtin {
    /// The pack's id.
    pub id: &'static str,
    /// Its TOML.
    pub definition: &'static str,
    /// Its texts in other languages: language and TOML.
    pub texts: &'static [(&'static str, &'static str)],
}

macro_rules! texts {
    ($id:literal: $($language:literal),*) => {
        &[$((
            $language,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/packs/", $id, ".", $language, ".toml")),
        )),*]
    };
}

/// Every pack that comes with the product.
pub const BUILTINS: &[Builtin] = &[
    Builtin {
        id: "backend-health",
        definition: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/packs/backend-health.toml")),
        texts: texts!("backend-health": "ar", "de", "es", "fr", "it", "pl"),
    },
    Builtin {
        id: "backend-maturity",
        definition: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/packs/backend-maturity.toml")),
        texts: texts!("backend-maturity": "ar", "de", "es", "fr", "it", "pl"),
    },
];

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/packs/", $name)))),*]
    };
}

/// Files beside the packs: path and text.
const FILES: &[(&str, &str)] = files![
    "sql/connections.sql",
    "sql/fk-without-index.sql",
    "sql/frequent-statements.sql",
    "sql/index-bloat.sql",
    "sql/replicas.sql",
    "sql/role-settings.sql",
    "sql/sequential-scans.sql",
    "sql/settings.sql",
    "sql/statement-times.sql",
    "sql/unbounded-results.sql",
];

/// The text of a file beside the packs that come with the product, for example `sql/settings.sql`.
#[must_use]
pub fn builtin_file(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}

/// Reads a pack that comes with the product; `None` when there is none with this id.
///
/// # Errors
/// As [`Pack::parse`]; a test holds that there is none.
pub fn builtin(id: &str) -> Option<Result<Pack, PackError>> {
    let found = BUILTINS.iter().find(|builtin| builtin.id == id)?;
    Some(Pack::parse_with(found.definition, |path| builtin_file(path).map(ToOwned::to_owned)))
}
