//! Merchants' accounts: signing up, signing in, and guessing.

use chrono::{DateTime, TimeDelta};
use futures_util::future::join_all;
use specmint_store::TokenFilter;

use super::flow::{Merchant, RETURN_URL, SIGN_IN, SIGN_UP, merchant, open, token};
use crate::client::Client;
use crate::server::{Server, Setup, shared};

scenarios!(
    who_signed_up_can_sign_in,
    an_address_counts_in_either_case,
    an_address_has_one_account,
    who_has_no_account_and_who_guesses_are_answered_alike,
    accounts_outlive_tokens,
    guessing_is_limited,
    guessing_is_limited_where_there_is_no_account,
    an_administrator_gives_attempts_back,
    guesses_are_counted_exactly,
    who_knows_the_password_is_not_counted,
    nobody_locks_another_out_from_one_address,
    one_address_is_limited_for_all_accounts_together,
    many_addresses_are_limited_for_one_account_together,
    a_password_is_kept_sealed,
    refuses_what_is_no_account,
);

/// How often a password may be tried in a quarter of an hour, from one address.
const MOST: usize = 10;

/// How often from one address for all accounts together, and for one account from all addresses together.
const MOST_TOGETHER: usize = 100;

/// A server whose clock stands at the beginning of a quarter of an hour.
async fn server() -> Server {
    let server = Server::start(Setup::default()).await;
    let begin = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
    server.clock.set(begin);
    server
}

async fn who_signed_up_can_sign_in() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let token = token(server, RETURN_URL).await;
    let page = merchant.send(server, SIGN_IN, &token).expect(200).await;
    let html = page.text();
    assert!(html.contains(&merchant.email) && html.contains("admin.store.example"));
    assert!(!html.contains(&merchant.password) && !html.contains("<script"));
}

async fn an_address_counts_in_either_case() {
    let server = shared().await;
    let merchant = merchant(server).await;
    let token = token(server, RETURN_URL).await;
    let shouting = Merchant {
        email: merchant.email.to_uppercase(),
        password: merchant.password.clone(),
    };
    shouting.sign_in(server, &token).await;
    shouting.send(server, SIGN_UP, &token).expect(409).await;
    let other = Merchant {
        password: merchant.password.to_uppercase(),
        ..merchant
    };
    other.send(server, SIGN_IN, &token).expect(403).await;
}

async fn an_address_has_one_account() {
    let server = shared().await;
    let first = Merchant::new();
    let second = Merchant {
        email: first.email.clone(),
        ..Merchant::new()
    };
    let token = token(server, RETURN_URL).await;
    let calls = [&first, &second].map(|one| one.send(server, SIGN_UP, &token).send());
    let answers = join_all(calls).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    let won = if statuses[0] == 200 { &first } else { &second };
    let lost = if statuses[0] == 200 { &second } else { &first };
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    won.sign_in(server, &token).await;
    lost.send(server, SIGN_IN, &token).expect(403).await;
    let again = won.send(server, SIGN_UP, &token).expect(409).await;
    assert!(again.text().contains("Sign in instead"));
}

async fn who_has_no_account_and_who_guesses_are_answered_alike() {
    let server = shared().await;
    let known = merchant(server).await;
    let token = token(server, RETURN_URL).await;
    let guess = Merchant {
        email: known.email.clone(),
        ..Merchant::new()
    };
    let stranger = Merchant::new();
    let mut texts = Vec::new();
    for merchant in [&guess, &stranger] {
        let answer = merchant.send(server, SIGN_IN, &token).expect(403).await;
        let text = answer.text().replace(&merchant.email, "EMAIL");
        let (before, nonce) = text.split_once(" nonce=\"").expect("a nonce");
        let (_, after) = nonce.split_once('"').expect("its end");
        texts.push(format!("{before}{after}"));
    }
    assert_eq!(texts[0], texts[1]);
    assert!(texts[0].contains("is not right"));
}

async fn accounts_outlive_tokens() {
    let server = server().await;
    let merchant = merchant(&server).await;
    server.clock.advance(TimeDelta::days(365));
    let token = token(&server, RETURN_URL).await;
    merchant.sign_in(&server, &token).await;
}

