//! Rows about who asks, and for what.

use super::{Case, both, newer, provoke};
use crate::client::{Draft, Reply};
use crate::world::World;
use serde_json::json;

/// What a request becomes when its draft is changed so.
fn changed(world: &World, version: &'static str, change: impl FnOnce(&mut Draft<'_>)) -> Reply {
    world.pass(1000);
    let mut draft = world.draft(version, "FuseFace");
    change(&mut draft);
    draft.send()
}

fn with_header(draft: &mut Draft<'_>, name: &'static str, value: &str) {
    draft.headers.push((name, value.to_owned()));
}

/// An `Authorization` of a scope and of signed headers of choice; it need not fit.
fn authorization(world: &World, scope: &str, signed: &str) -> &'static str {
    let secret_id = &world.secret_id;
    let zeros = "0".repeat(64);
    let text = format!(
        "TC3-HMAC-SHA256 Credential={secret_id}/{scope}/tc3_request, SignedHeaders={signed}, Signature={zeros}"
    );
    text.leak()
}

pub(super) const CASES: &[Case] = &[
    both("MethodUnsupported", |world, version| {
        changed(world, version, |it| it.method = "PUT")
    }),
    both("RequestTooLarge", |world, version| {
        changed(world, version, |it| it.body = vec![b' '; (10 << 20) + 1])
    }),
    both("AuthorizationMissing", |world, version| {
        changed(world, version, |it| it.without = "Authorization")
    }),
    both("AuthorizationOther", |world, version| {
        changed(world, version, |it| it.authorization = Some("SKIP"))
    }),
    both("AuthorizationMalformed", |world, version| {
        let malformed = Some("TC3-HMAC-SHA256 Credential=x");
        changed(world, version, |it| it.authorization = malformed)
    }),
    both("HeaderNotSigned", |world, version| {
        let unsigned = authorization(world, "2027-01-10/facefusion", "host");
        changed(world, version, |it| it.authorization = Some(unsigned))
    }),
    both("HeaderRepeated", |world, version| {
        changed(world, version, |it| {
            with_header(it, "X-TC-Action", "FuseFace");
        })
    }),
    both("HeaderMissing", |world, version| {
        changed(world, version, |it| it.without = "X-TC-Action")
    }),
    both("TimestampMalformed", |world, version| {
        changed(world, version, |it| {
            it.without = "X-TC-Timestamp";
            with_header(it, "x-tc-timestamp", "yesterday");
        })
    }),
    both("SecretIdMalformed", |world, version| {
        changed(world, version, |it| it.secret_id = "AKIDEXAMPLE".to_owned())
    }),
    both("SecretIdUnknown", |world, version| {
        let unknown = format!("AKID{}", "x".repeat(32));
        changed(world, version, |it| it.secret_id = unknown)
    }),
    both("SignatureExpired", |world, version| {
        changed(world, version, |it| it.late_s = 301)
    }),
    both("PayloadUnsigned", |world, version| {
        changed(world, version, |it| {
            with_header(it, "X-TC-Content-SHA256", "UNSIGNED-PAYLOAD");
        })
    }),
    both("ScopeDateWrong", |world, version| {
        let other_day = authorization(world, "2026-01-10/facefusion", "content-type;host");
        changed(world, version, |it| it.authorization = Some(other_day))
    }),
    both("ScopeServiceForeign", |world, version| {
        changed(world, version, |it| it.service = "cvm")
    }),
    both("SignatureMismatch", |world, version| {
        changed(world, version, |it| it.secret_key = "x".repeat(32))
    }),
    both("TokenInvalid", |world, version| {
        changed(world, version, |it| {
            with_header(it, "X-TC-Token", "t");
        })
    }),
    // Whose code is that of the newest version.
    newer("VersionUnknown", |world, _| {
        changed(world, "2020-01-01", |_| ())
    }),
    both("ActionUnknown", |world, version| {
        changed(world, version, |it| it.action = "SubmitVideoFaceFusionJob")
    }),
    both("TooManyRequests", |world, version| {
        let body = json!({ "ProjectId": world.activity.to_string() });
        let body = body.to_string().into_bytes();
        changed(world, version, |it| it.body.clone_from(&body));
        // In the same second.
        let mut draft = world.draft(version, "FuseFace");
        draft.body = body;
        draft.send()
    }),
];

#[test]
fn rows_about_the_caller() {
    provoke(CASES);
}
