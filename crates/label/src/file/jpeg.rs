//! The XMP packet of a JPEG: one APP1 segment (Adobe, XMP Specification Part 3, 2020).

use crate::LabelError;

/// What begins every JPEG file.
pub(crate) const MAGIC: &[u8] = b"\xff\xd8\xff";

/// What begins the payload of the segment with XMP, of those it may be continued in, and of EXIF.
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const EXTENDED_XMP: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const EXIF: &[u8] = b"Exif\0\0";

/// The most bytes of a packet: a segment's length is written in two bytes and counts them, too.
pub(crate) const MOST_PACKET: usize = u16::MAX as usize - 2 - XMP.len();

/// The second bytes of markers (ITU-T T.81, table B.1).
const TEM: u8 = 0x01;
const RST0: u8 = 0xd0;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;

/// The file's packet.
pub(crate) fn packet(file: &[u8]) -> Result<Option<&[u8]>, LabelError> {
    let mut segments = Segments::new(file);
    while let Some(segment) = segments.next()? {
        if let Some(packet) = segment.named(APP1, XMP) {
            return Ok(Some(packet));
        }
    }
    Ok(None)
}

/// Appends the file to `out` with this packet in the place of any it has: behind the JFIF and EXIF
/// segments that stand at its beginning.
pub(crate) fn put(file: &[u8], packet: &str, out: &mut Vec<u8>) -> Result<(), LabelError> {
    let mut segments = Segments::new(file);
    out.extend_from_slice(&file[..segments.at]);
    let mut placed = false;
    while let Some(segment) = segments.next()? {
        let old = segment
            .named(APP1, XMP)
            .or(segment.named(APP1, EXTENDED_XMP));
        if old.is_some() {
            continue;
        }
        let leads = segment.marker == APP0 || segment.named(APP1, EXIF).is_some();
        if !leads && !placed {
            put_segment(packet, out);
            placed = true;
        }
        out.extend_from_slice(segment.whole);
    }
    if !placed {
        put_segment(packet, out);
    }
    out.extend_from_slice(&file[segments.at..]);
    Ok(())
}

fn put_segment(packet: &str, out: &mut Vec<u8>) {
    let length = 2 + XMP.len() + packet.len();
    out.extend([0xff, APP1, (length >> 8) as u8, length as u8]);
    out.extend_from_slice(XMP);
    out.extend_from_slice(packet.as_bytes());
}

/// One marker segment.
struct Segment<'a> {
    marker: u8,
    payload: &'a [u8],
    /// All its bytes, with those before its marker that belong to nothing.
    whole: &'a [u8],
}

impl<'a> Segment<'a> {
    /// Its payload behind the name, where it has this marker and begins with this name.
    fn named(&self, marker: u8, name: &[u8]) -> Option<&'a [u8]> {
        let payload = self.payload.strip_prefix(name)?;
        (self.marker == marker).then_some(payload)
    }
}

/// Walks the segments before the picture's data.
struct Segments<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Segments<'a> {
    /// For a file that begins with [`MAGIC`].
    fn new(file: &'a [u8]) -> Segments<'a> {
        Segments { file, at: 2 }
    }

    /// The next segment; `None` where the picture's data begin.
    ///
    /// Bytes between segments that are no marker are passed over, as every common reader does.
    fn next(&mut self) -> Result<Option<Segment<'a>>, LabelError> {
        const CUT: LabelError = LabelError::Truncated {
            within: "its header",
        };
        let start = self.at;
        let mut at = start;
        let marker = loop {
            let rest = self.file.get(at..).ok_or(CUT)?;
            let skip = rest.iter().position(|&byte| byte == 0xff).ok_or(CUT)?;
            let code = *rest.get(skip + 1).ok_or(CUT)?;
            // A fill byte may precede a marker, and a stuffed zero is data gone astray.
            at += skip + if code == 0xff { 1 } else { 2 };
            if code != 0xff && code != 0 {
                break code;
            }
        };
        match marker {
            SOS => return Ok(None),
            EOI => {
                return Err(LabelError::Damaged {
                    reason: "it ends without a picture",
                });
            }
            _ => {}
        }
        let payload = if marker == TEM || (RST0..EOI).contains(&marker) {
            &[]
        } else {
            let rest = &self.file[at..];
            let &[high, low, ..] = rest else {
                return Err(CUT);
            };
            let length = usize::from(u16::from_be_bytes([high, low]));
            if length < 2 {
                return Err(LabelError::Damaged {
                    reason: "a segment is shorter than its length",
                });
            }
            at += length;
            rest.get(2..length).ok_or(CUT)?
        };
        self.at = at;
        Ok(Some(Segment {
            marker,
            payload,
            whole: &self.file[start..at],
        }))
    }
}
