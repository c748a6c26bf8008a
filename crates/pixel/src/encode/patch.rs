use std::ops::Range;

use super::coder::Before;
use super::samples::Strip;
use super::{EncodeError, JpegBase, Segment};
use crate::jpeg::{BitReader, BitWriter, SyntaxError, marker};
use crate::{Rect, Srgb8, View};

impl JpegBase {
    /// Appends to `out` the file whose picture is `picture` inside `changed` and this one
    /// elsewhere; `segments` are put behind its JFIF header.
    ///
    /// Only the MCUs that `changed` touches are coded, and they wholly from `picture`; every other
    /// keeps the coefficients it has. So the decoded pixels outside those MCUs are the same bit
    /// for bit, but for the one or two beside them into which a decoder that smooths chroma
    /// mixes its neighbours. Rectangles may overlap and reach beyond the picture. Takes time in
    /// proportion to what changed, and a little for copying the rest.
    pub fn patch(
        &self,
        picture: View<'_, Srgb8>,
        changed: &[Rect],
        segments: &[Segment<'_>],
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let found = (picture.width(), picture.height());
        let expected = (self.width(), self.height());
        if found != expected {
            return Err(EncodeError::OtherSize { found, expected });
        }
        self.head.write(segments, out)?;
        out.reserve(self.bits.len() + self.bits.len() / 8);
        let mut patch = Patch {
            base: self,
            writer: BitWriter::new(out),
            before: Before::default(),
            kept: 0..0,
        };
        let layout = &self.coding.layout;
        let mut strip = Strip::new();
        let mut touched = vec![false; layout.columns];
        for row in 0..layout.rows {
            let first = row * layout.columns;
            self.mark(row, changed, &mut touched);
            for run in touched.chunk_by(|a, b| a == b).scan(0, |start, run| {
                let columns = *start..*start + run.len();
                *start = columns.end;
                Some((run[0], columns))
            }) {
                match run {
                    (false, columns) => patch.keep(first + columns.start..first + columns.end),
                    (true, columns) => {
                        patch.flush();
                        let (before, writer) = (&mut patch.before, &mut patch.writer);
                        let coding = &self.coding;
                        coding.encode(picture, row, columns, &mut strip, before, writer, |_, _| ());
                    }
                }
            }
        }
        patch.flush();
        patch.writer.finish();
        out.extend([0xff, marker::EOI]);
        Ok(())
    }

    /// Tells for each MCU of a row whether a rectangle touches it.
    fn mark(&self, row: usize, changed: &[Rect], touched: &mut [bool]) {
        let layout = &self.coding.layout;
        touched.fill(false);
        let (top, bottom) = (row * layout.mcu_height, (row + 1) * layout.mcu_height);
        for rect in changed {
            let right = rect.x.saturating_add(rect.width).min(layout.width);
            let end = rect.y.saturating_add(rect.height).min(layout.height);
            if rect.x < right && rect.y.max(top) < end.min(bottom) {
                let columns = rect.x / layout.mcu_width..right.div_ceil(layout.mcu_width);
                touched[columns].fill(true);
            }
        }
    }
}

/// A file in the making.
struct Patch<'a> {
    base: &'a JpegBase,
    writer: BitWriter<'a, true>,
    /// The DC values before the next MCU in the new file.
    before: Before,
    /// MCUs that keep their bits and are not yet written.
    kept: Range<usize>,
}

impl Patch<'_> {
    /// Notes that the MCUs `run` keep their bits.
    fn keep(&mut self, run: Range<usize>) {
        if self.kept.is_empty() {
            self.kept = run;
        } else {
            self.kept.end = run.end;
        }
    }

    /// Writes the MCUs kept so far: the first with its DC differences put right, the rest as they
    /// are.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.kept);
        if run.is_empty() {
            return;
        }
        let (mut from, old) = self.base.end_of(run.start);
        if old != self.before {
            // The bits were read once already, when the base was made.
            from = self.splice(from, old).unwrap_or(from);
        }
        let (to, last) = self.base.end_of(run.end);
        self.writer.copy(&self.base.bits, from, to);
        self.before = last;
    }

    /// Writes the MCU at bit `from` so that it follows other DC values than the `old` ones;
    /// returns where it ends.
    fn splice(&mut self, from: usize, mut old: Before) -> Result<usize, SyntaxError> {
        let mut reader = BitReader::new(&self.base.bits, from);
        for component in self.base.coding.layout.blocks() {
            let (dc, ac) = &self.base.readings[component];
            let difference = reader.dc_difference(dc)?;
            let coefficients = reader.position();
            reader.ac_coefficients(ac, &mut [0; 64])?;
            let value = i32::from(old[component]) + difference;
            let (writing, _) = self.base.coding.tables(component);
            self.writer
                .put_dc(writing, value - i32::from(self.before[component]));
            self.writer
                .copy(&self.base.bits, coefficients, reader.position());
            (old[component], self.before[component]) = (value as i16, value as i16);
        }
        Ok(reader.position())
    }
}
