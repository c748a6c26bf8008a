//! What finding a face costs, part by part, on a selfie of 1080×1440 and on a crowd.

#![allow(clippy::unwrap_used, reason = "a bench stops where it fails")]
#![allow(missing_docs, reason = "made by criterion's macros")]

use criterion::{Criterion, criterion_group, criterion_main};
use face::{FaceFinder, FindOptions};
use pixel::{DecodeOptions, Image, Srgb8};
use std::hint::black_box;

fn portrait(name: &str) -> Image<Srgb8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/portraits");
    let bytes = std::fs::read(format!("{folder}/{name}.jpg")).unwrap();
    let decoded = pixel::decode(&bytes, &DecodeOptions::default()).unwrap();
    decoded.pixels
}

/// The picture turned clockwise by a quarter.
fn quarter_turned(picture: &Image<Srgb8>) -> Image<Srgb8> {
    let (width, height) = (picture.height(), picture.width());
    let mut turned = Image::new(width, height, Srgb8::BLACK);
    for y in 0..height {
        for x in 0..width {
            turned.row_mut(y)[x] = picture.at(y, width - 1 - x);
        }
    }
    turned
}

/// `columns × rows` copies of the picture, each pixel of them one in `step` of it.
fn crowd(picture: &Image<Srgb8>, columns: usize, rows: usize, step: usize) -> Image<Srgb8> {
    let (width, height) = (picture.width() / step, picture.height() / step);
    let mut crowd = Image::new(columns * width, rows * height, Srgb8::BLACK);
    for y in 0..rows * height {
        for (x, pixel) in crowd.row_mut(y).iter_mut().enumerate() {
            *pixel = picture.at(x % width * step, y % height * step);
        }
    }
    crowd
}

fn find(c: &mut Criterion) {
    let finder = FaceFinder::new().unwrap();
    let mut scratch = finder.scratch();
    let selfie = portrait("U3");
    let plain = FindOptions {
        refined: false,
        ..FindOptions::largest()
    };
    let blank = Image::new(1080, 1440, Srgb8([120; 3]));
    let upright = FindOptions {
        turned: false,
        ..FindOptions::largest()
    };
    let whole = FindOptions {
        least_width: f32::INFINITY,
        ..upright.clone()
    };
    let mut group = c.benchmark_group("find");
    for (name, picture, options) in [
        ("selfie", &selfie, FindOptions::largest()),
        ("selfie, plain mesh", &selfie, plain),
        (
            "selfie on its side",
            &quarter_turned(&selfie),
            FindOptions::largest(),
        ),
        (
            "template, all faces",
            &portrait("T1"),
            FindOptions::default(),
        ),
        ("no face, both detectors once", &blank, whole),
        ("no face, and in tiles", &blank, upright),
        (
            "no face, in tiles and at any turn",
            &blank,
            FindOptions::largest(),
        ),
        (
            "crowd of 48",
            &crowd(&selfie, 8, 6, 8),
            FindOptions::default(),
        ),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| finder.find(black_box(picture.view()), &options, &mut scratch));
        });
    }
    group.finish();
}

fn load(c: &mut Criterion) {
    c.bench_function("load the nets", |bencher| bencher.iter(FaceFinder::new));
}

criterion_group!(benches, find, load);
criterion_main!(benches);
