//! Numbers that start on a cache line.
#![allow(unsafe_code)]

use std::ops::{Deref, DerefMut};

/// One cache line.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
struct Line([f32; 16]);

/// A block of f32, aligned to 64 bytes so that no vector crosses a cache line; zeros at first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Buffer {
    lines: Vec<Line>,
}

impl Buffer {
    /// At least `length` zeros.
    pub(crate) fn zeros(length: usize) -> Self {
        Self {
            lines: vec![Line([0.0; 16]); length.div_ceil(16)],
        }
    }

    /// `values`, then zeros up to `length`, then up to a whole line.
    pub(crate) fn padded(values: &[f32], length: usize) -> Self {
        let mut buffer = Self::zeros(length.max(values.len()));
        buffer[..values.len()].copy_from_slice(values);
        buffer
    }
}

impl Deref for Buffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        // SAFETY: a `Line` is exactly 16 f32 (repr(C), 64 bytes), so n lines are 16 n f32.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.lines.len() * 16) }
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        // SAFETY: as in `deref`; the lines are borrowed mutably.
        unsafe {
            std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.lines.len() * 16)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Buffer;

    #[test]
    fn aligned_padded_and_zero() {
        for length in [0, 1, 16, 17] {
            let buffer = Buffer::padded(&vec![1.0; length], length + 3);
            assert_eq!(buffer.as_ptr().addr() % 64, 0);
            assert_eq!(buffer.len(), (length + 3).next_multiple_of(16));
            assert!(buffer[..length].iter().all(|&v| v == 1.0));
            assert!(buffer[length..].iter().all(|&v| v == 0.0));
        }
    }
}
