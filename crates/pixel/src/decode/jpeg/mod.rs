//! JPEG files to pixels, a row of MCUs at a time.

mod band;
mod colour;
mod inverse;

use super::orientation::orientation_of_exif;
use super::{DecodeError, Format, Limits, Orientation};
use crate::jpeg::{
    BitReader, Coefficients, Colour, Entropy, Layout, Preamble, Process, Reading, Scan, Segments,
    SyntaxError, Tables, marker,
};
use crate::{Image, Rect, Srgb8};

use band::{Band, Stretch};

/// Memory kept between pictures.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    entropy: Entropy,
    coefficients: Coefficients,
    stretch: [Stretch; 4],
    rows: Image<Srgb8>,
}

impl From<SyntaxError> for DecodeError {
    fn from(error: SyntaxError) -> Self {
        let format = Format::Jpeg;
        match error {
            SyntaxError::Truncated => DecodeError::Truncated { format },
            SyntaxError::Damaged(reason) => DecodeError::Damaged {
                format,
                reason: reason.to_owned(),
            },
            SyntaxError::Unsupported(feature) => DecodeError::Unsupported { format, feature },
        }
    }
}

/// Stored width and height, and how to turn them.
pub(super) fn probe(bytes: &[u8]) -> Result<(usize, usize, Orientation), DecodeError> {
    let preamble = Preamble::parse(bytes)?;
    let orientation = preamble.exif.map(orientation_of_exif).unwrap_or_default();
    Ok((preamble.frame.width, preamble.frame.height, orientation))
}

/// Decodes into `pixels`, turned upright, its sides divided by `reduction`: 1, 2, 4 or 8.
pub(super) fn decode(
    bytes: &[u8],
    turn: Orientation,
    reduction: usize,
    limits: &Limits,
    scratch: &mut Scratch,
    pixels: &mut Image<Srgb8>,
) -> Result<(), DecodeError> {
    let preamble = Preamble::parse(bytes)?;
    let frame = &preamble.frame;
    let layout = Layout::new(frame.width, frame.height, frame.components.iter());
    let (width, height) = (
        layout.width.div_ceil(reduction),
        layout.height.div_ceil(reduction),
    );
    let (upright_width, upright_height) = turn.upright_size(width, height);
    pixels.reshape(upright_width, upright_height, Srgb8::BLACK);
    let mut output = Output {
        colour: preamble.colour(),
        bands: Vec::new(),
        height,
        rows: layout.mcu_height / reduction,
        turn,
        pixels,
        stretch: &mut scratch.stretch,
        buffer: &mut scratch.rows,
    };
    output.buffer.reshape(width, output.rows, Srgb8::BLACK);
    match OneScan::find(bytes, &preamble)? {
        Some(scan) => {
            let bands = scan.steps.iter().enumerate();
            output.bands = bands
                .map(|(index, steps)| Band::new(&layout, index, steps, reduction))
                .collect();
            scan.decode(bytes, &layout, &mut scratch.entropy, &mut output)
        }
        None => {
            let needed = Coefficients::bytes(&layout);
            if needed > limits.max_working_bytes {
                return Err(DecodeError::TooMuchMemory {
                    format: Format::Jpeg,
                    needed,
                    limit: limits.max_working_bytes,
                });
            }
            let coefficients = &mut scratch.coefficients;
            coefficients.read(bytes, frame, &layout, &mut scratch.entropy)?;
            let bands = coefficients.planes.iter().enumerate();
            output.bands = bands
                .map(|(index, plane)| Band::new(&layout, index, plane.steps(), reduction))
                .collect();
            write_coefficients(coefficients, &layout, &mut output);
            Ok(())
        }
    }
}

/// Where finished samples go.
struct Output<'a> {
    colour: Colour,
    bands: Vec<Band>,
    /// Rows of the picture as it is stored.
    height: usize,
    /// Rows of the picture that a row of MCUs gives.
    rows: usize,
    turn: Orientation,
    pixels: &'a mut Image<Srgb8>,
    stretch: &'a mut [Stretch; 4],
    buffer: &'a mut Image<Srgb8>,
}

impl Output<'_> {
    /// Ends row `row` of MCUs, whose blocks the bands hold, and writes the row before.
    fn end_row(&mut self, row: usize) {
        if row > 0 {
            for band in &mut self.bands {
                band.join(true);
            }
            self.write(row - 1);
        }
        for band in &mut self.bands {
            band.turn(row);
        }
    }

    /// Ends the picture of `rows` rows of MCUs.
    fn end(&mut self, rows: usize) {
        for band in &mut self.bands {
            band.join(false);
        }
        self.write(rows - 1);
    }

    /// Writes the pixels of row `row` of MCUs, those that the bands hold as the last.
    fn write(&mut self, row: usize) {
        let top = row * self.rows;
        let count = self.rows.min(self.height.saturating_sub(top));
        for y in 0..count {
            let mut rows: [&[u8]; 4] = [&[]; 4];
            let bands = self.bands.iter().zip(self.stretch.iter_mut());
            for (row, (band, stretch)) in rows.iter_mut().zip(bands) {
                *row = band.row(y, stretch);
            }
            let out = match self.turn {
                Orientation::Upright => self.pixels.row_mut(top + y),
                _ => self.buffer.row_mut(y),
            };
            colour::write_row(self.colour, rows, out);
        }
        if self.turn != Orientation::Upright {
            let rect = Rect {
                x: 0,
                y: 0,
                width: self.buffer.width(),
                height: count,
            };
            if let Some(rows) = self.buffer.view().crop(rect) {
                self.turn.place(rows, top, self.pixels);
            }
        }
    }
}

