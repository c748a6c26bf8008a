mod texts;

use super::*;
use crate::TemplateOptions;
use crate::portraits::{NAMES, collage, file, pixels, png};
use pixel::{Image, Srgb8};

fn review(bytes: &[u8], rules: &ReviewRules) -> Review {
    let engine = Engine::new().unwrap();
    engine.review(bytes, rules, &mut engine.workspace())
}

fn reason(bytes: &[u8], rules: &ReviewRules) -> Reason {
    let review = review(bytes, rules);
    assert!(!review.is_passed());
    review.reason().unwrap().clone()
}

#[test]
fn portraits_pass() {
    let engine = Engine::new().unwrap();
    let mut workspace = engine.workspace();
    for name in NAMES {
        let bytes = file(name);
        let review = engine.review(&bytes, &ReviewRules::default(), &mut workspace);
        assert_eq!(review.verdict, Verdict::Passed, "{name}");
        assert_eq!(review.format, Some(Format::Jpeg));
        assert_eq!(review.width, 1080);
        let [face] = &review.faces[..] else {
            panic!("{name}: {:?}", review.faces)
        };
        assert!(face.usable && face.findings.is_empty(), "{name}: {face:?}");
        let PixelBox {
            x,
            y,
            width,
            height,
        } = face.bounds;
        assert!(x + width <= review.width && y + height <= review.height);
        assert!((250..600).contains(&width) && (250..700).contains(&height));
        assert_eq!(review.usable_faces().count(), 1);
    }
}

/// Others name a face by its number in the review.
#[test]
fn faces_are_numbered_as_those_of_the_prepared_template() {
    let engine = Engine::new().unwrap();
    let mut workspace = engine.workspace();
    let bytes = png(&collage(
        [1300, 1100],
        &[("T2", 500, [0, 0]), ("T1", 700, [550, 100])],
    ));
    let review = engine.review(&bytes, &ReviewRules::default(), &mut workspace);
    let template = engine
        .prepare(&bytes, &TemplateOptions::default(), &mut workspace)
        .unwrap();
    assert_eq!((review.faces.len(), template.faces().len()), (2, 2));
    assert!(review.faces[0].width > review.faces[1].width);
    for (reviewed, face) in review.faces.iter().zip(template.faces()) {
        assert_eq!(reviewed.width, face.quality.width as u32);
        let left = f64::from(reviewed.bounds.x);
        assert!((left - f64::from(face.bounds.left)).abs() <= 1.0);
    }
}

#[test]
fn files_that_are_no_such_picture_are_refused() {
    let portrait = file("T1");
    let half = &portrait[..portrait.len() / 2];
    let rules = ReviewRules::default();
    let gif = b"GIF89a\x01\0\x01\0\0\0\0;".as_slice();
    let cases = [
        (b"".as_slice(), Reason::FileEmpty, None),
        (b"hello, world", Reason::NotAPicture, None),
        (
            gif,
            Reason::OtherFormat {
                kind: "GIF".to_owned(),
            },
            None,
        ),
        (half, Reason::FileCutOff, Some(Format::Jpeg)),
        (b"\x89PNG\r\n", Reason::FileCutOff, Some(Format::Png)),
    ];
    for (bytes, expected, format) in cases {
        let review = review(bytes, &rules);
        assert_eq!(review.reason(), Some(&expected));
        assert_eq!(review.format, format, "{expected:?}");
        assert_eq!(review.faces, []);
    }
    let mut damaged = png(&Image::new(100, 100, Srgb8([200; 3])));
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    assert!(matches!(
        reason(&damaged, &rules),
        Reason::FileDamaged { .. }
    ));
}

