//! Every net against values that XNNPACK computed from the same picture (`reference/make.py`).

#![expect(clippy::expect_used, reason = "this is a test")]

use net::{InstructionSet, Net};

/// As in `make.py`.
const LONGEST: usize = 4096;
const STEP: usize = 7;

/// The drawing of `make.py`: a face of discs on a wavy background, in whole numbers.
fn face(height: i64, width: i64) -> Vec<f32> {
    let waves = [(3, 5), (7, 2), (4, 9)];
    let discs = [
        (33, 32, 24, 18, [208, 160, 136]),
        (27, 25, 3, 5, [250, 248, 244]),
        (27, 39, 3, 5, [250, 248, 244]),
        (27, 25, 2, 2, [40, 30, 24]),
        (27, 39, 2, 2, [40, 30, 24]),
        (22, 25, 1, 6, [70, 50, 40]),
        (22, 39, 1, 6, [70, 50, 40]),
        (36, 32, 4, 3, [188, 136, 112]),
        (45, 32, 3, 7, [170, 70, 76]),
    ];
    let mut picture = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let (u, v) = (x * 64 * 16 / width, y * 64 * 16 / height);
            let mut color = waves.map(|(a, b)| {
                let wave = (u * a + v * b) / 4 % 256;
                96 + wave.min(255 - wave) / 2
            });
            for (row, column, ry, rx, disc) in discs {
                let (dy, dx): (i64, i64) = (v - row * 16, u - column * 16);
                if dy * dy * rx * rx + dx * dx * ry * ry <= (16 * rx * ry) * (16 * rx * ry) {
                    color = disc;
                }
            }
            picture.extend(color.map(|c| c as f32));
        }
    }
    picture
}

/// Runs `net` on the drawing, scaled to `low..=high`, and gives all outputs as `make.py` stores them.
fn run(net: &Net, low: f32, high: f32) -> Vec<f32> {
    let [height, width, channels] = net.input_shape();
    assert_eq!(channels, 3);
    let mut scratch = net.scratch();
    for (to, from) in scratch
        .input_mut()
        .iter_mut()
        .zip(face(height as i64, width as i64))
    {
        *to = from * ((high - low) / 255.0) + low;
    }
    net.run(&mut scratch);
    let outputs = 0..net.outputs().len();
    outputs
        .flat_map(|index| {
            let values = scratch.output(index);
            let step = if values.len() > LONGEST { STEP } else { 1 };
            values.iter().copied().step_by(step)
        })
        .collect()
}

/// `tolerance` is relative to the largest of the reference's numbers.
fn check(file: &[u8], (low, high): (f32, f32), reference: &[u8], tolerance: f32) {
    let reference: Vec<f32> = reference
        .as_chunks::<4>()
        .0
        .iter()
        .map(|bytes| f32::from_le_bytes(*bytes))
        .collect();
    let largest = reference.iter().fold(0.0_f32, |m, v| m.max(v.abs()));
    let mut portable = None;
    for set in InstructionSet::available() {
        let net = Net::load_with(file, set).expect("the net loads");
        let found = run(&net, low, high);
        let error = furthest(&found, &reference);
        assert!(error <= tolerance * largest, "{}: {error}", set.name());
        let truth = portable.get_or_insert_with(|| found.clone());
        let error = furthest(&found, truth);
        assert!(
            error <= tolerance * largest,
            "{} from portable: {error}",
            set.name()
        );
    }
}

fn furthest(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    let differences = a.iter().zip(b).map(|(a, b)| (a - b).abs());
    // A NaN must not pass as small.
    differences.fold(0.0, |m, d| if d <= m { m } else { d })
}

#[test]
fn detector_short_range() {
    let reference = include_bytes!("reference/detector_short_range.f32");
    check(models::DETECTOR_SHORT_RANGE, (-1.0, 1.0), reference, 1e-5);
}

#[test]
fn landmark() {
    let reference = include_bytes!("reference/landmark.f32");
    check(models::LANDMARK, (0.0, 1.0), reference, 1e-5);
}

#[test]
fn detector_full_range() {
    let reference = include_bytes!("reference/detector_full_range.f32");
    check(models::DETECTOR_FULL_RANGE, (-1.0, 1.0), reference, 1e-5);
}

#[test]
fn landmark_attention() {
    let reference = include_bytes!("reference/landmark_attention.f32");
    check(models::LANDMARK_ATTENTION, (0.0, 1.0), reference, 1e-5);
}
