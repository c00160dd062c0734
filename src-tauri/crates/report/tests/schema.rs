//! The data contract: what is composed, what templates are drawn with and what their `template.toml` says is what the
//! schemas describe, no more and no less; and the reference is made from them.
#![recursion_limit = "256"]
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "a test")]

#[path = "schema/project.rs"]
mod project;
#[path = "schema/rich.rs"]
mod rich;
#[path = "../examples/reference/table.rs"]
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use groma_model::Object;
use groma_report::LOCALES;
use jsonschema::Registry;
use serde_json::{Value, json};

const TEMPLATES: [&str; 8] = [
    "audit-report",
    "diagnosis",
    "executive-brief",
    "findings-register",
    "letter",
    "roadmap-poster",
    "scorecard",
    "technical-due-diligence",
];

fn templates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../report-templates")
}

fn json_of(path: &str) -> Value {
    serde_json::from_slice(&std::fs::read(templates().join(path)).unwrap()).unwrap()
}

/// All schemas, so that they find each other without a network.
struct Schemas(Registry<'static>);

impl Schemas {
    fn read() -> Self {
        let named = |name: &str| (format!("file:///schema/{name}.schema.json"), table::schema(&templates(), name));
        Self(Registry::new().extend(table::SCHEMAS.map(named)).unwrap().prepare().unwrap())
    }

    /// What is wrong with a value, each with its place.
    fn faults(&self, name: &str, value: &Value) -> Vec<String> {
        let whole = json!({"$ref": format!("file:///schema/{name}.schema.json")});
        let validator = jsonschema::options().offline().with_registry(&self.0).build(&whole).unwrap();
        validator.iter_errors(value).map(|error| format!("{name}{}: {error}", error.instance_path())).collect()
    }
}

/// Calls `seen` with the place of each field of a value that a schema describes; references are followed.
fn walk(all: &BTreeMap<&str, Value>, name: &str, schema: &Value, value: &Value, seen: &mut dyn FnMut(&str, &Value)) {
    let place = |inside: &str| format!("{name} {inside}");
    let choices = schema["anyOf"].as_array().filter(|_| !value.is_null());
    let target = schema["$ref"].as_str().or_else(|| choices?.iter().find_map(|choice| choice["$ref"].as_str()));
    if let Some((file, definition)) = target.and_then(|target| target.split_once("#/$defs/")) {
        let own = name.split(['#', ' ']).next().unwrap();
        let file = file.split('.').next().filter(|file| !file.is_empty()).unwrap_or(own);
        return walk(all, &format!("{file}#{definition}"), &all[file]["$defs"][definition], value, seen);
    }
    for choice in schema["oneOf"].as_array().into_iter().flatten() {
        let (field, word) = constant(choice);
        if value[field] == *word {
            walk(all, &place(&format!("{field}={word}")), choice, value, seen);
        }
    }
    for (field, inside) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(field) {
            seen(&place(field), value);
            walk(all, &place(field), inside, value, seen);
        }
    }
    for value in value.as_array().into_iter().flatten() {
        walk(all, &place("[]"), &schema["items"], value, seen);
    }
}

/// The field that says which of several it is, and its word.
fn constant(choice: &Value) -> (&str, &Value) {
    let fields = choice["properties"].as_object().unwrap().iter();
    fields.filter_map(|(field, one)| Some((field.as_str(), one.get("const")?))).next().expect("it says which it is")
}

/// Every field that a schema describes, by the same places as [`walk`].
fn described(name: &str, schema: &Value, all: &mut BTreeSet<String>) {
    let place = |inside: &str| format!("{name} {inside}");
    for (definition, inside) in schema["$defs"].as_object().into_iter().flatten() {
        described(&format!("{name}#{definition}"), inside, all);
    }
    for choice in schema["oneOf"].as_array().into_iter().flatten() {
        let (field, word) = constant(choice);
        described(&place(&format!("{field}={word}")), choice, all);
    }
    for (field, inside) in schema["properties"].as_object().into_iter().flatten() {
        all.insert(place(field));
        described(&place(field), inside, all);
    }
    if let Some(items) = schema.get("items") {
        described(&place("[]"), items, all);
    }
}

#[test]
fn every_schema_is_one_and_describes_every_field() {
    for name in table::SCHEMAS {
        let schema = table::schema(&templates(), name);
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
        told(name, &schema);
    }
    let files = std::fs::read_dir(templates().join("schema")).unwrap();
    let files: BTreeSet<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(files, table::SCHEMAS.iter().map(|name| format!("{name}.schema.json")).collect());
}