#[test]
fn sizes_beyond_the_rules_are_refused_with_their_numbers() {
    let portrait = file("T1");
    let bytes = portrait.len();
    let rules = |change: fn(&mut ReviewRules)| {
        let mut rules = ReviewRules::default();
        change(&mut rules);
        rules
    };
    let mut few_bytes = ReviewRules::default();
    few_bytes.limits.max_bytes = bytes - 1;
    assert_eq!(
        reason(&portrait, &few_bytes),
        Reason::FileTooLarge {
            bytes: bytes as u64,
            most_bytes: bytes as u64 - 1,
        }
    );
    let [width, height] = [1080, 1080];
    for (rules, expected) in [
        (
            rules(|rules| rules.limits.max_side = 1079),
            Reason::PictureTooLarge {
                width,
                height,
                most: 1079,
            },
        ),
        (
            rules(|rules| rules.min_side = 1081),
            Reason::PictureTooSmall {
                width,
                height,
                least: 1081,
            },
        ),
        (
            rules(|rules| rules.limits.max_pixels = 1080 * 1080 - 1),
            Reason::TooManyPixels {
                width,
                height,
                most: 1080 * 1080 - 1,
            },
        ),
    ] {
        let review = review(&portrait, &rules);
        assert_eq!(review.reason(), Some(&expected));
        assert_eq!((review.width, review.height), (width, height));
        assert_eq!(review.format, Some(Format::Jpeg));
    }
    let exact = rules(|rules| {
        (rules.limits.max_side, rules.min_side) = (1080, 1080);
        rules.limits.max_pixels = 1080 * 1080;
    });
    assert!(review(&portrait, &exact).is_passed());
}

#[test]
fn the_default_sizes() {
    let plain = |width, height| png(&Image::new(width, height, Srgb8([200; 3])));
    let rules = ReviewRules::default();
    for (width, height, code) in [
        (63, 64, "picture_too_small"),
        (64, 63, "picture_too_small"),
        (64, 64, "no_face"),
        (64, 4097, "picture_too_large"),
    ] {
        let refused = reason(&plain(width, height), &rules);
        assert_eq!(refused.code(), code, "{width}×{height}");
    }
}

#[test]
fn pictures_without_a_face_are_refused() {
    let mut state = 1_u32;
    let noise = (0..400 * 300).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Srgb8([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    });
    let noise = Image::from_pixels(400, 300, noise.collect()).unwrap();
    for picture in [noise, Image::new(400, 300, Srgb8([90, 120, 30]))] {
        let review = review(&png(&picture), &ReviewRules::default());
        assert_eq!(review.reason(), Some(&Reason::NoFace));
        assert_eq!((review.width, review.height), (400, 300));
        assert_eq!(review.format, Some(Format::Png));
    }
}

#[test]
fn a_small_face_is_refused_and_still_shown() {
    let bytes = png(&collage([1000, 800], &[("T1", 220, [600, 100])]));
    let review = review(&bytes, &ReviewRules::default());
    let [face] = &review.faces[..] else {
        panic!("{review:?}")
    };
    let finding = FaceFinding::TooSmall {
        width: face.width,
        least: 100,
    };
    assert!((70..100).contains(&face.width));
    assert_eq!(face.findings, [finding]);
    assert!(!face.usable);
    assert!((600..820).contains(&face.bounds.x) && (100..320).contains(&face.bounds.y));
    let expected = Reason::NoUsableFace {
        faces: 1,
        largest: finding,
    };
    assert_eq!(review.reason(), Some(&expected));
    let looser = ReviewRules {
        min_face_width: 0,
        ..ReviewRules::default()
    };
    let engine = Engine::new().unwrap();
    let again = engine.review(&bytes, &looser, &mut engine.workspace());
    assert!(again.is_passed(), "{again:?}");
}

#[test]
fn a_turned_face_is_refused() {
    // T1 looks 18° to the right and 9° down.
    let yaw_rules = ReviewRules {
        max_yaw_degrees: 15.0,
        ..ReviewRules::default()
    };
    let pitch_rules = ReviewRules {
        max_pitch_degrees: 5.0,
        ..ReviewRules::default()
    };
    let both = review(&file("T1"), &yaw_rules);
    let [face] = &both.faces[..] else {
        panic!("{both:?}")
    };
    let aside = FaceFinding::TurnedAside {
        yaw: face.yaw,
        most: 15.0,
    };
    assert_eq!(face.findings, [aside]);
    assert_eq!(both.reason().unwrap().text_en(), aside.text_en());
    let down = FaceFinding::TurnedUpOrDown {
        pitch: face.pitch,
        most: 5.0,
    };
    assert_eq!(
        reason(&file("T1"), &pitch_rules),
        Reason::NoUsableFace {
            faces: 1,
            largest: down,
        }
    );
}

