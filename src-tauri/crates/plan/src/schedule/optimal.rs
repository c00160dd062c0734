//! How far the schedule is from the best: every order of small instances is tried.

use groma_model::{
    Contents, Date, Dependency, Effort, Engagement, Id, Initiative, Phase, Rating, ResourceLine, Role, RoleShare,
};

use super::{network::Effort3, network::Network, order, place::generate};
use crate::{input::Input, priorities};

/// SplitMix64: the same instances on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit
    }

    fn rating(&mut self) -> Option<Rating> {
        Some(Rating::clamped(1 + self.below(5) as i64))
    }
}

fn id(kind: u64, at: u64) -> Id {
    Id::from_parts(kind, u128::from(at))
}

fn instance(seed: u64) -> Contents {
    let mut random = Random(seed);
    let start: Date = "2026-03-02".parse().unwrap();
    let roles = 1 + random.below(3);
    let role = |at| Role { id: id(1, at), rank: at as f64, name: format!("Role {at}"), ..Role::default() };
    let line = |at, half_ftes| ResourceLine {
        id: id(2, at),
        role: id(1, at),
        fte: half_ftes as f64 / 2.0,
        ..ResourceLine::default()
    };
    let phase = Phase { id: id(3, 0), number: 1, starts: "2026-03-09".parse().ok(), ..Phase::default() };
    let count = 3 + random.below(3);
    let initiatives = (0..count).map(|at| {
        let likely = (1 + random.below(24)) as f64 / 2.0;
        let (first, second) = (random.below(roles), random.below(roles));
        let depends_on = (0..at).filter(|_| random.below(4) == 0).collect::<Vec<_>>();
        Initiative {
            id: id(4, at),
            number: at as u32 + 1,
            phase: (random.below(4) == 0).then_some(phase.id),
            effort: Some(Effort { low: likely, likely, high: likely }),
            business_value: random.rating(),
            time_criticality: random.rating(),
            risk_reduction: random.rating(),
            roles: vec![RoleShare { role: id(1, first), share: 0.75 }, RoleShare { role: id(1, second), share: 0.25 }],
            depends_on: depends_on.into_iter().map(|on| Dependency { on: id(4, on), lag_days: 0 }).collect(),
            ..Initiative::default()
        }
    });
    let initiatives = initiatives.collect();
    Contents {
        engagement: Engagement { roadmap_start: Some(start), ..Engagement::default() },
        resources: (0..roles).map(|at| line(at, 1 + random.below(4))).collect(),
        roles: (0..roles).map(role).collect(),
        phases: vec![phase],
        initiatives,
        ..Contents::default()
    }
}

/// The least end over every order in which predecessors come first.
fn best_end(network: &Network, prefix: &mut Vec<usize>, best: &mut u32) {
    let count = network.activities.len();
    if prefix.len() == count {
        *best = (*best).min(generate(network, prefix, Effort3::Likely).end());
        return;
    }
    for at in 0..count {
        let ready = network.activities[at].waits.iter().all(|(on, _)| prefix.contains(on));
        if ready && !prefix.contains(&at) {
            prefix.push(at);
            best_end(network, prefix, best);
            prefix.pop();
        }
    }
}

/// The rule puts value first and not the shortest whole, so a gap is expected; this keeps it from growing unseen.
#[test]
fn stays_near_the_best_order_of_small_instances() {
    const INSTANCES: u64 = 400;
    let (mut worst, mut sum, mut best_hit) = (1.0_f64, 0.0, 0);
    for seed in 0..INSTANCES {
        let contents = instance(seed);
        let input = Input::read(&contents).unwrap();
        let all = vec![true; input.tasks.len()];
        let start = contents.engagement.roadmap_start.unwrap();
        let network = Network::new(&input, &priorities(&contents), start, &all);
        let ours = generate(&network, &order::sequence(&network), Effort3::Likely).end();
        let mut best = u32::MAX;
        best_end(&network, &mut Vec::new(), &mut best);
        assert!(best <= ours, "our own order is one of all orders");
        let ratio = f64::from(ours) / f64::from(best);
        worst = worst.max(ratio);
        sum += ratio;
        best_hit += u64::from(ours == best);
    }
    let mean = sum / INSTANCES as f64;
    println!("end against the best order: worst {worst:.3}, mean {mean:.3}, equal in {best_hit} of {INSTANCES}");
    // Measured: worst 1.75, mean 1.082, equal in 241 of 400.
    assert!(worst <= 1.76, "worst {worst}");
    assert!(mean <= 1.09, "mean {mean}");
}
