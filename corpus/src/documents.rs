//! Which documents a folder holds.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// One OpenAPI document; it may be the first of several files.
#[derive(Clone, Debug)]
pub struct Document {
    /// How the report calls it: the file, or the folder where there is one for each document.
    pub name: String,
    pub path: PathBuf,
    /// The folder that it was found in, as it was given.
    pub corpus: String,
}

impl Document {
    /// A name for its crate and its logs.
    pub fn slug(&self) -> String {
        let name = self.name.to_ascii_lowercase();
        let words = name.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        format!("c-{}", words.join("-"))
    }
}

/// The documents of a folder: those that its `INDEX.tsv` names with a `root_file`, or else every YAML and JSON file; or
/// the one document that `path` is.
pub fn of(path: &Path) -> io::Result<Vec<Document>> {
    if path.is_file() {
        return Ok(vec![single(path, path.parent().unwrap_or(path))]);
    }
    let index = fs::read_to_string(path.join("INDEX.tsv")).unwrap_or_default();
    let mut documents = indexed(path, &index);
    if documents.is_empty() {
        for entry in fs::read_dir(path)? {
            let file = entry?.path();
            let is_document =
                |end: &std::ffi::OsStr| ["yaml", "yml", "json"].iter().any(|it| end == *it);
            if file.extension().is_some_and(is_document) {
                documents.push(single(&file, path));
            }
        }
    }
    documents.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(documents)
}

fn single(path: &Path, folder: &Path) -> Document {
    let name = path.file_name().unwrap_or_default();
    Document {
        name: name.to_string_lossy().into_owned(),
        path: path.to_owned(),
        corpus: folder.display().to_string(),
    }
}

/// The documents of an index with a column `root_file`: a folder each.
fn indexed(folder: &Path, index: &str) -> Vec<Document> {
    let roots = column(index, "root_file");
    let document = |(name, root): (&str, &str)| Document {
        name: name.to_owned(),
        path: folder.join(name).join(root),
        corpus: folder.display().to_string(),
    };
    roots.into_iter().map(document).collect()
}

/// What a table with a header line says in this column, by the first column.
fn column<'a>(table: &'a str, name: &str) -> HashMap<&'a str, &'a str> {
    let mut lines = table.lines();
    let mut header = lines.next().unwrap_or("").split('\t');
    let Some(index) = header.position(|column| column == name) else {
        return HashMap::new();
    };
    let cells = |line: &'a str| Some((line.split('\t').next()?, line.split('\t').nth(index)?));
    lines.filter_map(cells).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_names_the_first_file_of_each_folder() {
        let folder = tempfile::tempdir().unwrap();
        let index = "name\tfiles\troot_file\nshop\t3\tapi/openapi.yaml\n";
        fs::write(folder.path().join("INDEX.tsv"), index).unwrap();
        let documents = of(folder.path()).unwrap();
        assert_eq!(documents.len(), 1);
        assert_eq!(
            documents[0].path,
            folder.path().join("shop/api/openapi.yaml")
        );
        assert_eq!(documents[0].slug(), "c-shop");
    }

    #[test]
    fn without_one_every_file_is_a_document() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.json", "a.yaml", "INDEX.tsv", "README"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let documents = of(folder.path()).unwrap();
        let names: Vec<_> = documents.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["a.yaml", "b.json"]);
        assert_eq!(Path::new(&documents[0].corpus), folder.path());
    }
}
