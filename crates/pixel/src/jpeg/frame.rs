use super::{Segment, Segments, SyntaxError, marker};

/// How the samples were coded, as far as it is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Process {
    /// Baseline or extended sequential DCT with Huffman coding (SOF0, SOF1).
    Sequential,
    /// Progressive DCT with Huffman coding (SOF2).
    Progressive,
}

/// One colour component of a frame (T.81, B.2.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Component {
    /// The name by which scans call it.
    pub(crate) id: u8,
    /// Horizontal sampling factor, 1..=4.
    pub(crate) horizontal: usize,
    /// Vertical sampling factor, 1..=4.
    pub(crate) vertical: usize,
    /// Which quantisation table it uses, 0..=3.
    pub(crate) quantisation: usize,
}

/// A frame header of 8-bit samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// How the samples were coded.
    pub(crate) process: Process,
    /// Columns of the picture, 1..=65535.
    pub(crate) width: usize,
    /// Rows of the picture, 1..=65535.
    pub(crate) height: usize,
    /// One component (grey), three or four.
    pub(crate) components: Vec<Component>,
}

impl Frame {
    /// Whether the marker begins a frame header.
    pub(crate) fn is_frame(code: u8) -> bool {
        matches!(code, 0xc0..=0xcf) && !matches!(code, marker::DHT | marker::JPG | marker::DAC)
    }

    /// Reads the frame header in `segment`, or says why pictures like this one are not read.
    pub(crate) fn parse(segment: &Segment<'_>) -> Result<Frame, SyntaxError> {
        let process = match segment.marker {
            marker::SOF0 | marker::SOF1 => Process::Sequential,
            marker::SOF2 => Process::Progressive,
            marker::SOF3 => return Err(SyntaxError::Unsupported("lossless coding")),
            0xc5..=0xc7 | 0xcd..=0xcf => {
                return Err(SyntaxError::Unsupported("hierarchical coding"));
            }
            _ => return Err(SyntaxError::Unsupported("arithmetic coding")),
        };
        let [precision, y1, y0, x1, x0, count, components @ ..] = segment.payload else {
            return Err(SyntaxError::Damaged("its frame header is too short"));
        };
        if *precision != 8 {
            return Err(SyntaxError::Unsupported("samples that have not 8 bits"));
        }
        let height = usize::from(u16::from_be_bytes([*y1, *y0]));
        let width = usize::from(u16::from_be_bytes([*x1, *x0]));
        if components.len() != 3 * usize::from(*count) {
            return Err(SyntaxError::Damaged("its frame header has a wrong length"));
        }
        if !matches!(count, 1 | 3 | 4) {
            return Err(SyntaxError::Unsupported(
                "a number of colour components that is not 1, 3 or 4",
            ));
        }
        let (triples, _) = components.as_chunks::<3>();
        let components = triples
            .iter()
            .map(Component::parse)
            .collect::<Result<Vec<_>, _>>()?;
        for (index, component) in components.iter().enumerate() {
            if components[..index]
                .iter()
                .any(|other| other.id == component.id)
            {
                return Err(SyntaxError::Damaged("two components have the same name"));
            }
        }
        check_sampling(&components)?;
        Ok(Frame {
            process,
            width,
            height,
            components,
        })
    }
}

fn check_sampling(components: &[Component]) -> Result<(), SyntaxError> {
    let (mut most_x, mut most_y, mut blocks) = (1, 1, 0);
    for component in components {
        most_x = most_x.max(component.horizontal);
        most_y = most_y.max(component.vertical);
        blocks += component.horizontal * component.vertical;
    }
    if components.len() > 1 && blocks > 10 {
        return Err(SyntaxError::Damaged("an MCU has more than 10 blocks"));
    }
    let whole = |component: &Component| {
        most_x.is_multiple_of(component.horizontal) && most_y.is_multiple_of(component.vertical)
    };
    if !components.iter().all(whole) {
        return Err(SyntaxError::Unsupported("a fractional sampling of colour"));
    }
    Ok(())
}

