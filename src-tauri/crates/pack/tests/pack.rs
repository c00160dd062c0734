//! Packs as data: the built-in one is whole, mistakes are named with line and remedy, writing and reading agree.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test reads sources, and says when it is skipped"
)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use groma_model::{Answer, Confidence, Id, Proposal, Severity, Verdict};
use groma_pack::{BUILTINS, Pack, PackError, builtin, calculate, candidate};

fn health_pack() -> Pack {
    builtin("backend-health").unwrap().unwrap()
}

#[test]
fn the_health_pack_has_71_checks_in_9_sections() {
    let pack = health_pack();
    let counts: Vec<usize> = pack.sections.iter().map(|section| section.checks.len()).collect();
    assert_eq!(counts, [6, 8, 8, 10, 8, 10, 8, 8, 5]);
    assert_eq!(pack.checks().count(), 71);
    for (index, section) in pack.sections.iter().enumerate() {
        assert_eq!(section.id, (index + 1).to_string());
        assert!(section.intro.len() > 60, "section {}", section.id);
        for (number, check) in section.checks.iter().enumerate() {
            assert_eq!(check.id, format!("{}.{}", section.id, number + 1));
        }
    }
}

#[test]
fn every_check_of_the_health_pack_is_complete() {
    for (_, _, check) in health_pack().checks() {
        let id = &check.id;
        assert!(check.statement.ends_with('.'), "{id}: statement");
        assert!((1..=5).contains(&check.weight), "{id}: weight");
        assert!(check.severity < Severity::Info, "{id}: severity");
        assert!(
            check.method.split_inclusive(['.', '?', ';']).filter(|part| part.starts_with(' ')).count() >= 2,
            "{id}: a method has several sentences"
        );
        assert!(check.method.len() > 200, "{id}: method");
        assert!(!check.remedy.is_empty(), "{id}: remedy");
        assert!(!check.threshold.text.is_empty(), "{id}: threshold");
        assert!(!check.commands.is_empty(), "{id}: commands");
        assert!(!check.areas.is_empty(), "{id}: areas");
        let finding = &check.finding;
        let texts = [
            ("title", &finding.title),
            ("condition", &finding.condition),
            ("criteria", &finding.criteria),
            ("consequence", &finding.consequence),
            ("short_term", &finding.short_term),
            ("long_term", &finding.long_term),
            ("acceptance_test", &finding.acceptance_test),
        ];
        for (name, text) in texts {
            assert!(text.len() > 15, "{id}: finding.{name}");
        }
        assert!(!finding.title.ends_with('.'), "{id}: a title has no full stop");
        assert!(!finding.quality.is_empty(), "{id}: quality");
        // A check that measurements decide says their reason in the condition.
        assert_eq!(finding.condition.contains("{reason}"), !check.threshold.rules.is_empty(), "{id}: {{reason}}");
        for command in &check.commands {
            assert!(command.file.is_empty() && !command.text.trim().is_empty(), "{id}: {}", command.label);
            assert!(["shell", "sql", "promql"].contains(&command.language.as_str()), "{id}: {}", command.language);
        }
    }
}

