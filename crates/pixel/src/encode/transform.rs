//! The forward DCT and quantisation of one block.
//!
//! The DCT is the scaled one of Arai, Agui and Nakajima ("A fast DCT-SQ scheme for images", 1988)
//! in f32; its scale factors are folded into the quantisation. Against the exact transform the
//! coefficients before rounding are off by less than 1e-3.

use std::array::from_fn;

use crate::jpeg::{Block, ZIGZAG};

/// Eight values that are worked on side by side.
type Lanes = [f32; 8];

#[inline(always)]
fn add(a: Lanes, b: Lanes) -> Lanes {
    from_fn(|lane| a[lane] + b[lane])
}

#[inline(always)]
fn sub(a: Lanes, b: Lanes) -> Lanes {
    from_fn(|lane| a[lane] - b[lane])
}

#[inline(always)]
fn scale(a: Lanes, factor: f32) -> Lanes {
    from_fn(|lane| a[lane] * factor)
}

/// The scale of the transform's outputs: 1 for 0, else `cos(k π / 16) √2`.
const SCALES: [f64; 8] = [
    1.0,
    1.387_039_845_322_147_5,
    1.306_562_964_876_376_6,
    1.175_875_602_419_358_8,
    1.0,
    0.785_694_958_387_102_2,
    0.541_196_100_146_197,
    0.275_899_379_282_943,
];

/// Eight DCTs of eight values, one in each lane, unscaled.
#[inline(always)]
fn transform(rows: [Lanes; 8]) -> [Lanes; 8] {
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

#[inline(always)]
fn transpose(rows: [Lanes; 8]) -> [Lanes; 8] {
    from_fn(|y| from_fn(|x| rows[x][y]))
}

/// A quantisation table made ready for [`Quantiser::block`].
#[derive(Clone, Debug)]
pub(super) struct Quantiser {
    /// What to multiply the unscaled coefficients by; transposed, as they come.
    factors: [Lanes; 8],
}

/// Place in zigzag order to place in a transposed block.
const ZIGZAG_TRANSPOSED: [u8; 64] = {
    let mut order = [0; 64];
    let mut step = 0;
    while step < 64 {
        order[step] = ZIGZAG[step] % 8 * 8 + ZIGZAG[step] / 8;
        step += 1;
    }
    order
};

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

    /// The quantised coefficients, in zigzag order, of the samples `rows`, which lie around zero.
    ///
    /// Each is rounded to the nearest and kept within -1023..=1023.
    #[inline(always)]
    pub(super) fn block(&self, rows: [Lanes; 8]) -> Block {
        /// Adding it rounds to the nearest whole number and leaves that in the low bits.
        const ROUND: f32 = 12_582_912.0;
        let columns = transform(transpose(transform(rows)));
        let mut quantised = [0_i16; 64];
        for (x, column) in columns.iter().enumerate() {
            for (y, value) in column.iter().enumerate() {
                let rounded = value * self.factors[x][y] + ROUND;
                let number = rounded.to_bits() as i32 - ROUND.to_bits() as i32;
                quantised[x * 8 + y] = (number as i16).clamp(-1023, 1023);
            }
        }
        from_fn(|step| quantised[usize::from(ZIGZAG_TRANSPOSED[step])])
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
            for (step, place) in ZIGZAG.into_iter().map(usize::from).enumerate() {
                let exact = expected[place / 8][place % 8] / f64::from(table[place]);
                let off = (exact - f64::from(found[step])).abs();
                prop_assert!(off <= 0.501, "place {place}: {exact} became {}", found[step]);
            }
        }
    }
}
