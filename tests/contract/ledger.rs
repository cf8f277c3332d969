//! Which documented answers were reached, and which were not.

use std::collections::BTreeSet;
use std::sync::Mutex;

use crate::contract;

static REACHED: Mutex<BTreeSet<(String, String)>> = Mutex::new(BTreeSet::new());
static BREACHES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Notes that an operation gave one of its documented answers.
pub fn reached(pair: (String, String)) {
    REACHED.lock().expect("no panic while noting").insert(pair);
}

/// Notes an answer that broke its contract where no test could see it fail.
pub fn breach(text: String) {
    BREACHES.lock().expect("no panic while noting").push(text);
}

/// The breaches noted.
pub fn breaches() -> Vec<String> {
    BREACHES.lock().expect("no panic while noting").clone()
}

/// The `(operationId, status)` pairs of the contracts that nothing reached.
pub fn unreached() -> Vec<(String, String)> {
    let reached = REACHED.lock().expect("no panic while noting");
    contract::all()
        .iter()
        .flat_map(contract::Contract::documented)
        .filter(|pair| !reached.contains(pair))
        .collect()
}

/// How many pairs were reached.
pub fn count() -> usize {
    REACHED.lock().expect("no panic while noting").len()
}
