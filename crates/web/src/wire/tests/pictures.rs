//! Pictures in requests.

use super::*;
use crate::wire::picture::{LONGEST_BASE64, LONGEST_BASE64_ULTRA};

/// Where a picture can stand: the action, the path of its object, the names of its two fields.
const PLACES: [(Operation, &str, &str, &str); 7] = [
    (Operation::FaceFusion2018, "", "Url", "Image"),
    (Operation::FuseFace2018, "/MergeInfos/0", "Url", "Image"),
    (Operation::FuseFace2022, "/MergeInfos/0", "Url", "Image"),
    (
        Operation::FuseFace2022,
        "/LogoParam",
        "LogoUrl",
        "LogoImage",
    ),
    (
        Operation::FuseFaceUltra2022,
        "/MergeInfos/0",
        "Url",
        "Image",
    ),
    (Operation::FuseFaceUltra2022, "", "ModelUrl", "ModelImage"),
    (
        Operation::FuseFaceUltra2022,
        "/LogoParam",
        "LogoUrl",
        "LogoImage",
    ),
];

/// The least request with a picture's two fields as given.
fn request(place: usize, url: &Value, image: &Value) -> (Operation, Value) {
    let (operation, parent, url_name, image_name) = PLACES[place];
    let rect = json!({ "X": 0, "Y": 0, "Width": 9, "Height": 9 });
    let mut fields = with(
        operation,
        "/LogoParam",
        json!({ "LogoUrl": URL, "LogoRect": rect }),
    );
    let object = fields.pointer_mut(parent).unwrap();
    object[url_name] = url.clone();
    object[image_name] = image.clone();
    (operation, fields)
}

fn picture(place: usize, url: &Value, image: &Value) -> PictureSource {
    let (operation, fields) = request(place, url, image);
    match (read_json(operation, &fields), PLACES[place].1) {
        (Ok(Request::FuseFace(request)), "/LogoParam") => own(request.logo.unwrap()),
        (Ok(Request::FuseFace(request)), _) => request.merges[0].picture.clone(),
        (Ok(Request::FuseFaceUltra(request)), "/LogoParam") => own(request.logo),
        (Ok(Request::FuseFaceUltra(request)), "") => request.template,
        (Ok(Request::FuseFaceUltra(request)), _) => request.merges[0].picture.clone(),
        (other, _) => panic!("{other:?}"),
    }
}

fn own(logo: Logo) -> PictureSource {
    match logo {
        Logo::Own { picture, .. } => picture,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_address_wins_over_bytes() {
    let bytes = PictureSource::Bytes(vec![0, 1, 2]);
    let address = PictureSource::Url(URL.to_owned());
    let none = Value::Null;
    for place in 0..PLACES.len() {
        for (url, image, expected) in [
            (json!(URL), none.clone(), &address),
            (json!(URL), json!("AAEC"), &address),
            (json!(URL), json!("not looked at!"), &address),
            (none.clone(), json!("AAEC"), &bytes),
            (json!(""), json!("AAEC"), &bytes),
            (none.clone(), json!("data:image/png;base64,AAEC"), &bytes),
        ] {
            assert_eq!(picture(place, &url, &image), *expected);
        }
    }
}

#[test]
fn no_picture_is_an_error() {
    for place in 0..PLACES.len() {
        for (url, image) in [
            (Value::Null, Value::Null),
            (json!(""), json!("")),
            (Value::Null, json!("data:image/png;base64,")),
        ] {
            let (operation, fields) = request(place, &url, &image);
            let expected = match operation.version() {
                Version::V2018 => "InvalidParameterValue.ImageEmpty",
                Version::V2022 => "InvalidParameterValue.ParameterValueError",
            };
            assert_eq!(refusal(operation, &fields).0, expected, "{fields}");
        }
    }
}

#[test]
fn base64_that_is_broken() {
    for place in 0..PLACES.len() {
        for text in [
            "A",
            "AAE",
            "AA\nEC",
            "AAEC=",
            "-_-_",
            "人",
            "data:image/png,AAEC",
            "data:AAEC",
            "data:;base64,!",
        ] {
            let (operation, fields) = request(place, &Value::Null, &json!(text));
            let (code, message) = refusal(operation, &fields);
            assert_eq!(code, "FailedOperation.ImageDecodeFailed", "{text}");
            assert!(message.contains(PLACES[place].3), "{message}");
        }
    }
}

#[test]
fn base64_that_is_too_long() {
    for place in 0..PLACES.len() {
        let longest = match PLACES[place].0 {
            Operation::FuseFaceUltra2022 => LONGEST_BASE64_ULTRA,
            _ => LONGEST_BASE64,
        };
        let text = "A".repeat(longest);
        let PictureSource::Bytes(bytes) = picture(place, &Value::Null, &json!(text)) else {
            panic!("{:?}", PLACES[place]);
        };
        assert_eq!(bytes.len(), longest / 4 * 3);
        let (operation, fields) = request(place, &Value::Null, &json!(text + "AAAA"));
        assert_eq!(
            refusal(operation, &fields).0,
            "FailedOperation.ImageSizeExceed"
        );
    }
}

#[test]
fn addresses() {
    let long = format!("https://a/{}", "x".repeat(4096));
    for (url, right) in [
        ("http://a", true),
        ("HTTPS://a.example:8443/p?q=1#f", true),
        ("https://img.example/人.jpg", true),
        ("ftp://a/b.jpg", false),
        ("file:///etc/passwd", false),
        ("//a/b.jpg", false),
        ("a/b.jpg", false),
        ("https://", false),
        ("https:///b.jpg", false),
        ("https://?a", false),
        ("https://a/ b", false),
        ("https://a/\r\nHost: b", false),
        ("javascript:alert(1)", false),
    ] {
        for place in 0..PLACES.len() {
            let (operation, fields) = request(place, &json!(url), &Value::Null);
            if right {
                assert_eq!(
                    picture(place, &json!(url), &Value::Null),
                    PictureSource::Url(url.to_owned())
                );
                continue;
            }
            let expected = match operation.version() {
                Version::V2018 => "FailedOperation.ImageDownloadError",
                Version::V2022 => "InvalidParameterValue.UrlIllegal",
            };
            assert_eq!(refusal(operation, &fields).0, expected, "{url}");
        }
    }
    let (operation, fields) = request(2, &json!(long), &Value::Null);
    assert_eq!(
        refusal(operation, &fields).0,
        "InvalidParameterValue.UrlIllegal"
    );
}

/// A picture is somebody's face: it does not get into a log.
#[test]
fn bytes_are_not_shown() {
    assert_eq!(
        format!("{:?}", PictureSource::Bytes(vec![7; 3])),
        "Bytes(3 bytes)"
    );
}
