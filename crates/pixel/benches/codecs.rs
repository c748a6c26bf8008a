//! Times of reading and writing files, beside other crates that do the same.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../src/testing.rs"]
mod testing;

use criterion::{Criterion, criterion_group, criterion_main};
use pixel::{DecodeOptions, Decoded, Decoder, JpegBase, Rect, encode_jpeg, encode_png};

fn encoding(criterion: &mut Criterion) {
    let picture = testing::photograph(1080, 1080);
    let mut group = criterion.benchmark_group("encode 1080x1080 q92");
    let mut out = Vec::new();
    group.bench_function("whole", |bencher| {
        bencher.iter(|| {
            out.clear();
            encode_jpeg(picture.view(), 92, &[], &mut out).unwrap();
        });
    });
    let bytes: Vec<u8> = picture.pixels().iter().flat_map(|pixel| pixel.0).collect();
    group.bench_function("whole by jpeg-encoder", |bencher| {
        bencher.iter(|| {
            out.clear();
            let mut encoder = jpeg_encoder::Encoder::new(&mut out, 92);
            encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
            encoder
                .encode(&bytes, 1080, 1080, jpeg_encoder::ColorType::Rgb)
                .unwrap();
        });
    });
    let base = JpegBase::encode(picture.view(), 92).unwrap();
    let third = Rect {
        x: 230,
        y: 200,
        width: 624,
        height: 624,
    };
    for (name, changed) in [
        ("patch of nothing", &[][..]),
        ("patch of a third", &[third]),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                out.clear();
                base.patch(picture.view(), changed, &[], &mut out).unwrap();
            });
        });
    }
    let mut file = Vec::new();
    base.write(&[], &mut file).unwrap();
    group.bench_function("adopt", |bencher| {
        bencher.iter(|| JpegBase::adopt(&file).unwrap());
    });
    group.finish();
}

fn decoding(criterion: &mut Criterion) {
    for (name, width, height) in [("1080x1440", 1080, 1440), ("12 megapixels", 3024, 4032)] {
        let picture = testing::photograph(width, height);
        let mut file = Vec::new();
        encode_jpeg(picture.view(), 92, &[], &mut file).unwrap();
        let mut group = criterion.benchmark_group(format!("decode {name}"));
        group.sample_size(20);
        let (mut decoder, mut decoded) = (Decoder::default(), Decoded::default());
        for reduction in [1, 2, 4] {
            let options = DecodeOptions {
                least_long_side: Some((height / reduction) as u32),
                ..DecodeOptions::default()
            };
            group.bench_function(format!("at 1/{reduction}"), |bencher| {
                bencher.iter(|| decoder.decode_into(&file, &options, &mut decoded).unwrap());
            });
        }
        group.bench_function("by zune-jpeg", |bencher| {
            bencher.iter(|| {
                let cursor = zune_core::bytestream::ZCursor::new(&file);
                zune_jpeg::JpegDecoder::new(cursor).decode().unwrap()
            });
        });
        group.finish();
    }
}

fn decoding_other_files(criterion: &mut Criterion) {
    let picture = testing::photograph(1080, 1440);
    let bytes: Vec<u8> = picture.pixels().iter().flat_map(|pixel| pixel.0).collect();
    let (mut progressive, mut png) = (Vec::new(), Vec::new());
    let mut encoder = jpeg_encoder::Encoder::new(&mut progressive, 92);
    encoder.set_progressive(true);
    encoder
        .encode(&bytes, 1080, 1440, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    encode_png(picture.view(), None, &mut png).unwrap();
    let mut group = criterion.benchmark_group("decode 1080x1440");
    let (mut decoder, mut decoded) = (Decoder::default(), Decoded::default());
    for (name, file) in [("progressive", progressive), ("png", png)] {
        group.bench_function(name, |bencher| {
            let options = DecodeOptions::default();
            bencher.iter(|| decoder.decode_into(&file, &options, &mut decoded).unwrap());
        });
    }
    group.bench_function("write png", |bencher| {
        let mut out = Vec::new();
        bencher.iter(|| {
            out.clear();
            encode_png(picture.view(), None, &mut out).unwrap();
        });
    });
    group.finish();
}

criterion_group!(benches, encoding, decoding, decoding_other_files);
criterion_main!(benches);