/// Tries a wrong password as often as that is allowed.
async fn guess(server: &Server, email: &str, token: &str) {
    guess_by(&server.client, email, token).await;
}

/// The same from where that client is.
async fn guess_by(client: &Client, email: &str, token: &str) {
    for _ in 0..MOST {
        let guess = Merchant {
            email: email.to_owned(),
            ..Merchant::new()
        };
        guess.send_by(client, SIGN_IN, token).expect(403).await;
    }
}

/// A client at another address of this machine.
fn elsewhere(server: &Server, last: usize) -> Client {
    let address = format!("127.0.1.{last}");
    server.client.at(address.parse().expect("an address"))
}

async fn guessing_is_limited() {
    let server = server().await;
    let (known, other) = (merchant(&server).await, merchant(&server).await);
    // Signing up was an attempt, of the quarter that is over now.
    server.clock.advance(TimeDelta::minutes(15));
    let token = token(&server, RETURN_URL).await;
    guess(&server, &known.email, &token).await;
    for path in [SIGN_IN, SIGN_UP] {
        let refused = known.send(&server, path, &token).expect(429).await;
        assert_eq!(refused.header("retry-after"), "900");
        assert!(refused.text().contains("in 15 minutes"));
        let call = known.send(&server, path, &token);
        let refused = call.header("accept", "application/json").expect(429).await;
        assert_eq!(refused.string("/code"), "429");
    }
    other.sign_in(&server, &token).await;
    server.clock.advance(TimeDelta::seconds(899));
    let refused = known.send(&server, SIGN_IN, &token).expect(429).await;
    assert_eq!(refused.header("retry-after"), "1");
    server.clock.advance(TimeDelta::seconds(1));
    open(&server, &token).expect(400).await;
    let token = super::flow::token(&server, RETURN_URL).await;
    known.sign_in(&server, &token).await;
}

/// Who revokes what counts them, meant to end nothing else.
async fn an_administrator_gives_attempts_back() {
    let server = server().await;
    let known = merchant(&server).await;
    server.clock.advance(TimeDelta::minutes(15));
    let token = token(&server, RETURN_URL).await;
    guess(&server, &known.email, &token).await;
    known.send(&server, SIGN_IN, &token).expect(429).await;
    let filter = TokenFilter {
        kinds: vec!["attempts".to_owned()],
        ..TokenFilter::default()
    };
    let counters = server.store.find_tokens(&filter, 10).await.expect("read");
    for counter in counters {
        server
            .store
            .revoke(counter.id, "test")
            .await
            .expect("ended");
    }
    known.sign_in(&server, &token).await;
    guess(&server, &known.email, &token).await;
    known.send(&server, SIGN_IN, &token).expect(429).await;
}

async fn guessing_is_limited_where_there_is_no_account() {
    let server = server().await;
    let stranger = Merchant::new();
    let token = token(&server, RETURN_URL).await;
    guess(&server, &stranger.email, &token).await;
    stranger.send(&server, SIGN_IN, &token).expect(429).await;
    let shouting = Merchant {
        email: stranger.email.to_uppercase(),
        ..stranger
    };
    shouting.send(&server, SIGN_IN, &token).expect(429).await;
}

async fn guesses_are_counted_exactly() {
    let server = server().await;
    let stranger = Merchant::new();
    let token = token(&server, RETURN_URL).await;
    let calls = (0..16).map(|_| stranger.send(&server, SIGN_IN, &token).send());
    let answers = join_all(calls).await;
    let count = |status| answers.iter().filter(|one| one.status == status).count();
    assert_eq!((count(403), count(429)), (MOST, 16 - MOST));
}

async fn who_knows_the_password_is_not_counted() {
    let server = server().await;
    let merchant = merchant(&server).await;
    server.clock.advance(TimeDelta::minutes(15));
    let token = token(&server, RETURN_URL).await;
    for _ in 0..=MOST {
        merchant.sign_in(&server, &token).await;
    }
    // All guesses are still there, and no more than these.
    guess(&server, &merchant.email, &token).await;
    merchant.send(&server, SIGN_IN, &token).expect(429).await;
}

