//! The page that documents every code.

use std::fmt::Write;

use super::Code;

/// The text of `docs/diagnostics.md`.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    for code in Code::ALL {
        let _ = writeln!(
            page,
            "| `{code}` | {} |",
            code.meaning().replace('|', "\\|")
        );
    }
    page
}

const HEAD: &str = "\
# Diagnostics

What Specmint finds in a document is never a panic and never silent: it is a diagnostic with a code, a place, an excerpt
and, where there is one, a remedy.

```text
error[unknown-field]: `requestBodi` is no field of the Operation Object in OpenAPI 3.0
  --> openapi.yaml:22:7
   |
22 |       requestBodi:
   |       ^^^^^^^^^^^
   |
   = help: did you mean `requestBody`?
```

An error stops generation; a warning does not. `specmint explain CODE` prints the line of this page.

`specmint generate --format json` prints each as one JSON object a line on standard output: `code`, `severity` (`error` or
`warning`), `message`, `help`, `file`, `line`, `column` and `end` (with `line` and `column`), and `related`, a list of
further places, each with a `label`. Lines and columns count from 1, columns in characters. Without a place, `file`,
`line`, `column` and `end` are null.

This page is made from the list that the code uses (`make pages`).

| code | what it is about |
| --- | --- |
";