/// Metrics and formats are those of the evidence crate. It is read as text, because packs must not depend on it.
#[test]
fn metrics_and_formats_are_of_the_one_vocabulary() {
    let evidence = Path::new(env!("CARGO_MANIFEST_DIR")).join("../evidence/src");
    let text: String = std::fs::read_dir(evidence.join("metrics"))
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    let quoted = |line: &str| line.split('"').skip(1).step_by(2).map(ToOwned::to_owned).collect::<Vec<_>>();
    let units: BTreeMap<String, String> = text
        .lines()
        .filter(|line| ["lower(", "higher(", "fact("].iter().any(|start| line.trim_start().starts_with(start)))
        .map(|line| (quoted(line)[0].clone(), quoted(line)[1].clone()))
        .collect();
    assert!(units.len() > 100, "only {} metrics read", units.len());
    let formats: String = std::fs::read_dir(evidence.join("formats"))
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap_or_default())
        .collect();
    let mut wrong = BTreeSet::new();
    for pack in BUILTINS.iter().map(|pack| builtin(pack.id).unwrap().unwrap()) {
        let checks: Vec<_> = pack.checks().map(|(_, _, check)| check).collect();
        let rules = checks.iter().flat_map(|check| &check.threshold.rules);
        for rule in rules.chain(pack.areas.iter().flat_map(|area| &area.signals).map(|signal| &signal.rule)) {
            let conditions = rule.requires.iter().chain(&rule.pass_requires);
            let mut of_unit: Vec<(&str, &str)> = conditions.map(|one| (&*one.metric, &*one.unit)).collect();
            let bounds = rule.bounds.iter().flat_map(|bounds| [&bounds.mean, &bounds.stddev, &bounds.max]);
            let given = rule.absent.iter().flat_map(|absent| &absent.given);
            let mut of_any: Vec<&str> = rule.per.iter().chain(given).chain(bounds).map(String::as_str).collect();
            for metric in rule.also.iter().chain([&rule.metric]) {
                // A quotient has a unit of its own.
                if rule.per.is_empty() { of_unit.push((metric, &rule.unit)) } else { of_any.push(metric) }
            }
            wrong.extend(of_any.into_iter().filter(|metric| !units.contains_key(*metric)).map(ToOwned::to_owned));
            let other = of_unit.into_iter().filter(|(metric, unit)| units.get(*metric).is_none_or(|of| of != unit));
            wrong.extend(other.map(|(metric, unit)| format!("{metric} in {unit}")));
        }
        for fact in checks.iter().flat_map(|check| &check.threshold.facts) {
            if units.get(&fact.metric) != Some(&fact.unit) {
                wrong.insert(format!("{} in {}", fact.metric, fact.unit));
            }
        }
        for command in checks.iter().flat_map(|check| &check.commands).filter(|command| !command.yields.is_empty()) {
            if !formats.contains(&format!("id: \"{}\"", command.yields)) {
                wrong.insert(format!("the format {}", command.yields));
            }
        }
    }
    assert!(wrong.is_empty(), "not of the vocabulary: {wrong:#?}");
}

#[test]
fn shell_commands_are_accepted_by_bash() {
    let mut seen = 0;
    for (_, _, check) in health_pack().checks() {
        for command in check.commands.iter().filter(|command| command.language == "shell") {
            let out = std::process::Command::new("bash").args(["-n", "-c", &command.text]).output();
            let Ok(out) = out else {
                println!("skipped: no bash");
                return;
            };
            let stderr = String::from_utf8_lossy(&out.stderr);
            assert!(out.status.success() && stderr.is_empty(), "{}: {}: {stderr}", check.id, command.label);
            seen += 1;
        }
    }
    assert!(seen > 60, "only {seen}");
}

#[test]
fn what_is_written_reads_back_equal() {
    for builtin_pack in BUILTINS {
        let pack = builtin(builtin_pack.id).unwrap().unwrap();
        assert_eq!(pack.id, builtin_pack.id);
        let text = pack.to_toml().unwrap();
        // Whole by itself: no file is needed to read it.
        assert_eq!(Pack::parse(&text).unwrap(), pack, "{}", pack.id);
    }
    assert!(builtin("none-such").is_none());
}

const HEAD: &str = "schema = 1\nid = \"p\"\nversion = \"1\"\ntitle = \"P\"\n";

fn problems(body: &str) -> String {
    match Pack::parse(&format!("{HEAD}{body}")) {
        Err(PackError::Problems(problems)) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        Err(other) => other.to_string(),
        Ok(_) => String::from("accepted"),
    }
}

