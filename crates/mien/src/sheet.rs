//! The contact sheet: template, user, and the fusion at several degrees, side by side.

use crate::draw;
use fusion::Degree;
use pixel::{Image, Srgb8, resize};

/// The degrees shown; both degrees are set alike.
pub(crate) const DEGREES: [Degree; 5] = [
    Degree::USER,
    degree(25),
    Degree::HALF,
    degree(75),
    Degree::TEMPLATE,
];

/// More fusions than this make no sheet a person could look at.
pub(crate) const MOST_ROWS: usize = 40;

/// Height of a picture on the sheet, and the most of its width.
const CELL_HEIGHT: usize = 360;
const MOST_CELL_WIDTH: usize = 720;
/// Empty pixels around every picture.
const GAP: usize = 8;
/// Pixels of a label's dot.
const DOT: i64 = 3;
const LABEL_HEIGHT: usize = 45;

const PAPER: Srgb8 = Srgb8::WHITE;
const INK: Srgb8 = Srgb8([40; 3]);

const fn degree(value: u8) -> Degree {
    match Degree::new(value) {
        Some(degree) => degree,
        None => Degree::TEMPLATE,
    }
}

/// One fusion's pictures, already small.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    template: Image<Srgb8>,
    users: Vec<Image<Srgb8>>,
    fused: Vec<Image<Srgb8>>,
}

impl Row {
    pub(crate) fn new(template: &Image<Srgb8>) -> Row {
        Row {
            template: fit(template, CELL_HEIGHT),
            users: Vec::new(),
            fused: Vec::new(),
        }
    }

    pub(crate) fn add_user(&mut self, photo: &Image<Srgb8>) {
        self.users.push(fit(photo, CELL_HEIGHT));
    }

    /// The next degree of [`DEGREES`].
    pub(crate) fn add_fused(&mut self, picture: &Image<Srgb8>) {
        self.fused.push(fit(picture, CELL_HEIGHT));
    }

    /// The pictures in each column, to be set below one another.
    fn columns(&self) -> Vec<Vec<Image<Srgb8>>> {
        let share = CELL_HEIGHT / self.users.len().max(1);
        let users = self.users.iter().map(|user| fit(user, share)).collect();
        let fused = self.fused.iter().map(|picture| vec![picture.clone()]);
        let mut columns = vec![vec![self.template.clone()], users];
        columns.extend(fused);
        columns
    }
}

/// Scales a picture down to a height, keeping its proportions; none is enlarged.
fn fit(picture: &Image<Srgb8>, height: usize) -> Image<Srgb8> {
    let (full_width, full_height) = (picture.width().max(1), picture.height().max(1));
    let height = height.min(full_height);
    let width = (full_width * height)
        .div_ceil(full_height)
        .min(MOST_CELL_WIDTH);
    resize(picture.view(), width, height)
}

/// Sets the rows below one another under labels.
pub(crate) fn compose(rows: &[&Row]) -> Image<Srgb8> {
    let rows: Vec<_> = rows.iter().map(|row| row.columns()).collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column)).flatten();
            cells.map(Image::width).max().unwrap_or(0)
        })
        .collect();
    let width = GAP + widths.iter().map(|width| width + GAP).sum::<usize>();
    let height = LABEL_HEIGHT + rows.len() * (CELL_HEIGHT + GAP);
    let mut sheet = Image::new(width, height, PAPER);
    let mut left = GAP;
    for (column, &width) in widths.iter().enumerate() {
        let label = label(column);
        let [text_width, text_height] = draw::text_size(&label, DOT);
        let corner = [
            left as i64 + (width as i64 - text_width) / 2,
            (LABEL_HEIGHT as i64 - text_height) / 2,
        ];
        draw::text(&mut sheet, corner, DOT, &label, INK);
        for (index, row) in rows.iter().enumerate() {
            let mut top = LABEL_HEIGHT + index * (CELL_HEIGHT + GAP);
            for cell in row.get(column).into_iter().flatten() {
                paste(&mut sheet, cell, left, top);
                top += cell.height();
            }
        }
        left += width + GAP;
    }
    sheet
}

fn label(column: usize) -> String {
    match column {
        0 => "TEMPLATE".to_owned(),
        1 => "USER".to_owned(),
        fused => DEGREES
            .get(fused - 2)
            .map(|degree| degree.get().to_string())
            .unwrap_or_default(),
    }
}

fn paste(sheet: &mut Image<Srgb8>, cell: &Image<Srgb8>, left: usize, top: usize) {
    for y in 0..cell.height() {
        sheet.row_mut(top + y)[left..left + cell.width()].copy_from_slice(cell.row(y));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_is_on_the_sheet() {
        let plain = |grey| Image::new(720, 720, Srgb8([grey; 3]));
        let mut row = Row::new(&plain(200));
        row.add_user(&plain(100));
        row.add_user(&plain(110));
        for (index, degree) in DEGREES.iter().enumerate() {
            assert_eq!(usize::from(degree.get()), index * 25);
            row.add_fused(&plain(degree.get()));
        }
        let sheet = compose(&[&row, &row]);
        for grey in [200, 100, 110, 0, 25, 50, 75, 100] {
            let count = sheet
                .pixels()
                .iter()
                .filter(|pixel| pixel.0 == [grey; 3])
                .count();
            assert!(count >= 2 * 180 * 180, "{grey}: {count}");
        }
    }

    #[test]
    fn odd_shapes_fit() {
        for (width, height) in [(1, 1), (5000, 2), (2, 5000), (360, 360)] {
            let fitted = fit(&Image::new(width, height, Srgb8::WHITE), CELL_HEIGHT);
            assert!(
                (1..=CELL_HEIGHT).contains(&fitted.height()),
                "{width}×{height}"
            );
            assert!(
                (1..=MOST_CELL_WIDTH).contains(&fitted.width()),
                "{width}×{height}"
            );
        }
    }
}
