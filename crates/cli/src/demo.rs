//! `specmint demo`.

use specmint_server::{Provider, demo};

use crate::args::{DemoArgs, LISTEN};
use crate::failure::Failure;
use crate::output::{note, say};
use crate::serve::open;

/// Makes the demo's objects, or new keys for them, and prints them.
pub(crate) async fn run(args: DemoArgs) -> Result<(), Failure> {
    let store = open(&args.store).await?;
    let made = demo::make(&store).await;
    store.close().await;
    let made = made?;
    if made.again {
        note(
            "these are new keys for the objects that were there before; secrets are not stored, so the old ones \
             cannot be shown again (Beyond Identity's old client secret no longer works, the other old keys still do)",
        );
    }
    if args.json {
        say(serde_json::to_string(&made.demo)?);
    } else {
        say(format_args!(
            "With specmint serve on {LISTEN}, these commands call the APIs:\n"
        ));
        say(demo::guide(
            &made.demo,
            &format!("http://{LISTEN}"),
            &Provider::ALL,
            false,
        ));
    }
    Ok(())
}
