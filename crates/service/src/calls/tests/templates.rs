use super::*;
use crate::error::ServiceError;
use crate::outbound::HttpUrlError;
use crate::scene::grey_png;
use engine::TemplateError;
use std::sync::Arc;

const URL: &str = "https://img.example/t.png";

/// Two faces, the larger on the left.
fn group() -> Vec<u8> {
    side_by_side(&[("T1", 600), ("T2", 480)])
}

const LARGE: (u32, u32, u32, u32) = (150, 100, 300, 350);
const SMALL: (u32, u32, u32, u32) = (720, 80, 240, 280);

impl Stage {
    fn template_call<'a>(
        &self,
        template: PhotoSource<'a>,
        photos: &'a [TemplatePhoto<'a>],
    ) -> TemplateCall<'a> {
        TemplateCall {
            account: self.account,
            activity: self.activity,
            template,
            algorithm: AlgorithmVersion::Natural,
            photos,
            feature_degree: Degree::HALF,
            shape_degree: Degree::HALF,
            token: None,
            labelling: &UNMARKED,
            keep: None,
        }
    }

    fn fuse_template(
        &self,
        template: PhotoSource<'_>,
        photos: &[TemplatePhoto<'_>],
    ) -> Result<FusedPicture, CallFailure> {
        self.scene.pass(1000);
        let call = self.template_call(template, photos);
        self.scene.service.fuse_template(&call)
    }
}

fn on(
    photo: PhotoSource<'_>,
    template_face_near: Option<(u32, u32, u32, u32)>,
) -> TemplatePhoto<'_> {
    TemplatePhoto {
        photo,
        face_near: None,
        template_face_near: template_face_near
            .and_then(|(x, y, width, height)| near(x, y, width, height)),
    }
}

/// Columns of the left and the right half that differ between two pictures.
fn changed(one: &[u8], other: &[u8]) -> [bool; 2] {
    let (one, other) = (pixels(one), pixels(other));
    assert_eq!((one.width(), one.height()), (other.width(), other.height()));
    let differs = |from: usize, to: usize| {
        (0..one.height()).any(|y| one.row(y)[from..to] != other.row(y)[from..to])
    };
    [differs(0, 600), differs(600, one.width())]
}

#[test]
fn a_template_that_comes_along_takes_the_faces_asked_for() {
    let fetcher = Arc::new(TestFetcher::default().with(URL, || Ok(group())));
    let stage = Stage::new(Some(Arc::<TestFetcher>::clone(&fetcher)));
    let (template, user) = (group(), portrait("U1"));
    let (source, user) = (PhotoSource::Bytes(&template), PhotoSource::Bytes(&user));
    for (photos, expected) in [
        (vec![on(user, None)], [true, false]),
        (vec![on(user, Some(SMALL))], [false, true]),
        (vec![on(user, Some(SMALL)), on(user, None)], [true, true]),
        (
            vec![on(user, Some(LARGE)), on(user, Some(SMALL))],
            [true, true],
        ),
    ] {
        let fused = stage.fuse_template(source, &photos).unwrap();
        assert_eq!(fused.format, pixel::Format::Png);
        assert_eq!(changed(&template, &fused.bytes), expected);
    }
    let fused = stage.fuse_template(PhotoSource::Url(URL), &[on(user, None)]);
    assert_eq!(changed(&template, &fused.unwrap().bytes), [true, false]);
    assert_eq!(fetcher.asked()[0].1.max_bytes, 20 << 20);
    assert_eq!(stage.log(), [(Outcome::Fused, true, false); 5]);
    let left = stage.scene.service.activity(stage.account, stage.activity);
    assert_eq!(left.unwrap().free_left, 495);
}

#[test]
fn recipe_and_user_are_the_calls_own() {
    let stage = Stage::new(None);
    let (template, users) = (portrait("T1"), two_users());
    let photo = on(PhotoSource::Bytes(&users), None);
    let right = TemplatePhoto {
        face_near: near(RIGHT.0, RIGHT.1, RIGHT.2, RIGHT.3),
        ..photo
    };
    let photos = [photo];
    let call = stage.template_call(PhotoSource::Bytes(&template), &photos);
    let fuse = |call: &TemplateCall<'_>| {
        stage.scene.pass(1000);
        pixels(&stage.scene.service.fuse_template(call).unwrap().bytes)
    };
    let plain = fuse(&call);
    let full = Degree::new(100).unwrap();
    let changes = [
        TemplateCall {
            algorithm: AlgorithmVersion::Likeness,
            ..call
        },
        TemplateCall {
            feature_degree: full,
            ..call
        },
        TemplateCall {
            shape_degree: full,
            ..call
        },
        TemplateCall {
            photos: &[right],
            ..call
        },
    ];
    for changed in &changes {
        assert!(fuse(changed) != plain, "{:?}", changed.photos[0].face_near);
    }
    assert!(fuse(&call) == plain);
}