async fn nobody_locks_another_out_from_one_address() {
    let server = server().await;
    let merchant = merchant(&server).await;
    let token = token(&server, RETURN_URL).await;
    let attacker = elsewhere(&server, 1);
    guess_by(&attacker, &merchant.email, &token).await;
    for path in [SIGN_IN, SIGN_UP] {
        merchant.send_by(&attacker, path, &token).expect(429).await;
    }
    merchant.sign_in(&server, &token).await;
}

async fn one_address_is_limited_for_all_accounts_together() {
    let server = server().await;
    let token = token(&server, RETURN_URL).await;
    for _ in 0..MOST_TOGETHER / MOST {
        guess(&server, &Merchant::new().email, &token).await;
    }
    let newcomer = Merchant::new();
    let refused = newcomer.send(&server, SIGN_UP, &token).expect(429).await;
    assert!(refused.text().contains("in 15 minutes"));
    newcomer.send(&server, SIGN_IN, &token).expect(429).await;
    let other = elsewhere(&server, 1);
    newcomer.send_by(&other, SIGN_UP, &token).expect(200).await;
}

async fn many_addresses_are_limited_for_one_account_together() {
    let server = server().await;
    let merchant = merchant(&server).await;
    server.clock.advance(TimeDelta::minutes(15));
    let token = token(&server, RETURN_URL).await;
    for last in 1..=MOST_TOGETHER / MOST {
        guess_by(&elsewhere(&server, last), &merchant.email, &token).await;
    }
    merchant.send(&server, SIGN_IN, &token).expect(429).await;
    Merchant::new().sign_up(&server, &token).await;
}

async fn a_password_is_kept_sealed() {
    let server = Server::start(Setup::default()).await;
    let merchant = merchant(&server).await;
    assert!(server.database_holds(&merchant.email).await);
    assert!(!server.database_holds(&merchant.password).await);
    assert!(
        !server.database_holds("argon2").await,
        "a hash in the clear"
    );
}

async fn refuses_what_is_no_account() {
    let server = shared().await;
    let token = token(server, RETURN_URL).await;
    let (email, password) = ("someone@merchant.example", "long enough for all");
    let long = format!("{}@merchant.example", "a".repeat(254));
    for (path, email, password) in [
        (SIGN_UP, email, "eleven char"),
        (SIGN_UP, email, ""),
        (SIGN_UP, "no-address", password),
        (SIGN_UP, "", password),
        (SIGN_UP, "a@b\u{fc}cher.example", password),
        (SIGN_UP, &long, password),
        (SIGN_UP, email, &"a".repeat(257)),
        (SIGN_IN, email, ""),
        (SIGN_IN, "no-address", password),
        (SIGN_IN, &long, password),
        (SIGN_IN, email, &"a".repeat(257)),
    ] {
        let form = [("token", &*token), ("email", email), ("password", password)];
        let call = || server.client.post(path).form(&form);
        let page = call().expect(400).await.text();
        assert!(password.is_empty() || !page.contains(password));
        // What is wrong is said in words for people, above the form with what can be kept of it.
        assert!(
            page.contains("role=\"alert\"") && !page.contains('`'),
            "{page}"
        );
        assert!(page.contains(&format!("name=\"token\" value=\"{token}\"")));
        assert!(email.is_empty() || page.contains(&format!("value=\"{email}\"")));
        assert_eq!(page.contains("<details open"), path == SIGN_UP);
        let error = call().header("accept", "application/json").expect(400);
        assert_eq!(error.await.string("/code"), "400");
    }
    let good = [("token", &*token), ("email", email), ("password", password)];
    for path in [SIGN_IN, SIGN_UP] {
        for missing in 0..good.len() {
            let mut form = good.to_vec();
            form.remove(missing);
            server.client.post(path).form(&form).expect(400).await;
        }
        let bad = [("token", "no-token"), good[1], good[2]];
        let answer = server.client.post(path).form(&bad).expect(400).await;
        assert!(answer.text().contains("no such token"));
    }
    let form = [good[0], good[1], ("password", "123456789012")];
    server.client.post(SIGN_UP).form(&form).expect(200).await;
}
