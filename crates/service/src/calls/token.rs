//! What is kept of a client's token: digests of it and of all that makes the call the same call.

use super::{CallFailure, FuseCall, ParameterError, PhotoSource, TemplateCall};
use crate::ServiceError;
use crate::service::Service;
use billing::{AlgorithmVersion, Degree};
use engine::PixelBox;
use sha2::{Digest as _, Sha256};
use store::{ClientToken, TokenUse};

/// Characters in a client's token.
const LONGEST_TOKEN: usize = 64;

impl Service {
    /// Whether this very call was charged under its token before: answering it again costs its caller nothing.
    pub fn was_charged(&self, call: &FuseCall<'_>) -> Result<bool, CallFailure> {
        let Some(token) = of_fuse_call(call)? else {
            return Ok(false);
        };
        let (store, now) = (&self.ports.store, self.now());
        let known = store.read(|records| records.token_use(call.account, &token, now));
        let known = known.map_err(ServiceError::from)?;
        Ok(matches!(known, TokenUse::Charged(_)))
    }
}

/// The token of a call into a material, if it has one.
pub(super) fn of_fuse_call(call: &FuseCall<'_>) -> Result<Option<ClientToken>, ParameterError> {
    of(call.token, || {
        let mut body = Body::new(b"material");
        body.number(call.activity.number());
        body.number(call.material.serial);
        body.number(call.material.number);
        body.degree(call.feature_degree);
        body.degree(call.shape_degree);
        for user in call.photos {
            body.number(user.face.unwrap_or(0));
            body.face_box(user.face_near);
            body.source(&user.photo);
        }
        body
    })
}

/// The token of a call into a template of its own, if it has one.
pub(super) fn of_template_call(
    call: &TemplateCall<'_>,
) -> Result<Option<ClientToken>, ParameterError> {
    of(call.token, || {
        let mut body = Body::new(b"template");
        body.number(call.activity.number());
        body.number(match call.algorithm {
            AlgorithmVersion::Natural => 0,
            AlgorithmVersion::Likeness => 1,
        });
        body.degree(Some(call.feature_degree));
        body.degree(Some(call.shape_degree));
        body.source(&call.template);
        for user in call.photos {
            body.face_box(user.template_face_near);
            body.face_box(user.face_near);
            body.source(&user.photo);
        }
        body
    })
}

fn of(
    token: Option<&str>,
    body: impl FnOnce() -> Body,
) -> Result<Option<ClientToken>, ParameterError> {
    let Some(token) = token else { return Ok(None) };
    let length = token.chars().count();
    if length == 0 || length > LONGEST_TOKEN {
        let most = LONGEST_TOKEN;
        return Err(ParameterError::Token { length, most });
    }
    Ok(Some(ClientToken {
        token: half(&Sha256::digest(token.as_bytes())),
        body: half(&body().0.finalize()),
    }))
}

/// The digest of a call's body. All that goes in has a fixed length, so that two bodies which differ
/// never give the same bytes.
struct Body(Sha256);

impl Body {
    fn new(kind: &[u8; 8]) -> Body {
        Body(Sha256::new().chain_update(kind))
    }

    fn number(&mut self, number: u64) {
        self.0.update(number.to_le_bytes());
    }

    fn degree(&mut self, degree: Option<Degree>) {
        self.0.update([degree.map_or(u8::MAX, Degree::get)]);
    }

    fn face_box(&mut self, face_box: Option<PixelBox>) {
        self.0.update([u8::from(face_box.is_some())]);
        let (x, y, width, height) =
            face_box.map_or((0, 0, 0, 0), |it| (it.x, it.y, it.width, it.height));
        for number in [x, y, width, height] {
            self.0.update(number.to_le_bytes());
        }
    }

    /// The picture itself or its URL. What lies behind the URL may change; the call stays the same.
    fn source(&mut self, source: &PhotoSource<'_>) {
        let (kind, bytes) = match source {
            PhotoSource::Bytes(bytes) => (0, *bytes),
            PhotoSource::Url(url) => (1, url.as_bytes()),
        };
        self.0.update([kind]);
        self.0.update(Sha256::digest(bytes));
    }
}

fn half(digest: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.iter_mut()
        .zip(digest)
        .for_each(|(to, from)| *to = *from);
    half
}
