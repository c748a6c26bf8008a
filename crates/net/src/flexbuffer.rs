//! Reads the FlexBuffers maps in which custom operators keep their options.
//!
//! The format: <https://flatbuffers.dev/internals/#flexbuffers>. It is read from the end: the last
//! byte is the width of the root value, the one before its packed type (kind × 4 + width), before
//! that the value. Offsets point backwards.

/// Kinds of values, as far as options need them.
mod kind {
    pub(super) const INT: u8 = 1;
    pub(super) const UINT: u8 = 2;
    pub(super) const FLOAT: u8 = 3;
    pub(super) const MAP: u8 = 9;
    pub(super) const VECTOR_INT: u8 = 11;
    pub(super) const VECTOR_UINT: u8 = 12;
}

/// A map from names to values. Whatever does not fit the file reads as missing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Map<'a> {
    bytes: &'a [u8],
    values: Vector,
    keys: Vector,
}

/// Where a vector's elements start, how many there are and how wide each is, in bytes.
#[derive(Debug, Clone, Copy)]
struct Vector {
    start: usize,
    count: usize,
    width: usize,
}

/// A value: its bytes' place, how wide it is there, and its packed type.
#[derive(Debug, Clone, Copy)]
struct Value {
    at: usize,
    width: usize,
    packed: u8,
}

impl Value {
    fn kind(self) -> u8 {
        self.packed >> 2
    }

    /// How wide the elements are of what it points to.
    fn target_width(self) -> usize {
        1 << (self.packed & 3)
    }
}

fn unsigned(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let slice = bytes.get(at..at.checked_add(width)?)?;
    let mut whole = [0; 8];
    whole.get_mut(..width)?.copy_from_slice(slice);
    Some(u64::from_le_bytes(whole))
}

fn signed(bytes: &[u8], at: usize, width: usize) -> Option<i64> {
    let shift = 64 - 8 * width as u32;
    Some((unsigned(bytes, at, width)? << shift) as i64 >> shift)
}

/// Follows the backward offset at `at`.
fn follow(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    at.checked_sub(usize::try_from(unsigned(bytes, at, width)?).ok()?)
}

impl Vector {
    /// The vector whose elements start at `start`; its length lies before.
    fn at(bytes: &[u8], start: usize, width: usize) -> Option<Self> {
        let count = unsigned(bytes, start.checked_sub(width)?, width)?;
        let count = usize::try_from(count).ok()?;
        let end = start.checked_add(count.checked_mul(width)?)?;
        (end <= bytes.len()).then_some(Self {
            start,
            count,
            width,
        })
    }

    fn element(self, index: usize) -> usize {
        self.start + index * self.width
    }
}

impl<'a> Map<'a> {
    /// The map that a file consists of.
    pub(crate) fn root(bytes: &'a [u8]) -> Option<Self> {
        let (&width, rest) = bytes.split_last()?;
        let (&packed, rest) = rest.split_last()?;
        let root = Value {
            at: rest.len().checked_sub(usize::from(width))?,
            width: usize::from(width),
            packed,
        };
        if root.kind() != kind::MAP || !matches!(width, 1 | 2 | 4 | 8) {
            return None;
        }
        let width = root.target_width();
        let start = follow(bytes, root.at, root.width)?;
        // Before the values' length lie the keys' width and, before that, the offset to them.
        let keys_width = unsigned(bytes, start.checked_sub(2 * width)?, width)?;
        if !matches!(keys_width, 1 | 2 | 4 | 8) {
            return None;
        }
        let keys = follow(bytes, start.checked_sub(3 * width)?, width)?;
        Some(Self {
            bytes,
            values: Vector::at(bytes, start, width)?,
            keys: Vector::at(bytes, keys, keys_width as usize)?,
        })
    }

