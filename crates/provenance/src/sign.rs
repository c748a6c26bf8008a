//! Puts a signed manifest into a picture.

use crate::{Credential, SignError};
use c2pa::Builder;
use serde_json::{Value, json};
use std::io::Cursor;

/// The name of this program in manifests.
const GENERATOR: &str = "mien";

/// Of what kind the sources of a fused picture are.
///
/// The IPTC calls `composite` a "mix or composite of several elements, any of which may or may not be generative
/// AI". mien only composites: what one sees comes from the pixels of the user's photo and of the template, and
/// nothing is generated, so that `compositeWithTrainedAlgorithmicMedia` ("augmentation, correction or enhancement
/// using a generative AI model") and `compositeSynthetic` ("at least one of which is generative AI") would claim
/// too much. `compositeCapture` ("all captures of real life") would vouch for what mien cannot know: a template may be
/// drawn, rendered or generated.
const COMPOSITE: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/composite";

/// The name space of China's implicit label, whose producer and number the manifest repeats.
const TC260: &str = "http://www.tc260.org.cn/ns/AIGC/1.0/";

/// The act by which a picture came to be.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// The picture's title, for people.
    pub title: &'a str,
    /// `ContentProducer` of the picture's implicit label.
    pub producer: &'a str,
    /// `ProduceID` of the picture's implicit label: both labels name the same act.
    pub produce_id: &'a str,
}

impl Credential {
    /// The picture's file (JPEG or PNG) with a signed manifest over all its other bytes; none of these changes, so
    /// that any other label has to be there already.
    ///
    /// The manifest names program, kind of sources, and producer and number of the act. It has no
    /// ingredients and no small pictures: what a visitor sent is not in it in any form.
    pub fn sign(&self, picture: &[u8], act: &Act<'_>) -> Result<Vec<u8>, SignError> {
        let format = mime_type(picture).ok_or(SignError::OtherKind)?;
        let refused = |error: c2pa::Error| SignError::Refused(error.to_string());
        let builder = Builder::from_shared_context(&self.context);
        let mut builder = builder.with_definition(definition(act)).map_err(refused)?;
        let mut signed = Cursor::new(Vec::with_capacity(picture.len() + (8 << 10)));
        builder
            .sign(&self.signer, format, &mut Cursor::new(picture), &mut signed)
            .map_err(refused)?;
        Ok(signed.into_inner())
    }
}

/// The type of a picture that can carry a manifest here.
pub(crate) fn mime_type(picture: &[u8]) -> Option<&'static str> {
    if picture.starts_with(&[0xff, 0xd8, 0xff]) {
        Some("image/jpeg")
    } else if picture.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else {
        None
    }
}

/// The action is `c2pa.created`: `c2pa.edited` follows `c2pa.opened`, which would have to bind the manifest to the
/// template's file, and that is the customer's and not told.
fn definition(act: &Act<'_>) -> Value {
    let program = json!({ "name": GENERATOR, "version": env!("CARGO_PKG_VERSION") });
    json!({
        "claim_version": 2,
        "title": act.title,
        "claim_generator_info": [program],
        "assertions": [
            {
                "label": "c2pa.actions.v2",
                "created": true,
                "data": {
                    "actions": [{
                        "action": "c2pa.created",
                        "digitalSourceType": COMPOSITE,
                        "softwareAgent": program,
                    }],
                },
            },
            {
                "label": "cawg.metadata",
                "kind": "Json",
                "created": true,
                "data": {
                    "@context": { "TC260": TC260 },
                    "TC260:AIGC": {
                        "Label": "1",
                        "ContentProducer": act.producer,
                        "ProduceID": act.produce_id,
                    },
                },
            },
        ],
    })
}
