//! What holds of every fusion, on faces drawn from the canonical mesh.

use crate::paint::each_pixel;
use crate::{Algorithm, Assignment, Degree, FuseError, Recipe, Scratch, Template, fuse};
use face::canonical::{LEFT_BROW, LEFT_EYE, LIPS_OUTER, RIGHT_BROW, RIGHT_EYE, canonical};
use face::{Bounds, Face, Point3, Pose, Quality};
use pixel::{Image, Rect, Srgb8};
use proptest::prelude::*;

const BACKGROUND: Srgb8 = Srgb8([255, 0, 255]);

/// A face to draw: its size in pixels per centimetre, place, turn and look.
#[derive(Clone, Copy)]
struct Sitter {
    scale: f32,
    center: [f32; 2],
    yaw: f32,
    /// Width of the face against the canonical one.
    broad: f32,
    skin: [f32; 3],
}

const SITTER: Sitter = Sitter {
    scale: 10.0,
    center: [120.0, 130.0],
    yaw: 0.0,
    broad: 1.0,
    skin: [210.0, 160.0, 140.0],
};

impl Sitter {
    fn face(&self) -> Face {
        let (sin, cos) = self.yaw.to_radians().sin_cos();
        let mesh: Vec<Point3> = canonical()
            .vertices
            .iter()
            .map(|&[x, y, z]| {
                let (x, z) = (self.broad * x, -z);
                Point3 {
                    x: self.center[0] + self.scale * (cos * x + sin * z),
                    y: self.center[1] - self.scale * y,
                    z: self.scale * (cos * z - sin * x),
                }
            })
            .collect();
        let fold = |pick: fn(&Point3) -> f32, best: fn(f32, f32) -> f32| {
            mesh.iter().map(pick).reduce(best).unwrap()
        };
        Face {
            bounds: Bounds {
                left: fold(|p| p.x, f32::min),
                top: fold(|p| p.y, f32::min),
                right: fold(|p| p.x, f32::max),
                bottom: fold(|p| p.y, f32::max),
            },
            score: 1.0,
            mesh,
            irises: None,
            pose: Pose {
                yaw: 0.0,
                pitch: 0.0,
                roll: 0.0,
                rotation: [[0.0; 3]; 3],
                scale: 1.0,
            },
            quality: Quality::default(),
        }
    }

    /// Adds the face to a picture: skin, dark eyes and brows, red lips.
    fn draw(&self, picture: &mut Image<Srgb8>) {
        let area = Rect {
            x: 0,
            y: 0,
            width: picture.width(),
            height: picture.height(),
        };
        let marked = |loops: &[&[u16]], vertex: usize| {
            f32::from(loops.iter().any(|l| l.contains(&(vertex as u16))) as u8)
        };
        let value = |vertex: usize| {
            let dark = marked(&[&RIGHT_EYE, &LEFT_EYE, &RIGHT_BROW, &LEFT_BROW], vertex);
            [dark, marked(&[&LIPS_OUTER], vertex)]
        };
        let skin = self.skin;
        each_pixel(&self.face().mesh, area, value, |x, y, [dark, red]| {
            let shade = (1.0 - 0.8 * dark) * (1.0 - 0.1 * (x as f32 / 240.0));
            let color = [
                skin[0],
                skin[1] * (1.0 - 0.5 * red),
                skin[2] * (1.0 - 0.5 * red),
            ];
            picture.row_mut(y)[x] = Srgb8(color.map(|value| (value * shade) as u8));
        });
    }

    fn portrait(&self) -> (Image<Srgb8>, Face) {
        let mut picture = Image::new(240, 260, BACKGROUND);
        self.draw(&mut picture);
        (picture, self.face())
    }
}

fn recipe(algorithm: Algorithm, feature_degree: u8, shape_degree: u8) -> Recipe {
    Recipe {
        algorithm,
        feature_degree: Degree::new(feature_degree).unwrap(),
        shape_degree: Degree::new(shape_degree).unwrap(),
    }
}

