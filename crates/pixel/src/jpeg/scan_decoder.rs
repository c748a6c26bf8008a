use std::ops::Range;

use super::{
    BitReader, Block, COLUMN_ZIGZAG, Entropy, Process, Reading, Scan, SyntaxError, Tables,
};

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
pub(super) struct ScanDecoder<'a> {
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
    pub(super) fn new(
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
    pub(super) fn restart(&mut self, interval: usize) -> Result<(), SyntaxError> {
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
    pub(super) fn check(&self) -> Result<(), SyntaxError> {
        match self.reader.position() <= self.end {
            true => Ok(()),
            false => Err(SyntaxError::Truncated),
        }
    }

    pub(super) fn block(&mut self, slot: usize, block: &mut Block) -> Result<(), SyntaxError> {
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
        let symbol = reader.symbol(table)?;
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
            block[usize::from(COLUMN_ZIGZAG[place])] = (reader.signed(size) << low) as i16;
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
        let symbol = reader.symbol(table)?;
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
