//! The programs that a demo server shows.

use super::client::get;
use super::process::Serving;
use crate::pictures::pixels;
use crate::run::Folder;
use serde_json::Value;

#[test]
#[cfg(unix)]
fn the_lines_for_curl_fuse_a_face() {
    const LINES: &str = include_str!("../../../src/commands/serve/snippets/curl.sh");
    let folder = Folder::new();
    let serving = Serving::start(&folder);
    let lines = LINES
        .replace("ADDRESS", serving.text("endpoint"))
        .replace("SECRET_ID", serving.text("secret_id"))
        .replace("SECRET_KEY", serving.text("secret_key"))
        .replace("PROJECT", serving.text("project_id"))
        .replace("MODEL", serving.text("model_id"))
        .replace("FACE", serving.text("face"));
    let run = folder.shell(&lines).expect(0);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    let url = answer["Response"]["FusedImage"].as_str();
    let url = url.unwrap_or_else(|| panic!("{answer}"));
    pixels(&get(&serving, url, "").body);
}