#[test]
fn a_template_that_cannot_be_used_counts() {
    let stage = Stage::new(None);
    let user = portrait("U1");
    let user = PhotoSource::Bytes(&user);
    let both = [on(user, None), on(user, Some(LARGE))];
    let one = [on(user, None)];
    let (beside, outside) = (
        [on(user, Some((1000, 0, 60, 60)))],
        [on(user, Some((1080, 0, 60, 60)))],
    );
    type Check = fn(&PictureFault) -> bool;
    let of_box: Check = |fault| matches!(fault, PictureFault::Template(TemplateError::FaceBox(_)));
    let cases: [(Vec<u8>, &[TemplatePhoto<'_>], Outcome, Check); 7] = [
        (
            b"no picture".to_vec(),
            &one,
            Outcome::Undecodable,
            |fault| matches!(fault, PictureFault::Template(TemplateError::Decode(_))),
        ),
        (grey_png(300, 300), &one, Outcome::NoFace, |fault| {
            matches!(fault, PictureFault::Template(TemplateError::NoFace))
        }),
        (grey_png(300, 63), &one, Outcome::BadSize, |fault| {
            matches!(fault, PictureFault::SideTooShort { height: 63, .. })
        }),
        (grey_png(8_001, 100), &one, Outcome::BadSize, |fault| {
            matches!(fault, PictureFault::Template(TemplateError::Decode(_)))
        }),
        (group(), &beside, Outcome::NoFace, of_box),
        (group(), &outside, Outcome::NoFace, of_box),
        (group(), &both, Outcome::Unfusable, |fault| {
            matches!(
                fault,
                PictureFault::SameFace {
                    first: 1,
                    second: 2
                }
            )
        }),
    ];
    let mut expected_log = Vec::new();
    for (template, photos, expected, check) in &cases {
        match stage.fuse_template(PhotoSource::Bytes(template), photos) {
            Err(CallFailure::Picture {
                picture: PictureRole::Template,
                outcome,
                fault,
                ..
            }) => {
                assert_eq!(outcome, *expected);
                assert!(check(&fault), "{fault:?}");
            }
            other => panic!("{expected}: {other:?}"),
        }
        expected_log.push((*expected, true, false));
    }
    assert_eq!(stage.log(), expected_log);
}

#[test]
fn a_photo_that_cannot_be_used_counts() {
    let stage = Stage::new(None);
    let (template, good, grey) = (group(), portrait("U1"), grey_png(300, 300));
    let photos = [
        on(PhotoSource::Bytes(&good), None),
        on(PhotoSource::Bytes(&grey), Some(SMALL)),
    ];
    let failure = stage.fuse_template(PhotoSource::Bytes(&template), &photos);
    assert!(
        matches!(
            failure,
            Err(CallFailure::Picture {
                picture: PictureRole::Photo(2),
                outcome: Outcome::NoFace,
                ..
            })
        ),
        "{failure:?}"
    );
    assert_eq!(stage.log(), [(Outcome::NoFace, true, false)]);
}

#[test]
fn what_is_not_well_formed_does_not_count() {
    let stage = Stage::new(Some(Arc::new(TestFetcher::default())));
    let (template, user) = (group(), portrait("U1"));
    let (source, user) = (PhotoSource::Bytes(&template), PhotoSource::Bytes(&user));
    let seven: Vec<_> = (0..7).map(|x| on(user, Some((x, 0, 60, 60)))).collect();
    let url = PhotoSource::Url("ftp://img.example/t.png");
    let cases: [(PhotoSource<'_>, Vec<TemplatePhoto<'_>>, ParameterError); 6] = [
        (
            source,
            vec![],
            ParameterError::PhotoCount { count: 0, most: 6 },
        ),
        (
            source,
            seven,
            ParameterError::PhotoCount { count: 7, most: 6 },
        ),
        (
            source,
            vec![on(user, None), on(user, None)],
            ParameterError::FaceTwice { face: None },
        ),
        (
            source,
            vec![on(user, Some(SMALL)), on(user, Some(SMALL))],
            ParameterError::FaceTwice { face: None },
        ),
        (
            source,
            vec![on(user, Some((0, 0, 29, 30)))],
            ParameterError::FaceBox {
                picture: PictureRole::Template,
                face_box: near(0, 0, 29, 30).unwrap(),
                least: 30,
            },
        ),
        (
            url,
            vec![on(user, None)],
            ParameterError::Url {
                picture: PictureRole::Template,
                source: HttpUrlError::Scheme {
                    scheme: "ftp".to_owned(),
                },
            },
        ),
    ];
    for (template, photos, expected) in cases {
        match stage.fuse_template(template, &photos) {
            Err(CallFailure::BadParameter(error)) => assert_eq!(error, expected),
            other => panic!("{expected}: {other:?}"),
        }
    }
    assert_eq!(stage.log(), []);
}

#[test]
fn only_an_activity_of_the_account_pays() {
    let stage = Stage::new(None);
    let (stranger, _) = stage.scene.activity();
    let (template, user) = (portrait("T1"), portrait("U1"));
    let photos = [on(PhotoSource::Bytes(&user), None)];
    let call = TemplateCall {
        account: stranger,
        ..stage.template_call(PhotoSource::Bytes(&template), &photos)
    };
    let failure = stage.scene.service.fuse_template(&call);
    assert!(
        matches!(
            failure,
            Err(CallFailure::NotAdmitted(ServiceError::NotFound { .. }))
        ),
        "{failure:?}"
    );
    assert_eq!(stage.log(), []);
}
