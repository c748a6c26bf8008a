//! The published vectors.

use super::*;
use crate::tc3::canonical::{canonical_request, hex_sha256, signing_key, string_to_sign};
use data_encoding::HEXLOWER;

const BODY_PYTHON: &[u8] = br#"{"ProjectId": "at_1", "ModelId": "mt_1", "RspImgType": "url", "MergeInfos": [{"Url": "https://img.example/\u4eba.jpg"}]}"#;
const BODY_NODE: &str = r#"{"ProjectId":"at_1","ModelId":"mt_1","RspImgType":"url","MergeInfos":[{"Url":"https://img.example/人.jpg"}]}"#;

/// A request that carries a signature made elsewhere.
struct Case<'a> {
    method: &'a str,
    query: &'a str,
    content_type: &'a str,
    host: &'a str,
    service: &'a str,
    signed: &'a str,
    signature: &'a str,
    more: Vec<(&'a str, &'a str)>,
}

impl Case<'_> {
    fn post(signature: &str) -> Case<'_> {
        Case {
            method: "POST",
            query: "",
            content_type: JSON,
            host: HOST,
            service: SERVICE,
            signed: "content-type;host",
            signature,
            more: Vec::new(),
        }
    }

    fn head(&self) -> RequestHead {
        let authorization = format!(
            "{ALGORITHM} Credential={SECRET_ID}/2023-11-14/{}/tc3_request, SignedHeaders={}, Signature={}",
            self.service, self.signed, self.signature
        );
        let mut head = head(
            self.method,
            self.query,
            self.content_type,
            self.host,
            &authorization,
        );
        for (name, value) in &self.more {
            head.headers.add(name, *value);
        }
        head
    }
}

/// The signature inside a header value.
fn signature_of(authorization: &str) -> &str {
    authorization.rsplit('=').next().unwrap()
}

#[test]
fn vector_1_step_by_step() {
    let hash = hex_sha256(BODY_PYTHON);
    assert_eq!(
        hash,
        "1cae386fe1131300eadea7a31c28c60a36c5a87397b3cf990507e2937624364e"
    );
    let headers = [
        ("content-type", JSON.as_bytes().to_vec()),
        ("host", HOST.as_bytes().to_vec()),
    ];
    let request = canonical_request("POST", "", &headers, &hash);
    assert_eq!(
        String::from_utf8(request.clone()).unwrap(),
        format!("POST\n/\n\ncontent-type:{JSON}\nhost:{HOST}\n\ncontent-type;host\n{hash}")
    );
    let text = string_to_sign("1700000000", "2023-11-14", SERVICE, &request);
    assert_eq!(
        text,
        "TC3-HMAC-SHA256\n1700000000\n2023-11-14/facefusion/tc3_request\n\
         8d51b5a6181fc07f3c1a9201d9b38c3f99007553383d38769dfa2d0b9e84bf5a"
    );
    let key = signing_key(SECRET_KEY, "2023-11-14", SERVICE);
    assert_eq!(
        HEXLOWER.encode(&key),
        "c9761dfecc2310400ccbc29ce45bc84a9e6dd629bd0203f426a0435b6be54d50"
    );
}

/// Each vector is verified as it would arrive, and made anew by the signer.
#[test]
fn the_published_vectors() {
    let node = BODY_NODE.as_bytes();
    let loopback = "127.0.0.1:8080";
    let (with_port, local) = ("facefusion.example.com:8443", "localhost:8080");
    // Method, host sent, host signed, service, body, signature.
    for (method, host, signed_host, service, body, signature) in [
        (
            "POST",
            HOST,
            HOST,
            SERVICE,
            BODY_PYTHON,
            "437c4dbfe9d3c9c709d7528c7b07661b02832090844e1ee93c914370dc0472bb",
        ),
        (
            "POST",
            loopback,
            loopback,
            SERVICE,
            BODY_PYTHON,
            "a5144713585260e1a14bc514b0e361f1ace0c3b6145a4a8182b8dd713fc80b24",
        ),
        (
            "GET",
            HOST,
            HOST,
            SERVICE,
            b"",
            "fcfa20e45afac27749a4e447627dee31ad1381986adb2283b44b677337546496",
        ),
        (
            "POST",
            HOST,
            HOST,
            SERVICE,
            node,
            "8c451001185d5ec019cdf9876058662f91adfa3f5203c089e9602725e51773fc",
        ),
        (
            "POST",
            with_port,
            HOST,
            SERVICE,
            node,
            "8c451001185d5ec019cdf9876058662f91adfa3f5203c089e9602725e51773fc",
        ),
        (
            "POST",
            loopback,
            "127.0.0.1",
            "127",
            node,
            "dcaa5c44df6023734af949f281a0c4130cd30f2eebf787e87a44122d5dc3ad3c",
        ),
        (
            "POST",
            local,
            "localhost",
            local,
            node,
            "cdce2883fadd77b4b8a46cda9e9bfac3b23a001e46c4704acf2f840b4836be24",
        ),
    ] {
        let get = method == "GET";
        let case = Case {
            method,
            query: if get { QUERY } else { "" },
            content_type: if get { FORM } else { JSON },
            host,
            service,
            ..Case::post(signature)
        };
        let caller = check(&case.head(), body, at(TIMESTAMP)).unwrap();
        assert_eq!(
            (caller.account, caller.secret_id.as_str()),
            (ACCOUNT, SECRET_ID)
        );
        let signer = Signer {
            secret_id: SECRET_ID,
            service,
        };
        let headers = [("content-type", case.content_type), ("host", signed_host)];
        let made = signer.authorization(SECRET_KEY, TIMESTAMP, method, case.query, &headers, body);
        assert_eq!(signature_of(&made), signature);
    }
}

#[test]
fn vector_3_is_signed_right_and_refused() {
    const SIGNATURE: &str = "9b691cf2f5337838be6493e094cb6148ab6375e00b07ac42b42194965d207cc5";
    let hash = hex_sha256(UNSIGNED_PAYLOAD);
    assert_eq!(
        hash,
        "438d4109ef0d676b8c2c7ed13cdfcb418e494d53b843d4634ce3b1085f07bb96"
    );
    let headers = [("content-type", JSON), ("host", HOST)];
    let signer = Signer::new(SECRET_ID);
    let made = signer.authorization_of_hash(SECRET_KEY, TIMESTAMP, "POST", "", &headers, &hash);
    assert_eq!(signature_of(&made), SIGNATURE);
    let case = Case {
        more: vec![("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD")],
        ..Case::post(SIGNATURE)
    };
    let refused = check(&case.head(), BODY_PYTHON, at(TIMESTAMP));
    assert_eq!(refused, Err(AuthError::UnsignedPayload));
    // Without the header the body's own hash counts.
    let refused = check(&Case::post(SIGNATURE).head(), BODY_PYTHON, at(TIMESTAMP));
    assert_eq!(refused, Err(AuthError::Mismatch));
}
