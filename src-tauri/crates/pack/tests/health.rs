//! Health, top actions and maturity against reckonings by hand.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{collections::BTreeMap, sync::LazyLock};

use groma_model::{Answer, Assessment, Level, Severity, Verdict};
use groma_pack::{Health, Pack, bands, builtin, health, maturity, top_actions};
use proptest::prelude::*;

fn pack() -> Pack {
    builtin("backend-health").unwrap().unwrap()
}

fn answer(check: &str, verdict: Verdict) -> Answer {
    let reason = if verdict == Verdict::NotApplicable { "no such thing here" } else { "" };
    Answer {
        pack: "backend-health".to_owned(),
        check: check.to_owned(),
        verdict,
        reason: reason.to_owned(),
        ..Answer::default()
    }
}

/// One letter a check, in order: p pass, f fail, i improve, n not applicable, - not assessed.
fn answers(pack: &Pack, sections: &[(&str, &str)]) -> Vec<Answer> {
    let mut answers = Vec::new();
    for (id, letters) in sections {
        let section = pack.sections.iter().find(|section| section.id == *id).unwrap();
        assert_eq!(section.checks.len(), letters.len(), "section {id}");
        for (check, letter) in section.checks.iter().zip(letters.chars()) {
            answers.push(match letter {
                'p' => answer(&check.id, Verdict::Pass),
                'f' => answer(&check.id, Verdict::Fail),
                'i' => answer(&check.id, Verdict::Improve),
                'n' => answer(&check.id, Verdict::NotApplicable),
                _ => continue,
            });
        }
    }
    answers
}

#[test]
fn the_score_equals_a_reckoning_by_hand() {
    let pack = pack();
    let given = answers(
        &pack,
        &[
            ("1", "ppfifp"),     // 3 of 6
            ("2", "pfffpp--"),   // 3 of 8
            ("3", "nnnnnnnn"),   // nothing applies
            ("4", "pppppppppn"), // 9 of 9
            ("5", "ppppiiff"),   // 4 of 8
            ("6", "pppppppppp"), // 10 of 10
            ("7", "p-------"),   // 1 of 8, 7 unknown
            ("8", "ppppnnpp"),   // 6 of 6
            ("9", "fffff"),      // 0 of 5
        ],
    );
    let result = health(&pack, &given);
    let counts: Vec<(u32, u32, u32, u32)> = result
        .sections
        .iter()
        .map(|section| (section.passed, section.total, section.not_applicable, section.not_assessed))
        .collect();
    let by_hand = [
        (3, 6, 0, 0),
        (3, 8, 0, 2),
        (0, 0, 8, 0),
        (9, 9, 1, 0),
        (4, 8, 0, 0),
        (10, 10, 0, 0),
        (1, 8, 0, 7),
        (6, 6, 2, 0),
        (0, 5, 0, 0),
    ];
    assert_eq!(counts, by_hand);
    // 3+3+0+9+4+10+1+6+0 = 36 passes; 71 − 11 not applicable = 60; 60 − 9 unknown = 51 assessed.
    assert_eq!((result.passed, result.total, result.assessed, result.applicable), (36, 60, 51, 60));
    assert_eq!((result.not_applicable, result.not_assessed), (11, 9));
    // Failed: 2 + 3 + 2 + 5; improve: 1 + 2.
    assert_eq!((result.failed, result.improve), (12, 3));
    assert_eq!(result.percent, Some(60.0));
    assert!((result.percent_of_assessed.unwrap() - 70.588_235).abs() < 1e-6); // 36 / 51
    assert_eq!(result.band.as_deref(), Some("significant_debt"));
    assert_eq!(result.sections[2].percent, None);
    assert_eq!(result.sections[3].percent, Some(100.0));
    assert_eq!(result.sections[1].percent, Some(37.5));
}

#[test]
fn nothing_known_is_no_pass() {
    let result = health(&pack(), &[]);
    assert_eq!((result.passed, result.total, result.assessed), (0, 71, 0));
    assert_eq!(result.percent, Some(0.0));
    assert_eq!(result.percent_of_assessed, None);
    assert_eq!(result.band.as_deref(), Some("high_risk"));
}

#[test]
fn bands_begin_exactly_at_their_limit() {
    let pack = pack();
    let ids: Vec<&str> = pack.checks().map(|(_, _, check)| check.id.as_str()).collect();
    // 70 checks apply, so that a check is a seventieth: 63 are 90 %, 49 are 70 %, 35 are 50 %.
    let scored = |passed: usize| {
        let mut given: Vec<Answer> = ids[..passed].iter().map(|id| answer(id, Verdict::Pass)).collect();
        given.extend(ids[passed..70].iter().map(|id| answer(id, Verdict::Fail)));
        given.push(answer(ids[70], Verdict::NotApplicable));
        health(&pack, &given).band.unwrap()
    };
    for (passed, band) in [
        (70, "production_ready"),
        (63, "production_ready"),
        (62, "some_gaps"),
        (49, "some_gaps"),
        (48, "significant_debt"),
        (35, "significant_debt"),
        (34, "high_risk"),
        (0, "high_risk"),
    ] {
        assert_eq!(scored(passed), band, "{passed} of 70");
    }
    let limits: Vec<f64> = bands(&Pack::default()).iter().map(|band| band.min_percent).collect();
    assert_eq!(limits, [90.0, 70.0, 50.0, 0.0]);
}

