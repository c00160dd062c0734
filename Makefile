# Two commands do everything on a fresh Debian or Ubuntu machine:
#   make demo   builds groma, makes the sample engagement from raw tool outputs and compiles its report
#   make test   everything that must pass
# The build goes to a cache folder outside the checkout, so that a fresh clone does not rebuild the world.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/groma/target
export PATH := $(HOME)/.cargo/bin:$(PATH)
OUT ?= out

# A Node.js that the set-up fetched where the system's is too old.
export PATH := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/groma/node/bin:$(PATH)

.PHONY: help setup setup-window build window desktop demo test e2e browser accessible screenshots format lint package-debug packages bindings bench bench-reading bench-window fuzz deny clean

help: ## What can be made
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## Install what is missing for the command line: system packages (apt-get) and the Rust toolchain
	@.ci/setup

setup-window: ## And what is missing for the window and its tests: WebKitGTK, Node.js, the driver
	@.ci/setup window

build: setup ## Build the command line
	cargo build -p groma-cli --locked

window: setup-window ## Build the window's pages (ui/dist)
	cd ui && npm ci --no-audit --no-fund && npm run build

desktop: window ## Build the desktop application
	cargo build -p groma-shell --locked

demo: build ## The sample engagement from its raw tool outputs, its report as PDF; opens the window where there is a display
	@mkdir -p $(OUT)
	@rm -f $(OUT)/sample.groma $(OUT)/sample.pdf
	$(CARGO_TARGET_DIR)/debug/groma sample $(OUT)/sample.groma
	$(CARGO_TARGET_DIR)/debug/groma score $(OUT)/sample.groma
	$(CARGO_TARGET_DIR)/debug/groma report $(OUT)/sample.groma -o $(OUT)/sample.pdf
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  $(MAKE) --no-print-directory desktop && $(CARGO_TARGET_DIR)/debug/groma-desktop $(OUT)/sample.groma; fi

# Quick; clippy compiles every dependency once more.
format: window
	cargo fmt --all --check
	cd ui && npm run check

lint: format ## Formatting, the window's types, clippy with warnings denied
	cargo clippy --workspace --all-targets --locked -- -D warnings

test: format ## Everything but clippy: formatting, unit tests, suites over fixtures, the command line as a process, the window's logic, its screens in a browser, the real window
	cd ui && npm test
	@date '+%T building the tests'
	cargo build --workspace --bins --tests --locked
	@date '+%T running the tests'
	cargo test --workspace --locked
	cargo test -p comemo --features testing --locked
	@date '+%T the screens in a browser'
	$(MAKE) --no-print-directory browser accessible
	@date '+%T the packages and the real window'
	$(MAKE) --no-print-directory package-debug e2e
	@date '+%T done'

# On a display and a bus of its own, whatever the machine has.
e2e: ## Journeys in the real window (after `make test` has built it)
	NO_AT_BRIDGE=1 dbus-run-session -- xvfb-run -a -s "-screen 0 1600x1000x24" node --test --test-concurrency=1 tests/e2e/*.test.mjs

# Quickly, of the build that the tests use (`cargo build --workspace --bins`).
package-debug:
	cd src-tauri && ../ui/node_modules/.bin/tauri bundle --debug --bundles deb,rpm \
	  --config '{"bundle":{"linux":{"rpm":{"compression":{"type":"none"}}}}}'

packages: window ## .deb and .rpm of the desktop application, optimised, in out/packages
	cargo build --release -p groma-shell --locked
	cd src-tauri && ../ui/node_modules/.bin/tauri bundle --bundles deb,rpm
	@mkdir -p $(OUT)/packages
	cp $(CARGO_TARGET_DIR)/release/bundle/deb/*.deb $(CARGO_TARGET_DIR)/release/bundle/rpm/*.rpm $(OUT)/packages/

# Where the system has no Chromium, its driver fetches one that fits it, with what that needs.
CHROMIUM = command -v chromium >/dev/null || command -v google-chrome >/dev/null || node ui/node_modules/playwright-core/cli.js install --with-deps --only-shell chromium

browser: ## The screens in Chromium against the core on loopback: what people do (after `make test` or `make screenshots` has built it)
	@$(CHROMIUM)
	node --test tests/browser/window.test.mjs tests/browser/architecture.test.mjs tests/browser/modelling.test.mjs tests/browser/verdicts.test.mjs tests/browser/library.test.mjs tests/browser/tables.test.mjs tests/browser/severities.test.mjs

accessible: ## axe-core over every screen in Chromium (after `make test` has built it)
	@$(CHROMIUM)
	node --test tests/browser/accessible.test.mjs

screenshots: window ## Pictures of every screen, themes, sizes and engagements, to be looked at (out/screenshots); GROUP=sample-dark for some
	cargo build -p groma-twin -p groma-cli --locked
	@$(CHROMIUM)
	node tests/browser/screenshots.mjs $(GROUP)

bindings: ## The contract as TypeScript, from the Rust types
	GROMA_BLESS=1 cargo test --workspace --locked --test suite bindings

bench: setup ## Benchmarks against bare Typst, WeasyPrint and jq (needs typst-cli, weasyprint, hyperfine, jq)
	tests/bench/run

bench-reading: setup ## What importing, inspecting and probing cost, against their limits (needs jq and GNU time)
	tests/bench/reading

bench-window: window ## The real window, measured: start, typing, scrolling, memory (a release build, some 20 minutes the first time)
	cargo build --release -p groma-shell -p groma-cli --locked
	GROMA_DESKTOP=$(CARGO_TARGET_DIR)/release/groma-desktop GROMA=$(CARGO_TARGET_DIR)/release/groma NO_AT_BRIDGE=1 \
	  dbus-run-session -- xvfb-run -a -s "-screen 0 1600x1000x24" node tests/bench/window.mjs

fuzz: setup ## What reads other programs' output, fuzzed for ten minutes a target (about an hour; tests/fuzz/README.md)
	tests/fuzz/run

deny: ## Licences and bans with cargo-deny (cargo install cargo-deny)
	cargo deny --all-features check licenses bans sources

clean: ## Remove what demo made
	rm -rf $(OUT)
