//! Who may depend on whom, and on what terms.

use crate::workspace::{Metadata, Package, metadata, root};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// For each crate, the crates of this workspace it may depend on.
///
/// The arrows of ARCHITECTURE.md: `mien → web → service → {engine → fusion → face, store → billing}`.
const MAY_USE: [(&str, &[&str]); 15] = [
    ("assets", &[]),
    ("pixel", &[]),
    ("models", &[]),
    ("net", &[]),
    ("label", &["pixel"]),
    ("provenance", &[]),
    ("face", &["models", "net", "pixel"]),
    ("fusion", &["face", "pixel"]),
    ("engine", &["face", "fusion", "pixel"]),
    ("billing", &[]),
    ("store", &["billing"]),
    (
        "service",
        &[
            "billing",
            "engine",
            "face",
            "fusion",
            "label",
            "pixel",
            "provenance",
            "store",
        ],
    ),
    (
        "web",
        &["assets", "billing", "engine", "pixel", "service", "store"],
    ),
    (
        "mien",
        &[
            "billing",
            "engine",
            "face",
            "fusion",
            "label",
            "pixel",
            "provenance",
            "service",
            "store",
            "web",
        ],
    ),
    ("house", &[]),
];

/// What tests and benches may use beyond that.
const TESTS_MAY_USE: [(&str, &[&str]); 4] = [
    ("net", &["models"]),
    ("fusion", &["models", "net"]),
    ("provenance", &["label", "pixel"]),
    ("web", &["provenance"]),
];

/// The crates that compute: they know no network, no database, no clock, no other thread.
const PURE: [&str; 7] = [
    "billing", "face", "fusion", "label", "models", "net", "pixel",
];

/// What would break that promise, by package name. (`jiff` computes calendars for `billing`; its
/// clocks are refused by clippy.)
const IMPURE: [&str; 23] = [
    "async-std",
    "axum",
    "chrono",
    "clap",
    "diesel",
    "hyper",
    "indicatif",
    "mio",
    "postgres",
    "rayon",
    "redis",
    "reqwest",
    "rusqlite",
    "smol",
    "socket2",
    "sqlx",
    "tempfile",
    "time",
    "tokio",
    "tower",
    "ureq",
    "uuid",
    "web-time",
];

/// Each member's dependencies of one kind that `is_fault` names.
fn faults(
    metadata: &Metadata,
    kinds: &[Option<&str>],
    is_fault: impl Fn(&str, &str) -> bool,
) -> Vec<String> {
    metadata
        .members()
        .flat_map(|member| {
            member
                .dependencies
                .iter()
                .map(move |dependency| (&member.name, dependency))
        })
        .filter(|(_, dependency)| kinds.contains(&dependency.kind.as_deref()))
        .filter(|(member, dependency)| is_fault(member, &dependency.name))
        .map(|(member, dependency)| format!("{member} -> {}", dependency.name))
        .collect()
}

fn allowed<'a>(table: &[(&'a str, &'a [&'a str])], member: &str) -> &'a [&'a str] {
    table
        .iter()
        .find(|(name, _)| *name == member)
        .map_or(&[], |(_, names)| names)
}

fn wrong_directions(metadata: &Metadata) -> Vec<String> {
    let members: BTreeSet<&str> = metadata
        .members()
        .map(|member| member.name.as_str())
        .collect();
    let mut found = faults(metadata, &[None, Some("build")], |member, name| {
        members.contains(name) && !allowed(&MAY_USE, member).contains(&name)
    });
    found.extend(faults(metadata, &[Some("dev")], |member, name| {
        members.contains(name)
            && !allowed(&MAY_USE, member).contains(&name)
            && !allowed(&TESTS_MAY_USE, member).contains(&name)
    }));
    found
}

fn impurities(metadata: &Metadata) -> Vec<String> {
    faults(metadata, &[None], |member, name| {
        PURE.contains(&member) && IMPURE.contains(&name)
    })
}

#[test]
fn dependencies_point_one_way() {
    let metadata = metadata();
    let members: BTreeSet<&str> = metadata
        .members()
        .map(|member| member.name.as_str())
        .collect();
    let named: BTreeSet<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    assert_eq!(members, named, "MAY_USE must have a row for every crate");
    assert_eq!(wrong_directions(&metadata), Vec::<String>::new());
}

#[test]
fn computing_crates_know_no_network_clock_or_threads() {
    assert_eq!(impurities(&metadata()), Vec::<String>::new());
}

