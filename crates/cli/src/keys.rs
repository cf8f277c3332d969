//! `specmint keys`.

use specmint_server::rotate_keys;

use crate::args::KeysCommand;
use crate::failure::Failure;
use crate::output::say;
use crate::serve::open_existing;

/// Does what is asked of the signing keys.
pub(crate) async fn run(command: KeysCommand) -> Result<(), Failure> {
    let KeysCommand::Rotate(args) = command;
    let store = open_existing(&args).await?;
    let rotated = rotate_keys(&store).await;
    store.close().await;
    let rotated = rotated?;
    let others = match rotated.others {
        1 => "The key before it verifies".to_owned(),
        others => format!("The {others} keys before it verify"),
    };
    say(format_args!(
        "Beyond Identity's tokens are signed with a new key from now on: {}\n\
         {others} until {} at the latest, when the last token has expired.",
        rotated.kid,
        rotated.others_until.format("%Y-%m-%d %H:%M:%S UTC"),
    ));
    Ok(())
}
