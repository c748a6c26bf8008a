//! Results that are kept: before they are paid, and not without being paid.

use super::*;
use crate::labelling::{MetaData, PictureSigner};
use crate::{Lifetime, ServiceError};
use label::read_label;
use provenance::SignError;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::objects::{ObjectError, ObjectKey, Objects};
use store::sql::Driver as _;

/// A place that may be full, or be struck by a power failure once it has kept a result.
struct Place {
    inner: Arc<dyn Objects>,
    is_full: AtomicBool,
    /// Done once when a result was kept.
    then: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl Objects for Place {
    fn put(&self, key: &ObjectKey, bytes: &[u8]) -> Result<(), ObjectError> {
        let is_result = key.as_str().starts_with("results/");
        if is_result && self.is_full.load(Ordering::SeqCst) {
            return Err(ObjectError::Full {
                place: "here".to_owned(),
                source: "no room".into(),
            });
        }
        self.inner.put(key, bytes)?;
        let then = self.then.lock().unwrap().take_if(|_| is_result);
        if let Some(then) = then {
            then();
        }
        Ok(())
    }

    fn get(&self, key: &ObjectKey) -> Result<Vec<u8>, ObjectError> {
        self.inner.get(key)
    }

    fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError> {
        self.inner.delete(key)
    }

    fn exists(&self, key: &ObjectKey) -> Result<bool, ObjectError> {
        self.inner.exists(key)
    }

    fn list(&self, prefix: &str) -> Result<Vec<ObjectKey>, ObjectError> {
        self.inner.list(prefix)
    }
}

fn stage() -> (Stage, Arc<Place>) {
    let mut stage = Stage::new(None);
    let place = Arc::new(Place {
        inner: Arc::clone(&stage.scene.objects),
        is_full: AtomicBool::new(false),
        then: Mutex::default(),
    });
    stage.scene.service.ports.objects = Arc::<Place>::clone(&place);
    (stage, place)
}

fn results(place: &Place) -> usize {
    place.list("results/").unwrap().len()
}

#[test]
fn a_result_is_kept_labelled_and_its_repetition_names_the_first_call() {
    let (stage, place) = stage();
    let file = portrait("U1");
    let photos = [photo(PhotoSource::Bytes(&file))];
    let labelling = Labelling {
        mark: Mark::Usual,
        metadata: vec![MetaData {
            key: "campaign".to_owned(),
            value: "春节".to_owned(),
        }],
    };
    let call = FuseCall {
        token: Some("t-1"),
        labelling: &labelling,
        keep: Some(Lifetime::OneDay),
        ..stage.call(&photos)
    };
    let mut names = Vec::new();
    for repeated in [false, true] {
        stage.scene.pass(1000);
        let fused = stage.scene.service.fuse(&call).unwrap();
        assert_eq!(fused.charged.repeated, repeated);
        let key = fused.kept.unwrap().key;
        let kept = stage.scene.service.result(&key).unwrap().unwrap();
        assert!(kept.bytes == fused.bytes);
        let found = read_label(&kept.bytes).unwrap();
        assert_eq!(found.metadata, labelling.metadata);
        names.push(found.implicit.unwrap().produce_id);
        assert_eq!(names.last().unwrap(), &fused.call.to_string());
    }
    assert_eq!(names[0], names[1]);
    assert_eq!((results(&place), stage.log().len()), (2, 1));
}

#[test]
fn a_full_place_refuses_and_nobody_pays() {
    let (stage, place) = stage();
    place.is_full.store(true, Ordering::SeqCst);
    let file = portrait("U1");
    let photos = [photo(PhotoSource::Bytes(&file))];
    let call = FuseCall {
        keep: Some(Lifetime::SevenDays),
        ..stage.call(&photos)
    };
    stage.scene.pass(1000);
    let failure = stage.scene.service.fuse(&call).unwrap_err();
    assert!(
        matches!(
            failure,
            CallFailure::NotKept(ServiceError::Object(ObjectError::Full { .. }))
        ),
        "{failure:?}"
    );
    assert_eq!(stage.log(), [(Outcome::ServiceFailed, false, true)]);
    place.is_full.store(false, Ordering::SeqCst);
    stage.scene.pass(1000);
    assert!(stage.scene.service.fuse(&call).unwrap().kept.is_some());
}

#[test]
fn what_is_not_paid_in_the_end_is_not_kept() {
    let (stage, place) = stage();
    // The last free calls are used up elsewhere while the picture is being made.
    let driver = Arc::clone(&stage.scene.driver);
    *place.then.lock().unwrap() = Some(Box::new(move || {
        let sql = "UPDATE call_grant SET used = total";
        driver
            .write(&mut |session| session.execute(sql, &[]).map(drop))
            .unwrap();
    }));
    let file = portrait("U1");
    let photos = [photo(PhotoSource::Bytes(&file))];
    let call = FuseCall {
        keep: Some(Lifetime::SevenDays),
        ..stage.call(&photos)
    };
    stage.scene.pass(1000);
    let failure = stage.scene.service.fuse(&call).unwrap_err();
    assert!(
        matches!(failure, CallFailure::NotAdmitted(_)),
        "{failure:?}"
    );
    assert_eq!(results(&place), 0);
}

/// Puts its own word behind each picture, and remembers which calls it signed for.
#[derive(Default)]
struct Seal(Mutex<Vec<String>>);

const SEALED: &[u8] = b"sealed";

impl PictureSigner for Seal {
    fn sign(&self, picture: &[u8], produced_as: &str) -> Result<Vec<u8>, SignError> {
        // The label is there already.
        let label = read_label(picture).unwrap().implicit.unwrap();
        assert_eq!(label.produce_id, produced_as);
        self.0.lock().unwrap().push(produced_as.to_owned());
        Ok([picture, SEALED].concat())
    }
}

#[test]
fn calls_are_signed_when_all_else_is_there_and_trials_are_not() {
    let (mut stage, _) = stage();
    let seal = Arc::new(Seal::default());
    stage.scene.service.ports.signer = Some(Arc::<Seal>::clone(&seal));
    let file = portrait("U1");
    let photos = [photo(PhotoSource::Bytes(&file))];
    let call = FuseCall {
        token: Some("t-1"),
        keep: Some(Lifetime::OneDay),
        ..stage.call(&photos)
    };
    let mut first = None;
    for _ in 0..2 {
        stage.scene.pass(1000);
        let fused = stage.scene.service.fuse(&call).unwrap();
        assert!(fused.bytes.ends_with(SEALED));
        let kept = stage.scene.service.result(&fused.kept.unwrap().key);
        assert!(kept.unwrap().unwrap().bytes == fused.bytes);
        // The repeated call is signed last for the one that was paid.
        let signed = seal.0.lock().unwrap().last().cloned();
        assert_eq!(signed, Some(fused.call.to_string()));
        assert_eq!(*first.get_or_insert(fused.call), fused.call);
    }
    let signed = seal.0.lock().unwrap().len();
    let (tried, _) = stage.scene.service.try_out(&call).unwrap();
    assert!(!tried.ends_with(SEALED));
    assert_eq!(seal.0.lock().unwrap().len(), signed);
}
