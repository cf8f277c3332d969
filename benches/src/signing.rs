//! What RSA signing alone allows on this machine: RS256 on two threads, with nothing around it.

use std::io::{Error, Result};
use std::thread;
use std::time::{Duration, Instant};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::RSA_PKCS1_SHA256;

/// Signs claims of a usual length on as many threads as the server has workers, and counts.
pub fn signatures_a_second(seconds: u64) -> Result<f64> {
    let pair = KeyPair::generate(KeySize::Rsa2048)
        .map_err(|_| Error::other("no RSA key could be made"))?;
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let signed: u64 = thread::scope(|scope| {
        let threads: Vec<_> = (0..2)
            .map(|_| scope.spawn(|| sign_until(&pair, until)))
            .collect();
        threads
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .sum()
    });
    Ok(signed as f64 / started.elapsed().as_secs_f64())
}

fn sign_until(pair: &KeyPair, until: Instant) -> u64 {
    let random = SystemRandom::new();
    let mut signature = vec![0; pair.public_modulus_len()];
    let message = [b'x'; 700];
    let mut signed = 0;
    while Instant::now() < until {
        if pair
            .sign(&RSA_PKCS1_SHA256, &random, &message, &mut signature)
            .is_ok()
        {
            signed += 1;
        }
    }
    signed
}
