//! `mien fuse` with one template and one photo.

use crate::pictures::{SELFIE_PIXELS, TEMPLATE, pixels, png, raw_png, samples, size};
use crate::run::Folder;
use pixel::{DecodeOptions, Format, Image, Srgb8, decode, resize};
use png::{BitDepth, ColorType};

/// How many pixels differ by more than a little.
fn changed(one: &Image<Srgb8>, other: &Image<Srgb8>) -> usize {
    assert_eq!(size(one), size(other));
    let far = |(a, b): (&Srgb8, &Srgb8)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 8);
    one.pixels()
        .iter()
        .zip(other.pixels())
        .filter(|pair| far(*pair))
        .count()
}

#[test]
fn a_fusion_changes_the_face_and_nothing_else() {
    let folder = Folder::with_portraits();
    for algorithm in ["natural", "likeness"] {
        let words = format!(
            "fuse --template t.jpg --face u.jpg --out r.jpg --algorithm {algorithm} \
             --feature-degree 0 --shape-degree 0"
        );
        let (code, document) = folder.json(&words);
        assert_eq!(code, 0, "{document}");
        assert_eq!(document["out"], "r.jpg");
        assert_eq!(document["faces"][0]["template_face"], 0);
        let (template, fused) = (pixels(TEMPLATE), pixels(&folder.get("r.jpg")));
        let changed = changed(&template, &fused);
        let all = template.pixels().len();
        assert!(
            (all / 200..all / 2).contains(&changed),
            "{algorithm}: {changed} of {all}"
        );
        // What lies far from the face is bit for bit the template's.
        assert_eq!(fused.row(0), template.row(0), "{algorithm}");
        assert_eq!(fused.row(1079), template.row(1079), "{algorithm}");
    }
}

#[test]
fn at_degree_100_the_template_comes_back() {
    let folder = Folder::with_portraits();
    folder
        .mien("fuse --template t.jpg --face u.jpg --out r.jpg --feature-degree 100 --shape-degree 100")
        .expect(0);
    assert!(pixels(&folder.get("r.jpg")) == pixels(TEMPLATE));
}

#[test]
fn the_ending_chooses_the_format() {
    let folder = Folder::with_portraits();
    folder.put("t.png", &png(&resize(pixels(TEMPLATE).view(), 540, 540)));
    for (template, out, format) in [
        ("t.jpg", "a.png", Format::Png),
        ("t.jpg", "b", Format::Jpeg),
        ("t.png", "c.JPG", Format::Jpeg),
        ("t.png", "d", Format::Png),
    ] {
        folder
            .mien(&format!(
                "fuse --template {template} --face u.jpg --out {out}"
            ))
            .expect(0);
        let decoded = decode(&folder.get(out), &DecodeOptions::default()).unwrap();
        assert_eq!(decoded.format, format, "{template} to {out}");
    }
}

#[test]
fn quality_sets_the_size_of_the_file() {
    let folder = Folder::with_portraits();
    let size = |quality| {
        folder
            .mien(&format!(
                "fuse --template t.jpg --face u.jpg --out r.jpg --quality {quality}"
            ))
            .expect(0);
        folder.get("r.jpg").len()
    };
    let (low, high) = (size(30), size(95));
    assert!(low * 2 < high, "{low} {high}");
}

#[test]
fn transparency_of_the_template_is_kept() {
    let picture = resize(pixels(TEMPLATE).view(), 540, 540);
    let corner = |index: usize| {
        if index / 540 < 40 {
            (index % 256) as u8
        } else {
            255
        }
    };
    let mut bytes = samples(&picture, |Srgb8([red, green, blue])| [red, green, blue, 0]);
    for (index, pixel) in bytes.chunks_exact_mut(4).enumerate() {
        pixel[3] = corner(index);
    }
    let folder = Folder::with_portraits();
    let template = raw_png(size(&picture), ColorType::Rgba, BitDepth::Eight, &bytes);
    folder.put("t.png", &template);
    folder
        .mien("fuse --template t.png --face u.jpg --out r.png")
        .expect(0);
    let fused = decode(&folder.get("r.png"), &DecodeOptions::default()).unwrap();
    let alpha = fused.alpha.expect("the result has transparency");
    let expected: Vec<u8> = (0..540 * 540).map(corner).collect();
    assert!(alpha.pixels() == expected);
}

#[test]
fn a_faulty_face_is_fused_with_a_warning() {
    let dark: Vec<Srgb8> = SELFIE_PIXELS
        .pixels()
        .iter()
        .map(|pixel| Srgb8(pixel.0.map(|value| value / 9)))
        .collect();
    let dark = Image::from_pixels(SELFIE_PIXELS.width(), SELFIE_PIXELS.height(), dark).unwrap();
    let folder = Folder::with_portraits();
    folder.put("dark.png", &png(&dark));
    let run = folder
        .mien("fuse --template t.jpg --face dark.png --out r.jpg")
        .expect(0);
    assert!(run.stderr.contains("dark.png: warning"), "{}", run.stderr);
    let (_, document) = folder.json("fuse --template t.jpg --face dark.png --out r.jpg");
    assert!(!document["warnings"].as_array().unwrap().is_empty());
}

#[test]
fn stages_and_sheet_are_written() {
    let folder = Folder::with_portraits();
    folder
        .mien("fuse --template t.jpg --face u.jpg --explain stages --sheet sheet.png")
        .expect(0);
    let names = folder.names();
    assert!(names.contains(&"sheet.png".to_owned()), "{names:?}");
    assert!(
        names.iter().any(|name| name.starts_with("stages/00-")),
        "{names:?}"
    );
    let sheet = pixels(&folder.get("sheet.png"));
    assert!(sheet.width() > 6 * 300, "{}", sheet.width());
}
