//! Putting bytes in the place of a file, whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use tempfile::Builder;

/// Makes `target` hold `bytes`, which are on the disk before they get its name.
///
/// Until then they have no name at all where the system can do that (Linux, on most file systems),
/// so that even a process that is killed leaves nothing behind; elsewhere a temporary one.
pub(super) fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = super::folder_of(target);
    let mut names = Builder::new();
    names.prefix(".mien-").suffix(".part");
    #[cfg(target_os = "linux")]
    if let Ok(mut file) = unnamed::create(folder) {
        fill(&mut file, bytes)?;
        if let Ok(name) = names.make_in(folder, |path| unnamed::link(&file, path)) {
            keep_permissions(target, name.path())?;
            name.persist(target).map_err(|persist| persist.error)?;
            return Ok(());
        }
    }
    #[cfg(unix)]
    names.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = names.tempfile_in(folder)?;
    fill(file.as_file_mut(), bytes)?;
    keep_permissions(target, file.path())?;
    file.persist(target).map_err(|persist| persist.error)?;
    Ok(())
}

fn fill(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    // Some file systems tell only now that there is no room.
    file.sync_data()
}

/// Gives the new file the permissions of the one it replaces, if there is one.
fn keep_permissions(target: &Path, new: &Path) -> io::Result<()> {
    match fs::metadata(target) {
        Ok(old) => fs::set_permissions(new, old.permissions()),
        Err(_) => Ok(()),
    }
}

#[cfg(target_os = "linux")]
mod unnamed {
    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, openat};
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::path::Path;

    /// A file without a name on the file system of `folder`.
    pub(super) fn create(folder: &Path) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::TMPFILE | OFlags::CLOEXEC;
        Ok(openat(CWD, folder, flags, Mode::from_raw_mode(0o666))?.into())
    }

    /// Gives the file a name that is not taken.
    pub(super) fn link(file: &File, name: &Path) -> io::Result<()> {
        let handle = format!("/proc/self/fd/{}", file.as_raw_fd());
        Ok(linkat(CWD, handle, CWD, name, AtFlags::SYMLINK_FOLLOW)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jpg");
        for bytes in [&b"first and longer"[..], b"second"] {
            replace(&path, bytes).unwrap();
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_take_the_place_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        fs::create_dir_all(path.join("full")).unwrap();
        assert!(replace(&path, b"bytes").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_those_of_the_file_before_or_of_any_new_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (ours, usual) = (folder.path().join("ours"), folder.path().join("usual"));
        replace(&ours, b"new").unwrap();
        fs::write(&usual, b"new").unwrap();
        assert_eq!(mode(&ours), mode(&usual));
        fs::set_permissions(&ours, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&ours, b"newer").unwrap();
        assert_eq!(mode(&ours), 0o640);
    }
}
