//! What different client libraries sign for one request.

use super::*;

/// Host with or without its port, values as sent or in lower case, services of each library, charsets,
/// more signed headers: all are the same request.
#[test]
fn every_variant_of_signing() {
    let charset = "application/json; charset=utf-8";
    let host = "Fusion.Corp.example:8443";
    for service in [SERVICE, "fusion", "Fusion"] {
        for signed_host in [
            host,
            "Fusion.Corp.example",
            "fusion.corp.example:8443",
            "fusion.corp.example",
        ] {
            for content_type in [JSON, charset] {
                for action in [None, Some("FuseFace"), Some("fuseface")] {
                    let lower = signed_host == signed_host.to_lowercase();
                    if action.is_some_and(|action| (action == "fuseface") != lower) {
                        continue;
                    }
                    let mut headers = vec![("content-type", content_type), ("host", signed_host)];
                    headers.extend(action.map(|action| ("x-tc-action", action)));
                    let signer = Signer {
                        secret_id: SECRET_ID,
                        service,
                    };
                    let authorization =
                        signer.authorization(SECRET_KEY, TIMESTAMP, "POST", "", &headers, b"{}");
                    let head = head("POST", "", content_type, host, &authorization);
                    let caller = check(&head, b"{}", at(TIMESTAMP));
                    assert!(caller.is_ok(), "{service} {headers:?}: {caller:?}");
                }
            }
        }
    }
}

/// The query of a GET is signed byte by byte, and its body is nothing.
#[test]
fn the_query_is_signed_as_sent() {
    let headers = [("content-type", FORM), ("host", HOST)];
    let authorization =
        Signer::new(SECRET_ID).authorization(SECRET_KEY, TIMESTAMP, "GET", QUERY, &headers, b"");
    let get = |query: &str| head("GET", query, FORM, HOST, &authorization);
    assert!(check(&get(QUERY), b"", at(TIMESTAMP)).is_ok());
    assert!(check(&get(QUERY), b"ignored", at(TIMESTAMP)).is_ok());
    let other = QUERY.replace("%3A", "%3a");
    assert_eq!(
        check(&get(&other), b"", at(TIMESTAMP)),
        Err(AuthError::Mismatch)
    );
}
