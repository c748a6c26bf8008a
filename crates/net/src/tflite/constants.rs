//! Numbers that are stored in the file: dense or sparse, f32, f16 or i32.

use super::{Dimensions, Kind, Tensor, inconsistent, unsupported};
use crate::LoadError;
use crate::flatbuffer::{Table, Tables};
use crate::graph::Budget;
use crate::half;
use std::collections::HashMap;
use std::rc::Rc;

/// Operators take amounts for each axis, at most two of them.
const MOST_INTEGERS: usize = 8;

/// The file's buffers and what was widened to f32 so far, by tensor.
pub(super) struct Constants<'a> {
    buffers: Tables<'a>,
    widened: HashMap<usize, Rc<[f32]>>,
}

impl<'a> Constants<'a> {
    pub(super) fn new(buffers: Tables<'a>) -> Self {
        Self {
            buffers,
            widened: HashMap::new(),
        }
    }

    /// The tensor's bytes; empty when the file holds none for it.
    fn bytes(&self, tensor: &Tensor<'a>) -> Result<&'a [u8], LoadError> {
        let buffer = tensor.table.i32(2, 0)?;
        match usize::try_from(buffer) {
            // By the schema, buffer 0 is the empty one.
            Ok(0) => Ok(&[]),
            Ok(buffer) => self.buffers.get(buffer)?.bytes(0),
            Err(_) => Err(inconsistent("tensor", format!("buffer {buffer}"))),
        }
    }

    /// Whether the file stores numbers for the tensor, or an operator already made them.
    pub(super) fn has(&self, index: usize, tensor: &Tensor<'a>) -> Result<bool, LoadError> {
        Ok(self.widened.contains_key(&index) || !self.bytes(tensor)?.is_empty())
    }

    /// Notes that tensor `index` is the constant `values`.
    pub(super) fn define(&mut self, index: usize, values: Rc<[f32]>) -> Result<(), LoadError> {
        match self.widened.insert(index, values) {
            None => Ok(()),
            Some(_) => Err(inconsistent(format!("tensor {index}"), "made twice")),
        }
    }

    /// The numbers of a constant tensor, as many as its extents say.
    pub(super) fn floats(
        &mut self,
        index: usize,
        tensor: &Tensor<'a>,
        budget: &mut Budget,
    ) -> Result<Rc<[f32]>, LoadError> {
        if let Some(values) = self.widened.get(&index) {
            return Ok(Rc::clone(values));
        }
        let place = || format!("tensor {index}");
        let count = tensor.dimensions.count();
        let bytes = self.bytes(tensor)?;
        if bytes.is_empty() {
            return Err(inconsistent(place(), "no numbers stored for it"));
        }
        budget.pay_numbers(count)?;
        let stored = decode(bytes, tensor.kind)
            .ok_or_else(|| unsupported(place(), format!("{:?} weights", tensor.kind)))?;
        let values = match tensor.table.table(6)? {
            None => stored,
            Some(sparsity) => densify(&stored, &sparsity, &tensor.dimensions, &place())?,
        };
        if values.len() != count {
            let reason = format!("{} numbers stored for {count}", values.len());
            return Err(inconsistent(place(), reason));
        }
        let values = Rc::<[f32]>::from(values);
        self.widened.insert(index, Rc::clone(&values));
        Ok(values)
    }

    /// The numbers of a constant i32 tensor.
    pub(super) fn integers(
        &self,
        index: usize,
        tensor: &Tensor<'a>,
    ) -> Result<Vec<i32>, LoadError> {
        let place = || format!("tensor {index}");
        let (chunks, rest) = self.bytes(tensor)?.as_chunks::<4>();
        let whole = rest.is_empty() && chunks.len() == tensor.dimensions.count();
        if tensor.kind != Kind::I32 || !whole || chunks.len() > MOST_INTEGERS {
            return Err(inconsistent(place(), "not the i32 numbers expected"));
        }
        Ok(chunks.iter().map(|c| i32::from_le_bytes(*c)).collect())
    }
}

fn decode(bytes: &[u8], kind: Kind) -> Option<Vec<f32>> {
    Some(match kind {
        Kind::F32 => {
            let (chunks, _) = bytes.as_chunks::<4>();
            chunks.iter().map(|c| f32::from_le_bytes(*c)).collect()
        }
        Kind::F16 => {
            let (chunks, _) = bytes.as_chunks::<2>();
            let halves = chunks.iter().map(|c| u16::from_le_bytes(*c));
            halves.map(half::to_f32).collect()
        }
        Kind::I32 | Kind::Other(_) => return None,
    })
}

/// Spreads sparsely stored numbers over a tensor's extents.
///
/// Each axis, from the outermost, is dense or compressed: for a compressed one the file lists which
/// indices exist below each entry of the axis before it (TACO's format, Kjolstad et al. 2017). The
/// axes must be stored in their own order and without blocks, which is how the face nets do it.
fn densify(
    stored: &[f32],
    sparsity: &Table,
    dimensions: &Dimensions,
    place: &str,
) -> Result<Vec<f32>, LoadError> {
    let extents = dimensions.as_slice();
    if !sparsity.i32s(0)?.eq(0..extents.len() as i32) || sparsity.i32s(1)?.len() != 0 {
        return Err(unsupported(place, "sparse in blocks or in another order"));
    }
    let axes = sparsity.tables(2)?;
    if axes.len() != extents.len() {
        return Err(inconsistent(place, "sparse in other axes than its own"));
    }
    // Positions in the dense tensor, reckoned over the axes seen so far.
    let mut positions = vec![0_usize];
    for (index, &extent) in extents.iter().enumerate() {
        let axis = axes.get(index)?;
        positions = match axis.i8(0, 0)? {
            0 => expand_dense(&positions, extent, dimensions.count()),
            _ => expand_compressed(&positions, extent, &axis, stored.len()),
        }
        .ok_or_else(|| inconsistent(place, "its sparsity does not fit it"))?;
    }
    if positions.len() != stored.len() {
        return Err(inconsistent(place, "its sparsity does not fit it"));
    }
    let mut dense = vec![0.0; dimensions.count()];
    for (position, value) in positions.into_iter().zip(stored) {
        dense[position] = *value;
    }
    Ok(dense)
}

fn expand_dense(parents: &[usize], extent: usize, most: usize) -> Option<Vec<usize>> {
    if parents.len() * extent > most {
        return None;
    }
    let children = parents
        .iter()
        .flat_map(|&parent| (0..extent).map(move |index| parent * extent + index));
    Some(children.collect())
}

/// `None` when the lists do not fit the axis; `most` bounds how many entries there may be.
fn expand_compressed(
    parents: &[usize],
    extent: usize,
    axis: &Table,
    most: usize,
) -> Option<Vec<usize>> {
    let segments = index_list(axis, 2).ok()?;
    let indices = index_list(axis, 4).ok()?;
    if segments.len() != parents.len() + 1 || indices.len() > most {
        return None;
    }
    if *segments.first()? != 0 || *segments.last()? != indices.len() {
        return None;
    }
    let mut children = Vec::with_capacity(indices.len());
    for (&parent, bounds) in parents.iter().zip(segments.windows(2)) {
        let below = indices.get(bounds[0]..bounds[1])?;
        if below.iter().any(|&index| index >= extent) {
            return None;
        }
        children.extend(below.iter().map(|&index| parent * extent + index));
    }
    Some(children)
}

/// A list of indices, whose kind (field `id`) says how wide its numbers are.
fn index_list(axis: &Table, id: usize) -> Result<Vec<usize>, LoadError> {
    let Some(list) = axis.table(id + 1)? else {
        return Ok(Vec::new());
    };
    Ok(match axis.i8(id, 0)? {
        1 => list
            .i32s(0)?
            .map(|v| usize::try_from(v).unwrap_or(usize::MAX))
            .collect(),
        2 => list.u16s(0)?.map(usize::from).collect(),
        3 => list.bytes(0)?.iter().copied().map(usize::from).collect(),
        _ => Vec::new(),
    })
}
