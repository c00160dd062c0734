//! `groma`, the headless face of the application.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr, reason = "this is the edge")]

mod args;
mod brands;
mod print;
mod probes;
mod run;
mod severities;
mod tables;

use std::process::ExitCode;

use clap::Parser;
use groma_app::AppError;

/// Laying a report out allocates millions of small things: see the workspace's manifest.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Work is done.
const DONE: u8 = 0;
/// Problems were found, or the work failed.
const PROBLEMS: u8 = 1;
/// The command line is wrong.
const USAGE: u8 = 2;
/// An input was refused.
const REFUSED: u8 = 3;

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("GROMA_LOG").unwrap_or_else(|_| "off".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::CLOSE)
        .init();
    let cli = match args::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let wrong = error.use_stderr();
            if wrong && wants_json() {
                // The first line says what is wrong; the usage goes to standard error with the rest.
                let text = error.to_string();
                let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
                let usage = AppError::usage(first).hint("see `groma --help`");
                let _ = print::json(&serde_json::json!({"error": usage}));
            }
            // A closed pipe is no reason to fail.
            let _ = error.print();
            return ExitCode::from(if wrong { USAGE } else { DONE });
        }
    };
    ExitCode::from(run::run(cli))
}

/// Whether a command line that cannot be read asks for JSON all the same: a script reads one document in any case.
fn wants_json() -> bool {
    let mut words = std::env::args_os().skip(1);
    let first = words.next();
    first.is_some_and(|word| word == "call" || word == "--json") || words.any(|word| word == "--json")
}
