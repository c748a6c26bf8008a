//! Calls from end to end, with pictures.

use crate::scene::{Scene, portrait};
use crate::world::clock::SECOND_NS;
use billing::{AccountId, ActivityId, ChargedTo, Degree, GrantKind, MaterialId, Outcome, Refusal};
use pixel::{Image, Srgb8, encode_png};
use service::labelling::USUAL_LABELLING;
use service::{
    CallFailure, FuseCall, FusedPicture, LONGEST_SIDE, PhotoSource, PictureRole, ServiceError,
    UserPhoto,
};

/// What people see of a file; its label names the call.
fn pixels(file: &[u8]) -> Image<Srgb8> {
    pixel::decode(file, &pixel::DecodeOptions::default())
        .unwrap()
        .pixels
}

struct Studio {
    scene: Scene,
    account: AccountId,
    activity: ActivityId,
    material: MaterialId,
}

impl Studio {
    fn new() -> Studio {
        let scene = Scene::new();
        let account = scene.account();
        let activity = scene.activity(account);
        let material = scene
            .service
            .add_material(account, activity, "feast", &portrait("T1"))
            .unwrap();
        Studio {
            scene,
            account,
            activity,
            material: material.id,
        }
    }

    fn call<'a>(&self, photos: &'a [UserPhoto<'a>], token: Option<&'a str>) -> FuseCall<'a> {
        FuseCall {
            account: self.account,
            activity: self.activity,
            material: self.material,
            photos,
            feature_degree: None,
            shape_degree: None,
            token,
            longest_side: LONGEST_SIDE,
            labelling: &USUAL_LABELLING,
            keep: None,
        }
    }

    fn fuse(&self, photo: &[u8], token: Option<&str>) -> Result<FusedPicture, CallFailure> {
        let photos = [of(photo, None)];
        self.scene.service.fuse(&self.call(&photos, token))
    }

    /// How each call of the log ended, and what it was charged to.
    fn log(&self) -> Vec<(Outcome, bool)> {
        let logs = crate::world::audit::audit(&self.scene.service, &self.scene.store());
        logs[&self.account]
            .iter()
            .inspect(|row| assert_eq!(row.material, Some(self.material)))
            .map(|row| (row.outcome, row.charged_to != ChargedTo::Nobody))
            .collect()
    }
}

fn grey_png(width: usize, height: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = Image::new(width, height, Srgb8([110; 3]));
    encode_png(picture.view(), None, &mut bytes).unwrap();
    bytes
}

/// A photo for a face of the material.
fn of(photo: &[u8], face: Option<u64>) -> UserPhoto<'_> {
    UserPhoto {
        photo: PhotoSource::Bytes(photo),
        face,
        face_near: None,
    }
}

#[test]
fn a_call_gives_a_picture_and_is_charged() {
    let studio = Studio::new();
    let fused = studio.fuse(&portrait("U1"), None).unwrap();
    assert_eq!(fused.charged.kind, Some(GrantKind::Free));
    assert_eq!((fused.charged.seq, fused.charged.left), (1, Some(499)));
    let decoded = pixel::decode(&fused.bytes, &pixel::DecodeOptions::default()).unwrap();
    assert_eq!(
        (decoded.pixels.width(), decoded.pixels.height()),
        (1080, 1080)
    );
    assert_ne!(fused.bytes, portrait("T1"));
    // Degrees of the call go before those of the material.
    let photo = portrait("U1");
    let photos = [of(&photo, Some(1))];
    let all_template = Some(Degree::new(100).unwrap());
    let call = FuseCall {
        feature_degree: all_template,
        shape_degree: all_template,
        ..studio.call(&photos, None)
    };
    let other = studio.scene.service.fuse(&call).unwrap();
    assert!(pixels(&other.bytes) != pixels(&fused.bytes));
    assert_ne!(other.call, fused.call);
    assert_eq!(studio.log(), [(Outcome::Fused, true); 2]);
}

