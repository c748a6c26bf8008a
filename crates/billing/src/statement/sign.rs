use super::{FORMAT, PublicKey, Signature, SigningKey, Statement};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What tells a statement's signature from one over anything else.
const DOMAIN: &str = "mien statement 1\n";

/// A statement, who signed it, and the signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedStatement {
    /// The statement.
    pub statement: Statement,
    /// The key that signed, as the file states it: it says who signed only to those who know the key.
    pub public_key: PublicKey,
    /// Over [`canonical_bytes`] of the statement.
    pub signature: Signature,
}

/// Why a statement cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StatementError {
    /// Not JSON, or fields that are missing, unknown or unreadable.
    #[error("not a signed statement: {0}; use the statement.json as it was downloaded")]
    NotAStatement(serde_json::Error),
    /// An edition of the written form that this program does not know.
    #[error(
        "the statement has format {found}, and this program reads {FORMAT}; use a newer program"
    )]
    UnknownFormat {
        /// The format.
        found: u64,
    },
    /// It reads, but is written otherwise than mien does: what is signed is not what is seen.
    #[error("{at} is not written as mien writes it; use the statement.json as it was downloaded")]
    NotAsWritten {
        /// Path of the first such value.
        at: String,
    },
    /// It cannot be written.
    #[error("the statement cannot be written: {0}")]
    Unwritable(serde_json::Error),
}

/// Signs a statement.
pub fn sign(statement: Statement, key: &SigningKey) -> Result<SignedStatement, StatementError> {
    let signature = key.sign(&canonical_bytes(&statement)?);
    Ok(SignedStatement {
        statement,
        public_key: key.public_key(),
        signature,
    })
}

/// What is signed: `mien statement 1`, a line feed, and the statement as JSON without white space, the keys
/// of every object in the order of their bytes, only `"`, `\` and control characters escaped.
pub fn canonical_bytes(statement: &Statement) -> Result<Vec<u8>, StatementError> {
    let value = serde_json::to_value(statement).map_err(StatementError::Unwritable)?;
    let mut text = DOMAIN.to_owned();
    write_sorted(&value, &mut text);
    Ok(text.into_bytes())
}

impl SignedStatement {
    /// Reads what [`SignedStatement::to_json_pretty`] wrote; white space and the order of fields do not matter.
    pub fn read(text: &str) -> Result<SignedStatement, StatementError> {
        let value: Value = serde_json::from_str(text).map_err(StatementError::NotAStatement)?;
        let format = value.pointer("/statement/format").and_then(Value::as_u64);
        if let Some(found) = format.filter(|&format| format != u64::from(FORMAT)) {
            return Err(StatementError::UnknownFormat { found });
        }
        let signed: SignedStatement =
            serde_json::from_str(text).map_err(StatementError::NotAStatement)?;
        let written = serde_json::to_value(&signed).map_err(StatementError::Unwritable)?;
        match difference(&value, &written) {
            Some(at) => Err(StatementError::NotAsWritten { at }),
            None => Ok(signed),
        }
    }

    /// As the file that customers keep.
    pub fn to_json_pretty(&self) -> Result<String, StatementError> {
        let text = serde_json::to_string_pretty(self).map_err(StatementError::Unwritable)?;
        Ok(text + "\n")
    }

    /// Whether the stated key signed the statement and, if one is expected, is that one.
    pub fn verify_signature(&self, expected_key: Option<&PublicKey>) -> bool {
        self.is_intact() && expected_key.is_none_or(|key| *key == self.public_key)
    }

    /// Whether the stated key signed the statement as it is.
    pub(super) fn is_intact(&self) -> bool {
        canonical_bytes(&self.statement)
            .is_ok_and(|bytes| self.public_key.has_signed(&bytes, &self.signature))
    }
}

/// Path of the first value that is not the same.
fn difference(read: &Value, written: &Value) -> Option<String> {
    fn child(key: &str, read: Option<&Value>, written: Option<&Value>) -> Option<String> {
        match (read, written) {
            (Some(read), Some(written)) => {
                difference(read, written).map(|rest| format!("/{key}{rest}"))
            }
            _ => Some(format!("/{key}")),
        }
    }
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => read
            .keys()
            .chain(written.keys())
            .find_map(|key| child(key, read.get(key), written.get(key))),
        (Value::Array(read), Value::Array(written)) => (0..read.len().max(written.len()))
            .find_map(|index| child(&index.to_string(), read.get(index), written.get(index))),
        _ => (read != written).then(String::new),
    }
}

/// Writes JSON without white space, keys sorted whatever order the map keeps.
fn write_sorted(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort();
            text.push('{');
            for (index, key) in keys.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                if let Some(value) = fields.get(key) {
                    write_sorted(value, text);
                }
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_sorted(item, text);
            }
            text.push(']');
        }
        _ => text.push_str(&value.to_string()),
    }
}
