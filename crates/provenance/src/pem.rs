//! Blocks of PEM (RFC 7468).

use x509_parser::pem::Pem;

/// Bytes of a file with certificates or a key, at most; a chain has a few thousand.
pub(crate) const MOST_BYTES: usize = 1 << 20;

/// Certificates of a chain, at most.
pub(crate) const MOST_BLOCKS: usize = 100;

/// A block: what it says it is, and its bytes.
pub(crate) struct Block {
    pub(crate) label: String,
    pub(crate) bytes: Vec<u8>,
}

/// All blocks of a file in their order; what stands between them is not looked at. `None` where the file is no
/// PEM at all or too long to be looked at.
pub(crate) fn blocks(file: &[u8]) -> Option<Vec<Block>> {
    if file.len() > MOST_BYTES {
        return None;
    }
    let mut blocks = Vec::new();
    for pem in Pem::iter_from_buffer(file).take(MOST_BLOCKS) {
        let pem = pem.ok()?;
        blocks.push(Block {
            label: pem.label,
            bytes: pem.contents,
        });
    }
    (!blocks.is_empty()).then_some(blocks)
}
