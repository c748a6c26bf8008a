use std::ops::Range;

use super::{SyntaxError, marker};

/// The entropy-coded data of one scan without its stuffed zeros, cut at its restart markers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entropy {
    data: Vec<u8>,
    ends: Vec<usize>,
}

impl Entropy {
    /// Takes the data of the scan that begins at `start` of a file; returns where they end, at
    /// the marker that follows.
    ///
    /// Keeps the memory of the scan before.
    pub(crate) fn load(&mut self, file: &[u8], start: usize) -> Result<usize, SyntaxError> {
        self.data.clear();
        self.ends.clear();
        let mut at = start;
        loop {
            at = self.take_plain(file, at);
            match file.get(at..) {
                Some([0xff, 0, ..]) => {
                    self.data.push(0xff);
                    at += 2;
                }
                // Fill bytes may precede a marker.
                Some([0xff, 0xff, ..]) => at += 1,
                Some([0xff, code @ marker::RST0..=marker::RST7, ..]) => {
                    if usize::from(code - marker::RST0) != self.ends.len() % 8 {
                        return Err(SyntaxError::Damaged("a restart marker is out of order"));
                    }
                    self.ends.push(self.data.len());
                    at += 2;
                }
                Some([0xff, _, ..]) => {
                    self.ends.push(self.data.len());
                    return Ok(at);
                }
                _ => return Err(SyntaxError::Truncated),
            }
        }
    }

    /// Copies bytes up to the next 0xff; returns where that is, or the end of the file.
    fn take_plain(&mut self, file: &[u8], start: usize) -> usize {
        const HIGH: u64 = 0x8080_8080_8080_8080;
        const LOW: u64 = 0x0101_0101_0101_0101;
        let mut at = start;
        while let Some(bytes) = file.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            let word = u64::from_le_bytes(*bytes);
            let ones = word & HIGH & !word.wrapping_add(LOW);
            if ones != 0 {
                break;
            }
            self.data.extend_from_slice(bytes);
            at += 8;
        }
        while let Some(byte) = file.get(at).filter(|byte| **byte != 0xff) {
            self.data.push(*byte);
            at += 1;
        }
        at
    }

    /// The data of all intervals, one behind the other.
    pub(crate) fn data(&self) -> &[u8] {
        &self.data
    }

    /// Gives up the data of all intervals.
    pub(crate) fn into_data(self) -> Vec<u8> {
        self.data
    }

    /// The bytes of [`Entropy::data`] between two restart markers; `None` beyond the last.
    pub(crate) fn interval(&self, index: usize) -> Option<Range<usize>> {
        let start = match index {
            0 => 0,
            _ => *self.ends.get(index - 1)?,
        };
        Some(start..*self.ends.get(index)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stuffed_zeros_go_and_restarts_cut() {
        let mut file = vec![1, 2, 3];
        file.extend([
            0xff, 0, 4, 0xff, 0xd0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0xff, 0,
        ]);
        file.extend([0xff, 0xff, 0xff, 0xd9]);
        let mut entropy = Entropy::default();
        assert_eq!(entropy.load(&file, 1).unwrap(), file.len() - 2);
        let found: Vec<&[u8]> = (0..)
            .map_while(|index| Some(&entropy.data()[entropy.interval(index)?]))
            .collect();
        assert_eq!(
            found,
            [&[2, 3, 0xff, 4][..], &[5, 6, 7, 8, 9, 10, 11, 12, 13, 0xff]]
        );
    }

    #[test]
    fn data_without_a_marker_behind_them_are_truncated() {
        for file in [&[1, 2, 3][..], &[1, 0xff], &[1, 0xff, 0xff], &[]] {
            let found = Entropy::default().load(file, 0);
            assert_eq!(found, Err(SyntaxError::Truncated), "{file:?}");
        }
    }

    #[test]
    fn a_restart_marker_out_of_order_is_damage() {
        let file = [1, 0xff, 0xd1, 2, 0xff, 0xd9];
        let found = Entropy::default().load(&file, 0);
        assert!(matches!(found, Err(SyntaxError::Damaged(_))));
    }
}