#[test]
fn mistakes_are_named_with_line_field_and_remedy() {
    let section = "[[sections]]\nid = \"1\"\ntitle = \"S\"\n[[sections.checks]]\nid = \"1.1\"\ntitle = \"C\"\n";
    let rule = format!("{section}[sections.checks.threshold]\ntext = \"t\"\n[[sections.checks.threshold.rules]]\n");
    let area = "[[areas]]\nid = \"a\"\ntitle = \"A\"\n";
    let cases: &[(String, &str)] = &[
        ("titel = \"x\"".to_owned(), "line 5: unknown field `titel`"),
        ("[[sections]\n".to_owned(), "line 5"),
        (String::new(), "the pack asks nothing: give it [[sections]] or [[areas]]"),
        ("[[sections]]\nid = \"1\"\n".to_owned(), "line 5: sections[0].title: title is missing"),
        (
            format!("{section}[[sections.checks]]\nid = \"1.1\"\ntitle = \"D\"\n"),
            "line 12: sections[0].checks[1].id: the check \"1.1\" stands twice: rename one",
        ),
        (format!("{section}weight = 9\n"), "line 11: sections[0].checks[0].weight: 9 is outside 1 to 5"),
        (format!("{section}areas = [\"p/7\"]\n"), "line 11: sections[0].checks[0].areas[0]: there is no area \"7\""),
        (
            format!("{section}commands = [{{ label = \"l\", language = \"sql\", file = \"sql/x.sql\" }}]\n"),
            "there is no \"sql/x.sql\" beside the pack",
        ),
        (
            format!("{section}commands = [{{ label = \"l\", language = \"sql\", file = \"../x.sql\" }}]\n"),
            "leaves the pack's folder",
        ),
        (
            format!("{rule}metric = \"latency\"\nop = \"<\"\n"),
            "line 14: sections[0].checks[0].threshold.rules[0].metric: \"latency\" is not a metric",
        ),
        (format!("{rule}metric = \"a.b\"\nop = \"~\"\n"), "line 15: unknown variant `~`"),
        (
            format!("{rule}metric = \"a.b\"\nop = \"<\"\nunit = \"furlong\"\n"),
            "line 16: sections[0].checks[0].threshold.rules[0].unit: the unit \"furlong\" is not known",
        ),
        (format!("{rule}metric = \"a.b\"\nop = \"<\"\nvalue = 5\nimprove = 4\n"), "improve must lie beyond value"),
        (format!("{rule}metric = \"a.b\"\nop = \"one_of\"\n"), "one_of and none_of take values"),
        (format!("{rule}metric = \"a.b\"\nop = \"<\"\nover = \"share\"\n"), "needs min_share"),
        (
            format!("{rule}metric = \"a.b\"\nop = \"<\"\nbounds = {{ mean = \"a.c\", quantile = 99 }}\n"),
            "the quantile must lie between 0 and 1",
        ),
        (
            format!("{rule}metric = \"a.b\"\nop = \"<\"\nmiss = \"improve\"\nproves = [\"pass\"]\n"),
            "line 17: sections[0].checks[0].threshold.rules[0].proves: miss = \"improve\" needs improve",
        ),
        (format!("{rule}metric = \"a.b\"\nop = \"<\"\nkind = \"guessed\"\n"), "line 16: unknown variant `guessed`"),
        (
            format!("{section}[sections.checks.threshold]\nfacts = [{{ metric = \"a.b\", unit = \"count\" }}]\n"),
            "line 12: sections[0].checks[0].threshold.facts[0].label: label is missing",
        ),
        (
            format!(
                "{section}[sections.checks.threshold]\nfacts = [{{ metric = \"a.b\", label = \"l\", unit = \"ell\" }}]\n"
            ),
            "sections[0].checks[0].threshold.facts[0].unit: the unit \"ell\" is not known",
        ),
        (
            format!("{}person = \"Because.\"\n{}metric = \"a.b\"\nop = \"<\"\n", section, &rule[section.len()..]),
            "line 11: sections[0].checks[0].person: person says that only a person can answer",
        ),
        (
            format!("complete = true\n{section}"),
            "line 9: sections[0].checks[0]: nothing answers the check \"1.1\": give it rules, or say in person why",
        ),
        (format!("complete = true\n{section}person = \"Only people know.\"\n"), "accepted"),
        (
            format!("complete = true\n{section}person = \"Only people know.\"\nperson_in = {{ de = \" \" }}\n"),
            "sections[0].checks[0].person_in.de: the translation is empty",
        ),
        (
            format!("{section}person_in = {{ de = \"Das wissen nur Menschen.\" }}\n"),
            "sections[0].checks[0].person_in.de: this translates person, which is not given",
        ),
        (
            format!(
                "{area}[[areas.tables]]\nid = \"t\"\ntitle = \"T\"\ncolumns = [{{ id = \"q\", title = \"Q\", type = \"rating\" }}]\nrows = [{{ q = \"6\" }}]\n"
            ),
            "line 12: areas[0].tables[0].rows[0].q: \"6\" is not a rating of column \"q\"",
        ),
        (
            format!(
                "{area}[[areas.tables]]\nid = \"t\"\ntitle = \"T\"\ncolumns = [{{ id = \"q\", title = \"Q\" }}]\nrows = [{{ x = \"6\" }}]\n"
            ),
            "there is no column \"x\": choose one of q",
        ),
        (
            format!(
                "{area}[rubric]\ncolumns = [{{ id = \"o\", title = \"O\" }}]\n[[rubric.levels]]\nlevel = 5\ncells = {{ o = \"x\" }}\n"
            ),
            "1 of 5 levels are described",
        ),
        (format!("{area}[[rubric.levels]]\nlevel = 6\n"), "6 is outside the scale of 1 to 5"),
        (
            format!("{area}[[steps]]\nfrom = 1\nto = 3\ntitle = \"t\"\n"),
            "line 9: steps[0].from: a step leads from a level to the next",
        ),
        (
            format!("{area}[[suggestions.key_results]]\ntitle = \"k\"\nmetrics = [\"m\"]\n"),
            "there is no success metric \"m\"",
        ),
        (
            format!("{area}[[calculators]]\nid = \"c\"\ntitle = \"C\"\nformula = \"pool_size\"\n"),
            "pool_size has the inputs peak_rps, avg_query_ms, safety_factor, db_cores, in this order",
        ),
        (format!("{area}[[bands]]\nid = \"b\"\ntitle = \"B\"\nmin_percent = 50\n"), "the last band must begin at 0"),
        (
            format!("{area}[[fields]]\nid = \"f\"\nlabel = \"F\"\nengagement_field = \"klient\"\n"),
            "an engagement has no field \"klient\"",
        ),
    ];
    for (body, wanted) in cases {
        let found = problems(body);
        assert!(found.contains(wanted), "wanted: {wanted}\nfound: {found}\nin:\n{HEAD}{body}");
    }
    let newer =
        Pack::parse("schema = 2\nid = \"p\"\nversion = \"1\"\ntitle = \"P\"\n[[areas]]\nid = \"a\"\ntitle = \"A\"\n");
    assert!(newer.unwrap_err().to_string().contains("update Groma"));
}