#[test]
fn photos_that_cannot_be_used_are_charged() {
    let studio = Studio::new();
    let cases = [
        (b"no picture".to_vec(), Outcome::Undecodable),
        (Vec::new(), Outcome::Undecodable),
        (portrait("U1")[..5_000].to_vec(), Outcome::Undecodable),
        (grey_png(400, 300), Outcome::NoFace),
        (grey_png(8_001, 10), Outcome::BadSize),
    ];
    for (photo, expected) in &cases {
        match studio.fuse(photo, None) {
            Err(CallFailure::Picture {
                picture: PictureRole::Photo(1),
                outcome,
                fault,
                charged,
                ..
            }) => {
                assert_eq!(outcome, *expected);
                assert!(!fault.to_string().is_empty() && charged.charged_to != ChargedTo::Nobody);
            }
            other => panic!("{expected}: {other:?}"),
        }
    }
    let log: Vec<_> = cases.iter().map(|(_, outcome)| (*outcome, true)).collect();
    assert_eq!(studio.log(), log);
}

#[test]
fn what_is_not_well_formed_is_not_charged() {
    let studio = Studio::new();
    let service = &studio.scene.service;
    let rejected = service
        .add_material(studio.account, studio.activity, "noise", b"noise")
        .unwrap();
    let stranger = studio.scene.account();
    let elsewhere = studio.scene.activity(studio.account);
    let photo = portrait("U1");
    let on = |face| of(&photo, face);
    let one = [on(None)];
    let (second, zeroth, twice) = ([on(Some(2))], [on(Some(0))], [on(None), on(Some(1))]);
    let seven = [on(None); 7];
    let long = "t".repeat(65);
    let is_parameter = |failure: &CallFailure| matches!(failure, CallFailure::BadParameter(_));
    let is_unknown = |failure: &CallFailure| {
        matches!(
            failure,
            CallFailure::NotAdmitted(ServiceError::NotFound { .. })
        )
    };
    let is_rejected = |failure: &CallFailure| {
        matches!(failure, CallFailure::MaterialNotPassed { status: 22, .. })
    };
    type Check<'a> = &'a dyn Fn(&CallFailure) -> bool;
    let cases: [(&str, FuseCall<'_>, Check<'_>); 11] = [
        ("face 2 of 1", studio.call(&second, None), &is_parameter),
        ("face 0", studio.call(&zeroth, None), &is_parameter),
        ("a face twice", studio.call(&twice, None), &is_parameter),
        ("no photo", studio.call(&[], None), &is_parameter),
        ("seven photos", studio.call(&seven, None), &is_parameter),
        ("empty token", studio.call(&one, Some("")), &is_parameter),
        ("long token", studio.call(&one, Some(&long)), &is_parameter),
        (
            "rejected material",
            FuseCall {
                material: rejected.id,
                ..studio.call(&one, None)
            },
            &is_rejected,
        ),
        (
            "unknown material",
            FuseCall {
                material: MaterialId {
                    serial: 9,
                    ..studio.material
                },
                ..studio.call(&one, None)
            },
            &is_unknown,
        ),
        (
            "another activity's material",
            FuseCall {
                activity: elsewhere,
                ..studio.call(&one, None)
            },
            &is_unknown,
        ),
        (
            "another account's activity",
            FuseCall {
                account: stranger,
                ..studio.call(&one, None)
            },
            &is_unknown,
        ),
    ];
    for (name, call, is_expected) in cases {
        let failure = service.fuse(&call).unwrap_err();
        assert!(is_expected(&failure), "{name}: {failure:?}");
        assert!(service.try_out(&call).is_err() || call.token.is_some());
    }
    assert_eq!(studio.log(), []);
}

