//! Fuzzing of what reads other programs' output. `run` beside it builds it, feeds it and counts; see README.md.

mod cost;
mod seeds;
mod swell;
mod targets;

use std::{env, fs, path::PathBuf, process::ExitCode, time::Duration};

use cost::Cost;
use targets::{TARGETS, Target};

const USAGE: &str = "groma-fuzz targets
groma-fuzz seeds TARGET OUT FOLDER...          seeds and a dictionary from files
groma-fuzz fuzz TARGET                         under `cargo afl fuzz`, in a build with the feature `afl`
groma-fuzz replay TARGET INPUT...              what each input costs; fails when one costs too much
groma-fuzz swell TARGET SECONDS OUT FOLDER...  large files out of small ones, those that cost too much into OUT
groma-fuzz file TARGET INPUT OUT               the file that an input stands for; prints its format";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Does what is asked; whether all was well.
fn run(arguments: &[&str]) -> Result<bool, String> {
    let target = |name: &str| Target::of(name).ok_or_else(|| format!("there is no target `{name}`"));
    let paths = |paths: &[&str]| paths.iter().map(PathBuf::from).collect::<Vec<_>>();
    match arguments {
        ["targets"] => {
            TARGETS.iter().for_each(|target| println!("{} {}", target.name, target.language));
            Ok(true)
        }
        ["seeds", name, out, folders @ ..] => {
            let count = seeds::write(target(name)?, &paths(folders), &PathBuf::from(out)).map_err(|e| e.to_string())?;
            println!("{count}");
            Ok(count > 0)
        }
        #[cfg(feature = "afl")]
        ["fuzz", name] => {
            let target = target(name)?;
            // What is made at first use is made once, before AFL++ takes its copies of the process.
            target.run(b"a{}");
            target.run(b"a<a/>");
            afl::fuzz!(|input: &[u8]| target.run(input));
            Ok(true)
        }
        ["replay", name, inputs @ ..] => {
            let target = target(name)?;
            let mut well = true;
            for path in inputs {
                let input = fs::read(path).map_err(|error| format!("{path}: {error}"))?;
                let cost = Cost::of(target, &input);
                well &= !cost.is_too_much();
                let panicked = if cost.panicked { ", panicked" } else { "" };
                println!("{} ms, {} MiB{panicked}: {path}", cost.ms, cost.bytes >> 20);
            }
            Ok(well)
        }
        ["swell", name, seconds, out, folders @ ..] => {
            let seconds = seconds.parse().map_err(|_| format!("`{seconds}` is no number of seconds"))?;
            let (tried, bad) =
                swell::run(target(name)?, &paths(folders), &PathBuf::from(out), Duration::from_secs(seconds))
                    .map_err(|error| error.to_string())?;
            println!("{tried} {bad}");
            Ok(bad == 0)
        }
        ["file", name, input, out] => {
            let input = fs::read(input).map_err(|error| format!("{input}: {error}"))?;
            let (format, file) = target(name)?.file(&input);
            fs::write(out, file).map_err(|error| format!("{out}: {error}"))?;
            println!("{}", format.unwrap_or("-"));
            Ok(true)
        }
        _ => Err(USAGE.to_owned()),
    }
}
