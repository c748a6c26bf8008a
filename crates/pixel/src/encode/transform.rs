//! The forward DCT and quantisation of one block.
//!
//! Against the exact transform the coefficients before rounding are off by less than 1e-3.

use std::array::from_fn;

use crate::jpeg::Block;
use crate::jpeg::lanes::{
    HALVES, Lanes, SCALES, add, put_half, rounded, scale, sub, take_half, transpose,
};

/// Eight DCTs of eight values, one in each lane, unscaled.
#[inline(always)]
fn transform_halves(rows: &[Lanes<8>; 8]) -> [Lanes<8>; 8] {
    let mut out = [[0.0; 8]; 8];
    for half in HALVES {
        put_half(&mut out, half, transform(take_half(rows, half)));
    }
    out
}

#[inline(always)]
fn transform(rows: [Lanes<4>; 8]) -> [Lanes<4>; 8] {
    const HALF_SQRT: f32 = std::f32::consts::FRAC_1_SQRT_2;
    const COS_3_8: f32 = 0.382_683_43;
    const DIFFERENCE: f32 = 0.541_196_1;
    const SUM: f32 = 1.306_563;
    let [a, b, c, d, e, f, g, h] = rows;
    let (sum_ah, sum_bg, sum_cf, sum_de) = (add(a, h), add(b, g), add(c, f), add(d, e));
    let (dif_ah, dif_bg, dif_cf, dif_de) = (sub(a, h), sub(b, g), sub(c, f), sub(d, e));

    let (outer, outer_dif) = (add(sum_ah, sum_de), sub(sum_ah, sum_de));
    let (inner, inner_dif) = (add(sum_bg, sum_cf), sub(sum_bg, sum_cf));
    let turned = scale(add(inner_dif, outer_dif), HALF_SQRT);

    let low = add(dif_de, dif_cf);
    let middle = scale(add(dif_cf, dif_bg), HALF_SQRT);
    let high = add(dif_bg, dif_ah);
    let shared = scale(sub(low, high), COS_3_8);
    let low = add(scale(low, DIFFERENCE), shared);
    let high = add(scale(high, SUM), shared);
    let (near, far) = (add(dif_ah, middle), sub(dif_ah, middle));
    [
        add(outer, inner),
        add(near, high),
        add(outer_dif, turned),
        sub(far, low),
        sub(outer, inner),
        add(far, low),
        sub(outer_dif, turned),
        sub(near, high),
    ]
}

/// A quantisation table made ready for [`Quantiser::block`].
#[derive(Clone, Debug)]
pub(super) struct Quantiser {
    /// What to multiply the unscaled coefficients by; transposed, as they come.
    factors: [Lanes<8>; 8],
}

impl Quantiser {
    /// Prepares a table in row-major order.
    pub(super) fn new(table: &[u16; 64]) -> Quantiser {
        Quantiser {
            factors: from_fn(|x| {
                from_fn(|y| {
                    let divisor = f64::from(table[y * 8 + x]) * SCALES[x] * SCALES[y] * 8.0;
                    (1.0 / divisor) as f32
                })
            }),
        }
    }

    /// The quantised coefficients of the samples `rows`, which lie around zero.
    ///
    /// Each is rounded to the nearest and kept within -1023..=1023.
    #[inline(always)]
    pub(super) fn block(&self, rows: [Lanes<8>; 8]) -> Block {
        let columns = transform_halves(&transpose(transform_halves(&rows)));
        let mut quantised = [0_i16; 64];
        // One long loop: that is what compilers make vectors of.
        let pairs = columns
            .as_flattened()
            .iter()
            .zip(self.factors.as_flattened());
        for (number, (value, factor)) in quantised.iter_mut().zip(pairs) {
            *number = (rounded(value * factor) as i16).clamp(-1023, 1023);
        }
        quantised
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The DCT by its definition (T.81, A.3.3), row-major.
    fn exact(samples: &[[f64; 8]; 8]) -> [[f64; 8]; 8] {
        let basis = |frequency: usize, at: usize| {
            let norm = if frequency == 0 { 0.5_f64.sqrt() } else { 1.0 };
            let angle = (2 * at + 1) as f64 * frequency as f64 * std::f64::consts::PI / 16.0;
            0.5 * norm * angle.cos()
        };
        from_fn(|v| {
            from_fn(|u| {
                let all = (0..64).map(|at| (at % 8, at / 8));
                all.map(|(x, y)| samples[y][x] * basis(u, x) * basis(v, y))
                    .sum()
            })
        })
    }

    proptest! {
        #[test]
        fn quantised_coefficients_are_the_nearest(
            samples in prop::collection::vec(-128_i32..=127, 64),
            table in prop::collection::vec(1_u16..=255, 64),
        ) {
            let rows: [[f64; 8]; 8] = from_fn(|y| from_fn(|x| f64::from(samples[y * 8 + x])));
            let expected = exact(&rows);
            let table: [u16; 64] = table.try_into().unwrap();
            let found = Quantiser::new(&table).block(rows.map(|row| row.map(|value| value as f32)));
            for (place, found) in found.into_iter().enumerate() {
                let (x, y) = (place / 8, place % 8);
                let exact = expected[y][x] / f64::from(table[y * 8 + x]);
                let off = (exact - f64::from(found)).abs();
                prop_assert!(off <= 0.501, "place {place}: {exact} became {found}");
            }
        }
    }
}