#[test]
fn a_repeated_call_gets_its_picture_again_and_is_charged_once() {
    let studio = Studio::new();
    let photo = portrait("U1");
    let first = studio.fuse(&photo, Some("t")).unwrap();
    let again = studio.fuse(&photo, Some("t")).unwrap();
    assert_eq!((again.call, &again.bytes), (first.call, &first.bytes));
    assert_eq!((again.charged.repeated, again.charged.seq), (true, 1));
    assert_eq!(again.charged.charged_to, first.charged.charged_to);
    match studio.fuse(&portrait("U3"), Some("t")) {
        Err(CallFailure::NotAdmitted(ServiceError::Refused(refusal))) => {
            assert_eq!(refusal, Refusal::TokenReused);
        }
        other => panic!("{other:?}"),
    }
    // The last free call can be repeated when none is left.
    studio.scene.use_up_grants(studio.account, 1);
    studio.fuse(&photo, Some("last")).unwrap();
    assert!(studio.fuse(&photo, Some("beyond")).is_err());
    assert!(studio.fuse(&photo, Some("last")).unwrap().charged.repeated);
    // So can one whose photo was the fault.
    let studio = Studio::new();
    let mut ids = Vec::new();
    for repeated in [false, true, true] {
        match studio.fuse(b"no picture", Some("t")) {
            Err(CallFailure::Picture { call, charged, .. }) => {
                assert_eq!(charged.repeated, repeated);
                ids.push(call);
            }
            other => panic!("{other:?}"),
        }
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(studio.log(), [(Outcome::Undecodable, true)]);
}

#[test]
fn a_failure_of_the_service_costs_nothing_and_leaves_the_token_free() {
    let studio = Studio::new();
    let objects = &studio.scene.objects;
    let key = objects.list("").unwrap().remove(0);
    let picture = objects.get(&key).unwrap();
    objects.delete(&key).unwrap();
    let photo = portrait("U1");
    let failed = studio.fuse(&photo, Some("t"));
    let gone = matches!(
        failed,
        Err(CallFailure::NotAdmitted(ServiceError::Object(_)))
    );
    assert!(gone, "{failed:?}");
    objects.put(&key, &picture).unwrap();
    let fused = studio.fuse(&photo, Some("t")).unwrap();
    assert_eq!(
        (fused.charged.repeated, fused.charged.left),
        (false, Some(499))
    );
    let log = [(Outcome::ServiceFailed, false), (Outcome::Fused, true)];
    assert_eq!(studio.log(), log);
}

#[test]
fn trying_out_never_counts() {
    let studio = Studio::new();
    let photo = portrait("U1");
    let photos = [of(&photo, None)];
    let call = studio.call(&photos, None);
    let (tried, _) = studio.scene.service.try_out(&call).unwrap();
    studio.scene.clock.set_step_ns(0);
    for _ in 0..2 {
        studio.scene.service.try_out(&call).unwrap();
    }
    assert_eq!(studio.log(), []);
    studio.scene.use_up_grants(studio.account, 0);
    studio.scene.service.try_out(&call).unwrap();
    studio.scene.use_up_grants(studio.account, 1);
    let paid = studio.fuse(&photo, None).unwrap().bytes;
    assert!(pixels(&paid) == pixels(&tried));
    let label = |file: &[u8]| label::read_label(file).unwrap().implicit.unwrap();
    assert_eq!(label(&tried).produce_id, "trial");
    assert_eq!(label(&paid).produce_id.len(), 36);
}

#[test]
fn calls_over_the_qps_cost_nothing() {
    let studio = Studio::new();
    let (scene, account, activity) = (&studio.scene, studio.account, studio.activity);
    scene.clock.set_step_ns(0);
    let burst = |calls: usize| {
        let results = (0..calls).map(|_| scene.call(account, activity));
        let over = |result: &Result<_, Refusal>| matches!(result, Err(Refusal::OverQps { .. }));
        calls - results.filter(over).count()
    };
    assert_eq!(burst(5), 1, "1 QPS without a licence");
    scene.license(account, activity);
    scene.clock.set_step_ns(SECOND_NS * 10);
    scene.call(account, activity).unwrap();
    scene.clock.set_step_ns(0);
    assert_eq!(burst(30), 9, "a burst of 10, of which one was made");
    scene.clock.set_step_ns(SECOND_NS / 10);
    assert_eq!(burst(30), 30);
    let view = scene.service.activity(account, activity).unwrap();
    assert_eq!(view.free_left, 500 - 1 - 1 - 9 - 30);
    scene.audit();
}

#[test]
fn a_picture_replaced_at_the_same_moment_is_another_template() {
    let studio = Studio::new();
    let photo = portrait("U1");
    let before = studio.fuse(&photo, None).unwrap();
    let service = &studio.scene.service;
    service
        .replace_material(studio.account, studio.material, &portrait("T2"))
        .unwrap();
    let kept = service.material_picture(studio.account, studio.material);
    assert_eq!(kept.unwrap(), portrait("T2"));
    let after = studio.fuse(&photo, None).unwrap();
    assert!(pixels(&after.bytes) != pixels(&before.bytes));
    assert_eq!(studio.scene.objects.list("").unwrap().len(), 1);
}
