//! One call from the bytes of a selfie to the bytes of the fused picture, on one thread.

#![allow(missing_docs, reason = "criterion's macros make functions without any")]
#![allow(
    clippy::expect_used,
    reason = "a bench that cannot run has nothing to say"
)]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use engine::{Call, Engine, PhotoPlacement, TemplateOptions};
use fusion::{Algorithm, Recipe};
use pixel::{DecodeOptions, Limits, decode, encode_jpeg, resize};
use std::hint::black_box;

const TEMPLATE: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/portraits/T1.jpg"
));
const SELFIE: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/portraits/U1.jpg"
));

fn large_selfie() -> Vec<u8> {
    let small = decode(SELFIE, &DecodeOptions::default()).expect("the selfie decodes");
    let large = resize(small.pixels.view(), 3000, 4000);
    let mut bytes = Vec::new();
    encode_jpeg(large.view(), 92, &[], &mut bytes).expect("it encodes");
    bytes
}

fn end_to_end(criterion: &mut Criterion) {
    let engine = Engine::new().expect("the nets load");
    let mut workspace = engine.workspace();
    let template = engine
        .prepare(TEMPLATE, &TemplateOptions::default(), &mut workspace)
        .expect("the template has a face");
    let large = large_selfie();
    let mut group = criterion.benchmark_group("end_to_end");
    for (size, selfie) in [("1080x1440", SELFIE), ("3000x4000", &large)] {
        for algorithm in [Algorithm::Natural, Algorithm::Likeness] {
            let recipe = Recipe {
                algorithm,
                ..Recipe::default()
            };
            let photo = PhotoPlacement {
                photo: selfie,
                face_near: None,
                template_face: 0,
                recipe,
            };
            let call = Call {
                template: &template,
                photos: &[photo],
                limits: Limits::default(),
                finish: None,
            };
            let id = BenchmarkId::new(format!("{algorithm:?}").to_lowercase(), size);
            group.bench_function(id, |bencher| {
                let mut encoded = Vec::new();
                bencher.iter(|| {
                    let times = engine.call(&call, &mut workspace, &mut encoded);
                    black_box(times.expect("it fuses"))
                });
            });
        }
    }
    group.bench_function("prepare", |bencher| {
        bencher.iter(|| {
            engine
                .prepare(TEMPLATE, &TemplateOptions::default(), &mut workspace)
                .expect("the template has a face")
        });
    });
    group.finish();
}

criterion_group!(benches, end_to_end);
criterion_main!(benches);
