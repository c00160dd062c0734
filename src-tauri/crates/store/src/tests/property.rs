//! Any sequence of operations: undo all gives the beginning, redo all gives the end, and the file stays sound.

use groma_model::*;
use proptest::prelude::*;

use super::support::*;
use crate::{Op, Read, Store, StoreError};

/// One operation; numbers pick an object among those that are there.
#[derive(Debug, Clone)]
enum Act {
    AddFinding(String),
    AddRisk(Vec<usize>),
    AddInitiative(Option<usize>, Vec<usize>, Vec<usize>, f64),
    AddPhase,
    AddRole,
    AddLine(usize),
    AddEvidence(usize, usize),
    AddAnswer(usize),
    Import(u8, Vec<(u8, u8)>),
    EditFinding(usize, String, u8),
    EditEngagement(String, f64),
    SwapPhases(usize, usize),
    Delete(usize, usize),
    Undo,
    Redo,
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    let pick = 0..8_usize;
    let picks = prop::collection::vec(0..8_usize, 0..4);
    let words = "[a-zäß\"*🔥\\PC]{0,12}";
    prop_oneof![
        words.prop_map(Act::AddFinding),
        picks.clone().prop_map(Act::AddRisk),
        (prop::option::of(pick.clone()), picks.clone(), picks, 0.0..=1.0_f64)
            .prop_map(|(phase, on, findings, share)| Act::AddInitiative(phase, on, findings, share)),
        Just(Act::AddPhase),
        Just(Act::AddRole),
        pick.clone().prop_map(Act::AddLine),
        (pick.clone(), pick.clone()).prop_map(|(a, b)| Act::AddEvidence(a, b)),
        pick.clone().prop_map(Act::AddAnswer),
        (0..6_u8, prop::collection::vec((0..3_u8, 0..3_u8), 0..6)).prop_map(|(file, issues)| Act::Import(file, issues)),
        (pick.clone(), words, 1..6_u8).prop_map(|(at, text, level)| Act::EditFinding(at, text, level)),
        (words, 0.0..500.0).prop_map(|(t, n)| Act::EditEngagement(t, n)),
        (pick.clone(), pick.clone()).prop_map(|(a, b)| Act::SwapPhases(a, b)),
        (0..9_usize, pick).prop_map(|(kind, at)| Act::Delete(kind, at)),
        Just(Act::Undo),
        Just(Act::Redo),
        Just(Act::Reopen),
    ]
}

fn ids<T: Object>(store: &impl Read) -> Vec<Id> {
    store.list::<T>().unwrap().iter().map(Object::id).collect()
}

fn some(ids: &[Id], at: usize) -> Option<Id> {
    if ids.is_empty() { None } else { Some(ids[at % ids.len()]) }
}

fn picked(ids: &[Id], at: &[usize]) -> Vec<Id> {
    let mut found: Vec<Id> = at.iter().filter_map(|at| some(ids, *at)).collect();
    found.dedup();
    found
}

