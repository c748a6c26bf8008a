//! Vectors of 16 f32, by instruction set.
//!
//! A kernel is written once, over [`Lanes`], and compiled once for each instruction set. The type
//! that implements [`Lanes`] is a token: it can only be made where the processor has the
//! instructions, so that holding one is the proof that using them is sound.

#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;

pub(crate) use portable::Portable;

/// How many vectors of 16 lanes the registers hold; kernels choose their tiles by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(target_arch = "x86_64"),
    expect(dead_code, reason = "only the portable lanes exist there")
)]
pub(crate) enum Registers {
    /// 4: sixteen registers of 4 lanes, as with SSE2.
    Few,
    /// 8: sixteen registers of 8 lanes.
    Eight,
    /// 32: as many registers of 16 lanes.
    Many,
}

/// Arithmetic on vectors of 16 f32.
pub(crate) trait Lanes: Copy {
    /// 16 f32.
    type Vector: Copy;
    /// What tiles fit.
    const REGISTERS: Registers;

    /// The same number 16 times.
    fn splat(self, value: f32) -> Self::Vector;
    /// Reads 16 numbers.
    ///
    /// # Safety
    /// `from` must be valid for reading 16 f32; it need not be aligned.
    unsafe fn load(self, from: *const f32) -> Self::Vector;
    /// Writes 16 numbers.
    ///
    /// # Safety
    /// `to` must be valid for writing 16 f32; it need not be aligned.
    unsafe fn store(self, vector: Self::Vector, to: *mut f32);
    /// a × b + c, rounded once or twice as the processor does it fastest.
    fn multiply_add(self, a: Self::Vector, b: Self::Vector, c: Self::Vector) -> Self::Vector;
    /// a + b
    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// a × b
    fn multiply(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// The larger of each pair.
    fn max(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// The smaller of each pair.
    fn min(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// x where x ≥ 0, else x × slope.
    fn prelu(self, x: Self::Vector, slope: Self::Vector) -> Self::Vector;

    /// Zeros.
    #[inline(always)]
    fn zero(self) -> Self::Vector {
        self.splat(0.0)
    }
}

/// Something to compute with some instruction set.
///
/// `run` and everything it calls over `L` must be `#[inline(always)]`, or the compiler cannot use
/// the instructions there.
pub(crate) trait Kernel {
    /// Computes it.
    fn run<L: Lanes>(self, lanes: L);
}

/// Which instructions a net runs with.
///
/// The portable path is the truth; the others give the same numbers up to rounding, because they
/// fuse multiplication with addition and sum in another order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstructionSet(Choice);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2(avx2::Avx2),
    #[cfg(target_arch = "x86_64")]
    Avx512(avx512::Avx512),
}

impl InstructionSet {
    /// Plain Rust; runs everywhere.
    pub const PORTABLE: Self = Self(Choice::Portable);

    /// The fastest that this processor has.
    pub fn detect() -> Self {
        Self::available().last().copied().unwrap_or(Self::PORTABLE)
    }

    /// All that this processor has, the slowest first.
    pub fn available() -> Vec<Self> {
        #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut))]
        let mut sets = vec![Self::PORTABLE];
        #[cfg(target_arch = "x86_64")]
        {
            sets.extend(avx2::Avx2::detect().map(|lanes| Self(Choice::Avx2(lanes))));
            sets.extend(avx512::Avx512::detect().map(|lanes| Self(Choice::Avx512(lanes))));
        }
        sets
    }

    /// `portable`, `avx2` or `avx512`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Choice::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Choice::Avx2(_) => "avx2",
            #[cfg(target_arch = "x86_64")]
            Choice::Avx512(_) => "avx512",
        }
    }

    /// Runs a kernel with these instructions.
    pub(crate) fn run(self, kernel: impl Kernel) {
        match self.0 {
            Choice::Portable => kernel.run(Portable),
            #[cfg(target_arch = "x86_64")]
            Choice::Avx2(lanes) => lanes.run(kernel),
            #[cfg(target_arch = "x86_64")]
            Choice::Avx512(lanes) => lanes.run(kernel),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computes each operation on fixed numbers.
    struct Probe<'a>(&'a mut Vec<[f32; 16]>);

    impl Kernel for Probe<'_> {
        #[inline(always)]
        fn run<L: Lanes>(self, lanes: L) {
            let a: [f32; 16] = std::array::from_fn(|k| k as f32 - 7.5);
            let b: [f32; 16] = std::array::from_fn(|k| 3.0 - 0.5 * k as f32);
            // SAFETY: arrays of 16 f32.
            let (a, b) = unsafe { (lanes.load(a.as_ptr()), lanes.load(b.as_ptr())) };
            for vector in [
                a,
                lanes.zero(),
                lanes.splat(2.5),
                lanes.multiply_add(a, b, lanes.splat(1.0)),
                lanes.add(a, b),
                lanes.multiply(a, b),
                lanes.max(a, b),
                lanes.min(a, b),
                lanes.prelu(a, b),
            ] {
                let mut out = [0.0; 16];
                // SAFETY: an array of 16 f32.
                unsafe { lanes.store(vector, out.as_mut_ptr()) };
                self.0.push(out);
            }
        }
    }

    #[test]
    fn every_set_computes_the_same() {
        let results: Vec<_> = InstructionSet::available()
            .into_iter()
            .map(|set| {
                let mut out = Vec::new();
                set.run(Probe(&mut out));
                (set.name(), out)
            })
            .collect();
        assert_eq!(results[0].1[8][0], -7.5 * 3.0);
        assert_eq!(results[0].1[8][15], 7.5);
        for (name, result) in &results[1..] {
            // These numbers are exact in f32, so fusing changes nothing.
            assert_eq!(result, &results[0].1, "{name}");
        }
    }
}
