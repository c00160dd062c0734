//! Raw samples, one a request, to percentiles. Nearest rank: the smallest time that as many percent of the requests
//! did not exceed, so that every percentile is a time that was measured.

use std::collections::HashMap;

use super::Run;
use crate::Import;

/// More endpoints than this are summed up in the total alone.
const SUBJECTS: usize = 500;
/// Percentiles that are taken, in tenths of a percent.
const PERCENTILES: &[usize] = &[500, 750, 900, 950, 990, 999];
/// Below this many samples the 99th percentile is the maximum or next to it.
const FEW: usize = 100;

/// One request.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sample<'a> {
    /// Endpoint.
    pub subject: &'a str,
    /// HTTP method, where known.
    pub method: &'a str,
    /// Status code as it is written, or empty.
    pub status: &'a str,
    /// When it began, in milliseconds of any clock; NaN where unknown.
    pub start_ms: f64,
    /// How long it took.
    pub millis: f64,
    /// Whether it failed.
    pub failed: bool,
}

#[derive(Debug, Default)]
struct Series {
    subject: String,
    method: String,
    times: Vec<f64>,
    failed: usize,
}

/// Samples of all endpoints.
#[derive(Debug, Default)]
pub(crate) struct Samples {
    series: Vec<Series>,
    index: HashMap<String, usize>,
    beyond: Series,
    statuses: Vec<(String, usize)>,
    /// Begin and duration, for the span and the warm-up.
    starts: Vec<(f64, f64)>,
}

impl Samples {
    /// Adds a request.
    pub(crate) fn add(&mut self, sample: Sample<'_>) {
        let series = match self.index.get(sample.subject) {
            Some(index) => &mut self.series[*index],
            None if self.series.len() == SUBJECTS => &mut self.beyond,
            None => {
                self.index.insert(sample.subject.to_owned(), self.series.len());
                let (subject, method) = (sample.subject.to_owned(), sample.method.to_owned());
                self.series.push(Series { subject, method, ..Series::default() });
                let last = self.series.len() - 1;
                &mut self.series[last]
            }
        };
        series.times.push(sample.millis);
        series.failed += usize::from(sample.failed);
        if !sample.status.is_empty() {
            match self.statuses.iter().position(|(status, _)| status == sample.status) {
                Some(index) => self.statuses[index].1 += 1,
                // What is in this column of a file with other columns is no status.
                None if self.statuses.len() < 100 => self.statuses.push((sample.status.to_owned(), 1)),
                None => {}
            }
        }
        if sample.start_ms.is_finite() {
            self.starts.push((sample.start_ms, sample.millis));
        }
    }

    /// Number of requests.
    pub(crate) fn len(&self) -> usize {
        self.series.iter().chain([&self.beyond]).map(|series| series.times.len()).sum()
    }

    /// Writes the total and, where there are several, every endpoint.
    pub(crate) fn emit(self, import: &mut Import, at: &str) {
        let Self { series, beyond, mut statuses, starts, .. } = self;
        let mut total = Series::default();
        for part in series.iter().chain([&beyond]) {
            total.times.extend_from_slice(&part.times);
            total.failed += part.failed;
        }
        let span = span(&starts);
        total.times.sort_unstable_by(f64::total_cmp);
        tell(import, &total.times, &starts, span);
        if !beyond.times.is_empty() {
            import.warn(None, format!("more than {SUBJECTS} endpoints: those that came later are in the total alone"));
        }
        let several = series.len() > 1;
        if let [only] = &series[..] {
            total.method.clone_from(&only.method);
            import.subject.clone_from(&only.subject);
        }
        emit(import, total, span, at);
        statuses.sort();
        for (status, count) in statuses {
            import.measure_count("http.status.responses", count, &status, at);
        }
        if let Some((from, to)) = span {
            import.measure("load.duration", to - from, "", at);
        }
        for mut part in series.into_iter().filter(|_| several) {
            part.times.sort_unstable_by(f64::total_cmp);
            emit(import, part, span, at);
        }
    }
}

/// The value at a rank in tenths of a percent of sorted times.
pub(crate) fn nearest_rank(sorted: &[f64], per_mille: usize) -> Option<f64> {
    let rank = (sorted.len() * per_mille).div_ceil(1000).max(1);
    sorted.get(rank - 1).copied()
}

#[allow(clippy::cast_precision_loss)] // counts stay far below 2^53
fn emit(import: &mut Import, series: Series, span: Option<(f64, f64)>, at: &str) {
    let count = series.times.len();
    let mut run = Run::of(series.subject);
    run.method = series.method;
    run.set("http.requests", count as f64, at);
    run.set("http.failed.count", series.failed as f64, at);
    if let Some((from, to)) = span.filter(|(from, to)| to > from) {
        run.set("http.rate", count as f64 * 1000.0 / (to - from), at);
    }
    if count > 0 {
        run.set("http.latency.avg", series.times.iter().sum::<f64>() / count as f64, at);
    }
    run.set("http.latency.max", series.times.last().copied(), at);
    // Of fewer than a thousand, one in a thousand is none.
    for per_mille in PERCENTILES.iter().filter(|per_mille| **per_mille <= 990 || series.times.len() >= 1000) {
        if let Some(time) = nearest_rank(&series.times, *per_mille) {
            run.percentile(*per_mille as f64 / 10.0, time, at);
        }
    }
    run.emit(import);
}

/// From the begin of the first to the end of the last request.
fn span(starts: &[(f64, f64)]) -> Option<(f64, f64)> {
    let from = starts.iter().map(|(start, _)| *start).min_by(f64::total_cmp)?;
    let to = starts.iter().map(|(start, millis)| start + millis).max_by(f64::total_cmp)?;
    Some((from, to))
}

/// Says what weakens percentiles: few samples, and slow ones that all came at the begin.
fn tell(import: &mut Import, sorted: &[f64], starts: &[(f64, f64)], span: Option<(f64, f64)>) {
    if sorted.is_empty() {
        return;
    }
    if sorted.len() < FEW {
        import.warn(
            None,
            format!("only {} samples: the 99th percentile is the slowest of them and says little", sorted.len()),
        );
        return;
    }
    let (Some(p99), Some((from, to))) = (nearest_rank(sorted, 990), span) else { return };
    let early = from + (to - from) / 10.0;
    let slow = starts.iter().filter(|(_, millis)| *millis >= p99);
    let (all, first) = slow.fold((0, 0), |(all, first), (start, _)| (all + 1, first + usize::from(*start < early)));
    if first * 5 >= all * 4 && to > from {
        import.warn(
            None,
            format!(
                "{first} of the {all} slowest requests fall into the first tenth of the run: that is warm-up; leave it \
                 out and measure again before p99 is judged"
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_time_that_was_measured() {
        let times: Vec<f64> = (1..=200).map(f64::from).collect();
        let at = |per_mille| nearest_rank(&times, per_mille);
        assert_eq!((at(500), at(990), at(999)), (Some(100.0), Some(198.0), Some(200.0)));
        assert_eq!(nearest_rank(&[7.0], 500), Some(7.0));
        assert_eq!(nearest_rank(&[], 500), None);
    }
}
