use super::SyntaxError;

/// The second byte of the markers that matter here (T.81, table B.1).
pub(crate) mod marker {
    pub(crate) const SOF0: u8 = 0xc0;
    pub(crate) const SOF1: u8 = 0xc1;
    pub(crate) const SOF2: u8 = 0xc2;
    pub(crate) const SOF3: u8 = 0xc3;
    pub(crate) const DHT: u8 = 0xc4;
    pub(crate) const JPG: u8 = 0xc8;
    pub(crate) const DAC: u8 = 0xcc;
    pub(crate) const RST0: u8 = 0xd0;
    pub(crate) const RST7: u8 = 0xd7;
    pub(crate) const SOI: u8 = 0xd8;
    pub(crate) const EOI: u8 = 0xd9;
    pub(crate) const SOS: u8 = 0xda;
    pub(crate) const DQT: u8 = 0xdb;
    pub(crate) const DNL: u8 = 0xdc;
    pub(crate) const DRI: u8 = 0xdd;
    pub(crate) const DHP: u8 = 0xde;
    pub(crate) const APP0: u8 = 0xe0;
    pub(crate) const APP1: u8 = 0xe1;
    pub(crate) const APP2: u8 = 0xe2;
    pub(crate) const APP14: u8 = 0xee;
    pub(crate) const TEM: u8 = 0x01;
}

/// One marker segment: what stands between two markers, without the marker and the length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment<'a> {
    /// Second byte of the marker.
    pub(crate) marker: u8,
    /// The parameters after the length field; empty for a marker that has none.
    pub(crate) payload: &'a [u8],
    /// Offset in the file of the byte after the segment.
    pub(crate) end: usize,
}

/// Walks the marker segments of a JPEG file, from the one after SOI.
///
/// Bytes between segments that are no marker are skipped, as every common reader does.
#[derive(Clone, Debug)]
pub(crate) struct Segments<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Segments<'a> {
    /// Starts behind the SOI marker of a file.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Segments<'a>, SyntaxError> {
        match bytes {
            [0xff, marker::SOI, ..] => Ok(Segments { bytes, at: 2 }),
            _ => Err(SyntaxError::Damaged("it does not begin with SOI")),
        }
    }

    /// Starts in the middle of a file: at `at` stands a marker, or bytes to skip.
    pub(crate) fn resume(bytes: &'a [u8], at: usize) -> Segments<'a> {
        Segments { bytes, at }
    }

    /// The next segment. After SOS the caller resumes behind the entropy-coded data.
    pub(crate) fn next(&mut self) -> Result<Segment<'a>, SyntaxError> {
        let marker = loop {
            let rest = self.bytes.get(self.at..).ok_or(SyntaxError::Truncated)?;
            let skip = rest
                .iter()
                .position(|&byte| byte == 0xff)
                .ok_or(SyntaxError::Truncated)?;
            let code = *rest.get(skip + 1).ok_or(SyntaxError::Truncated)?;
            // A fill byte may precede a marker, and a stuffed zero is data gone astray.
            self.at += skip + if code == 0xff { 1 } else { 2 };
            if code != 0xff && code != 0 {
                break code;
            }
        };
        let bare = matches!(marker, marker::TEM | marker::RST0..=marker::EOI);
        if bare {
            return Ok(Segment {
                marker,
                payload: &[],
                end: self.at,
            });
        }
        let rest = &self.bytes[self.at..];
        let [high, low, ..] = rest else {
            return Err(SyntaxError::Truncated);
        };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        if length < 2 {
            return Err(SyntaxError::Damaged("a segment is shorter than its length"));
        }
        let payload = rest.get(2..length).ok_or(SyntaxError::Truncated)?;
        self.at += length;
        Ok(Segment {
            marker,
            payload,
            end: self.at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_told_apart_and_stray_bytes_skipped() {
        let bytes = [
            0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 9, 0xff, 0xff, 0xdb, 0, 3, 7, 0xff, 0xd9,
        ];
        let mut segments = Segments::new(&bytes).unwrap();
        let first = segments.next().unwrap();
        assert_eq!(
            (first.marker, first.payload, first.end),
            (0xe0, &[1, 2][..], 8)
        );
        let second = segments.next().unwrap();
        assert_eq!((second.marker, second.payload), (0xdb, &[7][..]));
        assert_eq!(segments.next().unwrap().marker, marker::EOI);
        assert_eq!(segments.next().unwrap_err(), SyntaxError::Truncated);
    }

    #[test]
    fn a_segment_cut_short_is_truncated() {
        let whole = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2];
        for length in 2..whole.len() {
            let mut segments = Segments::new(&whole[..length]).unwrap();
            assert_eq!(segments.next().unwrap_err(), SyntaxError::Truncated);
        }
    }
}
