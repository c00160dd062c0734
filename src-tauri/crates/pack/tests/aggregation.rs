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
fn kinds_of_evidence_are_ranked_and_never_mixed() {
    use Verdict::{Fail, Improve, NotAssessed, Pass};
    // Measured a.b, configured c.d, seen in code e.f: each below 10 ms; the code may say improve for what misses.
    let configured = rule("kind = \"configured\"").replace("a.b", "c.d");
    let code = rule("kind = \"code\"").replace("a.b", "e.f");
    let ranked = format!("{}{configured}{code}", rule("improve = 20"));
    let given = |a: Option<f64>, c: Option<f64>, e: Option<f64>| {
        let all = [("a.b", a), ("c.d", c), ("e.f", e)];
        all.into_iter().filter_map(|(metric, value)| Some(values(metric, &[value?]))).flatten().collect::<Vec<_>>()
    };
    let cases = [
        // The strongest that decides gives the verdict, whatever the others say.
        (Some(1.0), Some(99.0), Some(99.0), Pass, true),
        (Some(99.0), Some(1.0), Some(1.0), Fail, true),
        (Some(15.0), Some(99.0), Some(99.0), Improve, false),
        (Some(15.0), Some(1.0), None, Improve, true),
        (None, Some(1.0), Some(99.0), Pass, true),
        (None, Some(99.0), Some(1.0), Fail, true),
        (None, None, Some(99.0), Fail, false),
        (Some(1.0), Some(1.0), Some(1.0), Pass, false),
        (Some(1.0), None, None, Pass, false),
    ];
    for (a, c, e, verdict, conflicting) in cases {
        let found = one(&ranked, &given(a, c, e));
        assert_eq!((found.verdict, found.conflicting), (verdict, conflicting), "{a:?} {c:?} {e:?}: {}", found.reason);
    }
    let found = one(&ranked, &given(Some(1.0), Some(2.0), Some(99.0)));
    assert_eq!(
        found.reason,
        "a of s0 is 1 ms, threshold < 10 ms; the configuration: a of s0 is 2 ms, threshold < 10 ms; the code says \
         otherwise: a of s0 is 99 ms, threshold < 10 ms; what was measured counts more"
    );
    assert_eq!((found.value, found.sources.len()), (Some(1.0), 3), "the deciding value, all sources");
    // What cannot be judged leaves the verdict to the next kind, and is told.
    let open = rule(
        "requires = [{ metric = \"x.y\", op = \">\", value = 0, unit = \"ms\", reason = \"nothing to see\", if_absent = \"skip\" }]",
    );
    let found = one(&format!("{open}{code}"), &given(Some(1.0), None, Some(99.0)));
    assert_eq!(
        (found.verdict, found.reason.as_str()),
        (
            Fail,
            "a of s0 is 99 ms, threshold < 10 ms; the measurement: a of s0 could not be judged: nothing to see (not in the file)"
        )
    );
    // Rules of one kind are not asked for by another: the code passes though the configuration was not read.
    assert_eq!(one(&format!("{configured}{code}"), &given(None, None, Some(1.0))).verdict, Pass);
    // A sign is no proof: a weaker kind that proves a failure decides, one that passes does not.
    let sign = rule("proves = [\"improve\"]\nmiss = \"improve\"");
    let signed = format!("{sign}{code}");
    assert_eq!(one(&signed, &given(Some(99.0), None, Some(99.0))).verdict, Fail);
    let found = one(&signed, &given(Some(99.0), None, Some(1.0)));
    assert_eq!((found.verdict, found.conflicting), (Improve, true));
    assert_eq!(one(&signed, &given(Some(99.0), None, None)).verdict, Improve);
    assert_eq!(one(&signed, &given(Some(1.0), None, None)).verdict, NotAssessed, "no sign is no pass");
    assert_eq!(one(&signed, &given(Some(1.0), None, Some(1.0))).verdict, Pass);
}

#[test]
fn a_sign_stands_where_the_rest_was_not_measured_or_cannot_be_judged() {
    let second = rule("miss = \"improve\"").replace("a.b", "c.d");
    let both = format!("{}{second}", rule("improve = 20"));
    let given = |a: &[f64], c: &[f64]| [values("a.b", a), values("c.d", c)].concat();
    assert_eq!(one(&both, &given(&[], &[99.0])).verdict, Verdict::Improve);
    assert_eq!(one(&both, &given(&[99.0], &[99.0])).verdict, Verdict::Fail);
    assert_eq!(one(&both, &given(&[15.0], &[])).verdict, Verdict::NotAssessed, "the rest might be a failure");
    let unit = |entry: Measurement| Measurement { unit: "bytes".to_owned(), ..entry };
    let unreadable: Vec<Measurement> =
        values("a.b", &[1.0]).into_iter().map(unit).chain(values("c.d", &[99.0])).collect();
    let found = one(&both, &unreadable);
    assert_eq!(
        (found.verdict, found.reason.as_str()),
        (Verdict::Improve, "a of s0 is 99 ms, threshold < 10 ms; a sign of a fault, not its proof")
    );
    // Where one rule is enough, a sign does not stand in the way of the one that holds.
    let any = format!("combine = \"any\"\n{both}");
    assert_eq!(one(&any, &given(&[1.0], &[99.0])).verdict, Verdict::Pass);
    assert_eq!(one(&any, &given(&[99.0], &[99.0])).verdict, Verdict::Improve);
}

