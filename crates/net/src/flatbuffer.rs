//! Reads FlatBuffers tables; every offset and length is checked against the file.
//!
//! The format: <https://flatbuffers.dev/internals/>. A table starts with the distance back to its
//! vtable; the vtable lists, for each field id, where in the table the field lies (0: absent).

use crate::LoadError;

/// Longer names are cut: many tables may share one string of the file's size.
const LONGEST_NAME: usize = 128;

/// A table in a FlatBuffers file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table<'a> {
    bytes: &'a [u8],
    position: usize,
    vtable: usize,
    vtable_length: usize,
}

/// A vector whose elements lie one after another in the file.
#[derive(Debug, Clone, Copy)]
struct Vector {
    start: usize,
    count: usize,
}

/// A vector of tables.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tables<'a> {
    bytes: &'a [u8],
    vector: Vector,
}

fn read<const N: usize>(
    bytes: &[u8],
    offset: usize,
    what: &'static str,
) -> Result<[u8; N], LoadError> {
    offset
        .checked_add(N)
        .and_then(|end| bytes.get(offset..end))
        .and_then(|slice| slice.try_into().ok())
        .ok_or(LoadError::Damaged { what, offset })
}

fn read_u32(bytes: &[u8], offset: usize, what: &'static str) -> Result<usize, LoadError> {
    Ok(u32::from_le_bytes(read(bytes, offset, what)?) as usize)
}

/// Follows the 32-bit forward offset stored at `offset`.
fn follow(bytes: &[u8], offset: usize, what: &'static str) -> Result<usize, LoadError> {
    let distance = read_u32(bytes, offset, what)?;
    offset
        .checked_add(distance)
        .filter(|&target| target < bytes.len())
        .ok_or(LoadError::Damaged { what, offset })
}

impl<'a> Table<'a> {
    /// The root table of a file.
    pub(crate) fn root(bytes: &'a [u8]) -> Result<Self, LoadError> {
        Self::at(bytes, follow(bytes, 0, "root table")?)
    }

    fn at(bytes: &'a [u8], position: usize) -> Result<Self, LoadError> {
        let what = "table";
        let back = i64::from(i32::from_le_bytes(read(bytes, position, what)?));
        let vtable = usize::try_from(position as i64 - back).map_err(|_| LoadError::Damaged {
            what: "vtable",
            offset: position,
        })?;
        let vtable_length = usize::from(u16::from_le_bytes(read(bytes, vtable, "vtable")?));
        Ok(Self {
            bytes,
            position,
            vtable,
            vtable_length,
        })
    }

    /// Where field `id` lies, or `None` when the table leaves it out.
    fn field(&self, id: usize) -> Result<Option<usize>, LoadError> {
        let entry = 4 + 2 * id;
        if entry + 2 > self.vtable_length {
            return Ok(None);
        }
        let distance = u16::from_le_bytes(read(self.bytes, self.vtable + entry, "vtable entry")?);
        Ok((distance != 0).then(|| self.position + usize::from(distance)))
    }

    /// A 32-bit signed field.
    pub(crate) fn i32(&self, id: usize, default: i32) -> Result<i32, LoadError> {
        match self.field(id)? {
            None => Ok(default),
            Some(offset) => Ok(i32::from_le_bytes(read(self.bytes, offset, "number")?)),
        }
    }

    /// An 8-bit signed field (enumerations are stored so).
    pub(crate) fn i8(&self, id: usize, default: i8) -> Result<i8, LoadError> {
        match self.field(id)? {
            None => Ok(default),
            Some(offset) => Ok(i8::from_le_bytes(read(self.bytes, offset, "number")?)),
        }
    }

    /// A truth value, absent meaning false.
    pub(crate) fn bool(&self, id: usize) -> Result<bool, LoadError> {
        Ok(self.i8(id, 0)? != 0)
    }

