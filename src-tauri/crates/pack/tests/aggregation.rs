//! Each way of putting subjects and rules together, on packs of one check.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::LazyLock;

use groma_model::{Artifact, Id, Measurement, Proposal, Verdict};
use groma_pack::{Pack, propose};
use proptest::prelude::*;

fn pack(threshold: &str) -> Pack {
    Pack::parse(&format!(
        "schema = 1\nid = \"p\"\nversion = \"1\"\ntitle = \"P\"\n[[sections]]\nid = \"1\"\ntitle = \"S\"\n\
         [[sections.checks]]\nid = \"1.1\"\ntitle = \"C\"\n[sections.checks.threshold]\ntext = \"t\"\n{threshold}"
    ))
    .unwrap()
}

fn rule(more: &str) -> String {
    format!(
        "[[sections.checks.threshold.rules]]\nmetric = \"a.b\"\nlabel = \"a\"\nnoun = \"query\"\nop = \"<\"\nvalue = 10\nunit = \"ms\"\n{more}\n"
    )
}

fn values(metric: &str, values: &[f64]) -> Vec<Measurement> {
    values
        .iter()
        .enumerate()
        .map(|(i, value)| Measurement {
            id: Id::from_parts(i as u64 + 1, metric.bytes().map(u128::from).sum()),
            artifact: Id::from_parts(77, 7),
            metric: metric.to_owned(),
            value: *value,
            unit: "ms".to_owned(),
            subject: format!("s{i}"),
            ..Measurement::default()
        })
        .collect()
}

fn one(threshold: &str, measurements: &[Measurement]) -> Proposal {
    propose(&pack(threshold), measurements, &[]).remove(0).1
}

#[test]
fn aggregations() {
    use Verdict::{Fail, Improve, NotAssessed, Pass};
    let cases: &[(&str, &[f64], Verdict, &str)] = &[
        ("", &[1.0, 2.0, 3.0], Pass, "a of s2 is 3 ms, threshold < 10 ms; all 3 queries meet it"),
        ("", &[1.0, 10.0], Fail, "a of s1 is 10 ms, threshold < 10 ms; 1 of 2 queries above"),
        (
            "improve = 12",
            &[1.0, 11.0],
            Improve,
            "a of s1 is 11 ms, threshold < 10 ms; 1 of 2 queries above; within the tolerance of 12 ms",
        ),
        (
            "improve = 12",
            &[13.0, 11.0, 1.0],
            Fail,
            "a of s0 is 13 ms, threshold < 10 ms; 2 of 3 queries above; 1 of them within the tolerance of 12 ms",
        ),
        ("over = \"any\"", &[50.0, 2.0, 5.0], Pass, "a of s1 is 2 ms, threshold < 10 ms; 1 of 3 queries above"),
        ("over = \"any\"", &[50.0, 20.0], Fail, "a of s0 is 50 ms, threshold < 10 ms; 2 of 2 queries above"),
        ("over = \"worst\"", &[50.0, 2.0], Fail, "a of s0 is 50 ms, threshold < 10 ms"),
        (
            "over = \"share\"\nmin_share = 0.75",
            &[1.0, 1.0, 1.0, 99.0],
            Pass,
            "a of s3 is 99 ms, threshold < 10 ms; 1 of 4 queries above, 75 % must meet it",
        ),
        (
            "over = \"share\"\nmin_share = 0.75\nimprove_share = 0.5",
            &[1.0, 1.0, 50.0, 99.0],
            Improve,
            "a of s3 is 99 ms, threshold < 10 ms; 2 of 4 queries above, 75 % must meet it",
        ),
        (
            "over = \"share\"\nmin_share = 0.75\nimprove_share = 0.5",
            &[1.0, 60.0, 50.0, 99.0],
            Fail,
            "a of s3 is 99 ms, threshold < 10 ms; 3 of 4 queries above, 75 % must meet it",
        ),
        (
            "proves = [\"pass\"]",
            &[50.0],
            NotAssessed,
            "a of s0 is 50 ms, threshold < 10 ms; this alone does not prove a failure",
        ),
        (
            "proves = [\"fail\"]",
            &[5.0],
            NotAssessed,
            "a of s0 is 5 ms, threshold < 10 ms; this alone does not prove a pass",
        ),
        ("subjects = [\"S1\", \"x*\"]", &[50.0, 2.0], Pass, "a of s1 is 2 ms, threshold < 10 ms"),
        // Rounding must not make a miss look like the threshold.
        ("", &[10.001], Fail, "a of s0 is 10.001 ms, threshold < 10 ms"),
    ];
    for (more, given, verdict, reason) in cases {
        let proposal = one(&rule(more), &values("a.b", given));
        assert_eq!((proposal.verdict, proposal.reason.as_str()), (*verdict, *reason), "{more} {given:?}");
    }
}

