//! Folders of templates and photos.

use crate::pictures::{SELFIE, TEMPLATE, pixels, png};
use crate::run::Folder;
use pixel::resize;
use std::fs;

/// Two templates and three photos, one of which is none.
fn folder() -> Folder {
    let folder = Folder::new();
    fs::create_dir(folder.path("t")).unwrap();
    fs::create_dir(folder.path("u")).unwrap();
    folder.put("t/a.jpg", TEMPLATE);
    folder.put("t/b.png", &png(&resize(pixels(TEMPLATE).view(), 400, 400)));
    folder.put("u/x.jpg", SELFIE);
    folder.put("u/y.jpg", SELFIE);
    folder
}

#[test]
fn every_photo_goes_into_every_template() {
    let folder = folder();
    let run = folder.mien("fuse --template t --face u --out r").expect(0);
    assert_eq!(run.stdout, "4 fused, 0 failed\n");
    let results: Vec<String> = folder
        .names()
        .into_iter()
        .filter_map(|name| name.strip_prefix("r/").map(str::to_owned))
        .collect();
    assert_eq!(results, ["a_x.jpg", "a_y.jpg", "b_x.png", "b_y.png"]);
    assert_eq!(folder.get("r/a_x.jpg"), folder.get("r/a_y.jpg"));
}

#[test]
fn failures_are_listed_and_the_rest_is_done() {
    let folder = folder();
    folder.put("u/y.jpg", b"no picture");
    let run = folder.mien("fuse --template t --face u --out r").expect(1);
    assert_eq!(run.stdout, "2 fused, 2 failed\n");
    assert!(run.stderr.contains("y.jpg"), "{}", run.stderr);
    let (code, document) = folder.json("fuse --template t --face u --out r");
    assert_eq!(code, 1);
    assert_eq!(document["fused"].as_array().unwrap().len(), 2);
    let failed = document["failed"].as_array().unwrap();
    assert_eq!(failed.len(), 2);
    assert_eq!(failed[0]["error"]["kind"], "bad_picture");
    let results = folder.names();
    assert!(
        !results.iter().any(|name| name.contains("_y")),
        "{results:?}"
    );
}

#[test]
fn a_template_that_fails_is_told_once() {
    let folder = folder();
    folder.put("t/b.png", b"no picture");
    let run = folder.mien("fuse --template t --face u --out r").expect(1);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert_eq!(run.stdout, "2 fused, 2 failed\n");
}

#[test]
fn a_sheet_has_a_row_for_each_fusion() {
    let folder = folder();
    let run = folder
        .mien("fuse --template t/a.jpg --face u --sheet s.png")
        .expect(0);
    assert_eq!(run.stdout, "2 fused, 0 failed\n");
    assert!(pixels(&folder.get("s.png")).height() > 2 * 360);
}
