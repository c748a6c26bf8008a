//! Drawing over a picture that may be transparent.

use pixel::{Image, Srgb8};

/// A row of a picture and, where it has one, of its opacity.
///
/// The colours of a transparent picture are those it shows on white, as `pixel` reads them; what
/// is drawn over it is opaque to the extent that it covers.
pub(crate) struct Row<'a> {
    pixels: &'a mut [Srgb8],
    opacity: Option<&'a mut [u8]>,
}

impl Row<'_> {
    /// Row `y`. An opacity of another size than the picture's is left alone.
    pub(crate) fn of<'a>(
        picture: &'a mut Image<Srgb8>,
        opacity: Option<&'a mut Image<u8>>,
        y: usize,
    ) -> Row<'a> {
        let size = (picture.width(), picture.height());
        let opacity = opacity
            .filter(|opacity| (opacity.width(), opacity.height()) == size)
            .map(|opacity| opacity.row_mut(y));
        Row {
            pixels: picture.row_mut(y),
            opacity,
        }
    }

    /// Lets `1 - covered` of what is there shine through and adds `light`, 0..=255 in each channel,
    /// which is already weighed by how much it covers.
    pub(crate) fn cover(&mut self, x: usize, covered: f32, light: [f32; 3]) {
        let shines = 1.0 - covered;
        let pixel = &mut self.pixels[x].0;
        for (channel, light) in pixel.iter_mut().zip(light) {
            *channel = (f32::from(*channel) * shines + light + 0.5) as u8;
        }
        if let Some(opacity) = &mut self.opacity {
            let clear = f32::from(255 - opacity[x]) * shines;
            opacity[x] = 255 - (clear + 0.5) as u8;
        }
    }
}
