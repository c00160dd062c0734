//! Levels that evidence suggests: the arithmetic on an area of its own, and the built-in pack's signals one by one.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use groma_model::{Artifact, Id, Measurement};
use groma_pack::{Aggregation, Area, Comparator, Pack, Rule, Signal, Suggestion, builtin, suggest_level};

fn measured(number: u64, metric: &str, value: f64, unit: &str) -> Measurement {
    Measurement {
        id: Id::from_parts(number, 1),
        artifact: Id::from_parts(1, 7),
        metric: metric.to_owned(),
        value,
        unit: unit.to_owned(),
        ..Measurement::default()
    }
}

fn area() -> Area {
    let signal = |level: &str, metric: &str, value: u32| {
        format!(
            "[[areas.signals]]\n{level}\nsentence = \"{metric} {value}.\"\nrule = {{ metric = \"{metric}\", op = \">=\", value = {value}, unit = \"count\" }}\n"
        )
    };
    let text = [
        "schema = 1\nid = \"p\"\nversion = \"1\"\ntitle = \"P\"\n[[areas]]\nid = \"1\"\ntitle = \"A\"\n".to_owned(),
        signal("for_level = 2\nrequired = true", "a.two", 1),
        signal("for_level = 3\nrequired = true", "a.three", 1),
        signal("for_level = 3", "a.beside", 1),
        signal("for_level = 4\nrequired = true", "a.four", 1),
        signal("against_level = 3", "a.fault", 1),
        signal("for_level = 5", "a.five", 1),
    ];
    Pack::parse(&text.concat()).unwrap().areas.remove(0)
}

