//! Histograms and summaries to percentiles.

use std::collections::BTreeMap;

use super::exposition::{Exposition, Sample};

/// A histogram or summary of one subject, summed over all other labels.
#[derive(Debug, Clone, Default)]
pub(crate) struct Distribution {
    /// Upper bound in the family's unit, cumulative count; sorted, the last bound infinite.
    pub buckets: Vec<(f64, f64)>,
    /// Quantile, value; of a summary. Quantiles cannot be summed: the worst series is kept.
    pub quantiles: Vec<(f64, f64)>,
    /// Sum of all values, in the family's unit.
    pub sum: Option<f64>,
    /// Number of values.
    pub count: Option<f64>,
    /// Line of its first sample.
    pub line: u64,
    /// Series whose bounds differ from the first one's cannot be added.
    pub unlike: usize,
}

/// What is known of a percentile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Percentile {
    /// It lies between two bounds; the value is interpolated.
    Within { value: f64, low: f64, high: f64 },
    /// The tool said so itself.
    Stated(f64),
    /// It lies beyond the last finite bound.
    Beyond(f64),
}

impl Distribution {
    /// The percentile, from 0 to 1; `None` without values.
    pub(crate) fn percentile(&self, quantile: f64) -> Option<Percentile> {
        if let Some((_, value)) = self.quantiles.iter().find(|(stated, _)| (stated - quantile).abs() < 1e-9) {
            return Some(Percentile::Stated(*value));
        }
        let total = self.buckets.last().filter(|(bound, _)| bound.is_infinite()).map(|(_, count)| *count)?;
        if total <= 0.0 {
            return None;
        }
        let rank = quantile * total;
        let index = self.buckets.iter().position(|(_, count)| *count >= rank)?;
        let (low, below) = match index {
            0 => (0.0, 0.0),
            _ => self.buckets[index - 1],
        };
        let (high, count) = self.buckets[index];
        if high.is_infinite() {
            return Some(Percentile::Beyond(low));
        }
        let low = if index == 0 { high.min(0.0) } else { low };
        let share = if count > below { (rank - below) / (count - below) } else { 1.0 };
        Some(Percentile::Within { value: low + (high - low) * share, low, high })
    }

    /// The mean; `None` without values.
    pub(crate) fn mean(&self) -> Option<f64> {
        let count = self.count.filter(|count| *count > 0.0)?;
        self.sum.map(|sum| sum / count).filter(|mean| mean.is_finite())
    }

    /// Number of values.
    pub(crate) fn total(&self) -> Option<f64> {
        self.count.or_else(|| self.buckets.last().map(|(_, count)| *count))
    }
}

/// Line of the first bucket of a series; upper bounds and cumulative counts.
type Bounds = (u64, Vec<(f64, f64)>);

/// The distributions of a family by subject.
pub(crate) fn distributions<K: Ord>(
    exposition: &Exposition<'_>,
    family: &str,
    subject: impl Fn(&Sample<'_>) -> K,
) -> BTreeMap<K, Distribution> {
    let (bucket, sum, count) = (format!("{family}_bucket"), format!("{family}_sum"), format!("{family}_count"));
    // Of each series (all labels but `le`), its bounds.
    let mut series: BTreeMap<K, BTreeMap<String, Bounds>> = BTreeMap::new();
    let mut found: BTreeMap<K, Distribution> = BTreeMap::new();
    for sample in exposition.named_any(&[&bucket, &sum, &count, family]) {
        if sample.name == bucket {
            let Some(bound) = sample.label("le").and_then(|bound| bound.parse::<f64>().ok()) else { continue };
            if !sample.value.is_finite() || bound.is_nan() {
                continue;
            }
            let key = sample
                .labels
                .iter()
                .filter(|(name, _)| *name != "le")
                .fold(String::new(), |key, (name, value)| key + name + "\u{1}" + value + "\u{2}");
            let (_, bounds) =
                series.entry(subject(sample)).or_default().entry(key).or_insert_with(|| (sample.line, Vec::new()));
            bounds.push((bound, sample.value));
        } else if sample.name == sum || sample.name == count || sample.name == family {
            let of_summary = sample.name == family;
            let quantile = sample.label("quantile").and_then(|quantile| quantile.parse::<f64>().ok());
            if of_summary && quantile.is_none() || !sample.value.is_finite() {
                continue;
            }
            let distribution = found.entry(subject(sample)).or_default();
            if distribution.line == 0 {
                distribution.line = sample.line;
            }
            match quantile {
                Some(quantile) if of_summary => {
                    match distribution.quantiles.iter_mut().find(|(known, _)| *known == quantile) {
                        Some((_, value)) => *value = value.max(sample.value),
                        None => distribution.quantiles.push((quantile, sample.value)),
                    }
                }
                _ if sample.name == sum => *distribution.sum.get_or_insert(0.0) += sample.value,
                _ => *distribution.count.get_or_insert(0.0) += sample.value,
            }
        }
    }
    for (subject, all) in series {
        let distribution = found.entry(subject).or_default();
        let first = all.values().map(|(line, _)| *line).min().unwrap_or_default();
        distribution.line = first;
        for (_, mut bounds) in all.into_values() {
            bounds.sort_by(|a, b| a.0.total_cmp(&b.0));
            let same = bounds.len() == distribution.buckets.len()
                && bounds.iter().zip(&distribution.buckets).all(|((a, _), (b, _))| a == b);
            if distribution.buckets.is_empty() {
                distribution.buckets = bounds;
            } else if same {
                for ((_, total), (_, count)) in distribution.buckets.iter_mut().zip(bounds) {
                    *total += count;
                }
            } else {
                distribution.unlike += 1;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(buckets: &[(f64, f64)]) -> Distribution {
        Distribution { buckets: buckets.to_vec(), ..Distribution::default() }
    }

    #[test]
    fn percentiles_interpolate_within_their_bucket() {
        let distribution = of(&[(0.1, 50.0), (0.2, 90.0), (1.0, 100.0), (f64::INFINITY, 100.0)]);
        assert_eq!(distribution.percentile(0.5), Some(Percentile::Within { value: 0.1, low: 0.0, high: 0.1 }));
        let Some(Percentile::Within { value, .. }) = distribution.percentile(0.99) else { panic!() };
        assert!((value - 0.92).abs() < 1e-9, "{value}");
    }

    #[test]
    fn a_percentile_beyond_the_last_bound_has_no_value() {
        let distribution = of(&[(0.1, 90.0), (f64::INFINITY, 100.0)]);
        assert_eq!(distribution.percentile(0.99), Some(Percentile::Beyond(0.1)));
        assert_eq!(of(&[(0.1, 0.0), (f64::INFINITY, 0.0)]).percentile(0.99), None);
    }
}
