//! The constants of T.81: the zigzag order and the tables of annex K.

use super::Huffman;

/// Place in zigzag order to place in row-major order (T.81, figure A.6).
pub(crate) const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// Place in zigzag order to place in column-major order.
pub(crate) const COLUMN_ZIGZAG: [u8; 64] = {
    let mut order = [0; 64];
    let mut step = 0;
    while step < 64 {
        order[step] = ZIGZAG[step] % 8 * 8 + ZIGZAG[step] / 8;
        step += 1;
    }
    order
};

/// Quantisation of luma, row-major (T.81, table K.1).
const LUMA_QUANTISATION: [u16; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/// Quantisation of chroma, row-major (T.81, table K.2).
const CHROMA_QUANTISATION: [u16; 64] = [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];

/// A Huffman table as files state it: codes of each length 1..=16, then the symbols in the order
/// of their codes.
pub(crate) type Listed = ([u8; 16], &'static [u8]);

/// DC differences of luma (T.81, table K.3).
pub(crate) const LUMA_DC: Listed = (
    [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
    &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
);

/// DC differences of chroma (T.81, table K.4).
pub(crate) const CHROMA_DC: Listed = (
    [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
    &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
);

/// AC coefficients of luma (T.81, table K.5).
pub(crate) const LUMA_AC: Listed = (
    [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d],
    &[
        0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61,
        0x07, 0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52,
        0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25,
        0x26, 0x27, 0x28, 0x29, 0x2a, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45,
        0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64,
        0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83,
        0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99,
        0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6,
        0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3,
        0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8,
        0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
    ],
);

/// AC coefficients of chroma (T.81, table K.6).
pub(crate) const CHROMA_AC: Listed = (
    [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
    &[
        0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61,
        0x71, 0x13, 0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33,
        0x52, 0xf0, 0x15, 0x62, 0x72, 0xd1, 0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1, 0x17, 0x18,
        0x19, 0x1a, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44,
        0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63,
        0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a,
        0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97,
        0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4,
        0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca,
        0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7,
        0xe8, 0xe9, 0xea, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
    ],
);

/// The quantisation steps of annex K for luma or chroma, row-major, scaled by `quality` 1..=100 as
/// the Independent JPEG Group's software does.
pub(crate) fn standard_steps(luma: bool, quality: u8) -> [u16; 64] {
    let quality = u32::from(quality.clamp(1, 100));
    let percent = if quality < 50 {
        5000 / quality
    } else {
        200 - 2 * quality
    };
    let steps = if luma {
        LUMA_QUANTISATION
    } else {
        CHROMA_QUANTISATION
    };
    steps.map(|step| ((u32::from(step) * percent + 50) / 100).clamp(1, 255) as u16)
}

/// The codes of annex K for the DC differences of luma or chroma.
pub(crate) fn standard_dc(luma: bool) -> Huffman {
    Huffman::listed(if luma { LUMA_DC } else { CHROMA_DC })
}

/// The codes of annex K for the AC coefficients of luma or chroma.
pub(crate) fn standard_ac(luma: bool) -> Huffman {
    Huffman::listed(if luma { LUMA_AC } else { CHROMA_AC })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quality_scales_the_steps() {
        for (quality, first) in [(1, 255), (25, 32), (50, 16), (75, 8), (92, 3), (100, 1)] {
            assert_eq!(standard_steps(true, quality)[0], first, "quality {quality}");
        }
    }

    #[test]
    fn the_zigzag_visits_every_place_once() {
        let mut seen = [false; 64];
        for (step, place) in ZIGZAG.into_iter().enumerate() {
            assert!(!std::mem::replace(&mut seen[usize::from(place)], true));
            let (x, y) = (place % 8, place / 8);
            if let Some(next) = ZIGZAG.get(step + 1) {
                let (dx, dy) = ((next % 8).abs_diff(x), (next / 8).abs_diff(y));
                assert!(dx <= 1 && dy <= 1, "step {step}");
            }
        }
    }

    #[test]
    fn the_standard_tables_name_every_baseline_symbol_once() {
        for (lengths, symbols) in [LUMA_DC, CHROMA_DC] {
            assert_eq!(lengths.iter().map(|n| usize::from(*n)).sum::<usize>(), 12);
            assert_eq!(symbols, (0..12).collect::<Vec<_>>());
        }
        for (lengths, symbols) in [LUMA_AC, CHROMA_AC] {
            assert_eq!(lengths.iter().map(|n| usize::from(*n)).sum::<usize>(), 162);
            let mut expected = vec![0x00, 0xf0];
            expected.extend((0..16).flat_map(|run| (1..=10).map(move |size| run << 4 | size)));
            let mut found = symbols.to_vec();
            expected.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, expected);
        }
    }
}
