//! The samples of one row of MCUs, with the rows above and below that smoothed chroma needs.

use super::inverse::Inverse;
use crate::jpeg::{Block, Layout};

/// One component's part of a row of MCUs, brought from coefficients to samples.
#[derive(Clone, Debug)]
pub(super) struct Band {
    inverse: Inverse,
    /// Side of a block of samples.
    size: usize,
    /// Output pixels that share a sample, side by side and on top of each other.
    step: (usize, usize),
    /// Samples between the starts of two rows.
    stride: usize,
    /// Samples of a row that belong to the picture, and rows that do.
    width: usize,
    height: usize,
    /// Rows of samples of a row of MCUs.
    rows: usize,
    /// The rows of the last MCUs, one row above them and one below.
    last: Vec<u8>,
    /// The same of the MCUs that come next.
    next: Vec<u8>,
}

impl Band {
    /// Prepares for component `index` of a picture at 1/`reduction` of its size.
    pub(super) fn new(layout: &Layout, index: usize, steps: &[u16; 64], reduction: usize) -> Band {
        let plane = layout.planes[index];
        let base = 8 / reduction;
        // Subsampled components are reduced less, which saves stretching them again.
        let spare = [4, 2].into_iter().find(|factor| {
            plane.step_x.is_multiple_of(*factor)
                && plane.step_y.is_multiple_of(*factor)
                && base * factor <= 8
        });
        let size = base * spare.unwrap_or(1);
        let step = (plane.step_x * base / size, plane.step_y * base / size);
        let (width, height) = (
            layout.width.div_ceil(reduction).div_ceil(step.0),
            layout.height.div_ceil(reduction).div_ceil(step.1),
        );
        let stride = layout.columns * plane.horizontal * size;
        let rows = plane.vertical * size;
        Band {
            inverse: Inverse::new(steps, size),
            size,
            step,
            stride,
            width,
            height,
            rows,
            last: vec![0; stride * (rows + 2)],
            next: vec![0; stride * (rows + 2)],
        }
    }

    /// Brings a block of the next MCUs, at block column `x` and block row `y` among them.
    #[inline(always)]
    pub(super) fn put(&mut self, x: usize, y: usize, block: &Block, end: usize) {
        let start = (1 + y * self.size) * self.stride + x * self.size;
        self.inverse
            .write(block, end, &mut self.next[start..], self.stride);
    }

    /// Ends the next MCUs, those of row `row`: they become the last, whose row below is still
    /// missing, and those become the ones to fill.
    pub(super) fn turn(&mut self, row: usize) {
        std::mem::swap(&mut self.last, &mut self.next);
        let (stride, rows) = (self.stride, self.rows);
        if row == 0 {
            self.last.copy_within(stride..2 * stride, 0);
        } else {
            self.last[..stride].copy_from_slice(&self.next[rows * stride..(rows + 1) * stride]);
        }
        // Beyond the picture its last row goes on.
        let there = self.height.saturating_sub(row * rows).min(rows);
        if there < rows && there > 0 {
            let start = there * stride;
            self.last.copy_within(start..start + stride, start + stride);
        }
    }

    /// Brings the row below the last MCUs from the next ones; without those the last row goes on.
    pub(super) fn join(&mut self, next_is_there: bool) {
        let (stride, rows) = (self.stride, self.rows);
        let (body, below) = self.last.split_at_mut((rows + 1) * stride);
        below.copy_from_slice(match next_is_there {
            true => &self.next[stride..2 * stride],
            false => &body[rows * stride..],
        });
    }

    /// The samples for output row `y` of the last MCUs, one for each output pixel.
    ///
    /// Chroma of half the resolution is interpolated linearly: a pixel takes 3/4 of its sample and
    /// 1/4 of the neighbour's, along each axis.
    pub(super) fn row<'a>(&'a self, y: usize, scratch: &'a mut Stretch) -> &'a [u8] {
        let line = |row: usize| &self.last[row * self.stride..][..self.width];
        let (step_x, step_y) = self.step;
        let near = 1 + y / step_y;
        match (step_x, step_y) {
            (1, 1) => return line(near),
            (1 | 2, 1 | 2) => {
                let far = match (step_y, y % 2) {
                    (1, _) => near,
                    (_, 0) => near - 1,
                    _ => near + 1,
                };
                mix(line(near), line(far), &mut scratch.mixed);
                if step_x == 1 {
                    scratch.out.clear();
                    scratch
                        .out
                        .extend(scratch.mixed.iter().map(|sum| ((sum + 2) >> 2) as u8));
                } else {
                    widen(&scratch.mixed, &mut scratch.out);
                }
            }
            _ => {
                let samples = line(near).iter();
                scratch.out.clear();
                scratch
                    .out
                    .extend(samples.flat_map(|sample| std::iter::repeat_n(*sample, step_x)));
            }
        }
        &scratch.out
    }
}

/// Memory for stretching a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Stretch {
    mixed: Vec<u16>,
    out: Vec<u8>,
}

/// Four times the row that lies a quarter from `near` to `far`.
fn mix(near: &[u8], far: &[u8], mixed: &mut Vec<u16>) {
    mixed.clear();
    let pairs = near.iter().zip(far);
    mixed.extend(pairs.map(|(near, far)| 3 * u16::from(*near) + u16::from(*far)));
}

/// Two samples for each of `mixed`, which holds four times their values.
fn widen(mixed: &[u16], out: &mut Vec<u8>) {
    out.resize(2 * mixed.len(), 0);
    let (pairs, _) = out.as_chunks_mut::<2>();
    let (Some(first), Some(last)) = (mixed.first(), mixed.last()) else {
        return;
    };
    let quarter = |near: u16, far: u16, bias: u16| ((3 * near + far + bias) >> 4) as u8;
    for (pair, window) in pairs.iter_mut().skip(1).zip(mixed.windows(3)) {
        let [before, near, after] = *window else {
            return;
        };
        *pair = [quarter(near, before, 8), quarter(near, after, 7)];
    }
    let end = mixed.len() - 1;
    pairs[end] = [
        quarter(*last, mixed[end.saturating_sub(1)], 8),
        quarter(*last, *last, 7),
    ];
    let after = *mixed.get(1).unwrap_or(first);
    pairs[0] = [quarter(*first, *first, 8), quarter(*first, after, 7)];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_widened_linearly() {
        for (samples, expected) in [
            (&[100][..], &[100, 100][..]),
            (&[100, 200], &[100, 125, 175, 200]),
            (&[0, 100, 40], &[0, 25, 75, 85, 55, 40]),
        ] {
            let mut scratch = Stretch::default();
            mix(samples, samples, &mut scratch.mixed);
            widen(&scratch.mixed, &mut scratch.out);
            assert_eq!(scratch.out, expected);
        }
    }
}
