//! The XMP packet of a PNG: one iTXt chunk (Adobe, XMP Specification Part 3, 2020; ISO/IEC
//! 15948, section 11.3.4.5).

use crate::LabelError;

/// What begins every PNG file.
pub(crate) const MAGIC: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The keyword of XMP and what is written behind it: not compressed, no language, no translation.
const XMP: &[u8] = b"XML:com.adobe.xmp\0";
const PLAIN: [u8; 4] = [0; 4];

/// The longest packet that is read. Programs that keep a picture's history write long ones.
const MOST_PACKET: usize = 1 << 20;

/// The file's packet.
pub(crate) fn packet(file: &[u8]) -> Result<Option<&[u8]>, LabelError> {
    let mut chunks = Chunks::new(file);
    while let Some(chunk) = chunks.next()? {
        let Some(text) = chunk.xmp() else {
            continue;
        };
        if chunk.crc != crc(&[chunk.kind, chunk.data]) {
            return Err(LabelError::Damaged {
                reason: "the checksum of its XMP is wrong",
            });
        }
        return packet_of(text).map(Some);
    }
    Ok(None)
}

/// The packet behind the keyword.
fn packet_of(text: &[u8]) -> Result<&[u8], LabelError> {
    const CUT: LabelError = LabelError::Damaged {
        reason: "the head of its XMP is cut off",
    };
    let [compressed, _method, rest @ ..] = text else {
        return Err(CUT);
    };
    if *compressed != 0 {
        return Err(LabelError::Compressed);
    }
    let mut parts = rest.splitn(3, |&byte| byte == 0);
    let packet = parts.nth(2).ok_or(CUT)?;
    if packet.len() > MOST_PACKET {
        return Err(LabelError::TooLong {
            found: packet.len(),
            most: MOST_PACKET,
        });
    }
    Ok(packet)
}

/// Appends the file to `out` with this packet, of less than 2 GiB, in the place of any it has: behind
/// its header.
pub(crate) fn put(file: &[u8], packet: &str, out: &mut Vec<u8>) -> Result<(), LabelError> {
    let mut chunks = Chunks::new(file);
    out.extend_from_slice(MAGIC);
    match chunks.next()? {
        Some(header) if header.kind == b"IHDR" => out.extend_from_slice(header.whole),
        _ => {
            return Err(LabelError::Damaged {
                reason: "it does not begin with a header",
            });
        }
    }
    put_chunk(packet, out);
    while let Some(chunk) = chunks.next()? {
        if chunk.xmp().is_none() {
            out.extend_from_slice(chunk.whole);
        }
    }
    out.extend_from_slice(&file[chunks.at..]);
    Ok(())
}

fn put_chunk(packet: &str, out: &mut Vec<u8>) {
    let length = XMP.len() + PLAIN.len() + packet.len();
    out.extend((length as u32).to_be_bytes());
    let parts = [b"iTXt", XMP, &PLAIN, packet.as_bytes()];
    for part in parts {
        out.extend_from_slice(part);
    }
    out.extend(crc(&parts).to_be_bytes());
}

/// One chunk.
struct Chunk<'a> {
    kind: &'a [u8],
    data: &'a [u8],
    /// The checksum that stands in the file.
    crc: u32,
    whole: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// What stands behind the keyword of XMP.
    fn xmp(&self) -> Option<&'a [u8]> {
        let text = self.data.strip_prefix(XMP)?;
        (self.kind == b"iTXt").then_some(text)
    }
}

/// Walks the chunks of a file.
struct Chunks<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Chunks<'a> {
    /// For a file that begins with [`MAGIC`].
    fn new(file: &'a [u8]) -> Chunks<'a> {
        Chunks {
            file,
            at: MAGIC.len(),
        }
    }

    /// The next chunk; `None` at the one that ends the picture, where it stays.
    fn next(&mut self) -> Result<Option<Chunk<'a>>, LabelError> {
        const CUT: LabelError = LabelError::Truncated { within: "a chunk" };
        let rest = &self.file[self.at..];
        let (&length, behind) = rest.split_first_chunk::<4>().ok_or(CUT)?;
        let (kind, behind) = behind.split_at_checked(4).ok_or(CUT)?;
        let length = u32::from_be_bytes(length) as usize;
        let (data, behind) = behind.split_at_checked(length).ok_or(CUT)?;
        let (&crc, behind) = behind.split_first_chunk::<4>().ok_or(CUT)?;
        if kind == b"IEND" {
            return Ok(None);
        }
        let whole = &rest[..rest.len() - behind.len()];
        self.at += whole.len();
        Ok(Some(Chunk {
            kind,
            data,
            crc: u32::from_be_bytes(crc),
            whole,
        }))
    }
}

/// The checksum of a chunk's kind and data (ISO/IEC 15948, annex D).
pub(crate) fn crc(parts: &[&[u8]]) -> u32 {
    let bytes = parts.iter().copied().flatten();
    !bytes.fold(u32::MAX, |crc, &byte| {
        REMAINDERS[usize::from(crc as u8 ^ byte)] ^ (crc >> 8)
    })
}

/// The remainder of each byte.
const REMAINDERS: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut remainder = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            let low = remainder & 1;
            remainder = (remainder >> 1) ^ (0xedb8_8320 * low);
            bit += 1;
        }
        table[byte] = remainder;
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        // The one every PNG ends with.
        assert_eq!(crc(&[b"IEND"]), 0xae42_6082);
        assert_eq!(crc(&[b"1234", b"56789"]), 0xcbf4_3926);
    }
}
