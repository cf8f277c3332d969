.PHONY: run test lint docs bench clean

run: ; cargo run --release
test: ; cargo test --workspace --quiet
lint: ; cargo fmt --all --check && cargo clippy --workspace --all-targets --quiet -- -D warnings && RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet
docs: ; cargo doc --workspace --no-deps --open
bench: ; cargo run --release --package specmint-benches --bin bench
clean: ; cargo clean
