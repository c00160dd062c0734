# Two commands do everything on a fresh Debian or Ubuntu machine:
#   make demo   builds groma, makes the sample engagement from raw tool outputs and compiles its report
#   make test   everything that must pass
# The build goes to a cache folder outside the checkout, so that a fresh clone does not rebuild the world.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/groma/target
export PATH := $(HOME)/.cargo/bin:$(PATH)
OUT ?= out

.PHONY: help setup build demo test lint bindings bench deny clean

help: ## What can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## Install what is missing: system packages (apt-get) and the Rust toolchain
	@.ci/setup

build: setup ## Build groma
	cargo build -p groma-cli

demo: build ## The sample engagement from its raw tool outputs, and its report as PDF
	@mkdir -p $(OUT)
	@rm -f $(OUT)/sample.groma $(OUT)/sample.pdf
	$(CARGO_TARGET_DIR)/debug/groma sample $(OUT)/sample.groma
	$(CARGO_TARGET_DIR)/debug/groma score $(OUT)/sample.groma
	$(CARGO_TARGET_DIR)/debug/groma report $(OUT)/sample.groma -o $(OUT)/sample.pdf

lint: setup ## Formatting and clippy, warnings denied
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

test: setup ## Everything: lint, unit tests, suites over fixtures, the command line as a process
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo test --workspace --locked

bindings: ## The contract as TypeScript, from the Rust types
	GROMA_BLESS=1 cargo test --workspace --locked --test suite bindings

bench: setup ## Benchmarks against bare Typst and jq (needs typst-cli, hyperfine, jq)
	tests/bench/run

deny: ## Licences and bans with cargo-deny (cargo install cargo-deny)
	cargo deny --all-features check licenses bans sources

clean: ## Remove what demo made
	rm -rf $(OUT)
