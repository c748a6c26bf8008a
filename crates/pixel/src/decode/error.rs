use super::Format;

/// Why bytes could not be turned into a picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// There is nothing to read.
    #[error("the file is empty; give a JPEG or PNG picture")]
    Empty,
    /// The file is larger than the limit allows; nothing of it was read.
    #[error("the file has {found} bytes, more than the {limit} allowed; give a smaller file")]
    TooManyBytes {
        /// Length of the file.
        found: usize,
        /// [`Limits::max_bytes`](super::Limits::max_bytes).
        limit: usize,
    },
    /// The bytes begin like no picture known here.
    #[error("this is not a picture; JPEG and PNG are read")]
    NotAPicture,
    /// A file of a known kind that is not read.
    #[error("this is a {kind} file, which is not read; save it as JPEG or PNG")]
    OtherKind {
        /// The kind of file, as people call it.
        kind: &'static str,
    },
    /// Width or height is zero.
    #[error("the {format} picture has no pixels ({width}×{height})")]
    NoPixels {
        /// The file's format.
        format: Format,
        /// Width in its header.
        width: usize,
        /// Height in its header.
        height: usize,
    },
    /// One side is longer than the limit allows; only the header was read.
    #[error("the picture is {width}×{height}, a side may have {limit} pixels; scale it down")]
    SideTooLong {
        /// Width in the header.
        width: usize,
        /// Height in the header.
        height: usize,
        /// [`Limits::max_side`](super::Limits::max_side).
        limit: usize,
    },
    /// It has more pixels than the limit allows; only the header was read.
    #[error("the picture is {width}×{height}, at most {limit} pixels are read; scale it down")]
    TooManyPixels {
        /// Width in the header.
        width: usize,
        /// Height in the header.
        height: usize,
        /// [`Limits::max_pixels`](super::Limits::max_pixels).
        limit: usize,
    },
    /// Its way of coding needs more memory than the limit allows.
    #[error(
        "reading the {format} file takes {needed} bytes of memory, {limit} are allowed; \
         scale it down or save it without progressive coding or interlacing"
    )]
    TooMuchMemory {
        /// The file's format.
        format: Format,
        /// Bytes needed besides the pixels.
        needed: usize,
        /// [`Limits::max_working_bytes`](super::Limits::max_working_bytes).
        limit: usize,
    },
    /// The file ends before the picture does.
    #[error("the {format} file is cut off before its end; send or save it again")]
    Truncated {
        /// The file's format.
        format: Format,
    },
    /// A valid file that uses a part of its format that is not read.
    #[error("the {format} file uses {feature}, which is not read; save it as an ordinary {format}")]
    Unsupported {
        /// The file's format.
        format: Format,
        /// The part of the format in the way.
        feature: &'static str,
    },
    /// The bytes break the rules of their format.
    #[error("the {format} file is damaged: {reason}")]
    Damaged {
        /// The file's format.
        format: Format,
        /// What was found broken.
        reason: String,
    },
    /// The decoder failed on it, which is a fault of the decoder.
    #[error("the {format} file confuses its decoder; save it again")]
    Fault {
        /// The file's format.
        format: Format,
    },
}
