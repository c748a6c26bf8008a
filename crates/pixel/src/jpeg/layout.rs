use super::Component;

/// How the blocks of an interleaved scan follow each other (T.81, A.2).
///
/// The unit is the MCU, the smallest rectangle of pixels that holds whole blocks of every
/// component. A picture of one component has MCUs of a single block, whatever its factors say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Pixels of the picture.
    pub(crate) width: usize,
    /// Rows of the picture.
    pub(crate) height: usize,
    /// Pixels of an MCU.
    pub(crate) mcu_width: usize,
    /// Rows of an MCU.
    pub(crate) mcu_height: usize,
    /// MCUs side by side.
    pub(crate) columns: usize,
    /// MCUs on top of each other.
    pub(crate) rows: usize,
    /// One entry for each component.
    pub(crate) planes: Vec<Plane>,
}

/// The place of a component in a [`Layout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plane {
    /// Blocks of an MCU side by side.
    pub(crate) horizontal: usize,
    /// Blocks of an MCU on top of each other.
    pub(crate) vertical: usize,
    /// Pixels that share one sample, side by side.
    pub(crate) step_x: usize,
    /// Pixels that share one sample, on top of each other.
    pub(crate) step_y: usize,
}

impl Plane {
    /// Row and column of each block within an MCU, in the order of the scan.
    pub(crate) fn places(self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.vertical).flat_map(move |v| (0..self.horizontal).map(move |h| (v, h)))
    }
}

impl Layout {
    /// The layout of a picture with the components of a parsed frame.
    pub(crate) fn new<'a>(
        width: usize,
        height: usize,
        components: impl ExactSizeIterator<Item = &'a Component>,
    ) -> Layout {
        let single = components.len() == 1;
        let factors: Vec<(usize, usize)> = components
            .map(|component| match single {
                true => (1, 1),
                false => (component.horizontal, component.vertical),
            })
            .collect();
        let most_x = factors.iter().map(|factor| factor.0).max().unwrap_or(1);
        let most_y = factors.iter().map(|factor| factor.1).max().unwrap_or(1);
        let planes = factors
            .into_iter()
            .map(|(horizontal, vertical)| Plane {
                horizontal,
                vertical,
                step_x: most_x / horizontal,
                step_y: most_y / vertical,
            })
            .collect();
        let (mcu_width, mcu_height) = (8 * most_x, 8 * most_y);
        Layout {
            width,
            height,
            mcu_width,
            mcu_height,
            columns: width.div_ceil(mcu_width),
            rows: height.div_ceil(mcu_height),
            planes,
        }
    }

    /// The component of each block of an MCU, in the order of the scan.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = usize> {
        let planes = self.planes.iter().enumerate();
        planes.flat_map(|(index, plane)| {
            std::iter::repeat_n(index, plane.horizontal * plane.vertical)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn components(factors: &[(usize, usize)]) -> Vec<Component> {
        let with = |&(horizontal, vertical)| Component {
            horizontal,
            vertical,
            ..Component::default()
        };
        factors.iter().map(with).collect()
    }

    #[test]
    fn mcus_cover_the_picture() {
        for (factors, mcu, count, blocks) in [
            (&[(1, 1)][..], (8, 8), (13, 3), vec![0]),
            (&[(2, 2)], (8, 8), (13, 3), vec![0]),
            (
                &[(2, 2), (1, 1), (1, 1)],
                (16, 16),
                (7, 2),
                vec![0, 0, 0, 0, 1, 2],
            ),
            (&[(2, 1), (1, 1), (1, 1)], (16, 8), (7, 3), vec![0, 0, 1, 2]),
            (
                &[(1, 2), (1, 1), (1, 1)],
                (8, 16),
                (13, 2),
                vec![0, 0, 1, 2],
            ),
            (
                &[(4, 1), (1, 1), (1, 1)],
                (32, 8),
                (4, 3),
                vec![0, 0, 0, 0, 1, 2],
            ),
            (&[(1, 1), (1, 1), (1, 1)], (8, 8), (13, 3), vec![0, 1, 2]),
        ] {
            let layout = Layout::new(100, 17, components(factors).iter());
            assert_eq!((layout.mcu_width, layout.mcu_height), mcu, "{factors:?}");
            assert_eq!((layout.columns, layout.rows), count, "{factors:?}");
            assert_eq!(layout.blocks().collect::<Vec<_>>(), blocks);
        }
    }
}
