//! Faces where they are hard to find, and none where there is none.

#![allow(clippy::unwrap_used, reason = "tests stop where they fail")]

mod portraits;

use face::{Face, FaceFinder, Fault, FindOptions, Point3};
use pixel::{Image, Rect, Srgb8};
use portraits::{NAMES, portrait};

fn find(picture: &Image<Srgb8>, options: &FindOptions) -> Vec<Face> {
    let finder = FaceFinder::new().unwrap();
    let mut scratch = finder.scratch();
    finder.find(picture.view(), options, &mut scratch)
}

/// A picture of `width × height` whose pixel at `(x, y)` is that of `source` at `from(x, y)`, and
/// grey beyond it; `step` source pixels are averaged a side.
fn resample(
    source: &Image<Srgb8>,
    width: usize,
    height: usize,
    step: usize,
    from: impl Fn(f32, f32) -> (f32, f32),
) -> Image<Srgb8> {
    let mut image = Image::new(width, height, Srgb8([110; 3]));
    for y in 0..height {
        for x in 0..width {
            let mut sum = [0_usize; 3];
            for sub in 0..step * step {
                let offset = |part: usize| (part as f32 + 0.5) / step as f32 - 0.5;
                let (sx, sy) = from(x as f32 + offset(sub % step), y as f32 + offset(sub / step));
                let inside = sx > -0.5
                    && sy > -0.5
                    && sx < source.width() as f32 - 0.5
                    && sy < source.height() as f32 - 0.5;
                let pixel = if inside {
                    source.at((sx + 0.5) as usize, (sy + 0.5) as usize)
                } else {
                    Srgb8([110; 3])
                };
                for (sum, value) in sum.iter_mut().zip(pixel.0) {
                    *sum += usize::from(value);
                }
            }
            image.row_mut(y)[x] = Srgb8(sum.map(|sum| (sum / (step * step)) as u8));
        }
    }
    image
}

/// The picture turned clockwise on a canvas that holds all of it, at half the size, and where a
/// point of the first goes.
fn turned(source: &Image<Srgb8>, degrees: f32) -> (Image<Srgb8>, impl Fn(Point3) -> (f32, f32)) {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (source.width() as f32, source.height() as f32);
    let size = |along: f32, across: f32| ((along + across) / 2.0).ceil() as usize;
    let canvas = (
        size(width * cos.abs(), height * sin.abs()),
        size(width * sin.abs(), height * cos.abs()),
    );
    let middle = ((width - 1.0) / 2.0, (height - 1.0) / 2.0);
    let new_middle = ((canvas.0 as f32 - 1.0) / 2.0, (canvas.1 as f32 - 1.0) / 2.0);
    let image = resample(source, canvas.0, canvas.1, 2, |x, y| {
        let (x, y) = (2.0 * (x - new_middle.0), 2.0 * (y - new_middle.1));
        (middle.0 + x * cos + y * sin, middle.1 - x * sin + y * cos)
    });
    let place = move |point: Point3| {
        let (x, y) = ((point.x - middle.0) / 2.0, (point.y - middle.1) / 2.0);
        (
            new_middle.0 + x * cos - y * sin,
            new_middle.1 + x * sin + y * cos,
        )
    };
    (image, place)
}

#[test]
fn turned_portraits_are_found_the_right_way_up() {
    for name in ["T1", "T3", "U1", "U4"] {
        let source = portrait(name);
        let upright = find(&source, &FindOptions::largest()).remove(0);
        for degrees in [90.0, 180.0, 270.0, 45.0, -45.0, 135.0] {
            let (picture, place) = turned(&source, degrees);
            let faces = find(&picture, &FindOptions::largest());
            let [face] = &faces[..] else {
                panic!("{name} at {degrees}: {} faces", faces.len())
            };
            let apart = (face.pose.roll - upright.pose.roll - degrees).rem_euclid(360.0);
            assert!(
                apart.min(360.0 - apart) < 5.0,
                "{name} at {degrees}: {:?}",
                face.pose
            );
            let width = face.quality.width;
            for (&before, after) in upright.mesh.iter().zip(&face.mesh) {
                let (x, y) = place(before);
                let distance = (x - after.x).hypot(y - after.y) / width;
                assert!(
                    distance < 0.06,
                    "{name} at {degrees}: {distance} of the width"
                );
            }
        }
    }
}

