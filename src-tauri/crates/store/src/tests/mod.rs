//! Tests that need the crate's inside, or a second process.

mod files;
mod groups;
mod imports;
mod migrations;
mod processes;
mod property;
mod schema;
mod search;
mod states;
mod steps;
mod support;
mod typing;
mod verify;
mod writes;
