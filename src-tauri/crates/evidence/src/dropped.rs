//! Records that were left out: one remark for all of them, however many a damaged file holds.

use crate::Import;

/// Records of one kind that could not be read.
#[derive(Debug, Default)]
pub(crate) struct Dropped {
    count: u64,
    first: Option<u64>,
}

impl Dropped {
    /// One more, at a 1-based line where that is known.
    pub(crate) fn add(&mut self, line: impl Into<Option<u64>>) {
        self.count += 1;
        self.first = self.first.or(line.into());
    }

    /// Says how many were left out, at the first of them; nothing where there was none.
    pub(crate) fn tell(self, import: &mut Import, what: &str) {
        if self.count > 0 {
            let count = self.count;
            import.warn(self.first, format!("{what}: {count} left out, the file may be truncated"));
        }
    }
}
