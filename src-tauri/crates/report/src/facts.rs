//! Figures that prose can call by name, `{{score.health}}`, and that follow the data.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use groma_model::{Contents, FindingKind, Id, Life, Measurement, Severity, Timestamp};
use groma_plan::Plan;

use crate::Input;
use crate::locale::Locale;
use crate::view::value_text;

/// The figures of an engagement, as they are printed.
pub struct Facts<'a> {
    contents: &'a Contents,
    locale: &'static Locale,
    labels: &'a crate::Labels,
    named: BTreeMap<&'static str, String>,
    runs: Runs,
}

/// A figure to choose while writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its name, without braces.
    pub name: String,
    /// What is printed.
    pub text: String,
}

impl<'a> Facts<'a> {
    /// The figures of what a report is made of.
    #[must_use]
    pub fn of(input: &Input<'a>) -> Self {
        let contents = input.contents;
        let locale = Locale::of(&contents.engagement.language);
        let mut named = BTreeMap::new();
        let mut put = |name, text: String| drop(named.insert(name, text));
        if let Some(health) = input.health {
            if let Some(percent) = health.percent {
                put("score.health", locale.percent(percent, 0));
            }
            if let Some(band) = &health.band {
                put("score.band", input.labels.word("band", band).to_owned());
            }
            put("checks.passed", health.passed.to_string());
            put("checks.failed", health.failed.to_string());
            put("checks.improve", health.improve.to_string());
            put("checks.assessed", health.assessed.to_string());
            put("checks.applicable", health.applicable.to_string());
            put("checks.open", health.not_assessed.to_string());
        }
        if let Some(maturity) = input.maturity {
            for (name, value) in [("score.maturity", maturity.mean), ("score.maturity_wanted", maturity.target_mean)] {
                if let Some(value) = value {
                    put(name, locale.number(value, 1));
                }
            }
            let weakest = maturity.areas.iter().find(|area| Some(&area.id) == maturity.weakest.as_ref());
            if let (Some(area), Some(level)) = (weakest, maturity.weakest_level) {
                put("score.weakest_area", area.title.clone());
                put("score.weakest_level", level.to_string());
            }
        }
        let open = |severity: Option<Severity>| {
            let gaps = contents.findings.iter().filter(|f| f.kind == FindingKind::Gap && f.life != Life::Fixed);
            gaps.filter(|finding| severity.is_none_or(|wanted| finding.severity == wanted)).count().to_string()
        };
        put("findings.open", open(None));
        for (name, severity) in [
            ("findings.critical", Severity::Critical),
            ("findings.high", Severity::High),
            ("findings.medium", Severity::Medium),
            ("findings.low", Severity::Low),
        ] {
            put(name, open(Some(severity)));
        }
        put("findings.strengths", {
            contents.findings.iter().filter(|finding| finding.kind == FindingKind::Strength).count().to_string()
        });
        put("risks.all", contents.risks.len().to_string());
        put("initiatives.all", contents.initiatives.len().to_string());
        put("phases.all", contents.phases.len().to_string());
        put("artifacts.all", contents.artifacts.len().to_string());
        if let Some(plan) = input.plan.filter(|_| !contents.initiatives.is_empty()) {
            money(plan, locale, &contents.engagement.currency, &mut put);
        }
        Self { contents, locale, labels: input.labels, named, runs: Runs::of(contents) }
    }

    /// What a name stands for; none when there is no such figure. `metric:NAME@SUBJECT` is the newest measurement of a
    /// metric, of any subject where none is named: of what was measured again the newer state, whenever each was
    /// imported. `was:NAME@SUBJECT` is the first measurement of what was measured again. `check:1.4` is the value that
    /// decided a check.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        let name = name.trim();
        for (prefix, first) in [("metric:", false), ("was:", true)] {
            if let Some(metric) = name.strip_prefix(prefix) {
                let (metric, subject) = metric.split_once('@').map_or((metric, None), |(m, s)| (m, Some(s)));
                return self.measured(metric.trim(), subject.map(str::trim), first).map(|one| self.text_of(one));
            }
        }
        if let Some(check) = name.strip_prefix("check:") {
            let answer =
                self.contents.answers.iter().find(|answer| answer.check == check.trim() && answer.value.is_some());
            return answer
                .and_then(|answer| Some(value_text(self.locale, self.labels, answer.value?, &answer.unit, "")));
        }
        self.named.get(name).cloned()
    }

    /// All that can be called by name: those with names of their own, then the metrics that were measured.
    #[must_use]
    pub fn all(&self) -> Vec<Fact> {
        let named = self.named.iter().map(|(name, text)| Fact { name: (*name).to_owned(), text: text.clone() });
        let mut metrics: BTreeMap<(&str, &str), Vec<&Measurement>> = BTreeMap::new();
        for one in &self.contents.measurements {
            metrics.entry((&one.metric, &one.subject)).or_default().push(one);
        }
        let fact = |prefix: &str, one: &Measurement| {
            let name = match one.subject.is_empty() {
                true => format!("{prefix}:{}", one.metric),
                false => format!("{prefix}:{}@{}", one.metric, one.subject),
            };
            Fact { name, text: self.text_of(one) }
        };
        let measured = metrics.into_values().flat_map(|all| {
            let newest = self.runs.newest(all.iter().copied()).map(|one| fact("metric", one));
            newest.into_iter().chain(self.runs.first(all.iter().copied()).map(|one| fact("was", one)))
        });
        named.chain(measured).collect()
    }

    fn measured(&self, metric: &str, subject: Option<&str>, first: bool) -> Option<&'a Measurement> {
        let fits = |one: &&Measurement| one.metric == metric && subject.is_none_or(|subject| one.subject == subject);
        let all = self.contents.measurements.iter().filter(fits);
        if first { self.runs.first(all) } else { self.runs.newest(all) }
    }

    fn text_of(&self, one: &Measurement) -> String {
        value_text(self.locale, self.labels, one.value, &one.unit, &one.text)
    }
}

