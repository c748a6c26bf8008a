//! Small files written on the spot: what is read, and what is refused and why.

use super::read;
use crate::graph::{Activation, Budget, Graph, LANES, Op};
use crate::{InstructionSet, LoadError, Net};

/// A field of a table; its id is its position.
#[derive(Debug, Clone)]
enum Field {
    Absent,
    I8(i8),
    I32(i32),
    Table(Vec<Field>),
    Tables(Vec<Vec<Field>>),
    I32s(Vec<i32>),
    Bytes(Vec<u8>),
}
use Field::{Absent, Bytes, I8, I32, I32s, Table, Tables};

/// Writes `fields` as a table at the end of `file`: vtable, table, then what it points to.
fn write_table(file: &mut Vec<u8>, fields: &[Field]) -> usize {
    file.resize(file.len().next_multiple_of(4), 0);
    let vtable = file.len();
    let vtable_length = 4 + 2 * fields.len();
    file.extend((vtable_length as u16).to_le_bytes());
    file.extend((4 + 4 * fields.len() as u16).to_le_bytes());
    for (id, field) in fields.iter().enumerate() {
        let place = if matches!(field, Absent) {
            0
        } else {
            4 + 4 * id as u16
        };
        file.extend(place.to_le_bytes());
    }
    let table = file.len();
    file.extend((vtable_length as i32).to_le_bytes());
    file.resize(table + 4 + 4 * fields.len(), 0);
    assert_eq!(table - vtable, vtable_length);
    for (id, field) in fields.iter().enumerate() {
        let place = table + 4 + 4 * id;
        let word = match field {
            Absent => continue,
            I8(value) => i32::from(*value),
            I32(value) => *value,
            _ => {
                let target = write_target(file, field);
                (target - place) as i32
            }
        };
        file[place..place + 4].copy_from_slice(&word.to_le_bytes());
    }
    table
}

/// Writes what a field points to, and says where.
fn write_target(file: &mut Vec<u8>, field: &Field) -> usize {
    if let Table(fields) = field {
        return write_table(file, fields);
    }
    file.resize(file.len().next_multiple_of(4), 0);
    let start = file.len();
    match field {
        I32s(values) => {
            file.extend((values.len() as u32).to_le_bytes());
            file.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        }
        Bytes(bytes) => {
            file.extend((bytes.len() as u32).to_le_bytes());
            file.extend(bytes);
        }
        Tables(tables) => {
            file.extend((tables.len() as u32).to_le_bytes());
            file.resize(start + 4 + 4 * tables.len(), 0);
            for (index, fields) in tables.iter().enumerate() {
                let place = start + 4 + 4 * index;
                let distance = (write_table(file, fields) - place) as u32;
                file[place..place + 4].copy_from_slice(&distance.to_le_bytes());
            }
        }
        _ => unreachable!("the field does not point anywhere"),
    }
    start
}

