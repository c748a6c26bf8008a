use super::JpegBase;
use super::coder::{Before, Coding};
use super::head::{Head, HeadComponent};
use crate::Orientation;
use crate::decode::orientation_of_exif;
use crate::jpeg::{
    BitReader, BitWriter, Block, Colour, Entropy, Layout, Preamble, Process, Reading, Scan,
    Segments, SyntaxError, Tables, Writing, marker, standard_ac, standard_dc,
};

/// Why a JPEG file cannot be the base of patches; decode it and use [`JpegBase::encode`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unadoptable {
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
    /// Takes over an upright sequential JPEG of 8-bit YCbCr or grey in one scan, its coefficients
    /// and quantisation unchanged.
    ///
    /// Its Huffman tables are kept when they name every symbol that new content may need; files
    /// with tables made for their own content, or with restart markers, get the standard's. A
    /// colour profile is kept, every other application segment and comment (EXIF, XMP, thumbnails)
    /// is dropped, for they may tell more of a person than the picture does.
    pub fn adopt(jpeg: &[u8]) -> Result<JpegBase, Unadoptable> {
        let preamble = Preamble::parse(jpeg)?;
        if preamble.frame.process != Process::Sequential {
            return Err(Unadoptable::Unsupported("progressive coding"));
        }
        if !matches!(preamble.colour(), Colour::Grey | Colour::YCbCr) {
            return Err(Unadoptable::Unsupported(
                "colours other than YCbCr and grey",
            ));
        }
        let exif = preamble.exif.map(orientation_of_exif);
        if exif.unwrap_or_default() != Orientation::Upright {
            return Err(Unadoptable::Unsupported("an EXIF orientation"));
        }
        if preamble.frame.width == 0 || preamble.frame.height == 0 {
            return Err(Unadoptable::Damaged("it has no pixels"));
        }
        let (head, restart, start) = read_head(jpeg, &preamble)?;
        let mut entropy = Entropy::default();
        let end = entropy.load(jpeg, start)?;
        check_single_scan(jpeg, end)?;
        let keeps = restart == 0 && head.components.iter().all(names_every_symbol);
        let mut adoption = Adoption::new(head, keeps);
        adoption.read(&entropy, restart)?;
        Ok(adoption.into_base(entropy))
    }
}

/// Reads the tables and the scan header; returns also the restart interval and where the
/// entropy-coded data begin.
fn read_head(jpeg: &[u8], preamble: &Preamble<'_>) -> Result<(Head, usize, usize), Unadoptable> {
    let frame = &preamble.frame;
    let mut segments = Segments::new(jpeg)?;
    let (mut tables, mut profile) = (Tables::default(), Vec::new());
    let (scan, start) = loop {
        let segment = segments.next()?;
        match segment.marker {
            marker::SOS => break (Scan::parse(&segment, &frame.components)?, segment.end),
            marker::APP2 if segment.payload.starts_with(b"ICC_PROFILE\0") => {
                profile.push(segment.payload.to_vec());
            }
            _ => tables.update(&segment)?,
        }
    };
    if scan.components.len() != frame.components.len() {
        return Err(Unadoptable::Unsupported("several scans"));
    }
    if (scan.first, scan.last, scan.high, scan.low) != (0, 63, 0, 0) {
        return Err(Unadoptable::Damaged("a sequential scan lacks coefficients"));
    }
    const ABSENT: Unadoptable = Unadoptable::Damaged("a table is missing");
    let components = frame
        .components
        .iter()
        .zip(&scan.components)
        .map(|(frame, scan)| {
            Ok(HeadComponent {
                frame: *frame,
                scan: *scan,
                steps: tables.quantisation[frame.quantisation].ok_or(ABSENT)?,
                dc: tables.dc[scan.dc].clone().ok_or(ABSENT)?,
                ac: tables.ac[scan.ac].clone().ok_or(ABSENT)?,
            })
        })
        .collect::<Result<Vec<_>, Unadoptable>>()?;
    let head = Head {
        layout: Layout::new(frame.width, frame.height, frame.components.iter()),
        components,
        profile,
    };
    Ok((head, tables.restart, start))
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
    match block.iter().all(|value| (-1023..=1023).contains(value)) {
        true => Ok(()),
        false => Err(Unadoptable::Unsupported("coefficients out of range")),
    }
}
