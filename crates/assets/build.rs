//! Hands the files that the console's build left in `console/dist` to the crate.
//!
//! Cargo stops here, with the command to run, when they were not built.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

const NOT_BUILT: &str = "console/dist is missing: the console is not built yet. \
    Run `npm ci --prefix console && npm run build --prefix console`, or scripts/test, which does it.";

fn main() {
    let dist = required_dir("CARGO_MANIFEST_DIR").join("../../console/dist");
    let out = required_dir("OUT_DIR");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", dist.display());
    if !dist.join("index.html").is_file() || !dist.join("campaign.html").is_file() {
        println!("cargo::error={NOT_BUILT}");
        process::exit(1);
    }
    let table = files(&dist).and_then(|files| table(&dist, &files));
    if let Err(error) = table.and_then(|table| fs::write(out.join("assets.rs"), table)) {
        println!("cargo::error=console/dist cannot be built in: {error}");
        process::exit(1);
    }
}

/// All files below `dist` but those beside others in a compressed form, sorted.
fn files(dist: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = vec![dist.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let compressed = matches!(extension(&path), "br" | "gz");
            let hidden = path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if hidden || compressed {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Rust for a slice of assets, sorted by path.
fn table(dist: &Path, files: &[PathBuf]) -> io::Result<String> {
    let mut rust = "&[\n".to_owned();
    for file in files {
        let name = file.strip_prefix(dist).map_err(io::Error::other)?;
        let name = name.to_string_lossy().replace('\\', "/");
        let etag = etag(&fs::read(file)?);
        let media_type = media_type(file);
        let encoded = |ending: &str| {
            let path = PathBuf::from(format!("{}.{ending}", file.display()));
            match path.is_file() {
                true => format!("Some(include_bytes!({path:?}))"),
                false => "None".to_owned(),
            }
        };
        let (gzip, brotli) = (encoded("gz"), encoded("br"));
        // Writing to a string cannot fail.
        let _ = writeln!(
            rust,
            "Asset {{ path: {name:?}, media_type: {media_type:?}, etag: {etag:?}, \
             plain: include_bytes!({file:?}), gzip: {gzip}, brotli: {brotli} }},"
        );
    }
    rust.push(']');
    Ok(rust)
}

/// Sixteen hexadecimal digits of the contents' SHA-256, in quotes as HTTP wants them.
fn etag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut etag = "\"".to_owned();
    for byte in digest.iter().take(8) {
        let _ = write!(etag, "{byte:02x}");
    }
    etag.push('"');
    etag
}

fn media_type(path: &Path) -> &'static str {
    match extension(path) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn extension(path: &Path) -> &str {
    path.extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default()
}

fn required_dir(name: &str) -> PathBuf {
    match env::var_os(name) {
        Some(dir) => PathBuf::from(dir),
        None => {
            println!("cargo::error={name} is not set; build with cargo");
            process::exit(1);
        }
    }
}
