//! MongoDB's `explain()` as JSON.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets, fields,
    json::{self, Event},
    mongo::number,
    plan::{self, LARGE, Plan},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "mongodb-explain",
    title: "MongoDB explain, JSON",
    tool: "MongoDB",
    note: "The winning plan; with executionStats also what it did. Full scans are COLLSCAN. Values in filters and bounds of \
           indexes are replaced by `…`.",
    metrics: &["db.plan.*"],
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// Parts that repeat what was asked for.
const QUESTIONS: &[&str] =
    &["filter", "parsedQuery", "indexBounds", "command", "pipeline", "query", "$match", "slotBasedPlan"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let find = probe.has("queryPlanner/winningPlan");
    let aggregate = probe.has("stages/[]/$cursor");
    let sharded = probe.has("shards/*/queryPlanner") || probe.has("shards/*/stages");
    Confidence::certain_if(find || aggregate || sharded)
}

fn secrets(text: &str, secrets: &mut Secrets) {
    json::walk(text, |event| {
        if let Event::String(path, range) = event {
            let mut keys = path.split('/');
            let last = path.rsplit('/').next().unwrap_or_default();
            // Names of fields of the plan itself stand below no question.
            if keys.any(|key| QUESTIONS.contains(&key))
                && !["stage", "namespace", "$db"].contains(&last)
                && &text[range.clone()] != "…"
            {
                secrets.rewrite(range, "…".to_owned());
            }
        }
    });
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let root: Value = json::parse(input.text)?;
    let mut cursors = cursors_of(&root, "");
    // An aggregation over shards has a plan of each.
    for (name, shard) in fields::entries(&root, "/shards") {
        cursors.extend(cursors_of(shard, &format!("/shards/{}", json::pointer(name))));
    }
    let mut plans: Vec<Plan> = cursors.iter().filter_map(|(at, cursor)| plan_of(cursor, at)).collect();
    if plans.is_empty() {
        let remedy =
            "write it with `mongosh --quiet --eval 'EJSON.stringify(db.c.find(…).explain(\"executionStats\"))'`";
        return Err(Refusal::not(FORMAT.title, "no `queryPlanner` with a `winningPlan` in it", remedy));
    }
    let mut import = Import::of(FORMAT.tool);
    fields::text(&root, "/serverInfo/version").clone_into(&mut import.tool_version);
    plan::number(&mut plans);
    for plan in &plans {
        plan.emit(&mut import);
    }
    Ok(import)
}

/// What has a planner of its own: the whole, or the cursor at the begin of an aggregation.
fn cursors_of<'v>(root: &'v Value, base: &str) -> Vec<(String, &'v Value)> {
    if root.get("queryPlanner").is_some() {
        return vec![(base.to_owned(), root)];
    }
    let stages = fields::items(root, "/stages").iter().enumerate();
    stages
        .filter_map(|(index, stage)| Some((format!("{base}/stages/{index}/$cursor"), stage.get("$cursor")?)))
        .collect()
}

fn plan_of(cursor: &Value, at: &str) -> Option<Plan> {
    let planner = cursor.get("queryPlanner")?;
    let winning = planner.get("winningPlan")?;
    let namespace = fields::text(planner, "/namespace");
    let mut plan = Plan { at: format!("{at}/queryPlanner/winningPlan"), spills: Some(Vec::new()), ..Plan::default() };
    // The engine of newer servers keeps the plan that people read below a key of its own.
    let readable = winning.get("queryPlan").unwrap_or(winning);
    plan.top = fields::text(readable, "/stage").to_owned();
    let stats = cursor.get("executionStats");
    let stages = stats
        .and_then(|stats| stats.get("executionStages"))
        .filter(|stages| stages.get("docsExamined").is_some() || has_stages(stages));
    walk(readable, namespace, &mut plan, false, 0);
    if let Some(stats) = stats {
        plan.analyzed = true;
        let of = |key: &str| stats.get(key).and_then(number);
        plan.execution = of("executionTimeMillis");
        let (examined, returned) = (of("totalDocsExamined"), of("nReturned"));
        plan.examined = examined.map(|examined| examined / returned.unwrap_or(0.0).max(1.0));
        if let Some(stages) = stages {
            walk(stages, namespace, &mut plan, true, 0);
        }
        if !plan.scans.is_empty() && plan.large.is_empty() && examined.is_some_and(|examined| examined > LARGE) {
            plan.large.push(namespace.to_owned());
        }
    }
    Some(plan)
}

fn has_stages(stages: &Value) -> bool {
    stages.get("inputStage").is_some() || stages.get("stage").is_some()
}

/// Walks over stages; of those that were run, only what they did is gathered.
fn walk(stage: &Value, namespace: &str, plan: &mut Plan, run: bool, depth: usize) {
    if depth > json::DEPTH_LIMIT {
        return;
    }
    let kind = fields::text(stage, "/stage");
    match run {
        false if !kind.is_empty() => {
            plan.nodes += 1;
            if kind == "COLLSCAN" {
                plan.scans.push(namespace.to_owned());
            }
        }
        true if kind == "COLLSCAN"
            && stage.get("docsExamined").and_then(number).is_some_and(|examined| examined > LARGE) =>
        {
            plan.large.push(namespace.to_owned());
        }
        true if stage.get("usedDisk").and_then(Value::as_bool) == Some(true) => {
            plan.spills.get_or_insert_default().push(kind.to_owned());
        }
        _ => {}
    }
    for key in ["inputStage", "outerStage", "innerStage", "thenStage", "elseStage", "queryPlan", "winningPlan"] {
        if let Some(below) = stage.get(key) {
            walk(below, namespace, plan, run, depth + 1);
        }
    }
    // Of shards, the execution stands below another key than the plan.
    for key in ["inputStages", "shards"] {
        for below in fields::items(stage, &format!("/{key}")) {
            let below = below.get("executionStages").filter(|_| run).unwrap_or(below);
            walk(below, namespace, plan, run, depth + 1);
        }
    }
}
