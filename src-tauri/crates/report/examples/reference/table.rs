//! The schemas of the data as tables for people.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use serde_json::Value;

/// The schemas, in the order of the reference.
pub const SCHEMAS: [&str; 22] = [
    "report",
    "summary",
    "intake",
    "health",
    "maturity",
    "findings",
    "causes",
    "risks",
    "plan",
    "resources",
    "goals",
    "architecture",
    "evidence",
    "exhibits",
    "scoring",
    "part",
    "part-findings",
    "drawing",
    "map",
    "template",
    "sample",
    "shared",
];

const HEAD: &str = "# Reference of the data\n\n\
    What each file of the data holds. Written from `schema/*.schema.json` by `cargo run -p groma-report --example reference`; \
    DATA.md has the rules.\n\n\
    - `a.b` is the field `b` of `a`, `a[]` stands for each entry of the list `a`. The names of the fields of an `object of …` are free.\n\
    - A type in brackets leads to what is described once, under [Shared](#shared). A unit stands behind the type.\n\
    - All fields are always there, but for those that say that they may be missing.\n\
    - Examples are from the sample of the audit report; long ones are cut.\n";

/// A JSON file of the templates.
fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A schema by name.
pub fn schema(templates: &Path, name: &str) -> Value {
    read(&templates.join(format!("schema/{name}.schema.json")))
}

/// The whole of `REFERENCE.md`.
pub fn reference(templates: &Path) -> String {
    let sample = read(&templates.join("audit-report/sample.json"));
    let schemas: Vec<(&str, Value)> = SCHEMAS.iter().map(|name| (*name, schema(templates, name))).collect();
    let nullable = schemas.iter().flat_map(|(_, schema)| fields(&schema["$defs"]));
    let nullable: BTreeSet<&str> = nullable.filter(|(_, one)| or_null(one)).map(|(name, _)| name.as_str()).collect();
    let mut shared = BTreeMap::new();
    let mut out = HEAD.to_owned();
    let links: Vec<String> =
        schemas.iter().map(|(_, schema)| link(text(schema, "title"), text(schema, "title"))).collect();
    let _ = write!(out, "\n{}\n", links.join(" · "));
    for (name, schema) in &schemas {
        let _ = write!(out, "\n## {}\n\n{}\n", text(schema, "title"), text(schema, "description"));
        let known = match *name {
            "sample" => Some(&sample),
            name => sample["data"].get(name),
        };
        let mut tables = Tables { of: name, nullable: &nullable, shared: &mut shared, out: &mut out };
        if schema.get("type").is_some() {
            tables.table(schema, &known.into_iter().collect::<Vec<_>>());
        }
        for (definition, inside) in fields(&schema["$defs"]) {
            let heading = if *name == "shared" { definition.clone() } else { format!("{name} {definition}") };
            let _ = write!(tables.out, "\n### {heading}\n\n{}\n", text(inside, "description"));
            let samples = tables.shared.get(definition).cloned().unwrap_or_default();
            tables.definition(inside, &samples);
        }
    }
    out
}

struct Tables<'a, 's> {
    /// The schema that is written.
    of: &'a str,
    /// Definitions that may be null.
    nullable: &'a BTreeSet<&'a str>,
    /// What the sample has of each shared definition.
    shared: &'a mut BTreeMap<String, Vec<&'s Value>>,
    out: &'a mut String,
}

