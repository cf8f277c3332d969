//! Any bytes as a document, through every stage: code or diagnostics, never a panic.
//!
//! `cargo +nightly fuzz run document fuzz/corpus/document crates/codegen/tests/documents -- -max_total_time=600`

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use specmint_codegen::load;

#[path = "../../crates/codegen/tests/common/mutate.rs"]
mod mutate;
#[path = "../../crates/codegen/tests/common/survive.rs"]
mod survive;

const SOUND: &str = include_str!("../../crates/codegen/tests/small.yaml");

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        survive::survive(text, SOUND);
    }
});

// Half of the time the structure is damaged, not the text: damaged text seldom gets past the loader.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let text = data
        .get(..size)
        .and_then(|data| std::str::from_utf8(data).ok());
    let document = text.and_then(|text| load::text("a.yaml", text).ok());
    if let (Some(document), true) = (document, seed % 2 == 0) {
        let mut value = document.root().clone();
        mutate::mutate(&mut value, &mut mutate::Dice::new(seed.into()));
        let text = value.to_string();
        if let Some(room) = data
            .get_mut(..max_size)
            .and_then(|room| room.get_mut(..text.len()))
        {
            room.copy_from_slice(text.as_bytes());
            return text.len();
        }
    }
    libfuzzer_sys::fuzzer_mutate(data, size, max_size)
});
