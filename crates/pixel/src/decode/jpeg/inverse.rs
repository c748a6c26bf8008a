//! Dequantisation and the inverse DCT of one block, at full or reduced size.
//!
//! A block of 8×8 coefficients gives 8×8, 4×4, 2×2 or 1×1 samples; the smaller ones come from the
//! inverse DCT of that size on the lowest frequencies, which is the block averaged down. Samples
//! are within 1 of the exactly rounded ones.

use std::array::from_fn;

use crate::jpeg::Block;
use crate::jpeg::lanes::{
    HALVES, Lanes, SCALES, add, put_half, rounded, scale, sub, take_half, transpose,
};

/// So many coefficients in zigzag order lie among the lowest 4×4.
const LOW: usize = 10;

/// The inverse transform for one component.
#[derive(Clone, Debug)]
pub(super) struct Inverse {
    /// Side of the block of samples: 8, 4, 2 or 1.
    size: usize,
    /// What to multiply the coefficients by, column-major, scale factors included.
    factors: [Lanes<8>; 8],
}

impl Inverse {
    /// For coefficients quantised by `steps`, row-major, and blocks of `size` samples.
    pub(super) fn new(steps: &[u16; 64], size: usize) -> Inverse {
        // The norm of the transform, one dimension (T.81, A.3.3), and that of the fast one.
        let norm = |frequency: usize| match (size, frequency) {
            (8, _) => SCALES[frequency] / 8_f64.sqrt(),
            (_, 0) => 1.0 / 8_f64.sqrt(),
            _ => 0.5,
        };
        Inverse {
            size,
            factors: from_fn(|x| {
                from_fn(|y| (f64::from(steps[y * 8 + x]) * norm(x) * norm(y)) as f32)
            }),
        }
    }

    /// Writes the samples of `block` to the square at `out[0]` of rows that are `stride` apart.
    ///
    /// `end` is the place in zigzag order after the last coefficient that is not zero. Panics when
    /// the square reaches beyond `out`.
    #[inline(always)]
    pub(super) fn write(&self, block: &Block, end: usize, out: &mut [u8], stride: usize) {
        if end <= 1 || self.size == 1 {
            let value = sample(f32::from(block[0]) * self.factors[0][0]);
            for y in 0..self.size {
                out[y * stride..][..self.size].fill(value);
            }
            return;
        }
        match self.size {
            8 if end <= LOW => {
                let [a, b, c, d] = self.values::<4>(block);
                let none = [0.0; 8];
                let columns = [a, b, c, d, none, none, none, none];
                let mut half = [none; 8];
                put_half(&mut half, 0, inverse8(take_half(&columns, 0)));
                store(&inverse_halves(&transpose(half)), out, stride);
            }
            8 => {
                let columns = self.values::<8>(block);
                store(
                    &inverse_halves(&transpose(inverse_halves(&columns))),
                    out,
                    stride,
                );
            }
            4 => {
                let columns: [Lanes<8>; 4] = self.values::<4>(block);
                let columns = columns.map(lowest);
                store(&inverse4(transpose(inverse4(columns))), out, stride);
            }
            _ => {
                let columns: [Lanes<8>; 2] = self.values::<2>(block);
                let columns = columns.map(lowest);
                store(&inverse2(transpose(inverse2(columns))), out, stride);
            }
        }
    }

    /// The first `N * 8` coefficients, dequantised.
    #[inline(always)]
    fn values<const N: usize>(&self, block: &Block) -> [Lanes<8>; N] {
        let mut values = [[0.0; 8]; N];
        // One long loop: that is what compilers make vectors of.
        let factors = self.factors.as_flattened();
        let pairs = block.iter().zip(factors);
        for (value, (coefficient, factor)) in values.as_flattened_mut().iter_mut().zip(pairs) {
            *value = f32::from(*coefficient) * factor;
        }
        values
    }
}

#[inline(always)]
fn lowest<const N: usize>(column: Lanes<8>) -> Lanes<N> {
    from_fn(|y| column[y])
}

/// A value around zero as a sample.
#[inline(always)]
fn sample(value: f32) -> u8 {
    // Damaged files reach far beyond; the bounds keep `rounded` in its range.
    rounded(value.clamp(-128.0, 127.0) + 128.0) as u8
}

#[inline(always)]
fn store<const N: usize>(rows: &[Lanes<N>; N], out: &mut [u8], stride: usize) {
    let mut samples = [[0; N]; N];
    let values = rows.as_flattened().iter();
    for (place, value) in samples.as_flattened_mut().iter_mut().zip(values) {
        *place = sample(*value);
    }
    for (y, row) in samples.iter().enumerate() {
        out[y * stride..][..N].copy_from_slice(row);
    }
}

/// Eight inverse DCTs of eight values, one in each lane.
#[inline(always)]
fn inverse_halves(rows: &[Lanes<8>; 8]) -> [Lanes<8>; 8] {
    let mut out = [[0.0; 8]; 8];
    for half in HALVES {
        put_half(&mut out, half, inverse8(take_half(rows, half)));
    }
    out
}

