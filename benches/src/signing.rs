//! What RSA signing alone allows on this machine: RS256 with nothing around it, and behind an endpoint that does nothing
//! else.

use std::io::{Error, Result};
use std::thread;
use std::time::{Duration, Instant};

use actix_web::{App, HttpResponse, HttpServer, web};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use crate::load::processor_seconds;

/// What one round of signing measured.
#[derive(Clone, Copy, Debug)]
pub struct Signing {
    /// Signatures a second.
    pub rate: f64,
    /// Processor time for each signature, in microseconds.
    pub cpu: f64,
}

/// On how many threads to sign beside a server that so many connections drive: no more signatures are under way there
/// than it has connections, nor than the machine has processors.
pub fn threads_for(connections: u32) -> u32 {
    let processors = thread::available_parallelism().map_or(1, |processors| processors.get());
    connections.min(u32::try_from(processors).unwrap_or(u32::MAX))
}

/// Signs claims of a usual length on so many threads, and counts.
pub fn sign(threads: u32, seconds: u64) -> Result<Signing> {
    let pair = pair()?;
    let own = std::process::id();
    let spent_before = processor_seconds(own)?;
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let signed: u64 = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| sign_until(&pair, until)))
            .collect();
        threads
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .sum()
    });
    let rate = signed as f64 / started.elapsed().as_secs_f64();
    let spent = processor_seconds(own)? - spent_before;
    Ok(Signing {
        rate,
        cpu: spent * 1e6 / signed as f64,
    })
}

/// The middle one of each quantity.
pub fn median(rounds: &[Signing]) -> Signing {
    let middle = |field: fn(&Signing) -> f64| {
        let mut values: Vec<f64> = rounds.iter().map(field).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    Signing {
        rate: middle(|round| round.rate),
        cpu: middle(|round| round.cpu),
    }
}

/// As long as the header and claims of an access token.
const MESSAGE: [u8; 700] = [b'x'; 700];

/// The path of the endpoint that only signs.
pub const PATH: &str = "/token";

#[derive(Serialize)]
struct Token {
    access_token: String,
}

/// Serves an endpoint that signs as long a text as an access token's, and answers with it: no client, no claims, no
/// store.
pub async fn serve(address: &str) -> Result<()> {
    let pair = web::Data::new(pair()?);
    let token = |pair: web::Data<KeyPair>| async move {
        let mut signature = vec![0; pair.public_modulus_len()];
        if !is_signed(&pair, &SystemRandom::new(), &mut signature) {
            return HttpResponse::InternalServerError().finish();
        }
        let mut access_token = String::from_utf8_lossy(&MESSAGE).into_owned();
        access_token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut access_token);
        HttpResponse::Ok().json(Token { access_token })
    };
    HttpServer::new(move || {
        App::new()
            .app_data(pair.clone())
            .route(PATH, web::post().to(token))
    })
    .workers(2)
    .bind(address)?
    .run()
    .await
}

fn sign_until(pair: &KeyPair, until: Instant) -> u64 {
    let random = SystemRandom::new();
    let mut signature = vec![0; pair.public_modulus_len()];
    let mut signed = 0;
    while Instant::now() < until {
        signed += u64::from(is_signed(pair, &random, &mut signature));
    }
    signed
}

fn pair() -> Result<KeyPair> {
    KeyPair::generate(KeySize::Rsa2048).map_err(|_| Error::other("no RSA key could be made"))
}

fn is_signed(pair: &KeyPair, random: &SystemRandom, signature: &mut [u8]) -> bool {
    let signed = pair.sign(&RSA_PKCS1_SHA256, random, &MESSAGE, signature);
    signed.is_ok()
}