fn fused(template: &Sitter, user: &Sitter, recipe: Recipe) -> (Image<Srgb8>, Vec<Rect>) {
    let (picture, face) = template.portrait();
    let template = Template::prepare(picture, vec![face]).unwrap();
    let (user_picture, user_face) = user.portrait();
    let mut output = Image::default();
    let assignment = Assignment {
        template_face: 0,
        user_picture: user_picture.view(),
        user_face: &user_face,
        recipe,
    };
    let changed = fuse(
        &template,
        &[assignment],
        &mut Scratch::default(),
        &mut output,
        None,
    )
    .unwrap();
    (output, changed)
}

/// Mean absolute difference of two pictures, 0..=255.
fn difference(a: &Image<Srgb8>, b: &Image<Srgb8>) -> f64 {
    let sum: u64 = a
        .pixels()
        .iter()
        .zip(b.pixels())
        .flat_map(|(a, b)| (0..3).map(move |k| u64::from(a.0[k].abs_diff(b.0[k]))))
        .sum();
    sum as f64 / (3 * a.pixels().len()) as f64
}

#[test]
fn at_100_and_100_the_result_is_the_template_itself() {
    let user = Sitter {
        broad: 1.1,
        skin: [90.0, 60.0, 50.0],
        ..SITTER
    };
    for algorithm in [Algorithm::Natural, Algorithm::Likeness] {
        let (output, changed) = fused(&SITTER, &user, recipe(algorithm, 100, 100));
        assert_eq!(output, SITTER.portrait().0);
        assert!(changed.is_empty());
    }
}

#[test]
fn a_face_fused_into_its_own_portrait_changes_little() {
    for algorithm in [Algorithm::Natural, Algorithm::Likeness] {
        let (output, _) = fused(&SITTER, &SITTER, recipe(algorithm, 0, 0));
        let off = difference(&output, &SITTER.portrait().0);
        assert!(off < 1.5, "{algorithm:?}: {off}");
    }
}

#[test]
fn the_degrees_lead_steadily_from_the_user_to_the_template() {
    let user = Sitter {
        broad: 1.08,
        skin: [120.0, 80.0, 60.0],
        ..SITTER
    };
    let template = SITTER.portrait().0;
    for algorithm in [Algorithm::Natural, Algorithm::Likeness] {
        for both in [[1, 1], [1, 0], [0, 1]] {
            let distances: Vec<f64> = [0, 25, 50, 75, 100]
                .map(|degree| {
                    let [features, shape] = both.map(|on| if on == 1 { degree } else { 100 });
                    difference(
                        &fused(&SITTER, &user, recipe(algorithm, features, shape)).0,
                        &template,
                    )
                })
                .to_vec();
            assert!(
                distances.windows(2).all(|pair| pair[1] < pair[0]),
                "{both:?}: {distances:?}"
            );
            assert_eq!(distances[4], 0.0);
        }
    }
}

#[test]
fn the_result_has_the_skin_of_the_template_and_brows_that_stay_dark() {
    for (template, user) in [
        ([210.0, 160.0, 140.0], [70.0, 45.0, 35.0]),
        ([70.0, 45.0, 35.0], [230.0, 190.0, 170.0]),
    ] {
        let sitter = Sitter {
            skin: template,
            ..SITTER
        };
        let (output, _) = fused(
            &sitter,
            &Sitter {
                skin: user,
                ..SITTER
            },
            recipe(Algorithm::Likeness, 0, 0),
        );
        let (before, face) = sitter.portrait();
        let at = |picture: &Image<Srgb8>, vertex: usize| {
            picture
                .at(face.mesh[vertex].x as usize, face.mesh[vertex].y as usize)
                .luma()
        };
        for cheek in [50, 280, 205, 425] {
            let (now, was) = (at(&output, cheek), at(&before, cheek));
            assert!(now.abs_diff(was) <= 8, "cheek {cheek}: {now}, was {was}");
        }
        for brow in [105, 334] {
            assert!(at(&output, brow) * 2 < at(&output, 50), "brow {brow}");
        }
    }
}

#[test]
fn what_a_side_face_hides_is_filled_from_its_other_side() {
    for yaw in [-55.0, 55.0] {
        let user = Sitter { yaw, ..SITTER };
        let (output, _) = fused(&SITTER, &user, recipe(Algorithm::Likeness, 0, 100));
        let face = SITTER.face();
        for vertex in [50, 280, 205, 425, 101, 330, 187, 411] {
            let point = face.mesh[vertex];
            let Srgb8([red, green, blue]) = output.at(point.x as usize, point.y as usize);
            assert!(
                red > green && green >= blue,
                "yaw {yaw}, vertex {vertex}: {red} {green} {blue}"
            );
        }
    }
}