/// Every field has a type and a meaning, and no object takes what is not described.
fn told(place: &str, schema: &Value) {
    let typed = ["type", "$ref", "anyOf", "oneOf", "const", "enum", "$defs"];
    assert!(typed.iter().any(|word| schema.get(word).is_some()), "{place} has no type");
    if schema.get("properties").is_some() {
        assert_eq!(schema["additionalProperties"], false, "{place} takes any field");
        let known = schema["properties"].as_object().unwrap();
        let required = schema["required"].as_array().into_iter().flatten();
        assert!(
            required.into_iter().all(|name| known.contains_key(name.as_str().unwrap())),
            "{place} requires what it does not have"
        );
    }
    for set in ["properties", "$defs"] {
        for (name, inside) in schema[set].as_object().into_iter().flatten() {
            let meaning = inside["description"].as_str().unwrap_or_default();
            assert!(meaning.ends_with(['.', '…']), "{place}.{name} does not say what it is: {meaning}");
            told(&format!("{place}.{name}"), inside);
        }
    }
    for inside in
        [schema.get("items"), schema.get("additionalProperties").filter(|free| free.is_object())].into_iter().flatten()
    {
        told(&format!("{place}[]"), inside);
    }
    for inside in schema["oneOf"].as_array().into_iter().flatten() {
        told(place, inside);
    }
}

