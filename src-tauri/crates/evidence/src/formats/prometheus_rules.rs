//! Rules of Prometheus: rule files, `PrometheusRule` objects, the answer of `/api/v1/rules`.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, fields,
    formats::no_secrets,
    promql::{self, Expr, Recordings, Watch},
    severity::Severities,
    yaml,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "prometheus-rules",
    title: "Prometheus, alerting and recording rules",
    tool: "Prometheus",
    note: "Of alerts on the share of failed requests and on a quantile of their duration, the smallest threshold each; the \
           unit of a duration is taken from the metric's name, recording rules are looked into. Alerts on the platform's \
           own parts (etcd, kubelet, Prometheus itself) are counted, not judged.",
    metrics: &["obs.alert.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

/// So many alerts are named in a remark.
const NAMED: usize = 5;
/// Kinds of objects beside which rules are a part of a manifest, which is read for its workloads.
const WORKLOADS: &[&str] =
    &["kind: Deployment", "kind: StatefulSet", "kind: DaemonSet", "kind: CronJob", "kind: Job", "kind: Pod"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    if probe.is_object() {
        let answer = probe.has("status") && probe.has("data/groups/[]/rules");
        let file = probe.has("groups/[]/rules/[]/expr");
        let object = (probe.has("spec/groups") || probe.has("items/[]/spec/groups"))
            && ["\"PrometheusRule\"", "\"VMRule\""].iter().any(|kind| probe.head().contains(kind));
        return Confidence::certain_if(answer || file || object);
    }
    if probe.is_list() {
        return Confidence::No;
    }
    let (mut groups, mut rules, mut exprs, mut other) = (false, false, false, false);
    for line in probe.head().lines() {
        let key = line.trim_start().trim_start_matches("- ").trim_start();
        // Rules within the values of a chart are not where they are looked for.
        groups |= ["groups:", "\"groups\":", "'groups':"].iter().any(|key| line.starts_with(key))
            || ["kind: PrometheusRule", "kind: VMRule"].contains(&key.trim_end());
        rules |= key.starts_with("alert:") || key.starts_with("record:");
        exprs |= key.starts_with("expr:");
        other |= WORKLOADS.contains(&line.trim());
    }
    Confidence::certain_if(groups && rules && exprs && !other)
}

struct Rule<'v> {
    name: &'v str,
    expr: &'v str,
    alert: bool,
    at: String,
}

/// The rules of the groups at a pointer.
fn rules_of<'v>(root: &'v Value, groups: &str, base: &str, into: &mut Vec<Rule<'v>>) -> bool {
    let Some(Value::Array(list)) = root.pointer(groups) else { return false };
    for (number, group) in list.iter().enumerate() {
        for (index, rule) in fields::items(group, "/rules").iter().enumerate() {
            let at = format!("{base}{groups}/{number}/rules/{index}");
            let (alert, record, name) =
                (fields::text(rule, "/alert"), fields::text(rule, "/record"), fields::text(rule, "/name"));
            // In files the key tells what it is, in answers of the API its type does.
            let (name, alert) = match (alert, record) {
                ("", "") => (name, fields::text(rule, "/type") == "alerting"),
                ("", record) => (record, false),
                (alert, _) => (alert, true),
            };
            let expr = ["/expr", "/query"].map(|key| fields::text(rule, key)).into_iter().find(|expr| !expr.is_empty());
            into.push(Rule { name, expr: expr.unwrap_or_default(), alert, at });
        }
    }
    true
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let documents = yaml::documents(input.text)?;
    let (mut rules, mut found) = (Vec::new(), false);
    for (index, document) in documents.iter().enumerate() {
        let base = if documents.len() > 1 { format!("document {} ", index + 1) } else { String::new() };
        for groups in ["/groups", "/data/groups", "/spec/groups"] {
            found |= rules_of(document, groups, &base, &mut rules);
        }
        for (index, item) in fields::items(document, "/items").iter().enumerate() {
            found |= rules_of(item, "/spec/groups", &format!("{base}/items/{index}"), &mut rules);
        }
    }
    rules.retain(|rule| !rule.name.is_empty() && !rule.expr.is_empty());
    if !found || rules.is_empty() {
        let lacks = "no `groups` with `rules` that have an expression";
        return Err(Refusal::not(
            FORMAT.title,
            lacks,
            "write it with `curl -s http://HOST:9090/api/v1/rules`, or `kubectl get prometheusrules -A -o yaml`",
        ));
    }
    let mut import = Import::of(FORMAT.tool);
    measure(&mut import, &rules);
    Ok(import)
}

