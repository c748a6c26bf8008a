use crate::{Image, View};

/// How a stored picture must be turned to stand upright (EXIF 2.32, tag 0x0112).
///
/// The names say what is done to the stored picture; turns are clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// 1: stored upright.
    #[default]
    Upright,
    /// 2: mirror left and right.
    Mirror,
    /// 3: turn by 180°.
    Turn180,
    /// 4: mirror top and bottom.
    Flip,
    /// 5: mirror along the falling diagonal.
    Transpose,
    /// 6: turn by 90°, the usual case of a phone held upright.
    Turn90,
    /// 7: mirror along the rising diagonal.
    Transverse,
    /// 8: turn by 270°.
    Turn270,
}

/// Rows that are turned together: so many pixels of a destination row are written side by side.
const BAND: usize = 16;

impl Orientation {
    /// All of them, in the order of their EXIF values 1..=8.
    pub const ALL: [Orientation; 8] = [
        Orientation::Upright,
        Orientation::Mirror,
        Orientation::Turn180,
        Orientation::Flip,
        Orientation::Transpose,
        Orientation::Turn90,
        Orientation::Transverse,
        Orientation::Turn270,
    ];

    /// The orientation of an EXIF value; `None` when it is not 1..=8.
    pub fn from_exif(value: u32) -> Option<Orientation> {
        let index = usize::try_from(value).ok()?.checked_sub(1)?;
        Orientation::ALL.get(index).copied()
    }

    /// Whether width and height change places.
    pub fn swaps_sides(self) -> bool {
        use Orientation::{Transpose, Transverse, Turn90, Turn270};
        matches!(self, Transpose | Turn90 | Transverse | Turn270)
    }

    /// Width and height of the upright picture whose stored form is `width × height`.
    pub fn upright_size(self, width: usize, height: usize) -> (usize, usize) {
        if self.swaps_sides() {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// Whether the stored columns run from right to left in the upright picture (from bottom to
    /// top when the sides are swapped).
    fn reverses_columns(self) -> bool {
        use Orientation::{Mirror, Transverse, Turn180, Turn270};
        matches!(self, Mirror | Turn180 | Transverse | Turn270)
    }

    /// Whether the stored rows run from bottom to top in the upright picture (from right to left
    /// when the sides are swapped).
    fn reverses_rows(self) -> bool {
        use Orientation::{Flip, Transverse, Turn90, Turn180};
        matches!(self, Flip | Turn180 | Transverse | Turn90)
    }

    /// Writes `rows`, the stored rows from `top` on, to their place in `upright`.
    ///
    /// `upright` has the size that [`Orientation::upright_size`] gives for the whole stored
    /// picture, and `rows` its full width. Panics when the rows lie outside.
    pub(crate) fn place<P: Copy>(self, rows: View<'_, P>, top: usize, upright: &mut Image<P>) {
        if self.swaps_sides() {
            for start in (0..rows.height()).step_by(BAND) {
                let end = (start + BAND).min(rows.height());
                self.place_band_sideways(rows, start..end, top, upright);
            }
            return;
        }
        for y in 0..rows.height() {
            let source = rows.row(y);
            let row = if self.reverses_rows() {
                upright.height() - 1 - (top + y)
            } else {
                top + y
            };
            let target = upright.row_mut(row);
            target.copy_from_slice(source);
            if self.reverses_columns() {
                target.reverse();
            }
        }
    }

    fn place_band_sideways<P: Copy>(
        self,
        rows: View<'_, P>,
        band: std::ops::Range<usize>,
        top: usize,
        upright: &mut Image<P>,
    ) {
        let count = band.len();
        let Some(first) = band.clone().next() else {
            return;
        };
        let mut sources: [&[P]; BAND] = [rows.row(first); BAND];
        for (source, y) in sources.iter_mut().zip(band) {
            *source = rows.row(y);
        }
        let sources = &mut sources[..count];
        let left = if self.reverses_rows() {
            sources.reverse();
            upright.width() - (top + first + count)
        } else {
            top + first
        };
        for x in 0..rows.width() {
            let row = if self.reverses_columns() {
                upright.height() - 1 - x
            } else {
                x
            };
            let target = &mut upright.row_mut(row)[left..left + count];
            for (pixel, source) in target.iter_mut().zip(sources.iter()) {
                *pixel = source[x];
            }
        }
    }
}

/// EXIF blocks above this size are not looked at; a JPEG segment cannot be larger.
const MAX_EXIF_BYTES: usize = 64 << 10;

/// Reads the orientation from an EXIF block (its TIFF header first); upright when it is absent or
/// unreadable, for a damaged note about the picture is no reason to refuse the picture.
pub(crate) fn orientation_of_exif(tiff: &[u8]) -> Orientation {
    if tiff.len() > MAX_EXIF_BYTES {
        return Orientation::Upright;
    }
    exif::Reader::new()
        .continue_on_error(true)
        .read_raw(tiff.to_vec())
        .or_else(|error| error.distill_partial_result(|_| ()))
        .ok()
        .and_then(|exif| {
            let field = exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?;
            Orientation::from_exif(field.value.get_uint(0)?)
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An EXIF block that holds nothing but the orientation.
    fn exif_with(value: u16) -> Vec<u8> {
        let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
        tiff.extend(value.to_be_bytes());
        tiff.extend([0; 6]);
        tiff
    }

    #[test]
    fn the_exif_values_are_told_apart() {
        for value in 1..=8 {
            let found = orientation_of_exif(&exif_with(value));
            assert_eq!(found, Orientation::ALL[usize::from(value) - 1]);
        }
        for bytes in [exif_with(0), exif_with(9), vec![], vec![0xff; 40]] {
            assert_eq!(orientation_of_exif(&bytes), Orientation::Upright);
        }
    }

    /// Where EXIF 2.32 puts stored row 0 and column 0 for each value, as (x, y) of the pixel
    /// stored at `(1, 0)` in a 3 × 2 picture.
    #[test]
    fn every_orientation_puts_pixels_where_exif_says() {
        let stored = Image::from_pixels(3, 2, vec!['a', 'b', 'c', 'd', 'e', 'f']).unwrap();
        for (value, expected) in [
            (1, "abc/def"),
            (2, "cba/fed"),
            (3, "fed/cba"),
            (4, "def/abc"),
            (5, "ad/be/cf"),
            (6, "da/eb/fc"),
            (7, "fc/eb/da"),
            (8, "cf/be/ad"),
        ] {
            let orientation = Orientation::from_exif(value).unwrap();
            let (width, height) = orientation.upright_size(3, 2);
            for rows_at_once in [1, 2] {
                let mut upright = Image::new(width, height, '.');
                for top in (0..2).step_by(rows_at_once) {
                    let rect = crate::Rect {
                        x: 0,
                        y: top,
                        width: 3,
                        height: rows_at_once,
                    };
                    orientation.place(stored.view().crop(rect).unwrap(), top, &mut upright);
                }
                let text: Vec<String> = (0..height)
                    .map(|y| upright.row(y).iter().collect())
                    .collect();
                assert_eq!(text.join("/"), expected, "value {value}");
            }
        }
    }

    #[test]
    fn tall_pictures_are_turned_in_bands() {
        let (width, height) = (5, 3 * BAND + 2);
        let stored = Image::from_pixels(width, height, (0..width * height).collect()).unwrap();
        let mut upright = Image::new(height, width, 0);
        Orientation::Turn90.place(stored.view(), 0, &mut upright);
        for y in 0..height {
            for x in 0..width {
                assert_eq!(upright.at(height - 1 - y, x), stored.at(x, y));
            }
        }
    }
}