#[inline(always)]
fn inverse8(rows: [Lanes<4>; 8]) -> [Lanes<4>; 8] {
    const SQRT_2: f32 = std::f32::consts::SQRT_2;
    const TWICE_COS_1_8: f32 = 1.847_759_1;
    const DIFFERENCE: f32 = 1.082_392_2;
    const SUM: f32 = 2.613_126;
    let [a, b, c, d, e, f, g, h] = rows;

    let (sum, difference) = (add(a, e), sub(a, e));
    let both = add(c, g);
    let turned = sub(scale(sub(c, g), SQRT_2), both);
    let even = [
        add(sum, both),
        add(difference, turned),
        sub(difference, turned),
        sub(sum, both),
    ];

    let (inner, inner_dif) = (add(f, d), sub(f, d));
    let (outer, outer_dif) = (add(b, h), sub(b, h));
    let first = add(outer, inner);
    let shared = scale(add(inner_dif, outer_dif), TWICE_COS_1_8);
    let second = sub(sub(shared, scale(inner_dif, SUM)), first);
    let third = sub(scale(sub(outer, inner), SQRT_2), second);
    let fourth = sub(sub(shared, scale(outer_dif, DIFFERENCE)), third);
    let odd = [first, second, third, fourth];

    [
        add(even[0], odd[0]),
        add(even[1], odd[1]),
        add(even[2], odd[2]),
        add(even[3], odd[3]),
        sub(even[3], odd[3]),
        sub(even[2], odd[2]),
        sub(even[1], odd[1]),
        sub(even[0], odd[0]),
    ]
}

/// Four inverse DCTs of four values.
#[inline(always)]
fn inverse4(rows: [Lanes<4>; 4]) -> [Lanes<4>; 4] {
    const COS_1_8: f32 = 0.923_879_5;
    const COS_3_8: f32 = 0.382_683_43;
    let [a, b, c, d] = rows;
    let half = scale(c, std::f32::consts::FRAC_1_SQRT_2);
    let (near, far) = (add(a, half), sub(a, half));
    let outer = add(scale(b, COS_1_8), scale(d, COS_3_8));
    let inner = sub(scale(b, COS_3_8), scale(d, COS_1_8));
    [
        add(near, outer),
        add(far, inner),
        sub(far, inner),
        sub(near, outer),
    ]
}

/// Two inverse DCTs of two values.
#[inline(always)]
fn inverse2(rows: [Lanes<2>; 2]) -> [Lanes<2>; 2] {
    let [a, b] = rows;
    let half = scale(b, std::f32::consts::FRAC_1_SQRT_2);
    [add(a, half), sub(a, half)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::jpeg::COLUMN_ZIGZAG;

    /// The inverse DCT of the lowest `size` frequencies by its definition, at one sample.
    fn exact(block: &[[f64; 8]; 8], size: usize, x: usize, y: usize) -> f64 {
        let basis = |frequency: usize, at: usize| {
            let norm = if frequency == 0 { 0.5_f64.sqrt() } else { 1.0 };
            let turn = (2 * at + 1) as f64 * frequency as f64 / (2 * size) as f64;
            0.5 * norm * (turn * std::f64::consts::PI).cos()
        };
        let all = (0..size * size).map(|at| (at % size, at / size));
        all.map(|(u, v)| block[v][u] * basis(u, x) * basis(v, y))
            .sum()
    }

    proptest! {
        #[test]
        fn samples_are_the_nearest(
            values in prop::collection::vec((0_usize..64, -60_i16..60), 0..12),
            low in any::<bool>(),
            steps in prop::collection::vec(1_u16..=40, 64),
        ) {
            let steps: [u16; 64] = steps.try_into().unwrap();
            let (mut block, mut exact_block) = ([0; 64], [[0.0; 8]; 8]);
            for (at, value) in values {
                let at = if low { at / 16 * 8 + at % 4 } else { at };
                block[at % 8 * 8 + at / 8] = value;
                exact_block[at / 8][at % 8] = f64::from(value) * f64::from(steps[at]);
            }
            for size in [8, 4, 2, 1] {
                let mut out = [77; 12 * 8];
                let end = 1 + (0..64).rfind(|step| block[usize::from(COLUMN_ZIGZAG[*step])] != 0).unwrap_or(0);
                Inverse::new(&steps, size).write(&block, end, &mut out, 12);
                for y in 0..size {
                    for x in 0..size {
                        let wanted = exact(&exact_block, size, x, y).clamp(-128.0, 127.0) + 128.0;
                        let found = f64::from(out[y * 12 + x]);
                        prop_assert!((found - wanted).abs() <= 0.51, "{size} {x} {y}: {wanted}");
                    }
                    prop_assert_eq!(out[y * 12 + size], 77);
                }
            }
        }
    }

    #[test]
    fn a_flat_block_is_flat() {
        for size in [8, 4, 2, 1] {
            for (dc, value) in [(0, 128), (127, 255), (-200, 0), (32_767, 255), (3, 131)] {
                let mut block = [0; 64];
                block[0] = dc;
                for end in [1, 64] {
                    let mut out = [0; 64];
                    Inverse::new(&[8; 64], size).write(&block, end, &mut out, size);
                    assert_eq!(out[..size * size], vec![value; size * size]);
                }
            }
        }
    }
}