    fn get(&self, name: &str) -> Option<Value> {
        let Vector { count, width, .. } = self.keys;
        let matches = |&index: &usize| {
            let key = follow(self.bytes, self.keys.element(index), width);
            let key = key.and_then(|start| self.bytes.get(start..start + name.len() + 1));
            key.is_some_and(|key| key[..name.len()] == *name.as_bytes() && key[name.len()] == 0)
        };
        let index = (0..count.min(self.values.count)).find(matches)?;
        // The values' types lie after them, one byte each.
        let types = self.values.element(self.values.count);
        Some(Value {
            at: self.values.element(index),
            width: self.values.width,
            packed: *self.bytes.get(types + index)?,
        })
    }

    /// A whole number.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        let value = self.get(name)?;
        match value.kind() {
            kind::INT => signed(self.bytes, value.at, value.width),
            kind::UINT => unsigned(self.bytes, value.at, value.width)?.try_into().ok(),
            _ => None,
        }
    }

    /// A number, whole or not.
    pub(crate) fn number(&self, name: &str) -> Option<f32> {
        let value = self.get(name)?;
        if value.kind() != kind::FLOAT {
            return self.integer(name).map(|number| number as f32);
        }
        let bits = unsigned(self.bytes, value.at, value.width)?;
        match value.width {
            4 => Some(f32::from_bits(bits as u32)),
            8 => Some(f64::from_bits(bits) as f32),
            _ => None,
        }
    }

    /// A vector of whole numbers.
    pub(crate) fn integers(&self, name: &str) -> Option<Vec<i64>> {
        let value = self.get(name)?;
        let width = value.target_width();
        let start = follow(self.bytes, value.at, value.width)?;
        let vector = Vector::at(self.bytes, start, width)?;
        let elements = (0..vector.count).map(|index| vector.element(index));
        match value.kind() {
            kind::VECTOR_INT => elements.map(|at| signed(self.bytes, at, width)).collect(),
            kind::VECTOR_UINT => elements
                .map(|at| unsigned(self.bytes, at, width)?.try_into().ok())
                .collect(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The map {"a": -2, "b": 0.5, "c": [1, 300]}, every value four bytes wide.
    fn sample() -> Vec<u8> {
        let mut file = b"a\0b\0c\0\0\0".to_vec(); // 0, 2, 4
        file.extend([2, 0, 1, 0, 44, 1]); // 8: two 16-bit numbers, from 10
        file.extend([0, 0]);
        file.extend([3, 17, 16, 15]); // 16: three keys from 17, at 0, 2 and 4
        file.extend(3_u32.to_le_bytes()); // 20: the keys are 3 back, at 17
        file.extend(1_u32.to_le_bytes()); // 24: their width
        file.extend(3_u32.to_le_bytes()); // 28: three values from 32
        file.extend((-2_i32).to_le_bytes());
        file.extend(0.5_f32.to_le_bytes());
        file.extend(30_u32.to_le_bytes()); // 40: 30 back, at 10
        file.extend([1 << 2 | 2, 3 << 2 | 2, 11 << 2 | 1]);
        file.extend([15, 9 << 2 | 2, 1]); // 47: the root is 15 back, at 32
        file
    }

    #[test]
    fn reads_numbers_and_vectors() {
        let file = sample();
        let map = Map::root(&file).unwrap();
        assert_eq!(map.integer("a"), Some(-2));
        assert_eq!(map.number("a"), Some(-2.0));
        assert_eq!(map.number("b"), Some(0.5));
        assert_eq!(map.integers("c"), Some(vec![1, 300]));
        assert_eq!(map.integer("b"), None);
        assert_eq!(map.integer("d"), None);
        assert_eq!(map.integers("a"), None);
    }

    #[test]
    fn damage_never_panics() {
        let file = sample();
        for start in 0..file.len() {
            for end in start..file.len() {
                read_all(&file[start..end]);
            }
        }
        for position in 0..file.len() {
            for value in [0, 1, 2, 4, 8, 127, 255] {
                let mut damaged = file.clone();
                damaged[position] = value;
                read_all(&damaged);
            }
        }
    }

    fn read_all(file: &[u8]) {
        if let Some(map) = Map::root(file) {
            for name in ["a", "b", "c"] {
                let _ = (map.integer(name), map.number(name), map.integers(name));
            }
        }
    }
}
