//! A derived model laid beside one that a person made.
#![allow(clippy::unwrap_used, clippy::type_complexity, reason = "helpers of tests")]

use groma_c4::derive::derive;
use groma_c4::difference::{Change, compare};
use groma_c4::merge::{MatchReason, Preview, apply, preview, traffic};
use groma_c4::model::{Element, IDENTIFIER, Implied, Relationship};
use groma_c4::{ElementId, ElementKind, Workspace, content, json};

const COMPOSE: &str = "
services:
  orders-service:
    image: acme/orders:1.4
    environment: {DATABASE_URL: 'postgres://u:p@orders-db/x', STOCK_URL: 'http://stock:80', PAY_URL: 'https://api.stripe.com'}
  orders-db: {image: 'postgres:16'}
  stock: {image: 'acme/stock-keeper:2'}
  new-thing: {image: 'redis:7', depends_on: [stock]}
";

/// A service that calls nobody.
const TRACE_BESIDE: &str = r#"{"data":[{"traceID":"t","spans":[{"traceID":"t","spanID":"a","operationName":"tick","references":[],
  "startTime":1700000000000000,"duration":800,"processID":"p","tags":[]}],"processes":{"p":{"serviceName":"sweeper"}}}]}"#;

fn derived(text: &str) -> Workspace {
    derive(&[("shop/compose.yaml", text.as_bytes())]).unwrap().workspace
}

fn add(
    workspace: &mut Workspace,
    kind: ElementKind,
    parent: Option<ElementId>,
    name: &str,
    identifier: &str,
) -> ElementId {
    let mut element = Element::new(kind, name);
    element.parent = parent;
    if !identifier.is_empty() {
        element.properties.insert(IDENTIFIER.to_owned(), identifier.to_owned());
    }
    workspace.model.add(element).unwrap()
}

/// A shop as a person drew it: names for people, one technology, one relationship.
fn drawn() -> Workspace {
    let mut workspace = Workspace { name: "Shop".to_owned(), ..Workspace::default() };
    let shop = add(&mut workspace, ElementKind::SoftwareSystem, None, "Web Shop", "shop");
    let orders = add(&mut workspace, ElementKind::Container, Some(shop), "Order Service", "orders");
    let database = add(&mut workspace, ElementKind::Container, Some(shop), "Orders DB", "");
    add(&mut workspace, ElementKind::Container, Some(shop), "Stock Keeper", "");
    add(&mut workspace, ElementKind::Container, Some(shop), "Old Reports", "");
    add(&mut workspace, ElementKind::SoftwareSystem, None, "Stripe", "");
    workspace.model.element_mut(orders).description = "Takes orders".to_owned();
    workspace.model.element_mut(database).technology = "Oracle".to_owned();
    workspace.model.relate(Relationship::new(orders, database, "Keeps orders in"), Implied::UnlessAny).unwrap();
    content::default_views(&mut workspace);
    workspace
}

fn all(workspace: &mut Workspace, found: &Preview) {
    apply(workspace, found, &found.ids());
}

fn reason(found: &Preview, name: &str) -> Option<(String, MatchReason)> {
    found.matches.iter().find(|one| one.derived_name == name).map(|one| (one.existing_name.clone(), one.why))
}

#[test]
fn a_preview_says_what_is_there_what_is_new_and_what_disagrees() {
    let found = preview(&drawn(), &derived(COMPOSE));
    assert_eq!(reason(&found, "orders-service"), Some(("Order Service".to_owned(), MatchReason::SimilarName)));
    assert_eq!(reason(&found, "orders-db"), Some(("Orders DB".to_owned(), MatchReason::SimilarName)));
    assert_eq!(reason(&found, "stock"), Some(("Stock Keeper".to_owned(), MatchReason::Image)));
    assert_eq!(reason(&found, "api.stripe.com"), Some(("Stripe".to_owned(), MatchReason::Host)));
    assert_eq!(reason(&found, "shop").map(|(name, _)| name), Some("Web Shop".to_owned()));
    let names: Vec<&str> = found.elements.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["new-thing"]);
    assert_eq!(found.elements[0].parent_name, "Web Shop");
    assert_eq!(found.elements[0].sources[0].place, "line 8");
    let relations: Vec<(&str, &str)> =
        found.relations.iter().map(|one| (one.from_name.as_str(), one.to_name.as_str())).collect();
    assert_eq!(
        relations,
        [("Order Service", "Stock Keeper"), ("Order Service", "Stripe"), ("new-thing", "Stock Keeper")]
    );
    let conflicts: Vec<(&str, &str, &str)> =
        found.conflicts.iter().map(|one| (one.name.as_str(), one.existing.as_str(), one.derived.as_str())).collect();
    assert_eq!(conflicts, [("Orders DB", "Oracle", "PostgreSQL 16")]);
    assert!(
        found.blanks.iter().any(|one| one.name == "Order Service → Orders DB"
            && one.field == "technology"
            && one.value == "PostgreSQL")
    );
    // It goes to the window and comes back.
    let wire = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Preview>(&wire).unwrap(), found);
}

