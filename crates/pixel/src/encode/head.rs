use super::EncodeError;
use crate::jpeg::{
    Component, Huffman, Layout, Reading, ScanComponent, ZIGZAG, marker, standard_ac, standard_dc,
    standard_steps,
};
use crate::{Srgb8, View};

/// An application segment to put into a JPEG, such as XMP in number 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    /// Its number: 1 for APP1.
    pub number: u8,
    /// Its bytes, at most 65,533, with the name that begins them.
    pub payload: &'a [u8],
}

/// All that stands in a file before the entropy-coded data.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// Size and blocks of the picture.
    pub(super) layout: Layout,
    /// The components of the frame and of its scan: one (grey) or three (Y, Cb, Cr).
    pub(super) components: Vec<HeadComponent>,
    /// APP2 payloads of a colour profile.
    pub(super) profile: Vec<Vec<u8>>,
}

/// A component and the tables it is coded by.
#[derive(Clone, Debug)]
pub(super) struct HeadComponent {
    /// What the frame header says of it.
    pub(super) frame: Component,
    /// What the scan header says of it.
    pub(super) scan: ScanComponent,
    /// Quantisation steps, row-major.
    pub(super) steps: [u16; 64],
    /// Codes of the DC differences.
    pub(super) dc: Huffman,
    /// Codes of the AC coefficients.
    pub(super) ac: Huffman,
}

impl Head {
    /// A colour picture with 4:2:0 chroma and the tables of T.81, annex K, the quantisation
    /// scaled by `quality` 1..=100 as the Independent JPEG Group's software does.
    pub(super) fn for_colour(picture: View<'_, Srgb8>, quality: u8) -> Result<Head, EncodeError> {
        let (width, height) = (picture.width(), picture.height());
        if width == 0 || height == 0 {
            return Err(EncodeError::NoPixels { width, height });
        }
        if width.max(height) > usize::from(u16::MAX) {
            return Err(EncodeError::SideTooLong { width, height });
        }
        let components: Vec<HeadComponent> = (0..3).map(|index| standard(index, quality)).collect();
        Ok(Head {
            layout: Layout::new(width, height, components.iter().map(|entry| &entry.frame)),
            components,
            profile: Vec::new(),
        })
    }

    /// The DC and AC table of each component, for reading.
    pub(super) fn readings(&self) -> Vec<(Reading, Reading)> {
        let tables = self.components.iter();
        tables
            .map(|entry| (Reading::new(&entry.dc), Reading::new(&entry.ac)))
            .collect()
    }

    /// Appends everything up to the entropy-coded data, `segments` behind the JFIF header.
    pub(super) fn write(
        &self,
        segments: &[Segment<'_>],
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        for segment in segments {
            if segment.number > 15 {
                return Err(EncodeError::NoSuchSegment {
                    found: segment.number,
                });
            }
            if segment.payload.len() > usize::from(u16::MAX) - 2 {
                return Err(EncodeError::SegmentTooLong {
                    found: segment.payload.len(),
                });
            }
        }
        out.extend([0xff, marker::SOI]);
        // JFIF 1.01, no unit, square pixels, no thumbnail.
        write_segment(marker::APP0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0", out);
        for segment in segments {
            write_segment(marker::APP0 + segment.number, segment.payload, out);
        }
        for payload in &self.profile {
            write_segment(marker::APP2, payload, out);
        }
        self.write_quantisation(out);
        self.write_frame(out);
        self.write_huffman(out);
        let mut scan = vec![self.components.len() as u8];
        for HeadComponent {
            frame,
            scan: tables,
            ..
        } in &self.components
        {
            scan.extend([frame.id, (tables.dc << 4 | tables.ac) as u8]);
        }
        scan.extend([0, 63, 0]);
        write_segment(marker::SOS, &scan, out);
        Ok(())
    }

    fn write_quantisation(&self, out: &mut Vec<u8>) {
        for number in 0..4 {
            let used = |entry: &&HeadComponent| entry.frame.quantisation == usize::from(number);
            let Some(HeadComponent { steps, .. }) = self.components.iter().find(used) else {
                continue;
            };
            let wide = steps.iter().any(|step| *step > 255);
            let mut payload = vec![u8::from(wide) << 4 | number];
            for place in ZIGZAG.map(usize::from) {
                let bytes = steps[place].to_be_bytes();
                payload.extend_from_slice(if wide { &bytes } else { &bytes[1..] });
            }
            write_segment(marker::DQT, &payload, out);
        }
    }

    fn write_frame(&self, out: &mut Vec<u8>) {
        // Baseline has steps of 8 bits and two tables of each class (T.81, B.2.2 and B.2.4).
        let extended = self.components.iter().any(|entry| {
            entry.scan.dc > 1 || entry.scan.ac > 1 || entry.steps.iter().any(|step| *step > 255)
        });
        let mut payload = vec![8];
        payload.extend((self.layout.height as u16).to_be_bytes());
        payload.extend((self.layout.width as u16).to_be_bytes());
        payload.push(self.components.len() as u8);
        for HeadComponent { frame, .. } in &self.components {
            let factors = frame.horizontal << 4 | frame.vertical;
            payload.extend([frame.id, factors as u8, frame.quantisation as u8]);
        }
        write_segment(
            if extended { marker::SOF1 } else { marker::SOF0 },
            &payload,
            out,
        );
    }

    fn write_huffman(&self, out: &mut Vec<u8>) {
        let mut payload = Vec::new();
        let mut write = |class: u8, number: u8, table: &Huffman| {
            payload.push(class << 4 | number);
            payload.extend(table.lengths);
            payload.extend(&table.symbols);
        };
        for number in 0..4 {
            let index = usize::from(number);
            if let Some(entry) = self.components.iter().find(|entry| entry.scan.dc == index) {
                write(0, number, &entry.dc);
            }
            if let Some(entry) = self.components.iter().find(|entry| entry.scan.ac == index) {
                write(1, number, &entry.ac);
            }
        }
        write_segment(marker::DHT, &payload, out);
    }
}

/// Component 0, 1 or 2 of a colour picture with 4:2:0 chroma, coded by the standard's tables.
fn standard(index: usize, quality: u8) -> HeadComponent {
    let luma = index == 0;
    let (number, factor) = if luma { (0, 2) } else { (1, 1) };
    HeadComponent {
        frame: Component {
            id: index as u8 + 1,
            horizontal: factor,
            vertical: factor,
            quantisation: number,
        },
        scan: ScanComponent {
            index,
            dc: number,
            ac: number,
        },
        steps: standard_steps(luma, quality),
        dc: standard_dc(luma),
        ac: standard_ac(luma),
    }
}

/// Appends one marker segment; `payload` has at most 65,533 bytes.
fn write_segment(code: u8, payload: &[u8], out: &mut Vec<u8>) {
    out.extend([0xff, code]);
    out.extend((payload.len() as u16 + 2).to_be_bytes());
    out.extend_from_slice(payload);
}
