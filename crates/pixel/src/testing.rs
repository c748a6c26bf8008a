//! Pictures made for tests and benches.

use pixel::{Image, Srgb8};

/// A whole number without pattern for a place on a grid (the mixing steps of SplitMix64; Steele,
/// Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
fn scattered(x: u64, y: u64, layer: u64) -> u64 {
    let mut value = (x << 40 ^ y << 16 ^ layer).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    value = (value ^ value >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ value >> 31
}

/// Values -0.5..0.5 on a grid of `cell` pixels, smoothly between.
fn smooth_noise(x: usize, y: usize, cell: usize, layer: u64) -> f32 {
    let value = |x: usize, y: usize| {
        (scattered(x as u64, y as u64, layer) >> 40) as f32 / (1 << 24) as f32 - 0.5
    };
    let ease = |at: usize| {
        let part = (at % cell) as f32 / cell as f32;
        part * part * (3.0 - 2.0 * part)
    };
    let (column, row, right, down) = (x / cell, y / cell, ease(x), ease(y));
    let mix = |a: f32, b: f32, part: f32| a + (b - a) * part;
    let top = mix(value(column, row), value(column + 1, row), right);
    let bottom = mix(value(column, row + 1), value(column + 1, row + 1), right);
    mix(top, bottom, down)
}

/// A picture with the spectrum of a photograph: soft shapes, ever weaker detail, a little grain.
pub(crate) fn photograph(width: usize, height: usize) -> Image<Srgb8> {
    let mut picture = Image::new(width, height, Srgb8::BLACK);
    for y in 0..height {
        for (x, pixel) in picture.row_mut(y).iter_mut().enumerate() {
            let layers = [(257, 150.0), (61, 60.0), (17, 22.0), (5, 9.0), (1, 4.0)];
            let luma: f32 = layers
                .iter()
                .map(|(cell, height)| height * smooth_noise(x, y, *cell, *cell as u64))
                .sum();
            let red = 90.0 * smooth_noise(x, y, 131, 1001) + 8.0 * smooth_noise(x, y, 9, 1002);
            let blue = 90.0 * smooth_noise(x, y, 173, 1003) + 8.0 * smooth_noise(x, y, 7, 1004);
            let channels = [luma + red, luma, luma + blue];
            *pixel = Srgb8(channels.map(|value| (value + 128.0) as u8));
        }
    }
    picture
}
