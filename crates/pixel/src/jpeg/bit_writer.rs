use super::{BitReader, Block, COLUMN_ZIGZAG, Writing};

/// Writes bits behind each other; with `STUFFED` a zero follows every byte of ones, as in files.
#[derive(Debug)]
pub(crate) struct BitWriter<'a, const STUFFED: bool> {
    out: &'a mut Vec<u8>,
    pending: u64,
    free: u32,
}

impl<'a, const STUFFED: bool> BitWriter<'a, STUFFED> {
    /// Appends to `out`.
    pub(crate) fn new(out: &'a mut Vec<u8>) -> Self {
        BitWriter {
            out,
            pending: 0,
            free: 64,
        }
    }

    /// The bits in `out`, those before this writer began included; stuffed zeros count.
    pub(crate) fn position(&self) -> usize {
        self.out.len() * 8 + (64 - self.free) as usize
    }

    /// Appends the low `count` bits of `bits`, at most 32; the higher ones are zero.
    #[inline(always)]
    pub(crate) fn put(&mut self, bits: u32, count: u32) {
        let bits = u64::from(bits);
        if count < self.free {
            self.pending = self.pending << count | bits;
            self.free -= count;
        } else {
            let over = count - self.free;
            self.pending = self.pending << self.free | bits >> over;
            self.flush();
            self.pending = bits;
            self.free = 64 - over;
        }
    }

    /// Writes out 64 pending bits.
    #[inline(always)]
    fn flush(&mut self) {
        const HIGH: u64 = 0x8080_8080_8080_8080;
        const LOW: u64 = 0x0101_0101_0101_0101;
        let word = self.pending;
        let bytes = word.to_be_bytes();
        // A byte of ones is one with its high bit set that one more turns to zero.
        if STUFFED && word & HIGH & !word.wrapping_add(LOW) != 0 {
            self.flush_stuffed(bytes);
        } else {
            self.out.extend_from_slice(&bytes);
        }
    }

    #[inline(never)]
    fn flush_stuffed(&mut self, bytes: [u8; 8]) {
        for byte in bytes {
            self.out.push(byte);
            if byte == 0xff {
                self.out.push(0);
            }
        }
    }

    /// Appends the bits `from..to` of `data`.
    pub(crate) fn copy(&mut self, data: &[u8], from: usize, to: usize) {
        let mut reader = BitReader::new(data, from);
        let mut left = to - from;
        while left >= 32 {
            self.put(reader.bits(32), 32);
            left -= 32;
        }
        self.put(reader.bits(left as u32), left as u32);
    }

    /// The bits of a signed number behind the code `code` of `length` bits (T.81, F.1.2.1).
    #[inline(always)]
    fn put_signed(&mut self, (code, length): (u32, u32), value: i32, size: u32) {
        let bits = (value + (value >> 31)) as u32 & ((1 << size) - 1);
        self.put(code << size | bits, length + size);
    }

    /// Writes the difference of a DC coefficient to the one before, within ±2047.
    #[inline(always)]
    pub(crate) fn put_dc(&mut self, table: &Writing, difference: i32) {
        let size = 32 - difference.unsigned_abs().leading_zeros();
        self.put_signed(table.code(size as u8), difference, size);
    }

    /// Writes the AC coefficients of a block, each within ±1023.
    #[inline(always)]
    pub(crate) fn put_ac(&mut self, table: &Writing, block: &Block) {
        // Most coefficients are zero, so only the others are looked at one by one.
        let (mut zigzag, mut coded) = ([0; 64], 0_u64);
        let mut found = places_not_zero(block) & !1;
        while found != 0 {
            let place = found.trailing_zeros() as usize;
            found &= found - 1;
            let step = STEP_OF_COLUMN_PLACE[place];
            zigzag[usize::from(step & 63)] = block[place];
            coded |= 1 << step;
        }
        let mut before = 0;
        while coded != 0 {
            let step = coded.trailing_zeros();
            coded &= coded - 1;
            let mut run = step - before - 1;
            before = step;
            while run > 15 {
                let (code, length) = table.code(0xf0);
                self.put(code, length);
                run -= 16;
            }
            let value = i32::from(zigzag[step as usize & 63]);
            let size = 32 - value.unsigned_abs().leading_zeros();
            self.put_signed(table.code((run << 4 | size) as u8), value, size);
        }
        if before < 63 {
            let (code, length) = table.code(0);
            self.put(code, length);
        }
    }

    /// Fills the last byte with ones and writes what is pending.
    pub(crate) fn finish(mut self) {
        let spare = self.free % 8;
        self.put((1 << spare) - 1, spare);
        let bytes = (64 - self.free) / 8;
        if self.free == 64 {
            return;
        }
        for byte in (self.pending << self.free)
            .to_be_bytes()
            .into_iter()
            .take(bytes as usize)
        {
            self.out.push(byte);
            if STUFFED && byte == 0xff {
                self.out.push(0);
            }
        }
    }
}

