//! Where results go, and that nothing is lost or left behind when they cannot.

use crate::run::Folder;
use std::fs;

const FUSE: &str = "fuse --template t.jpg --face u.jpg --out";

#[test]
fn an_input_is_never_overwritten() {
    let folder = Folder::with_portraits();
    let before = (folder.get("t.jpg"), folder.get("u.jpg"));
    for out in ["t.jpg", "u.jpg", "./u.jpg"] {
        let run = folder.mien(&format!("{FUSE} {out}")).expect(2);
        assert!(run.stderr.contains("overwrite"), "{}", run.stderr);
    }
    folder
        .mien("fuse --template t.jpg --face u.jpg --sheet t.jpg")
        .expect(2);
    folder.mien("detect u.jpg --draw u.jpg").expect(2);
    assert_eq!((folder.get("t.jpg"), folder.get("u.jpg")), before);
    assert_eq!(folder.names(), ["t.jpg", "u.jpg"]);
}

#[cfg(unix)]
#[test]
fn an_input_is_never_overwritten_through_a_link() {
    let folder = Folder::with_portraits();
    std::os::unix::fs::symlink(folder.path("t.jpg"), folder.path("soft.jpg")).unwrap();
    fs::hard_link(folder.path("u.jpg"), folder.path("hard.jpg")).unwrap();
    let before = (folder.get("t.jpg"), folder.get("u.jpg"));
    for out in ["soft.jpg", "hard.jpg"] {
        folder.mien(&format!("{FUSE} {out}")).expect(2);
    }
    assert_eq!((folder.get("t.jpg"), folder.get("u.jpg")), before);
}

#[test]
fn bad_places_are_named_before_the_work() {
    let folder = Folder::with_portraits();
    fs::create_dir(folder.path("dir")).unwrap();
    for (out, code, words) in [
        ("r.gif", 2, ".gif"),
        ("r.tar.gz", 2, ".gz"),
        ("dir", 5, "name a file"),
        ("missing/r.jpg", 5, "create the folder first"),
        ("u.jpg/r.jpg", 5, "cannot be written"),
    ] {
        let run = folder.mien(&format!("{FUSE} {out}")).expect(code);
        assert!(run.stderr.contains(words), "{out}: {}", run.stderr);
        assert!(run.stderr.contains(out), "{out}: {}", run.stderr);
    }
    assert_eq!(folder.names(), ["dir", "t.jpg", "u.jpg"]);
}

#[test]
fn inputs_that_cannot_be_read_are_named() {
    let folder = Folder::with_portraits();
    fs::create_dir(folder.path("dir")).unwrap();
    for (words, code) in [
        ("fuse --template no.jpg --face u.jpg --out r.jpg", 5),
        ("fuse --template t.jpg --face no.jpg --out r.jpg", 5),
        ("fuse --template t.jpg --face u.jpg/x.jpg --out r.jpg", 5),
        ("fuse --template t.jpg --map 0=no.jpg --out r.jpg", 5),
        ("fuse --template t.jpg --map 0=dir --out r.jpg", 2),
        ("fuse --template t.jpg --face dir --out results", 5),
        ("detect no.jpg", 5),
        ("detect dir", 5),
    ] {
        let run = folder.mien(words).expect(code);
        assert!(run.stderr.starts_with("mien: "), "{words}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{words}");
    }
    assert_eq!(folder.names(), ["dir", "t.jpg", "u.jpg"]);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with_portraits();
    fs::set_permissions(folder.path("u.jpg"), fs::Permissions::from_mode(0o000)).unwrap();
    // Root reads it all the same.
    let code = if fs::read(folder.path("u.jpg")).is_ok() {
        0
    } else {
        5
    };
    folder.mien(&format!("{FUSE} r.jpg")).expect(code);
}

/// A limit on the size of files stands for the full disk: writes fail half way.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_behind() {
    let folder = Folder::with_portraits();
    folder.put("old.jpg", b"what was there before");
    let limited = "trap '' XFSZ; ulimit -f 8;";
    for (words, out) in [
        (format!("{FUSE} r.jpg"), "r.jpg"),
        (format!("{FUSE} old.jpg"), "old.jpg"),
        (
            "fuse --template t.jpg --face u.jpg --sheet s.png".to_owned(),
            "s.png",
        ),
        ("detect u.jpg --draw d.png".to_owned(), "d.png"),
    ] {
        let run = folder
            .shell(&format!("{limited} \"$MIEN\" {words}"))
            .expect(5);
        assert!(run.stderr.contains(out), "{}", run.stderr);
        assert!(
            run.stderr.contains("nothing was left behind"),
            "{}",
            run.stderr
        );
        assert_eq!(folder.names(), ["old.jpg", "t.jpg", "u.jpg"], "{words}");
    }
    assert_eq!(folder.get("old.jpg"), b"what was there before");
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_no_place_for_a_picture() {
    let folder = Folder::with_portraits();
    let run = folder.mien(&format!("{FUSE} /dev/full")).expect(2);
    assert!(run.stderr.contains("regular file"), "{}", run.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn endless_input_is_cut_off() {
    let folder = Folder::with_portraits();
    let run = folder
        .mien("fuse --template t.jpg --face /dev/zero --out r.jpg")
        .expect(3);
    assert!(run.stderr.contains("64 MiB"), "{}", run.stderr);
}
