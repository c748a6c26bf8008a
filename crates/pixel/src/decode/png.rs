use std::io::{Cursor, ErrorKind};

use super::orientation::orientation_of_exif;
use super::sniff::PNG_SIGNATURE;
use super::{DecodeError, Decoded, Format, Limits, Orientation};
use crate::{Image, Rect, Srgb8};

fn damaged(reason: &impl ToString) -> DecodeError {
    DecodeError::Damaged {
        format: Format::Png,
        reason: reason.to_string(),
    }
}

const TRUNCATED: DecodeError = DecodeError::Truncated {
    format: Format::Png,
};

/// Stored width and height, and how to turn them; checks that no chunk is missing at the end.
pub(super) fn probe(bytes: &[u8]) -> Result<(usize, usize, Orientation), DecodeError> {
    let mut rest = bytes.strip_prefix(PNG_SIGNATURE).ok_or(TRUNCATED)?;
    let (mut size, mut orientation) = (None, Orientation::Upright);
    loop {
        let (head, after) = rest.split_first_chunk::<8>().ok_or(TRUNCATED)?;
        let [l3, l2, l1, l0, name @ ..] = *head;
        let length = u32::from_be_bytes([l3, l2, l1, l0]) as usize;
        let data = after.get(..length).ok_or(TRUNCATED)?;
        rest = after
            .get(length..)
            .and_then(|tail| tail.get(4..))
            .ok_or(TRUNCATED)?;
        match (&name, size) {
            (b"IHDR", None) => size = Some(size_of_header(data)?),
            (_, None) => return Err(damaged(&"it does not begin with its header")),
            (b"eXIf", _) => orientation = orientation_of_exif(data),
            // The reader below takes these lengths for granted.
            (b"PLTE", _)
                if data.is_empty() || !data.len().is_multiple_of(3) || data.len() > 768 =>
            {
                return Err(damaged(&"its palette has a wrong length"));
            }
            (b"tRNS", _) if data.len() > 256 => {
                return Err(damaged(&"its transparency has a wrong length"));
            }
            (b"IEND", Some((width, height))) => return Ok((width, height, orientation)),
            _ => {}
        }
    }
}

fn size_of_header(data: &[u8]) -> Result<(usize, usize), DecodeError> {
    let [w3, w2, w1, w0, h3, h2, h1, h0, ..] = *data else {
        return Err(damaged(&"its header is too short"));
    };
    let width = u32::from_be_bytes([w3, w2, w1, w0]);
    let height = u32::from_be_bytes([h3, h2, h1, h0]);
    Ok((width as usize, height as usize))
}

/// Decodes into `decoded`, turned upright, its sides divided by `reduction`; every channel comes
/// out with 8 bits, the deeper ones cut off. Of an animation the default picture is taken.
pub(super) fn decode(
    bytes: &[u8],
    turn: Orientation,
    reduction: usize,
    limits: &Limits,
    decoded: &mut Decoded,
) -> Result<(), DecodeError> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    // Texts and profiles are not used, and may be bombs of their own.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().map_err(refuse)?;
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    let kind = reader.output_color_type().0;
    let stride = width * kind.samples();
    let mut output = Output::new(width, height, reduction, kind, turn, decoded);
    if reader.info().interlaced {
        let needed = stride.saturating_mul(height);
        if needed > limits.max_working_bytes {
            return Err(DecodeError::TooMuchMemory {
                format: Format::Png,
                needed,
                limit: limits.max_working_bytes,
            });
        }
        let mut samples = vec![0; needed];
        reader.next_frame(&mut samples).map_err(refuse)?;
        for row in samples.chunks_exact(stride) {
            output.put(row);
        }
    } else {
        let mut row = vec![0; stride];
        for _ in 0..height {
            reader
                .read_row(&mut row)
                .map_err(refuse)?
                .ok_or(TRUNCATED)?;
            output.put(&row);
        }
    }
    output.finish();
    Ok(())
}

fn refuse(error: png::DecodingError) -> DecodeError {
    match error {
        png::DecodingError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => TRUNCATED,
        error => damaged(&error),
    }
}

/// Where rows of samples go.
struct Output<'a> {
    kind: png::ColorType,
    reduction: usize,
    /// Columns as stored, and columns and rows of the result before it is turned.
    width: usize,
    size: (usize, usize),
    turn: Orientation,
    /// Pixels on white and their opacity, a row as stored.
    row: Vec<[u8; 4]>,
    /// Sums over the rows and columns that become one.
    sums: Vec<[u32; 4]>,
    summed: usize,
    /// Finished rows that were not placed yet, and the place of the first.
    colours: Image<Srgb8>,
    opacities: Image<u8>,
    ready: usize,
    top: usize,
    decoded: &'a mut Decoded,
    alpha: Image<u8>,
}

/// Rows placed at a time, so that turning a picture touches each of its rows seldom.
const BAND: usize = 16;