/// Which measurements are of one run and which of another.
struct Runs {
    /// When each artifact was captured, else imported.
    at: BTreeMap<Id, Option<Timestamp>>,
    /// The artifacts that a newer state took the place of.
    earlier: BTreeSet<Id>,
}

impl Runs {
    fn of(contents: &Contents) -> Self {
        let artifacts = &contents.artifacts;
        Self {
            at: artifacts.iter().map(|one| (one.id, one.captured_at.or(one.imported_at))).collect(),
            earlier: artifacts.iter().filter_map(|one| one.replaces).collect(),
        }
    }

    fn when(&self, one: &Measurement) -> Option<Timestamp> {
        self.at.get(&one.artifact).copied().flatten()
    }

    /// The newest: what no newer state took the place of, then the latest, then the last of the list.
    fn newest<'a>(&self, all: impl Iterator<Item = &'a Measurement>) -> Option<&'a Measurement> {
        all.max_by_key(|one| (!self.earlier.contains(&one.artifact), self.when(one)))
    }

    /// The first of what was measured again.
    fn first<'a>(&self, all: impl Iterator<Item = &'a Measurement>) -> Option<&'a Measurement> {
        all.filter(|one| self.earlier.contains(&one.artifact)).max_by_key(|one| Reverse(self.when(one)))
    }
}

fn money(plan: &Plan, locale: &Locale, currency: &str, put: &mut impl FnMut(&'static str, String)) {
    let total = &plan.cost.total;
    put("cost.once", locale.money(total.once.likely, currency));
    put("cost.once_low", locale.money(total.once.low, currency));
    put("cost.once_high", locale.money(total.once.high, currency));
    put("cost.with_contingency", locale.money(total.with_contingency, currency));
    put("cost.yearly", locale.money(total.yearly.likely, currency));
    put("effort.person_days", locale.short(total.effort.likely, 0));
}

/// The places of `{{names}}` in a run of text: bytes of the whole, and the name.
pub(crate) fn calls(text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        let Some(length) = text[start + 2..].find("}}") else { break };
        let name = &text[start + 2..start + 2 + length];
        // Of three braces the last two may open a call.
        from = start + 1;
        if !name.contains('{') && !name.trim().is_empty() {
            from = start + length + 4;
            found.push((start..from, name.trim()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use groma_model::Artifact;

    use super::*;

    fn artifact(n: u64, day: &str, replaces: Option<u64>) -> Artifact {
        Artifact {
            id: Id::from_parts(n, 1),
            captured_at: Some(format!("2026-11-{day}T10:00:00Z").parse().unwrap()),
            replaces: replaces.map(|n| Id::from_parts(n, 1)),
            ..Artifact::default()
        }
    }

    fn measured(artifact: u64, value: f64) -> Measurement {
        Measurement { artifact: Id::from_parts(artifact, 1), value, ..Measurement::default() }
    }

    #[test]
    fn of_several_runs_the_newest_and_the_first_are_told_apart_whatever_the_order_of_import() {
        // The second measurement was imported first, and a third replaced it.
        let contents = Contents {
            artifacts: vec![artifact(1, "23", Some(2)), artifact(2, "21", None), artifact(3, "25", Some(1))],
            ..Contents::default()
        };
        let runs = Runs::of(&contents);
        let all = [measured(3, 3.0), measured(1, 2.0), measured(2, 1.0)];
        assert_eq!(runs.newest(all.iter()).map(|one| one.value), Some(3.0));
        assert_eq!(runs.first(all.iter()).map(|one| one.value), Some(1.0));
        assert_eq!(runs.first(all[..1].iter()), None, "nothing took its place");
        // A run that replaces none and is older does not become the newest by being imported last.
        let apart =
            Contents { artifacts: vec![artifact(1, "23", None), artifact(2, "21", None)], ..Contents::default() };
        let newest = [measured(1, 2.0), measured(2, 1.0)];
        assert_eq!(Runs::of(&apart).newest(newest.iter()).map(|one| one.value), Some(2.0));
        assert_eq!(Runs::of(&apart).first(newest.iter()), None);
    }

    #[test]
    fn calls_are_found_between_braces() {
        let names = |text| calls(text).into_iter().map(|(range, name)| (text[range].to_owned(), name.to_owned()));
        assert_eq!(
            names("a {{ score.health }} of {{{metric:x@GET /y}} {{}} {{open").collect::<Vec<_>>(),
            [
                ("{{ score.health }}".into(), "score.health".into()),
                ("{{metric:x@GET /y}}".into(), "metric:x@GET /y".into())
            ]
        );
    }
}
