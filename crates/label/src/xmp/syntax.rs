//! As much of XML 1.0 as XMP packets use: elements, attributes, text, the five entities and characters
//! by number. A document type is refused, and with it all entities one could declare.

use crate::LabelError;

/// What comes next in a packet.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event<'a> {
    /// An element begins.
    Start {
        name: &'a str,
        attributes: Vec<(&'a str, String)>,
    },
    /// The innermost element ends. Whether its name is repeated rightly is not looked at.
    End,
    /// Text, its entities resolved.
    Text(String),
}

/// Walks a packet.
#[derive(Debug)]
pub(super) struct Syntax<'a> {
    rest: &'a str,
    /// The element that began last was empty: its end comes next.
    ends: bool,
}

impl<'a> Syntax<'a> {
    pub(super) fn new(packet: &'a str) -> Syntax<'a> {
        Syntax {
            rest: packet,
            ends: false,
        }
    }

    /// The next event; `None` at the end of the packet.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, LabelError> {
        if std::mem::take(&mut self.ends) {
            return Ok(Some(Event::End));
        }
        loop {
            if self.rest.is_empty() {
                return Ok(None);
            } else if self.skip("<!--") {
                self.until("-->", "a comment does not end")?;
            } else if self.skip("<?") {
                self.until("?>", "an instruction does not end")?;
            } else if self.skip("<![CDATA[") {
                let text = self.until("]]>", "a text does not end")?;
                return Ok(Some(Event::Text(text.to_owned())));
            } else if self.skip("<!") {
                return Err(bad("it declares a document type"));
            } else if self.skip("</") {
                self.until(">", "an element's end does not end")?;
                return Ok(Some(Event::End));
            } else if self.skip("<") {
                return self.start().map(Some);
            } else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Ok(Some(Event::Text(unescaped(text)?)));
            }
        }
    }

    /// The name and the attributes of an element, behind its `<`.
    fn start(&mut self) -> Result<Event<'a>, LabelError> {
        let name = self.name()?;
        let mut attributes = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.skip(">") {
                break;
            }
            if self.skip("/>") {
                self.ends = true;
                break;
            }
            let attribute = self.name()?;
            self.rest = self.rest.trim_start();
            if !self.skip("=") {
                return Err(bad("an attribute has no value"));
            }
            self.rest = self.rest.trim_start();
            let value = if self.skip("\"") {
                self.until("\"", "an attribute does not end")?
            } else if self.skip("'") {
                self.until("'", "an attribute does not end")?
            } else {
                return Err(bad("an attribute has no quotes"));
            };
            attributes.push((attribute, unescaped(value)?));
        }
        Ok(Event::Start { name, attributes })
    }

    /// Everything up to a space or a sign that ends names.
    fn name(&mut self) -> Result<&'a str, LabelError> {
        let ends = |c: char| c.is_whitespace() || "=/><\"'&".contains(c);
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        if end == 0 {
            return Err(bad("a name is missing"));
        }
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        Ok(name)
    }

    /// Steps over `sign` where it comes next.
    fn skip(&mut self, sign: &str) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes what comes before `sign` and steps over both.
    fn until(&mut self, sign: &str, otherwise: &'static str) -> Result<&'a str, LabelError> {
        let (before, rest) = self.rest.split_once(sign).ok_or(bad(otherwise))?;
        self.rest = rest;
        Ok(before)
    }
}

/// The text that is meant by one with entities.
fn unescaped(text: &str) -> Result<String, LabelError> {
    let mut meant = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        meant += before;
        let (entity, after) = after.split_once(';').ok_or(bad("an entity does not end"))?;
        meant.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => numbered(entity).ok_or(bad("an entity is unknown"))?,
        });
        rest = after;
    }
    Ok(meant + rest)
}

/// The character of an entity such as `#65` or `#x41`.
fn numbered(entity: &str) -> Option<char> {
    let number = entity.strip_prefix('#')?;
    let code = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

fn bad(reason: &'static str) -> LabelError {
    LabelError::BadXmp { reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_xml_is_refused() {
        for packet in [
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a/>",
            "<a>&b;</a>",
            "<a>&#xd800;</a>",
            "<a>&amp</a>",
            "<a",
            "<a b",
            "<a b=c>",
            "<a b='c>",
            "<>",
            "<!-- ",
            "<![CDATA[ ]]",
        ] {
            let mut syntax = Syntax::new(packet);
            let outcome = loop {
                match syntax.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(error),
                }
            };
            assert!(
                matches!(outcome, Err(LabelError::BadXmp { .. })),
                "{packet}"
            );
        }
    }
}