#[test]
fn all_problems_are_told_at_once() {
    let Err(PackError::Problems(problems)) = Pack::parse("schema = 1\nid = \"Bad Id\"\n[[areas]]\n[[areas]]\n") else {
        panic!("accepted")
    };
    let fields: BTreeSet<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    for field in ["id", "version", "title", "areas[0].id", "areas[1].title"] {
        assert!(fields.contains(field), "{field} in {fields:?}");
    }
}

#[test]
fn a_byte_order_mark_and_crlf_do_not_matter() {
    let text = format!("\u{feff}{HEAD}[[areas]]\nid = \"a\"\ntitle = \"A\"\n").replace('\n', "\r\n");
    assert_eq!(Pack::parse(&text).unwrap().areas.len(), 1);
}

#[test]
fn a_failed_check_drafts_its_finding() {
    let pack = health_pack();
    let source = Id::from_parts(9, 9);
    let proposal = Proposal {
        verdict: Verdict::Fail,
        value: Some(840.0),
        unit: "ms".to_owned(),
        subject: "GET /api/parcels".to_owned(),
        reason: "p99 of GET /api/parcels is 840 ms, threshold < 200 ms".to_owned(),
        sources: vec![source],
        conflicting: false,
    };
    let proposed = Answer {
        pack: "backend-health".to_owned(),
        check: "1.1".to_owned(),
        proposal: Some(proposal),
        ..Answer::default()
    };
    let draft = candidate(&pack, &proposed).unwrap();
    assert_eq!(draft.key, "check:backend-health:1.1");
    assert_eq!((draft.verdict, draft.sources.as_slice()), (Verdict::Fail, &[source][..]));
    let finding = &draft.finding;
    assert_eq!((finding.severity, finding.area.as_str()), (Severity::High, "API Performance"));
    assert_eq!(finding.confidence, Confidence::High);
    assert_eq!(finding.checks, ["backend-health/1.1"]);
    assert!(finding.condition.ends_with("threshold < 200 ms"), "{}", finding.condition);

    // The assessor's word counts more than the proposal; improve is one severity milder.
    let confirmed = Answer { verdict: Verdict::Improve, note: "Only at month's end.".to_owned(), ..proposed.clone() };
    let draft = candidate(&pack, &confirmed).unwrap();
    assert_eq!(draft.finding.severity, Severity::Medium);
    assert!(draft.finding.condition.ends_with("Only at month's end."));
    assert!(candidate(&pack, &Answer { verdict: Verdict::Pass, ..proposed.clone() }).is_none());
    let unmeasured = Answer { verdict: Verdict::Fail, proposal: None, check: "7.1".to_owned(), ..proposed.clone() };
    let draft = candidate(&pack, &unmeasured).unwrap();
    assert_eq!(draft.finding.confidence, Confidence::Medium);
    for (_, _, check) in pack.checks() {
        let answer = Answer { check: check.id.clone(), verdict: Verdict::Fail, proposal: None, ..proposed.clone() };
        let text = serde_json::to_string(&candidate(&pack, &answer).unwrap().finding).unwrap();
        assert!(!["{reason}", "{value}", "{subject}", "{threshold}"].iter().any(|mark| text.contains(mark)), "{text}");
    }
}

