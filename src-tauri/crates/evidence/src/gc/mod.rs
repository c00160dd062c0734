//! Logs of the JVM's collectors, in both the ways in which it wrote them.

mod legacy;
mod unified;

pub(crate) use legacy::Legacy;
pub(crate) use unified::line;

use crate::{Import, load::nearest_rank};

/// What a log says, whatever it was written as.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub collector: String,
    /// Milliseconds.
    pub pauses: Vec<f64>,
    pub full: usize,
    /// Lines of the log, and those of them that are the collector's.
    pub lines: usize,
    pub known: usize,
    /// What took a time: pauses and concurrent work.
    pub events: usize,
    /// Bytes.
    pub heap: Option<f64>,
    first: Option<f64>,
    last: Option<f64>,
}

impl Collected {
    /// Notes the time of a line, in milliseconds of any clock.
    pub(crate) fn clock(&mut self, millis: Option<f64>) {
        self.first = self.first.or(millis);
        self.last = millis.or(self.last);
    }

    /// Notes how full the heap was after a collection.
    pub(crate) fn heap_after(&mut self, bytes: Option<f64>) {
        self.heap = self.heap.into_iter().chain(bytes).reduce(f64::max);
    }

    /// Writes the measurements.
    #[allow(clippy::cast_precision_loss)] // counts of lines
    pub(crate) fn emit(mut self, import: &mut Import) {
        let at = "[gc]";
        import.measure_count("jvm.gc.lines", self.lines, "", at);
        import.measure_count("jvm.gc.events", self.events, "", at);
        import.measure_text("jvm.gc.pauses", self.pauses.len() as f64, "", at, self.collector);
        import.measure_count("jvm.gc.full", self.full, "", at);
        if let Some(heap) = self.heap {
            import.measure("jvm.gc.heap_after.max", heap, "", at);
        }
        if self.known * 2 < self.lines {
            import.note(None, format!("{} of {} lines are not of the collector", self.lines - self.known, self.lines));
        }
        if self.pauses.is_empty() {
            import.warn(None, "no pause with a duration in the log: nothing can be said about pauses");
            return;
        }
        self.pauses.sort_unstable_by(f64::total_cmp);
        let sum: f64 = self.pauses.iter().sum();
        import.measure("jvm.gc.pause.total", sum, "", at);
        import.measure("jvm.gc.pause.avg", sum / self.pauses.len() as f64, "", at);
        for (metric, per_mille) in [("jvm.gc.pause.p99", 990), ("jvm.gc.pause.max", 1000)] {
            if let Some(value) = nearest_rank(&self.pauses, per_mille) {
                import.measure(metric, value, "", at);
            }
        }
        match (self.first, self.last) {
            (Some(first), Some(last)) if last > first => {
                import.measure("jvm.gc.span", last - first, "", at);
                import.measure("jvm.gc.overhead", (sum / (last - first)).min(1.0), "", at);
            }
            _ => import.note(None, "no time in the log: the share of time spent in pauses is unknown"),
        }
    }
}

/// `2024-01-01T10:00:00.123+0000` to milliseconds since 1970; the colon of the offset may be missing.
#[allow(clippy::cast_precision_loss)] // milliseconds since 1970 fit
fn date(text: &str) -> Option<f64> {
    if text.len() < 20 || text.as_bytes()[4] != b'-' || !text.is_ascii() {
        return None;
    }
    let (head, offset) = text.split_at(text.len() - 5);
    let bare = offset.starts_with(['+', '-']) && offset[1..].bytes().all(|byte| byte.is_ascii_digit());
    let spelled = if bare { format!("{head}{}:{}", &offset[..3], &offset[3..]) } else { text.to_owned() };
    let time: jiff::Timestamp = spelled.replacen(',', ".", 1).parse().ok()?;
    Some(time.as_microsecond() as f64 / 1e3)
}
