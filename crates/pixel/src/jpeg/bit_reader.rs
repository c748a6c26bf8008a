use super::Reading;
use super::SyntaxError;
use super::tables::COLUMN_ZIGZAG;

/// The 64 quantised coefficients of a block. Where nothing else is said they lie column by column,
/// that is, those of one horizontal frequency side by side, as the transforms take them.
pub(crate) type Block = [i16; 64];

/// Reads entropy-coded data from which the stuffed zeros were taken out.
///
/// Beyond the end of the data come zeros: check [`BitReader::position`] now and then.
#[derive(Clone, Debug)]
pub(crate) struct BitReader<'a> {
    data: &'a [u8],
    at: usize,
    next: u64,
    count: u32,
}

impl<'a> BitReader<'a> {
    /// Starts at bit `position` of `data`.
    pub(crate) fn new(data: &'a [u8], position: usize) -> BitReader<'a> {
        let mut reader = BitReader {
            data,
            at: position / 8,
            next: 0,
            count: 0,
        };
        reader.refill();
        reader.skip((position % 8) as u32);
        reader
    }

    /// The bits taken so far, counted from the front of the data.
    pub(crate) fn position(&self) -> usize {
        self.at * 8 - self.count as usize
    }

    /// Makes at least 56 bits ready.
    #[inline(always)]
    fn refill(&mut self) {
        let bytes = match self.data.get(self.at..).and_then(|rest| rest.first_chunk()) {
            Some(bytes) => *bytes,
            None => self.last_bytes(),
        };
        self.next |= u64::from_be_bytes(bytes) >> self.count;
        self.at += ((63 - self.count) >> 3) as usize;
        self.count |= 56;
    }

    #[cold]
    fn last_bytes(&self) -> [u8; 8] {
        let rest = self.data.get(self.at..).unwrap_or_default();
        let mut bytes = [0; 8];
        for (byte, value) in bytes.iter_mut().zip(rest) {
            *byte = *value;
        }
        bytes
    }

    #[inline(always)]
    fn skip(&mut self, count: u32) {
        self.next <<= count;
        self.count -= count;
    }

    /// The next symbol; at least 40 bits are ready after it.
    #[inline(always)]
    pub(crate) fn symbol(&mut self, table: &Reading) -> Result<u8, SyntaxError> {
        self.refill();
        let (symbol, length) = table.look((self.next >> 48) as u32);
        if length == 0 {
            return Err(SyntaxError::Damaged("a code in its scan does not exist"));
        }
        self.skip(length);
        Ok(symbol)
    }

    /// `size` more bits, at most 15, right behind a symbol, as the signed number they stand for (T.81, F.2.2.1).
    #[inline(always)]
    pub(crate) fn signed(&mut self, size: u32) -> i32 {
        // `>> 1 >>` because a size of 0 would shift by 64.
        let bits = (self.next >> 1 >> (63 - size)) as i32;
        self.skip(size);
        let least = (1 << size) >> 1;
        if bits < least {
            bits - (1 << size) + 1
        } else {
            bits
        }
    }

    /// `count` bits, at most 32.
    #[inline]
    pub(crate) fn bits(&mut self, count: u32) -> u32 {
        self.refill();
        let bits = (self.next >> 1 >> (63 - count)) as u32;
        self.skip(count);
        bits
    }

    /// The difference of a DC coefficient to the one before.
    #[inline(always)]
    pub(crate) fn dc_difference(&mut self, table: &Reading) -> Result<i32, SyntaxError> {
        let size = self.symbol(table)?;
        if size > 11 {
            return Err(SyntaxError::Damaged("a DC difference is out of range"));
        }
        Ok(self.signed(u32::from(size)))
    }

    /// The AC coefficients of a sequential block into `block`, which is zero; returns the place in
    /// zigzag order after the last one.
    #[inline(always)]
    pub(crate) fn ac_coefficients(
        &mut self,
        table: &Reading,
        block: &mut Block,
    ) -> Result<usize, SyntaxError> {
        let (mut place, mut end) = (1, 1);
        while place < 64 {
            let symbol = self.symbol(table)?;
            let (run, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
            place += run;
            if size == 0 {
                if run != 15 {
                    break;
                }
                place += 1;
                continue;
            }
            if place > 63 {
                return Err(SyntaxError::Damaged("a run leaves its block"));
            }
            block[usize::from(COLUMN_ZIGZAG[place])] = self.signed(size) as i16;
            place += 1;
            end = place;
        }
        Ok(end)
    }
}
