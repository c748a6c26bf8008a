use std::ops::Range;

use super::{
    BitReader, Block, COLUMN_ZIGZAG, Entropy, Frame, Layout, Process, Reading, Scan, ScanComponent,
    Segments, SyntaxError, Tables, marker,
};

/// Most visits to blocks in all scans of a file together. A progressive file of ten scans needs
/// some six visits to each block; many scans of nothing are a way to waste time.
const MAX_VISITS: usize = 64 << 20;
/// Most scans of a file.
const MAX_SCANS: usize = 100;

/// The quantised coefficients of a whole picture, for files that bring them in several scans.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coefficients {
    /// One entry for each component.
    pub(crate) planes: Vec<CoefficientPlane>,
}

/// The coefficients of one component.
#[derive(Clone, Debug, Default)]
pub(crate) struct CoefficientPlane {
    /// Blocks side by side, those that only fill up MCUs included.
    pub(crate) columns: usize,
    /// Row after row.
    pub(crate) blocks: Vec<Block>,
    /// `None` until a scan brings the component.
    steps: Option<[u16; 64]>,
}

impl CoefficientPlane {
    /// The quantisation steps, row-major; ones before a scan brought the component.
    pub(crate) fn steps(&self) -> &[u16; 64] {
        self.steps.as_ref().unwrap_or(&[1; 64])
    }
}

impl Coefficients {
    /// Bytes that the coefficients of such a picture take.
    pub(crate) fn bytes(layout: &Layout) -> usize {
        layout.columns * layout.rows * layout.blocks().count() * size_of::<Block>()
    }

    /// Reads all scans of `file`. Keeps the memory of the picture before.
    pub(crate) fn read(
        &mut self,
        file: &[u8],
        frame: &Frame,
        layout: &Layout,
        entropy: &mut Entropy,
    ) -> Result<(), SyntaxError> {
        self.planes
            .resize_with(layout.planes.len(), CoefficientPlane::default);
        for (plane, shape) in self.planes.iter_mut().zip(&layout.planes) {
            plane.columns = layout.columns * shape.horizontal;
            plane.steps = None;
            plane.blocks.clear();
            let rows = layout.rows * shape.vertical;
            plane.blocks.resize(plane.columns * rows, [0; 64]);
        }
        let mut segments = Segments::new(file)?;
        let (mut tables, mut scans, mut visits) = (Tables::default(), 0, 0);
        loop {
            let segment = segments.next()?;
            match segment.marker {
                marker::SOS => {
                    let scan = Scan::parse(&segment, &frame.components)?;
                    check(&scan, frame)?;
                    let grid = Grid::new(&scan, layout);
                    (scans, visits) = (scans + 1, visits + grid.visits());
                    if scans > MAX_SCANS || visits > MAX_VISITS {
                        return Err(SyntaxError::Unsupported("very many scans"));
                    }
                    let end = entropy.load(file, segment.end)?;
                    self.latch_steps(&scan, frame, &tables)?;
                    self.read_scan(&scan, &grid, frame.process, &tables, entropy)?;
                    segments = Segments::resume(file, end);
                }
                marker::EOI => break,
                marker::DNL => {
                    return Err(SyntaxError::Unsupported("a number of lines at the end"));
                }
                _ => tables.update(&segment)?,
            }
        }
        match self.planes.iter().all(|plane| plane.steps.is_some()) {
            true => Ok(()),
            false => Err(SyntaxError::Damaged("a colour component has no data")),
        }
    }

    /// A component is quantised by the table that stands when its first scan begins.
    fn latch_steps(
        &mut self,
        scan: &Scan,
        frame: &Frame,
        tables: &Tables,
    ) -> Result<(), SyntaxError> {
        for component in &scan.components {
            let plane = &mut self.planes[component.index];
            if plane.steps.is_none() {
                let number = frame.components[component.index].quantisation;
                let steps = tables.quantisation[number];
                const ABSENT: SyntaxError = SyntaxError::Damaged("a quantisation table is missing");
                plane.steps = Some(steps.ok_or(ABSENT)?);
            }
        }
        Ok(())
    }

    fn read_scan(
        &mut self,
        scan: &Scan,
        grid: &Grid,
        process: Process,
        tables: &Tables,
        entropy: &Entropy,
    ) -> Result<(), SyntaxError> {
        let mut decoder = ScanDecoder::new(scan, process, tables, entropy)?;
        let every = match tables.restart {
            0 => usize::MAX,
            restart => restart,
        };
        for unit in 0..grid.columns * grid.rows {
            if unit % every == 0 {
                decoder.restart(unit / every)?;
            }
            let (x, y) = (unit % grid.columns, unit / grid.columns);
            for (slot, part) in grid.parts.iter().enumerate() {
                let plane = &mut self.planes[part.index];
                for v in 0..part.vertical {
                    for h in 0..part.horizontal {
                        let row = y * part.vertical + v;
                        let column = x * part.horizontal + h;
                        let block = &mut plane.blocks[row * plane.columns + column];
                        decoder.block(slot, block)?;
                    }
                }
            }
            decoder.check()?;
        }
        Ok(())
    }
}