    /// A table field.
    pub(crate) fn table(&self, id: usize) -> Result<Option<Table<'a>>, LoadError> {
        match self.field(id)? {
            None => Ok(None),
            Some(offset) => {
                Table::at(self.bytes, follow(self.bytes, offset, "table offset")?).map(Some)
            }
        }
    }

    fn vector(&self, id: usize, element_bytes: usize) -> Result<Vector, LoadError> {
        let Some(offset) = self.field(id)? else {
            return Ok(Vector { start: 0, count: 0 });
        };
        let length = follow(self.bytes, offset, "vector offset")?;
        let count = read_u32(self.bytes, length, "vector length")?;
        let start = length + 4;
        count
            .checked_mul(element_bytes)
            .and_then(|size| start.checked_add(size))
            .filter(|&end| end <= self.bytes.len())
            .map(|_| Vector { start, count })
            .ok_or(LoadError::Damaged {
                what: "vector",
                offset: length,
            })
    }

    /// A vector of tables; empty when absent.
    pub(crate) fn tables(&self, id: usize) -> Result<Tables<'a>, LoadError> {
        Ok(Tables {
            bytes: self.bytes,
            vector: self.vector(id, 4)?,
        })
    }

    /// A vector of bytes (or a string's bytes); empty when absent.
    pub(crate) fn bytes(&self, id: usize) -> Result<&'a [u8], LoadError> {
        let Vector { start, count } = self.vector(id, 1)?;
        Ok(&self.bytes[start..start + count])
    }

    /// A name: the start of a string, what is not UTF-8 in it replaced. Empty when absent.
    pub(crate) fn name(&self, id: usize) -> Result<String, LoadError> {
        let bytes = self.bytes(id)?;
        let start = &bytes[..bytes.len().min(LONGEST_NAME)];
        Ok(String::from_utf8_lossy(start).into_owned())
    }

    /// A vector of 32-bit signed numbers, read as it is iterated; empty when absent.
    pub(crate) fn i32s(&self, id: usize) -> Result<impl ExactSizeIterator<Item = i32>, LoadError> {
        let raw = self.elements::<4>(id)?;
        Ok(raw.iter().map(|bytes| i32::from_le_bytes(*bytes)))
    }

    /// A vector of 16-bit unsigned numbers; empty when absent.
    pub(crate) fn u16s(&self, id: usize) -> Result<impl ExactSizeIterator<Item = u16>, LoadError> {
        let raw = self.elements::<2>(id)?;
        Ok(raw.iter().map(|bytes| u16::from_le_bytes(*bytes)))
    }

    fn elements<const N: usize>(&self, id: usize) -> Result<&'a [[u8; N]], LoadError> {
        let Vector { start, count } = self.vector(id, N)?;
        Ok(self.bytes[start..start + count * N].as_chunks().0)
    }
}

impl<'a> Tables<'a> {
    /// How many tables there are.
    pub(crate) fn len(&self) -> usize {
        self.vector.count
    }

    /// The table at `index`, or an error when there is none.
    pub(crate) fn get(&self, index: usize) -> Result<Table<'a>, LoadError> {
        let offset = self.vector.start + 4 * index.min(self.vector.count);
        if index >= self.vector.count {
            return Err(LoadError::Damaged {
                what: "table index",
                offset,
            });
        }
        Table::at(self.bytes, follow(self.bytes, offset, "table offset")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table with an i32 7 (field 0), nothing (field 1) and the bytes "abc" (field 2).
    fn sample() -> Vec<u8> {
        let mut file = Vec::new();
        file.extend(14_u32.to_le_bytes()); // 0: root at 14
        for half in [10_u16, 12, 4, 0, 8] {
            file.extend(half.to_le_bytes()); // 4: vtable
        }
        file.extend(10_i32.to_le_bytes()); // 14: vtable is 10 back
        file.extend(7_i32.to_le_bytes()); // 18
        file.extend(4_u32.to_le_bytes()); // 22: vector 4 ahead
        file.extend(3_u32.to_le_bytes()); // 26
        file.extend(b"abc"); // 30
        file
    }

    #[test]
    fn fields_present_absent_and_beyond() {
        let file = sample();
        let root = Table::root(&file).unwrap();
        assert_eq!(root.i32(0, 1).unwrap(), 7);
        assert_eq!(root.i32(1, 1).unwrap(), 1);
        assert_eq!(root.i32(9, 1).unwrap(), 1);
        assert_eq!(root.bytes(2).unwrap(), b"abc");
        assert_eq!(root.name(2).unwrap(), "abc");
        assert_eq!(root.tables(1).unwrap().len(), 0);
        assert!(root.tables(1).unwrap().get(0).is_err());
    }

    #[test]
    fn every_truncation_is_an_error_or_reads_less() {
        let file = sample();
        for length in 0..file.len() {
            let cut = &file[..length];
            let all = Table::root(cut).and_then(|root| {
                root.i32(0, 0)?;
                root.bytes(2).map(<[u8]>::to_vec)
            });
            assert!(all.is_err(), "{length}");
        }
    }

    #[test]
    fn hostile_offsets() {
        for (position, value) in [
            (0, u32::MAX),
            (14, 0x8000_0000),
            (14, 15),
            (22, u32::MAX),
            (26, u32::MAX),
        ] {
            let mut file = sample();
            file[position..position + 4].copy_from_slice(&value.to_le_bytes());
            let all = Table::root(&file).and_then(|root| root.bytes(2).map(<[u8]>::len));
            assert!(all.is_err(), "{position} {value:#x}");
        }
    }
}