impl Component {
    fn parse(&[id, sampling, quantisation]: &[u8; 3]) -> Result<Component, SyntaxError> {
        let component = Component {
            id,
            horizontal: usize::from(sampling >> 4),
            vertical: usize::from(sampling & 15),
            quantisation: usize::from(quantisation),
        };
        let factors = 1..=4;
        if !factors.contains(&component.horizontal) || !factors.contains(&component.vertical) {
            return Err(SyntaxError::Damaged("a sampling factor is not 1 to 4"));
        }
        if component.quantisation > 3 {
            return Err(SyntaxError::Damaged("a quantisation table is not 0 to 3"));
        }
        Ok(component)
    }
}

/// What the components of a frame mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    /// One component: luma.
    Grey,
    /// Luma and two colour differences (Rec. 601, full range).
    YCbCr,
    /// Red, green, blue.
    Rgb,
    /// Four inks, 255 for none, as Adobe's programs and after them all others write them.
    Cmyk,
    /// The inks cyan, magenta, yellow, 255 for full, as if they were RGB in YCbCr; then black, 255
    /// for none.
    Ycck,
}

/// What stands before the first scan.
#[derive(Clone, Debug)]
pub(crate) struct Preamble<'a> {
    /// The frame header.
    pub(crate) frame: Frame,
    /// The EXIF block, its TIFF header first.
    pub(crate) exif: Option<&'a [u8]>,
    /// Whether a JFIF header says that three components are YCbCr.
    pub(crate) jfif: bool,
    /// The colour transform an Adobe segment names: 0 none, 1 YCbCr, 2 YCCK.
    pub(crate) adobe: Option<u8>,
}

impl<'a> Preamble<'a> {
    /// What the components mean: what the JFIF or Adobe segment says, else what their names do.
    pub(crate) fn colour(&self) -> Colour {
        let names: Vec<u8> = self.frame.components.iter().map(|entry| entry.id).collect();
        match (names.len(), self.adobe) {
            (1, _) => Colour::Grey,
            (3, _) if self.jfif => Colour::YCbCr,
            (3, Some(0)) => Colour::Rgb,
            (3, None) if names == *b"RGB" => Colour::Rgb,
            (3, _) => Colour::YCbCr,
            (_, Some(2)) => Colour::Ycck,
            _ => Colour::Cmyk,
        }
    }

    /// Reads the segments up to the first scan header.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Preamble<'a>, SyntaxError> {
        let mut segments = Segments::new(bytes)?;
        let (mut frame, mut exif, mut jfif, mut adobe) = (None, None, false, None);
        loop {
            let segment = segments.next()?;
            match segment.marker {
                code if Frame::is_frame(code) => {
                    if frame.is_some() {
                        return Err(SyntaxError::Damaged("it has two frame headers"));
                    }
                    frame = Some(Frame::parse(&segment)?);
                }
                marker::DHP => return Err(SyntaxError::Unsupported("hierarchical coding")),
                marker::DAC => return Err(SyntaxError::Unsupported("arithmetic coding")),
                marker::APP0 => jfif |= segment.payload.starts_with(b"JFIF\0"),
                marker::APP1 if exif.is_none() => {
                    exif = segment.payload.strip_prefix(b"Exif\0\0");
                }
                marker::APP14 if segment.payload.starts_with(b"Adobe") => {
                    adobe = segment.payload.get(11).copied();
                }
                marker::EOI => return Err(SyntaxError::Damaged("it ends before any scan")),
                marker::SOS => break,
                _ => {}
            }
        }
        let frame = frame.ok_or(SyntaxError::Damaged(
            "a scan stands before the frame header",
        ))?;
        Ok(Preamble {
            frame,
            exif,
            jfif,
            adobe,
        })
    }
}
