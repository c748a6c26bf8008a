//! Fills the mesh's triangles, mixing values of the vertices linearly across each.

use crate::surface::surface;
use face::Point3;
use face::canonical::canonical;
use pixel::Rect;

/// One triangle's pixels in one row: the first one's position, how many, the mixed values at the
/// first and what each step to the right adds.
pub(crate) struct Span<const N: usize> {
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) length: usize,
    pub(crate) first: [f32; N],
    pub(crate) step: [f32; N],
}

/// Calls `span` for every row of every triangle of `mesh` that faces the camera, far ones first,
/// inside `area`. Pixels belong to a triangle when their centre does; neighbours share none.
pub(crate) fn each_span<const N: usize>(
    mesh: &[Point3],
    area: Rect,
    value: impl Fn(usize) -> [f32; N],
    mut span: impl FnMut(&Span<N>),
) {
    let front = surface().front;
    let mut order: Vec<(f32, &[u16; 3])> = canonical()
        .triangles
        .iter()
        .filter_map(|triangle| {
            let [a, b, c] = triangle.map(|index| mesh[usize::from(index)]);
            let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
            (area * front > 1e-6).then_some((a.z + b.z + c.z, triangle))
        })
        .collect();
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    for (_, triangle) in order {
        fill(mesh, area, triangle.map(usize::from), &value, &mut span);
    }
}

/// Like [`each_span`], pixel by pixel.
pub(crate) fn each_pixel<const N: usize>(
    mesh: &[Point3],
    area: Rect,
    value: impl Fn(usize) -> [f32; N],
    mut pixel: impl FnMut(usize, usize, [f32; N]),
) {
    each_span(mesh, area, value, |span| {
        let mut values = span.first;
        for x in span.x..span.x + span.length {
            pixel(x, span.y, values);
            for k in 0..N {
                values[k] += span.step[k];
            }
        }
    });
}

fn fill<const N: usize>(
    mesh: &[Point3],
    area: Rect,
    corners: [usize; 3],
    value: &impl Fn(usize) -> [f32; N],
    span: &mut impl FnMut(&Span<N>),
) {
    let [a, b, c] = corners.map(|index| mesh[index]);
    let doubled = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    let [va, vb, vc] = corners.map(value);
    let step: [f32; N] = std::array::from_fn(|k| {
        ((vb[k] - va[k]) * (c.y - a.y) - (vc[k] - va[k]) * (b.y - a.y)) / doubled
    });
    let down: [f32; N] = std::array::from_fn(|k| {
        ((vc[k] - va[k]) * (b.x - a.x) - (vb[k] - va[k]) * (c.x - a.x)) / doubled
    });
    let top = a.y.min(b.y).min(c.y).max(area.y as f32);
    let bottom = a.y.max(b.y).max(c.y).min((area.y + area.height) as f32);
    let (left_limit, right_limit) = (area.x as f32, (area.x + area.width) as f32);
    let mut y = top.ceil();
    while y < bottom {
        let (mut low, mut high) = (f32::INFINITY, f32::NEG_INFINITY);
        for (from, to) in [(a, b), (b, c), (c, a)] {
            // The same order of ends for both triangles of an edge, so that both cut it alike.
            let (from, to) = if (from.y, from.x) <= (to.y, to.x) {
                (from, to)
            } else {
                (to, from)
            };
            if from.y <= y && y < to.y {
                let x = from.x + (to.x - from.x) * ((y - from.y) / (to.y - from.y));
                low = low.min(x);
                high = high.max(x);
            }
        }
        let (low, high) = (low.max(left_limit).ceil(), high.min(right_limit).ceil());
        if low < high {
            let (dx, dy) = (low - a.x, y - a.y);
            span(&Span {
                x: low as usize,
                y: y as usize,
                length: (high - low) as usize,
                first: std::array::from_fn(|k| va[k] + dx * step[k] + dy * down[k]),
                step,
            });
        }
        y += 1.0;
    }
}
