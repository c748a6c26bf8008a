//! A label as an XMP packet (Adobe, XMP Specification Part 1, 2012; ISO 16684-1).
//!
//! Both properties hold JSON as their text. JSON can write any character with letters that XML
//! allows, which XML itself cannot: it has no place for most control characters.

mod properties;
mod syntax;

use crate::{FoundLabel, ImplicitLabel, Label, LabelError, MetaData};
use properties::{Name, find};
use serde::Serialize;
use serde_json::{Map, Value};

/// The implicit label, as TC260-PG-20258A names it.
const AIGC: Name = Name {
    namespace: "http://www.tc260.org.cn/ns/AIGC/1.0/",
    local: "AIGC",
};

/// The caller's pairs, in a namespace of our own.
const META_DATA: Name = Name {
    namespace: "urn:mien:metadata:1.0/",
    local: "MetaData",
};

const AIGC_PROPERTY: &str = "TC260:AIGC";
const META_DATA_PROPERTY: &str = "mien:MetaData";

/// The packet that says what `label` says.
pub(crate) fn write(label: &Label) -> Result<String, LabelError> {
    let mut packet = String::from(concat!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>",
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">",
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
        "<rdf:Description rdf:about=\"\"",
    ));
    packet += &format!(" xmlns:TC260=\"{}\"", AIGC.namespace);
    if !label.metadata.is_empty() {
        packet += &format!(" xmlns:mien=\"{}\"", META_DATA.namespace);
    }
    packet.push('>');
    put(AIGC_PROPERTY, &label.implicit, &mut packet)?;
    if !label.metadata.is_empty() {
        put(META_DATA_PROPERTY, &label.metadata, &mut packet)?;
    }
    packet += "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>";
    Ok(packet)
}

/// Appends a property whose text is the JSON of `value`.
fn put(
    property: &'static str,
    value: &impl Serialize,
    packet: &mut String,
) -> Result<(), LabelError> {
    let json = serde_json::to_string(value).map_err(|error| LabelError::BadJson {
        property,
        reason: error.to_string(),
    })?;
    packet.push('<');
    packet.push_str(property);
    packet.push('>');
    for character in json.chars() {
        match character {
            '&' => packet.push_str("&amp;"),
            '<' => packet.push_str("&lt;"),
            '>' => packet.push_str("&gt;"),
            '"' => packet.push_str("&quot;"),
            // JSON has already escaped the other characters that XML does not know.
            '\u{fffe}' => packet.push_str("\\ufffe"),
            '\u{ffff}' => packet.push_str("\\uffff"),
            other => packet.push(other),
        }
    }
    packet.push_str("</");
    packet.push_str(property);
    packet.push('>');
    Ok(())
}

/// What a packet, ours or another's, says of a label.
pub(crate) fn read(packet: &[u8]) -> Result<FoundLabel, LabelError> {
    let packet = std::str::from_utf8(packet).map_err(|_| LabelError::BadXmp {
        reason: "it is not in UTF-8",
    })?;
    let [aigc, metadata] = find(packet, [AIGC, META_DATA])?;
    Ok(FoundLabel {
        implicit: aigc.as_deref().map(implicit).transpose()?,
        metadata: metadata.as_deref().map_or(Ok(Vec::new()), pairs)?,
    })
}

fn implicit(json: &str) -> Result<ImplicitLabel, LabelError> {
    let Value::Object(fields) = parse(AIGC_PROPERTY, json)? else {
        return Err(LabelError::BadJson {
            property: AIGC_PROPERTY,
            reason: "it is no object".to_owned(),
        });
    };
    let field = |name| text(&fields, name);
    Ok(ImplicitLabel {
        label: field("Label"),
        content_producer: field("ContentProducer"),
        produce_id: field("ProduceID"),
        reserved_code_1: field("ReservedCode1"),
        content_propagator: field("ContentPropagator"),
        propagate_id: field("PropagateID"),
        reserved_code_2: field("ReservedCode2"),
    })
}

fn pairs(json: &str) -> Result<Vec<MetaData>, LabelError> {
    let bad = |reason: &str| LabelError::BadJson {
        property: META_DATA_PROPERTY,
        reason: reason.to_owned(),
    };
    let Value::Array(entries) = parse(META_DATA_PROPERTY, json)? else {
        return Err(bad("it is no list"));
    };
    let pair = |entry: &Value| match entry {
        Value::Object(fields) => Ok(MetaData {
            key: text(fields, "MetaKey"),
            value: text(fields, "MetaValue"),
        }),
        _ => Err(bad("an entry is no object")),
    };
    entries.iter().map(pair).collect()
}

