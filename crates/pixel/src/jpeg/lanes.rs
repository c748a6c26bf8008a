//! Arithmetic on values side by side, and what the transforms of both directions share.
//!
//! The DCTs are the scaled ones of Arai, Agui and Nakajima ("A fast DCT-SQ scheme for images",
//! Transactions of the IEICE E71, 1988) in f32, their scale factors folded into the quantisation.

use std::array::from_fn;

/// Values that are worked on side by side.
pub(crate) type Lanes<const N: usize> = [f32; N];

/// The scale of the eight-point transform for each frequency: 1 for 0, else `√2 cos(k π / 16)`.
pub(crate) const SCALES: [f64; 8] = [
    1.0,
    1.387_039_845_322_147_5,
    1.306_562_964_876_376_6,
    1.175_875_602_419_358_8,
    1.0,
    0.785_694_958_387_102_2,
    0.541_196_100_146_197,
    0.275_899_379_282_943,
];

/// Added to a number between ±2^22 it rounds it to the nearest whole one; see [`rounded`].
const ROUND: f32 = 12_582_912.0;

/// The nearest whole number; `value` lies between ±2^22. Unlike a cast it costs two operations.
#[inline(always)]
pub(crate) fn rounded(value: f32) -> i32 {
    (value + ROUND).to_bits() as i32 - ROUND.to_bits() as i32
}

#[inline(always)]
pub(crate) fn add<const N: usize>(a: Lanes<N>, b: Lanes<N>) -> Lanes<N> {
    from_fn(|lane| a[lane] + b[lane])
}

#[inline(always)]
pub(crate) fn sub<const N: usize>(a: Lanes<N>, b: Lanes<N>) -> Lanes<N> {
    from_fn(|lane| a[lane] - b[lane])
}

#[inline(always)]
pub(crate) fn scale<const N: usize>(a: Lanes<N>, factor: f32) -> Lanes<N> {
    from_fn(|lane| a[lane] * factor)
}

#[inline(always)]
pub(crate) fn transpose<const N: usize>(rows: [Lanes<N>; N]) -> [Lanes<N>; N] {
    let mut columns = [[0.0; N]; N];
    for (x, row) in rows.iter().enumerate() {
        for (y, value) in row.iter().enumerate() {
            columns[y][x] = *value;
        }
    }
    columns
}

/// Where the halves of eight lanes begin. Eight rows of half the lanes fit the registers of a plain
/// x86-64, eight of all do not.
pub(crate) const HALVES: [usize; 2] = [0, 4];

#[inline(always)]
pub(crate) fn take_half(rows: &[Lanes<8>; 8], start: usize) -> [Lanes<4>; 8] {
    let mut half = [[0.0; 4]; 8];
    for (half, row) in half.iter_mut().zip(rows) {
        half.copy_from_slice(&row[start..start + 4]);
    }
    half
}

#[inline(always)]
pub(crate) fn put_half(rows: &mut [Lanes<8>; 8], start: usize, half: [Lanes<4>; 8]) {
    for (row, half) in rows.iter_mut().zip(half) {
        row[start..start + 4].copy_from_slice(&half);
    }
}
