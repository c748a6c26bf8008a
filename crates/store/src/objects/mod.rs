//! Objects: whole pieces of bytes under a key, such as the pictures of materials and of calls.

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod error;
mod files;
mod key;
mod location;
mod s3;

pub use error::ObjectError;
pub use files::FileObjects;
pub use key::{ObjectKey, ObjectKeyError};
pub use location::{Location, LocationError, S3Place};
pub use s3::{S3Credentials, S3Objects};

/// The most bytes an object may have: 32 MiB, several times the largest picture that is taken.
///
/// A limit of the port and not of an adapter, so that what one store took can move to another.
pub const MOST_OBJECT_BYTES: usize = 32 << 20;

/// A place that keeps objects.
///
/// An object is there as a whole or not at all, for every reader and after a crash. What a call
/// has answered `Ok` to is durable. Calls may come from many threads at once; of two puts to one
/// key, one wins.
pub trait Objects: Send + Sync {
    /// Keeps `bytes` under `key`, in place of what was there.
    ///
    /// # Errors
    /// [`ObjectError::TooLarge`] above [`MOST_OBJECT_BYTES`]; [`ObjectError::Full`] and
    /// [`ObjectError::Denied`] when the place refuses. What was there before stays then.
    fn put(&self, key: &ObjectKey, bytes: &[u8]) -> Result<(), ObjectError>;

    /// Keeps `bytes` under a key that is new and that nobody is told before this returns, such as a
    /// random one. As [`put`](Objects::put), but cheaper where it can be: since nobody asks for it, a
    /// crash meanwhile may leave a part of the object there.
    ///
    /// # Errors
    /// As [`put`](Objects::put); [`ObjectError::Failed`] where a place sees that the key is not new.
    fn put_new(&self, key: &ObjectKey, bytes: &[u8]) -> Result<(), ObjectError> {
        self.put(key, bytes)
    }

    /// The bytes under `key`.
    ///
    /// # Errors
    /// [`ObjectError::NotFound`] when there are none; [`ObjectError::TooLarge`], before reading
    /// them, when somebody else put more than [`MOST_OBJECT_BYTES`] there.
    fn get(&self, key: &ObjectKey) -> Result<Vec<u8>, ObjectError>;

    /// Removes the object under `key`; there need be none.
    ///
    /// # Errors
    /// [`ObjectError::Denied`] and [`ObjectError::Failed`] when the place refuses.
    fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError>;

    /// Whether there is an object under `key`.
    ///
    /// # Errors
    /// [`ObjectError::Denied`] and [`ObjectError::Failed`] when the place does not tell.
    fn exists(&self, key: &ObjectKey) -> Result<bool, ObjectError>;

    /// The keys whose text begins with `prefix`, sorted by their bytes; all keys for `""`.
    ///
    /// The prefix may end within a segment. One that no key can begin with, such as `../`, gives
    /// no keys. Objects put or deleted meanwhile may be listed or not.
    ///
    /// # Errors
    /// [`ObjectError::Denied`] and [`ObjectError::Failed`] when the place does not tell.
    fn list(&self, prefix: &str) -> Result<Vec<ObjectKey>, ObjectError>;

    /// How much room the place has; `None` where it does not tell.
    fn space(&self) -> Option<Space> {
        None
    }
}

/// The room of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// Bytes that are taken, by whatever.
    pub used_bytes: u64,
    /// Bytes that we may still take.
    pub free_bytes: u64,
}
