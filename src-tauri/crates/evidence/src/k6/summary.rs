//! A summary, whatever shape it was written in.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::{
    Secrets,
    json::{self, Entries, Event, Text, nullable, number, pointer},
};

/// A metric of a summary, whatever its shape was.
#[derive(Debug, Default)]
pub(crate) struct Metric<'a> {
    /// `http_req_duration` or `http_req_duration{name:checkout}`.
    pub name: Text<'a>,
    /// Its numbers by their k6 names.
    pub values: Vec<(Text<'a>, f64)>,
    /// Thresholds: expression, and whether it was met.
    pub thresholds: Vec<(Text<'a>, bool)>,
    /// Pointer to the metric, and to its values.
    pub at: String,
    /// Pointer to the values.
    pub values_at: String,
}

impl Metric<'_> {
    pub(super) fn value(&self, name: &str) -> Option<f64> {
        self.values.iter().find(|(key, _)| key.as_str() == name).map(|(_, value)| *value)
    }

    /// Name and tag selector: `http_reqs{name:x}` is `("http_reqs", "name:x")`.
    pub(super) fn split(&self) -> (&str, &str) {
        let name = self.name.as_str();
        name.split_once('{').map_or((name, ""), |(base, rest)| (base, rest.strip_suffix('}').unwrap_or(rest)))
    }
}

/// An assertion.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(crate) struct Check {
    #[serde(default, deserialize_with = "number")]
    pub(super) passes: Option<f64>,
    #[serde(default, deserialize_with = "number")]
    pub(super) fails: Option<f64>,
}

/// A group of assertions; `groups` and `checks` are lists in one shape and objects in another.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Group {
    #[serde(default, deserialize_with = "nullable")]
    groups: Values<Group>,
    #[serde(default, deserialize_with = "nullable")]
    checks: Values<Check>,
}

impl Group {
    /// All assertions in it and below.
    pub(crate) fn checks(&self) -> Vec<Check> {
        let below = self.groups.0.iter().flat_map(Group::checks);
        self.checks.0.iter().copied().chain(below).collect()
    }
}

/// The items of a list or the values of an object.
#[derive(Debug)]
pub(crate) struct Values<T>(pub Vec<T>);

impl<T> Default for Values<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Values<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListOrMap<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ListOrMap<T> {
            type Value = Values<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list or an object")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = seq.next_element()? {
                    values.push(value);
                }
                Ok(Values(values))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut values = Vec::new();
                while map.next_key::<IgnoredAny>()?.is_some() {
                    values.push(map.next_value()?);
                }
                Ok(Values(values))
            }
        }
        deserializer.deserialize_any(ListOrMap(std::marker::PhantomData))
    }
}

/// A whole summary.
#[derive(Debug, Default)]
pub(crate) struct Summary<'a> {
    pub metrics: Vec<Metric<'a>>,
    /// Thresholds that stand apart from their metric: text, met, place.
    pub thresholds: Vec<(String, bool, String)>,
    /// The assertions that the file lists; `None` when it has no list of them.
    pub checks: Option<Vec<Check>>,
    pub checks_at: &'static str,
    pub duration_ms: Option<(f64, &'static str)>,
}

/// Pointer to a metric below `/metrics`.
pub(crate) fn metric_at(name: &str) -> String {
    format!("/metrics/{}", pointer(name))
}

/// The finite numbers of an object of values.
pub(crate) fn numbers<'a>(values: Entries<Text<'a>, Text<'a>>) -> Vec<(Text<'a>, f64)> {
    values.0.into_iter().filter_map(|(name, value)| value.number().map(|number| (name, number))).collect()
}

/// `setup()` data travels in the summary, tokens and all, and nothing here needs it: every text in it is masked.
pub(crate) fn secrets(text: &str, secrets: &mut Secrets) {
    if !text.contains("\"setup_data\"") {
        return;
    }
    json::walk(text, |event| {
        if let Event::String(path, range) = event
            && (path.starts_with("setup_data/") || path == "setup_data")
        {
            secrets.add(range);
        }
    });
}
