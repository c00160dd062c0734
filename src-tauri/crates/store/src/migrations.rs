//! The versions of the file. A released version's SQL never changes; what follows is added at the end.

use crate::tables;

/// `GRMA`, in the file's header.
pub(crate) const APPLICATION_ID: u32 = u32::from_be_bytes(*b"GRMA");

/// The version that this build writes.
pub(crate) const VERSION: u32 = ALL.len() as u32;

/// The step to a version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Migration {
    /// What is run, in order.
    pub(crate) sql: &'static [&'static str],
    /// Whether searched fields changed, so that the index is made anew. Only the last migration can: it reads rows by
    /// today's declarations.
    pub(crate) reindex: bool,
}

/// Version 1, version 2, …
pub(crate) const ALL: &[Migration] = &[
    Migration { sql: tables::V1, reindex: false },
    Migration { sql: tables::V2, reindex: false },
    Migration { sql: tables::V3, reindex: false },
    Migration { sql: tables::V4, reindex: false },
    Migration { sql: tables::V5, reindex: false },
    Migration { sql: tables::V6, reindex: false },
    Migration { sql: tables::V7, reindex: false },
    Migration { sql: tables::V8, reindex: false },
    Migration { sql: tables::V9, reindex: false },
    Migration { sql: tables::V10, reindex: false },
];
