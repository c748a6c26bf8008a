//! Calls whose pictures come by URL, whose faces are chosen, or whose template comes along.

mod admitted;
mod delivery;
mod fetched;
mod templates;
mod token;

use super::*;
use crate::fetch::{FetchError, FetchLimits, Fetcher};
use crate::labelling::{Labelling, Mark, USUAL_LABELLING};
use crate::scene::{Scene, portrait, side_by_side};
use billing::{AccountId, ActivityId, ChargedTo, MaterialId, Outcome};
use engine::{PixelBox, UserError};
use pixel::{DecodeOptions, Image, Srgb8, decode};
use std::collections::HashMap;
use std::sync::Mutex;

/// What a fetcher makes of a URL.
type Fetching = Box<dyn Fn() -> Result<Vec<u8>, FetchError> + Send + Sync>;

/// Leaves the pixels as the engine made them.
static UNMARKED: Labelling = Labelling {
    mark: Mark::Absent,
    metadata: Vec::new(),
};

/// Fetches what it was told, and remembers what it was asked for.
#[derive(Default)]
struct TestFetcher {
    known: HashMap<&'static str, Fetching>,
    asked: Mutex<Vec<(String, FetchLimits)>>,
}

impl TestFetcher {
    fn with(
        mut self,
        url: &'static str,
        fetching: impl Fn() -> Result<Vec<u8>, FetchError> + Send + Sync + 'static,
    ) -> TestFetcher {
        self.known.insert(url, Box::new(fetching));
        self
    }

    fn asked(&self) -> Vec<(String, FetchLimits)> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

impl Fetcher for TestFetcher {
    fn fetch(&self, url: &str, limits: FetchLimits) -> Result<Vec<u8>, FetchError> {
        self.asked.lock().unwrap().push((url.to_owned(), limits));
        (self.known[url])()
    }
}

/// An activity with a material that shows one face.
struct Stage {
    scene: Scene,
    account: AccountId,
    activity: ActivityId,
    material: MaterialId,
}

impl Stage {
    fn new(fetcher: Option<std::sync::Arc<dyn Fetcher>>) -> Stage {
        let scene = Scene::new(fetcher);
        let (account, activity) = scene.activity();
        let material = scene.material((account, activity), &portrait("T1"));
        Stage {
            scene,
            account,
            activity,
            material,
        }
    }

    fn call<'a>(&self, photos: &'a [UserPhoto<'a>]) -> FuseCall<'a> {
        FuseCall {
            account: self.account,
            activity: self.activity,
            material: self.material,
            photos,
            feature_degree: None,
            shape_degree: None,
            token: None,
            longest_side: LONGEST_SIDE,
            labelling: &USUAL_LABELLING,
            keep: None,
        }
    }

    /// Fuses one photo, a second after the last call.
    fn fuse(&self, photo: UserPhoto<'_>) -> Result<FusedPicture, CallFailure> {
        self.scene.pass(1000);
        self.scene.service.fuse(&self.call(&[photo]))
    }

    /// How the calls so far ended, whether each was paid for, and whether it was into a material.
    fn log(&self) -> Vec<(Outcome, bool, bool)> {
        let calls = self.scene.calls(self.account).into_iter();
        calls
            .map(|call| {
                let is_paid = call.charged_to != ChargedTo::Nobody;
                (call.outcome, is_paid, call.material.is_some())
            })
            .collect()
    }
}

/// What people see of a file; its label names the call.
fn pixels(file: &[u8]) -> Image<Srgb8> {
    decode(file, &DecodeOptions::default()).unwrap().pixels
}

fn photo(photo: PhotoSource<'_>) -> UserPhoto<'_> {
    UserPhoto {
        photo,
        face_near: None,
        face: None,
    }
}

fn near(x: u32, y: u32, width: u32, height: u32) -> Option<PixelBox> {
    Some(PixelBox {
        x,
        y,
        width,
        height,
    })
}

/// Two users in one photo; the face of the left one is larger.
fn two_users() -> Vec<u8> {
    side_by_side(&[("U3", 480), ("U1", 480)])
}

const LEFT: (u32, u32, u32, u32) = (100, 100, 280, 400);
const RIGHT: (u32, u32, u32, u32) = (580, 100, 280, 400);

#[test]
fn a_user_is_chosen_by_a_box() {
    let stage = Stage::new(None);
    let file = two_users();
    let of = |face_near| {
        let photo = UserPhoto {
            face_near,
            ..photo(PhotoSource::Bytes(&file))
        };
        pixels(&stage.fuse(photo).unwrap().bytes)
    };
    let (left, right, largest) = (
        of(near(LEFT.0, LEFT.1, LEFT.2, LEFT.3)),
        of(near(RIGHT.0, RIGHT.1, RIGHT.2, RIGHT.3)),
        of(None),
    );
    assert!(left != right && largest != right);
    assert_eq!(stage.log(), [(Outcome::Fused, true, true); 3]);
}

#[test]
fn a_box_without_a_face_counts_and_one_that_cannot_be_does_not() {
    let stage = Stage::new(None);
    let file = two_users();
    let fuse = |face_near| {
        let photo = UserPhoto {
            face_near,
            ..photo(PhotoSource::Bytes(&file))
        };
        stage.fuse(photo).unwrap_err()
    };
    for face_near in [near(0, 0, 40, 40), near(960, 0, 200, 200)] {
        match fuse(face_near) {
            CallFailure::Picture {
                picture: PictureRole::Photo(1),
                outcome: Outcome::NoFace,
                fault,
                ..
            } => assert!(matches!(*fault, PictureFault::Photo(UserError::FaceBox(_)))),
            other => panic!("{face_near:?}: {other:?}"),
        }
    }
    for face_near in [near(100, 100, 29, 200), near(100, 100, 200, 0)] {
        let failure = fuse(face_near);
        assert!(
            matches!(
                failure,
                CallFailure::BadParameter(ParameterError::FaceBox { least: 30, .. })
            ),
            "{failure:?}"
        );
    }
    assert_eq!(stage.log(), [(Outcome::NoFace, true, true); 2]);
}

#[test]
fn pictures_with_too_few_pixels_are_told() {
    let stage = Stage::new(None);
    for (width, height) in [(63, 200), (200, 63), (64, 64)] {
        let file = crate::scene::grey_png(width, height);
        let failure = stage.fuse(photo(PhotoSource::Bytes(&file))).unwrap_err();
        let CallFailure::Picture { fault, outcome, .. } = failure else {
            panic!("{failure:?}");
        };
        let is_short = matches!(*fault, PictureFault::SideTooShort { least: 64, .. });
        assert_eq!(is_short, width.min(height) < 64);
        let expected = match is_short {
            true => Outcome::BadSize,
            false => Outcome::NoFace,
        };
        assert_eq!(outcome, expected);
    }
}

#[test]
fn a_trial_tells_what_is_wrong_and_does_not_count() {
    let stage = Stage::new(None);
    let grey = crate::scene::grey_png(300, 300);
    let photos = [photo(PhotoSource::Bytes(&grey))];
    let failure = stage.scene.service.try_out(&stage.call(&photos));
    assert!(
        matches!(
            failure,
            Err(CallFailure::Trial {
                picture: PictureRole::Photo(1),
                ..
            })
        ),
        "{failure:?}"
    );
    assert_eq!(
        failure.unwrap_err().to_string(),
        "photo 1 cannot be used: no face was found; use a photo whose face is seen and large"
    );
    assert_eq!(stage.log(), []);
}
