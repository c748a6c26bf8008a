use super::coder::{Before, Coding};
use super::head::Head;
use super::samples::Strip;
use super::{EncodeError, Segment};
use crate::jpeg::{BitWriter, Reading, marker};
use crate::{Srgb8, View};

/// A coded picture of which parts can be coded anew while the rest keeps its bits.
///
/// It holds the entropy-coded data of one sequential scan without the stuffed zeros, and where
/// in them each MCU begins. About the size of the file and 16 bytes for each MCU.
#[derive(Clone, Debug)]
pub struct JpegBase {
    pub(super) head: Head,
    pub(super) coding: Coding,
    /// For reading the coded data again: DC and AC table of each component.
    pub(super) readings: Vec<(Reading, Reading)>,
    /// The coded data without stuffed zeros.
    pub(super) bits: Vec<u8>,
    /// Behind each MCU, in the order of the scan: the position in `bits`, and the DC values.
    pub(super) ends: Vec<(usize, Before)>,
}

impl JpegBase {
    /// Codes `picture` as [`encode_jpeg`](super::encode_jpeg) does.
    pub fn encode(picture: View<'_, Srgb8>, quality: u8) -> Result<JpegBase, EncodeError> {
        let head = Head::for_colour(picture, quality)?;
        let coding = Coding::new(&head);
        let layout = &coding.layout;
        let mut bits = Vec::new();
        let mut ends = Vec::with_capacity(layout.rows * layout.columns);
        let mut writer = BitWriter::<false>::new(&mut bits);
        let (mut strip, mut before) = (Strip::new(), Before::default());
        for row in 0..layout.rows {
            let columns = 0..layout.columns;
            let coded = |position, before: &Before| ends.push((position, *before));
            coding.encode(
                picture,
                row,
                columns,
                &mut strip,
                &mut before,
                &mut writer,
                coded,
            );
        }
        writer.finish();
        Ok(JpegBase {
            readings: head.readings(),
            head,
            coding,
            bits,
            ends,
        })
    }

    /// Columns of the picture.
    pub fn width(&self) -> usize {
        self.coding.layout.width
    }

    /// Rows of the picture.
    pub fn height(&self) -> usize {
        self.coding.layout.height
    }

    /// Pixels of the smallest rectangle that is coded anew, and its rows.
    pub fn mcu_size(&self) -> (usize, usize) {
        (self.coding.layout.mcu_width, self.coding.layout.mcu_height)
    }

    /// Bytes of memory it takes: the coded data, the positions in it and the colour profile. The coding
    /// tables, some ten kilobytes, are not counted.
    pub fn memory_bytes(&self) -> usize {
        let profile = self.head.profile.iter().map(Vec::capacity);
        let ends = self.ends.capacity() * size_of::<(usize, Before)>();
        self.bits.capacity() + ends + profile.sum::<usize>()
    }

    /// Appends the whole file to `out`, `segments` behind its JFIF header.
    pub fn write(&self, segments: &[Segment<'_>], out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.head.write(segments, out)?;
        let mut writer = BitWriter::<true>::new(out);
        writer.copy(&self.bits, 0, self.end_of(self.ends.len()).0);
        writer.finish();
        out.extend([0xff, marker::EOI]);
        Ok(())
    }

    /// Position and DC values behind the first `count` MCUs.
    pub(super) fn end_of(&self, count: usize) -> (usize, Before) {
        let last = count.checked_sub(1).and_then(|index| self.ends.get(index));
        last.copied().unwrap_or_default()
    }
}
