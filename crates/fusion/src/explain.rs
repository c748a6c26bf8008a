//! The stages of a fusion as pictures, for people who want to see why a result looks as it does.

use crate::color::Encoded;
use crate::compose::{Ground, Source, cover, user_texture};
use crate::paint::each_pixel;
use face::Point3;
use face::canonical::canonical;
use pixel::{Image, Rect, Srgb8};

/// Receives every stage of a fusion as a picture of the template's size.
///
/// Stages, in the order of work: `target-mesh` (where the face's points go), `bent-template` (the
/// template with the target shape), `template-tone` and `user-tone` (the low bands: skin and light
/// without features), `user-texture` (the user's face on the target shape, as photographed),
/// `cover` (white where the user's face shows, black where the template stays), `result`.
pub trait Explain {
    /// `stage` is a short name fit for a file name.
    fn picture(&mut self, stage: &str, picture: &Image<Srgb8>);
}

/// The triangles' edges over the template.
pub(crate) fn target_mesh(template: &Image<Srgb8>, target: &[Point3]) -> Image<Srgb8> {
    let mut picture = template.clone();
    for triangle in &canonical().triangles {
        for (from, to) in [(0, 1), (1, 2), (2, 0)] {
            let (a, b) = (
                target[usize::from(triangle[from])],
                target[usize::from(triangle[to])],
            );
            let steps = (b.x - a.x).hypot(b.y - a.y).ceil().clamp(1.0, 4096.0);
            for step in 0..=steps as usize {
                let t = step as f32 / steps;
                put(&mut picture, a.x + t * (b.x - a.x), a.y + t * (b.y - a.y));
            }
        }
    }
    picture
}

fn put(picture: &mut Image<Srgb8>, x: f32, y: f32) {
    let (x, y) = (x.round(), y.round());
    if x >= 0.0 && y >= 0.0 && x < picture.width() as f32 && y < picture.height() as f32 {
        picture.row_mut(y as usize)[x as usize] = Srgb8([64, 224, 160]);
    }
}

/// Reports what the composition starts from.
pub(crate) fn composition(
    explain: &mut dyn Explain,
    source: &Source<'_>,
    ground: &Ground<'_>,
    share: f32,
    bent: &Image<Srgb8>,
) {
    let mut paint = |stage: &str, low: &[Encoded]| {
        let mut picture = bent.clone();
        fill(ground.target, ground.area, &mut picture, |vertex| {
            low[vertex]
        });
        explain.picture(stage, &picture);
    };
    paint("template-tone", &ground.tone.low);
    paint("user-tone", &source.tone.low);
    let mut texture = bent.clone();
    user_texture(source, ground, &mut texture);
    explain.picture("user-texture", &texture);
    let mut covered = Image::new(bent.width(), bent.height(), Srgb8::BLACK);
    fill(ground.target, ground.area, &mut covered, |vertex| {
        [share * cover(vertex); 3]
    });
    explain.picture("cover", &covered);
}

fn fill(
    target: &[Point3],
    area: Rect,
    picture: &mut Image<Srgb8>,
    color: impl Fn(usize) -> Encoded,
) {
    each_pixel(target, area, color, |x, y, color: Encoded| {
        picture.row_mut(y)[x] = Srgb8(color.map(|value| (value * 255.0 + 0.5) as u8));
    });
}
