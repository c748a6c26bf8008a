use std::ops::Range;

/// A rectangle of whole pixels: `x` and `y` of its top-left pixel, then its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// Column of the leftmost pixel.
    pub x: usize,
    /// Row of the topmost pixel.
    pub y: usize,
    /// Number of columns.
    pub width: usize,
    /// Number of rows.
    pub height: usize,
}

impl Rect {
    /// The columns covered.
    pub fn columns(&self) -> Range<usize> {
        self.x..self.x + self.width
    }

    /// The rows covered.
    pub fn rows(&self) -> Range<usize> {
        self.y..self.y + self.height
    }

    /// Whether it covers no pixel.
    pub fn is_empty(&self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// The part of the float box `[left, right) × [top, bottom)`, rounded outwards, that lies in a
    /// picture of `width × height`; empty when they do not meet or a bound is not finite.
    pub fn covering(bounds: [f32; 4], width: usize, height: usize) -> Rect {
        let [left, top, right, bottom] = bounds;
        if bounds.iter().any(|bound| !bound.is_finite()) {
            return Rect::default();
        }
        let clip = |value: f32, limit: usize| (value.max(0.0) as usize).min(limit);
        let (x, y) = (clip(left.floor(), width), clip(top.floor(), height));
        let (end_x, end_y) = (clip(right.ceil(), width), clip(bottom.ceil(), height));
        Rect {
            x,
            y,
            width: end_x.saturating_sub(x),
            height: end_y.saturating_sub(y),
        }
    }
}

/// An owned picture of `width × height` pixels without padding between rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image<P> {
    width: usize,
    height: usize,
    pixels: Vec<P>,
}

impl<P: Copy> Image<P> {
    /// A picture with every pixel set to `fill`.
    pub fn new(width: usize, height: usize, fill: P) -> Self {
        Image {
            width,
            height,
            pixels: vec![fill; width * height],
        }
    }

    /// Takes `width * height` pixels in row-major order; `None` when their number is another.
    pub fn from_pixels(width: usize, height: usize, pixels: Vec<P>) -> Option<Self> {
        (width.checked_mul(height) == Some(pixels.len())).then_some(Image {
            width,
            height,
            pixels,
        })
    }

    /// Makes it `width × height`, keeping the allocation, for a caller who writes every pixel:
    /// they hold old values, or `fill` where there were none.
    pub fn reshape(&mut self, width: usize, height: usize, fill: P) {
        self.pixels.resize(width * height, fill);
        (self.width, self.height) = (width, height);
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// All pixels, row-major.
    pub fn pixels(&self) -> &[P] {
        &self.pixels
    }

    /// All pixels, row-major, to change.
    pub fn pixels_mut(&mut self) -> &mut [P] {
        &mut self.pixels
    }

    /// Gives up the picture for its pixels.
    pub fn into_pixels(self) -> Vec<P> {
        self.pixels
    }

    /// Row `y`. Panics when `y >= height`.
    pub fn row(&self, y: usize) -> &[P] {
        &self.pixels[y * self.width..][..self.width]
    }

    /// Row `y`, to change. Panics when `y >= height`.
    pub fn row_mut(&mut self, y: usize) -> &mut [P] {
        &mut self.pixels[y * self.width..][..self.width]
    }

    /// The pixel in column `x` of row `y`. Panics outside the picture.
    pub fn at(&self, x: usize, y: usize) -> P {
        self.row(y)[x]
    }

    /// The whole picture, borrowed.
    pub fn view(&self) -> View<'_, P> {
        View {
            width: self.width,
            height: self.height,
            stride: self.width,
            pixels: &self.pixels,
        }
    }

    /// The whole picture, borrowed to change.
    pub fn view_mut(&mut self) -> ViewMut<'_, P> {
        ViewMut {
            width: self.width,
            height: self.height,
            stride: self.width,
            pixels: &mut self.pixels,
        }
    }
}

/// A borrowed picture, or a rectangle of one.
#[derive(Clone, Copy, Debug)]
pub struct View<'a, P> {
    width: usize,
    height: usize,
    stride: usize,
    pixels: &'a [P],
}

impl<'a, P: Copy> View<'a, P> {
    /// Number of columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Row `y`. Panics when `y >= height`.
    pub fn row(&self, y: usize) -> &'a [P] {
        assert!(y < self.height, "row {y} of {}", self.height);
        &self.pixels[y * self.stride..][..self.width]
    }

    /// The pixel in column `x` of row `y`. Panics outside the view.
    pub fn at(&self, x: usize, y: usize) -> P {
        self.row(y)[x]
    }

    /// The part inside `rect`; `None` when it reaches beyond the view.
    pub fn crop(&self, rect: Rect) -> Option<View<'a, P>> {
        let fits = rect.x.checked_add(rect.width)? <= self.width
            && rect.y.checked_add(rect.height)? <= self.height;
        if !fits {
            return None;
        }
        let pixels = if rect.is_empty() {
            &[]
        } else {
            &self.pixels[rect.y * self.stride + rect.x..]
        };
        Some(View {
            width: rect.width,
            height: rect.height,
            stride: self.stride,
            pixels,
        })
    }

    /// An owned copy without padding.
    pub fn to_image(&self) -> Image<P> {
        let mut pixels = Vec::with_capacity(self.width * self.height);
        for y in 0..self.height {
            pixels.extend_from_slice(self.row(y));
        }
        Image {
            width: self.width,
            height: self.height,
            pixels,
        }
    }
}

/// A picture borrowed to change.
#[derive(Debug)]
pub struct ViewMut<'a, P> {
    width: usize,
    height: usize,
    stride: usize,
    pixels: &'a mut [P],
}

impl<P: Copy> ViewMut<'_, P> {
    /// Number of columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Row `y`, to change. Panics when `y >= height`.
    pub fn row_mut(&mut self, y: usize) -> &mut [P] {
        assert!(y < self.height, "row {y} of {}", self.height);
        &mut self.pixels[y * self.stride..][..self.width]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crop_sees_the_rows_of_its_parent() {
        let image = Image::from_pixels(4, 3, (0..12).collect()).unwrap();
        let rect = Rect {
            x: 1,
            y: 1,
            width: 2,
            height: 2,
        };
        let crop = image.view().crop(rect).unwrap();
        assert_eq!(crop.row(0), &[5, 6]);
        assert_eq!(crop.row(1), &[9, 10]);
        assert_eq!(crop.to_image().pixels(), &[5, 6, 9, 10]);
        assert!(image.view().crop(Rect { x: 3, ..rect }).is_none());
        assert!(
            image
                .view()
                .crop(Rect {
                    x: usize::MAX,
                    ..rect
                })
                .is_none()
        );
    }

    #[test]
    fn a_float_box_is_clipped_to_the_picture() {
        for (bounds, expected) in [
            ([-3.0, -3.0, 2.5, 1.0], (0, 0, 3, 1)),
            ([1.2, 1.9, 3.1, 9.0], (1, 1, 3, 3)),
            ([9.0, 9.0, 12.0, 12.0], (5, 4, 0, 0)),
            ([f32::NAN, 0.0, 1.0, 1.0], (0, 0, 0, 0)),
            ([2.0, 2.0, 1.0, 1.0], (2, 2, 0, 0)),
        ] {
            let Rect {
                x,
                y,
                width,
                height,
            } = Rect::covering(bounds, 5, 4);
            assert_eq!((x, y, width, height), expected, "{bounds:?}");
        }
    }
}