fn parse(property: &'static str, json: &str) -> Result<Value, LabelError> {
    serde_json::from_str(json).map_err(|error| LabelError::BadJson {
        property,
        reason: error.to_string(),
    })
}

/// A field's text; others write numbers where a text should stand, or leave the field out.
fn text(fields: &Map<String, Value>, name: &str) -> String {
    match fields.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packet_is_as_the_guide_shows_it() {
        let label = Label {
            implicit: ImplicitLabel::ai_made("某公司 <A&B>", "req\"1"),
            metadata: Vec::new(),
        };
        let packet = write(&label).unwrap();
        let expected = "<rdf:Description rdf:about=\"\" \
            xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\"><TC260:AIGC>{\
            &quot;Label&quot;:&quot;1&quot;,\
            &quot;ContentProducer&quot;:&quot;某公司 &lt;A&amp;B&gt;&quot;,\
            &quot;ProduceID&quot;:&quot;req\\&quot;1&quot;,\
            &quot;ReservedCode1&quot;:&quot;&quot;,\
            &quot;ContentPropagator&quot;:&quot;&quot;,\
            &quot;PropagateID&quot;:&quot;&quot;,\
            &quot;ReservedCode2&quot;:&quot;&quot;}</TC260:AIGC></rdf:Description>";
        assert!(packet.contains(expected), "{packet}");
        assert!(packet.starts_with("<?xpacket begin=\"\u{feff}\" id="));
    }

    #[test]
    fn packets_of_others_are_read() {
        const RDF: &str = "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"";
        const NAMESPACE: &str = "http://www.tc260.org.cn/ns/AIGC/1.0/";
        let json = "{\"Label\":1,\"ContentProducer\":\"x\",\"Other\":[1,{}]}";
        let quoted = json.replace('"', "&quot;");
        for packet in [
            format!(
                "<rdf:RDF {RDF}><rdf:Description xmlns:TC260='{NAMESPACE}'>\
                 <TC260:AIGC>{json}</TC260:AIGC></rdf:Description></rdf:RDF>"
            ),
            format!(
                "<?xml version=\"1.0\"?><!-- a > b --><rdf:RDF {RDF} xmlns:z=\"{NAMESPACE}\">\n\
                 <rdf:Description z:AIGC = \"{quoted}\" /></rdf:RDF>"
            ),
            format!("<a xmlns=\"{NAMESPACE}\"><AIGC><![CDATA[{json}]]></AIGC></a>"),
            format!(
                "<a><t:AIGC xmlns:t='{NAMESPACE}'>&#123;&#x22;Label\":\"1\",\"ContentProducer\":\
                 \"x\"}}</t:AIGC></a>"
            ),
        ] {
            let found = read(packet.as_bytes()).unwrap();
            let expected = ImplicitLabel::ai_made("x", "");
            assert_eq!(found.implicit, Some(expected), "{packet}");
        }
        for packet in [
            "<a xmlns:t='urn:other'><t:AIGC>{}</t:AIGC></a>".to_owned(),
            "<a><t:AIGC>{}</t:AIGC></a>".to_owned(),
            format!("<a xmlns:t='{NAMESPACE}'><t:Aigc>{{}}</t:Aigc></a>"),
            format!("<a><b xmlns:t='{NAMESPACE}'/><t:AIGC>{{}}</t:AIGC></a>"),
        ] {
            assert!(read(packet.as_bytes()).unwrap().is_empty(), "{packet}");
        }
    }

    #[test]
    fn json_of_another_shape_is_refused() {
        let packet = |property: &str, json: &str| {
            format!(
                "<a xmlns:TC260='{}' xmlns:mien='{}'><{property}>{json}</{property}></a>",
                AIGC.namespace, META_DATA.namespace
            )
        };
        for (property, json) in [
            ("TC260:AIGC", "[]"),
            ("TC260:AIGC", "{"),
            ("TC260:AIGC", ""),
            ("mien:MetaData", "{}"),
            ("mien:MetaData", "[3]"),
        ] {
            let error = read(packet(property, json).as_bytes()).unwrap_err();
            assert!(error.to_string().contains(property), "{error}");
        }
        let deep = "[".repeat(10_000);
        assert!(read(packet("mien:MetaData", &deep).as_bytes()).is_err());
    }
}