#[test]
fn a_wrong_dependency_is_named() {
    let metadata: Metadata = serde_json::from_value(serde_json::json!({
        "workspace_members": ["face", "fusion", "net"],
        "packages": [
            package("face", &[("fusion", None), ("net", None), ("tokio", None)]),
            package("fusion", &[("mien", None), ("tokio", Some("dev"))]),
            package("net", &[("face", Some("dev"))]),
        ],
    }))
    .unwrap();
    assert_eq!(
        wrong_directions(&metadata),
        ["face -> fusion", "net -> face"]
    );
    assert_eq!(impurities(&metadata), ["face -> tokio"]);
}

fn package(name: &str, dependencies: &[(&str, Option<&str>)]) -> serde_json::Value {
    let dependencies: Vec<_> = dependencies
        .iter()
        .map(|(name, kind)| serde_json::json!({ "name": name, "kind": kind }))
        .collect();
    serde_json::json!({
        "id": name, "name": name, "version": "1.0.0", "license": "MIT", "source": null,
        "dependencies": dependencies, "targets": [], "manifest_path": "",
    })
}

/// Each dependency of a crate of ours stands somewhere in its code.
#[test]
fn no_dependency_is_unused() {
    let metadata = metadata();
    let mut unused = Vec::new();
    for member in metadata.members() {
        let code = rust_code(member.manifest_path.parent().unwrap());
        for dependency in &member.dependencies {
            let library = metadata
                .packages
                .iter()
                .find(|package| package.name == dependency.name)
                .and_then(Package::library);
            if !library.is_some_and(|name| mentions(&code, &name)) {
                unused.push(format!("{} -> {}", member.name, dependency.name));
            }
        }
    }
    assert_eq!(unused, Vec::<String>::new());
}

/// All Rust code below `folder`.
fn rust_code(folder: &Path) -> String {
    let mut code = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            code += &rust_code(&path);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            code += &fs::read_to_string(&path).unwrap();
        }
    }
    code
}

/// Whether `library` stands in `code` as the start of a path or as an import.
fn mentions(code: &str, library: &str) -> bool {
    code.match_indices(library).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + library.len()..];
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            && (after.starts_with("::") || after.starts_with(';') || after.starts_with(" as "))
    })
}

#[test]
fn mentions_are_paths_and_imports() {
    let cases = [
        ("use png::Decoder;", true),
        ("let x = png::decode();", true),
        ("use png;", true),
        ("extern crate png as p;", true),
        ("my_png::Decoder", false),
        ("mod png_file;", false),
        ("let png = 1", false),
    ];
    for (code, found) in cases {
        assert_eq!(mentions(code, "png"), found, "{code}");
    }
}

/// `deny.toml`, as far as the licences go.
#[derive(Deserialize)]
struct Deny {
    licenses: Licenses,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
}

/// Whether one of the ways to satisfy `expression` (SPDX, or the older `A/B`) needs only `allow`ed licences.
fn licence_fits(expression: &str, allow: &[String]) -> bool {
    spdx::Expression::parse_mode(expression, spdx::ParseMode::LAX)
        .is_ok_and(|parsed| parsed.evaluate(|needed| allow.contains(&needed.to_string())))
}

#[test]
fn licences_are_on_the_list() {
    let text = fs::read_to_string(root().join("deny.toml")).unwrap();
    let allow = toml::from_str::<Deny>(&text).unwrap().licenses.allow;
    let refused: BTreeMap<String, Option<String>> = metadata()
        .packages
        .into_iter()
        .filter(|package| {
            !package
                .license
                .as_deref()
                .is_some_and(|text| licence_fits(text, &allow))
        })
        .map(|package| {
            (
                format!("{} {}", package.name, package.version),
                package.license,
            )
        })
        .collect();
    assert_eq!(refused, BTreeMap::new(), "deny.toml does not allow these");
}

#[test]
fn licence_expressions() {
    let allow = ["MIT".to_owned(), "Unicode-3.0".to_owned()];
    let cases = [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0-only", false),
        ("MIT OR GPL-3.0-only", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("MIT AND GPL-3.0-only", false),
        ("Apache-2.0 WITH LLVM-exception OR MIT", true),
        ("no licence at all", false),
    ];
    for (expression, fits) in cases {
        assert_eq!(licence_fits(expression, &allow), fits, "{expression}");
    }
}

#[test]
fn packages_come_from_crates_io() {
    const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
    let elsewhere: Vec<String> = metadata()
        .packages
        .into_iter()
        .filter(|package| {
            package
                .source
                .as_deref()
                .is_some_and(|source| source != CRATES_IO)
        })
        .map(|package| package.id)
        .collect();
    assert_eq!(elsewhere, Vec::<String>::new());
}
