//! `specmint explain`.

use clap::Args;
use specmint_codegen::diagnostic::Code;

use crate::failure::Failure;
use crate::output::say;

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The code, as a diagnostic shows it in brackets
    code: String,
}

/// Says what the code means.
pub(crate) fn run(args: &ExplainArgs) -> Result<(), Failure> {
    let code = Code::ALL.iter().find(|code| code.name() == args.code);
    let Some(code) = code else {
        let code = &args.code;
        return Err(Failure::new(format!(
            "there is no code `{code}`; docs/diagnostics.md lists them all"
        )));
    };
    say(format_args!("{code}: {}", code.meaning()));
    Ok(())
}
