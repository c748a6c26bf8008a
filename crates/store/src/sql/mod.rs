//! The port to a database: transactions, statements, rows. The statements are one text for all
//! databases, with `$1`, `$2`... numbered in the order in which they first stand in the text.

use crate::StoreError;

/// A parameter of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// NULL.
    Null,
    /// A number.
    Integer(i64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// A row of an answer; columns count from 0.
pub trait Row {
    /// A number; `None` for NULL.
    fn integer(&self, column: usize) -> Result<Option<i64>, StoreError>;
    /// A text; `None` for NULL.
    fn text(&self, column: usize) -> Result<Option<String>, StoreError>;
    /// Bytes; `None` for NULL.
    fn bytes(&self, column: usize) -> Result<Option<Vec<u8>>, StoreError>;
}

/// What is done with each row of an answer.
pub type EachRow<'a> = dyn FnMut(&dyn Row) -> Result<(), StoreError> + 'a;

/// A transaction under way. Once a statement failed it can only be undone: later statements fail too,
/// and so does the transaction.
pub trait Session {
    /// Runs a statement; returns how many rows it changed.
    fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError>;
    /// Runs a query.
    fn query(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        each: &mut EachRow<'_>,
    ) -> Result<(), StoreError>;
}

/// The work of a transaction. A driver may run it again where the database asks for that, so it must
/// not do anything outside of the transaction.
pub type Work<'a> = dyn FnMut(&mut dyn Session) -> Result<(), StoreError> + 'a;

/// A database.
pub trait Driver: Send + Sync {
    /// Runs `work` in a transaction that sees and excludes all other writers, and makes its changes
    /// durable before it returns. On an error nothing is changed; only where the disk failed in the very
    /// commit may a restart find it done.
    fn write(&self, work: &mut Work<'_>) -> Result<(), StoreError>;
    /// Runs `work`, which only reads, on the state of one moment.
    fn read(&self, work: &mut Work<'_>) -> Result<(), StoreError>;
    /// Bytes the database takes on the disk.
    fn size_bytes(&self) -> Result<u64, StoreError>;
}

/// The words in which databases differ.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    /// A whole number of 64 bits.
    pub integer: &'static str,
    /// Bytes.
    pub bytes: &'static str,
    /// What stands behind a table whose rows lie in the order of its primary key.
    pub clustered: &'static str,
}

impl Dialect {
    /// A statement of the schema in this dialect.
    pub fn render(&self, statement: &str) -> String {
        statement
            .replace("{int}", self.integer)
            .replace("{bytes}", self.bytes)
            .replace("{clustered}", self.clustered)
    }
}