/// Metrics and their values.
type Given<'a> = &'a [(&'a str, f64)];

fn suggested(values: Given<'_>) -> Suggestion {
    let given = values.iter().zip(1..).map(|((metric, value), number)| measured(number, metric, *value, "count"));
    suggest_level(&area(), &given.collect::<Vec<_>>(), &[])
}

/// The level suggested, which there must be.
fn level(found: &Suggestion) -> u8 {
    found.level.unwrap().get()
}

#[test]
fn the_highest_level_that_is_proven_and_not_contradicted() {
    let cases: &[(Given<'_>, Option<u8>)] = &[
        (&[], None),
        // What does not prove level 2 proves nothing above it either.
        (&[("a.three", 1.0), ("a.four", 1.0)], None),
        (&[("a.two", 0.0)], Some(1)),
        (&[("a.two", 0.0), ("a.three", 1.0)], Some(1)),
        (&[("a.two", 1.0)], Some(2)),
        (&[("a.two", 1.0), ("a.four", 1.0)], Some(2)),
        (&[("a.two", 1.0), ("a.three", 1.0)], Some(3)),
        (&[("a.two", 1.0), ("a.three", 0.0), ("a.four", 1.0)], Some(2)),
        (&[("a.two", 1.0), ("a.three", 1.0), ("a.four", 1.0)], Some(4)),
        // Nothing is required for level 5, so nothing proves it.
        (&[("a.two", 1.0), ("a.three", 1.0), ("a.four", 1.0), ("a.five", 1.0)], Some(4)),
        // What is not required speaks against the level where it does not hold, and for nothing where it does.
        (&[("a.two", 1.0), ("a.three", 1.0), ("a.beside", 0.0)], Some(2)),
        (&[("a.two", 1.0), ("a.beside", 1.0)], Some(2)),
        (&[("a.beside", 0.0)], None),
        (&[("a.two", 1.0), ("a.three", 1.0), ("a.four", 1.0), ("a.fault", 1.0)], Some(2)),
        (&[("a.two", 1.0), ("a.three", 1.0), ("a.fault", 0.0)], Some(3)),
        (&[("a.fault", 1.0)], None),
    ];
    for (given, wanted) in cases {
        let found = suggested(given);
        assert_eq!(found.level.map(|level| level.get()), *wanted, "{given:?}: {found:#?}");
    }
}

#[test]
fn facts_for_and_against_and_what_is_missing_are_told() {
    let found = suggested(&[("a.two", 3.0), ("a.three", 0.0), ("a.fault", 2.0)]);
    assert_eq!((level(&found), found.next.map(|next| next.get())), (2, Some(3)));
    let told = |facts: &[groma_pack::LevelFact]| -> Vec<(u8, String, bool, String)> {
        facts.iter().map(|fact| (fact.level.get(), fact.sentence.clone(), fact.holds, fact.reason.clone())).collect()
    };
    assert_eq!(told(&found.r#for), [(2, "a.two 1.".to_owned(), true, "a.two is 3, threshold ≥ 1".to_owned())]);
    assert_eq!(
        told(&found.against),
        [
            (3, "a.three 1.".to_owned(), false, "a.three is 0, threshold ≥ 1".to_owned()),
            (3, "a.fault 1.".to_owned(), true, "a.fault is 2, threshold < 1".to_owned()),
        ]
    );
    assert_eq!(found.against[1].sources, [Id::from_parts(3, 1)]);
    let missing: Vec<(u8, bool, &str)> =
        found.missing.iter().map(|fact| (fact.level.get(), fact.required, fact.metric.as_str())).collect();
    assert_eq!(missing, [(3, false, "a.beside"), (4, true, "a.four"), (5, false, "a.five")]);
}

#[test]
fn the_next_level_is_one_that_files_can_prove() {
    let next = |given: Given<'_>| suggested(given).next.map(|next| next.get());
    assert_eq!(next(&[]), Some(2), "what is missing is told where nothing is suggested, too");
    assert_eq!(suggested(&[]).missing.len(), 5);
    assert_eq!(next(&[("a.two", 0.0)]), Some(2));
    assert_eq!(next(&[("a.two", 1.0), ("a.three", 1.0)]), Some(4));
    // Nothing is required for level 5.
    assert_eq!(next(&[("a.two", 1.0), ("a.three", 1.0), ("a.four", 1.0)]), None);
}

#[test]
fn one_fault_among_several_sources_is_a_fault_until_a_later_capture_mends_it() {
    let artifact = |number: u64, time: Option<&str>| Artifact {
        id: Id::from_parts(number, 7),
        captured_at: time.map(|time| time.parse().unwrap()),
        ..Artifact::default()
    };
    let of = |number: u64, metric: &str, value: f64| Measurement {
        artifact: Id::from_parts(number, 7),
        ..measured(number, metric, value, "count")
    };
    let given = [of(1, "a.two", 1.0), of(1, "a.fault", 4.0), of(2, "a.three", 1.0), of(2, "a.fault", 0.0)];
    let captured = |times: [Option<&str>; 2]| {
        let artifacts = [artifact(1, times[0]), artifact(2, times[1])];
        let found = suggest_level(&area(), &given, &artifacts);
        let mut reversed = given.clone();
        reversed.reverse();
        assert_eq!(suggest_level(&area(), &reversed, &artifacts).level, found.level, "the order must not matter");
        level(&found)
    };
    assert_eq!(captured([None, None]), 2, "the worse value decides where times are unknown");
    assert_eq!(captured([Some("2026-05-01T10:00:00Z"), Some("2026-05-02T10:00:00Z")]), 3);
    assert_eq!(captured([Some("2026-05-03T10:00:00Z"), Some("2026-05-02T10:00:00Z")]), 2);
}

/// A value that meets a rule, or one that misses it.
fn value(rule: &Rule, meets: bool) -> f64 {
    let step = if rule.unit == "ratio" { 0.001 } else { 1.0 };
    match (rule.op, meets) {
        (Comparator::Less, true) | (Comparator::AtLeast, false) => rule.value - step,
        (Comparator::More, true) | (Comparator::AtMost, false) => rule.value + step,
        (Comparator::Equal, false) if rule.unit == "bool" => 1.0 - rule.value,
        (Comparator::Equal, false) => rule.value + step,
        (Comparator::NotEqual, _) | (Comparator::OneOf, _) | (Comparator::NoneOf, _) => panic!("not in the pack"),
        _ => rule.value,
    }
}

/// Measurements by which a signal holds or does not, with what its rule asks for beside it.
fn signalled(signal: &Signal, holds: bool) -> Vec<Measurement> {
    let rule = &signal.rule;
    let parts = 1000.0;
    let scale = if rule.per.is_empty() { 1.0 } else { parts };
    let unit = if rule.per.is_empty() { rule.unit.as_str() } else { "count" };
    let mut given = vec![measured(1, &rule.metric, value(rule, holds) * scale, unit)];
    given.extend(rule.per.iter().zip(2..).map(|(metric, number)| measured(number, metric, parts, "count")));
    given
        .extend(rule.requires.iter().zip(9..).map(|(one, number)| measured(number, &one.metric, one.value, &one.unit)));
    given
}

fn maturity() -> Pack {
    builtin("backend-maturity").unwrap().unwrap()
}

#[test]
fn every_signal_holds_does_not_hold_and_is_missing() {
    for area in maturity().areas {
        assert!(area.signals.iter().filter(|signal| signal.required).count() >= 3, "area {}", area.id);
        for signal in &area.signals {
            let alone = Area { signals: vec![signal.clone(), always()], ..Area::default() };
            let what = format!("area {}: {}", area.id, signal.sentence);
            let told = |given: &[Measurement]| {
                let mut given = given.to_vec();
                given.push(measured(99, "always.there", 0.0, "count"));
                let found = suggest_level(&alone, &given, &[]);
                (found.r#for.len(), found.against.len() - 1, found.missing.len())
            };
            let (holds, not) = (told(&signalled(signal, true)), told(&signalled(signal, false)));
            if signal.for_level.is_some() {
                assert_eq!((holds, not), ((1, 0, 0), (0, 1, 0)), "{what}");
                assert_eq!(told(&[]), (0, 0, 1), "{what}");
            } else {
                assert_eq!((holds, not), ((0, 1, 0), (0, 0, 0)), "{what}");
                assert_eq!(told(&[]), (0, 0, 0), "{what}");
            }
        }
    }
}

/// A signal that makes sure of a suggestion: it does not hold, so that level 1 is suggested.
fn always() -> Signal {
    let rule = Rule { metric: "always.there".to_owned(), op: Comparator::More, ..Rule::default() };
    Signal { for_level: Some(2_i64.try_into().unwrap()), required: true, rule, ..Signal::default() }
}

/// The strictest value for each metric that the required signals up to a level name.
fn proof(area: &Area, level: u8) -> Vec<Measurement> {
    let mut given: Vec<Measurement> = Vec::new();
    for signal in area.signals.iter().filter(|signal| signal.required) {
        if signal.for_level.unwrap().get() > level {
            continue;
        }
        for entry in signalled(signal, true) {
            // Signals stand in the order of their levels, so that a later one is the stricter.
            given.retain(|known| known.metric != entry.metric);
            given.push(Measurement { id: Id::from_parts(given.len() as u64 + 100, 1), ..entry });
        }
    }
    given
}

#[test]
fn every_area_of_the_pack_reaches_each_level_that_files_can_prove_and_no_other() {
    // Levels that stand on what people do cannot be proven from files.
    let most = [3, 4, 4, 4, 4, 5, 4, 4, 4, 4];
    let pack = maturity();
    assert_eq!(pack.areas.len(), most.len());
    for (area, most) in pack.areas.iter().zip(most) {
        for level in 2..=5 {
            let given = proof(area, level);
            let found = suggest_level(area, &given, &[]);
            let wanted = level.min(most);
            assert_eq!(found.level.map(|level| level.get()), Some(wanted), "area {}: {:#?}", area.id, found.against);
            // Without any one of what a level requires, it is not suggested.
            for left_out in 0..given.len() {
                let mut less = given.clone();
                let gone = less.remove(left_out);
                let found = suggest_level(area, &less, &[]).level.map_or(0, |level| level.get());
                let needed = area.signals.iter().any(|signal| {
                    signal.required && signal.rule.metric == gone.metric && signal.for_level.unwrap().get() <= level
                });
                assert!(!needed || found < wanted, "area {} without {}", area.id, gone.metric);
            }
        }
        assert_eq!(suggest_level(area, &[], &[]).level, None, "area {}", area.id);
        let faults = area.signals.iter().filter(|signal| signal.required && signal.for_level.unwrap().get() == 2);
        for signal in faults {
            let found = suggest_level(area, &signalled(signal, false), &[]);
            assert_eq!(level(&found), 1, "area {}: {}", area.id, signal.sentence);
        }
    }
}

#[test]
fn a_signal_that_is_wrong_is_named() {
    let head = "schema = 1\nid = \"p\"\nversion = \"1\"\ntitle = \"P\"\n[[areas]]\nid = \"1\"\ntitle = \"A\"\n[[areas.signals]]\n";
    let rule = "rule = { metric = \"a.b\", op = \">\", value = 1, unit = \"count\" }\n";
    for (body, wanted) in [
        (format!("sentence = \"s\"\n{rule}"), "give for_level or against_level"),
        (format!("for_level = 2\nagainst_level = 3\nsentence = \"s\"\n{rule}"), "give for_level or against_level"),
        (format!("for_level = 1\nsentence = \"s\"\n{rule}"), "level 1 needs no proof"),
        (format!("against_level = 3\nrequired = true\nsentence = \"s\"\n{rule}"), "areas[0].signals[0].required"),
        (format!("for_level = 3\n{rule}"), "sentence is missing"),
        (
            "for_level = 3\nsentence = \"s\"\nrule = { metric = \"a.b\", op = \">\", value = 2, improve = 1, unit = \"count\" }\n"
                .to_owned(),
            "a signal holds or it does not",
        ),
        (
            "for_level = 3\nsentence = \"s\"\nrule = { metric = \"ab\", op = \">\", value = 2, unit = \"count\" }\n".to_owned(),
            "line 11: areas[0].signals[0].rule.metric: \"ab\" is not a metric",
        ),
    ] {
        let error = Pack::parse(&format!("{head}{body}")).unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}\nin:\n{body}");
    }
}

#[test]
fn signals_of_the_pack_take_the_worst_unless_one_is_enough() {
    for area in maturity().areas {
        for signal in area.signals {
            let over = signal.rule.over;
            assert!(matches!(over, Aggregation::All | Aggregation::Any), "area {}: {}", area.id, signal.sentence);
            assert!(signal.sentence.ends_with('.') && signal.sentence.len() > 12, "{}", signal.sentence);
        }
    }
}
