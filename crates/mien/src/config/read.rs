//! From what was written to what can be worked with, noting every fault.

use super::{Fault, Given, Layers, Origin, Value};
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

/// Reads settings one by one.
pub(super) struct Reader<'l> {
    layers: &'l Layers,
    faults: Vec<Fault>,
}

impl<'l> Reader<'l> {
    pub(super) fn new(layers: &'l Layers) -> Reader<'l> {
        Reader {
            layers,
            faults: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Result<(), Vec<Fault>> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(self.faults)
        }
    }

    fn fault(&mut self, given: &Given, what: String) {
        let place = given.origin.name();
        self.faults.push(Fault { place, what });
    }

    /// A text, if it was set and can be one.
    pub(super) fn text<T>(
        &mut self,
        name: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let given = self.layers.get(name)?;
        let parsed = match &given.value {
            Value::Text(text) => parse(text).map_err(|what| format!("{name}: {what}")),
            Value::Number(_) | Value::List(_) => {
                Err(format!("{name} must be a text; put it in quotation marks"))
            }
        };
        parsed.map_err(|what| self.fault(given, what)).ok()
    }

    /// Two texts that stand together.
    pub(super) fn both<T>(
        &mut self,
        first: &'static str,
        second: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<(T, T)> {
        for (set, other) in [(first, second), (second, first)] {
            if let Some(given) = self.layers.get(set)
                && !self.layers.contains_key(other)
            {
                self.fault(given, format!("{set} needs {other} beside it"));
            }
        }
        let (first, second) = (self.text(first, &parse), self.text(second, &parse));
        first.zip(second)
    }

    /// A list of texts; in the environment they are separated by commas.
    pub(super) fn texts<T>(
        &mut self,
        name: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Vec<T> {
        let Some(given) = self.layers.get(name) else {
            return Vec::new();
        };
        let texts: Vec<&str> = match (&given.value, &given.origin) {
            (Value::List(list), _) => list.iter().map(String::as_str).collect(),
            (Value::Text(text), Origin::Environment(_)) => text.split(',').map(str::trim).collect(),
            _ => {
                self.fault(
                    given,
                    format!("{name} must be a list of texts, as [\"10.0.0.0/8\"]"),
                );
                return Vec::new();
            }
        };
        let mut parsed = Vec::new();
        for text in texts {
            match parse(text) {
                Ok(value) => parsed.push(value),
                Err(what) => self.fault(given, format!("{name}: {what}")),
            }
        }
        parsed
    }

    /// A whole number.
    pub(super) fn number(
        &mut self,
        name: &'static str,
        allowed: RangeInclusive<u64>,
        usual: u64,
    ) -> u64 {
        let Some(given) = self.layers.get(name) else {
            return usual;
        };
        let text = match (&given.value, &given.origin) {
            (Value::Number(text), _) | (Value::Text(text), Origin::Environment(_)) => text.as_str(),
            _ => "",
        };
        match text.parse().ok().filter(|number| allowed.contains(number)) {
            Some(number) => number,
            None => {
                let (least, most) = (allowed.start(), allowed.end());
                self.fault(
                    given,
                    format!("{name} must be a whole number from {least} to {most}"),
                );
                usual
            }
        }
    }

    /// As [`Reader::number`].
    pub(super) fn small(
        &mut self,
        name: &'static str,
        allowed: RangeInclusive<u32>,
        usual: u32,
    ) -> u32 {
        let allowed = u64::from(*allowed.start())..=u64::from(*allowed.end());
        u32::try_from(self.number(name, allowed, usual.into())).unwrap_or(usual)
    }

    pub(super) fn seconds(&mut self, name: &'static str, usual: u64) -> Duration {
        Duration::from_secs(self.number(name, 1..=3600, usual))
    }
}

pub(super) fn path(text: &str) -> Result<PathBuf, String> {
    match text {
        "" => Err("name a folder".to_owned()),
        text => Ok(PathBuf::from(text)),
    }
}

pub(super) fn file(text: &str) -> Result<PathBuf, String> {
    match text {
        "" => Err("name a file".to_owned()),
        text => Ok(PathBuf::from(text)),
    }
}

pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| format!("{text} is no address; write one as 127.0.0.1:8670 or [::1]:8670"))
}

pub(super) fn contact(text: &str) -> Result<String, String> {
    let length = text.chars().count();
    if text.trim().is_empty() || length > 200 || text.chars().any(char::is_control) {
        return Err("write 1 to 200 characters in one line".to_owned());
    }
    Ok(text.to_owned())
}

/// An address that results' keys can be put behind.
pub(crate) fn public_url(text: &str) -> Result<String, String> {
    match service::fetch::picture_url(text) {
        Ok(_) if !text.contains(['?', '#']) => Ok(text.to_owned()),
        Ok(_) => Err("it must end before any ? or #".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

pub(super) fn storage(text: &str) -> Result<String, String> {
    store::objects::Location::parse(text)
        .map(|_| text.to_owned())
        .map_err(|error| error.to_string())
}
