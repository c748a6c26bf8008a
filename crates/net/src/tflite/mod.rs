//! Reads a TFLite file into a [`Graph`].
//!
//! The schema: `tensorflow/compiler/mlir/lite/schema/schema.fbs` in TensorFlow; field numbers below
//! are positions of its fields.

mod constants;
mod custom;
mod operators;
#[cfg(test)]
mod tests;
mod windows;

use crate::LoadError;
use crate::flatbuffer::{Table, Tables};
use crate::graph::{Budget, Graph, Shape, ValueId};
use constants::Constants;
use operators::Operator;

/// No face net comes near these; they keep the time that loading a hostile file takes small.
const MOST_TENSORS: usize = 1 << 14;
const MOST_OPERATORS: usize = 1 << 12;
const MOST_OPERANDS: usize = crate::plan::MOST_INPUTS;
/// 32 MB as f32, with channels padded.
const LARGEST_TENSOR: usize = 1 << 23;

/// A tensor as the file lists it.
#[derive(Debug, Clone, Copy)]
struct Tensor<'a> {
    table: Table<'a>,
    kind: Kind,
    dimensions: Dimensions,
}

/// What a tensor's numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    F32,
    F16,
    I32,
    /// Something that no supported operator takes; its code in the schema.
    Other(i8),
}

/// A tensor's extents, at most four, the outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Dimensions {
    rank: usize,
    extents: [usize; 4],
}

impl Dimensions {
    fn as_slice(&self) -> &[usize] {
        &self.extents[..self.rank]
    }

    fn count(&self) -> usize {
        self.as_slice().iter().product()
    }

    /// As rows, columns and channels, if there is one picture (or one of what else it is).
    fn shape(&self) -> Option<Shape> {
        let (height, width, channels) = match *self.as_slice() {
            [] => (1, 1, 1),
            [c] => (1, 1, c),
            [1, c] => (1, 1, c),
            [1, w, c] => (1, w, c),
            [1, h, w, c] => (h, w, c),
            _ => return None,
        };
        Some(Shape {
            height,
            width,
            channels,
        })
    }
}

/// The file's tables and what was made of them so far.
struct Reader<'a> {
    tensors: Vec<Tensor<'a>>,
    codes: Tables<'a>,
    constants: Constants<'a>,
    graph: Graph,
    /// For each tensor the value that holds it at run time, once something makes it.
    values: Vec<Option<ValueId>>,
}

/// Reads `file` and checks all of it.
pub(crate) fn read(file: &[u8], budget: &mut Budget) -> Result<Graph, LoadError> {
    if file.get(4..8) != Some(b"TFL3") {
        return Err(LoadError::NotTflite);
    }
    let model = Table::root(file)?;
    let subgraphs = model.tables(2)?;
    if subgraphs.len() != 1 {
        return Err(unsupported(
            "model",
            format!("{} subgraphs instead of 1", subgraphs.len()),
        ));
    }
    let subgraph = subgraphs.get(0)?;
    let mut reader = Reader {
        tensors: read_tensors(subgraph.tables(0)?)?,
        codes: model.tables(1)?,
        constants: Constants::new(model.tables(4)?),
        graph: Graph::default(),
        values: Vec::new(),
    };
    reader.values = vec![None; reader.tensors.len()];
    reader.read_input(&subgraph)?;
    let operators = subgraph.tables(3)?;
    if operators.len() > MOST_OPERATORS {
        return Err(LoadError::TooLarge {
            what: "operators",
            limit: MOST_OPERATORS as u64,
        });
    }
    for index in 0..operators.len() {
        let operator = Operator::read(&reader, operators.get(index)?, index)?;
        operator.append_to(&mut reader, budget)?;
    }
    reader.read_outputs(&subgraph)?;
    Ok(reader.graph)
}

