.PHONY: run test e2e lint docs pages bench corpus clients clean

CORPUS ?= ../shared/corpus

run: ; cargo run --release
test: ; cargo test --workspace --quiet
e2e: ; npm ci --prefix e2e --prefer-offline --no-audit --no-fund --loglevel=error && node e2e/main.js
lint: ; cargo fmt --all --check && cargo clippy --workspace --all-targets --quiet -- -D warnings && RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet
docs: ; cargo doc --workspace --no-deps --open
pages: ; SPECMINT_PAGES=write cargo test --quiet --package specmint-codegen --test pages
bench: ; cargo run --release --package specmint-benches --bin bench -- $(ARGS)
corpus: ; cargo run --release --quiet --package specmint-corpus -- $(CORPUS) $(ARGS)
clients: ; python3 clients/run.py $(ARGS)
clean: ; cargo clean
