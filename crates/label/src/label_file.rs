//! A label in the file of a picture.

use crate::file::{jpeg, png};
use crate::{FoundLabel, Label, LabelError, xmp};

/// Writes the picture's file with this label to `out`, which is emptied first.
///
/// The picture is a JPEG or a PNG and is not encoded anew: every byte of it stays, but for XMP that
/// is there, whose place the label's takes. The label may take some 65,000 bytes as XMP, in
/// which each of its quotation marks takes six. After an error the content of `out` is unspecified.
pub fn write_label(picture: &[u8], label: &Label, out: &mut Vec<u8>) -> Result<(), LabelError> {
    let packet = packet_of(label)?;
    out.clear();
    out.reserve(picture.len() + packet.len() + 64);
    match kind(picture)? {
        Kind::Jpeg => jpeg::put(picture, &packet, out),
        Kind::Png => png::put(picture, &packet, out),
    }
}

/// Says whether [`write_label`] can write this label into pictures at all.
pub fn check_label(label: &Label) -> Result<(), LabelError> {
    packet_of(label).map(|_| ())
}

fn packet_of(label: &Label) -> Result<String, LabelError> {
    let packet = xmp::write(label)?;
    // A PNG would take more, but a label must not fit one kind of picture alone.
    if packet.len() > jpeg::MOST_PACKET {
        return Err(LabelError::TooLong {
            found: packet.len(),
            most: jpeg::MOST_PACKET,
        });
    }
    Ok(packet)
}

/// What label the file of a JPEG or PNG carries: the first XMP packet counts.
///
/// Labels of other programs are found, too, where they follow the convention. Only what stands
/// before a JPEG's data is looked at, and nothing is decoded. Any bytes give an answer or an error,
/// in time in proportion to their number and with memory for a packet, which is at most a mebibyte.
pub fn read_label(bytes: &[u8]) -> Result<FoundLabel, LabelError> {
    let packet = match kind(bytes)? {
        Kind::Jpeg => jpeg::packet(bytes)?,
        Kind::Png => png::packet(bytes)?,
    };
    packet.map_or(Ok(FoundLabel::default()), xmp::read)
}

#[derive(Clone, Copy)]
enum Kind {
    Jpeg,
    Png,
}

/// The kind of picture, told from its first bytes.
fn kind(bytes: &[u8]) -> Result<Kind, LabelError> {
    if bytes.starts_with(jpeg::MAGIC) {
        Ok(Kind::Jpeg)
    } else if bytes.starts_with(png::MAGIC) {
        Ok(Kind::Png)
    } else {
        Err(LabelError::OtherKind)
    }
}

#[cfg(test)]
mod tests;
