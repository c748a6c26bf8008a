//! The truth: plain Rust, each operation rounded on its own.
#![allow(unsafe_code)]

use super::{Lanes, Registers};

/// Runs on every processor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Portable;

#[inline(always)]
fn zip(a: [f32; 16], b: [f32; 16], f: impl Fn(f32, f32) -> f32) -> [f32; 16] {
    std::array::from_fn(|k| f(a[k], b[k]))
}

impl Lanes for Portable {
    type Vector = [f32; 16];
    const REGISTERS: Registers = Registers::Few;

    #[inline(always)]
    fn splat(self, value: f32) -> [f32; 16] {
        [value; 16]
    }

    #[inline(always)]
    unsafe fn load(self, from: *const f32) -> [f32; 16] {
        // SAFETY: the caller gives 16 readable f32.
        unsafe { from.cast::<[f32; 16]>().read_unaligned() }
    }

    #[inline(always)]
    unsafe fn store(self, vector: [f32; 16], to: *mut f32) {
        // SAFETY: the caller gives 16 writable f32.
        unsafe { to.cast::<[f32; 16]>().write_unaligned(vector) }
    }

    #[inline(always)]
    fn multiply_add(self, a: [f32; 16], b: [f32; 16], c: [f32; 16]) -> [f32; 16] {
        // Not `mul_add`: without the instruction that is a slow library call.
        std::array::from_fn(|k| a[k] * b[k] + c[k])
    }

    #[inline(always)]
    fn add(self, a: [f32; 16], b: [f32; 16]) -> [f32; 16] {
        zip(a, b, |a, b| a + b)
    }

    #[inline(always)]
    fn multiply(self, a: [f32; 16], b: [f32; 16]) -> [f32; 16] {
        zip(a, b, |a, b| a * b)
    }

    #[inline(always)]
    fn max(self, a: [f32; 16], b: [f32; 16]) -> [f32; 16] {
        zip(a, b, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    fn min(self, a: [f32; 16], b: [f32; 16]) -> [f32; 16] {
        zip(a, b, |a, b| if a < b { a } else { b })
    }

    #[inline(always)]
    fn prelu(self, x: [f32; 16], slope: [f32; 16]) -> [f32; 16] {
        zip(x, slope, |x, slope| if x >= 0.0 { x } else { x * slope })
    }
}
