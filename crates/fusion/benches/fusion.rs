//! Preparing a template and fusing a face into it, on rendered portraits.

#![allow(
    missing_docs,
    clippy::expect_used,
    reason = "a bench has no caller to tell"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use face::{FaceFinder, FindOptions};
use fusion::{Algorithm, Assignment, Degree, Recipe, Scratch, Template, fuse};
use pixel::{DecodeOptions, Image, Srgb8};
use std::hint::black_box;

fn portrait(bytes: &[u8]) -> (Image<Srgb8>, face::Face) {
    let picture = pixel::decode(bytes, &DecodeOptions::default())
        .expect("a JPEG file")
        .pixels;
    let finder = FaceFinder::new().expect("the nets load");
    let faces = finder.find(
        picture.view(),
        &FindOptions::largest(),
        &mut finder.scratch(),
    );
    (picture, faces.into_iter().next().expect("a face"))
}

fn stages(criterion: &mut Criterion) {
    let (picture, face) = portrait(include_bytes!("../../../fixtures/portraits/T2.jpg"));
    let (user_picture, user_face) = portrait(include_bytes!("../../../fixtures/portraits/U4.jpg"));
    criterion.bench_function("prepare a 1080x1080 template", |bencher| {
        bencher.iter(|| Template::prepare(black_box(picture.clone()), vec![face.clone()]));
    });
    let template = Template::prepare(picture.clone(), vec![face]).expect("a face");
    let (mut scratch, mut output) = (Scratch::default(), Image::default());
    for (algorithm, name) in [
        (Algorithm::Natural, "natural"),
        (Algorithm::Likeness, "likeness"),
    ] {
        for degree in [0, 50] {
            let degrees = Degree::new(degree).expect("at most 100");
            let recipe = Recipe {
                algorithm,
                feature_degree: degrees,
                shape_degree: degrees,
            };
            criterion.bench_function(&format!("fuse, {name}, degrees {degree}"), |bencher| {
                bencher.iter(|| {
                    let assignment = Assignment {
                        template_face: 0,
                        user_picture: user_picture.view(),
                        user_face: &user_face,
                        recipe,
                    };
                    fuse(
                        &template,
                        black_box(&[assignment]),
                        &mut scratch,
                        &mut output,
                        None,
                    )
                });
            });
        }
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
