//! Secrets are never plain on the disk.

use std::convert::Infallible;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use specmint_store::{NewToken, StoreError, split};

use crate::place::{API, Place, bare_token, team};

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn no_file_has_a_secret_in_it() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await.id;
    let (id, text, hash) = split::mint("sm_");
    let (_, part) = split::parse("sm_", &text).expect("its text");
    let asked = NewToken {
        id: Some(id),
        name: Some("a name that shows".to_owned()),
        ..NewToken::new(API, "access", owner, hash)
    };
    store.mint(asked).await.expect("minted");
    store
        .mint(bare_token(owner, "a bare token text"))
        .await
        .expect("minted");
    let key = b"the private key of a signer, quite long".to_vec();
    let made = || Ok::<_, Infallible>(key.clone());
    assert_eq!(
        &*store.secret("signer", made).await.expect("kept"),
        key.as_slice()
    );

    let secrets: [&[u8]; 8] = [
        text.as_bytes(),
        &text.as_bytes()[24..],
        part.as_ref(),
        b"a bare token text",
        &key,
        b"private key of a sign",
        URL_SAFE_NO_PAD.encode(&key).as_bytes(),
        STANDARD.encode(part.as_ref()).as_bytes(),
    ]
    .map(|secret| &*secret.to_vec().leak());
    let with_log = place.bytes();
    assert!(place.path("store.db-wal").exists());
    store.close().await;
    for bytes in [with_log, place.bytes()] {
        assert!(
            contains(&bytes, b"a name that shows"),
            "the search finds what is there"
        );
        assert!(contains(&bytes, hash.as_bytes()));
        for secret in secrets {
            assert!(
                !contains(&bytes, secret),
                "{}",
                String::from_utf8_lossy(secret)
            );
        }
    }
}

#[tokio::test]
async fn a_signing_key_is_made_once() {
    let place = Place::new();
    let store = place.open().await;
    let first = store
        .secret("a", || Ok::<_, Infallible>(b"first".to_vec()))
        .await
        .expect("made");
    let again = store
        .secret("a", || Ok::<_, Infallible>(b"second".to_vec()))
        .await
        .expect("kept");
    assert_eq!(
        (&*first, &*again),
        (b"first".as_slice(), b"first".as_slice())
    );
    let other = store
        .secret("b", || Ok::<_, Infallible>(b"other".to_vec()))
        .await
        .expect("made");
    assert_eq!(&*other, b"other");
    assert_eq!(format!("{other:?}"), "SecretBytes(..)");
    store.close().await;
    let store = place.open().await;
    let kept = store
        .secret("a", || Err::<Vec<u8>, _>("not made again"))
        .await
        .expect("kept");
    assert_eq!(&*kept, b"first");
    let failed = store
        .secret("c", || Err::<Vec<u8>, _>("no luck"))
        .await
        .expect_err("not made");
    assert!(matches!(failed, StoreError::Make { .. }), "{failed}");
}

#[tokio::test]
async fn two_stores_that_start_at_once_have_the_same_keys() {
    let place = Place::new();
    let (one, two) = tokio::join!(place.open(), place.open());
    let (first, second) = tokio::join!(
        one.secret("a", || Ok::<_, Infallible>(b"first".to_vec())),
        two.secret("a", || Ok::<_, Infallible>(b"second".to_vec())),
    );
    assert_eq!(&*first.expect("kept"), &*second.expect("kept"));
}
