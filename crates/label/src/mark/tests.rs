use super::*;
use std::fmt::Write;

fn draw_mark(picture: &mut Image<Srgb8>, opacity: Option<&mut Image<u8>>) -> Rect {
    let mark = UsualMark::new(picture.width(), picture.height());
    mark.draw(picture, opacity).unwrap()
}

#[test]
fn a_mark_for_another_size_is_not_drawn() {
    let mark = UsualMark::new(200, 100);
    assert_eq!(mark.size(), (200, 100));
    let mut picture = Image::from_pixels(100, 200, vec![Srgb8([9; 3]); 20_000]).unwrap();
    assert_eq!(mark.draw(&mut picture, None), None);
    assert!(picture.row(199).iter().all(|pixel| pixel.0 == [9; 3]));
}

/// Grounds on which a mark is hard to see: plain ones, a gradient from black to white, dots.
fn grounds(side: usize) -> Vec<(&'static str, Image<Srgb8>)> {
    let picture = |value: &dyn Fn(usize, usize) -> usize| {
        let pixels = (0..side * side).map(|at| Srgb8([value(at % side, at / side) as u8; 3]));
        Image::from_pixels(side, side, pixels.collect()).unwrap()
    };
    vec![
        ("white", picture(&|_, _| 255)),
        ("black", picture(&|_, _| 0)),
        ("grey", picture(&|_, _| 160)),
        // From black to white across the mark, which takes less than the right third.
        (
            "gradient",
            picture(&|x, _| (x * 255 / side * 3).saturating_sub(510)),
        ),
        ("dots", picture(&|x, y| (x / 2 + y / 2) % 2 * 255)),
    ]
}

