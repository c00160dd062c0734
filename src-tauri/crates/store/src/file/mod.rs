//! The file on disk: its header, its connection, how it is made, copied and brought up to date.

pub(crate) mod claim;
pub(crate) mod connection;
pub(crate) mod copy;
pub(crate) mod create;
pub(crate) mod hand_over;
pub(crate) mod header;
pub(crate) mod migrate;