/// A sequential picture whose one scan holds all components, as nearly all files have it.
struct OneScan {
    steps: Vec<[u16; 64]>,
    readings: Vec<(Reading, Reading)>,
    /// MCUs between restart markers.
    restart: usize,
    start: usize,
}

impl OneScan {
    /// Looks at the first scan; `None` when the picture comes in several or is progressive.
    fn find(bytes: &[u8], preamble: &Preamble<'_>) -> Result<Option<OneScan>, SyntaxError> {
        let frame = &preamble.frame;
        if frame.process != Process::Sequential {
            return Ok(None);
        }
        let mut segments = Segments::new(bytes)?;
        let mut tables = Tables::default();
        let (scan, start) = loop {
            let segment = segments.next()?;
            match segment.marker {
                marker::SOS => break (Scan::parse(&segment, &frame.components)?, segment.end),
                _ => tables.update(&segment)?,
            }
        };
        if scan.components.len() != frame.components.len() {
            return Ok(None);
        }
        const ABSENT: SyntaxError = SyntaxError::Damaged("a table is missing");
        let steps = frame.components.iter();
        let readings = scan.components.iter();
        Ok(Some(OneScan {
            steps: steps
                .map(|component| tables.quantisation[component.quantisation].ok_or(ABSENT))
                .collect::<Result<_, _>>()?,
            readings: readings
                .map(|component| {
                    let dc = tables.dc[component.dc].as_ref().ok_or(ABSENT)?;
                    let ac = tables.ac[component.ac].as_ref().ok_or(ABSENT)?;
                    Ok((Reading::new(dc), Reading::new(ac)))
                })
                .collect::<Result<_, _>>()?,
            restart: tables.restart_or_never(),
            start,
        }))
    }

    /// Decodes the scan into `output`.
    fn decode(
        &self,
        bytes: &[u8],
        layout: &Layout,
        entropy: &mut Entropy,
        output: &mut Output<'_>,
    ) -> Result<(), DecodeError> {
        let end = entropy.load(bytes, self.start)?;
        let mut segments = Segments::resume(bytes, end);
        while segments.next()?.marker != marker::EOI {}
        let every = self.restart;
        let (mut interval, mut reader) = (0..0, BitReader::new(&[], 0));
        let mut before = [0_i32; 4];
        for mcu in 0..layout.rows * layout.columns {
            if mcu % every == 0 {
                check(&reader, interval.end)?;
                interval = entropy
                    .interval(mcu / every)
                    .ok_or(SyntaxError::Truncated)?;
                reader = BitReader::new(entropy.data(), interval.start * 8);
                before = [0; 4];
            }
            let (row, column) = (mcu / layout.columns, mcu % layout.columns);
            let parts = layout
                .planes
                .iter()
                .zip(&self.readings)
                .zip(&mut output.bands);
            for (((plane, (dc, ac)), band), before) in parts.zip(&mut before) {
                for (v, h) in plane.places() {
                    let mut block = [0; 64];
                    *before = before.wrapping_add(reader.dc_difference(dc)?);
                    block[0] = *before as i16;
                    let end = reader.ac_coefficients(ac, &mut block)?;
                    band.put(column * plane.horizontal + h, v, &block, end);
                }
            }
            if column + 1 == layout.columns {
                check(&reader, interval.end)?;
                output.end_row(row);
            }
        }
        output.end(layout.rows);
        Ok(())
    }
}

/// Checks that all that was read was there.
fn check(reader: &BitReader<'_>, end: usize) -> Result<(), SyntaxError> {
    match reader.position() <= end * 8 {
        true => Ok(()),
        false => Err(SyntaxError::Truncated),
    }
}

/// Writes a picture from all its coefficients.
fn write_coefficients(coefficients: &Coefficients, layout: &Layout, output: &mut Output<'_>) {
    for row in 0..layout.rows {
        let parts = layout.planes.iter().zip(&coefficients.planes);
        for ((shape, plane), band) in parts.zip(&mut output.bands) {
            for v in 0..shape.vertical {
                let start = (row * shape.vertical + v) * plane.columns;
                for (x, block) in plane.blocks[start..][..plane.columns].iter().enumerate() {
                    let flat = block[1..].iter().all(|value| *value == 0);
                    band.put(x, v, block, if flat { 1 } else { 64 });
                }
            }
        }
        output.end_row(row);
    }
    output.end(layout.rows);
}
