//! Finding properties by their names in any XMP packet.

use super::syntax::{Event, Syntax};
use crate::LabelError;

/// Elements inside each other, and names for namespaces in force at one place: more serve only to
/// waste time.
const MOST_DEPTH: usize = 64;
const MOST_PREFIXES: usize = 256;

/// The name of a property.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    /// The address of its namespace.
    pub(super) namespace: &'static str,
    /// Its name there.
    pub(super) local: &'static str,
}

/// The text of the first property of each name, written as an element or as an attribute.
pub(super) fn find<const COUNT: usize>(
    packet: &str,
    names: [Name; COUNT],
) -> Result<[Option<String>; COUNT], LabelError> {
    let mut syntax = Syntax::new(packet);
    let mut found = [const { None }; COUNT];
    let mut prefixes = Prefixes::default();
    // The number of prefixes before each open element.
    let mut open: Vec<usize> = Vec::new();
    // The property being read: which, and how deep it stands.
    let mut reading: Option<(usize, usize, String)> = None;
    while let Some(event) = syntax.next()? {
        match event {
            Event::Start { name, attributes } => {
                if open.len() == MOST_DEPTH {
                    return Err(bad("its elements are nested too deep"));
                }
                open.push(prefixes.bound.len());
                prefixes.bind(&attributes)?;
                for (attribute, value) in attributes {
                    if let Some(index) = prefixes.index(attribute, false, &names) {
                        found[index].get_or_insert(value);
                    }
                }
                if reading.is_none() {
                    let index = prefixes.index(name, true, &names);
                    reading = index.map(|index| (index, open.len(), String::new()));
                }
            }
            Event::Text(text) => {
                if let Some((_, _, whole)) = &mut reading {
                    *whole += &text;
                }
            }
            Event::End => {
                let before = open.pop().ok_or(bad("it closes what is not open"))?;
                prefixes.bound.truncate(before);
                match reading.take() {
                    Some((index, depth, text)) if open.len() < depth => {
                        found[index].get_or_insert(text);
                    }
                    other => reading = other,
                }
            }
        }
    }
    Ok(found)
}

/// The prefixes in force, the innermost last.
#[derive(Debug, Default)]
struct Prefixes<'a> {
    bound: Vec<(&'a str, String)>,
}

impl<'a> Prefixes<'a> {
    /// Takes in what the attributes of an element declare.
    fn bind(&mut self, attributes: &[(&'a str, String)]) -> Result<(), LabelError> {
        for (name, value) in attributes {
            let prefix = match name.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) if rest.starts_with(':') => &rest[1..],
                _ => continue,
            };
            if self.bound.len() == MOST_PREFIXES {
                return Err(bad("it has too many namespaces"));
            }
            self.bound.push((prefix, value.clone()));
        }
        Ok(())
    }

    /// Which of the names is meant; only an element's name without a prefix has a namespace.
    fn index(&self, written: &str, element: bool, names: &[Name]) -> Option<usize> {
        let (prefix, local) = match written.split_once(':') {
            Some(parts) => parts,
            None if element => ("", written),
            None => return None,
        };
        let index = names.iter().position(|name| name.local == local)?;
        let mut bound = self.bound.iter().rev();
        let (_, namespace) = bound.find(|(known, _)| *known == prefix)?;
        (namespace == names[index].namespace).then_some(index)
    }
}

fn bad(reason: &'static str) -> LabelError {
    LabelError::BadXmp { reason }
}
