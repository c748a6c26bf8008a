//! Plain drawing on a picture; whatever lies outside it is left out.

use crate::font;
use pixel::{Image, Srgb8};

/// Fills a rectangle; corners may lie outside.
pub(crate) fn fill(
    picture: &mut Image<Srgb8>,
    [left, top]: [i64; 2],
    [width, height]: [i64; 2],
    colour: Srgb8,
) {
    let clip = |value: i64, size: usize| value.clamp(0, size as i64) as usize;
    let columns = clip(left, picture.width())..clip(left + width, picture.width());
    for y in clip(top, picture.height())..clip(top + height, picture.height()) {
        picture.row_mut(y)[columns.clone()].fill(colour);
    }
}

/// Draws the sides of a rectangle as lines of `thickness` pixels that lie inside it.
pub(crate) fn outline(
    picture: &mut Image<Srgb8>,
    [left, top]: [i64; 2],
    [width, height]: [i64; 2],
    thickness: i64,
    colour: Srgb8,
) {
    fill(picture, [left, top], [width, thickness], colour);
    fill(picture, [left, top], [thickness, height], colour);
    let (right, bottom) = (left + width - thickness, top + height - thickness);
    fill(picture, [left, bottom], [width, thickness], colour);
    fill(picture, [right, top], [thickness, height], colour);
}

/// Writes `text` with its top-left corner at a point, each dot of the font as `dot × dot` pixels.
pub(crate) fn text(
    picture: &mut Image<Srgb8>,
    [left, top]: [i64; 2],
    dot: i64,
    text: &str,
    colour: Srgb8,
) {
    let mut x = left;
    for character in text.chars() {
        for (row, bits) in font::dots(character).into_iter().enumerate() {
            for column in 0..font::WIDTH {
                if bits >> (font::WIDTH - 1 - column) & 1 == 1 {
                    let corner = [x + column as i64 * dot, top + row as i64 * dot];
                    fill(picture, corner, [dot, dot], colour);
                }
            }
        }
        x += (font::WIDTH as i64 + 1) * dot;
    }
}

/// Width and height in pixels of what [`text`] draws.
pub(crate) fn text_size(text: &str, dot: i64) -> [i64; 2] {
    let columns = (font::WIDTH as i64 + 1) * text.chars().count() as i64 - 1;
    [columns.max(0) * dot, font::HEIGHT as i64 * dot]
}

#[cfg(test)]
mod tests {
    use super::*;

    const INK: Srgb8 = Srgb8::BLACK;

    fn drawn(work: impl Fn(&mut Image<Srgb8>)) -> Vec<String> {
        let mut picture = Image::new(6, 5, Srgb8::WHITE);
        work(&mut picture);
        let mark = |pixel: &Srgb8| if *pixel == INK { '#' } else { '.' };
        (0..5)
            .map(|y| picture.row(y).iter().map(mark).collect())
            .collect()
    }

    #[test]
    fn shapes_are_cut_at_the_border() {
        let cases: [(&str, Vec<String>, [&str; 5]); 4] = [
            (
                "inside",
                drawn(|picture| outline(picture, [1, 1], [4, 3], 1, INK)),
                ["......", ".####.", ".#..#.", ".####.", "......"],
            ),
            (
                "across the corner",
                drawn(|picture| outline(picture, [-2, -2], [5, 5], 1, INK)),
                ["..#...", "..#...", "###...", "......", "......"],
            ),
            (
                "outside",
                drawn(|picture| fill(picture, [9, -9], [5, 5], INK)),
                ["......"; 5],
            ),
            (
                "text",
                drawn(|picture| text(picture, [0, 0], 1, "L", INK)),
                ["#.....", "#.....", "#.....", "#.....", "#....."],
            ),
        ];
        for (name, found, expected) in cases {
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn the_size_of_a_text_is_what_it_covers() {
        assert_eq!(text_size("", 3), [0, 21]);
        assert_eq!(text_size("1", 2), [10, 14]);
        assert_eq!(text_size("25", 1), [11, 7]);
    }
}
