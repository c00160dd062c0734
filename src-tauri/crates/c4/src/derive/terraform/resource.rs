//! Resources out of a state, out of `terraform show -json`, and out of a plan.

use super::references;
use crate::derive::text::{escape, json_refusal};
use crate::diagnostic::Refusal;
use serde_json::{Map, Value};

/// One resource, of several instances one each.
#[derive(Debug)]
pub(super) struct Resource {
    /// `module.shop.aws_db_instance.main[0]`.
    pub(super) address: String,
    /// The address without indexes, as configurations refer to it.
    pub(super) plain: String,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) values: Map<String, Value>,
    /// Names of attributes whose values may not be shown.
    pub(super) sensitive: Vec<String>,
    /// Attribute and plain address of what it names, as a plan's configuration says.
    pub(super) names: Vec<(String, String)>,
    pub(super) place: String,
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct Read {
    pub(super) file: String,
    pub(super) resources: Vec<Resource>,
    /// The region that a plan's providers are set to.
    pub(super) region: Option<String>,
    /// What a plan's variables call the environment.
    pub(super) environment: Option<String>,
}

/// Modules nest no deeper than this.
const DEEPEST: usize = 32;

/// Reads a state of version 4, or the JSON of `terraform show`.
///
/// # Errors
/// What is not JSON, a state of before Terraform 0.12, a file without resources.
pub(crate) fn read(file: &str, text: &str) -> Result<Read, Refusal> {
    let value: Value = serde_json::from_str(text).map_err(|error| json_refusal(file, &error))?;
    let refuse = |message: &str, remedy: &str| Refusal {
        file: file.to_owned(),
        line: 1,
        message: message.to_owned(),
        remedy: remedy.to_owned(),
    };
    let mut read = Read { file: file.to_owned(), resources: Vec::new(), region: None, environment: None };
    if value.get("format_version").is_some() {
        let plan = value.get("planned_values");
        let (values, prefix) = match (plan, value.get("values")) {
            (Some(plan), _) => (plan, "/planned_values"),
            (None, Some(values)) => (values, "/values"),
            (None, None) => {
                return Err(refuse(
                    "Terraform's JSON without planned_values and without values",
                    "make the plan with `terraform plan -out p` and `terraform show -json p`",
                ));
            }
        };
        if let Some(root) = values.get("root_module") {
            module(root, &format!("{prefix}/root_module"), &mut read.resources, 0);
        }
        if let Some(configuration) = value.get("configuration") {
            references::of_configuration(configuration, &mut read.resources);
            read.region = region(configuration);
        }
        let variables = value.get("variables");
        read.environment = ["environment", "env", "stage"]
            .iter()
            .find_map(|name| Some(variables?.get(name)?.get("value")?.as_str()?.to_owned()));
        return Ok(read);
    }
    match value.get("version").and_then(Value::as_u64) {
        Some(4) => {}
        Some(version) => {
            return Err(refuse(
                &format!("a Terraform state of version {version}; version 4 is read"),
                "give the output of `terraform show -json`",
            ));
        }
        None => return Err(refuse("a Terraform state without a version", "give the output of `terraform show -json`")),
    }
    for (at, resource) in value.get("resources").and_then(Value::as_array).into_iter().flatten().enumerate() {
        state_resource(resource, &format!("/resources/{at}"), &mut read.resources);
    }
    Ok(read)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn state_resource(resource: &Value, place: &str, into: &mut Vec<Resource>) {
    if text(resource, "mode") == "data" || text(resource, "type").is_empty() {
        return;
    }
    let (kind, name) = (text(resource, "type"), text(resource, "name"));
    let module = match text(resource, "module") {
        "" => String::new(),
        module => format!("{module}."),
    };
    let instances = resource.get("instances").and_then(Value::as_array);
    for (at, instance) in instances.into_iter().flatten().enumerate() {
        let index = match instance.get("index_key") {
            Some(Value::Null) | None => String::new(),
            Some(key) => format!("[{key}]"),
        };
        let address = format!("{module}{kind}.{name}{index}");
        let paths = instance.get("sensitive_attributes").and_then(Value::as_array);
        // A path of steps: the first names the attribute.
        let sensitive = paths.into_iter().flatten().filter_map(|path| {
            let first = path.as_array().and_then(|steps| steps.first()).unwrap_or(path);
            Some(first.get("value")?.as_str()?.to_owned())
        });
        into.push(Resource {
            plain: plain(&address),
            address,
            kind: kind.to_owned(),
            name: name.to_owned(),
            values: instance.get("attributes").and_then(Value::as_object).cloned().unwrap_or_default(),
            sensitive: sensitive.collect(),
            names: Vec::new(),
            place: format!("{place}/instances/{at}"),
        });
    }
}

fn module(module: &Value, place: &str, into: &mut Vec<Resource>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    let list = |key: &str| module.get(key).and_then(Value::as_array).into_iter().flatten().enumerate();
    for (at, resource) in list("resources") {
        if text(resource, "mode") == "data" || text(resource, "type").is_empty() {
            continue;
        }
        let sensitive = resource.get("sensitive_values").and_then(Value::as_object);
        let sensitive = sensitive.into_iter().flatten().filter(|(_, told)| **told == Value::Bool(true));
        let address = text(resource, "address").to_owned();
        into.push(Resource {
            plain: plain(&address),
            address,
            kind: text(resource, "type").to_owned(),
            name: text(resource, "name").to_owned(),
            values: resource.get("values").and_then(Value::as_object).cloned().unwrap_or_default(),
            sensitive: sensitive.map(|(name, _)| name.clone()).collect(),
            names: Vec::new(),
            place: format!("{place}/resources/{at}"),
        });
    }
    for (at, child) in list("child_modules") {
        self::module(child, &format!("{place}/child_modules/{at}"), into, depth + 1);
    }
}

/// An address without its indexes.
pub(super) fn plain(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let (mut depth, mut quoted) = (0usize, false);
    for c in address.chars() {
        match c {
            '"' if depth > 0 => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn region(configuration: &Value) -> Option<String> {
    let providers = configuration.get("provider_config")?.as_object()?;
    providers
        .values()
        .find_map(|one| Some(one.get("expressions")?.get("region")?.get("constant_value")?.as_str()?.to_owned()))
}

impl Resource {
    /// A text among the values, unless it may not be shown.
    pub(super) fn value(&self, key: &str) -> Option<&str> {
        let hidden = self.sensitive.iter().any(|name| name == key);
        self.values.get(key)?.as_str().filter(|text| !hidden && !text.is_empty())
    }

    /// What people call it: its tag, its own name, the name in the configuration.
    pub(super) fn title(&self) -> String {
        let tag = ["tags", "tags_all", "labels"].iter().find_map(|tags| {
            let tags = self.values.get(*tags).filter(|_| !self.sensitive.iter().any(|name| name == tags))?;
            tags.get("Name").or_else(|| tags.get("name"))?.as_str()
        });
        const NAMES: [&str; 10] = [
            "function_name",
            "identifier",
            "cluster_identifier",
            "replication_group_id",
            "cluster_id",
            "domain_name",
            "broker_name",
            "cluster_name",
            "bucket",
            "name",
        ];
        let inner = || self.values.get("metadata")?.pointer("/0/name")?.as_str();
        let own = tag.or_else(|| NAMES.iter().find_map(|key| self.value(key))).or_else(inner);
        let index =
            self.address.rsplit_once('[').map_or("", |(_, index)| index.trim_end_matches(']').trim_matches('"'));
        match own.filter(|name| !name.trim().is_empty() && name.len() <= 120 && !name.starts_with("arn:")) {
            Some(name) => name.rsplit('/').next().unwrap_or(name).to_owned(),
            None if index.is_empty() => self.name.clone(),
            None => format!("{} {index}", self.name),
        }
    }

    /// The place in the file.
    pub(super) fn pointer(&self) -> String {
        self.place.split('/').map(|part| escape(part).into_owned()).collect::<Vec<_>>().join("/")
    }
}