fn check(scan: &Scan, frame: &Frame) -> Result<(), SyntaxError> {
    let fine = match frame.process {
        Process::Sequential => (scan.first, scan.last, scan.high, scan.low) == (0, 63, 0, 0),
        Process::Progressive => {
            let band = match scan.first {
                0 => scan.last == 0,
                first => first <= scan.last && scan.last < 64 && scan.components.len() == 1,
            };
            band && scan.low < 14 && (scan.high == 0 || scan.high == scan.low + 1)
        }
    };
    match fine {
        true => Ok(()),
        false => Err(SyntaxError::Damaged("a scan header contradicts itself")),
    }
}

/// The order in which a scan visits blocks: units of blocks of each component.
struct Grid {
    columns: usize,
    rows: usize,
    parts: Vec<Part>,
}

/// The blocks of one component in a unit.
struct Part {
    index: usize,
    horizontal: usize,
    vertical: usize,
}

impl Grid {
    /// MCUs when several components are interleaved, else the blocks of the one (T.81, A.2.2).
    fn new(scan: &Scan, layout: &Layout) -> Grid {
        if let [ScanComponent { index, .. }] = *scan.components {
            let plane = layout.planes[index];
            return Grid {
                columns: layout.width.div_ceil(plane.step_x).div_ceil(8),
                rows: layout.height.div_ceil(plane.step_y).div_ceil(8),
                parts: vec![Part {
                    index,
                    horizontal: 1,
                    vertical: 1,
                }],
            };
        }
        let part = |component: &ScanComponent| Part {
            index: component.index,
            horizontal: layout.planes[component.index].horizontal,
            vertical: layout.planes[component.index].vertical,
        };
        Grid {
            columns: layout.columns,
            rows: layout.rows,
            parts: scan.components.iter().map(part).collect(),
        }
    }

    fn visits(&self) -> usize {
        let blocks: usize = self
            .parts
            .iter()
            .map(|part| part.horizontal * part.vertical)
            .sum();
        self.columns * self.rows * blocks
    }
}

/// What a block's data bring.
#[derive(Clone, Copy)]
enum Kind {
    /// All coefficients.
    Sequential,
    /// The DC coefficient's upper bits.
    DcFirst,
    /// One more bit of the DC coefficient.
    DcRefine,
    /// The upper bits of some AC coefficients.
    AcFirst,
    /// One more bit of some AC coefficients.
    AcRefine,
}

/// Reads the blocks of one scan.
struct ScanDecoder<'a> {
    kind: Kind,
    places: Range<usize>,
    low: u32,
    dc: Vec<Option<Reading>>,
    ac: Vec<Option<Reading>>,
    entropy: &'a Entropy,
    reader: BitReader<'a>,
    end: usize,
    before: [i32; 4],
    /// Blocks to come that end before they begin.
    ended: u32,
}

