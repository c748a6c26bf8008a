//! Untrusted bytes to pixels.

mod error;
mod jpeg;
mod orientation;
mod png;
mod sniff;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{Image, Srgb8};

pub use error::DecodeError;
pub use orientation::Orientation;
pub(crate) use orientation::orientation_of_exif;

/// A file format that is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG (ITU-T T.81), sequential or progressive, 8 bits.
    Jpeg,
    /// PNG (ISO/IEC 15948), every colour type and depth.
    Png,
}

impl Format {
    /// The format a file name's extension stands for, in any case, without the dot.
    pub fn from_extension(extension: &str) -> Option<Format> {
        let is = |name| extension.eq_ignore_ascii_case(name);
        if is("jpg") || is("jpeg") || is("jpe") || is("jfif") {
            Some(Format::Jpeg)
        } else if is("png") || is("apng") {
            Some(Format::Png)
        } else {
            None
        }
    }

    /// The usual extension of file names, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Jpeg => "jpg",
            Format::Png => "png",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Format::Jpeg => "JPEG",
            Format::Png => "PNG",
        })
    }
}

/// The largest files and pictures that are read. All are checked before memory is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file. 64 MiB by default.
    pub max_bytes: usize,
    /// Pixels along either side. 30,000 by default.
    pub max_side: usize,
    /// Pixels of a picture as it is stored. 100 million by default, so that the phone cameras of
    /// the day are read; a picture decoded at full size takes three bytes for each.
    pub max_pixels: usize,
    /// Bytes of memory for what must be kept besides the pixels: the coefficients of a progressive
    /// JPEG (3 to 8 bytes a pixel) or an interlaced PNG that is reduced. 256 MiB by default, enough
    /// for any but a progressive JPEG of more than about 85 million pixels.
    pub max_working_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_bytes: 64 << 20,
            max_side: 30_000,
            max_pixels: 100_000_000,
            max_working_bytes: 256 << 20,
        }
    }
}

/// What a file says about its picture before the pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The format its first bytes show.
    pub format: Format,
    /// Columns of the upright picture.
    pub width: usize,
    /// Rows of the upright picture.
    pub height: usize,
    /// How the stored picture is turned to stand upright.
    pub orientation: Orientation,
}

/// How to decode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecodeOptions {
    /// What is refused.
    pub limits: Limits,
    /// A picture may be decoded at 1/2, 1/4 or 1/8 of its size while its longer side keeps at
    /// least this many pixels, which saves time and memory; `None` asks for the full size.
    pub least_long_side: Option<u32>,
}

impl DecodeOptions {
    /// The power of two, at most 8, by which a picture's sides may be divided.
    fn reduction(&self, width: usize, height: usize) -> usize {
        let Some(least) = self.least_long_side else {
            return 1;
        };
        let long_side = width.max(height);
        [8, 4, 2]
            .into_iter()
            .find(|reduction| long_side.div_ceil(*reduction) >= least as usize)
            .unwrap_or(1)
    }
}

/// A decoded picture, upright.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The pixels, composited on white where the file has transparency. Taken as sRGB: an
    /// embedded colour profile is not applied.
    pub pixels: Image<Srgb8>,
    /// Opacity, 255 opaque, the size of `pixels`; `None` when every pixel is opaque.
    pub alpha: Option<Image<u8>>,
    /// The file's format.
    pub format: Format,
    /// How the stored picture was turned to stand upright.
    pub orientation: Orientation,
    /// Columns of the upright picture at full size.
    pub full_width: usize,
    /// Rows of the upright picture at full size.
    pub full_height: usize,
}

impl Default for Decoded {
    fn default() -> Self {
        Decoded {
            pixels: Image::default(),
            alpha: None,
            format: Format::Jpeg,
            orientation: Orientation::Upright,
            full_width: 0,
            full_height: 0,
        }
    }
}

/// Reads what `bytes` say about their picture, without decoding it.
///
/// A picture beyond the limits is refused here, before memory is taken for it.
pub fn probe(bytes: &[u8], limits: &Limits) -> Result<Header, DecodeError> {
    if bytes.len() > limits.max_bytes {
        return Err(DecodeError::TooManyBytes {
            found: bytes.len(),
            limit: limits.max_bytes,
        });
    }
    let format = sniff::sniff(bytes)?;
    let (stored_width, stored_height, orientation) = match format {
        Format::Jpeg => jpeg::probe(bytes)?,
        Format::Png => png::probe(bytes)?,
    };
    let (width, height) = orientation.upright_size(stored_width, stored_height);
    check_size(format, width, height, limits)?;
    Ok(Header {
        format,
        width,
        height,
        orientation,
    })
}

fn check_size(
    format: Format,
    width: usize,
    height: usize,
    limits: &Limits,
) -> Result<(), DecodeError> {
    if width == 0 || height == 0 {
        return Err(DecodeError::NoPixels {
            format,
            width,
            height,
        });
    }
    if width.max(height) > limits.max_side {
        return Err(DecodeError::SideTooLong {
            width,
            height,
            limit: limits.max_side,
        });
    }
    let fits = width
        .checked_mul(height)
        .is_some_and(|pixels| pixels <= limits.max_pixels);
    if !fits {
        return Err(DecodeError::TooManyPixels {
            width,
            height,
            limit: limits.max_pixels,
        });
    }
    Ok(())
}

/// Decodes a picture into fresh memory. See [`Decoder::decode_into`].
pub fn decode(bytes: &[u8], options: &DecodeOptions) -> Result<Decoded, DecodeError> {
    let mut decoded = Decoded::default();
    Decoder::default().decode_into(bytes, options, &mut decoded)?;
    Ok(decoded)
}

/// Decodes pictures one after the other, keeping the memory it worked in.
#[derive(Debug, Default)]
pub struct Decoder {
    jpeg: jpeg::Scratch,
}

impl Decoder {
    /// Decodes a picture into `decoded`, whose memory is used again where it is large enough.
    ///
    /// A damaged or truncated file is refused, never filled up with grey. After an error the
    /// content of `decoded` is unspecified.
    pub fn decode_into(
        &mut self,
        bytes: &[u8],
        options: &DecodeOptions,
        decoded: &mut Decoded,
    ) -> Result<(), DecodeError> {
        let header = probe(bytes, &options.limits)?;
        decoded.format = header.format;
        decoded.orientation = header.orientation;
        (decoded.full_width, decoded.full_height) = (header.width, header.height);
        let reduction = options.reduction(header.width, header.height);
        let turn = header.orientation;
        // The crates that read PNG and EXIF are safe code that met many hostile files, but they
        // index; an index that goes wrong must cost this picture only.
        let outcome = catch_unwind(AssertUnwindSafe(|| match header.format {
            Format::Jpeg => {
                decoded.alpha = None;
                let (scratch, pixels) = (&mut self.jpeg, &mut decoded.pixels);
                jpeg::decode(bytes, turn, reduction, &options.limits, scratch, pixels)
            }
            Format::Png => png::decode(bytes, turn, reduction, &options.limits, decoded),
        }));
        outcome.unwrap_or_else(|_| {
            *self = Decoder::default();
            Err(DecodeError::Fault {
                format: header.format,
            })
        })
    }
}

#[cfg(test)]
mod tests;
