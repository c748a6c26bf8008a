//! Pixels to files.

mod adopt;
mod base;
mod coder;
mod error;
mod head;
mod patch;
mod png;
mod samples;
mod transform;

use crate::jpeg::{BitWriter, marker};
use crate::{Srgb8, View};

pub use adopt::Unadoptable;
pub use base::JpegBase;
pub use error::EncodeError;
pub use head::Segment;
pub use png::encode_png;

use coder::{Before, Coding};
use head::Head;
use samples::Strip;

/// Appends `picture` to `out` as a baseline JPEG with 4:2:0 chroma and the standard's Huffman
/// tables; `segments` are put behind the JFIF header.
///
/// `quality` 1..=100 scales the standard's quantisation as the Independent JPEG Group's software
/// does; what lies outside is brought in.
pub fn encode_jpeg(
    picture: View<'_, Srgb8>,
    quality: u8,
    segments: &[Segment<'_>],
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let head = Head::for_colour(picture, quality)?;
    let coding = Coding::new(&head);
    head.write(segments, out)?;
    let mut writer = BitWriter::<true>::new(out);
    let (mut strip, mut before) = (Strip::new(), Before::default());
    for row in 0..coding.layout.rows {
        let columns = 0..coding.layout.columns;
        coding.encode(
            picture,
            row,
            columns,
            &mut strip,
            &mut before,
            &mut writer,
            |_, _| (),
        );
    }
    writer.finish();
    out.extend([0xff, marker::EOI]);
    Ok(())
}

#[cfg(test)]
mod tests;
