//! A folder that the generator shares with its user: it knows its own files by a list that stands among them.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::files;

/// The list of the generator's files, by which it knows the folder again.
const LIST: &str = ".specmint";

const LIST_HEAD: &str = "# The files that specmint wrote here, and may write again or remove.";

/// What a writing did; paths are below the folder, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The files that are new or changed.
    pub written: Vec<String>,
    /// The files that an earlier writing left and this one does not have.
    pub removed: Vec<String>,
    /// How many files stayed as they were.
    pub unchanged: usize,
}

/// One file that is not what it would be after a writing; paths are below the folder, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// It is not there.
    Missing(String),
    /// It holds something else.
    Changed(String),
    /// An earlier writing left it.
    Left(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "`{path}` is missing"),
            Self::Changed(path) => write!(f, "`{path}` holds something else"),
            Self::Left(path) => write!(f, "`{path}` is no longer generated"),
        }
    }
}

/// Why a crate was not written.
#[derive(Debug)]
#[non_exhaustive]
pub enum PackageError {
    /// The folder holds files, and none of them says that the generator wrote them.
    NotOurs(PathBuf),
    /// A file cannot be read, written or removed.
    Io(io::Error),
}

impl fmt::Display for PackageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs(folder) => write!(
                f,
                "`{}` holds files that specmint did not write; name a new folder, or empty this one first",
                folder.display()
            ),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PackageError {}

impl From<io::Error> for PackageError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Makes `folder` hold `texts`, each at its path.
pub fn write(folder: &Path, texts: &[(String, String)]) -> Result<Written, PackageError> {
    if !folder.join(LIST).is_file() && !is_empty(folder)? {
        return Err(PackageError::NotOurs(folder.to_owned()));
    }
    let mut done = Written::default();
    let left = left(folder, texts);
    // The list comes first: should the writing end halfway, the folder is known all the same.
    let ours = texts.iter().map(|(path, _)| path);
    let listed = list(ours.clone().chain(&left));
    files::write(&folder.join(LIST), &listed)?;
    for (path, text) in texts {
        if files::write(&folder.join(path), text)? {
            done.written.push(path.clone());
        } else {
            done.unchanged += 1;
        }
    }
    for path in &left {
        let file = folder.join(path);
        fs::remove_file(&file).map_err(|error| files::named(&error, "remove", &file))?;
    }
    files::write(&folder.join(LIST), &list(ours))?;
    done.removed = left;
    Ok(done)
}

/// In what `folder` differs from holding `texts`.
pub fn differences(folder: &Path, texts: &[(String, String)]) -> Vec<Difference> {
    let mut all: Vec<Difference> = texts
        .iter()
        .filter(|(path, text)| !files::holds(&folder.join(path), text))
        .map(|(path, _)| match folder.join(path).exists() {
            true => Difference::Changed(path.clone()),
            false => Difference::Missing(path.clone()),
        })
        .collect();
    all.extend(left(folder, texts).into_iter().map(Difference::Left));
    all
}

/// The files that the list in `folder` names, that are there, and that are not among `texts`.
fn left(folder: &Path, texts: &[(String, String)]) -> Vec<String> {
    let listed = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    // A list that someone edited leads nowhere else.
    let is_below = |path: &&str| {
        let mut parts = Path::new(path).components();
        parts.all(|part| matches!(part, Component::Normal(_)))
    };
    listed
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter(is_below)
        .filter(|path| texts.iter().all(|(ours, _)| ours != path))
        .filter(|path| folder.join(path).is_file())
        .map(str::to_owned)
        .collect()
}

fn list<'a>(paths: impl Iterator<Item = &'a String>) -> String {
    let lines: String = paths.map(|path| format!("{path}\n")).collect();
    format!("{LIST_HEAD}\n{lines}")
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(files::named(&error, "list", folder)),
    }
}

/// The path of `other` seen from `folder`, which may be yet to be made, with `/`.
pub fn relative(folder: &Path, other: &Path) -> io::Result<String> {
    let other = fs::canonicalize(other).map_err(|error| files::named(&error, "find", other))?;
    let folder = real(&std::path::absolute(folder)?);
    let same = folder.components().zip(other.components());
    let same = same.take_while(|(left, right)| left == right).count();
    let up = folder.components().skip(same).map(|_| "..".to_owned());
    let down = other.components().skip(same);
    let down = down.map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    Ok(if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    })
}

/// `path` without symbolic links, as far as it is there.
fn real(path: &Path) -> PathBuf {
    match (fs::canonicalize(path), path.parent(), path.file_name()) {
        (Ok(real), ..) => real,
        (Err(_), Some(parent), Some(name)) => real(parent).join(name),
        (Err(_), ..) => path.to_owned(),
    }
}