/// A wall of small portraits.
fn crowd(columns: usize, rows: usize, cell: usize) -> Image<Srgb8> {
    let step = 6;
    let sources: Vec<_> = NAMES.map(portrait).into_iter().collect();
    let mut wall = Image::new(columns * cell, rows * cell, Srgb8([110; 3]));
    for index in 0..columns * rows {
        let source = &sources[index % sources.len()];
        let scale = source.width() as f32 / cell as f32;
        let small = resample(source, cell, cell, step, |x, y| (x * scale, y * scale));
        let (left, top) = (index % columns * cell, index / columns * cell);
        for y in 0..cell {
            wall.row_mut(top + y)[left..left + cell].copy_from_slice(small.row(y));
        }
    }
    wall
}

#[test]
fn a_crowd_is_found_to_the_last_face() {
    let (columns, rows, cell) = (20, 10, 120);
    let faces = find(&crowd(columns, rows, cell), &FindOptions::default());
    let mut hits = vec![0; columns * rows];
    for face in &faces {
        let center = face.bounds.center();
        hits[center.y as usize / cell * columns + center.x as usize / cell] += 1;
    }
    assert!(
        hits.iter().all(|&hits| hits <= 1),
        "a face was found twice: {hits:?}"
    );
    assert!(faces.len() >= 196, "{} of 200", faces.len());
    assert!(faces.is_sorted_by(|a, b| a.bounds.area() >= b.bounds.area()));

    let few = FindOptions {
        most_faces: 3,
        ..FindOptions::default()
    };
    assert_eq!(find(&crowd(3, 2, 200), &few).len(), 3);
}

#[test]
fn near_and_far_faces_are_found_together() {
    let mut picture = portrait("T1");
    let far = portrait("U3");
    let scale = 16.0;
    let (width, height) = (far.width() / 16, far.height() / 16);
    let small = resample(&far, width, height, 8, |x, y| (x * scale, y * scale));
    for y in 0..height {
        picture.row_mut(y)[..width].copy_from_slice(small.row(y));
    }
    let faces = find(&picture, &FindOptions::default());
    let [near, far] = &faces[..] else {
        panic!("{} faces", faces.len())
    };
    assert!(near.quality.is_good(), "{:?}", near.quality);
    assert!(far.bounds.right < width as f32 && far.bounds.bottom < height as f32);
    assert!(
        matches!(far.quality.faults[..], [Fault::TooSmall { .. }]),
        "{:?}",
        far.quality
    );
    let largest = find(&picture, &FindOptions::largest());
    assert_eq!(largest.len(), 1);
    assert_eq!(largest[0].mesh, near.mesh);
}

#[test]
fn nothing_is_found_where_there_is_no_face() {
    let mut state = 1_u32;
    let mut random = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let noise = (0..640 * 480).map(|_| Srgb8([random(), random(), random()]));
    let noise = Image::from_pixels(640, 480, noise.collect()).unwrap();
    let stripes = (0..700 * 500).map(|at| Srgb8([(at % 700 / 9 % 2 * 200) as u8; 3]));
    let stripes = Image::from_pixels(700, 500, stripes.collect()).unwrap();
    let ramp = (0..600 * 400).map(|at| Srgb8([(at % 600 / 3) as u8, (at / 2400) as u8, 90]));
    let ramp = Image::from_pixels(600, 400, ramp.collect()).unwrap();
    for (name, picture) in [
        ("noise", noise),
        ("stripes", stripes),
        ("ramp", ramp),
        ("skin", Image::new(800, 600, Srgb8([224, 172, 140]))),
        ("nothing", Image::new(0, 0, Srgb8::BLACK)),
        ("no rows", Image::new(5, 0, Srgb8::BLACK)),
        ("one pixel", Image::new(1, 1, Srgb8::WHITE)),
        ("a line", Image::new(30_000, 1, Srgb8::WHITE)),
        ("a column", Image::new(1, 30_000, Srgb8::BLACK)),
    ] {
        for options in [FindOptions::default(), FindOptions::largest()] {
            let faces = find(&picture, &options);
            assert!(faces.is_empty(), "{name}: {} faces", faces.len());
        }
    }
}