#[test]
fn facts_stand_beside_and_decide_nothing() {
    let facts = "facts = [{ metric = \"c.d\", label = \"c\", unit = \"ms\" }]\n";
    let with = format!("{facts}{}", rule(""));
    let found = one(&with, &[values("a.b", &[1.0]), values("c.d", &[7.0, 8.0, 9.0, 10.0])].concat());
    assert_eq!(found.verdict, Verdict::Pass);
    assert_eq!(
        found.reason,
        "a of s0 is 1 ms, threshold < 10 ms; beside it: c of s0 is 7 ms, c of s1 is 8 ms, c of s2 is 9 ms, 1 more"
    );
    assert_eq!(found.sources.len(), 4);
    let alone = one(&with, &values("c.d", &[7.0]));
    assert_eq!((alone.verdict, alone.value), (Verdict::NotAssessed, None));
    assert_eq!(alone.reason, "evidence does not decide it; beside it: c of s0 is 7 ms");
    let person = propose(&pack(facts), &values("c.d", &[7.0]), &[]);
    assert_eq!(person.len(), 1, "a check without rules has its facts all the same");
    assert!(propose(&pack(facts), &values("a.b", &[7.0]), &[]).is_empty());
}

#[test]
fn absence_is_a_finding_where_the_pack_says_so() {
    let absent = |more: &str| {
        rule(&format!(
            "absent = {{ given = [\"c.d\"], reason = \"it was looked for\"{more} }}\nrequires = [{{ metric = \"e.f\", op = \">=\", value = 5, unit = \"ms\", reason = \"too few\", if_absent = \"skip\" }}]"
        ))
    };
    let given = |e: f64| {
        let entry = |metric: &str, value| Measurement { subject: String::new(), ..values(metric, &[value]).remove(0) };
        vec![entry("c.d", 1.0), entry("e.f", e)]
    };
    let verdict = |more: &str, e: f64| {
        propose(&pack(&absent(more)), &given(e), &[]).pop().map(|(_, found)| (found.verdict, found.reason))
    };
    let reason = "the file has no a: it was looked for".to_owned();
    assert_eq!(verdict(", verdict = \"improve\"", 5.0), Some((Verdict::Improve, reason.clone())));
    assert_eq!(verdict(", verdict = \"fail\"", 5.0), Some((Verdict::Fail, reason.clone())));
    assert_eq!(verdict(", verdict = \"fail\"", 4.0), None, "it would not have been seen");
    assert_eq!(verdict("", 5.0), Some((Verdict::NotAssessed, format!("not evaluable: {reason}"))));
    // One artifact that has it is enough.
    let threshold = absent(", verdict = \"fail\"");
    let there =
        Measurement { artifact: Id::from_parts(78, 7), subject: String::new(), ..values("a.b", &[1.0]).remove(0) };
    let more = Measurement { artifact: there.artifact, ..given(5.0).remove(1) };
    assert_eq!(one(&threshold, &[given(5.0), vec![there, more]].concat()).verdict, Verdict::Pass);
}

#[test]
fn conditions_may_ask_other_artifacts() {
    let asked = |anywhere: bool| {
        rule(&format!(
            "pass_requires = [{{ metric = \"c.d\", op = \"=\", value = 0, unit = \"ms\", reason = \"must be none\", if_absent = \"skip\", anywhere = {anywhere} }}]"
        ))
    };
    let elsewhere = |values_of: &[f64]| {
        let others = values("c.d", values_of).into_iter().enumerate();
        let others = others.map(|(i, entry)| Measurement { artifact: Id::from_parts(80 + i as u64, 7), ..entry });
        values("a.b", &[1.0]).into_iter().chain(others).collect::<Vec<_>>()
    };
    assert_eq!(one(&asked(false), &elsewhere(&[0.0])).verdict, Verdict::NotAssessed);
    assert_eq!(one(&asked(true), &elsewhere(&[0.0])).verdict, Verdict::Pass);
    let found = one(&asked(true), &elsewhere(&[0.0, 2.0, 1.0]));
    assert_eq!(
        (found.verdict, found.reason.as_str()),
        (Verdict::NotAssessed, "a of s0 is 1 ms, threshold < 10 ms, but it proves nothing: must be none (2 ms)")
    );
    let found = one(&asked(true), &elsewhere(&[]));
    assert_eq!(found.reason, "a of s0 is 1 ms, threshold < 10 ms, but it proves nothing: must be none (not measured)");
}

#[test]
fn artifacts_about_different_things_are_no_two_sources_for_one_value() {
    let artifact = |number: u64, subject: &str, time: &str| Artifact {
        id: Id::from_parts(number, 7),
        subject: subject.to_owned(),
        captured_at: Some(time.parse().unwrap()),
        ..Artifact::default()
    };
    let of = |number: u64, value: f64| Measurement {
        artifact: Id::from_parts(number, 7),
        id: Id::from_parts(number, 1),
        subject: String::new(),
        ..values("a.b", &[value]).remove(0)
    };
    let given = [of(1, 99.0), of(2, 1.0)];
    let judged = |threshold: &str, first: &str, second: &str| {
        let artifacts = [artifact(1, first, "2026-05-01T10:00:00Z"), artifact(2, second, "2026-05-02T10:00:00Z")];
        propose(&pack(threshold), &given, &artifacts).remove(0).1
    };
    for more in ["", "over = \"latest\""] {
        let apart = judged(&rule(more), "orders", "billing");
        assert_eq!((apart.verdict, apart.subject.as_str()), (Verdict::Fail, "orders"), "{more}");
        assert!(!apart.conflicting && apart.reason.starts_with("a of orders is 99 ms"), "{}", apart.reason);
        for (first, second) in [("orders", "orders"), ("orders", ""), ("", "")] {
            let same = judged(&rule(more), first, second);
            assert_eq!((same.verdict, same.conflicting), (Verdict::Pass, more.is_empty()), "{first} {second} {more}");
        }
    }
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
