//! What somebody may have meant.

/// The name that is nearest to a text, if one is near: one that ends alike, or differs in a few letters.
pub(super) fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let last = |name: &'_ str| name.rsplit('.').next().unwrap_or_default().to_owned();
    let own = last(text);
    let ranked = names.map(|name| {
        let whole = distance(text, name);
        // A name in the wrong table is as near as one wrong letter.
        let by_last = distance(&own, &last(name)) + 1;
        (whole.min(by_last), name)
    });
    let (far, name) = ranked.min_by_key(|(far, _)| *far)?;
    (far <= 3 && far * 2 < own.chars().count().max(2)).then_some(name)
}

/// Letters to change, insert or leave out (Levenshtein, "Binary codes capable of correcting deletions,
/// insertions and reversals", 1966).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["listen", "limits.connections", "data", "storage"];
        for (text, expected) in [
            ("lisen", Some("listen")),
            ("listen_on", Some("listen")),
            ("connections", Some("limits.connections")),
            ("limits.conections", Some("limits.connections")),
            ("server.storage", Some("storage")),
            ("dta", Some("data")),
            ("x", None),
            ("", None),
            ("colour", None),
        ] {
            assert_eq!(nearest(text, names.into_iter()), expected, "{text}");
        }
    }
}
