use super::{Component, Huffman, Segment, SyntaxError, marker};

/// The tables that stand in a file at some point, and the restart interval.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    /// Quantisation tables by number, row-major, 1..=65535.
    pub(crate) quantisation: [Option<[u16; 64]>; 4],
    /// Huffman tables of DC differences by number.
    pub(crate) dc: [Option<Huffman>; 4],
    /// Huffman tables of AC coefficients by number.
    pub(crate) ac: [Option<Huffman>; 4],
    /// MCUs between restart markers; 0 for none.
    pub(crate) restart: usize,
}

impl Tables {
    /// MCUs between restart markers, more than any picture has when there are none.
    pub(crate) fn restart_or_never(&self) -> usize {
        match self.restart {
            0 => usize::MAX,
            restart => restart,
        }
    }

    /// Takes in `segment` when it is a DQT, DHT or DRI segment.
    pub(crate) fn update(&mut self, segment: &Segment<'_>) -> Result<(), SyntaxError> {
        match segment.marker {
            marker::DQT => self.update_quantisation(segment.payload),
            marker::DHT => self.update_huffman(segment.payload),
            marker::DRI => {
                let [high, low] = *segment.payload else {
                    return Err(SyntaxError::Damaged("a DRI segment has a wrong length"));
                };
                self.restart = usize::from(u16::from_be_bytes([high, low]));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn update_quantisation(&mut self, mut payload: &[u8]) -> Result<(), SyntaxError> {
        const SHORT: SyntaxError = SyntaxError::Damaged("a quantisation table is too short");
        while let Some((head, rest)) = payload.split_first() {
            let wide = match head >> 4 {
                0 => false,
                1 => true,
                _ => {
                    return Err(SyntaxError::Damaged(
                        "a quantisation table is neither 8 nor 16 bits",
                    ));
                }
            };
            let slot = self
                .quantisation
                .get_mut(usize::from(head & 15))
                .ok_or(SyntaxError::Damaged("a quantisation table is not 0 to 3"))?;
            let (values, rest) = rest
                .split_at_checked(if wide { 128 } else { 64 })
                .ok_or(SHORT)?;
            let mut table = [0; 64];
            for (step, place) in super::ZIGZAG.into_iter().enumerate() {
                table[usize::from(place)] = if wide {
                    u16::from_be_bytes([values[2 * step], values[2 * step + 1]])
                } else {
                    u16::from(values[step])
                };
            }
            if table.contains(&0) {
                return Err(SyntaxError::Damaged("a quantisation step is zero"));
            }
            *slot = Some(table);
            payload = rest;
        }
        Ok(())
    }

    fn update_huffman(&mut self, mut payload: &[u8]) -> Result<(), SyntaxError> {
        while let Some((head, rest)) = payload.split_first() {
            let class = match head >> 4 {
                0 => &mut self.dc,
                1 => &mut self.ac,
                _ => return Err(SyntaxError::Damaged("a Huffman table is neither DC nor AC")),
            };
            let slot = class
                .get_mut(usize::from(head & 15))
                .ok_or(SyntaxError::Damaged("a Huffman table is not 0 to 3"))?;
            let (table, rest) = Huffman::parse(rest)?;
            *slot = Some(table);
            payload = rest;
        }
        Ok(())
    }
}

/// A scan header (T.81, B.2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scan {
    /// Its components: index in the frame, number of the DC table, number of the AC table.
    pub(crate) components: Vec<ScanComponent>,
    /// First coefficient in zigzag order.
    pub(crate) first: usize,
    /// Last coefficient in zigzag order.
    pub(crate) last: usize,
    /// Successive approximation: bit position of the scan before, 0 when there was none.
    pub(crate) high: u32,
    /// Successive approximation: bit position of this scan.
    pub(crate) low: u32,
}

/// One component of a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ScanComponent {
    /// Its index in the frame.
    pub(crate) index: usize,
    /// Number of its DC table, 0..=3.
    pub(crate) dc: usize,
    /// Number of its AC table, 0..=3.
    pub(crate) ac: usize,
}

impl Scan {
    /// Reads the header in `segment`, a SOS segment, for a frame of these components.
    pub(crate) fn parse(segment: &Segment<'_>, frame: &[Component]) -> Result<Scan, SyntaxError> {
        const WRONG: SyntaxError = SyntaxError::Damaged("a scan header has a wrong length");
        let (count, rest) = segment.payload.split_first().ok_or(WRONG)?;
        let (pairs, parameters) = rest
            .split_at_checked(2 * usize::from(*count))
            .ok_or(WRONG)?;
        let [first, last, approximation] = *parameters else {
            return Err(WRONG);
        };
        let mut components = Vec::new();
        for [id, tables] in pairs.as_chunks::<2>().0 {
            let index = frame
                .iter()
                .position(|component| component.id == *id)
                .ok_or(SyntaxError::Damaged("a scan names an unknown component"))?;
            let component = ScanComponent {
                index,
                dc: usize::from(tables >> 4),
                ac: usize::from(tables & 15),
            };
            if component.dc > 3 || component.ac > 3 {
                return Err(SyntaxError::Damaged("a Huffman table is not 0 to 3"));
            }
            if components
                .last()
                .is_some_and(|before: &ScanComponent| before.index >= index)
            {
                return Err(SyntaxError::Damaged("a scan's components are out of order"));
            }
            components.push(component);
        }
        if components.is_empty() {
            return Err(SyntaxError::Damaged("a scan has no component"));
        }
        Ok(Scan {
            components,
            first: usize::from(first),
            last: usize::from(last),
            high: u32::from(approximation >> 4),
            low: u32::from(approximation & 15),
        })
    }
}
