//! How numbers, amounts and free text are written on the page.

use crate::Money;

/// With a comma after every three digits: `1,234,567`.
pub(super) fn grouped(number: u64) -> String {
    group(&number.to_string())
}

/// An amount in yuan: `¥1,234.50`, `−¥0.01`.
pub(super) fn yuan(amount: Money) -> String {
    exact_yuan(&amount.to_string())
}

/// A decimal number in yuan, as exact as it is written.
pub(super) fn exact_yuan(decimal: &str) -> String {
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(digits) => ("−", digits),
        None => ("", decimal),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "00"));
    format!("{sign}¥{}.{}", group(whole), escape(part))
}

fn group(digits: &str) -> String {
    // Read from a file, it may be anything.
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return escape(digits);
    }
    let first = digits.len() % 3;
    let mut text = digits[..first].to_owned();
    for start in (first..digits.len()).step_by(3) {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(&digits[start..start + 3]);
    }
    text
}

/// Free text as HTML, in elements and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Marks that turn the direction could make a name read as another.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => escaped.push('\u{fffd}'),
            character if character.is_control() => escaped.push(' '),
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(yuan(Money::from_fen(-123_456)), "−¥1,234.56");
        assert_eq!(exact_yuan("12000.012"), "¥12,000.012");
        assert_eq!(exact_yuan("<b>.1"), "¥&lt;b&gt;.1");
    }

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(
            escape("<a href='x' title=\"y\">&\u{202e}\u{0}"),
            "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;\u{fffd} "
        );
    }
}