impl<'s> Tables<'_, 's> {
    fn definition(&mut self, schema: &Value, samples: &[&'s Value]) {
        if let Some(choices) = schema["oneOf"].as_array() {
            for choice in choices {
                let _ = write!(self.out, "\n{}\n", text(choice, "description"));
                self.table(choice, samples);
            }
        } else if schema.get("properties").is_some() || schema["items"].get("properties").is_some() {
            self.table(schema, samples);
        } else {
            let _ = writeln!(self.out, "\nType: {}", self.kind(schema));
        }
    }

    fn table(&mut self, schema: &Value, samples: &[&'s Value]) {
        self.out.push_str("\n| Field | Type | Meaning | Example |\n|---|---|---|---|\n");
        self.rows(schema, "", samples);
    }

    /// The rows of what is below a schema.
    fn rows(&mut self, schema: &Value, path: &str, samples: &[&'s Value]) {
        if let Some(items) = schema.get("items") {
            let inside: Vec<&Value> = samples.iter().filter_map(|value| value.as_array()).flatten().collect();
            self.keep(items, &inside);
            self.rows(items, &format!("{path}[]"), &inside);
        }
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut all: Vec<(&String, &Value)> = fields(&schema["properties"]).collect();
        // JSON objects have no order; what is required does.
        all.sort_by_key(|(name, _)| required.iter().position(|known| known == name).unwrap_or(required.len()));
        for (name, field) in all {
            let inside: Vec<&Value> = samples.iter().filter_map(|value| value.get(name)).collect();
            self.keep(field, &inside);
            self.row(field, &join(path, name), &inside, required.contains(&name.as_str()));
        }
    }

    fn row(&mut self, field: &Value, path: &str, samples: &[&'s Value], always: bool) {
        let missing = if always { "" } else { " May be missing." };
        let meaning = format!("{}{missing}", text(field, "description"));
        let example = samples.iter().find_map(|value| example(value)).unwrap_or_default();
        let cells = [format!("`{path}`"), self.kind(field), meaning, example];
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        let _ = writeln!(self.out, "| {} |", cells.join(" | "));
        self.rows(field, path, samples);
    }

    /// Remembers what the sample has of a shared definition.
    fn keep(&mut self, field: &Value, samples: &[&'s Value]) {
        if let Some(name) =
            referred(field).filter(|name| name.starts_with("shared")).and_then(|name| name.rsplit('/').next())
        {
            self.shared.entry(name.to_owned()).or_default().extend(samples);
        } else if let (Some(name), "shared") = (referred(field), self.of) {
            self.shared.entry(name.rsplit('/').next().unwrap_or(name).to_owned()).or_default().extend(samples);
        }
    }

    /// A type, for people.
    fn kind(&self, schema: &Value) -> String {
        let target = referred(schema).and_then(|target| target.rsplit('/').next());
        let null = or_null(schema) || target.is_some_and(|name| self.nullable.contains(name));
        let null = if null { " or null" } else { "" };
        if let Some(target) = referred(schema) {
            let name = target.rsplit('/').next().unwrap_or(target);
            let heading = match target.starts_with('#') && self.of != "shared" {
                true => format!("{} {name}", self.of),
                false if target.contains('#') => name.to_owned(),
                false => target.trim_end_matches(".schema.json").to_owned() + ".json",
            };
            return format!("[{}](#{}){null}", heading, anchor(&heading));
        }
        if let Some(word) = schema.get("const") {
            return format!("`{}`", word.as_str().unwrap_or_default());
        }
        if let Some(words) = schema["enum"].as_array() {
            let words = words.iter().filter_map(Value::as_str);
            let words: Vec<String> =
                words.map(|word| if word.is_empty() { "empty".into() } else { format!("`{word}`") }).collect();
            return format!("{}{null}", words.join(", "));
        }
        let names: Vec<&str> = match &schema["type"] {
            Value::String(name) => vec![name],
            Value::Array(all) => all.iter().filter_map(Value::as_str).filter(|name| *name != "null").collect(),
            _ => Vec::new(),
        };
        let names: Vec<String> = names
            .into_iter()
            .map(|name| match name {
                "array" if schema["items"].get("properties").is_some() => "list".to_owned(),
                "array" => format!("list of {}", self.kind(&schema["items"])),
                "object" if schema["additionalProperties"].is_object() => {
                    format!("object of {}", self.kind(&schema["additionalProperties"]))
                }
                name => name.to_owned(),
            })
            .collect();
        let unit = schema["x-unit"].as_str().map(|unit| format!(" ({unit})")).unwrap_or_default();
        let within = match (schema.get("minimum"), schema.get("maximum")) {
            (Some(least), Some(most)) => format!(", {least} to {most}"),
            _ => String::new(),
        };
        format!("{}{null}{unit}{within}", names.join(" or "))
    }
}

/// Whether a schema takes null, without what it refers to.
fn or_null(schema: &Value) -> bool {
    schema["anyOf"].is_array() || schema["type"].as_array().is_some_and(|all| all.iter().any(|one| one == "null"))
}

/// What a schema refers to.
fn referred(schema: &Value) -> Option<&str> {
    let own = schema["$ref"].as_str();
    own.or_else(|| schema["anyOf"].as_array()?.iter().find_map(|choice| choice["$ref"].as_str()))
}

/// A value that says something, short enough for a cell.
fn example(value: &Value) -> Option<String> {
    const MOST: usize = 48;
    let shown = match value {
        Value::String(text) if !text.is_empty() => value.to_string(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Array(all) if !all.is_empty() && all.iter().all(|one| !one.is_object() && !one.is_array()) => {
            value.to_string()
        }
        _ => return None,
    };
    let cut: String = shown.chars().take(MOST).collect();
    let more = if cut.len() < shown.len() { " …" } else { "" };
    Some(format!("`{}`{more}", cut.replace('`', "'")))
}

fn fields(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}

fn text<'v>(schema: &'v Value, field: &str) -> &'v str {
    schema[field].as_str().unwrap_or_default()
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn link(words: &str, heading: &str) -> String {
    format!("[{words}](#{})", anchor(heading))
}

/// The anchor that a heading gets.
pub fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}