#[test]
fn enumerated_words_are_those_of_the_model() {
    let shared = table::schema(&templates(), "shared");
    macro_rules! same {
        ($($name:literal $set:ident),+ $(,)?) => {$(
            let words: Vec<&str> = groma_model::$set::ALL.iter().map(|word| word.as_str()).collect();
            assert_eq!(shared["$defs"][$name]["enum"], json!(words), $name);
        )+};
    }
    same!(
        "severity" Severity, "verdict" Verdict, "access" Access, "operation" Operation, "confidence" Confidence,
        "life" Life, "editorial" Editorial, "kind" FindingKind, "treatment" Treatment, "category" RiskCategory,
        "employment" Employment, "quality" Quality, "diagram" DiagramKind, "triage" Triage, "priority" Priority,
        "horizon" Horizon, "evidence" EvidenceTarget,
    );
    let report = table::schema(&templates(), "report");
    let words = |field: &str| report["properties"][field]["enum"].clone();
    assert_eq!(words("audience"), json!(groma_model::Audience::ALL));
    assert_eq!(words("standard"), json!(groma_model::Standard::ALL));
    assert_eq!(words("language"), json!(LOCALES.iter().map(|locale| locale.language).collect::<BTreeSet<_>>()));
    assert_eq!(report["properties"]["brand"]["properties"]["cover"]["enum"], json!(groma_model::BrandCover::ALL));
    let exhibits = table::schema(&templates(), "exhibits");
    let kinds = &exhibits["properties"]["exhibits"]["items"]["properties"]["kind"]["enum"];
    assert_eq!(*kinds, json!(groma_model::ExhibitKind::ALL));
    let prose: BTreeSet<&str> = groma_model::Engagement::PROSE.iter().copied().collect();
    let named = report["properties"]["prose"]["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(prose, named);
}

#[test]
fn samples_hold_what_the_schemas_say() {
    let schemas = Schemas::read();
    let faults = TEMPLATES.map(|name| (name, schemas.faults("sample", &json_of(&format!("{name}/sample.json")))));
    let faults: Vec<_> = faults.into_iter().filter(|(_, faults)| !faults.is_empty()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn descriptions_of_templates_hold_what_the_schema_says() {
    let schemas = Schemas::read();
    for name in TEMPLATES {
        let text = std::fs::read_to_string(templates().join(format!("{name}/template.toml"))).unwrap();
        let info: Value = toml::from_str(&text).unwrap();
        assert_eq!(schemas.faults("template", &info), Vec::<String>::new(), "{name}");
    }
}

/// The schema of a file of the data.
fn schema_of(path: &str) -> Option<&str> {
    let name = path.strip_prefix("/data/")?.strip_suffix(".json")?;
    Some(match name {
        "drawings/map" => "map",
        name if name.starts_with("drawings/") => "drawing",
        name => name,
    })
}

#[test]
fn what_is_composed_holds_what_the_schemas_say() {
    let schemas = Schemas::read();
    for language in ["en", "de", "ar"] {
        for (name, project) in [("empty", project::empty(language)), ("rich", project::rich(language))] {
            let mut groups = BTreeSet::new();
            for (path, bytes) in &project {
                let Some(schema) = schema_of(path) else { continue };
                let data = serde_json::from_slice(bytes).unwrap();
                let faults = schemas.faults(schema, &data);
                assert!(faults.is_empty(), "{name} {language} {path}: {faults:#?}");
                let _ = groups.insert(schema);
            }
            let always = table::SCHEMAS.iter().filter(|name| !["template", "shared", "sample"].contains(name));
            let missing: Vec<_> = always.filter(|schema| !groups.contains(**schema)).collect();
            let wanted: &[&str] = if name == "rich" { &[] } else { &["part-findings", "drawing", "map"] };
            assert_eq!(missing, wanted.iter().collect::<Vec<_>>(), "{name} {language}");
        }
    }
}

#[test]
fn every_brand_holds_what_the_schema_says() {
    let schemas = Schemas::read();
    let mut report: Value = serde_json::from_slice(&project::rich("en")["/data/report.json"]).unwrap();
    let folders = std::fs::read_dir(templates().join("../assets/brands")).unwrap();
    let mut brands = 0;
    for file in folders.map(|folder| folder.unwrap().path().join("brand.toml")) {
        report["brand"] = toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        report["brand"]["logo"] = Value::Null;
        report["brand"]["logo_dark"] = Value::Null;
        assert_eq!(schemas.faults("report", &report), Vec::<String>::new(), "{}", file.display());
        brands += 1;
    }
    assert!(brands > 1);
}

/// Nothing can be wrong with a field that nobody has ever filled: the engagement of the test above fills them all.
#[test]
fn every_field_that_is_described_is_filled() {
    let schemas: BTreeMap<&str, Value> =
        table::SCHEMAS.iter().map(|name| (*name, table::schema(&templates(), name))).collect();
    let mut filled = BTreeSet::new();
    for (path, bytes) in &project::rich("en") {
        let Some(name) = schema_of(path) else { continue };
        let data: Value = serde_json::from_slice(bytes).unwrap();
        let mut see = |place: &str, value: &Value| {
            let nothing = value.is_null() || value == "" || value == &json!([]) || value == &json!({});
            if !nothing {
                let _ = filled.insert(place.to_owned());
            }
        };
        walk(&schemas, name, &schemas[name], &data, &mut see);
    }
    let mut all = BTreeSet::new();
    for name in table::SCHEMAS.iter().filter(|name| !["template", "sample"].contains(name)) {
        described(name, &schemas[name], &mut all);
    }
    // A map of one root alone is drawn where the whole has too many elements; `plan` tests that.
    let large = ["causes#cause_map root", "causes#cause_map title"];
    let empty: Vec<&String> = all.difference(&filled).filter(|place| !large.contains(&place.as_str())).collect();
    assert!(all.len() > 500 && empty.is_empty(), "of {} never filled: {empty:#?}", all.len());
}

#[test]
fn what_is_not_described_is_caught() {
    let schemas = Schemas::read();
    let project = project::rich("en");
    let data = |group: &str| serde_json::from_slice::<Value>(&project[&format!("/data/{group}.json")]).unwrap();
    let mut findings = data("findings");
    findings["gaps"][0]["evidence"][0]["made_up"] = json!(1);
    let faults = schemas.faults("findings", &findings);
    assert!(
        faults.len() == 1 && faults[0].starts_with("findings/gaps/0/evidence/0") && faults[0].contains("made_up"),
        "{faults:?}"
    );
    let mut plan = data("plan");
    plan["gantt"]["offset"] = json!("seven");
    let faults = schemas.faults("plan", &plan);
    assert!(faults.len() == 1 && faults[0].starts_with("plan/gantt/offset"), "{faults:?}");
    let mut risks = data("risks");
    let _ = risks["risks"][0].as_object_mut().unwrap().remove("treatment");
    assert!(schemas.faults("risks", &risks)[0].contains("treatment"));
    risks = data("risks");
    risks["risks"][0]["treatment"] = json!("ignore");
    risks["current"]["cells"].as_array_mut().unwrap().pop();
    risks["risks"][0]["scenario"] = json!("It stops.");
    assert_eq!(schemas.faults("risks", &risks).len(), 3);
    let mut info: Value =
        toml::from_str("id = \"t\"\nversion = \"1\"\ntitle = \"T\"\ndescription = \"\"\nsections = []").unwrap();
    assert!(schemas.faults("template", &info).is_empty());
    info["section"] = json!([]);
    assert!(!schemas.faults("template", &info).is_empty());
}

#[test]
fn the_reference_is_current() {
    let path = templates().join("REFERENCE.md");
    let wanted = table::reference(&templates());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap_or_default() == wanted,
        "REFERENCE.md is stale: cargo run -p groma-report --example reference"
    );
    for link in wanted.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
        let anchors = wanted
            .lines()
            .filter(|line| line.starts_with('#'))
            .map(|line| table::anchor(line.trim_start_matches(['#', ' '])));
        assert!(anchors.into_iter().any(|anchor| anchor == link), "{link} leads nowhere");
    }
}
