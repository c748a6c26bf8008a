//! What must last: tables in SQLite, objects in files.

pub mod objects;
