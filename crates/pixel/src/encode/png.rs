use super::EncodeError;
use crate::{Srgb8, View};

/// Appends `picture` to `out` as a PNG of 8-bit RGB, or RGBA when `alpha` is given; compressed
/// fast rather than small, and marked as sRGB.
///
/// With `alpha` the picture is taken to stand on white, as decoding gives it: the colours written
/// are those that look like it in front of white, so that no white fringe shows elsewhere.
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
                samples.extend(pairs.flat_map(|(pixel, opacity)| {
                    let [r, g, b] = pixel.0.map(|channel| off_white(channel, *opacity));
                    [r, g, b, *opacity]
                }));
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

/// The channel that looks like `shown` in front of white at this opacity.
fn off_white(shown: u8, opacity: u8) -> u8 {
    if opacity == 255 {
        return shown;
    }
    let (darker, opacity) = (255 - u32::from(shown), u32::from(opacity));
    255 - ((darker * 255 + opacity / 2) / opacity.max(1)).min(255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DecodeOptions, Image, decode};

    #[test]
    fn a_transparent_picture_looks_the_same_on_white() {
        let colours = [[0, 0, 0], [255, 255, 255], [10, 200, 90], [254, 1, 128]].map(Srgb8);
        for opacity in [1, 40, 128, 254, 255] {
            let pixels: Vec<Srgb8> = colours.to_vec();
            let alpha = Image::new(4, 1, opacity);
            let picture = Image::from_pixels(4, 1, pixels).unwrap();
            let read = |picture: &Image<Srgb8>| {
                let mut file = Vec::new();
                encode_png(picture.view(), Some(alpha.view()), &mut file).unwrap();
                decode(&file, &DecodeOptions::default()).unwrap().pixels
            };
            // The first time colours too dark for so little opacity get lighter; then they stay.
            let shown = read(&picture);
            assert_eq!(read(&shown), shown, "opacity {opacity}");
            if opacity == 255 {
                assert_eq!(shown, picture);
            }
        }
    }
}
