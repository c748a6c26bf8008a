use super::scan_decoder::ScanDecoder;
use super::{
    Block, Entropy, Frame, Layout, Plane, Process, Scan, ScanComponent, Segments, SyntaxError,
    Tables, marker,
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
        let every = tables.restart_or_never();
        for unit in 0..grid.columns * grid.rows {
            if unit % every == 0 {
                decoder.restart(unit / every)?;
            }
            let (x, y) = (unit % grid.columns, unit / grid.columns);
            for (slot, part) in grid.parts.iter().enumerate() {
                let plane = &mut self.planes[part.index];
                for (v, h) in part.shape.places() {
                    let row = y * part.shape.vertical + v;
                    let column = x * part.shape.horizontal + h;
                    let block = &mut plane.blocks[row * plane.columns + column];
                    decoder.block(slot, block)?;
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
    shape: Plane,
}

impl Grid {
    /// MCUs when several components are interleaved, else the blocks of the one (T.81, A.2.2).
    fn new(scan: &Scan, layout: &Layout) -> Grid {
        if let [ScanComponent { index, .. }] = *scan.components {
            let plane = layout.planes[index];
            let shape = Plane {
                horizontal: 1,
                vertical: 1,
                ..plane
            };
            return Grid {
                columns: layout.width.div_ceil(plane.step_x).div_ceil(8),
                rows: layout.height.div_ceil(plane.step_y).div_ceil(8),
                parts: vec![Part { index, shape }],
            };
        }
        let part = |component: &ScanComponent| Part {
            index: component.index,
            shape: layout.planes[component.index],
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
            .map(|part| part.shape.places().count())
            .sum();
        self.columns * self.rows * blocks
    }
}