/// Place in column-major order to place in zigzag order.
const STEP_OF_COLUMN_PLACE: [u8; 64] = {
    let mut steps = [0; 64];
    let mut step = 0;
    while step < 64 {
        steps[COLUMN_ZIGZAG[step] as usize] = step as u8;
        step += 1;
    }
    steps
};

/// The places of a block that are not zero, as bits, the first lowest.
#[inline(always)]
fn places_not_zero(block: &Block) -> u64 {
    let mut flags = [0_u8; 64];
    for (flag, value) in flags.iter_mut().zip(block) {
        *flag = u8::from(*value != 0);
    }
    let (eights, _) = flags.as_chunks::<8>();
    let mut places = 0;
    for (group, eight) in eights.iter().enumerate() {
        // Brings the lowest bit of each byte side by side into the highest byte.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        places |= bits << (8 * group);
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Reading, standard_ac, standard_dc};
    use super::*;

    fn bit(data: &[u8], position: usize) -> u32 {
        u32::from(data[position / 8] >> (7 - position % 8)) & 1
    }

    proptest! {
        #[test]
        fn bits_come_back(pieces in prop::collection::vec((0_u32..=32, any::<u32>()), 1..60)) {
            let mut data = Vec::new();
            let mut writer = BitWriter::<false>::new(&mut data);
            for (count, bits) in &pieces {
                writer.put((u64::from(*bits) & ((1 << count) - 1)) as u32, *count);
            }
            let end = writer.position();
            writer.finish();
            prop_assert_eq!(data.len(), end.div_ceil(8));
            let mut reader = BitReader::new(&data, 0);
            for (count, bits) in &pieces {
                prop_assert_eq!(reader.bits(*count), (u64::from(*bits) & ((1 << count) - 1)) as u32);
            }
            prop_assert_eq!(reader.position(), end);
            prop_assert!((end..data.len() * 8).all(|position| bit(&data, position) == 1));
        }

        #[test]
        fn a_copy_begins_and_ends_anywhere(
            data in prop::collection::vec(any::<u8>(), 1..40),
            cut in any::<(u16, u16)>(),
            lead in 0_u32..32,
        ) {
            let bits = data.len() * 8;
            let (a, b) = (usize::from(cut.0) % (bits + 1), usize::from(cut.1) % (bits + 1));
            let (from, to) = (a.min(b), a.max(b));
            let mut copied = Vec::new();
            let mut writer = BitWriter::<false>::new(&mut copied);
            writer.put(0, lead);
            writer.copy(&data, from, to);
            prop_assert_eq!(writer.position(), lead as usize + to - from);
            writer.finish();
            for position in from..to {
                prop_assert_eq!(bit(&data, position), bit(&copied, lead as usize + position - from));
            }
        }

        #[test]
        fn blocks_come_back(
            coefficients in prop::collection::vec((1_usize..64, -1023_i16..=1023), 0..64),
            difference in -2047..=2047,
        ) {
            let mut expected = [0; 64];
            for (step, value) in coefficients {
                expected[usize::from(COLUMN_ZIGZAG[step])] = value;
            }
            let dc = standard_dc(true);
            let ac = standard_ac(true);
            let mut data = Vec::new();
            let mut writer = BitWriter::<false>::new(&mut data);
            writer.put_dc(&Writing::new(&dc), difference);
            writer.put_ac(&Writing::new(&ac), &expected);
            let end = writer.position();
            writer.finish();
            let (mut reader, mut block) = (BitReader::new(&data, 0), [0; 64]);
            prop_assert_eq!(reader.dc_difference(&Reading::new(&dc)).unwrap(), difference);
            let last = reader.ac_coefficients(&Reading::new(&ac), &mut block).unwrap();
            prop_assert_eq!(block, expected);
            prop_assert_eq!(last, 1 + (1..64).rfind(|step| expected[usize::from(COLUMN_ZIGZAG[*step])] != 0).unwrap_or(0));
            prop_assert_eq!(reader.position(), end);
        }
    }

    #[test]
    fn a_zero_follows_every_byte_of_ones() {
        for count in 0..40 {
            let mut stuffed = Vec::new();
            let mut writer = BitWriter::<true>::new(&mut stuffed);
            for index in 0..count {
                writer.put(if index % 3 == 0 { 0x7f } else { 0xff }, 8);
            }
            writer.finish();
            let expected: Vec<u8> = (0..count)
                .flat_map(|index| {
                    if index % 3 == 0 {
                        vec![0x7f]
                    } else {
                        vec![0xff, 0]
                    }
                })
                .collect();
            assert_eq!(stuffed, expected);
        }
    }
}
