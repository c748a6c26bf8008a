use super::super::conformance;
use super::*;

fn key(text: &str) -> ObjectKey {
    ObjectKey::parse(text).unwrap()
}

/// The paths of all files below a folder, relative to it, sorted.
fn files_below(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let path = path.strip_prefix(folder).unwrap();
                files.push(path.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn files_conform() {
    let parent = tempfile::tempdir().unwrap();
    let mut count = 0;
    conformance::conform(|| {
        count += 1;
        FileObjects::open(parent.path().join(count.to_string())).unwrap()
    });
}

#[test]
fn objects_stay_when_the_folder_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let objects = FileObjects::open(folder.path()).unwrap();
    objects.put(&key("a/b"), b"kept").unwrap();
    drop(objects);
    let objects = FileObjects::open(folder.path()).unwrap();
    assert_eq!(objects.get(&key("a/b")).unwrap(), b"kept");
}

#[test]
fn a_put_leaves_only_the_object() {
    let folder = tempfile::tempdir().unwrap();
    let objects = FileObjects::open(folder.path()).unwrap();
    objects.put(&key("a/b.jpg"), b"1").unwrap();
    objects.put(&key("a/b.jpg"), b"2").unwrap();
    objects.put(&key("c"), b"3").unwrap();
    assert_eq!(files_below(folder.path()), ["+/lock", "a+/b.jpg", "c"]);
}

#[test]
fn a_new_object_is_written_where_it_stays() {
    let folder = tempfile::tempdir().unwrap();
    let objects = FileObjects::open(folder.path()).unwrap();
    objects.put_new(&key("a/b/c.jpg"), b"1").unwrap();
    assert_eq!(files_below(folder.path()), ["+/lock", "a+/b+/c.jpg"]);
    // A key that is not new belongs to somebody.
    assert!(matches!(
        objects.put_new(&key("a/b/c.jpg"), b"2"),
        Err(ObjectError::Failed { .. })
    ));
    assert_eq!(objects.get(&key("a/b/c.jpg")).unwrap(), b"1");
}

/// What a process leaves that is killed between writing and renaming.
#[test]
fn what_a_dead_writer_left_is_swept() {
    let folder = tempfile::tempdir().unwrap();
    let objects = FileObjects::open(folder.path()).unwrap();
    objects.put(&key("a"), b"whole").unwrap();
    let unfinished = objects.write_unfinished(b"hal").unwrap();
    let (_, left) = unfinished.keep().unwrap();

    // A second process while the first lives must not sweep.
    let second = FileObjects::open(folder.path()).unwrap();
    assert!(left.exists());
    drop((objects, second));

    let objects = FileObjects::open(folder.path()).unwrap();
    assert!(!left.exists());
    assert_eq!(objects.list("").unwrap(), [key("a")]);
    assert_eq!(files_below(folder.path()), ["+/lock", "a"]);
}

#[test]
fn a_put_that_fails_leaves_nothing_half() {
    let folder = tempfile::tempdir().unwrap();
    let objects = FileObjects::open(folder.path()).unwrap();
    // A folder in the place of the object's file refuses the rename.
    fs::create_dir(folder.path().join("a")).unwrap();
    let error = objects.put(&key("a"), b"new").unwrap_err();
    assert!(matches!(error, ObjectError::Failed { .. }), "{error}");
    assert_eq!(files_below(folder.path()), ["+/lock"]);
}

#[test]
fn a_file_above_the_limit_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let objects = FileObjects::open(folder.path()).unwrap();
    let bytes = MOST_OBJECT_BYTES as u64 + 1;
    File::create(folder.path().join("a"))
        .unwrap()
        .set_len(bytes)
        .unwrap();
    match objects.get(&key("a")) {
        Err(ObjectError::TooLarge { bytes: told, .. }) => assert_eq!(told, bytes),
        other => panic!("{:?}", other.map(|content| content.len())),
    }
}

#[test]
fn files_of_others_are_not_listed() {
    let folder = tempfile::tempdir().unwrap();
    let objects = FileObjects::open(folder.path()).unwrap();
    objects.put(&key("a"), b"").unwrap();
    fs::write(folder.path().join("not a key"), b"").unwrap();
    fs::create_dir(folder.path().join("lost+found")).unwrap();
    fs::write(folder.path().join("lost+found").join("x"), b"").unwrap();
    assert_eq!(objects.list("").unwrap(), [key("a")]);
}

#[test]
fn a_file_is_no_folder() {
    let file = NamedTempFile::new().unwrap();
    let error = FileObjects::open(file.path()).unwrap_err();
    let place = file.path().display().to_string();
    assert!(error.to_string().starts_with(&place), "{error}");
}

#[cfg(unix)]
#[test]
fn others_may_not_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let objects = FileObjects::open(folder.path().join("objects")).unwrap();
    objects.put(&key("a/b"), b"").unwrap();
    for path in ["objects", "objects/+", "objects/a+", "objects/a+/b"] {
        let metadata = fs::metadata(folder.path().join(path)).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o077, 0, "{path}");
    }
}