#[test]
fn rules_together() {
    let second = rule("").replace("a.b", "c.d");
    let both = |a: &[f64], c: &[f64]| [values("a.b", a), values("c.d", c)].concat();
    let all = format!("{}{second}", rule(""));
    assert_eq!(one(&all, &both(&[1.0], &[1.0])).verdict, Verdict::Pass);
    assert_eq!(one(&all, &both(&[1.0], &[99.0])).verdict, Verdict::Fail);
    assert_eq!(one(&all, &both(&[1.0], &[])).verdict, Verdict::NotAssessed, "a part is no whole");
    assert_eq!(one(&all, &both(&[99.0], &[])).verdict, Verdict::Fail, "a failed part is enough");
    let any = format!("combine = \"any\"\n{all}");
    assert_eq!(one(&any, &both(&[99.0], &[1.0])).verdict, Verdict::Pass);
    assert_eq!(one(&any, &both(&[99.0], &[99.0])).verdict, Verdict::Fail);
    assert_eq!(one(&any, &both(&[1.0], &[])).verdict, Verdict::Pass);
    // A rule that may only speak against does not stand in the way of a pass, measured or not.
    let guard = format!("{}{}", rule(""), second.replace("unit", "proves = [\"fail\"]\nunit"));
    assert_eq!(one(&guard, &both(&[1.0], &[1.0])).verdict, Verdict::Pass);
    assert_eq!(one(&guard, &both(&[1.0], &[])).verdict, Verdict::Pass);
    assert_eq!(one(&guard, &both(&[1.0], &[99.0])).verdict, Verdict::Fail);
}

#[test]
fn quotients() {
    let per = rule("per = [\"c.d\"]\nscale = 100").replace("unit = \"ms\"", "unit = \"%\"");
    let given = |a: f64, c: f64| [values("a.b", &[a]), values("c.d", &[c])].concat();
    assert_eq!(one(&per, &given(5.0, 100.0)).value, Some(5.0));
    assert_eq!(one(&per, &given(5.0, 100.0)).sources.len(), 2);
    assert_eq!(one(&per, &given(50.0, 100.0)).verdict, Verdict::Fail);
    let zero = one(&per, &given(5.0, 0.0));
    assert_eq!((zero.verdict, zero.reason.as_str()), (Verdict::NotAssessed, "a of s0 could not be judged: c.d is 0"));
    assert_eq!(one(&per, &values("a.b", &[5.0])).verdict, Verdict::NotAssessed);
}

#[test]
fn not_a_number_is_no_measurement() {
    assert!(propose(&pack(&rule("")), &values("a.b", &[f64::NAN, f64::INFINITY]), &[]).is_empty());
}

/// 99th percentile of a sample: the smallest value that at least 99 % of the sample do not exceed.
fn p99(sorted: &[f64]) -> f64 {
    sorted[((sorted.len() as f64 * 0.99).ceil() as usize).clamp(1, sorted.len()) - 1]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever the distribution: what the bounds decide is what the percentile itself would have decided.
    #[test]
    fn bounds_never_decide_wrongly(mut sample in prop::collection::vec(prop_oneof![0.0_f64..20.0, 0.0_f64..200.0, 90.0_f64..110.0], 100..300)) {
        sample.sort_by(f64::total_cmp);
        let count = sample.len() as f64;
        let mean = sample.iter().sum::<f64>() / count;
        let stddev = (sample.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt();
        let threshold = "[[sections.checks.threshold.rules]]\nmetric = \"q.p99\"\nop = \"<=\"\nvalue = 100\nunit = \"ms\"\n\
            bounds = { mean = \"q.mean\", stddev = \"q.stddev\", max = \"q.max\", quantile = 0.99 }\n";
        let given = [values("q.mean", &[mean]), values("q.stddev", &[stddev]), values("q.max", &[sample[sample.len() - 1]])].concat();
        match one(threshold, &given).verdict {
            Verdict::Pass => prop_assert!(p99(&sample) <= 100.0),
            Verdict::Fail => prop_assert!(p99(&sample) > 100.0 - 1e-9),
            Verdict::NotAssessed => {}
            other => prop_assert!(false, "{other}"),
        }
    }

    /// An error run never passes, whatever its latencies.
    #[test]
    fn a_run_of_errors_never_passes(latency in 0.0_f64..2000.0, failed in 0.011_f64..1.0) {
        let artifact = Artifact { id: Id::from_parts(77, 7), ..Artifact::default() };
        let mut given = values("http.latency.p99", &[latency]);
        given.extend(values("http.failed.ratio", &[failed]).into_iter().map(|entry| Measurement { unit: "ratio".to_owned(), ..entry }));
        static PACK: LazyLock<Pack> = LazyLock::new(|| groma_pack::builtin("backend-health").unwrap().unwrap());
        for (check, proposal) in propose(&PACK, &given, &[artifact]) {
            prop_assert!(!matches!(proposal.verdict, Verdict::Pass | Verdict::Improve), "{check}: {}", proposal.reason);
        }
    }
}
