//! On which side of a check's threshold one measured value stands, looked at by itself.
//!
//! A proposal weighs every source of a check at once; a retest asks about one value before and after.

use groma_model::Measurement;
use serde::Serialize;

use super::{
    reading::{Side, badness, side_of},
    subject,
};
use crate::{Endpoints, Rule, Threshold, unit};

/// A side of a threshold, the bad one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// It misses the threshold.
    Misses,
    /// It misses it, within the rule's tolerance.
    Near,
    /// It meets it.
    Meets,
}

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The side.
    pub stand: Stand,
    /// How far it is beyond the threshold, in the rule's unit; 0 when it meets it. Infinite where words are compared.
    pub beyond: f64,
}

/// Where a value stands against the first rule that speaks of its metric and subject.
///
/// Conditions of a rule (enough requests, few failures) and what it divides by lie in other measurements; a rule that
/// divides says nothing here. `None` when no rule speaks of it.
#[must_use]
pub fn standing(threshold: &Threshold, measured: &Measurement) -> Option<Standing> {
    threshold.rules.iter().filter(|rule| speaks_of(rule, measured)).find_map(|rule| {
        let value = unit::convert(measured.value, &measured.unit, &rule.unit)?;
        let stand = match side_of(rule, value, &measured.text) {
            Side::Meets => Stand::Meets,
            Side::Near => Stand::Near,
            _ => Stand::Misses,
        };
        let beyond = match stand {
            Stand::Meets => 0.0,
            _ if !rule.values.is_empty() => f64::INFINITY,
            _ => (badness(rule, value) - badness(rule, rule.value)).max(0.0),
        };
        Some(Standing { stand, beyond })
    })
}

fn speaks_of(rule: &Rule, measured: &Measurement) -> bool {
    let carries = rule.metric == measured.metric || rule.also.contains(&measured.metric);
    let endpoint = match (rule.endpoints, subject::method(&measured.subject)) {
        (Endpoints::Write, method) => method == Some(Endpoints::Write) || rule.also.contains(&measured.metric),
        (Endpoints::Read, method) => method != Some(Endpoints::Write),
        (Endpoints::Any, _) => true,
    };
    carries && endpoint && rule.per.is_empty() && subject::named(&rule.subjects, &measured.subject)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Comparator;

    fn measured(metric: &str, subject: &str, value: f64, unit: &str) -> Measurement {
        let (metric, subject, unit) = (metric.to_owned(), subject.to_owned(), unit.to_owned());
        Measurement { metric, subject, value, unit, ..Measurement::default() }
    }

    fn p99(endpoints: Endpoints) -> Threshold {
        let rule = Rule {
            metric: "http.latency.p99".into(),
            op: Comparator::Less,
            value: 0.2,
            unit: "s".into(),
            improve: Some(0.3),
            endpoints,
            ..Rule::default()
        };
        Threshold { rules: vec![rule], ..Threshold::default() }
    }

    #[test]
    fn a_value_stands_on_a_side_and_so_far_beyond_in_the_rules_unit() {
        let threshold = p99(Endpoints::Read);
        for (value, stand, beyond) in
            [(150.0, Stand::Meets, 0.0), (250.0, Stand::Near, 0.05), (843.0, Stand::Misses, 0.643)]
        {
            let found = standing(&threshold, &measured("http.latency.p99", "GET /orders", value, "ms")).unwrap();
            assert_eq!(found.stand, stand, "{value}");
            assert!((found.beyond - beyond).abs() < 1e-9, "{found:?}");
        }
    }

    #[test]
    fn a_rule_speaks_only_of_its_metric_methods_and_units() {
        let read = p99(Endpoints::Read);
        assert_eq!(standing(&read, &measured("http.latency.p95", "GET /orders", 900.0, "ms")), None);
        assert_eq!(standing(&read, &measured("http.latency.p99", "POST /orders", 900.0, "ms")), None);
        assert_eq!(standing(&read, &measured("http.latency.p99", "GET /orders", 900.0, "bytes")), None);
        let write = p99(Endpoints::Write);
        assert_eq!(standing(&write, &measured("http.latency.p99", "/orders", 900.0, "ms")), None);
        assert!(standing(&write, &measured("http.latency.p99", "POST /orders", 900.0, "ms")).is_some());
    }
}