#[test]
fn a_face_cut_by_the_border_is_refused() {
    let portrait = pixels("T1");
    let rect = Rect {
        x: 520,
        y: 0,
        width: 560,
        height: 1080,
    };
    let cut = portrait.view().crop(rect).unwrap().to_image();
    let review = review(&png(&cut), &ReviewRules::default());
    let face = &review.faces[0];
    assert!(matches!(face.findings[0], FaceFinding::CutByBorder { .. }));
    assert_eq!((face.usable, face.bounds.x), (false, 0));
    assert_eq!(review.reason().unwrap().code(), "no_usable_face");
}

#[test]
fn one_usable_face_is_enough_and_no_more_than_the_most_are_used() {
    let bytes = png(&collage(
        [1500, 700],
        &[
            ("T1", 700, [0, 0]),
            ("T2", 500, [720, 0]),
            ("T3", 200, [1250, 0]),
        ],
    ));
    let rules = ReviewRules {
        max_faces: 1,
        ..ReviewRules::default()
    };
    let review = review(&bytes, &rules);
    assert!(review.is_passed(), "{review:?}");
    let codes: Vec<Vec<&str>> = review
        .faces
        .iter()
        .map(|face| face.findings.iter().map(FaceFinding::code).collect())
        .collect();
    let expected: [&[&str]; 3] = [&[], &["face_one_too_many"], &["face_too_small"]];
    assert_eq!(codes, expected);
    assert_eq!(
        review
            .usable_faces()
            .map(|(index, _)| index)
            .collect::<Vec<_>>(),
        [0]
    );
}

#[test]
fn dark_and_blurred_faces_pass_with_advice() {
    for (fault, code) in [
        (
            Fault::Dark {
                luma: 12.4,
                least: 20.0,
            },
            "face_dark",
        ),
        (
            Fault::Blurred {
                sharpness: 0.1,
                least: 0.24,
            },
            "face_blurred",
        ),
    ] {
        let finding = finding_of_fault(&fault).unwrap();
        assert_eq!((finding.code(), finding.is_barring()), (code, false));
    }
    let mut picture = pixels("T1");
    for pixel in picture.pixels_mut() {
        pixel.0 = pixel.0.map(|value| value / 10);
    }
    let review = review(&png(&picture), &ReviewRules::default());
    assert!(review.is_passed());
    assert_eq!(review.faces[0].findings[0].code(), "face_dark");
}

/// The boxes are those of the picture as people see it.
#[test]
fn a_picture_stored_sideways_is_reviewed_upright() {
    let portrait = file("U1");
    let note =
        b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let sideways = [&portrait[..2], note, &portrait[2..]].concat();
    let review = review(&sideways, &ReviewRules::default());
    assert_eq!((review.width, review.height), (1440, 1080));
    let face = &review.faces[0];
    assert!((face.roll - 90.0).abs() < 10.0, "{face:?}");
    // 301..781 × 422..1012 before the turn.
    let PixelBox { x, y, .. } = face.bounds;
    assert!(
        x.abs_diff(1440 - 1012) < 20 && y.abs_diff(301) < 20,
        "{face:?}"
    );
}

#[test]
fn a_review_is_kept_as_json() {
    let bytes = png(&collage([800, 800], &[("T1", 220, [300, 100])]));
    let review = review(&bytes, &ReviewRules::default());
    let json = serde_json::to_value(&review).unwrap();
    assert_eq!(json["format"], "png");
    assert_eq!(json["verdict"]["state"], "refused");
    assert_eq!(json["verdict"]["reason"]["code"], "no_usable_face");
    assert_eq!(
        json["verdict"]["reason"]["largest"]["code"],
        "face_too_small"
    );
    assert_eq!(json["faces"][0]["bounds"]["x"], review.faces[0].bounds.x);
    let text = json.to_string();
    assert_eq!(serde_json::from_str::<Review>(&text).unwrap(), review);
    let passed = Review {
        verdict: Verdict::Passed,
        format: None,
        ..review
    };
    let text = serde_json::to_string(&passed).unwrap();
    assert!(text.contains(r#""format":null"#) && text.contains(r#"{"state":"passed"}"#));
    assert_eq!(serde_json::from_str::<Review>(&text).unwrap(), passed);
}