impl<'a> Output<'a> {
    fn new(
        width: usize,
        height: usize,
        reduction: usize,
        kind: png::ColorType,
        turn: Orientation,
        decoded: &'a mut Decoded,
    ) -> Output<'a> {
        let size = (width.div_ceil(reduction), height.div_ceil(reduction));
        let (upright_width, upright_height) = turn.upright_size(size.0, size.1);
        decoded
            .pixels
            .reshape(upright_width, upright_height, Srgb8::WHITE);
        let mut alpha = decoded.alpha.take().unwrap_or_default();
        let has_alpha = has_alpha(kind);
        if has_alpha {
            alpha.reshape(upright_width, upright_height, 255);
        }
        Output {
            kind,
            reduction,
            width,
            size,
            turn,
            row: vec![[0; 4]; width],
            sums: vec![[0; 4]; size.0],
            summed: 0,
            colours: Image::new(size.0, BAND, Srgb8::WHITE),
            opacities: Image::new(size.0, if has_alpha { BAND } else { 0 }, 255),
            ready: 0,
            top: 0,
            decoded,
            alpha,
        }
    }

    /// Takes the next row of samples.
    fn put(&mut self, samples: &[u8]) {
        let opaque = |[r, g, b]: [u8; 3]| [r, g, b, 255];
        let over_white = |rgb: [u8; 3], opacity: u8| {
            let [r, g, b] = rgb.map(|channel| over_white(channel, opacity));
            [r, g, b, opacity]
        };
        match self.kind {
            png::ColorType::Grayscale => self.fill(samples.iter().map(|l| opaque([*l; 3]))),
            png::ColorType::Rgb | png::ColorType::Indexed => {
                self.fill(samples.as_chunks::<3>().0.iter().map(|rgb| opaque(*rgb)));
            }
            png::ColorType::GrayscaleAlpha => {
                let pairs = samples.as_chunks::<2>().0.iter();
                self.fill(pairs.map(|[l, a]| over_white([*l; 3], *a)));
            }
            png::ColorType::Rgba => {
                let fours = samples.as_chunks::<4>().0.iter();
                self.fill(fours.map(|[r, g, b, a]| over_white([*r, *g, *b], *a)));
            }
        }
        if self.reduction == 1 {
            self.push_row(|output, x| output.row[x]);
            return;
        }
        for (x, pixel) in self.row.iter().enumerate() {
            for (sum, value) in self.sums[x / self.reduction].iter_mut().zip(pixel) {
                *sum += u32::from(*value);
            }
        }
        self.summed += 1;
        if self.summed == self.reduction {
            self.push_mean();
        }
    }

    fn fill(&mut self, pixels: impl Iterator<Item = [u8; 4]>) {
        for (place, pixel) in self.row.iter_mut().zip(pixels) {
            *place = pixel;
        }
    }

    /// Ends a row of means.
    fn push_mean(&mut self) {
        let (width, reduction, rows) = (self.width, self.reduction, self.summed);
        self.push_row(|output, x| {
            let columns = reduction.min(width - x * reduction);
            let count = (columns * rows) as u32;
            output.sums[x].map(|sum| ((sum + count / 2) / count) as u8)
        });
        self.sums.fill([0; 4]);
        self.summed = 0;
    }

    /// Takes a finished row.
    fn push_row(&mut self, pixel: impl Fn(&Self, usize) -> [u8; 4]) {
        for x in 0..self.size.0 {
            let [r, g, b, a] = pixel(self, x);
            self.colours.row_mut(self.ready)[x] = Srgb8([r, g, b]);
            if has_alpha(self.kind) {
                self.opacities.row_mut(self.ready)[x] = a;
            }
        }
        self.ready += 1;
        if self.ready == BAND {
            self.place();
        }
    }

    /// Places the finished rows.
    fn place(&mut self) {
        let rect = Rect {
            x: 0,
            y: 0,
            width: self.size.0,
            height: self.ready,
        };
        if let Some(rows) = self.colours.view().crop(rect) {
            self.turn.place(rows, self.top, &mut self.decoded.pixels);
        }
        if has_alpha(self.kind)
            && let Some(rows) = self.opacities.view().crop(rect)
        {
            self.turn.place(rows, self.top, &mut self.alpha);
        }
        self.top += self.ready;
        self.ready = 0;
    }

    fn finish(mut self) {
        if self.summed > 0 {
            self.push_mean();
        }
        self.place();
        let shows = has_alpha(self.kind) && self.alpha.pixels().iter().any(|value| *value != 255);
        self.decoded.alpha = shows.then_some(self.alpha);
    }
}

fn has_alpha(kind: png::ColorType) -> bool {
    matches!(kind, png::ColorType::GrayscaleAlpha | png::ColorType::Rgba)
}

/// A gamma-encoded channel of the given opacity in front of white.
fn over_white(channel: u8, opacity: u8) -> u8 {
    let (channel, opacity) = (u32::from(channel), u32::from(opacity));
    ((channel * opacity + 255 * (255 - opacity) + 127) / 255) as u8
}
