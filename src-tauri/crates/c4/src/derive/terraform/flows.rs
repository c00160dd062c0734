//! What reaches what: by reference, by connecting resources, by listeners, by the rules of security groups.

use super::Estate;
use super::catalogue::{CONNECTORS, Role};
use crate::derive::draft::{At, Draft};
use crate::derive::technology;
use crate::diagnostic::Level;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Resources that are followed through one another.
const DEEPEST: usize = 4;

/// Relates what is drawn. Between containers the relationship is of the model; their instances get copies of it.
pub(super) fn relate(draft: &mut Draft, estate: &Estate<'_>, drawn: &BTreeMap<usize, At>) {
    for at in drawn.keys() {
        for (to, attribute) in reached(estate, *at) {
            if estate.role(to) == Role::Infrastructure || estate.role(*at) == Role::Infrastructure {
                continue;
            }
            let description = match &*attribute {
                "dead_letter_config" | "redrive_policy" => "Sends what failed to",
                _ => "",
            };
            join(draft, estate, drawn, (*at, to), "reference", "", description);
        }
    }
    connectors(draft, estate, drawn);
    listeners(draft, estate, drawn);
    guards(draft, estate, drawn);
}

fn join(
    draft: &mut Draft,
    estate: &Estate<'_>,
    drawn: &BTreeMap<usize, At>,
    (from, to): (usize, usize),
    found_by: &'static str,
    technology: &str,
    description: &str,
) {
    let (Some(source_box), Some(target_box)) = (drawn.get(&from), drawn.get(&to)) else { return };
    let source = estate.source(from);
    // Two containers are joined in the model; a node that is no software only where it runs.
    let of = |at: At| draft.boxes[at].instance_of;
    let (a, b) = match (of(*source_box), of(*target_box)) {
        (Some(a), Some(b)) => (a, b),
        _ => (*source_box, *target_box),
    };
    if let Some(line) = draft.relate(a, b, found_by, technology, &source)
        && line.description.is_empty()
    {
        line.description = description.to_owned();
    }
}

/// A rule that joins more than this says nothing of any two.
const MOST_PAIRS: usize = 400;

/// What a resource names, directly or through definitions that belong to it.
fn reached(estate: &Estate<'_>, at: usize) -> BTreeMap<usize, String> {
    let mut found = BTreeMap::new();
    let mut seen = BTreeSet::from([at]);
    let mut next = vec![at];
    for _ in 0..DEEPEST {
        let targets: Vec<(String, usize)> = next.iter().flat_map(|one| estate.names[*one].clone()).collect();
        next = Vec::new();
        for (attribute, to) in targets {
            if !seen.insert(to) {
                continue;
            }
            match estate.role(to) {
                Role::Container(_) | Role::Infrastructure => {
                    found.insert(to, attribute);
                }
                Role::Glue if is_definition(&estate.resources[to].kind) => next.push(to),
                _ => {}
            }
        }
    }
    found
}

/// Parts of whoever names them: what they name, that one reaches.
fn is_definition(kind: &str) -> bool {
    matches!(
        kind,
        "aws_ecs_task_definition"
            | "aws_launch_template"
            | "aws_launch_configuration"
            | "aws_ssm_parameter"
            | "google_service_directory_service"
    )
}

fn by_attribute<'e>(estate: &'e Estate<'_>, at: usize, attribute: &'e str) -> impl Iterator<Item = usize> + 'e {
    estate.names[at].iter().filter(move |(name, _)| name == attribute).map(|(_, to)| *to)
}

fn connectors(draft: &mut Draft, estate: &Estate<'_>, drawn: &BTreeMap<usize, At>) {
    for at in 0..estate.resources.len() {
        for (_, source, target, description) in
            CONNECTORS.iter().filter(|(kind, ..)| *kind == estate.resources[at].kind)
        {
            for from in by_attribute(estate, at, source) {
                for to in by_attribute(estate, at, target).filter(|to| *to != from) {
                    join(draft, estate, drawn, (from, to), "event", "", description);
                }
            }
        }
    }
}

