//! What reading an input costs: time worked and the most memory held, as the system counts them.

use std::{fs, panic};

use crate::targets::Target;

/// Milliseconds that an input of up to 1 MB may take.
pub const MOST_MS: u64 = 2_000;
/// Bytes that reading it may hold.
pub const MOST_BYTES: u64 = 512 << 20;

/// What an input cost.
pub struct Cost {
    /// Milliseconds worked, whatever else the machine does; in steps of 10.
    pub ms: u64,
    /// The most bytes resident while it was read.
    pub bytes: u64,
    /// Whether the reader panicked.
    pub panicked: bool,
}

impl Cost {
    /// Reads an input once.
    pub fn of(target: Target, input: &[u8]) -> Self {
        // 5 sets the high-water mark back.
        let _ = fs::write("/proc/self/clear_refs", "5");
        let (before, held) = (worked(), resident("VmHWM:"));
        let panicked = panic::catch_unwind(|| target.run(input)).is_err();
        Self { ms: worked() - before, bytes: resident("VmHWM:").saturating_sub(held), panicked }
    }

    /// Whether it is more than reading may cost.
    pub fn is_too_much(&self) -> bool {
        self.panicked || self.ms > MOST_MS || self.bytes > MOST_BYTES
    }
}

/// Milliseconds that this process has worked.
fn worked() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may hold anything: user and system time are the 14th and 15th field of all.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace().skip(11).take(2);
    fields.filter_map(|field| field.parse::<u64>().ok()).sum::<u64>() * 10
}

fn resident(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() * 1024
}
