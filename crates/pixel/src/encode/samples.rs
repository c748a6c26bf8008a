//! Pixels to the samples of an MCU row's components.

use crate::jpeg::{Layout, Plane};
use crate::{Srgb8, View};

/// Most pixels of a strip along x; a multiple of every MCU's width but 24.
const WIDTH: usize = 128;
/// Most rows of a strip: four blocks.
const HEIGHT: usize = 32;

/// The samples of some MCUs side by side, around zero: Y, Cb and Cr (Rec. 601, full range, as in
/// JFIF), each at its own sampling.
#[derive(Debug)]
pub(super) struct Strip {
    full: Box<[[[f32; WIDTH]; HEIGHT]; 3]>,
}

impl Strip {
    pub(super) fn new() -> Strip {
        Strip {
            full: Box::new([[[0.0; WIDTH]; HEIGHT]; 3]),
        }
    }

    /// How many MCUs of this layout a strip takes.
    pub(super) fn capacity(layout: &Layout) -> usize {
        WIDTH / layout.mcu_width
    }

    /// Loads `count` MCUs of row `row` from column `column` on; the picture's last row and column
    /// are repeated beyond its edge.
    pub(super) fn load(
        &mut self,
        picture: View<'_, Srgb8>,
        layout: &Layout,
        row: usize,
        column: usize,
        count: usize,
    ) {
        let left = column * layout.mcu_width;
        let width = count * layout.mcu_width;
        let there = width.min(layout.width - left);
        let [luma, blue, red] = &mut *self.full;
        let mut edge = [Srgb8::BLACK; WIDTH];
        for y in 0..layout.mcu_height {
            let line = (row * layout.mcu_height + y).min(layout.height - 1);
            let mut pixels = &picture.row(line)[left..left + there];
            if there < width {
                let last = pixels[there - 1];
                edge[..there].copy_from_slice(pixels);
                edge[there..width].fill(last);
                pixels = &edge[..width];
            }
            if layout.planes.len() == 1 {
                grey(pixels, &mut luma[y]);
            } else {
                convert(pixels, &mut luma[y], &mut blue[y], &mut red[y]);
            }
        }
        for (samples, plane) in self.full.iter_mut().zip(&layout.planes) {
            let (across, down) = (width / plane.step_x, layout.mcu_height / plane.step_y);
            average(samples, plane, across, down);
        }
    }

    /// The block of component `plane` whose first sample lies at column `x`, row `y`.
    #[inline(always)]
    pub(super) fn block(&self, plane: usize, x: usize, y: usize) -> [[f32; 8]; 8] {
        let samples = &self.full[plane];
        std::array::from_fn(|line| {
            let row = &samples[y + line][x..x + 8];
            std::array::from_fn(|column| row[column])
        })
    }
}

fn convert(
    pixels: &[Srgb8],
    luma: &mut [f32; WIDTH],
    blue: &mut [f32; WIDTH],
    red: &mut [f32; WIDTH],
) {
    let planes = luma.iter_mut().zip(blue.iter_mut()).zip(red.iter_mut());
    for (Srgb8(rgb), ((luma, blue), red)) in pixels.iter().zip(planes) {
        let [r, g, b] = rgb.map(f32::from);
        *luma = 0.299 * r + 0.587 * g + 0.114 * b - 128.0;
        *blue = -0.168_735_9 * r - 0.331_264_1 * g + 0.5 * b;
        *red = 0.5 * r - 0.418_687_6 * g - 0.081_312_4 * b;
    }
}

fn grey(pixels: &[Srgb8], luma: &mut [f32; WIDTH]) {
    for (Srgb8(rgb), luma) in pixels.iter().zip(luma) {
        let [r, g, b] = rgb.map(f32::from);
        *luma = 0.299 * r + 0.587 * g + 0.114 * b - 128.0;
    }
}

/// Replaces the full samples by the means of `step_x × step_y` of them, in place.
fn average(samples: &mut [[f32; WIDTH]; HEIGHT], plane: &Plane, across: usize, down: usize) {
    match (plane.step_x, plane.step_y) {
        (1, 1) => {}
        (2, 2) => average_by::<2, 2>(samples, across, down),
        (2, 1) => average_by::<2, 1>(samples, across, down),
        (1, 2) => average_by::<1, 2>(samples, across, down),
        (4, 1) => average_by::<4, 1>(samples, across, down),
        (step_x, step_y) => average_any(samples, step_x, step_y, across, down),
    }
}

fn average_by<const X: usize, const Y: usize>(
    samples: &mut [[f32; WIDTH]; HEIGHT],
    across: usize,
    down: usize,
) {
    average_any(samples, X, Y, across, down);
}

#[inline(always)]
fn average_any(
    samples: &mut [[f32; WIDTH]; HEIGHT],
    step_x: usize,
    step_y: usize,
    across: usize,
    down: usize,
) {
    let share = 1.0 / (step_x * step_y) as f32;
    for y in 0..down {
        for x in 0..across {
            let mut sum = 0.0;
            for row in &samples[y * step_y..][..step_y] {
                sum += row[x * step_x..][..step_x].iter().sum::<f32>();
            }
            // What is overwritten was read: the means lie at or before their pixels.
            samples[y][x] = sum * share;
        }
    }
}
