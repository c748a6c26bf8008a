//! Pictures that are none, that are hostile, that are unusual, or that show no usable face.

use crate::pictures::{
    SELFIE, SELFIE_PIXELS, TEMPLATE, animated_png, bomb, cmyk_jpeg, crop, grey_jpeg, pixels, png,
    progressive_jpeg, raw_png, samples, sideways_jpeg, size, tiles,
};
use crate::run::Folder;
use pixel::{Image, Rect, Srgb8, resize};
use png::{BitDepth, ColorType};

/// Runs a fusion with `bytes` as the selfie and as the template; neither may leave anything behind.
#[track_caller]
fn assert_refused(bytes: &[u8], code: i32, kind: &str, words: &str) {
    let folder = Folder::with_portraits();
    folder.put("bad.bin", bytes);
    for (role, words_in) in [
        ("user", "fuse --template t.jpg --face bad.bin --out r.jpg"),
        (
            "template",
            "fuse --template bad.bin --face u.jpg --out r.jpg",
        ),
    ] {
        let (found, document) = folder.json(words_in);
        let error = &document["error"];
        assert_eq!(found, code, "{role}: {document}");
        assert_eq!(error["kind"], kind, "{role}");
        assert_eq!(error["exit_code"], code, "{role}");
        assert_eq!(error["path"], "bad.bin", "{role}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(words), "{role}: {message}");
    }
    assert_eq!(folder.names(), ["bad.bin", "t.jpg", "u.jpg"]);
}

#[test]
fn what_is_no_picture_is_refused() {
    assert_refused(b"", 3, "bad_picture", "empty");
    assert_refused(b"Dear diary,\n", 3, "bad_picture", "not a picture");
    assert_refused(b"GIF89a\x10\0\x10\0\0\0\0", 3, "bad_picture", "GIF");
}

#[test]
fn truncated_files_are_refused() {
    assert_refused(&SELFIE[..SELFIE.len() / 2], 3, "bad_picture", "cut off");
    assert_refused(&SELFIE[..100], 3, "bad_picture", "JPEG");
    let whole = png(&SELFIE_PIXELS);
    assert_refused(&whole[..whole.len() / 2], 3, "bad_picture", "PNG");
}

#[test]
fn bombs_are_refused_by_their_head() {
    for size in [[29_000, 29_000], [1 << 30, 1 << 30], [40_000, 1]] {
        assert_refused(&bomb(size), 3, "bad_picture", "scale it down");
    }
}

#[test]
fn a_line_of_pixels_has_no_face() {
    let line = Image::new(30_000, 1, Srgb8([90, 120, 150]));
    assert_refused(&png(&line), 4, "no_usable_face", "no face");
}

#[test]
fn a_picture_without_a_face_says_so() {
    let plain = Image::new(640, 480, Srgb8([200, 180, 160]));
    assert_refused(&png(&plain), 4, "no_usable_face", "no face");
}

#[test]
fn unusual_coding_is_read() {
    let selfie = &*SELFIE_PIXELS;
    let sixteen = samples(selfie, |pixel| {
        let [red, green, blue] = pixel.0;
        [red, red, green, green, blue, blue]
    });
    let opaque = samples(selfie, |Srgb8([red, green, blue])| [red, green, blue, 255]);
    let grey = samples(selfie, |pixel| [pixel.luma()]);
    let cases = [
        ("CMYK JPEG", cmyk_jpeg(selfie)),
        ("grey JPEG", grey_jpeg(selfie)),
        ("progressive JPEG", progressive_jpeg(selfie)),
        ("JPEG turned by its EXIF note", sideways_jpeg(selfie)),
        (
            "16-bit PNG",
            raw_png(size(selfie), ColorType::Rgb, BitDepth::Sixteen, &sixteen),
        ),
        (
            "grey PNG",
            raw_png(size(selfie), ColorType::Grayscale, BitDepth::Eight, &grey),
        ),
        (
            "PNG with alpha",
            raw_png(size(selfie), ColorType::Rgba, BitDepth::Eight, &opaque),
        ),
        ("animated PNG", animated_png(selfie)),
    ];
    let folder = Folder::with_portraits();
    for (name, bytes) in cases {
        folder.put("odd", &bytes);
        let run = folder.mien("fuse --template t.jpg --face odd --out r.jpg");
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        let fused = pixels(&folder.get("r.jpg"));
        assert_eq!((fused.width(), fused.height()), (1080, 1080), "{name}");
        folder.put("odd", &bytes);
        let run = folder.mien("fuse --template odd --face u.jpg --out r.png");
        assert_eq!(run.code, 0, "{name} as template: {}", run.stderr);
        let fused = pixels(&folder.get("r.png"));
        assert_eq!([fused.width(), fused.height()], size(selfie), "{name}");
    }
}

#[test]
fn a_face_cut_by_the_border_is_refused() {
    let selfie = &*SELFIE_PIXELS;
    let face = &face_box(selfie);
    let half = Rect {
        x: face[0] + face[2] / 2,
        y: 0,
        width: selfie.width() - face[0] - face[2] / 2,
        height: selfie.height(),
    };
    let folder = Folder::with_portraits();
    folder.put("half.png", &png(&crop(selfie, half)));
    let (code, document) = folder.json("fuse --template t.jpg --face half.png --out r.jpg");
    assert_eq!(code, 4, "{document}");
    assert_eq!(folder.names(), ["half.png", "t.jpg", "u.jpg"]);
}

/// Left, top, width and height of the face, by `mien detect`.
fn face_box(picture: &Image<Srgb8>) -> [usize; 4] {
    let folder = Folder::new();
    folder.put("p.png", &png(picture));
    let (_, document) = folder.json("detect p.png");
    let found = &document["faces"][0]["box"];
    let side = |name: &str| found[name].as_f64().unwrap() as usize;
    [
        side("left"),
        side("top"),
        side("right") - side("left"),
        side("bottom") - side("top"),
    ]
}

#[test]
fn a_small_face_is_refused_with_its_size() {
    let small = resize(SELFIE_PIXELS.view(), 54, 72);
    let mut picture = Image::new(640, 480, Srgb8([200; 3]));
    for y in 0..small.height() {
        picture.row_mut(200 + y)[300..300 + small.width()].copy_from_slice(small.row(y));
    }
    let folder = Folder::with_portraits();
    folder.put("small.png", &png(&picture));
    let (code, document) = folder.json("fuse --template t.jpg --face small.png --out r.jpg");
    assert_eq!(code, 4, "{document}");
    assert_eq!(folder.names(), ["small.png", "t.jpg", "u.jpg"]);
}

#[test]
fn two_hundred_faces_are_bounded_work() {
    let small = resize(pixels(TEMPLATE).view(), 160, 160);
    let folder = Folder::with_portraits();
    folder.put("crowd.png", &png(&tiles(&small, 20, 10)));
    let (code, document) = folder.json("detect crowd.png");
    assert_eq!(code, 0, "{document}");
    let found = document["faces"].as_array().unwrap().len();
    assert!((100..=256).contains(&found), "{found} faces");
    let run = folder.mien("fuse --template t.jpg --face crowd.png --out r.jpg");
    assert!([0, 4].contains(&run.code), "{}", run.stderr);
}
