use super::Catalogue;
use serde_json::Value;
use std::collections::BTreeSet;

/// Something in which two editions of the catalogue differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where, such as `licences.small.price` or `postpaid.0.unit_price`; packages and packs go by their ids.
    pub path: String,
    /// What was there; `None` for nothing.
    pub before: Option<String>,
    /// What is there now; `None` for nothing.
    pub after: Option<String>,
}

/// In what two editions differ, by path. What is a whole package, pack or tier is told by its fields.
pub fn differences(before: &Catalogue, after: &Catalogue) -> Vec<Difference> {
    // A catalogue is plain data: it always serialises.
    let plain = |catalogue| serde_json::to_value(catalogue).unwrap_or(Value::Null);
    let mut found = Vec::new();
    compare("", Some(&plain(before)), Some(&plain(after)), &mut found);
    found
}

fn compare(path: &str, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    if before == after {
        return;
    }
    let (parts_before, parts_after) = (parts(before), parts(after));
    if parts_before.is_none() && parts_after.is_none() {
        found.push(Difference {
            path: path.to_owned(),
            before: before.and_then(written),
            after: after.and_then(written),
        });
        return;
    }
    let (parts_before, parts_after) = (
        parts_before.unwrap_or_default(),
        parts_after.unwrap_or_default(),
    );
    let names = parts_before.iter().chain(&parts_after);
    let names: BTreeSet<&Key> = names.map(|(key, _)| key).collect();
    let of = |parts: &[(Key, &Value)], name: &Key| {
        let part = parts.iter().find(|(key, _)| key == name);
        part.map(|(_, value)| (*value).clone())
    };
    for name in names {
        let path = match path {
            "" => name.text.clone(),
            path => format!("{path}.{}", name.text),
        };
        let (before, after) = (of(&parts_before, name), of(&parts_after, name));
        compare(&path, before.as_ref(), after.as_ref(), found);
    }
}

/// By what a part goes; sorted by place first, where the parts have one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    place: usize,
    text: String,
}

/// The named parts of a value; `None` where it is one piece, as a list of numbers is.
fn parts(value: Option<&Value>) -> Option<Vec<(Key, &Value)>> {
    match value? {
        Value::Object(fields) => {
            let fields = fields.iter();
            let key = |name: &String| Key {
                place: 0,
                text: name.clone(),
            };
            Some(fields.map(|(name, value)| (key(name), value)).collect())
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            let items = items.iter().enumerate();
            let key = |(place, item): (usize, &Value)| match item.get("id").and_then(Value::as_str)
            {
                Some(id) => Key {
                    place: 0,
                    text: id.to_owned(),
                },
                None => Key {
                    place,
                    text: place.to_string(),
                },
            };
            Some(
                items
                    .map(|(place, item)| (key((place, item)), item))
                    .collect(),
            )
        }
        _ => None,
    }
}

fn written(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::DEFAULT_TEXT;

    fn told(edit: impl FnOnce(&mut Catalogue)) -> Vec<String> {
        let before = Catalogue::read(DEFAULT_TEXT).unwrap();
        let mut after = before.clone();
        edit(&mut after);
        let shown = |side: Option<String>| side.unwrap_or_else(|| "-".to_owned());
        differences(&before, &after)
            .into_iter()
            .map(|one| format!("{}: {} > {}", one.path, shown(one.before), shown(one.after)))
            .collect()
    }

    #[test]
    fn what_differs_is_told_by_its_path() {
        assert!(told(|_| ()).is_empty());
        let first = |catalogue: &Catalogue| catalogue.licences[0].id.clone();
        let id = first(&Catalogue::read(DEFAULT_TEXT).unwrap());
        assert_eq!(
            told(|after| {
                after.version = "next".to_owned();
                after.licences[0].price = "4999.00".parse().unwrap();
                after.notices.days_before_end = vec![3];
                after.postpaid[0].unit_price = "0.03".parse().unwrap();
            }),
            [
                format!("licences.{id}.price: 5000.00 > 4999.00"),
                "notices.days_before_end: [30,7,1] > [3]".to_owned(),
                "postpaid.0.unit_price: 0.02 > 0.03".to_owned(),
                format!(
                    "version: {} > next",
                    Catalogue::read(DEFAULT_TEXT).unwrap().version
                ),
            ]
        );
    }

    #[test]
    fn what_comes_and_goes_is_told_by_its_fields() {
        let gone = told(|after| {
            after.packs.remove(0);
        });
        assert!(gone.iter().all(|line| line.ends_with("> -")), "{gone:?}");
        assert!(gone.len() >= 4, "{gone:?}");
        let tiers = told(|after| {
            let last = after.postpaid[2];
            after.postpaid.push(last);
        });
        assert!(
            tiers.iter().all(|line| line.starts_with("postpaid.3.")),
            "{tiers:?}"
        );
    }
}
