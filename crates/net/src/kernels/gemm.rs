//! Matrix product, the heart of the convolutions.
//!
//! The left matrix is read where it lies, in tiles of a few rows; the right one, the weights, is
//! packed in panels of 16 columns, so that a tile's inner loop reads one stream.
#![allow(unsafe_code)]

use super::epilogue::Epilogue;
use crate::buffer::Buffer;
use crate::graph::LANES;
use crate::lanes::{Lanes, Registers};

/// Weights as `[panel of 16 outputs][depth][16]`.
#[derive(Debug)]
pub(super) struct Panels {
    data: Buffer,
    depth: usize,
    count: usize,
}

impl Panels {
    /// Packs `weights[output][tap][channel]`; where the left matrix has `stride ≥ channels`
    /// numbers for each tap, the weights of the surplus are zero.
    pub(super) fn pack(weights: &[f32], outputs: usize, channels: usize, stride: usize) -> Self {
        let taps = weights.len() / (outputs * channels);
        let depth = taps * stride;
        let count = outputs.div_ceil(LANES);
        let mut data = Buffer::zeros(count * depth * LANES);
        for (output, rows) in weights.chunks_exact(taps * channels).enumerate() {
            let panel = &mut data[output / LANES * depth * LANES..][..depth * LANES];
            for (tap, row) in rows.chunks_exact(channels).enumerate() {
                for (channel, &weight) in row.iter().enumerate() {
                    panel[(tap * stride + channel) * LANES + output % LANES] = weight;
                }
            }
        }
        Self { data, depth, count }
    }

    /// How many numbers packing makes.
    pub(super) fn size(outputs: usize, depth: usize) -> usize {
        outputs.next_multiple_of(LANES) * depth
    }

    /// Columns, padded.
    pub(super) fn columns(&self) -> usize {
        self.count * LANES
    }

    /// Rows.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }
}

/// The left matrix: each row is `segments` runs of `segment_length` numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) values: &'a [f32],
    pub(super) count: usize,
    pub(super) row_stride: usize,
    pub(super) segments: usize,
    pub(super) segment_stride: usize,
    pub(super) segment_length: usize,
}

impl<'a> Rows<'a> {
    /// Rows that are one run each, one after another.
    pub(super) fn contiguous(values: &'a [f32], length: usize) -> Self {
        Self {
            values,
            count: values.len() / length,
            row_stride: length,
            segments: 1,
            segment_stride: 0,
            segment_length: length,
        }
    }
}

/// A product and what is done with it.
pub(super) struct Product<'a> {
    pub(super) rows: Rows<'a>,
    pub(super) panels: &'a Panels,
    /// The row of the weights that the first number of each left row meets.
    pub(super) first: usize,
    pub(super) epilogue: Epilogue<'a>,
    /// One row of padded columns for each left row.
    pub(super) output: &'a mut [f32],
}

/// Computes a product.
#[inline(always)]
pub(super) fn multiply<L: Lanes>(lanes: L, product: Product) {
    let Product {
        rows,
        panels,
        first,
        epilogue,
        output,
    } = product;
    if rows.count == 0 || rows.segments == 0 || rows.segment_length == 0 {
        // Nothing to add up: only a window that lies wholly outside of the image.
        assert!(rows.count == 0, "empty sums");
        return;
    }
    let last = (rows.count - 1) * rows.row_stride
        + (rows.segments - 1) * rows.segment_stride
        + rows.segment_length;
    let columns = panels.columns();
    assert!(
        rows.values.len() >= last
            && first + rows.segments * rows.segment_length <= panels.depth
            && panels.data.len() >= panels.count * panels.depth * LANES
            && output.len() >= rows.count * columns
            && epilogue.covers(rows.count, columns)
    );
    let tiles = Tiles {
        lanes,
        rows,
        panels,
        first,
        epilogue,
        output: output.as_mut_ptr(),
    };
    // SAFETY: the bounds of everything were just checked, and `row + ROWS ≤ count` below.
    unsafe {
        match L::REGISTERS {
            Registers::Few => tiles.all::<4, 1>(),
            Registers::Eight => tiles.all::<6, 1>(),
            Registers::Many => tiles.all::<12, 2>(),
        }
    }
}

struct Tiles<'a, L> {
    lanes: L,
    rows: Rows<'a>,
    panels: &'a Panels,
    first: usize,
    epilogue: Epilogue<'a>,
    output: *mut f32,
}

