use super::*;
use crate::error::ServiceError;
use crate::outbound::HttpUrlError;
use std::io;
use std::sync::Arc;

const URL: &str = "https://img.example/u.jpg";
const OTHER: &str = "https://img.example/other.jpg";

fn host() -> String {
    "img.example".to_owned()
}

fn too_slow() -> FetchError {
    FetchError::TooSlow {
        host: host(),
        limit_ms: 10_000,
    }
}

#[test]
fn a_photo_by_url_is_fetched_once_and_fused() {
    let fetcher = Arc::new(TestFetcher::default().with(URL, || Ok(portrait("U1"))));
    let stage = Stage::new(Some(Arc::<TestFetcher>::clone(&fetcher)));
    let fused = stage.fuse(photo(PhotoSource::Url(URL))).unwrap();
    let limits = FetchLimits {
        max_bytes: 10 << 20,
        timeout_ms: 10_000,
    };
    assert_eq!(fetcher.asked(), [(URL.to_owned(), limits)]);
    let file = portrait("U1");
    let same = stage.fuse(photo(PhotoSource::Bytes(&file))).unwrap();
    assert!(pixels(&fused.bytes) == pixels(&same.bytes));
    assert_eq!(fetcher.asked(), []);
    assert_eq!(stage.log(), [(Outcome::Fused, true, true); 2]);
}

#[test]
fn a_photo_that_cannot_be_fetched_counts() {
    type Case = (fn() -> FetchError, Outcome);
    let cases: [Case; 8] = [
        (too_slow, Outcome::NotFetched),
        (
            || FetchError::Status {
                host: host(),
                status: 404,
            },
            Outcome::NotFetched,
        ),
        (
            || FetchError::Address {
                host: host(),
                address: [10, 0, 0, 1].into(),
            },
            Outcome::NotFetched,
        ),
        (
            || FetchError::Host {
                host: host(),
                source: io::ErrorKind::NotFound.into(),
            },
            Outcome::NotFetched,
        ),
        (
            || FetchError::Redirect {
                host: host(),
                source: None,
            },
            Outcome::NotFetched,
        ),
        (
            || FetchError::TooManyRedirects { most: 3 },
            Outcome::NotFetched,
        ),
        (
            || FetchError::Connection {
                host: host(),
                source: "reset".into(),
            },
            Outcome::NotFetched,
        ),
        (
            || FetchError::TooLarge {
                host: host(),
                limit: 10 << 20,
            },
            Outcome::BadSize,
        ),
    ];
    for (error, expected) in cases {
        let fetcher = TestFetcher::default().with(URL, move || Err(error()));
        let stage = Stage::new(Some(Arc::new(fetcher)));
        match stage.fuse(photo(PhotoSource::Url(URL))) {
            Err(CallFailure::Picture {
                picture: PictureRole::Photo(1),
                outcome,
                fault,
                ..
            }) => {
                assert_eq!(outcome, expected);
                assert!(matches!(*fault, PictureFault::Fetch(_)));
                let text = fault.to_string();
                assert!(
                    !text.contains("10.0.0.1") && !text.contains("u.jpg"),
                    "{text}"
                );
            }
            other => panic!("{expected}: {other:?}"),
        }
        assert_eq!(stage.log(), [(expected, true, true)]);
    }
}

#[test]
fn of_several_that_fail_the_first_is_told() {
    let fetcher = TestFetcher::default()
        .with(URL, || Err(too_slow()))
        .with(OTHER, || Ok(b"no picture".to_vec()));
    let stage = Stage::new(Some(Arc::new(fetcher)));
    let material = stage.scene.material(
        (stage.account, stage.activity),
        &side_by_side(&[("T1", 600), ("T2", 480)]),
    );
    for (urls, expected) in [
        ([URL, OTHER], Outcome::NotFetched),
        ([OTHER, URL], Outcome::Undecodable),
    ] {
        let photos = [1, 2].map(|face| UserPhoto {
            face: Some(face),
            ..photo(PhotoSource::Url(urls[face as usize - 1]))
        });
        let call = FuseCall {
            material,
            ..stage.call(&photos)
        };
        stage.scene.pass(1000);
        match stage.scene.service.fuse(&call) {
            Err(CallFailure::Picture {
                picture, outcome, ..
            }) => assert_eq!((picture, outcome), (PictureRole::Photo(1), expected)),
            other => panic!("{expected}: {other:?}"),
        }
    }
}

#[test]
fn what_is_no_url_does_not_count() {
    let fetcher = Arc::new(TestFetcher::default());
    let stage = Stage::new(Some(Arc::<TestFetcher>::clone(&fetcher)));
    for (url, expected) in [
        ("", HttpUrlError::Form),
        ("img.example/u.jpg", HttpUrlError::Form),
        (
            "file://img.example/u.jpg",
            HttpUrlError::Scheme {
                scheme: "file".to_owned(),
            },
        ),
        ("https://ann:word@img.example/", HttpUrlError::Credentials),
    ] {
        match stage.fuse(photo(PhotoSource::Url(url))) {
            Err(CallFailure::BadParameter(ParameterError::Url { picture, source })) => {
                assert_eq!(picture, PictureRole::Photo(1));
                assert_eq!(source, expected);
            }
            other => panic!("{url}: {other:?}"),
        }
    }
    assert_eq!(fetcher.asked(), []);
    assert_eq!(stage.log(), []);
}

#[test]
fn without_a_fetcher_urls_are_not_taken() {
    let stage = Stage::new(None);
    let failure = stage.fuse(photo(PhotoSource::Url(URL))).unwrap_err();
    assert!(
        matches!(
            failure,
            CallFailure::BadParameter(ParameterError::UrlsNotTaken { .. })
        ),
        "{failure:?}"
    );
    assert_eq!(stage.log(), []);
}

#[test]
fn nothing_is_fetched_for_a_call_that_is_not_let_in() {
    let fetcher = Arc::new(TestFetcher::default().with(URL, || Ok(portrait("U1"))));
    let stage = Stage::new(Some(Arc::<TestFetcher>::clone(&fetcher)));
    let by_url = photo(PhotoSource::Url(URL));
    stage.fuse(by_url).unwrap();
    assert_eq!(fetcher.asked().len(), 1);
    // In the same second again.
    let failure = stage.scene.service.fuse(&stage.call(&[by_url]));
    assert!(
        matches!(
            failure,
            Err(CallFailure::NotAdmitted(ServiceError::Refused(
                billing::Refusal::OverQps { .. }
            )))
        ),
        "{failure:?}"
    );
    assert_eq!(fetcher.asked(), []);
    assert_eq!(stage.log().len(), 1);
}

#[test]
fn a_fetcher_that_breaks_down_is_not_the_users_fault() {
    let fetcher = TestFetcher::default().with(URL, || panic!("for the test"));
    let stage = Stage::new(Some(Arc::new(fetcher)));
    let failure = stage.fuse(photo(PhotoSource::Url(URL))).unwrap_err();
    assert!(matches!(failure, CallFailure::Service(_)), "{failure:?}");
    assert_eq!(stage.log(), [(Outcome::ServiceFailed, false, true)]);
}
