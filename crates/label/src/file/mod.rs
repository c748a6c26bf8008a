//! Where the files of pictures keep their XMP packet.

pub(crate) mod jpeg;
pub(crate) mod png;
