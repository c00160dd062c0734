//! Workspaces made up by a counter: nested, connected across boundaries, in four directions.
#![allow(dead_code, reason = "each test uses its part of it")]

use serde_json::{Value, json};

/// Numbers that only look random (PCG's multiplier, upper bits).
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall alike.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def1)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}

const WORDS: [&str; 16] = [
    "Orders",
    "Billing",
    "Gateway",
    "reads and writes",
    "Customer",
    "stores",
    "events",
    "with retries",
    "Inventory",
    "asks for prices from",
    "Zahlungsverkehrsabwicklung",
    "API",
    "sends",
    "Warehouse",
    "audit log",
    "per tenant",
];

fn words(dice: &mut Dice, most: usize) -> String {
    let count = 1 + dice.roll(most);
    (0..count).map(|_| WORDS[dice.roll(WORDS.len())]).collect::<Vec<_>>().join(" ")
}

/// A deployment view: nodes in nodes with instances in them, lines between any two of them that are not within each
/// other, also from one to itself.
pub fn deployment(seed: u64) -> Value {
    let mut dice = Dice::new(seed);
    let systems = 3 + dice.roll(6);
    let mut id = 0;
    let mut next = || {
        id += 1;
        id.to_string()
    };
    let model_systems: Vec<Value> = (0..systems)
        .map(|at| json!({ "id": next(), "name": format!("S{at}"), "description": words(&mut dice, 12), "tags": "Element,Software System" }))
        .collect();
    let mut shown = Vec::new();
    let mut parents: Vec<(String, Option<String>)> = Vec::new();
    let mut nodes = Vec::new();
    for at in 0..1 + dice.roll(3) {
        let node = node(&mut dice, &mut next, &format!("N{at}"), 0, None, systems, &mut shown, &mut parents);
        nodes.push(node);
    }
    let lineage = |of: &str| {
        let mut above = vec![of.to_owned()];
        while let Some(parent) = above
            .last()
            .and_then(|last| parents.iter().find(|(id, _)| id == last))
            .and_then(|(_, parent)| parent.clone())
        {
            above.push(parent);
        }
        above
    };
    let mut relationships: Vec<(String, Value)> = Vec::new();
    let mut lines = Vec::new();
    for _ in 0..shown.len() + dice.roll(shown.len() + 1) {
        let (from, to) = (shown[dice.roll(shown.len())].clone(), shown[dice.roll(shown.len())].clone());
        if from != to && (lineage(&from).contains(&to) || lineage(&to).contains(&from)) {
            continue;
        }
        let one = next();
        let description = format!("{} {}", words(&mut dice, 5), lines.len());
        let technology = if dice.roll(3) == 0 { "JSON/HTTPS" } else { "" };
        relationships.push((from, json!({ "id": one, "destinationId": to, "description": description, "technology": technology, "tags": "Relationship" })));
        lines.push(json!({ "id": one }));
    }
    nodes.iter_mut().for_each(|node| connect(node, &relationships));
    let directions = ["TopBottom", "BottomTop", "LeftRight", "RightLeft"];
    json!({
        "name": format!("generated {seed}"),
        "model": { "softwareSystems": model_systems, "deploymentNodes": nodes },
        "views": { "deploymentViews": [{
            "key": "view", "environment": "Live",
            "elements": shown.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>(),
            "relationships": lines,
            "automaticLayout": { "rankDirection": directions[dice.roll(4)], "rankSeparation": 300, "nodeSeparation": 300 },
        }] },
    })
}

#[allow(clippy::too_many_arguments, reason = "what a made-up tree needs")]
fn node(
    dice: &mut Dice,
    next: &mut dyn FnMut() -> String,
    name: &str,
    depth: usize,
    parent: Option<String>,
    systems: usize,
    shown: &mut Vec<String>,
    parents: &mut Vec<(String, Option<String>)>,
) -> Value {
    let id = next();
    shown.push(id.clone());
    parents.push((id.clone(), parent));
    let mut inner = Vec::new();
    if depth < 3 {
        for at in 0..dice.roll(3 - depth.min(2)) {
            inner.push(node(dice, next, &format!("{name}.{at}"), depth + 1, Some(id.clone()), systems, shown, parents));
        }
    }
    let mut instances = Vec::new();
    for number in 0..dice.roll(4) + usize::from(inner.is_empty()) {
        let own = next();
        shown.push(own.clone());
        parents.push((own.clone(), Some(id.clone())));
        let of = 1 + dice.roll(systems);
        instances.push(json!({
            "id": own, "softwareSystemId": of.to_string(), "instanceId": number + 1, "environment": "Live", "tags": "Software System Instance",
        }));
    }
    json!({
        "id": id, "name": name, "environment": "Live", "technology": words(dice, 4), "tags": "Element,Deployment Node",
        "instances": (1 + dice.roll(4)).to_string(), "children": inner, "softwareSystemInstances": instances,
    })
}

fn connect(value: &mut Value, relationships: &[(String, Value)]) {
    let own: Vec<Value> = {
        let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
        relationships.iter().filter(|(from, _)| from == id).map(|(_, one)| one.clone()).collect()
    };
    value["relationships"] = Value::Array(own);
    for list in ["children", "softwareSystemInstances"] {
        for child in value.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            connect(child, relationships);
        }
    }
}

/// A landscape of so many systems and lines, some in groups.
pub fn landscape(systems: usize, lines: usize, seed: u64) -> Value {
    let mut dice = Dice::new(seed);
    let groups = ["", "Sales", "Logistics", "Finance"];
    let mut all: Vec<Value> = (0..systems)
        .map(|at| {
            let group = groups[dice.roll(groups.len())];
            let mut one = json!({
                "id": (at + 1).to_string(), "name": format!("{} {at}", words(&mut dice, 2)), "description": words(&mut dice, 9), "tags": "Element,Software System",
            });
            if !group.is_empty() {
                one["group"] = json!(group);
            }
            one
        })
        .collect();
    let mut shown = Vec::new();
    for line in 0..lines {
        let (from, to) = (dice.roll(systems), dice.roll(systems));
        let id = (systems + line + 1).to_string();
        let one = json!({ "id": id, "destinationId": (to + 1).to_string(), "description": format!("{} {line}", words(&mut dice, 4)), "tags": "Relationship" });
        if let Some(list) = all[from]["relationships"].as_array_mut() {
            list.push(one);
        } else {
            all[from]["relationships"] = json!([one]);
        }
        shown.push(json!({ "id": id }));
    }
    json!({
        "name": "generated", "model": { "softwareSystems": all },
        "views": { "systemLandscapeViews": [{
            "key": "view", "elements": (1..=systems).map(|id| json!({ "id": id.to_string() })).collect::<Vec<_>>(), "relationships": shown,
            "automaticLayout": { "rankDirection": "TopBottom", "rankSeparation": 300, "nodeSeparation": 300 },
        }] },
    })
}
