//! The smallest picture, to sign on trial.

/// A PNG of one grey pixel.
pub(crate) const PICTURE: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, // what every PNG begins with
    0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0,
    0, // 1×1, 8 bits, grey
    0x3a, 0x7e, 0x9b, 0x55, // its check sum
    0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00,
    0x81, 0x77, 0xcd, 0x72, 0xb6, // its check sum
    0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];
