//! Pictures in requests: an address or base64 text.

use super::fields::Fields;
use crate::codes::ApiError;
use data_encoding::BASE64;
use service::fetch::picture_url;
use std::fmt;

/// The longest base64 text of a picture, in characters; and of one in FuseFaceUltra.
pub(super) const LONGEST_BASE64: usize = 5 << 20;
pub(super) const LONGEST_BASE64_ULTRA: usize = 10 << 20;

/// Where a picture is.
#[derive(Clone, PartialEq, Eq)]
pub enum PictureSource {
    /// At an http or https address, still to be fetched.
    Url(String),
    /// Here; a file that nobody looked into yet.
    Bytes(Vec<u8>),
}

impl fmt::Debug for PictureSource {
    /// Leaves the bytes out: they are somebody's face.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PictureSource::Url(url) => f.debug_tuple("Url").field(url).finish(),
            PictureSource::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
        }
    }
}

impl PictureSource {
    /// The picture of two fields, of which the address wins. Empty texts are absent.
    pub(super) fn read(
        fields: &Fields<'_>,
        url_name: &str,
        image_name: &str,
        longest_base64: usize,
    ) -> Result<PictureSource, ApiError> {
        if let Some(url) = fields.filled_text(url_name)? {
            return match picture_url(url) {
                Ok(_) => Ok(PictureSource::Url(url.to_owned())),
                Err(error) => Err(ApiError::UrlIllegal {
                    path: fields.path_of(url_name),
                    reason: (&error).into(),
                }),
            };
        }
        let path = fields.path_of(image_name);
        let text = fields.text(image_name)?.unwrap_or_default();
        let bytes = decode(text, &path, longest_base64)?;
        if bytes.is_empty() {
            return Err(ApiError::PictureMissing { path });
        }
        Ok(PictureSource::Bytes(bytes))
    }
}

/// The bytes of a base64 text, with or without `data:image/…;base64,` before it.
fn decode(text: &str, path: &str, longest: usize) -> Result<Vec<u8>, ApiError> {
    let broken = || ApiError::Base64Broken {
        path: path.to_owned(),
    };
    let text = match text.strip_prefix("data:") {
        None => text,
        Some(rest) => rest
            .split_once(',')
            .filter(|(kind, _)| kind.ends_with(";base64"))
            .map(|(_, text)| text)
            .ok_or_else(broken)?,
    };
    if text.len() > longest {
        return Err(ApiError::Base64TooLong {
            path: path.to_owned(),
            length: text.len(),
            most: longest,
        });
    }
    BASE64.decode(text.as_bytes()).map_err(|_| broken())
}
