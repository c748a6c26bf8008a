use super::document::{Record, Value};
use crate::codes::{ApiError, shown};
use std::ops::RangeInclusive;

const STRING: &str = "String";
const INTEGER: &str = "Integer";
const FLOAT: &str = "Float";
const OBJECT: &str = "Object";
const ARRAY: &str = "Array of Object";

/// The fields of one object, which know their path. A field that is `null` is absent.
#[derive(Clone, Debug)]
pub(super) struct Fields<'v> {
    /// With a point at the end, or empty for the request itself.
    path: String,
    record: &'v Record<'v>,
}

impl<'v> Fields<'v> {
    /// The fields of the request itself.
    pub(super) fn new(record: &'v Record<'v>) -> Fields<'v> {
        Fields {
            path: String::new(),
            record,
        }
    }

    /// How a field is called in messages, such as `MergeInfos.0.Url`.
    pub(super) fn path_of(&self, name: &str) -> String {
        format!("{}{name}", self.path)
    }

    fn get(&self, name: &str) -> Option<&'v Value<'v>> {
        self.record.get(name).filter(|value| **value != Value::Null)
    }

    fn missing(&self, name: &str) -> ApiError {
        let path = self.path_of(name);
        ApiError::FieldMissing { path }
    }

    fn wrong_type(&self, name: &str, expected: &'static str) -> ApiError {
        let path = self.path_of(name);
        ApiError::WrongType { path, expected }
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&'v str>, ApiError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Text(text) | Value::Loose(text)) => Ok(Some(text)),
            Some(_) => Err(self.wrong_type(name, STRING)),
        }
    }

    /// As [`Fields::text`]; an empty text is absent, too.
    pub(super) fn filled_text(&self, name: &str) -> Result<Option<&'v str>, ApiError> {
        Ok(self.text(name)?.filter(|text| !text.is_empty()))
    }

    pub(super) fn required_text(&self, name: &str) -> Result<&'v str, ApiError> {
        self.text(name)?.ok_or_else(|| self.missing(name))
    }

    /// A text with so many characters.
    pub(super) fn text_of_length(
        &self,
        name: &str,
        allowed: RangeInclusive<usize>,
    ) -> Result<&'v str, ApiError> {
        let text = self.required_text(name)?;
        let length = text.chars().count();
        if allowed.contains(&length) {
            return Ok(text);
        }
        Err(ApiError::TextLength {
            path: self.path_of(name),
            length,
            least: *allowed.start(),
            most: *allowed.end(),
        })
    }

    pub(super) fn integer(&self, name: &str) -> Result<Option<i128>, ApiError> {
        let wrong = || self.wrong_type(name, INTEGER);
        match self.get(name) {
            None => Ok(None),
            Some(Value::Integer(number)) => Ok(Some(*number)),
            Some(Value::Loose(text)) => text.parse().map(Some).map_err(|_| wrong()),
            Some(_) => Err(wrong()),
        }
    }

    pub(super) fn required_integer(&self, name: &str) -> Result<i128, ApiError> {
        self.integer(name)?.ok_or_else(|| self.missing(name))
    }

    /// A whole number within a range.
    pub(super) fn integer_in<N>(
        &self,
        name: &str,
        allowed: RangeInclusive<N>,
    ) -> Result<Option<N>, ApiError>
    where
        N: Copy + PartialOrd + TryFrom<i128> + std::fmt::Display,
    {
        let Some(number) = self.integer(name)? else {
            return Ok(None);
        };
        match N::try_from(number) {
            Ok(fitting) if allowed.contains(&fitting) => Ok(Some(fitting)),
            _ => Err(self.out_of_range(name, &number, range(&allowed))),
        }
    }

    /// A number within a range. Infinities and what is no number at all are of the wrong type.
    pub(super) fn number_in(
        &self,
        name: &str,
        allowed: RangeInclusive<f64>,
    ) -> Result<Option<f64>, ApiError> {
        let number = match self.get(name) {
            None => return Ok(None),
            Some(Value::Integer(number)) => *number as f64,
            Some(Value::Float(number)) => *number,
            Some(Value::Loose(text)) => text.parse().unwrap_or(f64::NAN),
            Some(_) => f64::NAN,
        };
        if !number.is_finite() {
            return Err(self.wrong_type(name, FLOAT));
        }
        if !allowed.contains(&number) {
            return Err(self.out_of_range(name, &number, range(&allowed)));
        }
        Ok(Some(number))
    }

    /// A switch that is written as the number 0 or 1.
    pub(super) fn switch(&self, name: &str) -> Result<Option<bool>, ApiError> {
        match self.number_in(name, 0.0..=1.0)? {
            None => Ok(None),
            Some(0.0) => Ok(Some(false)),
            Some(1.0) => Ok(Some(true)),
            Some(number) => Err(self.out_of_range(name, &number, "0, 1".to_owned())),
        }
    }

    pub(super) fn out_of_range(
        &self,
        name: &str,
        value: &impl ToString,
        range: String,
    ) -> ApiError {
        ApiError::OutOfRange {
            path: self.path_of(name),
            value: shown(&value.to_string()),
            range,
        }
    }

    pub(super) fn record(&self, name: &str) -> Result<Option<Fields<'v>>, ApiError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Record(record)) => Ok(Some(Fields {
                path: format!("{}{name}.", self.path),
                record,
            })),
            Some(_) => Err(self.wrong_type(name, OBJECT)),
        }
    }

    pub(super) fn required_record(&self, name: &str) -> Result<Fields<'v>, ApiError> {
        self.record(name)?.ok_or_else(|| self.missing(name))
    }

    /// A list of objects with so many entries.
    pub(super) fn records(
        &self,
        name: &str,
        allowed: RangeInclusive<usize>,
    ) -> Result<Option<Vec<Fields<'v>>>, ApiError> {
        let list = match self.get(name) {
            None => return Ok(None),
            Some(Value::List(list)) => list,
            Some(_) => return Err(self.wrong_type(name, ARRAY)),
        };
        if !allowed.contains(&list.len()) {
            return Err(ApiError::EntryCount {
                path: self.path_of(name),
                count: list.len(),
                least: *allowed.start(),
                most: *allowed.end(),
            });
        }
        let entry = |(index, value): (usize, &'v Value<'v>)| match value {
            Value::Record(record) => Ok(Fields {
                path: format!("{}{name}.{index}.", self.path),
                record,
            }),
            _ => Err(self.wrong_type(&format!("{name}.{index}"), OBJECT)),
        };
        list.iter()
            .enumerate()
            .map(entry)
            .collect::<Result<_, _>>()
            .map(Some)
    }

    pub(super) fn required_records(
        &self,
        name: &str,
        allowed: RangeInclusive<usize>,
    ) -> Result<Vec<Fields<'v>>, ApiError> {
        self.records(name, allowed)?
            .ok_or_else(|| self.missing(name))
    }
}

fn range<N: std::fmt::Display>(allowed: &RangeInclusive<N>) -> String {
    format!("{}..{}", allowed.start(), allowed.end())
}
