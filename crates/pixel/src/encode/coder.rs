use std::ops::Range;

use super::head::Head;
use super::samples::Strip;
use super::transform::Quantiser;
use crate::jpeg::{BitWriter, Layout, Writing};
use crate::{Srgb8, View};

/// The DC values after which a block's are coded, by component; zero at the start of a scan.
pub(super) type Before = [i16; 4];

/// What turns samples into the bits of a picture.
#[derive(Clone, Debug)]
pub(super) struct Coding {
    /// Size and blocks of the picture.
    pub(super) layout: Layout,
    components: Vec<ComponentCoding>,
}

/// The tables of one component.
#[derive(Clone, Debug)]
struct ComponentCoding {
    quantiser: Quantiser,
    dc: Writing,
    ac: Writing,
}

impl Coding {
    /// The coding a head describes.
    pub(super) fn new(head: &Head) -> Coding {
        Coding {
            layout: head.layout.clone(),
            components: head
                .components
                .iter()
                .map(|entry| ComponentCoding {
                    quantiser: Quantiser::new(&entry.steps),
                    dc: Writing::new(&entry.dc),
                    ac: Writing::new(&entry.ac),
                })
                .collect(),
        }
    }

    /// The tables of a component's DC differences and AC coefficients.
    pub(super) fn tables(&self, component: usize) -> (&Writing, &Writing) {
        let component = &self.components[component];
        (&component.dc, &component.ac)
    }

    /// Codes the MCUs `columns` of row `row` of `picture`.
    ///
    /// `before` is read and kept up to date; behind each MCU `coded` gets the writer's position
    /// and `before`.
    pub(super) fn encode<const STUFFED: bool>(
        &self,
        picture: View<'_, Srgb8>,
        row: usize,
        columns: Range<usize>,
        strip: &mut Strip,
        before: &mut Before,
        writer: &mut BitWriter<'_, STUFFED>,
        mut coded: impl FnMut(usize, &Before),
    ) {
        let capacity = Strip::capacity(&self.layout);
        for first in columns.clone().step_by(capacity) {
            let count = capacity.min(columns.end - first);
            strip.load(picture, &self.layout, row, first, count);
            for mcu in 0..count {
                self.encode_mcu(strip, mcu, before, writer);
                coded(writer.position(), before);
            }
        }
    }

    fn encode_mcu<const STUFFED: bool>(
        &self,
        strip: &Strip,
        mcu: usize,
        before: &mut Before,
        writer: &mut BitWriter<'_, STUFFED>,
    ) {
        let planes = self.layout.planes.iter().zip(&self.components).zip(before);
        for (index, ((plane, tables), before)) in planes.enumerate() {
            for (y, x) in plane.places() {
                let samples = strip.block(index, (mcu * plane.horizontal + x) * 8, y * 8);
                let block = tables.quantiser.block(samples);
                writer.put_dc(&tables.dc, i32::from(block[0]) - i32::from(*before));
                writer.put_ac(&tables.ac, &block);
                *before = block[0];
            }
        }
    }
}