#[test]
fn a_merge_adds_and_fills_in_and_overwrites_nothing() {
    let before = drawn();
    let mut merged = before.clone();
    let found = preview(&before, &derived(COMPOSE));
    all(&mut merged, &found);
    for (id, was) in before.model.elements() {
        let is = merged.model.element(id);
        assert_eq!(
            (&is.name, &is.description, is.parent, &is.tags),
            (&was.name, &was.description, was.parent, &was.tags)
        );
        assert!(was.technology.is_empty() || is.technology == was.technology);
        assert!(was.properties.iter().all(|(name, value)| is.properties.get(name) == Some(value)));
    }
    for (id, was) in before.model.relationships() {
        assert_eq!(merged.model.relationship(id).description, was.description);
    }
    let new = merged.model.by_key("new-thing").unwrap();
    assert_eq!(merged.model.element(new).technology, "Redis 7");
    assert_eq!(merged.model.element(new).properties["groma.source"], "shop/compose.yaml");
    let orders = merged.model.by_key("orders").unwrap();
    assert_eq!(merged.model.element(orders).properties["groma.source.place"], "line 4");
    // New ones are on the views of their scope, and their relationships with them.
    let view = merged.views.iter().find(|view| view.kind == groma_c4::ViewKind::Container).unwrap();
    assert!(view.elements.contains_key(&new));
    let shown: Vec<_> = view.relationships.iter().map(|one| merged.model.relationship(one.relationship)).collect();
    assert!(shown.iter().any(|one| one.source == new));
    assert!(shown.iter().any(|one| one.source == orders && merged.model.name(one.destination) == "Stock Keeper"));
    assert_eq!(merged.views.len(), before.views.len());
    assert!(json::import(json::export(&merged).to_string().as_bytes()).is_ok());
}

#[test]
fn merging_twice_is_merging_once() {
    let mut once = drawn();
    let other = derived(COMPOSE);
    let found = preview(&once, &other);
    all(&mut once, &found);
    let again = preview(&once, &other);
    assert!(again.is_empty(), "{again:#?}");
    let mut twice = once.clone();
    all(&mut twice, &again);
    assert_eq!(twice, once);
    let mut stale = once.clone();
    all(&mut stale, &found);
    assert_eq!(stale, once, "an old preview applied again changes nothing");
}

#[test]
fn only_what_is_chosen_is_done() {
    let before = drawn();
    let found = preview(&before, &derived(COMPOSE));
    let mut none = before.clone();
    apply(&mut none, &found, &[]);
    assert_eq!(none, before);
    let mut one = before.clone();
    let relation = found.relations.iter().find(|one| one.from_name == "new-thing").unwrap();
    apply(&mut one, &found, &[&relation.id]);
    assert_eq!(one.model.elements().count(), before.model.elements().count() + 1, "an end that it needs comes along");
    assert_eq!(one.model.relationships().count(), before.model.relationships().count() + 1);
}

