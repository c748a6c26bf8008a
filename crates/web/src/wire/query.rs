//! Fields flattened into a query: `MergeInfos.0.Url=https%3A%2F%2F…`.

use super::document::{DEEPEST, Record, Value, twice, unreadable};
use crate::codes::{ApiError, shown};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// The object that a query's names describe. Every value may be meant as text or as a number.
pub(super) fn parse(query: &str) -> Result<Record<'static>, ApiError> {
    let mut root = Record::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode(name)?;
        let steps: Vec<&str> = name.split('.').collect();
        if steps.len() > DEEPEST {
            return Err(unreadable(format!("nested more than {DEEPEST} deep")));
        }
        if steps.contains(&"") {
            let name = shown(&name);
            return Err(unreadable(format!("the name {name} has an empty part")));
        }
        insert(&mut root, &steps, &name, decode(value)?)?;
    }
    with_lists(root, "")
}

/// A name or value without its percent signs; a plus stands for a space.
fn decode(text: &str) -> Result<String, ApiError> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8();
    decoded
        .map(Cow::into_owned)
        .map_err(|_| unreadable(format!("{} is not UTF-8", shown(text))))
}

fn insert(
    record: &mut Record<'static>,
    steps: &[&str],
    name: &str,
    value: String,
) -> Result<(), ApiError> {
    match steps {
        [] => Ok(()),
        [last] => match record.insert(Cow::Owned((*last).to_owned()), Value::Loose(value.into())) {
            None => Ok(()),
            Some(_) => Err(unreadable(twice(name))),
        },
        [first, rest @ ..] => {
            let inner = record
                .entry(Cow::Owned((*first).to_owned()))
                .or_insert_with(|| Value::Record(Record::new()));
            match inner {
                Value::Record(inner) => insert(inner, rest, name, value),
                _ => Err(unreadable(twice(name))),
            }
        }
    }
}

/// Makes lists of the objects whose names are numbers.
fn with_lists(record: Record<'static>, path: &str) -> Result<Record<'static>, ApiError> {
    record
        .into_iter()
        .map(|(name, value)| {
            let path = format!("{path}{name}.");
            let value = match value {
                Value::Record(inner) => list_or_record(with_lists(inner, &path)?, &path)?,
                other => other,
            };
            Ok((name, value))
        })
        .collect()
}

fn list_or_record(mut record: Record<'static>, path: &str) -> Result<Value<'static>, ApiError> {
    let is_index = |name: &Cow<'_, str>| name.bytes().all(|byte| byte.is_ascii_digit());
    if !record.keys().all(is_index) {
        return Ok(Value::Record(record));
    }
    let list: Vec<Value<'static>> = (0..record.len())
        .map_while(|index| record.remove(index.to_string().as_str()))
        .collect();
    if record.is_empty() {
        return Ok(Value::List(list));
    }
    let path = shown(path.trim_end_matches('.'));
    Err(unreadable(format!(
        "the entries of {path} must be numbered 0, 1, 2 and so on"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loose(text: &'static str) -> Value<'static> {
        Value::Loose(text.into())
    }

    #[test]
    fn names_describe_objects_and_lists() {
        let record = parse("B.1.X=b+b&A=1%2B1&B.0.X=%E4%BA%BA&C.D=&E&").unwrap();
        let entry = |text| Value::Record(Record::from([("X".into(), loose(text))]));
        let expected = Record::from([
            ("A".into(), loose("1+1")),
            ("B".into(), Value::List(vec![entry("人"), entry("b b")])),
            (
                "C".into(),
                Value::Record(Record::from([("D".into(), loose(""))])),
            ),
            ("E".into(), loose("")),
        ]);
        assert_eq!(record, expected);
    }

    #[test]
    fn more_than_ten_entries_keep_their_order() {
        let query: Vec<String> = (0..12).map(|index| format!("A.{index}={index}")).collect();
        let record = parse(&query.join("&")).unwrap();
        let Value::List(list) = &record["A"] else {
            panic!("{record:?}");
        };
        assert_eq!(list[2], loose("2"));
        assert_eq!(list[11], loose("11"));
    }

    #[test]
    fn what_cannot_be_read() {
        let deep = format!("{}=1", ["A"; DEEPEST + 1].join("."));
        for (query, part) in [
            ("A=1&A=2", "A occurs twice"),
            ("A=1&A.B=2", "A.B occurs twice"),
            ("A.B=1&A=2", "A occurs twice"),
            ("A.0=1&A.2=2", "entries of A must be numbered"),
            ("A.1=1", "entries of A must be numbered"),
            ("A.00=1", "entries of A must be numbered"),
            ("A..B=1", "empty part"),
            ("=1", "empty part"),
            ("A=%ff", "not UTF-8"),
            (deep.as_str(), "nested more than"),
        ] {
            let Err(ApiError::Unreadable { reason }) = parse(query) else {
                panic!("read: {query}");
            };
            assert!(reason.contains(part), "{reason}, not {part}");
        }
    }
}