#[test]
fn not_applicable_needs_a_reason_and_other_packs_do_not_count() {
    let pack = pack();
    let mut silent = answer("1.1", Verdict::NotApplicable);
    silent.reason = "  ".to_owned();
    let mut foreign = answer("1.2", Verdict::Pass);
    foreign.pack = "another".to_owned();
    let unknown = answer("99.9", Verdict::Pass);
    let result = health(&pack, &[silent, foreign, unknown]);
    assert_eq!((result.passed, result.total, result.not_applicable, result.not_assessed), (0, 71, 0, 71));
}

#[test]
fn the_worst_failures_come_first() {
    let pack = pack();
    let given = [
        answer("1.4", Verdict::Fail),    // medium, 3
        answer("1.1", Verdict::Fail),    // high, 4
        answer("6.1", Verdict::Improve), // critical, but not failed
        answer("6.5", Verdict::Fail),    // critical, 5
        answer("1.3", Verdict::Fail),    // high, 5
        answer("2.2", Verdict::Pass),
        answer("2.1", Verdict::Fail), // high, 5, after 1.3 in the pack
    ];
    let order = |n| top_actions(&pack, &given, n).into_iter().map(|action| action.check).collect::<Vec<_>>();
    assert_eq!(order(3), ["6.5", "1.3", "2.1"]);
    assert_eq!(order(10), ["6.5", "1.3", "2.1", "1.1", "1.4", "6.1"]);
    let first = &top_actions(&pack, &given, 1)[0];
    assert_eq!(
        (first.severity, first.verdict, first.section.as_str()),
        (Severity::Critical, Verdict::Fail, "Security")
    );
    assert!(!first.remedy.is_empty());
}

#[test]
fn the_wire_form_has_the_promised_names() {
    let json = serde_json::to_value(health(&pack(), &[answer("1.1", Verdict::Pass)])).unwrap();
    for name in ["sections", "passed", "total", "percent", "band", "assessed"] {
        assert!(json.get(name).is_some(), "{name}");
    }
    for name in ["id", "passed", "total", "not_applicable", "not_assessed"] {
        assert!(json["sections"][0].get(name).is_some(), "{name}");
    }
    let json = serde_json::to_value(maturity(&areas(), &[])).unwrap();
    assert!(json["mean"].is_null() && json["weakest"].is_null());
    assert_eq!(json["areas"][0]["id"], "1");
    assert!(json["areas"][0]["level"].is_null() && json["areas"][0]["target"].is_null());
}

fn areas() -> Pack {
    let text = "schema = 1\nid = \"m\"\nversion = \"1\"\ntitle = \"M\"\n".to_owned()
        + &(1..=4).map(|i| format!("[[areas]]\nid = \"{i}\"\ntitle = \"Area {i}\"\n")).collect::<String>();
    Pack::parse(&text).unwrap()
}

#[test]
fn the_weakest_area_stands_beside_the_mean() {
    let rated = |area: &str, level: i64, target: Option<i64>| Assessment {
        pack: "m".to_owned(),
        area: area.to_owned(),
        level: Some(Level::clamped(level)),
        target: target.map(Level::clamped),
        ..Assessment::default()
    };
    let mut foreign = rated("4", 1, None);
    foreign.pack = "another".to_owned();
    let given = [rated("1", 4, Some(5)), rated("3", 2, Some(4)), rated("2", 2, None), foreign];
    let result = maturity(&areas(), &given);
    // (4 + 2 + 2) / 3; (5 + 4) / 2.
    assert!((result.mean.unwrap() - 8.0 / 3.0).abs() < 1e-12);
    assert_eq!(result.target_mean, Some(4.5));
    assert_eq!(result.weakest.as_deref(), Some("2"));
    assert_eq!(result.weakest_areas, ["2", "3"]);
    assert_eq!(result.weakest_level.map(Level::get), Some(2));
    assert_eq!((result.assessed, result.total), (3, 4));
}

fn verdict() -> impl Strategy<Value = Verdict> {
    prop::sample::select(Verdict::ALL)
}

fn score(pack: &Pack, verdicts: &BTreeMap<String, Verdict>) -> Health {
    health(pack, &verdicts.iter().map(|(check, verdict)| answer(check, *verdict)).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn scores_hold_their_promises(verdicts in prop::collection::vec(verdict(), 71), at in 0_usize..71) {
        static PACK: LazyLock<Pack> = LazyLock::new(pack);
        let pack = &*PACK;
        let ids: Vec<String> = pack.checks().map(|(_, _, check)| check.id.clone()).collect();
        let verdicts: BTreeMap<String, Verdict> = ids.iter().cloned().zip(verdicts).collect();
        let result = score(pack, &verdicts);
        let percent = result.percent.unwrap_or(0.0);
        prop_assert!((0.0..=100.0).contains(&percent));
        prop_assert_eq!(result.passed + result.failed + result.improve + result.not_assessed, result.total);
        prop_assert_eq!(result.total + result.not_applicable, 71);
        prop_assert_eq!(result.passed, result.sections.iter().map(|section| section.passed).sum::<u32>());
        // What is unknown never flatters.
        prop_assert!(result.percent_of_assessed.is_none_or(|assessed| assessed >= percent));

        let with = |verdict| {
            let mut changed = verdicts.clone();
            changed.insert(ids[at].clone(), verdict);
            score(pack, &changed).percent
        };
        // Leaving a check out is never better than passing it, never worse than failing it; not looking at it counts
        // like failing it.
        let (pass, fail) = (with(Verdict::Pass).unwrap(), with(Verdict::Fail).unwrap());
        if let Some(left_out) = with(Verdict::NotApplicable) {
            prop_assert!(left_out <= pass && left_out >= fail);
        }
        prop_assert_eq!(with(Verdict::NotAssessed), Some(fail));
        prop_assert_eq!(with(Verdict::Improve), Some(fail));
        prop_assert!(pass > fail);
    }
}
