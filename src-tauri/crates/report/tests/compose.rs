//! An engagement becomes a project: what enters it, what leads nowhere, and the way back.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;

use groma_model::{
    Artifact, Contents, Engagement, EvidenceLink, EvidenceTarget, Finding, Id, Issue, Kind, Risk, SectionChoice,
};
use groma_report::{Brand, Composed, Input, Labels, Template, compose_with};
use serde_json::Value;

fn composed(contents: &Contents, issues: &[Issue]) -> Composed {
    let toml = "id = \"t\"\nversion = \"1\"\ntitle = \"T\"\ndescription = \"\"\n[[sections]]\nid = \"findings\"\n[[sections]]\nid = \"risks\"\n";
    let files = ["template.toml", "main.typ", "parts/findings.typ", "parts/risks.typ"];
    let files = files.map(|name| (name.to_owned(), if name.ends_with("toml") { toml.into() } else { Vec::new() }));
    let template = Template::read("t", files).unwrap();
    let brand = Brand { id: "b".into(), data: toml::Table::new(), logo: None, logo_dark: None };
    let input = Input {
        contents,
        packs: &[],
        health: None,
        maturity: None,
        plan: None,
        template: &template,
        brand: &brand,
        labels: &Labels::default(),
        shared: &BTreeMap::new(),
        pictures: &BTreeMap::new(),
        drawings: &groma_report::Drawings::default(),
        exhibits: &groma_report::Exhibits::new(),
    };
    compose_with(&input, issues).unwrap()
}

fn id(number: u128) -> Id {
    format!("{:08x}-0000-7000-8000-{:012x}", number, number).parse().unwrap()
}

fn data(composed: &Composed, group: &str) -> Value {
    serde_json::from_slice(&composed.files[&format!("/data/{group}.json")]).unwrap()
}

fn engagement() -> Contents {
    let findings = vec![Finding {
        id: id(1),
        number: 1,
        title: "Pool\u{202e}lrac\u{7}".into(),
        condition: "First line.\n\nSee R-001, R-001 and F-099.\n\n![x](image:none) and F-001".into(),
        ..Finding::default()
    }];
    let risks = vec![Risk { id: id(2), number: 1, title: "Halt".into(), ..Risk::default() }];
    let sections = vec![
        SectionChoice { id: "risks".into(), off: true },
        SectionChoice { id: "nope".into(), off: false },
        SectionChoice { id: "nope".into(), off: true },
    ];
    // Those of another template are not asked.
    let others = ("letter".to_owned(), vec![SectionChoice { id: "findings".into(), off: true }]);
    let sections = [("t".to_owned(), sections), others].into();
    let engagement = Engagement { template: "t".into(), sections, ..Engagement::default() };
    Contents { engagement, findings, risks, ..Contents::default() }
}

#[test]
fn what_leads_nowhere_is_handed_over() {
    let composed = composed(&engagement(), &[]);
    let told: Vec<String> =
        composed.unprinted.iter().map(|u| format!("{}: {} {}", u.origin, u.record, u.exists)).collect();
    assert_eq!(told, ["F-001 condition: F-099 false", "F-001 condition: R-001 true"]);
    assert_eq!(composed.unknown_sections, ["nope"]);
}

#[test]
fn a_place_in_a_file_leads_to_the_field_and_its_line() {
    let composed = composed(&engagement(), &[]);
    let path = "/prose/findings/F-001/condition.typ";
    let typst = String::from_utf8(composed.files[path].clone()).unwrap();
    let line = typst.lines().position(|line| line.contains("R-001")).unwrap() + 1;
    let origin = composed.origins.origin(path, Some(line)).unwrap();
    assert_eq!((origin.kind, origin.id, origin.field, origin.line), (Kind::Finding, id(1), "condition", Some(3)));
    assert_eq!(origin.to_string(), "F-001 condition, line 3");
    assert_eq!(composed.origins.origin(path, None).unwrap().to_string(), "F-001 condition");
    assert_eq!(composed.origins.origin("/parts/findings.typ", Some(1)), None);
}

#[test]
fn the_data_hold_nothing_unseen() {
    let findings = data(&composed(&engagement(), &[]), "findings");
    assert_eq!(findings["gaps"][0]["title"], "Poollrac");
}

#[test]
fn an_issue_is_told_by_rule_tool_and_place() {
    let mut contents = engagement();
    contents.artifacts =
        vec![Artifact { id: id(3), name: "scan.sarif".into(), tool: "Semgrep".into(), ..Artifact::default() }];
    contents.evidence_links = vec![EvidenceLink {
        id: id(4),
        finding: id(1),
        target_kind: EvidenceTarget::Issue,
        target: id(5).to_string(),
        ..EvidenceLink::default()
    }];
    let issue = Issue {
        id: id(5),
        artifact: id(3),
        rule: "sql-injection".into(),
        title: "Query made of text".into(),
        location: "src/orders.ts".into(),
        line: Some(42),
        ..Issue::default()
    };
    let composed = composed(&contents, &[issue]);
    let findings = data(&composed, "findings");
    let evidence = &findings["gaps"][0]["evidence"][0];
    assert_eq!(evidence["text"], "sql-injection – Query made of text (Semgrep)");
    assert_eq!(evidence["at"], "src/orders.ts:42");
    assert_eq!(evidence["artifact"], 1);
    assert_eq!(data(&composed, "evidence")["artifacts"][0]["cited_by"], serde_json::json!([1]));
}
