//! The file beside the database that holds the key which seals the signing keys.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use zeroize::Zeroizing;

use crate::OpenError;

const MARK: &str = "specmint-key-1:";
/// No key file is longer; what is, is another file.
const LONGEST: u64 = 256;

type Key = Zeroizing<[u8; 32]>;

/// Reads the key of the file at `path`; `None` if there is no file.
pub(crate) fn read(path: &Path) -> Result<Option<Key>, OpenError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unusable(path, error)),
    };
    let metadata = file.metadata().map_err(|error| unusable(path, error))?;
    if !metadata.is_file() {
        return Err(malformed(path));
    }
    check_mode(path, &metadata)?;
    let mut text = Zeroizing::new(String::new());
    if let Err(error) = file.take(LONGEST).read_to_string(&mut text) {
        return match error.kind() {
            io::ErrorKind::InvalidData => Err(malformed(path)),
            _ => Err(unusable(path, error)),
        };
    }
    decode(&text).map(Some).ok_or_else(|| malformed(path))
}

/// Makes a key file at `path`, whole or not at all, readable by its owner alone. If another process made one first, that one
/// stays, and its key is returned.
pub(crate) fn make(path: &Path) -> Result<Key, OpenError> {
    let mut key = Key::default();
    UnwrapErr(SysRng).fill_bytes(&mut *key);
    match write_whole(path, &key) {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            read(path)?.ok_or_else(|| unusable(path, error))
        }
        Err(error) => Err(unusable(path, error)),
    }
}

fn write_whole(path: &Path, key: &Key) -> io::Result<()> {
    let draft = draft(path);
    // Left by a process that died while it wrote.
    match fs::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = create_private(&draft)?;
    let text = Zeroizing::new(format!(
        "{MARK}{}\n",
        *Zeroizing::new(URL_SAFE_NO_PAD.encode(**key))
    ));
    let linked = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        // Unlike a rename, a link never replaces a key that is there already.
        .and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    linked?;
    sync_directory(path)
}

fn draft(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    PathBuf::from(name)
}

fn decode(text: &str) -> Option<Key> {
    let encoded = text.strip_prefix(MARK)?.trim_end();
    let mut key = Key::default();
    let length = URL_SAFE_NO_PAD.decode_slice(encoded, &mut *key).ok()?;
    (length == key.len()).then_some(key)
}

#[cfg(unix)]
fn check_mode(path: &Path, metadata: &fs::Metadata) -> Result<(), OpenError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(OpenError::KeyTooOpen {
        key_file: path.to_owned(),
        mode,
    })
}

#[cfg(not(unix))]
fn check_mode(_path: &Path, _metadata: &fs::Metadata) -> Result<(), OpenError> {
    Ok(())
}

fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes the file's name as durable as its content.
fn sync_directory(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(directory) if cfg!(unix) && !directory.as_os_str().is_empty() => {
            File::open(directory)?.sync_all()
        }
        Some(_) if cfg!(unix) => File::open(".")?.sync_all(),
        _ => Ok(()),
    }
}

fn malformed(path: &Path) -> OpenError {
    OpenError::KeyMalformed {
        key_file: path.to_owned(),
    }
}

fn unusable(path: &Path, source: io::Error) -> OpenError {
    OpenError::KeyIo {
        key_file: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_made_once_and_read_back() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("db.key");
        assert!(read(&path).expect("no file is no error").is_none());
        let key = make(&path).expect("made");
        assert_eq!(read(&path).expect("read"), Some(key.clone()));
        assert_eq!(
            make(&path).expect("made before"),
            key,
            "the first one stays"
        );
        let names: Vec<_> = fs::read_dir(directory.path()).expect("listed").collect();
        assert_eq!(names.len(), 1, "no draft is left");
    }

    #[test]
    fn a_draft_of_a_dead_process_is_no_hindrance() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("db.key");
        fs::write(draft(&path), "specmint-key-1:AAA").expect("written");
        let key = make(&path).expect("made");
        assert_eq!(read(&path).expect("read"), Some(key));
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("db.key");
        make(&path).expect("made");
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o7777, 0o600);
        for open in [0o640, 0o604, 0o660, 0o601] {
            fs::set_permissions(&path, fs::Permissions::from_mode(open)).expect("set");
            let refused = read(&path).expect_err("too open");
            assert!(matches!(refused, OpenError::KeyTooOpen { mode, .. } if mode == open));
        }
    }

    #[cfg(unix)]
    #[test]
    fn another_file_is_not_taken_for_one() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("db.key");
        let long = "A".repeat(1000);
        for content in ["", "hello", "specmint-key-1:", "specmint-key-1:AAAA", &long] {
            fs::write(&path, content).expect("written");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("set");
            assert!(
                matches!(read(&path), Err(OpenError::KeyMalformed { .. })),
                "{content}"
            );
            assert_eq!(fs::read_to_string(&path).expect("kept"), content);
        }
        assert!(matches!(
            read(directory.path()),
            Err(OpenError::KeyMalformed { .. })
        ));
    }
}
