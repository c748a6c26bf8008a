//! Several users into one picture.

use crate::pictures::{TEMPLATE, pixels, png, tiles};
use crate::run::Folder;
use pixel::{Image, Srgb8, resize};

/// `couple.png`, two faces side by side, the right one larger, and two selfies.
fn folder() -> Folder {
    let folder = Folder::with_portraits();
    folder.put("v.jpg", &folder.get("u.jpg"));
    let portrait = pixels(TEMPLATE);
    let mut couple = tiles(&resize(portrait.view(), 600, 600), 2, 1);
    let left = resize(portrait.view(), 500, 500);
    for y in 0..600 {
        couple.row_mut(y)[..600].fill(Srgb8([128; 3]));
    }
    for y in 0..500 {
        couple.row_mut(y + 50)[50..550].copy_from_slice(left.row(y));
    }
    folder.put("couple.png", &png(&couple));
    folder
}

/// The halves in which the result differs from the template.
fn changed_halves(folder: &Folder) -> [bool; 2] {
    let (one, other) = (
        pixels(&folder.get("couple.png")),
        pixels(&folder.get("r.png")),
    );
    let differ = |one: &Image<Srgb8>, columns: std::ops::Range<usize>| {
        (0..one.height()).any(|y| one.row(y)[columns.clone()] != other.row(y)[columns.clone()])
    };
    [differ(&one, 0..600), differ(&one, 600..1200)]
}

#[test]
fn users_go_onto_the_faces_they_are_sent_to() {
    let folder = folder();
    for (words, halves, faces) in [
        ("--face u.jpg", [false, true], vec![(0, "u.jpg")]),
        (
            "--face u.jpg --template-face 1",
            [true, false],
            vec![(1, "u.jpg")],
        ),
        // Face 1, the smaller, is the left one.
        (
            "--face u.jpg --face v.jpg",
            [true, true],
            vec![(1, "u.jpg"), (0, "v.jpg")],
        ),
        ("--map 1=v.jpg", [true, false], vec![(1, "v.jpg")]),
        (
            "--map 0=u.jpg --map 1=v.jpg",
            [true, true],
            vec![(0, "u.jpg"), (1, "v.jpg")],
        ),
    ] {
        let (code, document) =
            folder.json(&format!("fuse --template couple.png {words} --out r.png"));
        assert_eq!(code, 0, "{words}: {document}");
        let found: Vec<(u64, &str)> = document["faces"]
            .as_array()
            .unwrap()
            .iter()
            .map(|face| {
                let number = face["template_face"].as_u64().unwrap();
                (number, face["user"].as_str().unwrap())
            })
            .collect();
        assert_eq!(found, faces, "{words}");
        assert_eq!(changed_halves(&folder), halves, "{words}");
    }
}

#[test]
fn a_face_that_is_not_there_is_named() {
    let folder = folder();
    for words in [
        "--face u.jpg --template-face 2",
        "--map 7=u.jpg",
        "--face u.jpg --face v.jpg --face u.jpg",
    ] {
        let run = folder
            .mien(&format!("fuse --template couple.png {words} --out r.png"))
            .expect(2);
        assert!(run.stderr.contains("2 face(s)"), "{words}: {}", run.stderr);
    }
    assert!(!folder.names().contains(&"r.png".to_owned()));
}