#[test]
fn traffic_and_model_are_held_against_each_other() {
    let trace = br#"{"data":[{"traceID":"1","processes":{"p1":{"serviceName":"orders-service"},"p2":{"serviceName":"stock-keeper"},"p3":{"serviceName":"ghost"}},"spans":[
      {"traceID":"1","spanID":"1","operationName":"a","duration":9000,"processID":"p1","tags":[{"key":"span.kind","value":"server"}]},
      {"traceID":"1","spanID":"2","operationName":"b","duration":4000,"processID":"p2","references":[{"refType":"CHILD_OF","traceID":"1","spanID":"1"}],"tags":[{"key":"span.kind","value":"server"},{"key":"error","value":true}]},
      {"traceID":"1","spanID":"3","operationName":"c","duration":4000,"processID":"p3","references":[{"refType":"CHILD_OF","traceID":"1","spanID":"2"}]}]}]}"#;
    let seen = derive(&[("trace.json", trace)]).unwrap().workspace;
    let mut workspace = drawn();
    let (stock, reports) =
        (workspace.model.by_key("Stock Keeper").unwrap(), workspace.model.by_key("Old Reports").unwrap());
    let orders = workspace.model.by_key("orders").unwrap();
    workspace.model.connect(Relationship::new(stock, orders, "Asks")).unwrap();
    workspace.model.connect(Relationship::new(reports, orders, "Reads")).unwrap();
    let found = traffic(&workspace, &seen);
    let pair = |one: &groma_c4::merge::TrafficRelation| (one.from_name.clone(), one.to_name.clone());
    let names = |all: &[groma_c4::merge::TrafficRelation]| all.iter().map(pair).collect::<Vec<_>>();
    let text = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(names(&found.seen_not_modelled), [text("Order Service", "Stock Keeper"), text("Stock Keeper", "ghost")]);
    let evidence = found.seen_not_modelled[0].evidence.as_ref().unwrap();
    assert_eq!((evidence.calls, evidence.errors, evidence.error_rate, evidence.p99_ms), (1, 1, Some(1.0), Some(4.0)));
    assert_eq!(evidence.sources[0].file, "trace.json");
    assert_eq!(
        names(&found.modelled_not_seen),
        [text("Stock Keeper", "Order Service")],
        "a call of something unseen is not missed"
    );
    let text = TRACE_BESIDE.as_bytes();
    let beside = derive(&[("trace.json", text), ("compose.yaml", COMPOSE.as_bytes())]).unwrap().workspace;
    let lone = traffic(&workspace, &beside).elements_not_modelled;
    assert_eq!(
        lone.iter().map(|one| (one.name.as_str(), one.id.as_deref(), one.spans)).collect::<Vec<_>>(),
        [("sweeper", Some("traffic:service:sweeper"), 1)],
        "what a compose file knows is no traffic"
    );
    let unknown: Vec<&str> = found.elements_not_modelled.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(unknown, ["ghost"]);
    let unseen: Vec<&str> = found.elements_not_seen.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(unseen, ["Orders DB", "Old Reports"]);
}

#[test]
fn models_are_compared_by_identifier_and_by_name() {
    let before = drawn();
    assert!(compare(&before, &before).is_empty());
    let mut after = Workspace::default();
    let shop = add(&mut after, ElementKind::SoftwareSystem, None, "Shop of tomorrow", "shop");
    let orders = add(&mut after, ElementKind::Container, Some(shop), "Ordering", "orders");
    let database = add(&mut after, ElementKind::Container, Some(shop), "Orders DB", "");
    let queue = add(&mut after, ElementKind::Container, Some(shop), "Queue", "");
    add(&mut after, ElementKind::SoftwareSystem, None, "Stripe", "");
    after.model.element_mut(orders).description = "Takes orders".to_owned();
    after.model.element_mut(database).technology = "PostgreSQL".to_owned();
    after.model.relate(Relationship::new(orders, database, "Stores orders in"), Implied::UnlessAny).unwrap();
    after.model.relate(Relationship::new(orders, queue, "Publishes to"), Implied::UnlessAny).unwrap();
    let found = compare(&before, &after);
    let elements: Vec<(Change, &str, Vec<(&str, &str, &str)>)> = found
        .elements
        .iter()
        .map(|one| {
            (
                one.change,
                one.name.as_str(),
                one.fields.iter().map(|f| (f.field.as_str(), f.before.as_str(), f.after.as_str())).collect(),
            )
        })
        .collect();
    assert_eq!(
        elements,
        [
            (Change::Changed, "Shop of tomorrow", vec![("name", "Web Shop", "Shop of tomorrow")]),
            (Change::Changed, "Ordering", vec![("name", "Order Service", "Ordering")]),
            (Change::Changed, "Orders DB", vec![("technology", "Oracle", "PostgreSQL")]),
            (Change::Added, "Queue", vec![]),
            (Change::Removed, "Stock Keeper", vec![]),
            (Change::Removed, "Old Reports", vec![]),
        ]
    );
    let relations: Vec<(Change, &str, &str)> =
        found.relations.iter().map(|one| (one.change, one.from_name.as_str(), one.description.as_str())).collect();
    assert_eq!(
        relations,
        [(Change::Changed, "Ordering", "Stores orders in"), (Change::Added, "Ordering", "Publishes to")]
    );
}
