//! How to call this program again from where it was called.

use std::path::{Path, PathBuf};

use specmint_server::demo::quoted;

use crate::args::StoreArgs;

/// The words that make the demo's objects in the database of `store`.
pub(crate) fn demo(store: &StoreArgs) -> String {
    command(&["demo"], store)
}

/// The words that make a key for the administration of `store`.
pub(crate) fn admin_key(store: &StoreArgs) -> String {
    command(&["admin", "key"], store)
}

fn command(command: &[&str], store: &StoreArgs) -> String {
    let called = std::env::args_os().next().map(PathBuf::from);
    let called = called.unwrap_or_else(|| "specmint".into());
    let here = std::env::current_dir().ok();
    words(&called, here.as_deref(), command, store)
}

fn words(called: &Path, here: Option<&Path>, command: &[&str], store: &StoreArgs) -> String {
    let mut words = vec![program(called, here)];
    words.extend(command.iter().map(ToString::to_string));
    words.extend(["--database".to_owned(), store.database.clone()]);
    if let Some(key_file) = &store.key_file {
        words.extend(["--key-file".to_owned(), key_file.display().to_string()]);
    }
    let words: Vec<_> = words.iter().map(|word| quoted(word)).collect();
    words.join(" ")
}

/// The program as it was called, but shorter where it stands below `here`.
fn program(called: &Path, here: Option<&Path>) -> String {
    let below = here.and_then(|here| called.strip_prefix(here).ok());
    match below {
        // A shell looks for a bare name elsewhere.
        Some(name) if name.components().count() == 1 => format!("./{}", name.display()),
        Some(path) => path.display().to_string(),
        None => called.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(database: &str, key_file: Option<&str>) -> StoreArgs {
        StoreArgs {
            database: database.to_owned(),
            key_file: key_file.map(PathBuf::from),
        }
    }

    #[test]
    fn the_program_is_called_as_it_was() {
        let here = Some(Path::new("/home/ada/specmint"));
        let called = |name: &str| program(Path::new(name), here);
        assert_eq!(called("specmint"), "specmint");
        assert_eq!(called("/usr/bin/specmint"), "/usr/bin/specmint");
        assert_eq!(
            called("/home/ada/specmint/target/release/specmint"),
            "target/release/specmint"
        );
        assert_eq!(called("/home/ada/specmint/specmint"), "./specmint");
        assert_eq!(called("./specmint"), "./specmint");
    }

    #[test]
    fn the_store_s_options_are_said_again_and_quoted_where_needed() {
        let said = |store| words(Path::new("specmint"), None, &["demo"], &store);
        assert_eq!(
            said(store("sqlite:specmint.db", None)),
            "specmint demo --database sqlite:specmint.db"
        );
        assert_eq!(
            said(store("sqlite:my data.db", Some("a key"))),
            "specmint demo --database 'sqlite:my data.db' --key-file 'a key'"
        );
    }
}
