//! JSON, read with limits and without copying texts.

use super::document::{DEEPEST, MOST_VALUES, Record, Value, twice, unreadable};
use crate::codes::ApiError;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

/// The one object of a body.
pub(super) fn parse(bytes: &[u8]) -> Result<Record<'_>, ApiError> {
    let left = Cell::new(MOST_VALUES);
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let reader = Reader {
        left: &left,
        depth: 0,
    };
    let value = reader
        .deserialize(&mut json)
        .and_then(|value| json.end().map(|()| value))
        .map_err(|error| unreadable(format!("this is no JSON that is read here: {error}")))?;
    match value {
        Value::Record(fields) => Ok(fields),
        _ => Err(unreadable("the body must be one JSON object")),
    }
}

/// Reads one value; how many values may still come is shared by all readers of a body.
#[derive(Clone, Copy)]
struct Reader<'c> {
    left: &'c Cell<usize>,
    depth: usize,
}

impl Reader<'_> {
    /// For the values inside this one.
    fn inner<E: Error>(self) -> Result<Self, E> {
        if self.depth == DEEPEST {
            return Err(E::custom(format!("nested more than {DEEPEST} deep")));
        }
        Ok(Reader {
            depth: self.depth + 1,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        let Some(left) = self.left.get().checked_sub(1) else {
            return Err(D::Error::custom(format!("more than {MOST_VALUES} values")));
        };
        self.left.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'de>, E> {
        Ok(Value::Integer(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(Value::Integer(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value<'de>, E> {
        Ok(Value::Float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value<'de>, A::Error> {
        let reader = self.inner()?;
        let mut list = Vec::new();
        while let Some(value) = entries.next_element_seed(reader)? {
            list.push(value);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value<'de>, A::Error> {
        let reader = self.inner()?;
        let mut record = Record::new();
        while let Some(name) = entries.next_key::<Cow<'de, str>>()? {
            let value = entries.next_value_seed(reader)?;
            if record.contains_key(&name) {
                return Err(A::Error::custom(twice(&name)));
            }
            record.insert(name, value);
        }
        Ok(Value::Record(record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_apart() {
        let text = r#"{"a":null,"b":true,"c":-1,"d":18446744073709551615,"e":1e30,"f":"x","g":"\/人","h":[{}]}"#;
        let record = parse(text.as_bytes()).unwrap();
        let expected = [
            ("a", Value::Null),
            ("b", Value::Bool),
            ("c", Value::Integer(-1)),
            ("d", Value::Integer(u64::MAX.into())),
            ("e", Value::Float(1e30)),
            ("f", Value::Text("x".into())),
            ("g", Value::Text("/人".into())),
            ("h", Value::List(vec![Value::Record(Record::new())])),
        ];
        assert_eq!(record.len(), expected.len());
        for (name, value) in expected {
            assert_eq!(record[name], value, "{name}");
        }
    }

    #[test]
    fn what_is_no_json_object() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(DEEPEST), "]".repeat(DEEPEST));
        let deeper = format!("{{\"a\":{}{}}}", "[".repeat(9999), "]".repeat(9999));
        let many = format!("{{\"a\":[{}0]}}", "0,".repeat(MOST_VALUES));
        for (text, part) in [
            ("", "EOF"),
            ("{", "EOF"),
            ("[]", "one JSON object"),
            ("null", "one JSON object"),
            ("{} {}", "trailing"),
            ("\u{feff}{}", "expected value"),
            ("{'a':1}", "key must be a string"),
            ("{\"a\":NaN}", "expected value"),
            ("{\"a\":1e400}", "number out of range"),
            ("{\"a\":\"\\ud800\"}", "hex escape"),
            ("{\"a\":1,\"a\":2}", "the field a occurs twice"),
            ("{\"x\":{\"a\":1,\"a\":1}}", "the field a occurs twice"),
            (deep.as_str(), "nested more than 32 deep"),
            (deeper.as_str(), "nested more than 32 deep"),
            (many.as_str(), "more than 100000 values"),
        ] {
            let Err(ApiError::Unreadable { reason }) = parse(text.as_bytes()) else {
                panic!("read: {part}");
            };
            assert!(reason.contains(part), "{reason}, not {part}");
        }
        assert!(parse(b"{\"a\":\"\xff\"}").is_err());
    }
}
