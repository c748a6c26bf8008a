/// Why a label cannot be read from a picture's file or written into it.
#[derive(Debug, thiserror::Error)]
pub enum LabelError {
    /// The file is no JPEG and no PNG.
    #[error("it is neither a JPEG nor a PNG; labels are kept in pictures of these kinds")]
    OtherKind,
    /// The file ends too early.
    #[error("it ends within {within}; fetch it again")]
    Truncated {
        /// What was being read.
        within: &'static str,
    },
    /// The file contradicts its format.
    #[error("it is damaged: {reason}; fetch it again")]
    Damaged {
        /// How.
        reason: &'static str,
    },
    /// The file's XMP packet contradicts XML.
    #[error("its XMP cannot be read: {reason}")]
    BadXmp {
        /// How.
        reason: &'static str,
    },
    /// The packet is longer than a file of this kind may carry, or than is read.
    #[error(
        "an XMP packet of {found} bytes is too long, at most {most} are taken; shorten the metadata"
    )]
    TooLong {
        /// The packet's length in bytes.
        found: usize,
        /// The most bytes.
        most: usize,
    },
    /// The packet is compressed, which XMP advises against.
    #[error("its XMP is compressed, which is not read; write it uncompressed")]
    Compressed,
    /// A property of the label holds something else than the JSON it should.
    #[error("its property {property} does not hold the JSON it should: {reason}")]
    BadJson {
        /// The property, as `TC260:AIGC`.
        property: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}