/// The alert with the smallest threshold of a kind.
#[derive(Default)]
struct Smallest<'r> {
    least: Option<(f64, &'r str, &'r str)>,
    count: usize,
}

impl<'r> Smallest<'r> {
    fn add(&mut self, threshold: f64, rule: &'r Rule<'_>) {
        if self.least.is_none_or(|(least, ..)| threshold < least) {
            self.least = Some((threshold, rule.name, &rule.at));
        }
    }
}

fn measure(import: &mut Import, rules: &[Rule<'_>]) {
    let parsed: Vec<Option<Expr>> = rules.iter().map(|rule| promql::parse(rule.expr)).collect();
    let mut recordings = Recordings::default();
    for (rule, expr) in rules.iter().zip(&parsed) {
        if let (false, Some(expr)) = (rule.alert, expr) {
            recordings.add(rule.name, expr.clone());
        }
    }
    let (mut failures, mut latency) = (Smallest::default(), Smallest::default());
    let (mut alerts, mut other) = (0, 0);
    let (mut unparsed, mut unclear) = (Vec::new(), Vec::new());
    for (rule, expr) in rules.iter().zip(&parsed) {
        alerts += usize::from(rule.alert);
        let Some(expr) = expr else {
            unparsed.push(rule.name);
            continue;
        };
        if !rule.alert {
            continue;
        }
        let watches = promql::watches(expr, &recordings);
        let (mut of_failures, mut of_latency) = (false, false);
        for watch in &watches {
            match watch {
                Watch::Failures(share) => {
                    failures.add(*share, rule);
                    of_failures = true;
                }
                Watch::Latency(millis) => {
                    latency.add(*millis, rule);
                    of_latency = true;
                }
            }
        }
        failures.count += usize::from(of_failures);
        latency.count += usize::from(of_latency);
        match watches.is_empty() {
            true if promql::speaks_of_either(expr) => unclear.push(rule.name),
            true => other += 1,
            false => {}
        }
    }
    import.measure_count("obs.alert.rules", alerts, "", rules.first().map_or("", |rule| &rule.at));
    for (metric, Smallest { least, .. }) in [("obs.alert.error_rate", &failures), ("obs.alert.latency", &latency)] {
        if let Some((threshold, name, at)) = least {
            import.measure_text(metric, *threshold, "", *at, *name);
        }
    }
    import.note(
        None,
        format!(
            "of {alerts} alerts {} watch the share of failed requests, {} a quantile of their duration, {other} other \
             things; {} recording rules",
            failures.count,
            latency.count,
            rules.iter().filter(|rule| !rule.alert).count()
        ),
    );
    if !unclear.is_empty() {
        import.note(
            None,
            format!(
                "{} alerts speak of failures or latency, but compare neither a share nor a quantile with a number: {}",
                unclear.len(),
                named(&unclear)
            ),
        );
    }
    if !unparsed.is_empty() {
        import
            .warn(None, format!("{} rules have an expression that is no PromQL: {}", unparsed.len(), named(&unparsed)));
    }
}

fn named(names: &[&str]) -> String {
    let more = if names.len() > NAMED { ", …" } else { "" };
    format!("{}{more}", names[..names.len().min(NAMED)].join(", "))
}
