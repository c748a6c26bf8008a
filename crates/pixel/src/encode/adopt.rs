use super::JpegBase;
use super::coder::{Before, Coding};
use super::head::{Head, HeadComponent};
use crate::decode::{Limits, Orientation, orientation_of_exif};
use crate::jpeg::{
    BitReader, BitWriter, Block, Coefficients, Colour, Component, Entropy, Frame, Layout, Preamble,
    Process, Reading, Scan, ScanComponent, Segments, SyntaxError, Tables, Writing, marker,
    standard_ac, standard_dc,
};

/// Why a JPEG file cannot be the base of patches; decode it and use [`JpegBase::encode`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unadoptable {
    /// It has more pixels than are read by default.
    #[error("the JPEG picture is {width}×{height}, which is too large to keep for patching")]
    TooLarge {
        /// Columns.
        width: usize,
        /// Rows.
        height: usize,
    },
    /// The bytes are cut off.
    #[error("the JPEG file is cut off before its end")]
    Truncated,
    /// The bytes break the rules of the format.
    #[error("the JPEG file is damaged: {0}")]
    Damaged(&'static str),
    /// It is coded in a way that cannot be patched.
    #[error("the JPEG file uses {0}, which cannot be patched")]
    Unsupported(&'static str),
}

impl From<SyntaxError> for Unadoptable {
    fn from(error: SyntaxError) -> Self {
        match error {
            SyntaxError::Truncated => Unadoptable::Truncated,
            SyntaxError::Damaged(reason) => Unadoptable::Damaged(reason),
            SyntaxError::Unsupported(feature) => Unadoptable::Unsupported(feature),
        }
    }
}

impl JpegBase {
    /// Takes over an upright JPEG of 8-bit YCbCr or grey, its coefficients and quantisation
    /// unchanged.
    ///
    /// The Huffman tables of a sequential file are kept when they name every symbol that new
    /// content may need; those with tables made for their own content or with restart markers,
    /// and progressive files, are coded anew with the standard's. A colour profile is kept, every
    /// other application segment and comment (EXIF, XMP, thumbnails) is dropped, for they may
    /// tell more of a person than the picture does. Pictures beyond the default
    /// [`Limits`](crate::Limits) are refused.
    pub fn adopt(jpeg: &[u8]) -> Result<JpegBase, Unadoptable> {
        let preamble = Preamble::parse(jpeg)?;
        if !matches!(preamble.colour(), Colour::Grey | Colour::YCbCr) {
            return Err(Unadoptable::Unsupported(
                "colours other than YCbCr and grey",
            ));
        }
        let exif = preamble.exif.map(orientation_of_exif);
        if exif.unwrap_or_default() != Orientation::Upright {
            return Err(Unadoptable::Unsupported("an EXIF orientation"));
        }
        let frame = &preamble.frame;
        if frame.width == 0 || frame.height == 0 {
            return Err(Unadoptable::Damaged("it has no pixels"));
        }
        if frame.width * frame.height > Limits::default().max_pixels {
            return Err(Unadoptable::TooLarge {
                width: frame.width,
                height: frame.height,
            });
        }
        let layout = Layout::new(frame.width, frame.height, frame.components.iter());
        let (tables, scan, start) = read_tables(jpeg, frame)?;
        let profile = read_profile(jpeg)?;
        let mut entropy = Entropy::default();
        if frame.process == Process::Progressive || scan.components.len() < frame.components.len() {
            return adopt_coefficients(jpeg, frame, layout, profile, &mut entropy);
        }
        if (scan.first, scan.last, scan.high, scan.low) != (0, 63, 0, 0) {
            return Err(Unadoptable::Damaged("a sequential scan lacks coefficients"));
        }
        let head = Head {
            layout,
            components: components(frame, &scan, &tables)?,
            profile,
        };
        let end = entropy.load(jpeg, start)?;
        check_single_scan(jpeg, end)?;
        let keeps = tables.restart == 0 && head.components.iter().all(names_every_symbol);
        let mut adoption = Adoption::new(head, keeps);
        adoption.read(&entropy, tables.restart)?;
        Ok(adoption.into_base(entropy))
    }
}

/// Reads the tables before the first scan, its header, and where its data begin.
fn read_tables(jpeg: &[u8], frame: &Frame) -> Result<(Tables, Scan, usize), SyntaxError> {
    let mut segments = Segments::new(jpeg)?;
    let mut tables = Tables::default();
    loop {
        let segment = segments.next()?;
        match segment.marker {
            marker::SOS => {
                let scan = Scan::parse(&segment, &frame.components)?;
                return Ok((tables, scan, segment.end));
            }
            _ => tables.update(&segment)?,
        }
    }
}

/// The APP2 payloads that hold a colour profile.
fn read_profile(jpeg: &[u8]) -> Result<Vec<Vec<u8>>, SyntaxError> {
    let mut segments = Segments::new(jpeg)?;
    let mut profile = Vec::new();
    loop {
        let segment = segments.next()?;
        match segment.marker {
            marker::SOS => return Ok(profile),
            marker::APP2 if segment.payload.starts_with(b"ICC_PROFILE\0") => {
                profile.push(segment.payload.to_vec());
            }
            _ => {}
        }
    }
}

/// The components with the tables that the file codes them by.
fn components(
    frame: &Frame,
    scan: &Scan,
    tables: &Tables,
) -> Result<Vec<HeadComponent>, Unadoptable> {
    const ABSENT: Unadoptable = Unadoptable::Damaged("a table is missing");
    let pairs = frame.components.iter().zip(&scan.components);
    pairs
        .map(|(frame, scan)| {
            Ok(HeadComponent {
                frame: *frame,
                scan: *scan,
                steps: tables.quantisation[frame.quantisation].ok_or(ABSENT)?,
                dc: tables.dc[scan.dc].clone().ok_or(ABSENT)?,
                ac: tables.ac[scan.ac].clone().ok_or(ABSENT)?,
            })
        })
        .collect()
}

/// Adopts a file whose coefficients come in several scans.
fn adopt_coefficients(
    jpeg: &[u8],
    frame: &Frame,
    layout: Layout,
    profile: Vec<Vec<u8>>,
    entropy: &mut Entropy,
) -> Result<JpegBase, Unadoptable> {
    if Coefficients::bytes(&layout) > Limits::default().max_working_bytes {
        return Err(Unadoptable::Unsupported(
            "several scans for very many pixels",
        ));
    }
    let mut coefficients = Coefficients::default();
    coefficients.read(jpeg, frame, &layout, entropy)?;
    let planes = frame
        .components
        .iter()
        .zip(&coefficients.planes)
        .enumerate();
    let components = planes
        .map(|(index, (frame, plane))| HeadComponent {
            frame: Component {
                quantisation: index,
                ..*frame
            },
            scan: ScanComponent {
                index,
                dc: usize::from(index > 0),
                ac: usize::from(index > 0),
            },
            steps: *plane.steps(),
            dc: standard_dc(index == 0),
            ac: standard_ac(index == 0),
        })
        .collect();
    let head = Head {
        layout,
        components,
        profile,
    };
    let mut adoption = Adoption::new(head, false);
    adoption.write(&coefficients)?;
    Ok(adoption.into_base(Entropy::default()))
}

/// Checks that behind the first scan, at `end`, the file ends.
fn check_single_scan(jpeg: &[u8], end: usize) -> Result<(), Unadoptable> {
    let mut segments = Segments::resume(jpeg, end);
    loop {
        match segments.next()?.marker {
            marker::EOI => return Ok(()),
            marker::SOS => return Err(Unadoptable::Unsupported("several scans")),
            marker::DNL => return Err(Unadoptable::Unsupported("a number of lines at the end")),
            _ => {}
        }
    }
}

/// Whether the component's tables have a code for all that 8-bit pictures need.
fn names_every_symbol(entry: &HeadComponent) -> bool {
    let ac = (0..16).flat_map(|run| (1..=10).map(move |size| run << 4 | size));
    Writing::new(&entry.dc).names(0..=11) && Writing::new(&entry.ac).names(ac.chain([0, 0xf0]))
}

/// A base in the making.
struct Adoption {
    head: Head,
    coding: Coding,
    /// The tables of the file.
    readings: Vec<(Reading, Reading)>,
    /// The data written anew, when they do not stay.
    rewritten: Option<Vec<u8>>,
    ends: Vec<(usize, Before)>,
}

impl Adoption {
    fn new(mut head: Head, keeps: bool) -> Adoption {
        let readings = head.readings();
        if !keeps {
            for (index, entry) in head.components.iter_mut().enumerate() {
                let luma = index == 0;
                (entry.scan.dc, entry.scan.ac) = (usize::from(!luma), usize::from(!luma));
                (entry.dc, entry.ac) = (standard_dc(luma), standard_ac(luma));
            }
        }
        Adoption {
            coding: Coding::new(&head),
            readings,
            rewritten: (!keeps).then(Vec::new),
            ends: Vec::new(),
            head,
        }
    }

    /// Reads every MCU to learn where it ends and its DC values, and writes it anew if need be.
    fn read(&mut self, entropy: &Entropy, restart: usize) -> Result<(), Unadoptable> {
        let count = self.head.layout.rows * self.head.layout.columns;
        let blocks: Vec<usize> = self.head.layout.blocks().collect();
        let mut writer = self.rewritten.as_mut().map(BitWriter::<false>::new);
        let (mut interval, mut reader) = (0..0, BitReader::new(&[], 0));
        let (mut before, mut written) = (Before::default(), Before::default());
        let every = if restart == 0 { count } else { restart };
        for mcu in 0..count {
            if mcu % every == 0 {
                interval = entropy
                    .interval(mcu / every)
                    .ok_or(Unadoptable::Truncated)?;
                reader = BitReader::new(entropy.data(), interval.start * 8);
                before = Before::default();
            }
            for &component in &blocks {
                let mut block = [0; 64];
                let (dc, ac) = &self.readings[component];
                let difference = reader.dc_difference(dc)?;
                reader.ac_coefficients(ac, &mut block)?;
                let value = i32::from(before[component]) + difference;
                if !(-1024..=1023).contains(&value) {
                    return Err(Unadoptable::Unsupported("coefficients out of range"));
                }
                before[component] = value as i16;
                block[0] = before[component];
                if let Some(writer) = &mut writer {
                    let (dc, ac) = self.coding.tables(component);
                    writer.put_dc(dc, value - i32::from(written[component]));
                    check_range(&block)?;
                    writer.put_ac(ac, &block);
                    written[component] = value as i16;
                }
            }
            if reader.position() > interval.end * 8 {
                return Err(Unadoptable::Truncated);
            }
            let position = writer
                .as_ref()
                .map_or(reader.position(), BitWriter::position);
            self.ends.push((position, before));
        }
        if let Some(writer) = writer {
            writer.finish();
        }
        Ok(())
    }

    /// Writes every MCU from its coefficients.
    fn write(&mut self, coefficients: &Coefficients) -> Result<(), Unadoptable> {
        let layout = &self.head.layout;
        let mut writer = BitWriter::<false>::new(self.rewritten.get_or_insert_default());
        let mut before = Before::default();
        for mcu in 0..layout.rows * layout.columns {
            let (row, column) = (mcu / layout.columns, mcu % layout.columns);
            let planes = layout.planes.iter().zip(&coefficients.planes);
            for (index, (shape, plane)) in planes.enumerate() {
                let (dc, ac) = self.coding.tables(index);
                for (v, h) in shape.places() {
                    let y = row * shape.vertical + v;
                    let x = column * shape.horizontal + h;
                    let block = &plane.blocks[y * plane.columns + x];
                    check_range(block)?;
                    writer.put_dc(dc, i32::from(block[0]) - i32::from(before[index]));
                    writer.put_ac(ac, block);
                    before[index] = block[0];
                }
            }
            self.ends.push((writer.position(), before));
        }
        writer.finish();
        Ok(())
    }

    fn into_base(self, entropy: Entropy) -> JpegBase {
        JpegBase {
            readings: self.head.readings(),
            bits: self.rewritten.unwrap_or_else(|| entropy.into_data()),
            head: self.head,
            coding: self.coding,
            ends: self.ends,
        }
    }
}

/// Checks that the standard's tables can code the block.
fn check_range(block: &Block) -> Result<(), Unadoptable> {
    let [dc, ac @ ..] = block;
    let fine = (-1024..=1023).contains(dc) && ac.iter().all(|value| (-1023..=1023).contains(value));
    match fine {
        true => Ok(()),
        false => Err(Unadoptable::Unsupported("coefficients out of range")),
    }
}
