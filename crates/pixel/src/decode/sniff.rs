use super::{DecodeError, Format};

/// First bytes, where they lie, and what people call a file that begins so.
const OTHER_KINDS: &[(usize, &[u8], &str)] = &[
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (8, b"WEBP", "WebP"),
    (0, b"BM", "BMP"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"II+\0", "BigTIFF"),
    (0, b"MM\0+", "BigTIFF"),
    (0, b"II\xbc", "JPEG XR"),
    (0, b"%PDF", "PDF"),
    (0, b"8BPS", "Photoshop"),
    (0, b"\0\0\x01\0", "ICO"),
    (0, b"\0\0\x02\0", "CUR"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (0, b"\xff\x4f\xff\x51", "JPEG 2000"),
    (0, b"\x8aMNG", "MNG"),
    (0, b"\x8bJNG", "JNG"),
    (0, b"v/1\x01", "OpenEXR"),
    (0, b"#?RADIANCE", "Radiance HDR"),
    (0, b"qoif", "QOI"),
    (0, b"farbfeld", "farbfeld"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftypavis", "AVIF"),
    (4, b"ftypheic", "HEIC"),
    (4, b"ftypheix", "HEIC"),
    (4, b"ftyphevc", "HEIC"),
    (4, b"ftyphevx", "HEIC"),
    (4, b"ftypheim", "HEIC"),
    (4, b"ftypheis", "HEIC"),
    (4, b"ftypmif1", "HEIF"),
    (4, b"ftypmsf1", "HEIF"),
    (4, b"ftypcrx ", "Canon raw"),
    (4, b"ftyp", "video (MP4)"),
    (0, b"\x1aE\xdf\xa3", "video (Matroska)"),
    (0, b"PK\x03\x04", "ZIP"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"Rar!", "RAR"),
    (0, b"7z\xbc\xaf", "7-Zip"),
    (0, b"<svg", "SVG"),
    (0, b"<?xml", "XML"),
    (0, b"<!DOCTYPE", "HTML"),
    (0, b"<!doctype", "HTML"),
    (0, b"<html", "HTML"),
];

/// The signature of PNG (ISO/IEC 15948, 5.2).
pub(super) const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Tells the format from the first bytes, whatever the file is called.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Ok(Format::Jpeg);
    }
    if bytes.starts_with(PNG_SIGNATURE) {
        return Ok(Format::Png);
    }
    for (format, magic) in [
        (Format::Jpeg, b"\xff\xd8\xff".as_slice()),
        (Format::Png, PNG_SIGNATURE),
    ] {
        // "\xff" or "\x89P" alone: the head of a picture of which nothing else arrived.
        if magic.starts_with(bytes) {
            return Err(DecodeError::Truncated { format });
        }
    }
    let found = OTHER_KINDS
        .iter()
        .find(|(at, magic, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
    Err(match found {
        Some((_, _, kind)) => DecodeError::OtherKind { kind },
        None => DecodeError::NotAPicture,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_kind() {
        let kind = |kind| Err(DecodeError::OtherKind { kind });
        for (bytes, expected) in [
            (b"".as_slice(), Err(DecodeError::Empty)),
            (b"\xff\xd8\xff\xe0", Ok(Format::Jpeg)),
            (b"\x89PNG\r\n\x1a\n\0", Ok(Format::Png)),
            (b"RIFF\0\0\0\0WEBPVP8 ", kind("WebP")),
            (b"\0\0\0\x18ftypheic\0\0\0\0", kind("HEIC")),
            (b"\0\0\0\x18ftypavif", kind("AVIF")),
            (b"\0\0\0\x18ftypisom", kind("video (MP4)")),
            (b"GIF89a....", kind("GIF")),
            (b"%PDF-1.7", kind("PDF")),
            (b"hello, world", Err(DecodeError::NotAPicture)),
            (
                b"\xff\xd8",
                Err(DecodeError::Truncated {
                    format: Format::Jpeg,
                }),
            ),
            (
                b"\x89PN",
                Err(DecodeError::Truncated {
                    format: Format::Png,
                }),
            ),
        ] {
            assert_eq!(sniff(bytes), expected, "{bytes:?}");
        }
    }
}
