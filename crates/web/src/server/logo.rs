//! The mark that people see on a result.

use crate::codes::ApiError;
use crate::wire::{Logo, PictureSource};
use ::engine::Finish;
use label::{draw_logo, draw_mark};
use pixel::{DecodeOptions, Decoded, Image, Limits, Rect, Srgb8, decode};
use service::fetch::{FetchLimits, Fetcher};
use std::borrow::Cow;
use std::fmt;

/// What is refused of a caller's own mark: a file of 5 MB of base64, a side of 2160 pixels twice over.
const LIMITS: Limits = Limits {
    max_bytes: 5 << 20,
    max_side: 4320,
    max_pixels: 4320 * 4320,
    max_working_bytes: 256 << 20,
};

/// A mark to be drawn.
pub(crate) enum Mark {
    /// The usual words in the lower right corner.
    Usual,
    /// A caller's own.
    Own(Box<Decoded>, Rect),
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mark::Usual => f.write_str("Usual"),
            Mark::Own(_, place) => f.debug_tuple("Own").field(place).finish(),
        }
    }
}

impl Mark {
    /// The mark asked for. Every result has one: none may be asked for, but no account is exempt.
    pub(super) fn of(logo: Option<&Logo>, fetcher: Option<&dyn Fetcher>) -> Result<Mark, ApiError> {
        let Some(Logo::Own { picture, rect }) = logo else {
            return Ok(Mark::Usual);
        };
        let file = file_of(picture, fetcher)?;
        let options = DecodeOptions {
            limits: LIMITS,
            least_long_side: None,
        };
        let decoded = decode(&file, &options).map_err(|error| refused(&error.to_string()))?;
        let [x, y, width, height] =
            [rect.x, rect.y, rect.width, rect.height].map(|side| side as usize);
        let place = Rect {
            x,
            y,
            width,
            height,
        };
        Ok(Mark::Own(Box::new(decoded), place))
    }
}

impl Finish for Mark {
    fn finish(&self, picture: &mut Image<Srgb8>, opacity: Option<&mut Image<u8>>) -> Vec<Rect> {
        vec![match self {
            Mark::Usual => draw_mark(picture, opacity),
            Mark::Own(logo, place) => {
                draw_logo(picture, opacity, &logo.pixels, logo.alpha.as_ref(), *place)
            }
        }]
    }
}

fn file_of<'a>(
    picture: &'a PictureSource,
    fetcher: Option<&dyn Fetcher>,
) -> Result<Cow<'a, [u8]>, ApiError> {
    match picture {
        PictureSource::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
        PictureSource::Url(url) => {
            let Some(fetcher) = fetcher else {
                return Err(refused("it is not fetched here; send it as base64"));
            };
            let limits = FetchLimits {
                max_bytes: LIMITS.max_bytes,
                ..FetchLimits::default()
            };
            let fetched = fetcher.fetch(url, limits);
            fetched
                .map(Cow::Owned)
                .map_err(|error| refused(&error.to_string()))
        }
    }
}

fn refused(reason: &str) -> ApiError {
    ApiError::ValueRefused {
        reason: format!("the mark of LogoParam cannot be used: {reason}"),
    }
}