#[test]
fn calculators_of_the_pack_compute() {
    let pack = health_pack();
    let texts = |id: &str, inputs: &[(&str, f64)]| -> Vec<String> {
        let found = pack.calculators.iter().find(|calculator| calculator.id == id).unwrap();
        calculate(found, inputs).unwrap().into_iter().map(|output| output.text).collect()
    };
    // Defaults: 500 × 0.015 × 1.3 = 9.75 → 10; 4 × 2 = 8.
    assert_eq!(texts("pool-size", &[]), ["10", "8", "10"]);
    assert_eq!(texts("pool-size", &[("db_cores", 16.0)]), ["10", "32", "32"]);
    // Defaults: 25 of 40 failed, never opened before.
    assert_eq!(texts("circuit-breaker", &[]), ["62.5", "open"]);
    assert_eq!(texts("circuit-breaker", &[("requests", 19.0), ("failures", 19.0)]), ["100", "closed"]);
    assert_eq!(texts("circuit-breaker", &[("opened_s_ago", 31.0), ("trial_successes", 1.0)]), ["62.5", "half_open"]);
    let breaker = pack.calculators.iter().find(|calculator| calculator.id == "circuit-breaker").unwrap();
    assert!(calculate(breaker, &[("failures", 41.0)]).is_err());
}

#[test]
fn starting_points_are_the_same_in_every_language() {
    let pack = builtin("backend-maturity").unwrap().unwrap();
    let (english, german) = (pack.suggestions_in("en"), pack.suggestions_in("de-AT"));
    assert_eq!(english, &pack.suggestions);
    assert_ne!(english.phases[0].name, german.phases[0].name);
    let shape = |of: &groma_pack::Suggestions| {
        let phases: Vec<_> = of.phases.iter().map(|p| (p.number, p.from_month, p.to_month, p.actions.len())).collect();
        let team: Vec<_> = of.team.iter().map(|role| (role.fte.to_bits(), role.months.to_bits())).collect();
        let risks: Vec<_> = of.risks.iter().map(|risk| (risk.category, risk.likelihood, risk.impact)).collect();
        let counts = [of.budget.len(), of.trainings.len(), of.metrics.len()];
        (phases, team, risks, counts, of.key_results.iter().map(|result| result.metrics.len()).collect::<Vec<_>>())
    };
    assert_eq!(shape(english), shape(german));
}
