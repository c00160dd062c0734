//! What manifests of containers have in common: which of them lack what keeps them running.

use crate::Import;

/// Metrics of manifests.
pub(crate) const METRICS: &[&str] = &["deploy.*"];

/// Containers by what they lack.
#[derive(Debug, Default)]
pub(crate) struct Lacks(Vec<(&'static str, Vec<String>)>);

impl Lacks {
    /// Lists of these metrics, in this order.
    pub(crate) fn of(metrics: &[&'static str]) -> Self {
        Self(metrics.iter().map(|metric| (*metric, Vec::new())).collect())
    }

    /// Adds a container to the list of a metric when it lacks it.
    pub(crate) fn note(&mut self, metric: &str, lacks: bool, name: &str) {
        if lacks && let Some((_, names)) = self.0.iter_mut().find(|(known, _)| *known == metric) {
            names.push(name.to_owned());
        }
    }

    /// Writes a count for each metric, its text the names.
    #[allow(clippy::cast_precision_loss)] // counts of containers
    pub(crate) fn emit(self, import: &mut Import, at: &str) {
        for (metric, names) in self.0 {
            import.measure_text(metric, names.len() as f64, "", at, names.join(", "));
        }
    }
}

/// Whether an image may be another one tomorrow: no tag and no digest, or `latest`.
pub(crate) fn floats(image: &str) -> bool {
    if image.contains('@') {
        return false;
    }
    let name = image.rsplit('/').next().unwrap_or(image);
    name.split_once(':').is_none_or(|(_, tag)| tag == "latest" || tag.is_empty())
}
