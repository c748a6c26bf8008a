//! `mien detect`.

use crate::pictures::{SELFIE, pixels, png};
use crate::run::Folder;
use pixel::{Image, Srgb8};

#[test]
fn a_face_is_described() {
    let folder = Folder::with_portraits();
    let (code, document) = folder.json("detect u.jpg");
    assert_eq!(code, 0);
    assert_eq!(document["width"], 1080);
    assert_eq!(document["height"], 1440);
    let faces = document["faces"].as_array().unwrap();
    assert_eq!(faces.len(), 1, "{document}");
    let face = &faces[0];
    assert_eq!(
        face["quality"]["faults"].as_array().unwrap().len(),
        0,
        "{face}"
    );
    for path in ["/box/left", "/pose/yaw", "/quality/width", "/score"] {
        assert!(face.pointer(path).unwrap().is_number(), "{path}");
    }
    let text = folder.mien("detect u.jpg").expect(0).stdout;
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("good"), "{text}");
}

#[test]
fn no_face_is_an_answer() {
    let folder = Folder::new();
    folder.put("plain.png", &png(&Image::new(300, 200, Srgb8([90; 3]))));
    let run = folder.mien("detect plain.png").expect(0);
    assert_eq!(run.stdout, "no face found\n");
    let (code, document) = folder.json("detect plain.png");
    assert_eq!(code, 0);
    assert_eq!(document["faces"].as_array().unwrap().len(), 0);
}

#[test]
fn the_drawing_shows_the_face() {
    let folder = Folder::with_portraits();
    folder.mien("detect u.jpg --draw d.png").expect(0);
    let (plain, drawn) = (pixels(SELFIE), pixels(&folder.get("d.png")));
    let pairs = plain.pixels().iter().zip(drawn.pixels());
    let changed = pairs.filter(|(one, other)| one != other).count();
    assert!(changed > 468, "{changed}");
    assert!(changed < plain.pixels().len() / 4, "{changed}");
}
