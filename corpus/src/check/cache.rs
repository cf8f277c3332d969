//! Results by content: what was compiled is not compiled again, unless its code, the runtime or the compiler is another.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::outcome::Checked;

pub struct Cache {
    folder: PathBuf,
    /// Of the runtime and the compiler.
    common: u64,
}

impl Cache {
    pub fn new(work: &Path, runtime: &Path) -> io::Result<Self> {
        let folder = work.join("results");
        fs::create_dir_all(&folder)?;
        let mut hasher = DefaultHasher::new();
        Command::new("rustc")
            .arg("--version")
            .output()?
            .stdout
            .hash(&mut hasher);
        hash_folder(runtime, &mut hasher)?;
        Ok(Self {
            folder,
            common: hasher.finish(),
        })
    }

    /// The key of the crate in this folder.
    pub fn key(&self, folder: &Path) -> io::Result<String> {
        let mut hasher = DefaultHasher::new();
        self.common.hash(&mut hasher);
        hash_folder(folder, &mut hasher)?;
        Ok(format!("{:016x}.json", hasher.finish()))
    }

    pub fn get(&self, key: &str) -> Option<Checked> {
        serde_json::from_slice(&fs::read(self.folder.join(key)).ok()?).ok()
    }

    pub fn put(&self, key: &str, checked: &Checked) -> io::Result<()> {
        fs::write(self.folder.join(key), serde_json::to_vec(checked)?)
    }
}

/// Hashes the name and the content of every file below `folder`.
fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    paths.sort();
    for path in paths {
        path.file_name().hash(hasher);
        if path.is_dir() {
            hash_folder(&path, hasher)?;
        } else {
            fs::read(&path)?.hash(hasher);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_is_found_again() {
        let place = tempfile::tempdir().unwrap();
        let (runtime, folder) = (place.path().join("runtime"), place.path().join("crate"));
        for folder in [&runtime, &folder] {
            fs::create_dir_all(folder.join("src")).unwrap();
            fs::write(folder.join("src/lib.rs"), "//!").unwrap();
        }
        let cache = Cache::new(place.path(), &runtime).unwrap();
        let key = cache.key(&folder).unwrap();
        assert!(cache.get(&key).is_none());
        cache
            .put(
                &key,
                &Checked {
                    seconds: 1.5,
                    ..Checked::default()
                },
            )
            .unwrap();
        assert!(cache.get(&key).is_some_and(|checked| checked.seconds > 1.0));
        fs::write(folder.join("src/lib.rs"), "// other").unwrap();
        assert_ne!(cache.key(&folder).unwrap(), key);
        fs::write(folder.join("src/lib.rs"), "//!").unwrap();
        fs::write(runtime.join("src/lib.rs"), "// other").unwrap();
        let other = Cache::new(place.path(), &runtime).unwrap();
        assert_ne!(other.key(&folder).unwrap(), key);
    }
}
