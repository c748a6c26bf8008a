use super::EncodeError;
use crate::{Srgb8, View};

/// Appends `picture` to `out` as a PNG of 8-bit RGB, or RGBA when `alpha` is given; compressed
/// fast rather than small, and marked as sRGB.
///
/// With `alpha` the colours are written as they are; those of a picture that was composited on
/// white keep the white where it shows through.
pub fn encode_png(
    picture: View<'_, Srgb8>,
    alpha: Option<View<'_, u8>>,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let (width, height) = (picture.width(), picture.height());
    if width == 0 || height == 0 {
        return Err(EncodeError::NoPixels { width, height });
    }
    if let Some(alpha) = alpha
        && (alpha.width(), alpha.height()) != (width, height)
    {
        return Err(EncodeError::OtherSize {
            found: (alpha.width(), alpha.height()),
            expected: (width, height),
        });
    }
    let mut samples = Vec::with_capacity(width * height * if alpha.is_some() { 4 } else { 3 });
    for y in 0..height {
        let row = picture.row(y);
        match alpha {
            None => samples.extend(row.iter().flat_map(|pixel| pixel.0)),
            Some(alpha) => {
                let pairs = row.iter().zip(alpha.row(y));
                samples.extend(pairs.flat_map(|(Srgb8([r, g, b]), a)| [*r, *g, *b, *a]));
            }
        }
    }
    let mut encoder = png::Encoder::new(out, width as u32, height as u32);
    encoder.set_color(match alpha {
        None => png::ColorType::Rgb,
        Some(_) => png::ColorType::Rgba,
    });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&samples)?;
    writer.finish()?;
    Ok(())
}
