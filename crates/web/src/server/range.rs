//! The header `Range`, as far as a server of pictures needs it (RFC 9110, section 14).

use std::ops::Range;

/// Which bytes of a file to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All; also where the header cannot be read or asks for several parts.
    All,
    /// These; never empty.
    Some(Range<usize>),
    /// The range lies behind the file's end.
    None,
}

/// What `range` asks for of a file of `length` bytes.
pub(super) fn part(range: Option<&str>, length: usize) -> Part {
    let ends = range
        .and_then(|range| range.trim().strip_prefix("bytes="))
        .and_then(|range| range.split_once('-'))
        .map(|(first, last)| (first.trim(), last.trim()));
    let Some((first, last)) = ends else {
        return Part::All;
    };
    let (start, end) = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => (first, last.saturating_add(1).min(length)),
        (Some(first), None) if last.is_empty() => (first, length),
        (None, Some(count)) if first.is_empty() => (length - count.min(length), length),
        _ => return Part::All,
    };
    if start < end {
        Part::Some(start..end)
    } else {
        Part::None
    }
}

/// Digits only; a number beyond any file is the greatest.
fn number(text: &str) -> Option<usize> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_a_file_of_ten_bytes() {
        for (range, expected) in [
            ("bytes=0-3", Part::Some(0..4)),
            ("bytes=4-", Part::Some(4..10)),
            ("bytes=-3", Part::Some(7..10)),
            ("bytes=-30", Part::Some(0..10)),
            ("bytes=9-99999999999999999999999", Part::Some(9..10)),
            ("bytes=10-", Part::None),
            ("bytes=-0", Part::None),
            ("bytes=3-2", Part::All),
            ("bytes=0-1,3-4", Part::All),
            ("bytes=", Part::All),
            ("bytes=-", Part::All),
            ("bytes=+1-2", Part::All),
            ("lines=0-3", Part::All),
        ] {
            assert_eq!(part(Some(range), 10), expected, "{range}");
        }
        assert_eq!(part(None, 10), Part::All);
        assert_eq!(part(Some("bytes=0-0"), 0), Part::None);
    }
}
