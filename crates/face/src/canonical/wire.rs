//! Reads the few fields of `GeometryPipelineMetadata` that the engine needs.
//!
//! Encoding: Protocol Buffers wire format. Fields: 1 = mesh {3 = vertex floats, 4 = indices},
//! 2 = rigid basis {1 = index, 2 = weight}; unknown fields are passed over.

use super::CanonicalError;

/// The raw content of the file.
#[derive(Debug, Default)]
pub(super) struct Geometry {
    /// Five floats a vertex: x, y, z, u, v.
    pub(super) vertex_buffer: Vec<f32>,
    /// Three indices a triangle.
    pub(super) index_buffer: Vec<u32>,
    /// Index and weight.
    pub(super) rigid: Vec<(u32, f32)>,
}

enum Value<'a> {
    Varint(u64),
    Fixed32([u8; 4]),
    Bytes(&'a [u8]),
}

struct Fields<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Fields<'a> {
    fn malformed(&self) -> CanonicalError {
        CanonicalError::Malformed { at: self.at }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], CanonicalError> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let taken = rest.get(..count).ok_or_else(|| self.malformed())?;
        self.at += count;
        Ok(taken)
    }

    fn varint(&mut self) -> Result<u64, CanonicalError> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(self.malformed())
    }

    fn fixed32(&mut self) -> Result<[u8; 4], CanonicalError> {
        let taken = self.take(4)?;
        Ok([taken[0], taken[1], taken[2], taken[3]])
    }

    /// The next field's number and value; `None` at the end.
    fn next(&mut self) -> Result<Option<(u64, Value<'a>)>, CanonicalError> {
        if self.at >= self.bytes.len() {
            return Ok(None);
        }
        let key = self.varint()?;
        let value = match key & 7 {
            0 => Value::Varint(self.varint()?),
            2 => {
                let length = self.varint()?;
                let length = usize::try_from(length).map_err(|_| self.malformed())?;
                Value::Bytes(self.take(length)?)
            }
            5 => Value::Fixed32(self.fixed32()?),
            _ => return Err(self.malformed()),
        };
        Ok(Some((key >> 3, value)))
    }
}

fn fields(bytes: &[u8]) -> Fields<'_> {
    Fields { bytes, at: 0 }
}

pub(super) fn parse(bytes: &[u8]) -> Result<Geometry, CanonicalError> {
    let mut geometry = Geometry::default();
    let mut outer = fields(bytes);
    while let Some((number, value)) = outer.next()? {
        match (number, value) {
            (1, Value::Bytes(mesh)) => parse_mesh(mesh, &mut geometry)?,
            (2, Value::Bytes(entry)) => geometry.rigid.push(parse_rigid(entry)?),
            _ => {}
        }
    }
    Ok(geometry)
}

fn parse_mesh(bytes: &[u8], geometry: &mut Geometry) -> Result<(), CanonicalError> {
    let mut mesh = fields(bytes);
    while let Some((number, value)) = mesh.next()? {
        match (number, value) {
            (3, Value::Fixed32(float)) => geometry.vertex_buffer.push(f32::from_le_bytes(float)),
            (3, Value::Bytes(packed)) => {
                let mut packed = fields(packed);
                while packed.at < packed.bytes.len() {
                    geometry
                        .vertex_buffer
                        .push(f32::from_le_bytes(packed.fixed32()?));
                }
            }
            (4, Value::Varint(index)) => geometry.index_buffer.push(index as u32),
            (4, Value::Bytes(packed)) => {
                let mut packed = fields(packed);
                while packed.at < packed.bytes.len() {
                    geometry.index_buffer.push(packed.varint()? as u32);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn parse_rigid(bytes: &[u8]) -> Result<(u32, f32), CanonicalError> {
    let (mut index, mut weight) = (0, 0.0);
    let mut entry = fields(bytes);
    while let Some((number, value)) = entry.next()? {
        match (number, value) {
            (1, Value::Varint(value)) => index = value as u32,
            (2, Value::Fixed32(value)) => weight = f32::from_le_bytes(value),
            _ => {}
        }
    }
    Ok((index, weight))
}
