//! The embedded database: SQLite in write-ahead mode, every commit flushed to the disk.
//!
//! One process writes, through one connection, while any number of threads read. A lock file beside the
//! database keeps a second writing process away; reading processes need no lock.

mod connection;
mod driver;
mod fault;
mod lock;
#[cfg(test)]
mod tests;
mod turn;

pub use driver::SqliteDriver;