impl<'a> ScanDecoder<'a> {
    fn new(
        scan: &Scan,
        process: Process,
        tables: &Tables,
        entropy: &'a Entropy,
    ) -> Result<ScanDecoder<'a>, SyntaxError> {
        let kind = match (process, scan.first, scan.high) {
            (Process::Sequential, ..) => Kind::Sequential,
            (_, 0, 0) => Kind::DcFirst,
            (_, 0, _) => Kind::DcRefine,
            (_, _, 0) => Kind::AcFirst,
            _ => Kind::AcRefine,
        };
        let (needs_dc, needs_ac) = match kind {
            Kind::Sequential => (true, true),
            Kind::DcFirst => (true, false),
            Kind::DcRefine => (false, false),
            Kind::AcFirst | Kind::AcRefine => (false, true),
        };
        const ABSENT: SyntaxError = SyntaxError::Damaged("a Huffman table is missing");
        let (mut dc, mut ac) = (Vec::new(), Vec::new());
        for component in &scan.components {
            let found = |table: &Option<_>| table.as_ref().map(Reading::new).ok_or(ABSENT);
            dc.push(
                needs_dc
                    .then(|| found(&tables.dc[component.dc]))
                    .transpose()?,
            );
            ac.push(
                needs_ac
                    .then(|| found(&tables.ac[component.ac]))
                    .transpose()?,
            );
        }
        Ok(ScanDecoder {
            kind,
            places: scan.first..scan.last + 1,
            low: scan.low,
            dc,
            ac,
            entropy,
            reader: BitReader::new(&[], 0),
            end: 0,
            before: [0; 4],
            ended: 0,
        })
    }

    /// Goes on with an interval between restart markers.
    fn restart(&mut self, interval: usize) -> Result<(), SyntaxError> {
        let bytes = self
            .entropy
            .interval(interval)
            .ok_or(SyntaxError::Truncated)?;
        self.reader = BitReader::new(self.entropy.data(), bytes.start * 8);
        self.end = bytes.end * 8;
        self.before = [0; 4];
        self.ended = 0;
        Ok(())
    }

    /// Checks that what was read was there.
    fn check(&self) -> Result<(), SyntaxError> {
        match self.reader.position() <= self.end {
            true => Ok(()),
            false => Err(SyntaxError::Truncated),
        }
    }

    fn block(&mut self, slot: usize, block: &mut Block) -> Result<(), SyntaxError> {
        match (self.kind, &self.dc[slot], &self.ac[slot]) {
            (Kind::Sequential, Some(dc), Some(ac)) => {
                let difference = self.reader.dc_difference(dc)?;
                self.before[slot] = self.before[slot].wrapping_add(difference);
                block[0] = self.before[slot] as i16;
                self.reader.ac_coefficients(ac, block)?;
            }
            (Kind::DcFirst, Some(dc), _) => {
                let difference = self.reader.dc_difference(dc)?;
                self.before[slot] = self.before[slot].wrapping_add(difference);
                block[0] = (self.before[slot] << self.low) as i16;
            }
            (Kind::DcRefine, ..) => block[0] |= (self.reader.bits(1) << self.low) as i16,
            (Kind::AcFirst, _, Some(ac)) => {
                let places = self.places.clone();
                ac_first(
                    &mut self.reader,
                    ac,
                    places,
                    self.low,
                    &mut self.ended,
                    block,
                )?;
            }
            (Kind::AcRefine, _, Some(ac)) => {
                let places = self.places.clone();
                ac_refine(
                    &mut self.reader,
                    ac,
                    places,
                    self.low,
                    &mut self.ended,
                    block,
                )?;
            }
            _ => return Err(SyntaxError::Damaged("a Huffman table is missing")),
        }
        Ok(())
    }
}

/// The upper bits of AC coefficients (T.81, G.1.2.2).
fn ac_first(
    reader: &mut BitReader<'_>,
    table: &Reading,
    places: Range<usize>,
    low: u32,
    ended: &mut u32,
    block: &mut Block,
) -> Result<(), SyntaxError> {
    if *ended > 0 {
        *ended -= 1;
        return Ok(());
    }
    let mut place = places.start;
    while place < places.end {
        let symbol = reader.any_symbol(table)?;
        let (run, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
        if size == 0 && run != 15 {
            *ended = (1 << run) - 1 + reader.bits(run as u32);
            return Ok(());
        }
        place += run;
        if size > 0 {
            if place >= places.end {
                return Err(SyntaxError::Damaged("a run leaves its block"));
            }
            block[usize::from(COLUMN_ZIGZAG[place])] = (reader.any_signed(size) << low) as i16;
        }
        place += 1;
    }
    Ok(())
}

/// One more bit of AC coefficients (T.81, G.1.2.3).
fn ac_refine(
    reader: &mut BitReader<'_>,
    table: &Reading,
    places: Range<usize>,
    low: u32,
    ended: &mut u32,
    block: &mut Block,
) -> Result<(), SyntaxError> {
    let bit = 1_i16 << low;
    let mut place = places.start;
    while *ended == 0 && place < places.end {
        let symbol = reader.any_symbol(table)?;
        let (mut run, size) = (symbol >> 4, symbol & 15);
        let fresh = match size {
            0 if run == 15 => 0,
            0 => {
                *ended = (1 << run) + reader.bits(u32::from(run));
                break;
            }
            1 if reader.bits(1) == 1 => bit,
            1 => -bit,
            _ => return Err(SyntaxError::Damaged("a refined coefficient is not one bit")),
        };
        // Pass over `run` coefficients that are zero still, refining those that are not.
        while place < places.end {
            let coefficient = &mut block[usize::from(COLUMN_ZIGZAG[place])];
            if *coefficient != 0 {
                refine(reader, coefficient, bit);
            } else if run == 0 {
                *coefficient = fresh;
                place += 1;
                break;
            } else {
                run -= 1;
            }
            place += 1;
        }
    }
    if *ended > 0 {
        *ended -= 1;
        for place in &COLUMN_ZIGZAG[place..places.end.max(place)] {
            let coefficient = &mut block[usize::from(*place)];
            if *coefficient != 0 {
                refine(reader, coefficient, bit);
            }
        }
    }
    Ok(())
}

/// Brings the next bit of a coefficient whose upper bits are known.
fn refine(reader: &mut BitReader<'_>, coefficient: &mut i16, bit: i16) {
    if reader.bits(1) == 1 && *coefficient & bit == 0 {
        *coefficient = coefficient.wrapping_add(if *coefficient > 0 { bit } else { -bit });
    }
}
