//! When a check passes: for people in words, for the machine as rules over metrics.

use super::{record, words};

words! {
    /// How the rules of a threshold go together.
    Combine {
        /// All rules that can be evaluated must hold, and all must be evaluable for a pass.
        All = "all",
        /// One rule that holds is enough.
        Any = "any",
    }

    /// How a value is compared.
    Comparator {
        /// Less than.
        Less = "<",
        /// At most.
        AtMost = "<=",
        /// More than.
        More = ">",
        /// At least.
        AtLeast = ">=",
        /// Equal.
        Equal = "=",
        /// Not equal.
        NotEqual = "!=",
        /// The measurement's text is one of `values`, ignoring case.
        OneOf = "one_of",
        /// The measurement's text is none of `values`, ignoring case.
        NoneOf = "none_of",
    }

    /// How the values of several subjects become one verdict.
    Aggregation {
        /// Each subject is judged alone; one that misses fails the check.
        All = "all",
        /// One subject that meets the threshold is enough; the same subject in several artifacts counts as several.
        Any = "any",
        /// Only the worst value is judged; the others are not counted.
        Worst = "worst",
        /// The share of subjects that meet the threshold must reach `min_share`.
        Share = "share",
        /// Only the artifact captured last is judged; earlier ones are history, not contradictions.
        Latest = "latest",
    }

    /// Which HTTP endpoints a rule judges, by the method in the subject.
    Endpoints {
        /// All, whatever the method.
        Any = "any",
        /// `GET`, `HEAD`, `OPTIONS`; a subject without a method is taken as one, and the reason says so.
        Read = "read",
        /// `POST`, `PUT`, `PATCH`, `DELETE`; a subject without a method is left out, and the reason says so.
        Write = "write",
    }

    /// Where a measurement comes from, strongest first; of rules of several kinds the strongest that decides is
    /// taken, and what the others say against it is told.
    EvidenceKind {
        /// Counted on the running system or asked of it: load tests, statistics, traces, logs, its settings in force.
        Measured = "measured",
        /// Read in what it is set up with: configuration, manifests, alert rules, interface descriptions.
        Configured = "configured",
        /// Seen in its source code, dependencies or history.
        Code = "code",
    }

    /// What a value that misses the threshold proposes.
    Miss {
        /// Fail.
        Fail = "fail",
        /// Improve: a sign of a fault, not the proof of one.
        Improve = "improve",
    }

    /// What happens when the metric of a condition is not in the artifact.
    IfAbsent {
        /// Judge all the same.
        Judge = "judge",
        /// Leave the subject out.
        Skip = "skip",
    }

    /// A verdict that a rule may propose.
    Proves {
        /// Pass.
        Pass = "pass",
        /// Fail.
        Fail = "fail",
        /// Improve.
        Improve = "improve",
    }
}

record! {
    /// A condition on another metric of the same artifact, for the same subject or for the whole.
    Condition {
        /// Metric.
        metric: String,
        /// How it is compared.
        op: Comparator,
        /// Number it is compared with.
        value: f64,
        /// Unit of `value`.
        unit: String,
        /// What to say when it does not hold, for example `fewer than 100 requests`.
        reason: String,
        /// Whether other artifacts are asked where the own has no such metric; all their values must hold.
        anywhere: bool,
        /// What happens when the metric is not there.
        if_absent: IfAbsent,
    }

    /// A quantile that a tool does not give, enclosed by what it gives.
    ///
    /// With mean and standard deviation, Cantelli's inequality encloses every quantile; the maximum is a bound too.
    /// A value is judged only when both bounds lie on one side of the threshold.
    Bounds {
        /// Metric of the mean.
        mean: String,
        /// Metric of the standard deviation.
        stddev: String,
        /// Metric of the maximum.
        max: String,
        /// The quantile, for example 0.99.
        quantile: f64,
    }

    /// What to say when the metric is missing although the measurement was made.
    Absent {
        /// Metrics that show that the measurement was made.
        given: Vec<String>,
        /// Why it cannot be evaluated and what to do, for example how to make the tool write the percentile.
        reason: String,
        /// What it proposes that no artifact has the metric, where its absence is itself a finding; none for *not
        /// evaluable*.
        verdict: Option<Miss>,
    }

    /// A metric that stands beside a check without deciding it.
    Fact {
        /// Dotted metric name.
        metric: String,
        /// What to call it in a sentence.
        label: String,
        /// Unit in which it is told; measurements in another unit of the same kind are converted.
        unit: String,
    }

    /// A rule: a metric against a number or words.
    Rule {
        /// Dotted metric name.
        metric: String,
        /// Other metrics that carry the same quantity, already confined to the rule's `endpoints`; where both stand for
        /// one subject of one artifact, these are taken.
        also: Vec<String>,
        /// Where its measurements come from.
        kind: EvidenceKind,
        /// What to call it in a sentence, for example `p99`.
        label: String,
        /// What a subject is, in the singular, for example `endpoint`.
        noun: String,
        /// How it is compared.
        op: Comparator,
        /// Number it is compared with, in `unit`.
        value: f64,
        /// Words it is compared with, for `one_of` and `none_of`.
        values: Vec<String>,
        /// Unit of `value`; measurements in another unit of the same kind are converted.
        unit: String,
        /// A value that misses the threshold but keeps this one is `improve`, not `fail`.
        improve: Option<f64>,
        /// What a value beyond all of these proposes.
        miss: Miss,
        /// Words that miss the threshold but are `improve`.
        improve_values: Vec<String>,
        /// How several subjects become one verdict.
        over: Aggregation,
        /// Share of subjects, 0 to 1, that must meet the threshold; for `share`.
        min_share: f64,
        /// Share of subjects, 0 to 1, from which a missed `min_share` is `improve`.
        improve_share: Option<f64>,
        /// Which endpoints are judged.
        endpoints: Endpoints,
        /// Only these subjects are judged, ignoring case; a trailing `*` stands for anything. Empty for all.
        subjects: Vec<String>,
        /// Metrics of the same artifact and subject (or of the whole) that the value is divided by.
        per: Vec<String>,
        /// Factor on the quotient; 0 means 1.
        scale: f64,
        /// Verdicts that it may propose; empty for all.
        proves: Vec<Proves>,
        /// Bounds to use where `metric` is missing.
        bounds: Option<Bounds>,
        /// Where it is missing although the measurement was made.
        absent: Option<Absent>,
        /// Conditions for judging a subject at all, for example a number of requests.
        requires: Vec<Condition>,
        /// Conditions for a pass, for example a share of failed requests.
        pass_requires: Vec<Condition>,
    }

    /// When a check passes.
    Threshold {
        /// For people, for example `p99 below 200 ms`.
        text: String,
        /// How the rules of one kind of evidence go together.
        combine: Combine,
        /// The rules; empty when only a person can tell.
        rules: Vec<Rule>,
        /// What is told beside the check.
        facts: Vec<Fact>,
    }
}