impl Reader<'_> {
    /// A tensor's index from the file, checked.
    fn tensor_index(&self, index: i32) -> Result<usize, LoadError> {
        usize::try_from(index)
            .ok()
            .filter(|&index| index < self.tensors.len())
            .ok_or_else(|| inconsistent(format!("tensor {index}"), "there is no such tensor"))
    }

    /// Makes a new value for `tensor`.
    fn define(&mut self, tensor: usize) -> Result<ValueId, LoadError> {
        let place = || format!("tensor {tensor}");
        let Tensor {
            kind, dimensions, ..
        } = self.tensors[tensor];
        if self.values[tensor].is_some() {
            return Err(inconsistent(place(), "made twice"));
        }
        if kind != Kind::F32 {
            return Err(unsupported(place(), format!("{kind:?} instead of F32")));
        }
        let shape = dimensions
            .shape()
            .ok_or_else(|| unsupported(place(), format!("extents {:?}", dimensions.as_slice())))?;
        if shape.len() == 0 {
            return Err(unsupported(place(), "it is empty"));
        }
        if shape.pixels() * shape.padded_channels() > LARGEST_TENSOR {
            return Err(too_large());
        }
        self.graph.shapes.push(shape);
        let value = self.graph.shapes.len() - 1;
        self.values[tensor] = Some(value);
        Ok(value)
    }

    fn read_input(&mut self, subgraph: &Table) -> Result<(), LoadError> {
        let mut inputs = subgraph.i32s(1)?;
        let (Some(input), None) = (inputs.next(), inputs.next()) else {
            return Err(unsupported("model", "not exactly one input"));
        };
        let input = self.tensor_index(input)?;
        self.graph.input = self.define(input)?;
        Ok(())
    }

    fn read_outputs(&mut self, subgraph: &Table) -> Result<(), LoadError> {
        let outputs = subgraph.i32s(2)?;
        if outputs.len() > MOST_OPERANDS {
            return Err(LoadError::TooLarge {
                what: "outputs",
                limit: MOST_OPERANDS as u64,
            });
        }
        for output in outputs {
            let tensor = self.tensor_index(output)?;
            let value = self.values[tensor].ok_or_else(|| {
                inconsistent(format!("tensor {tensor}"), "an output that nothing makes")
            })?;
            let name = self.tensors[tensor].table.name(3)?;
            self.graph.outputs.push((value, name));
        }
        if self.graph.outputs.is_empty() {
            return Err(unsupported("model", "no outputs"));
        }
        Ok(())
    }
}

fn read_tensors(tables: Tables<'_>) -> Result<Vec<Tensor<'_>>, LoadError> {
    if tables.len() > MOST_TENSORS {
        return Err(LoadError::TooLarge {
            what: "tensors",
            limit: MOST_TENSORS as u64,
        });
    }
    (0..tables.len())
        .map(|index| read_tensor(tables.get(index)?, index))
        .collect()
}

fn read_tensor(table: Table<'_>, index: usize) -> Result<Tensor<'_>, LoadError> {
    let place = || format!("tensor {index}");
    let listed = table.i32s(0)?;
    if listed.len() > 4 {
        return Err(unsupported(place(), format!("{} axes", listed.len())));
    }
    let mut dimensions = Dimensions {
        rank: listed.len(),
        extents: [1; 4],
    };
    let mut count = 1_usize;
    for (extent, value) in dimensions.extents.iter_mut().zip(listed) {
        *extent = usize::try_from(value)
            .map_err(|_| inconsistent(place(), format!("an extent of {value}")))?;
        // An extent of 0 must not hide the size of the others.
        count = count.saturating_mul((*extent).max(1));
    }
    if count > LARGEST_TENSOR {
        return Err(too_large());
    }
    let kind = match table.i8(1, 0)? {
        0 => Kind::F32,
        1 => Kind::F16,
        2 => Kind::I32,
        code => Kind::Other(code),
    };
    Ok(Tensor {
        table,
        kind,
        dimensions,
    })
}

fn too_large() -> LoadError {
    LoadError::TooLarge {
        what: "numbers in one tensor",
        limit: LARGEST_TENSOR as u64,
    }
}

fn unsupported(place: impl Into<String>, reason: impl Into<String>) -> LoadError {
    LoadError::Unsupported {
        place: place.into(),
        reason: reason.into(),
    }
}

fn inconsistent(place: impl Into<String>, reason: impl Into<String>) -> LoadError {
    LoadError::Inconsistent {
        place: place.into(),
        reason: reason.into(),
    }
}
