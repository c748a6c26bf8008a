use super::*;
use crate::calls::token::{of_fuse_call, of_template_call};
use crate::error::ServiceError;
use billing::Refusal;
use std::collections::BTreeSet;

const FILE: PhotoSource<'static> = PhotoSource::Bytes(b"https://img.example/1");
const URL: PhotoSource<'static> = PhotoSource::Url("https://img.example/1");
const OTHER: PhotoSource<'static> = PhotoSource::Bytes(b"2");

fn user(photo: PhotoSource<'_>, face_near: Option<PixelBox>, face: Option<u64>) -> UserPhoto<'_> {
    UserPhoto {
        photo,
        face_near,
        face,
    }
}

fn fuse_call<'a>(photos: &'a [UserPhoto<'a>]) -> FuseCall<'a> {
    let activity = ActivityId::new(300_100);
    FuseCall {
        account: AccountId::new(100_001),
        activity,
        material: MaterialId {
            activity,
            serial: 154_021,
            number: 1,
        },
        photos,
        feature_degree: None,
        shape_degree: None,
        token: Some("t"),
        longest_side: LONGEST_SIDE,
        labelling: &USUAL_LABELLING,
        keep: None,
    }
}

#[test]
fn all_that_makes_a_call_makes_its_body() {
    let face_near = near(1, 2, 30, 40);
    let base = [user(FILE, None, None)];
    let photos: Vec<Vec<UserPhoto<'_>>> = vec![
        vec![user(URL, None, None)],
        vec![user(OTHER, None, None)],
        vec![user(FILE, face_near, None)],
        vec![user(FILE, near(2, 1, 30, 40), None)],
        vec![user(FILE, near(0, 0, 0, 0), None)],
        vec![user(FILE, None, Some(1))],
        vec![user(FILE, None, Some(2))],
        vec![user(FILE, None, Some(1)), user(OTHER, None, Some(2))],
        vec![user(OTHER, None, Some(2)), user(FILE, None, Some(1))],
    ];
    let call = fuse_call(&base);
    let degree = Some(Degree::new(0).unwrap());
    let mut calls = vec![
        call,
        FuseCall {
            material: MaterialId {
                serial: 154_022,
                ..call.material
            },
            ..call
        },
        FuseCall {
            feature_degree: degree,
            ..call
        },
        FuseCall {
            shape_degree: degree,
            ..call
        },
    ];
    calls.extend(photos.iter().map(|photos| FuseCall { photos, ..call }));
    let bodies: BTreeSet<_> = calls
        .iter()
        .map(|call| of_fuse_call(call).unwrap().unwrap().body)
        .collect();
    assert_eq!(bodies.len(), calls.len());
    let again = of_fuse_call(&fuse_call(&base)).unwrap();
    assert_eq!(of_fuse_call(&call).unwrap(), again);
    let other_token = FuseCall {
        token: Some("u"),
        ..call
    };
    let (one, other) = (again.unwrap(), of_fuse_call(&other_token).unwrap().unwrap());
    assert_eq!(one.body, other.body);
    assert_ne!(one.token, other.token);
}

#[test]
fn all_that_makes_a_call_with_a_template_makes_its_body() {
    let photo = TemplatePhoto {
        photo: FILE,
        face_near: None,
        template_face_near: None,
    };
    let face_near = near(1, 2, 30, 40);
    let base = [photo];
    let (chosen, placed, fetched) = (
        [TemplatePhoto { face_near, ..photo }],
        [TemplatePhoto {
            template_face_near: face_near,
            ..photo
        }],
        [TemplatePhoto {
            photo: URL,
            ..photo
        }],
    );
    let material_call = fuse_call(&[]);
    let call = TemplateCall {
        account: material_call.account,
        activity: material_call.activity,
        template: OTHER,
        algorithm: AlgorithmVersion::Natural,
        photos: &base,
        feature_degree: Degree::HALF,
        shape_degree: Degree::HALF,
        token: Some("t"),
        labelling: &USUAL_LABELLING,
        keep: None,
    };
    let degree = Degree::new(0).unwrap();
    let calls = [
        call,
        TemplateCall {
            template: FILE,
            ..call
        },
        TemplateCall {
            algorithm: AlgorithmVersion::Likeness,
            ..call
        },
        TemplateCall {
            feature_degree: degree,
            ..call
        },
        TemplateCall {
            shape_degree: degree,
            ..call
        },
        TemplateCall {
            photos: &chosen,
            ..call
        },
        TemplateCall {
            photos: &placed,
            ..call
        },
        TemplateCall {
            photos: &fetched,
            ..call
        },
    ];
    let bodies: BTreeSet<_> = calls
        .iter()
        .map(|call| of_template_call(call).unwrap().unwrap().body)
        .collect();
    assert_eq!(bodies.len(), calls.len());
}

#[test]
fn a_repeated_call_with_another_face_is_another_call() {
    let stage = Stage::new(None);
    let file = two_users();
    let fuse = |face_near| {
        stage.scene.pass(1000);
        let photos = [user(PhotoSource::Bytes(&file), face_near, None)];
        let call = FuseCall {
            token: Some("t-1"),
            ..stage.call(&photos)
        };
        stage.scene.service.fuse(&call)
    };
    let right = near(RIGHT.0, RIGHT.1, RIGHT.2, RIGHT.3);
    let first = fuse(right).unwrap();
    let again = fuse(right).unwrap();
    assert!(!first.charged.repeated && again.charged.repeated);
    assert!(first.bytes == again.bytes);
    for face_near in [None, near(LEFT.0, LEFT.1, LEFT.2, LEFT.3)] {
        let failure = fuse(face_near);
        assert!(
            matches!(
                failure,
                Err(CallFailure::NotAdmitted(ServiceError::Refused(
                    Refusal::TokenReused
                )))
            ),
            "{failure:?}"
        );
    }
    assert_eq!(stage.log().len(), 1);
}
