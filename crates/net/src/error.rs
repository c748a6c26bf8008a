//! Why a file could not be loaded.

/// Why [`Net::load`](crate::Net::load) refused a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The bytes do not start as a TFLite file does.
    #[error("not a TFLite file: no `TFL3` mark at byte 4; pass the bytes of a .tflite file")]
    NotTflite,
    /// An offset or a length in the file points outside of it.
    #[error("damaged TFLite file: {what} at byte {offset} lies outside the file; fetch it again")]
    Damaged {
        /// What was being read.
        what: &'static str,
        /// Where it should have been, in bytes from the start.
        offset: usize,
    },
    /// The file is whole, but what it says contradicts itself.
    #[error("inconsistent TFLite file: {place}: {reason}; fetch it again")]
    Inconsistent {
        /// The tensor or operator.
        place: String,
        /// What does not hold.
        reason: String,
    },
    /// The file uses something that this crate deliberately does not run.
    #[error("unsupported TFLite file: {place}: {reason}; see the README for what runs")]
    Unsupported {
        /// The tensor or operator.
        place: String,
        /// What is not supported.
        reason: String,
    },
    /// The net needs more than this crate lends to any one file.
    #[error("TFLite file asks for too much: {what}, more than {limit}")]
    TooLarge {
        /// What would be exceeded.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
}