impl<L: Lanes> Tiles<'_, L> {
    /// All rows, as many at once as fit the registers, then the rest.
    ///
    /// # Safety
    /// As for [`Self::tile`], for every row and panel.
    #[inline(always)]
    unsafe fn all<const ROWS: usize, const PANELS: usize>(&self) {
        let mut row = 0;
        // SAFETY: `row + ROWS ≤ count` in each call; the rest is the caller's promise.
        unsafe {
            while row + ROWS <= self.rows.count {
                self.strip::<ROWS, PANELS>(row);
                row += ROWS;
            }
            if ROWS > 6 && row + 6 <= self.rows.count {
                self.strip::<6, PANELS>(row);
                row += 6;
            }
            match self.rows.count - row {
                0 => {}
                1 => self.strip::<1, 4>(row),
                2 => self.strip::<2, 2>(row),
                3 => self.strip::<3, PANELS>(row),
                4 => self.strip::<4, PANELS>(row),
                _ => self.strip::<5, PANELS>(row),
            }
        }
    }

    /// `ROWS` rows by all panels.
    ///
    /// # Safety
    /// As for [`Self::tile`], for every panel.
    #[inline(always)]
    unsafe fn strip<const ROWS: usize, const PANELS: usize>(&self, row: usize) {
        let mut panel = 0;
        // SAFETY: `panel + PANELS ≤ count` in each call; the rest is the caller's promise.
        unsafe {
            while panel + PANELS <= self.panels.count {
                self.tile::<ROWS, PANELS>(row, panel);
                panel += PANELS;
            }
            while PANELS > 1 && panel < self.panels.count {
                self.tile::<ROWS, 1>(row, panel);
                panel += 1;
            }
        }
    }

    /// `ROWS` rows by `PANELS` panels.
    ///
    /// # Safety
    /// `row + ROWS ≤ rows.count`, `panel + PANELS ≤ panels.count`, and what [`multiply`] asserts.
    #[inline(always)]
    unsafe fn tile<const ROWS: usize, const PANELS: usize>(&self, row: usize, panel: usize) {
        let Self { lanes, rows, .. } = self;
        let stride = rows.row_stride;
        let panel_length = self.panels.depth * LANES;
        // SAFETY: `multiply` asserted that the last number of the last row, the last weight, the
        // last output and what the epilogue reads exist; this tile stays below them.
        unsafe {
            let mut sums = [[lanes.zero(); PANELS]; ROWS];
            let start = rows.values.as_ptr().add(row * stride);
            let mut weights = self
                .panels
                .data
                .as_ptr()
                .add(panel * panel_length + self.first * LANES);
            for segment in 0..rows.segments {
                let left = start.add(segment * rows.segment_stride);
                sums = self.accumulate(left, weights, sums);
                weights = weights.add(rows.segment_length * LANES);
            }
            let columns = self.panels.columns();
            for (r, sums) in sums.iter().enumerate() {
                for (p, &sum) in sums.iter().enumerate() {
                    let channel = (panel + p) * LANES;
                    let value = self.epilogue.apply(*lanes, sum, row + r, channel);
                    lanes.store(value, self.output.add((row + r) * columns + channel));
                }
            }
        }
    }

    /// Adds the products of one segment. Sums go in and out by value, so that they stay in registers.
    ///
    /// # Safety
    /// `left` is where the segment of the tile's first row starts, `weights` those of the first
    /// panel that it meets; the tile's rows and panels exist.
    #[inline(always)]
    #[expect(
        clippy::needless_range_loop,
        reason = "iterators keep the sums in memory: measured 30 % slower"
    )]
    unsafe fn accumulate<const ROWS: usize, const PANELS: usize>(
        &self,
        left: *const f32,
        weights: *const f32,
        mut sums: [[L::Vector; PANELS]; ROWS],
    ) -> [[L::Vector; PANELS]; ROWS] {
        let lanes = self.lanes;
        let stride = self.rows.row_stride;
        let panel_length = self.panels.depth * LANES;
        for k in 0..self.rows.segment_length {
            // SAFETY: as the caller promises; `k` is less than the segment's length.
            unsafe {
                let mut right = [lanes.zero(); PANELS];
                for p in 0..PANELS {
                    right[p] = lanes.load(weights.add(p * panel_length + k * LANES));
                }
                for r in 0..ROWS {
                    let x = lanes.splat(*left.add(r * stride + k));
                    for p in 0..PANELS {
                        sums[r][p] = lanes.multiply_add(x, right[p], sums[r][p]);
                    }
                }
            }
        }
        sums
    }
}
