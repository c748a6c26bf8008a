/// Why a picture could not be written.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// It has no pixels.
    #[error("a picture of {width}×{height} pixels cannot be written")]
    NoPixels {
        /// Columns.
        width: usize,
        /// Rows.
        height: usize,
    },
    /// JPEG files hold at most 65,535 pixels along a side.
    #[error("the picture is {width}×{height}, a JPEG holds 65535 pixels a side; write a PNG")]
    SideTooLong {
        /// Columns.
        width: usize,
        /// Rows.
        height: usize,
    },
    /// Two pictures that belong together have different sizes.
    #[error("the picture is {found:?}, not {expected:?} pixels wide and high")]
    OtherSize {
        /// Columns and rows of the picture given.
        found: (usize, usize),
        /// Columns and rows it should have.
        expected: (usize, usize),
    },
    /// An application segment is longer than JPEG allows.
    #[error("a JPEG segment holds 65533 bytes, not {found}; split it")]
    SegmentTooLong {
        /// Bytes of its payload.
        found: usize,
    },
    /// An application segment has a number that is not 0 to 15.
    #[error("a JPEG has application segments 0 to 15, not {found}")]
    NoSuchSegment {
        /// The number given.
        found: u8,
    },
    /// The PNG writer failed.
    #[error("the PNG could not be written: {0}")]
    Png(#[from] png::EncodingError),
}