#[test]
fn only_the_assigned_face_of_a_group_changes() {
    let left = Sitter {
        scale: 6.0,
        center: [70.0, 90.0],
        ..SITTER
    };
    let right = Sitter {
        center: [220.0, 90.0],
        ..left
    };
    let mut picture = Image::new(290, 190, BACKGROUND);
    left.draw(&mut picture);
    right.draw(&mut picture);
    let template = Template::prepare(picture.clone(), vec![left.face(), right.face()]).unwrap();
    let user = Sitter {
        broad: 1.1,
        skin: [120.0, 80.0, 60.0],
        ..SITTER
    };
    let (user_picture, user_face) = user.portrait();
    let assign = |template_face| Assignment {
        template_face,
        user_picture: user_picture.view(),
        user_face: &user_face,
        recipe: recipe(Algorithm::Likeness, 0, 0),
    };
    let mut output = Image::default();
    let mut scratch = Scratch::default();
    fuse(&template, &[assign(1)], &mut scratch, &mut output, None).unwrap();
    for y in 0..190 {
        assert_eq!(output.row(y)[..140], picture.row(y)[..140], "row {y}");
    }
    assert!(difference(&output, &picture) > 0.5);

    let refusals = [
        (
            vec![assign(2)],
            FuseError::NoSuchTemplateFace { index: 2, faces: 2 },
        ),
        (
            vec![assign(0), assign(0)],
            FuseError::AssignedTwice { index: 0 },
        ),
    ];
    for (assignments, expected) in refusals {
        let result = fuse(&template, &assignments, &mut scratch, &mut output, None);
        assert_eq!(result, Err(expected));
    }
}

#[test]
fn every_stage_is_explained_in_order() {
    struct Names(Vec<String>);
    impl crate::Explain for Names {
        fn picture(&mut self, stage: &str, picture: &Image<Srgb8>) {
            assert_eq!((picture.width(), picture.height()), (240, 260));
            self.0.push(stage.to_owned());
        }
    }
    let (picture, face) = SITTER.portrait();
    let template = Template::prepare(picture.clone(), vec![face.clone()]).unwrap();
    let assignment = Assignment {
        template_face: 0,
        user_picture: picture.view(),
        user_face: &face,
        recipe: Recipe::default(),
    };
    let mut names = Names(Vec::new());
    fuse(
        &template,
        &[assignment],
        &mut Scratch::default(),
        &mut Image::default(),
        Some(&mut names),
    )
    .unwrap();
    let expected = [
        "target-mesh",
        "bent-template",
        "template-tone",
        "user-tone",
        "user-texture",
        "cover",
        "result",
    ];
    assert_eq!(names.0, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the faces, nothing outside the reported rectangles changes and nothing panics.
    #[test]
    fn nothing_changes_outside_what_is_reported(
        scale in 0.5f32..14.0,
        x in -40.0f32..280.0,
        y in -40.0f32..300.0,
        yaw in -80.0f32..80.0,
        broad in 0.5f32..1.6,
        user_scale in 0.3f32..12.0,
        user_x in -60.0f32..300.0,
        degrees in (0u8..=100, 0u8..=100),
        natural: bool,
    ) {
        let template = Sitter { scale, center: [x, y], ..SITTER };
        let user = Sitter { scale: user_scale, center: [user_x, 120.0], yaw, broad, ..SITTER };
        let algorithm = if natural { Algorithm::Natural } else { Algorithm::Likeness };
        let (output, changed) = fused(&template, &user, recipe(algorithm, degrees.0, degrees.1));
        let (before, _) = template.portrait();
        for row in 0..before.height() {
            for column in 0..before.width() {
                let reported = changed
                    .iter()
                    .any(|rect| rect.rows().contains(&row) && rect.columns().contains(&column));
                prop_assert!(reported || output.at(column, row) == before.at(column, row));
            }
        }
    }
}
