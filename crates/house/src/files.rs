//! What may lie in the repository.

use crate::workspace::{committed_files, root};
use serde_json::Value;
use std::fs;

/// The largest file that may be committed, in bytes, and the most of all together.
const LARGEST_FILE: u64 = 1 << 20;
const LARGEST_TREE: u64 = 12 << 20;

/// Rust files longer than this are about more than one subject, or tables.
const LONGEST_SOURCE: usize = 800;

/// The committed text files with their contents.
fn texts() -> impl Iterator<Item = (String, String)> {
    committed_files().into_iter().filter_map(|path| {
        let bytes = fs::read(root().join(&path)).unwrap();
        String::from_utf8(bytes).ok().map(|text| (path, text))
    })
}

/// Absolute paths under the roots of a machine's own folders, such as a home.
fn machine_paths(text: &str) -> Vec<&str> {
    const ROOTS: [&str; 6] = ["/home/", "/root/", "/Users/", "/work/", "/tmp/", "C:\\"];
    text.split(|c: char| c.is_whitespace() || "\"'`()<>=,;".contains(c))
        .filter(|word| ROOTS.iter().any(|root| word.starts_with(root)))
        .collect()
}

#[test]
fn no_paths_of_one_machine() {
    let found: Vec<String> = texts()
        .filter(|(path, _)| path != "crates/house/src/files.rs")
        .flat_map(|(path, text)| {
            machine_paths(&text)
                .into_iter()
                .map(|word| format!("{path}: {word}"))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn machine_paths_are_recognised() {
    let cases = [
        ("see /home/ann/mien for it", 1),
        ("path = \"/root/.cargo\"", 1),
        ("https://example.org/home/page", 0),
        ("crates/work/home/", 0),
        ("C:\\Users\\ann", 1),
    ];
    for (text, count) in cases {
        assert_eq!(machine_paths(text).len(), count, "{text}");
    }
}

/// A lock file that names where a package was fetched would tie every clone to that host.
#[test]
fn lock_files_name_no_hosts() {
    let locks: Vec<(String, String)> = texts()
        .filter(|(path, _)| path.ends_with("package-lock.json"))
        .collect();
    assert!(!locks.is_empty());
    for (path, text) in locks {
        assert!(!text.contains("\"resolved\""), "{path} has \"resolved\"");
        let lock: Value = serde_json::from_str(&text).unwrap();
        assert!(!names_a_host(&lock), "{path} names a host");
    }
}

/// Whether a text in it is an address. Where a package asks for money is not where it comes from.
fn names_a_host(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains("://"),
        Value::Array(values) => values.iter().any(names_a_host),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name != "funding" && names_a_host(value)),
        _ => false,
    }
}

#[test]
fn hosts_are_found_where_they_matter() {
    let lock = |package: Value| serde_json::json!({ "packages": { "node_modules/a": package } });
    let cases = [
        (serde_json::json!({ "version": "1.0.0" }), false),
        (
            serde_json::json!({ "version": "https://a.example/a.tgz" }),
            true,
        ),
        (
            serde_json::json!({ "funding": { "url": "https://a.example" } }),
            false,
        ),
        (
            serde_json::json!({ "dependencies": { "b": "git+ssh://a.example/b" } }),
            true,
        ),
    ];
    for (package, found) in cases {
        assert_eq!(names_a_host(&lock(package.clone())), found, "{package}");
    }
}

#[test]
fn package_clients_are_not_redirected() {
    let found: Vec<String> = committed_files()
        .into_iter()
        .filter(|path| {
            let name = path.rsplit('/').next().unwrap_or(path);
            [
                ".npmrc",
                "pip.conf",
                "rust-toolchain",
                "rust-toolchain.toml",
            ]
            .contains(&name)
                || path.contains(".cargo/")
        })
        .collect();
    assert_eq!(
        found,
        Vec::<String>::new(),
        "set these on the machine, not here"
    );
}

#[test]
fn files_stay_small() {
    let sizes: Vec<(String, u64)> = committed_files()
        .into_iter()
        .map(|path| {
            let bytes = fs::metadata(root().join(&path)).unwrap().len();
            (path, bytes)
        })
        .collect();
    let large: Vec<_> = sizes
        .iter()
        .filter(|(_, bytes)| *bytes > LARGEST_FILE)
        .collect();
    assert!(
        large.is_empty(),
        "larger than {LARGEST_FILE} bytes: {large:?}"
    );
    let total: u64 = sizes.iter().map(|(_, bytes)| bytes).sum();
    assert!(total <= LARGEST_TREE, "the tree has grown to {total} bytes");
}

#[test]
fn sources_are_about_one_subject() {
    let long: Vec<String> = texts()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(path, text)| (text.lines().count(), path))
        .filter(|(lines, _)| *lines > LONGEST_SOURCE)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert_eq!(long, Vec::<String>::new(), "split these");
}

/// Only the kernels of `net` may lift the workspace's ban on `unsafe`.
#[test]
fn unsafe_code_stays_in_net() {
    let elsewhere: Vec<String> = texts()
        .filter(|(path, _)| path.ends_with(".rs") && !path.starts_with("crates/net/"))
        .filter(|(_, text)| text.contains(concat!("allow(", "unsafe_code")))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(elsewhere, Vec::<String>::new());
    let workspace = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(workspace.contains("unsafe_code = \"deny\""));
}

/// Nets are fetched, never committed.
#[test]
fn no_nets_in_the_repository() {
    let nets: Vec<String> = committed_files()
        .into_iter()
        .filter(|path| {
            [".tflite", ".onnx", ".binarypb", ".data"]
                .iter()
                .any(|end| path.ends_with(end))
        })
        .collect();
    assert_eq!(nets, Vec::<String>::new());
}

/// Every relative link of the documents leads to a committed file.
#[test]
fn links_lead_somewhere() {
    let files = committed_files();
    let exists = |target: &str| {
        let folder = format!("{}/", target.trim_end_matches('/'));
        files
            .iter()
            .any(|file| file == target || file.starts_with(&folder))
    };
    let dead: Vec<String> = texts()
        .filter(|(path, _)| path.ends_with(".md"))
        .flat_map(|(path, text)| {
            relative_links(&text)
                .into_iter()
                .filter_map(|link| {
                    let target = resolve(&path, link);
                    (!exists(&target)).then(|| format!("{path}: {link}"))
                })
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(dead, Vec::<String>::new());
}

/// Targets of `[..](..)` links in a Markdown text, but for those with a scheme and bare anchors.
fn relative_links(text: &str) -> Vec<&str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ', '#']).next())
        .filter(|link| !link.is_empty() && !link.contains(':'))
        .collect()
}

/// `link` as it stands in the document at `path`, as a path from the root.
fn resolve(path: &str, link: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[test]
fn links_are_resolved() {
    let text = "[a](../README.md) ![b](images/x.png \"t\") [c](https://x.org) [d](#e) [f](G.md#h)";
    assert_eq!(
        relative_links(text),
        ["../README.md", "images/x.png", "G.md"]
    );
    assert_eq!(resolve("docs/ENGINE.md", "../README.md"), "README.md");
    assert_eq!(
        resolve("docs/ENGINE.md", "images/x.png"),
        "docs/images/x.png"
    );
}