fn run(bench: &mut Bench, act: Act) -> Result<(), StoreError> {
    let store: &mut Store = &mut bench.store;
    let done = match act {
        Act::AddFinding(title) => {
            store.transact(Op::Insert(Kind::Finding), "p", |tx| tx.insert(finding(&title)).map(drop))
        }
        Act::AddRisk(at) => {
            let findings = picked(&ids::<Finding>(store), &at);
            store.transact(Op::Insert(Kind::Risk), "p", |tx| tx.insert(Risk { findings, ..Risk::default() }).map(drop))
        }
        Act::AddInitiative(phase, on, at, share) => store.transact(Op::Insert(Kind::Initiative), "p", |tx| {
            let depends_on =
                picked(&ids::<Initiative>(tx), &on).into_iter().map(|on| Dependency { on, lag_days: 1 }).collect();
            let roles = picked(&ids::<Role>(tx), &on).into_iter().map(|role| RoleShare { role, share }).collect();
            let findings = picked(&ids::<Finding>(tx), &at);
            let phase = phase.and_then(|at| some(&ids::<Phase>(tx), at));
            tx.insert(Initiative { phase, depends_on, roles, findings, ..Initiative::default() }).map(drop)
        }),
        Act::AddPhase => store.transact(Op::Insert(Kind::Phase), "p", |tx| tx.insert(Phase::default()).map(drop)),
        Act::AddRole => store.transact(Op::Insert(Kind::Role), "p", |tx| tx.insert(Role::default()).map(drop)),
        Act::AddLine(at) => {
            let Some(role) = some(&ids::<Role>(store), at) else { return Ok(()) };
            let line = ResourceLine { role, ..ResourceLine::default() };
            store.transact(Op::Insert(Kind::ResourceLine), "p", |tx| tx.insert(line).map(drop))
        }
        Act::AddEvidence(of, at) => {
            let measurements = store.contents()?.measurements;
            let (Some(finding), false) = (some(&ids::<Finding>(store), of), measurements.is_empty()) else {
                return Ok(());
            };
            let target = measurements[at % measurements.len()].id.to_string();
            let link =
                EvidenceLink { finding, target_kind: EvidenceTarget::Measurement, target, ..EvidenceLink::default() };
            store.transact(Op::Insert(Kind::EvidenceLink), "p", |tx| tx.insert(link).map(drop))
        }
        Act::AddAnswer(at) => {
            let sources = store.contents()?.measurements.iter().map(|measurement| measurement.id).take(at).collect();
            let answer = Answer { pack: "p".into(), check: at.to_string(), sources, ..Answer::default() };
            store.transact(Op::ConfirmAnswer, "p", |tx| tx.insert(answer).map(drop))
        }
        Act::Import(file, issues) => {
            let issues = issues
                .iter()
                .map(|(rule, line)| issue(&rule.to_string(), "c", Severity::ALL[usize::from(*line)], u64::from(*line)));
            bench.import(&file.to_string(), issues.collect()).map(drop)?;
            return Ok(());
        }
        Act::EditFinding(at, text, level) => {
            let Some(id) = some(&ids::<Finding>(store), at) else { return Ok(()) };
            let patch = serde_json::json!({"condition": text, "impact": level, "rank": f64::from(level) / 3.0});
            store.transact(Op::Update(Kind::Finding), "p", |tx| tx.patch::<Finding>(id, object(patch)).map(drop))
        }
        Act::EditEngagement(summary, contingency_percent) => store.transact(Op::Update(Kind::Engagement), "p", |tx| {
            let engagement = tx.engagement()?;
            tx.update(&Engagement { summary, contingency_percent, ..engagement })
        }),
        Act::SwapPhases(a, b) => store.transact(Op::Reorder(Kind::Phase), "p", |tx| {
            let phases = tx.list::<Phase>()?;
            if phases.is_empty() {
                return Ok(());
            }
            let (a, b) = (phases[a % phases.len()].clone(), phases[b % phases.len()].clone());
            tx.update(&Phase { number: b.number, ..a.clone() })?;
            tx.update(&Phase { number: a.number, ..b })
        }),
        Act::Delete(kind, at) => {
            let kinds = [
                Kind::Finding,
                Kind::Risk,
                Kind::Initiative,
                Kind::Phase,
                Kind::Role,
                Kind::ResourceLine,
                Kind::Artifact,
                Kind::Answer,
                Kind::EvidenceLink,
            ];
            let rows = store.list_json(kinds[kind])?;
            if rows.is_empty() {
                return Ok(());
            }
            let id = crate::index::id_of(&rows[at % rows.len()]);
            store.transact(Op::Delete(kinds[kind]), "p", |tx| tx.delete_json(kinds[kind], id))
        }
        Act::Undo => return store.undo("p").map(drop),
        Act::Redo => return store.redo("p").map(drop),
        Act::Reopen => {
            bench.reopen();
            return Ok(());
        }
    };
    done.map(drop)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn undo_all_is_the_beginning_and_redo_all_is_the_end(acts in prop::collection::vec(act(), 1..30)) {
        let mut bench = Bench::new();
        let beginning = bench.store.contents().unwrap();
        for act in acts {
            match run(&mut bench, act.clone()) {
                Ok(()) => {}
                Err(
                    StoreError::NothingToUndo
                    | StoreError::NothingToRedo
                    | StoreError::AlreadyImported { .. }
                    | StoreError::Taken { .. },
                ) => {}
                Err(error) => return Err(TestCaseError::fail(format!("{act:?}: {error}"))),
            }
        }
        while bench.store.redo("p").is_ok() {}
        let end = bench.store.contents().unwrap();
        let mut steps = 0;
        while bench.store.undo("p").is_ok() {
            steps += 1;
        }
        prop_assert_eq!(&bench.store.contents().unwrap(), &beginning);
        prop_assert!(bench.store.verify().unwrap().is_sound());
        bench.reopen();
        for _ in 0..steps {
            bench.store.redo("p").unwrap();
        }
        prop_assert_eq!(&bench.store.contents().unwrap(), &end);
        let report = bench.store.verify().unwrap();
        prop_assert!(report.is_sound(), "{:?}", report);
    }
}
