//! Settings as they were written, before anybody read them.

use super::{Fault, Layers, SETTINGS, suggest};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A setting's value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) value: Value,
    pub(crate) origin: Origin,
}

/// A value as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Text; from the environment numbers and lists come as text, too.
    Text(String),
    /// A whole number of a file.
    Number(String),
    /// A list of texts of a file.
    List(Vec<String>),
}

/// Where a value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// In this line of the file.
    Line(usize),
    /// In this variable.
    Environment(String),
    /// On the command line.
    Flag(&'static str),
}

impl Origin {
    /// As messages name it.
    pub(crate) fn name(&self) -> String {
        match self {
            Origin::Line(line) => format!("line {line}"),
            Origin::Environment(variable) => variable.clone(),
            Origin::Flag(flag) => (*flag).to_owned(),
        }
    }
}

/// The settings of a file's text.
pub(super) fn of_text(text: &str) -> Result<Layers, Vec<Fault>> {
    let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<Fault> = errors
        .iter()
        .map(|error| Fault {
            place: format!(
                "line {}",
                line_of(error.span().map_or(0, |span| span.start))
            ),
            what: format!("this is no TOML: {}", error.message()),
        })
        .collect();
    let mut layers = Layers::new();
    collect(table.get_ref(), "", &line_of, &mut layers, &mut faults);
    if faults.is_empty() {
        Ok(layers)
    } else {
        Err(faults)
    }
}

/// Takes the settings of a table; `before` is the name of the table and a point.
fn collect(
    table: &DeTable<'_>,
    before: &str,
    line_of: &dyn Fn(usize) -> usize,
    layers: &mut Layers,
    faults: &mut Vec<Fault>,
) {
    for (key, value) in table {
        let name = format!("{before}{}", key.get_ref());
        let line = line_of(key.span().start);
        let below = format!("{name}.");
        let is_table = SETTINGS
            .iter()
            .any(|setting| setting.name.starts_with(&below));
        let mut fault = |what: String| {
            faults.push(Fault {
                place: format!("line {line}"),
                what,
            });
        };
        if let (DeValue::Table(inner), true) = (value.get_ref(), is_table) {
            collect(inner, &below, line_of, layers, faults);
            continue;
        }
        let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) else {
            fault(unknown(&name, is_table));
            continue;
        };
        match read(value) {
            Some(value) => {
                let origin = Origin::Line(line);
                layers.insert(setting.name, Given { value, origin });
            }
            None => fault(format!(
                "{name} must be a text, a whole number or a list of texts"
            )),
        }
    }
}

fn unknown(name: &str, is_table: bool) -> String {
    if is_table {
        return format!("{name} is a table; write [{name}] and its settings below");
    }
    match suggest::nearest(name, SETTINGS.iter().map(|setting| setting.name)) {
        Some(nearest) => format!("there is no setting {name}; did you mean {nearest}?"),
        None => format!("there is no setting {name}; `mien config show` lists them all"),
    }
}

fn read(value: &Spanned<DeValue<'_>>) -> Option<Value> {
    match value.get_ref() {
        DeValue::String(text) => Some(Value::Text(text.to_string())),
        DeValue::Integer(number) => Some(Value::Number(number.to_string())),
        DeValue::Array(list) => {
            let texts = list.iter().map(|entry| match entry.get_ref() {
                DeValue::String(text) => Some(text.to_string()),
                _ => None,
            });
            Some(Value::List(texts.collect::<Option<_>>()?))
        }
        _ => None,
    }
}
