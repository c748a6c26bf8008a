//! What every database must do is put to the test.

use crate::workspace::root;
use std::fs;
use std::path::Path;

/// The sources in a folder, without those of its own tests.
fn sources(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.is_file())
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

/// The functions of a source that others may call on the books.
fn functions(source: &str) -> impl Iterator<Item = &str> {
    let after = source.split("pub fn ").skip(1);
    after.filter_map(|rest| {
        let (name, parameters) = rest.split_once('(')?;
        let name = name.split('<').next()?;
        parameters
            .trim_start()
            .starts_with("&mut self")
            .then_some(name)
    })
}

#[test]
fn every_function_of_the_books_has_a_case() {
    let store = root().join("crates/store/src");
    let cases = sources(&store.join("conformance")).concat();
    let records = sources(&store.join("records"));
    let functions: Vec<&str> = records.iter().flat_map(|text| functions(text)).collect();
    assert!(functions.len() > 100, "found only {}", functions.len());
    let without = functions
        .into_iter()
        .filter(|name| !cases.contains(&format!(".{name}(")));
    let without: Vec<&str> = without.collect();
    assert_eq!(without, [""; 0], "no case in crates/store/src/conformance");
}
