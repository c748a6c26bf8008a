//! Tables for spreadsheets: RFC 4180, UTF-8.

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// Before the first line it tells Excel that the text is UTF-8, else Chinese names are garbled there.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Adds a line of fields.
pub(crate) fn line(table: &mut String, fields: &[&str]) {
    for (index, text) in fields.iter().enumerate() {
        if index > 0 {
            table.push(',');
        }
        field(table, text);
    }
    table.push_str("\r\n");
}

/// A field, in quotes where it needs them. What a spreadsheet would take for a formula gets an apostrophe
/// before it: names are written by people who need not mean well.
fn field(table: &mut String, text: &str) {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let is_quoted = text.contains([',', '"', '\r', '\n']);
    if is_quoted {
        table.push('"');
    }
    if is_formula {
        table.push('\'');
    }
    if is_quoted {
        table.push_str(&text.replace('"', "\"\""));
        table.push('"');
    } else {
        table.push_str(text);
    }
}

/// A table to be saved under a name of ASCII letters, digits, dots and dashes.
pub(crate) fn download(name: &str, table: Body) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let about = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, disposition),
    ];
    (about, table).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stay_what_they_are_and_run_nothing() {
        for (text, written) in [
            ("", ""),
            ("春节", "春节"),
            ("a b", "a b"),
            ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("a\r\nb", "\"a\r\nb\""),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            (
                "=HYPERLINK(\"x\",\"y\")",
                "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"",
            ),
            ("1=1", "1=1"),
        ] {
            let mut table = String::new();
            line(&mut table, &[text, "x"]);
            assert_eq!(table, format!("{written},x\r\n"), "{text}");
        }
    }
}