/// The relative luminance of an encoded grey (WCAG 2.2).
fn luminance(value: f32) -> f32 {
    let value = value / 255.0;
    if value <= 0.04045 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

/// For every pixel of the mark, how far it is from the letters.
fn distances(place: &Place) -> Vec<(usize, usize, f32)> {
    let mut field = Field::new(&glyphs::TEXT, place.origin, place.em, place.em);
    let mut found = Vec::new();
    for y in place.rect.rows() {
        let mut line = vec![f32::MAX; place.rect.width];
        field.row(y, place.rect.columns(), |first, distances| {
            for (nearest, distance) in line[first - place.rect.x..].iter_mut().zip(distances) {
                *nearest = nearest.min(*distance);
            }
        });
        found.extend(place.rect.columns().zip(line).map(|(x, d)| (x, y, d)));
    }
    found
}

/// 4.5 is what WCAG 2.2 asks of a text, 3 of a large one.
#[test]
fn letters_stand_out_from_any_ground() {
    for (side, least) in [(64, 3.0), (200, 4.5), (1080, 4.5)] {
        for (name, mut picture) in grounds(side) {
            draw_mark(&mut picture, None);
            let place = Place::on(side, side);
            let mean = |wanted: &dyn Fn(f32) -> bool| {
                let chosen: Vec<f32> = distances(&place)
                    .iter()
                    .filter(|(_, _, distance)| wanted(*distance))
                    .map(|&(x, y, _)| luminance(f32::from(picture.at(x, y).luma())))
                    .collect();
                assert!(chosen.len() > 20, "{name} {side}");
                chosen.iter().sum::<f32>() / chosen.len() as f32
            };
            let letters = mean(&|distance| distance < -0.25);
            let beside =
                mean(&|distance| distance > 0.5 && distance < 0.5 + (0.07 * place.em).max(0.7));
            let contrast = (letters + 0.05) / (beside + 0.05);
            assert!(contrast > least, "{name}, {side} pixels: {contrast}");
        }
    }
}

#[test]
fn capitals_are_as_high_as_the_standard_asks() {
    let [top, bottom] = glyphs::CAPITAL;
    for (width, height) in [
        (64, 64),
        (200, 300),
        (1080, 1080),
        (8000, 5000),
        (640, 8000),
    ] {
        let place = Place::on(width, height);
        let capital = (bottom - top) / 1000.0 * place.em;
        assert!(
            capital >= 0.05 * width.min(height) as f32,
            "{width}x{height}"
        );
        assert!(capital >= 14.0, "{width}x{height}");
    }
}

#[test]
fn the_strokes_are_inside_the_box_that_is_said_to_hold_them() {
    let em = 1000.0;
    let origin = [100.0, 100.0];
    let mut field = Field::new(&glyphs::TEXT, origin, em, 1.0);
    let (mut left, mut right, mut rows) = (usize::MAX, 0, Vec::new());
    let mut capital = Vec::new();
    for y in 0..1200 {
        field.row(y, 0..3300, |first, distances| {
            for (x, &distance) in (first..).zip(distances) {
                if distance < 0.0 {
                    (left, right) = (left.min(x), right.max(x + 1));
                    rows.push(y);
                    if x < 1000 {
                        capital.push(y);
                    }
                }
            }
        });
    }
    let near = |found: usize, expected: f32| {
        let off = found as f32 - 100.0 - expected;
        assert!(off.abs() <= 4.0, "{found}, {expected}");
    };
    near(left, 0.0);
    near(right, glyphs::WIDTH);
    near(rows[0], glyphs::TOP);
    near(rows[rows.len() - 1] + 1, glyphs::BOTTOM);
    near(capital[0], glyphs::CAPITAL[0]);
    near(capital[capital.len() - 1] + 1, glyphs::CAPITAL[1]);
}

#[test]
fn nothing_changes_outside_the_rectangle() {
    for (width, height) in [
        (0, 0),
        (1, 1),
        (2, 3),
        (5, 400),
        (400, 5),
        (16, 16),
        (63, 64),
        (64, 64),
        (200, 200),
        (301, 97),
        (1080, 1440),
    ] {
        let ground = Srgb8([90, 140, 200]);
        let mut picture = Image::new(width, height, ground);
        let rect = draw_mark(&mut picture, None);
        assert!(rect.x + rect.width <= width && rect.y + rect.height <= height);
        for (index, pixel) in picture.pixels().iter().enumerate() {
            let (x, y) = (index % width, index / width);
            let inside = rect.columns().contains(&x) && rect.rows().contains(&y);
            assert!(inside || *pixel == ground, "{width}x{height}: {x}, {y}");
        }
        if width.min(height) >= 64 {
            assert!(picture.pixels().contains(&Srgb8::WHITE), "{width}x{height}");
            // The lower right corner, and not up to the very border.
            assert!(rect.x + rect.width <= width && rect.y > height / 2);
        }
    }
}

#[test]
fn the_largest_picture_gets_its_mark() {
    let mut picture = Image::new(8000, 8000, Srgb8::BLACK);
    let rect = draw_mark(&mut picture, None);
    assert!(rect.height > 8000 / 20 && rect.width < 8000 / 4);
    assert!(picture.pixels().contains(&Srgb8::WHITE));
}

#[test]
fn the_mark_is_opaque_on_a_transparent_picture() {
    let mut picture = Image::new(200, 200, Srgb8::WHITE);
    let mut opacity = Image::new(200, 200, 0);
    let mut plain = picture.clone();
    let rect = draw_mark(&mut picture, Some(&mut opacity));
    assert_eq!(draw_mark(&mut plain, None), rect);
    assert!(picture == plain);
    let place = Place::on(200, 200);
    for (x, y, distance) in distances(&place) {
        if distance < -0.5 {
            assert_eq!(opacity.at(x, y), 255, "{x}, {y}");
        } else if distance > EDGE * place.em {
            assert_eq!(opacity.at(x, y), 0, "{x}, {y}");
        }
    }
    // An opacity that is not this picture's is left alone.
    let mut other = Image::new(9, 9, 7);
    draw_mark(&mut plain, Some(&mut other));
    assert!(other == Image::new(9, 9, 7));
}

/// Signs from dark to light.
const SIGNS: &[u8] = b" .:-=+*#%@";

/// The mark as it was looked at and found good, on the ground of a picture of 64×64 in one grey:
/// a sign for each pixel.
const GOLDEN: &str = include_str!("golden.txt");

#[test]
fn the_mark_looks_as_it_was_found_good() {
    let mut picture = Image::new(64, 64, Srgb8([120; 3]));
    let rect = draw_mark(&mut picture, None);
    let mut drawn = String::new();
    for y in rect.rows() {
        let signs = picture.row(y)[rect.columns()]
            .iter()
            .map(|pixel| char::from(SIGNS[usize::from(pixel.luma()) * SIGNS.len() / 256]));
        writeln!(drawn, "{}", String::from_iter(signs)).unwrap();
    }
    let level = |sign: u8| SIGNS.iter().position(|known| *known == sign);
    let pairs = drawn.bytes().zip(GOLDEN.bytes());
    let alike = |(found, expected)| match (level(found), level(expected)) {
        // Rounding may lift a pixel over the border between two signs.
        (Some(found), Some(expected)) => found.abs_diff(expected) <= 1,
        _ => found == expected,
    };
    assert!(
        drawn.len() == GOLDEN.len() && pairs.clone().all(alike),
        "drawn:\n{drawn}\nexpected:\n{GOLDEN}"
    );
}