/// A load balancer leads to whatever is registered with the target groups of its listeners.
fn listeners(draft: &mut Draft, estate: &Estate<'_>, drawn: &BTreeMap<usize, At>) {
    let of = |at: usize, kinds: &[&str]| -> Vec<usize> {
        estate.names[at].iter().map(|(_, to)| *to).filter(|to| kinds.contains(&&*estate.resources[*to].kind)).collect()
    };
    const BALANCERS: [&str; 2] = ["aws_lb", "aws_alb"];
    const LISTENERS: [&str; 2] = ["aws_lb_listener", "aws_alb_listener"];
    const GROUPS: [&str; 2] = ["aws_lb_target_group", "aws_alb_target_group"];
    for at in 0..estate.resources.len() {
        let resource = &estate.resources[at];
        let listeners = match &*resource.kind {
            kind if LISTENERS.contains(&kind) => vec![at],
            "aws_lb_listener_rule" | "aws_alb_listener_rule" => of(at, &LISTENERS),
            _ => continue,
        };
        let technology =
            listeners.first().and_then(|one| estate.resources[*one].value("protocol")).unwrap_or("HTTP").to_owned();
        for balancer in listeners.iter().flat_map(|one| of(*one, &BALANCERS)) {
            for group in of(at, &GROUPS) {
                for user in &estate.named_by[group] {
                    let registered = match &*estate.resources[*user].kind {
                        "aws_lb_target_group_attachment" | "aws_autoscaling_attachment" => of_containers(estate, *user),
                        _ => vec![*user],
                    };
                    for to in registered.into_iter().filter(|to| drawn.contains_key(to)) {
                        join(draft, estate, drawn, (balancer, to), "listener", &technology, "Routes requests to");
                    }
                }
            }
        }
    }
}

fn of_containers(estate: &Estate<'_>, at: usize) -> Vec<usize> {
    estate.names[at].iter().map(|(_, to)| *to).filter(|to| matches!(estate.role(*to), Role::Container(_))).collect()
}

/// Who may reach whom by the rules of security groups that name another group.
fn guards(draft: &mut Draft, estate: &Estate<'_>, drawn: &BTreeMap<usize, At>) {
    // Group of the source, group of the target, port.
    let mut rules: BTreeSet<(usize, usize, u16)> = BTreeSet::new();
    for at in 0..estate.resources.len() {
        let resource = &estate.resources[at];
        let port = |value: Option<&Value>| {
            value.and_then(Value::as_u64).and_then(|port| u16::try_from(port).ok()).unwrap_or(0)
        };
        match &*resource.kind {
            "aws_security_group" => {
                let list = resource.values.get("ingress").and_then(Value::as_array);
                let first = list.and_then(|all| all.first()).and_then(|one| one.get("from_port"));
                rules.extend(by_attribute(estate, at, "ingress").map(|from| (from, at, port(first))));
            }
            "aws_security_group_rule" if resource.value("type").is_none_or(|kind| kind == "ingress") => {
                for target in by_attribute(estate, at, "security_group_id") {
                    let sources = by_attribute(estate, at, "source_security_group_id");
                    rules.extend(sources.map(|from| (from, target, port(resource.values.get("from_port")))));
                }
            }
            "aws_vpc_security_group_ingress_rule" => {
                for target in by_attribute(estate, at, "security_group_id") {
                    let sources = by_attribute(estate, at, "referenced_security_group_id");
                    rules.extend(sources.map(|from| (from, target, port(resource.values.get("from_port")))));
                }
            }
            _ => {}
        }
    }
    let members = |group: usize| {
        let direct = estate.named_by[group].iter().copied().filter(|one| drawn.contains_key(one));
        direct.collect::<BTreeSet<usize>>()
    };
    for (source, target, port) in rules {
        let technology = technology::of_port(port).unwrap_or_default();
        let (sources, targets) = (members(source), members(target));
        if sources.len() * targets.len() > MOST_PAIRS {
            let message = format!(
                "{} lets {} resources reach {} others: too many to draw one by one",
                estate.resources[target].address,
                sources.len(),
                targets.len()
            );
            draft.remark(Level::Note, estate.file, 0, message);
            continue;
        }
        for from in sources {
            for to in targets.iter().copied().filter(|to| *to != from) {
                join(draft, estate, drawn, (from, to), "security group", technology, "May reach");
            }
        }
    }
}
