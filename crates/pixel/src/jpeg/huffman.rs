use super::SyntaxError;
use super::tables::Listed;

/// A Huffman table as a file states it (T.81, B.2.4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Huffman {
    /// How many codes have each length 1..=16.
    pub(crate) lengths: [u8; 16],
    /// The symbols in the order of their codes.
    pub(crate) symbols: Vec<u8>,
}

impl Huffman {
    /// A table of the standard.
    pub(crate) fn listed((lengths, symbols): Listed) -> Huffman {
        Huffman {
            lengths,
            symbols: symbols.to_vec(),
        }
    }

    /// Reads one table from the front of a DHT payload, behind its class and number.
    pub(crate) fn parse(bytes: &[u8]) -> Result<(Huffman, &[u8]), SyntaxError> {
        const SHORT: SyntaxError = SyntaxError::Damaged("a Huffman table is too short");
        let (lengths, rest) = bytes.split_first_chunk::<16>().ok_or(SHORT)?;
        let count = lengths.iter().map(|length| usize::from(*length)).sum();
        let symbols = rest.get(..count).ok_or(SHORT)?.to_vec();
        let huffman = Huffman {
            lengths: *lengths,
            symbols,
        };
        if count > 256 || huffman.codes().any(|code| code.bits >> code.length != 0) {
            return Err(SyntaxError::Damaged("a Huffman table has too many codes"));
        }
        Ok((huffman, &rest[count..]))
    }

    /// The codes in rising order (T.81, C.2).
    pub(crate) fn codes(&self) -> impl Iterator<Item = Code> {
        let mut next = 0_u32;
        let mut symbols = self.symbols.iter();
        let lengths = self.lengths.iter().zip(1_u32..);
        lengths.flat_map(move |(count, length)| {
            next <<= 1;
            let first = next;
            next += u32::from(*count);
            symbols
                .by_ref()
                .take(usize::from(*count))
                .zip(first..)
                .map(move |(symbol, bits)| Code {
                    symbol: *symbol,
                    bits,
                    length,
                })
                .collect::<Vec<_>>()
        })
    }
}

/// One code of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// What it stands for.
    pub(crate) symbol: u8,
    /// The code, its last bit lowest.
    pub(crate) bits: u32,
    /// How many bits it has, 1..=16.
    pub(crate) length: u32,
}

/// Codes up to this length are found by one look.
const QUICK: u32 = 10;

/// A table for reading.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// By the next [`QUICK`] bits: symbol in the high byte, length in the low one; 0 when the code
    /// is longer.
    quick: Box<[u16; 1 << QUICK]>,
    /// The longer codes, left-aligned in 16 bits, in rising order: first code beyond this length,
    /// and what to add to a code's bits to find its symbol.
    limits: [u32; 17],
    offsets: [i32; 17],
    symbols: Vec<u8>,
}

impl Reading {
    /// Prepares `huffman` for reading.
    pub(crate) fn new(huffman: &Huffman) -> Reading {
        let mut quick = Box::new([0; 1 << QUICK]);
        let (mut limits, mut offsets) = ([0; 17], [0; 17]);
        for (index, code) in huffman.codes().enumerate() {
            let length = code.length as usize;
            if offsets[length] == 0 && limits[length] == 0 {
                offsets[length] = index as i32 - code.bits as i32;
            }
            limits[length] = (code.bits + 1) << (16 - code.length);
            if let Some(spare) = QUICK.checked_sub(code.length) {
                let first = (code.bits << spare) as usize;
                quick[first..first + (1 << spare)]
                    .fill(u16::from(code.symbol) << 8 | code.length as u16);
            }
        }
        Reading {
            quick,
            limits,
            offsets,
            symbols: huffman.symbols.clone(),
        }
    }

    /// The symbol at the front of `next`, the coming 16 bits, and the length of its code.
    ///
    /// Length 0 when no code begins so.
    #[inline(always)]
    pub(crate) fn look(&self, next: u32) -> (u8, u32) {
        let entry = self.quick[(next >> (16 - QUICK)) as usize & ((1 << QUICK) - 1)];
        if entry != 0 {
            return ((entry >> 8) as u8, u32::from(entry & 0xff));
        }
        self.look_long(next)
    }

    #[cold]
    fn look_long(&self, next: u32) -> (u8, u32) {
        for length in QUICK + 1..=16 {
            let limit = self.limits[length as usize];
            if next < limit {
                let index = (next >> (16 - length)) as i32 + self.offsets[length as usize];
                let symbol = usize::try_from(index)
                    .ok()
                    .and_then(|index| self.symbols.get(index));
                return symbol.map_or((0, 0), |symbol| (*symbol, length));
            }
        }
        (0, 0)
    }
}

/// A table for writing: by symbol, the code and its length.
#[derive(Clone, Debug)]
pub(crate) struct Writing {
    codes: Box<[u32; 256]>,
}

impl Writing {
    /// Prepares `huffman` for writing.
    pub(crate) fn new(huffman: &Huffman) -> Writing {
        let mut codes = Box::new([0; 256]);
        for code in huffman.codes() {
            codes[usize::from(code.symbol)] = code.bits << 8 | code.length;
        }
        Writing { codes }
    }

    /// Bits and length of the code for `symbol`; length 0 when it has none.
    #[inline(always)]
    pub(crate) fn code(&self, symbol: u8) -> (u32, u32) {
        let entry = self.codes[usize::from(symbol)];
        (entry >> 8, entry & 0xff)
    }

    /// Whether every symbol has a code.
    pub(crate) fn names(&self, mut symbols: impl Iterator<Item = u8>) -> bool {
        symbols.all(|symbol| self.code(symbol).1 != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables;
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for listed in [
            tables::LUMA_DC,
            tables::LUMA_AC,
            tables::CHROMA_DC,
            tables::CHROMA_AC,
        ] {
            let huffman = Huffman::listed(listed);
            let (reading, writing) = (Reading::new(&huffman), Writing::new(&huffman));
            for symbol in listed.1 {
                let (bits, length) = writing.code(*symbol);
                for tail in [0, (1 << (16 - length)) - 1] {
                    assert_eq!(
                        reading.look(bits << (16 - length) | tail),
                        (*symbol, length)
                    );
                }
            }
        }
    }

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // T.81, tables K.3 and K.5: category 11 of DC, EOB and ZRL of AC.
        let dc = Writing::new(&Huffman::listed(tables::LUMA_DC));
        assert_eq!(dc.code(11), (0b1_1111_1110, 9));
        let ac = Writing::new(&Huffman::listed(tables::LUMA_AC));
        assert_eq!(ac.code(0x00), (0b1010, 4));
        assert_eq!(ac.code(0xf0), (0b111_1111_1001, 11));
        assert_eq!(ac.code(0xfa), (0xfffe, 16));
    }

    #[test]
    fn codes_that_do_not_exist_are_not_found() {
        let huffman = Huffman {
            lengths: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
            symbols: vec![7, 9],
        };
        let reading = Reading::new(&huffman);
        assert_eq!(reading.look(0x0000), (7, 2));
        assert_eq!(reading.look(0x4000), (9, 12));
        assert_eq!(reading.look(0x4010).1, 0);
        assert_eq!(reading.look(0xffff).1, 0);
    }

    #[test]
    fn broken_tables_are_refused() {
        let too_many = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3];
        for bytes in [&too_many[..], &[0; 5], &too_many[..17]] {
            assert!(matches!(
                Huffman::parse(bytes),
                Err(SyntaxError::Damaged(_))
            ));
        }
    }
}
