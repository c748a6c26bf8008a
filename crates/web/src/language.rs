//! The languages in which messages are written.

use crate::request::Headers;

/// A language of messages. Codes are the same in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// `zh-CN`.
    #[default]
    Chinese,
    /// `en-US`.
    English,
}

impl Language {
    /// The language asked for with `X-TC-Language`: English for any `en`, else Chinese.
    pub fn of(headers: &Headers) -> Language {
        let english = |value: &[u8]| {
            let value = value.trim_ascii_start();
            value
                .get(..2)
                .is_some_and(|start| start.eq_ignore_ascii_case(b"en"))
        };
        match headers.all("x-tc-language").next() {
            Some(value) if english(value) => Language::English,
            _ => Language::Chinese,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_unless_english_is_asked_for() {
        assert_eq!(Language::of(&Headers::default()), Language::Chinese);
        for (value, language) in [
            ("zh-CN", Language::Chinese),
            ("en-US", Language::English),
            (" EN", Language::English),
            ("", Language::Chinese),
            ("e", Language::Chinese),
            ("fr-FR", Language::Chinese),
        ] {
            let headers: Headers = [("X-TC-Language", value)].into_iter().collect();
            assert_eq!(Language::of(&headers), language, "{value}");
        }
    }
}