#[test]
fn no_faces_are_wanted() {
    let none = FindOptions {
        most_faces: 0,
        ..FindOptions::default()
    };
    assert!(find(&portrait("T1"), &none).is_empty());
}

fn faults(picture: &Image<Srgb8>) -> Vec<Fault> {
    let faces = find(picture, &FindOptions::largest());
    assert_eq!(faces.len(), 1);
    faces[0].quality.faults.clone()
}

#[test]
fn good_portraits_have_no_fault() {
    for name in NAMES {
        assert_eq!(faults(&portrait(name)), [], "{name}");
    }
}

#[test]
fn a_cut_face_is_told() {
    let picture = portrait("T1");
    let whole = find(&picture, &FindOptions::largest()).remove(0).bounds;
    for (name, rect) in [
        (
            "left",
            Rect {
                x: (whole.left + whole.width() * 0.25) as usize,
                y: 0,
                width: 700,
                height: 1080,
            },
        ),
        (
            "bottom",
            Rect {
                x: 0,
                y: 0,
                width: 1080,
                height: (whole.bottom - whole.height() * 0.15) as usize,
            },
        ),
    ] {
        let width = rect.width.min(picture.width() - rect.x);
        let cut = picture.view().crop(Rect { width, ..rect }).unwrap();
        let faults = faults(&cut.to_image());
        assert!(
            matches!(faults[..], [Fault::CutByBorder { .. }]),
            "{name}: {faults:?}"
        );
    }
}

#[test]
fn a_dark_face_is_told() {
    let mut picture = portrait("T1");
    for pixel in picture.pixels_mut() {
        *pixel = Srgb8(pixel.0.map(|value| value / 12));
    }
    let faults = faults(&picture);
    assert!(matches!(faults[..], [Fault::Dark { .. }, ..]), "{faults:?}");
}

/// A mean over squares of `side` pixels, twice: about a Gaussian of `0.58 · side`.
fn blurred(source: &Image<Srgb8>, side: usize) -> Image<Srgb8> {
    let mean = |image: &Image<Srgb8>, step: (usize, usize)| {
        let mut result = image.clone();
        for y in 0..image.height() {
            for x in 0..image.width() {
                let mut sum = [0_usize; 3];
                for tap in 0..side {
                    let at = |value: usize, step: usize, length: usize| {
                        (value + tap * step)
                            .saturating_sub(side / 2 * step)
                            .min(length - 1)
                    };
                    let pixel =
                        image.at(at(x, step.0, image.width()), at(y, step.1, image.height()));
                    for (sum, value) in sum.iter_mut().zip(pixel.0) {
                        *sum += usize::from(value);
                    }
                }
                result.row_mut(y)[x] = Srgb8(sum.map(|sum| (sum / side) as u8));
            }
        }
        result
    };
    let once = mean(&mean(source, (1, 0)), (0, 1));
    mean(&mean(&once, (1, 0)), (0, 1))
}

#[test]
fn a_blurred_face_is_told() {
    for name in ["T1", "T4", "U1"] {
        let picture = portrait(name);
        let width = find(&picture, &FindOptions::largest())[0].quality.width;
        // A Gaussian of 0.6 % of the face's width is a little soft, one of 4 % hides the eyes' shape.
        assert_eq!(
            faults(&blurred(&picture, (width * 0.01) as usize)),
            [],
            "{name}"
        );
        let faults = faults(&blurred(&picture, (width * 0.07) as usize));
        assert!(
            matches!(faults[..], [Fault::Blurred { .. }]),
            "{name}: {faults:?}"
        );
    }
}