/// An operator: code, custom name, inputs, outputs, options, custom options.
type Listed = (i32, &'static str, Vec<i32>, Vec<i32>, Vec<Field>, Vec<u8>);

/// A file with one tensor after another, `(shape, kind, stored bytes)`.
#[derive(Debug, Clone)]
struct Model {
    tensors: Vec<(Vec<i32>, i8, Vec<u8>)>,
    operators: Vec<Listed>,
    inputs: Vec<i32>,
    outputs: Vec<i32>,
}

impl Model {
    fn write(&self) -> Vec<u8> {
        let tensors = self.tensors.iter().enumerate();
        let tensors = tensors.map(|(index, (shape, kind, _))| {
            vec![
                I32s(shape.clone()),
                I8(*kind),
                I32(index as i32 + 1),
                Bytes(format!("tensor {index}").into_bytes()),
            ]
        });
        let operators = self.operators.iter().enumerate();
        let operators = operators.map(|(index, (_, _, inputs, outputs, options, custom))| {
            vec![
                I32(index as i32),
                I32s(inputs.clone()),
                I32s(outputs.clone()),
                Absent,
                Table(options.clone()),
                Bytes(custom.clone()),
            ]
        });
        let subgraph = vec![
            Tables(tensors.collect()),
            I32s(self.inputs.clone()),
            I32s(self.outputs.clone()),
            Tables(operators.collect()),
        ];
        let codes = self.operators.iter().map(|(code, name, ..)| {
            let version = if name.starts_with("Convolution2D") {
                1
            } else {
                2
            };
            vec![
                I8(0),
                Bytes(name.as_bytes().to_vec()),
                I32(version),
                I32(*code),
            ]
        });
        let stored = self.tensors.iter().map(|(_, _, bytes)| bytes.clone());
        let buffers = [vec![]].into_iter().chain(stored);
        let model = [
            I32(3),
            Tables(codes.collect()),
            Tables(vec![subgraph]),
            Absent,
            Tables(buffers.map(|bytes| vec![Bytes(bytes)]).collect()),
        ];
        let mut file = vec![0; 8];
        file[4..8].copy_from_slice(b"TFL3");
        let root = write_table(&mut file, &model) as u32;
        file[..4].copy_from_slice(&root.to_le_bytes());
        file
    }

    fn read(&self) -> Result<Graph, LoadError> {
        read(&self.write(), &mut Budget::new())
    }
}

fn floats(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

fn integers(values: &[i32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

/// 4×4×1 through a 3×3 convolution of all ones (padding SAME, stride 1, ReLU) to 4×4×2.
fn convolution() -> Model {
    Model {
        tensors: vec![
            (vec![1, 4, 4, 1], 0, vec![]),
            (vec![2, 3, 3, 1], 0, floats(&[1.0; 18])),
            (vec![2], 0, floats(&[0.5, -100.0])),
            (vec![1, 4, 4, 2], 0, vec![]),
        ],
        operators: vec![(
            3,
            "",
            vec![0, 1, 2],
            vec![3],
            vec![I8(0), I32(1), I32(1), I8(1)],
            vec![],
        )],
        inputs: vec![0],
        outputs: vec![3],
    }
}

/// One operator from tensor 0 to the last, others being constants.
fn single(code: i32, tensors: &[(&[i32], i8, Vec<u8>)], options: Vec<Field>) -> Model {
    let last = tensors.len() as i32 - 1;
    Model {
        tensors: tensors
            .iter()
            .map(|(shape, kind, bytes)| (shape.to_vec(), *kind, bytes.clone()))
            .collect(),
        operators: vec![(code, "", (0..last).collect(), vec![last], options, vec![])],
        inputs: vec![0],
        outputs: vec![last],
    }
}

/// What the model gives for an input that counts from 1.
fn run(model: &Model) -> Vec<f32> {
    let net = Net::load_with(&model.write(), InstructionSet::PORTABLE).unwrap();
    let mut scratch = net.scratch();
    for (index, value) in scratch.input_mut().iter_mut().enumerate() {
        *value = index as f32 + 1.0;
    }
    net.run(&mut scratch);
    scratch.output(0).to_vec()
}

#[test]
fn a_convolution_is_read_and_runs() {
    let model = convolution();
    let graph = model.read().unwrap();
    assert_eq!(graph.nodes.len(), 1);
    assert_eq!(graph.nodes[0].activation, Activation::Relu);
    assert_eq!(graph.outputs[0].1, "tensor 3");
    let output = run(&model);
    // The corner sees 1 + 2 + 5 + 6, the second pixel 1 + 2 + 3 + 5 + 6 + 7.
    assert_eq!(output[..4], [14.5, 0.0, 24.5, 0.0]);
}

#[test]
fn small_operators_run() {
    let one = |channels: i32| vec![1, 2, 2, channels];
    let same = |code| single(code, &[(&one(1), 0, vec![]), (&one(1), 0, vec![])], vec![]);
    let cases = [
        ("relu", same(19), vec![1.0, 2.0, 3.0, 4.0]),
        (
            "multiply by a constant",
            single(
                18,
                &[
                    (&one(1), 0, vec![]),
                    (&[1], 0, floats(&[-2.0])),
                    (&one(1), 0, vec![]),
                ],
                vec![],
            ),
            vec![-2.0, -4.0, -6.0, -8.0],
        ),
        (
            "pad",
            single(
                34,
                &[
                    (&[1, 1, 2, 1], 0, vec![]),
                    (&[4, 2], 2, integers(&[0, 0, 1, 0, 0, 1, 0, 0])),
                    (&[1, 2, 3, 1], 0, vec![]),
                ],
                vec![],
            ),
            vec![0.0, 0.0, 0.0, 1.0, 2.0, 0.0],
        ),
        (
            "max pool",
            single(
                17,
                &[(&one(1), 0, vec![]), (&[1, 1, 1, 1], 0, vec![])],
                vec![I8(1), I32(2), I32(2), I32(2), I32(2)],
            ),
            vec![4.0],
        ),
        (
            "mean pool",
            single(
                1,
                &[(&one(1), 0, vec![]), (&[1, 1, 1, 1], 0, vec![])],
                vec![I8(1), I32(2), I32(2), I32(2), I32(2)],
            ),
            vec![2.5],
        ),
        (
            "depth to space",
            single(
                5,
                &[(&[1, 1, 1, 4], 0, vec![]), (&one(1), 0, vec![])],
                vec![I32(2)],
            ),
            vec![1.0, 2.0, 3.0, 4.0],
        ),
        (
            "reshape",
            single(22, &[(&one(1), 0, vec![]), (&[1, 4], 0, vec![])], vec![]),
            vec![1.0, 2.0, 3.0, 4.0],
        ),
        (
            "prelu",
            single(
                54,
                &[
                    (&one(1), 0, vec![]),
                    (&[1, 1, 1], 0, floats(&[9.0])),
                    (&one(1), 0, vec![]),
                ],
                vec![],
            ),
            vec![1.0, 2.0, 3.0, 4.0],
        ),
    ];
    for (name, model, expected) in cases {
        assert_eq!(run(&model), expected, "{name}");
    }
}

#[test]
fn transposed_convolution_makes_squares() {
    let mut model = convolution();
    model.tensors[0].0 = vec![1, 1, 2, 1];
    // One output channel that shows which corner it is.
    model.tensors[1] = (vec![1, 2, 2, 1], 0, floats(&[1.0, 10.0, 100.0, 1000.0]));
    model.tensors[2] = (vec![1], 0, floats(&[0.5]));
    model.tensors[3].0 = vec![1, 2, 4, 1];
    let operator = &mut model.operators[0];
    (operator.0, operator.1) = (32, "Convolution2DTransposeBias");
    operator.5 = integers(&[1, 2, 2]);
    assert_eq!(
        run(&model),
        [1.5, 10.5, 2.5, 20.5, 100.5, 1000.5, 200.5, 2000.5]
    );
}

/// A 1×1 convolution whose 2×3 weights are stored sparsely: row 0 has column 2, row 1 columns 0, 1.
fn sparse_file(change: impl Fn(&mut Vec<Field>)) -> Vec<u8> {
    let list = |values: &[i32]| Table(vec![I32s(values.to_vec())]);
    let dense = |extent| vec![I8(0), I32(extent)];
    let compressed = vec![
        I8(1),
        Absent,
        I8(1),
        list(&[0, 1, 3]),
        I8(1),
        list(&[2, 0, 1]),
    ];
    let mut sparsity = vec![
        I32s(vec![0, 1, 2, 3]),
        Absent,
        Tables(vec![dense(2), dense(1), dense(1), compressed]),
    ];
    change(&mut sparsity);
    let tensor = |shape: &[i32], buffer, sparsity: Option<Vec<Field>>| {
        let mut fields = vec![
            I32s(shape.to_vec()),
            I8(0),
            I32(buffer),
            Absent,
            Absent,
            Absent,
        ];
        fields.extend(sparsity.map(Table));
        fields
    };
    let tensors = vec![
        tensor(&[1, 1, 1, 3], 0, None),
        tensor(&[2, 1, 1, 3], 1, Some(sparsity)),
        tensor(&[2, 1, 1, 3], 0, None),
        tensor(&[1, 1, 1, 2], 0, None),
    ];
    let operators = vec![
        vec![I32(0), I32s(vec![1]), I32s(vec![2])],
        vec![
            I32(1),
            I32s(vec![0, 2]),
            I32s(vec![3]),
            Absent,
            Table(vec![I8(1), I32(1), I32(1)]),
        ],
    ];
    let subgraph = vec![
        Tables(tensors),
        I32s(vec![0]),
        I32s(vec![3]),
        Tables(operators),
    ];
    let code = |code| vec![Absent, Absent, Absent, I32(code)];
    let buffers = vec![vec![], vec![Bytes(floats(&[5.0, 6.0, 7.0]))]];
    let model = [
        I32(3),
        Tables(vec![code(124), code(3)]),
        Tables(vec![subgraph]),
        Absent,
        Tables(buffers),
    ];
    let mut file = vec![0; 8];
    file[4..8].copy_from_slice(b"TFL3");
    let root = write_table(&mut file, &model) as u32;
    file[..4].copy_from_slice(&root.to_le_bytes());
    file
}

#[test]
fn sparse_weights_are_spread() {
    let graph = read(&sparse_file(|_| {}), &mut Budget::new()).unwrap();
    let Op::Convolution(convolution) = &graph.nodes[0].op else {
        panic!("not a convolution");
    };
    assert_eq!(convolution.weights[..], [0.0, 0.0, 5.0, 6.0, 7.0, 0.0]);
    assert_eq!(convolution.bias[..], [0.0, 0.0]);
}

/// A change to a sparsity table.
type SparsityChange = fn(&mut Vec<Field>);

#[test]
fn sparse_weights_that_do_not_fit_are_refused() {
    fn list(sparsity: &mut [Field], field: usize, values: &[i32]) {
        if let Tables(axes) = &mut sparsity[2] {
            axes[3][field] = Table(vec![I32s(values.to_vec())]);
        }
    }
    let cases: [(&str, SparsityChange); 7] = [
        ("index beyond", |s| list(s, 5, &[2, 0, 3])),
        ("negative index", |s| list(s, 5, &[2, -1, 1])),
        ("too few indices", |s| list(s, 5, &[2, 0])),
        ("segments that fall", |s| list(s, 3, &[0, 3, 1])),
        ("segments beyond", |s| list(s, 3, &[0, 1, 4])),
        ("another order", |s| s[0] = I32s(vec![3, 2, 1, 0])),
        ("blocks", |s| s[1] = I32s(vec![0])),
    ];
    for (name, change) in cases {
        let error = read(&sparse_file(change), &mut Budget::new()).unwrap_err();
        let expected = matches!(
            error,
            LoadError::Inconsistent { .. } | LoadError::Unsupported { .. }
        );
        assert!(expected, "{name}: {error}");
    }
}

/// A change to the model of [`convolution`].
type Change = fn(&mut Model);

#[test]
fn contradictions_are_refused() {
    let cases: [(&str, Change); 14] = [
        ("output of another size", |m| {
            m.tensors[3].0 = vec![1, 3, 4, 2];
        }),
        ("weights for other channels", |m| {
            m.tensors[1].0 = vec![2, 3, 1, 3];
        }),
        ("too few weights", |m| m.tensors[1].2.truncate(68)),
        ("no weights", |m| m.tensors[1].2.clear()),
        ("bias of another length", |m| {
            m.tensors[2] = (vec![1], 0, floats(&[1.0]));
        }),
        ("input that does not exist", |m| {
            m.operators[0].2 = vec![9, 1, 2];
        }),
        ("negative input", |m| m.operators[0].2 = vec![-1, 1, 2]),
        ("input not made yet", |m| m.operators[0].2 = vec![3, 1, 2]),
        ("output that is the input", |m| m.operators[0].3 = vec![0]),
        ("stride 0", |m| m.operators[0].4[1] = I32(0)),
        ("stride below 0", |m| m.operators[0].4[2] = I32(-1)),
        ("missing weights", |m| m.operators[0].2 = vec![0]),
        ("net output that nothing makes", |m| m.outputs = vec![1]),
        ("negative extent", |m| m.tensors[0].0 = vec![1, 4, -4, 1]),
    ];
    for (name, change) in cases {
        let mut model = convolution();
        change(&mut model);
        let error = model.read().unwrap_err();
        assert!(
            matches!(error, LoadError::Inconsistent { .. }),
            "{name}: {error}"
        );
    }
}

#[test]
fn what_does_not_run_is_refused() {
    let cases: [(&str, Change); 12] = [
        ("unknown operator", |m| m.operators[0].0 = 99),
        ("unknown custom operator", |m| {
            (m.operators[0].0, m.operators[0].1) = (32, "Magic");
        }),
        ("batch of two", |m| m.tensors[0].0 = vec![2, 4, 4, 1]),
        ("five axes", |m| m.tensors[0].0 = vec![1, 1, 4, 4, 1]),
        ("bytes as input", |m| m.tensors[0].1 = 9),
        ("bytes as weights", |m| m.tensors[1].1 = 9),
        ("dilation", |m| m.operators[0].4.extend([I32(2), I32(1)])),
        ("unknown activation", |m| m.operators[0].4[3] = I8(4)),
        ("no outputs", |m| m.outputs.clear()),
        ("two inputs", |m| m.inputs = vec![0, 1]),
        ("two outputs of one operator", |m| {
            m.operators[0].3 = vec![3, 2];
        }),
        ("empty image", |m| m.tensors[0].0 = vec![1, 0, 4, 1]),
    ];
    for (name, change) in cases {
        let mut model = convolution();
        change(&mut model);
        let error = model.read().unwrap_err();
        assert!(
            matches!(error, LoadError::Unsupported { .. }),
            "{name}: {error}"
        );
    }
}

#[test]
fn sizes_are_bounded() {
    let cases: [(&str, Change); 5] = [
        ("tensor", |m| m.tensors[3].0 = vec![1, 1 << 15, 1 << 15, 2]),
        ("overflowing extents", |m| {
            m.tensors[3].0 = vec![i32::MAX; 4];
        }),
        ("extents hidden by a zero", |m| {
            m.tensors[3].0 = vec![i32::MAX, i32::MAX, i32::MAX, 0];
        }),
        ("padding of one channel", |m| {
            m.tensors[0].0 = vec![1, 1 << 10, 1 << 10, 1];
            m.tensors[3].0 = vec![1, 1 << 10, 1 << 10, 8];
            // Eight channels fit, padded to sixteen they do not.
            m.tensors[3].0[1] = 1 << 10;
            m.tensors[0].0[1] = 1 << 20;
        }),
        ("outputs", |m| m.outputs = vec![3; 9]),
    ];
    for (name, change) in cases {
        let mut model = convolution();
        change(&mut model);
        let error = model.read().unwrap_err();
        assert!(
            matches!(error, LoadError::TooLarge { .. }),
            "{name}: {error}"
        );
    }
}

#[test]
fn many_large_buffers_are_too_much_together() {
    // Each tensor is allowed, but all of them stay alive as outputs.
    let side = 1 << 9;
    let shape = vec![1, side, side, LANES as i32];
    let mut model = convolution();
    model.tensors = vec![(shape, 0, vec![]); 9];
    model.operators = (1..9)
        .map(|k| (19, "", vec![k - 1], vec![k], vec![], vec![]))
        .collect();
    model.outputs = (1..9).collect();
    let error = Net::load(&model.write()).unwrap_err();
    assert!(matches!(error, LoadError::TooLarge { .. }), "{error}");
    model.outputs = vec![8];
    assert!(Net::load(&model.write()).is_ok());
}

#[test]
fn messages_name_the_place_and_the_remedy() {
    let mut model = convolution();
    model.operators[0].0 = 99;
    let message = model.read().unwrap_err().to_string();
    assert!(message.contains("operator 0 (code 99)"), "{message}");
    assert!(message.contains("README"), "{message}");
    assert_eq!(
        read(b"GIF89a....", &mut Budget::new()).unwrap_err(),
        LoadError::NotTflite
    );
}
