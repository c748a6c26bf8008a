/// What a line of a catalogue file is about, such as `licence.0.price`; empty for what stands before the
/// first key, and for line 0. Works on texts with faults too, for it only looks at tables and keys.
pub fn path_of_line(text: &str, line: usize) -> String {
    let (mut table, mut key) = (String::new(), String::new());
    let mut seen: Vec<String> = Vec::new();
    for written in text.lines().take(line) {
        let written = written.trim();
        let name = |opens: &str, closes: &str| {
            let inner = written.strip_prefix(opens)?;
            let (inner, _) = inner.split_once(closes)?;
            Some(inner.trim().to_owned())
        };
        if let Some(list) = name("[[", "]]") {
            let before = seen.iter().filter(|one| **one == list).count();
            table = format!("{list}.{before}");
            seen.push(list);
            key.clear();
        } else if let Some(named) = name("[", "]").filter(|_| !written.contains('=')) {
            table = named;
            key.clear();
        } else if let Some((named, _)) = written.split_once('=').filter(|(name, _)| is_key(name)) {
            named.trim().clone_into(&mut key);
        }
    }
    match (table.is_empty(), key.is_empty()) {
        (_, true) => table,
        (true, false) => key,
        (false, false) => format!("{table}.{key}"),
    }
}

fn is_key(text: &str) -> bool {
    let text = text.trim();
    let fits = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    !text.is_empty() && text.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_file() {
        let text = "# prices\nversion = \"1\"\n\n[free]\ncalls = 500\n[[licence]]\nid = \"a\"\n\
                    [[licence]]\nid = \"b\"\nname = {\nzh = \"x\" }\n[[pack]]\nlist = [\n1,\n]";
        for (line, path) in [
            (0, ""),
            (1, ""),
            (2, "version"),
            (4, "free"),
            (5, "free.calls"),
            (6, "licence.0"),
            (7, "licence.0.id"),
            (9, "licence.1.id"),
            (10, "licence.1.name"),
            (12, "pack.0"),
            (14, "pack.0.list"),
            (99, "pack.0.list"),
        ] {
            assert_eq!(path_of_line(text, line), path, "{line}");
        }
    }
}
