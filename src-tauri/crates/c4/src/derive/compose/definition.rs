//! One service of a compose file, and what an override or `extends` does to it.

use crate::derive::tree::{Data, Node};

/// A service as its file writes it.
#[derive(Debug, Clone, Default)]
pub(super) struct Definition {
    pub(super) name: String,
    pub(super) file: String,
    pub(super) place: String,
    pub(super) image: Option<String>,
    pub(super) build: Option<String>,
    /// Name and place of each.
    pub(super) depends_on: Vec<(String, String)>,
    /// Service, alias, place.
    pub(super) links: Vec<(String, Option<String>, String)>,
    /// Service whose network or processes it shares, place.
    pub(super) shares: Vec<(String, String)>,
    /// Name and value, those of the deployment too.
    pub(super) labels: Vec<(String, String)>,
    /// The configurations that it is given.
    pub(super) configs: Vec<String>,
    /// Name, value (`None`: from the environment of whoever starts it), place.
    pub(super) environment: Vec<(String, Option<String>, String)>,
    pub(super) env_files: Vec<String>,
    /// Command and entry point.
    pub(super) command: Vec<String>,
    pub(super) networks: Vec<String>,
    /// Names under which others reach it.
    pub(super) aliases: Vec<String>,
    pub(super) ports: Vec<String>,
    pub(super) volumes: Vec<String>,
    pub(super) profiles: Vec<String>,
    pub(super) replicas: Option<String>,
    /// File (`None`: the same) and service.
    pub(super) extends: Option<(Option<String>, String)>,
}

impl Definition {
    pub(super) fn read(file: &str, name: &str, node: &Node) -> Self {
        let texts =
            |key: &str| node.get(key).map_or(Vec::new(), |one| one.texts().into_iter().map(str::to_owned).collect());
        let text = |key: &str| node.text_at(&[key]).map(str::to_owned);
        let mut service = Self {
            name: name.to_owned(),
            file: file.to_owned(),
            place: node.place.to_string(),
            image: text("image"),
            build: node.get("build").map(|build| {
                let context = build.text().or_else(|| build.text_at(&["context"])).unwrap_or(".");
                // A context may be an address with a password in it; only folders are worth showing.
                if context.contains("://") || context.contains('@') { "remote".to_owned() } else { context.to_owned() }
            }),
            env_files: node.get("env_file").map_or(Vec::new(), |files| match files.texts() {
                plain if !plain.is_empty() => plain.into_iter().map(str::to_owned).collect(),
                _ => files.items().iter().filter_map(|one| one.text_at(&["path"]).map(str::to_owned)).collect(),
            }),
            command: [texts("command"), texts("entrypoint")].concat(),
            profiles: texts("profiles"),
            replicas: node.text_at(&["deploy", "replicas"]).or_else(|| node.text_at(&["scale"])).map(str::to_owned),
            ..Self::default()
        };
        service.depends_on = named(node.get("depends_on"));
        for key in ["links", "external_links"] {
            for (link, place) in named(node.get(key)) {
                let (target, alias) = match link.split_once(':') {
                    Some((target, alias)) => (target.to_owned(), Some(alias.to_owned())),
                    None => (link, None),
                };
                service.links.push((target, alias, place));
            }
        }
        for (volumes_from, place) in named(node.get("volumes_from")) {
            let target = volumes_from.trim_start_matches("container:").split(':').next().unwrap_or_default().to_owned();
            service.links.push((target, None, place));
        }
        for key in ["network_mode", "pid", "ipc"] {
            let Some(shared) = node.get(key) else { continue };
            let of = shared.text().and_then(|text| text.strip_prefix("service:").or(text.strip_prefix("container:")));
            service.shares.extend(of.map(|of| (of.trim().to_owned(), shared.place.to_string())));
        }
        let labels = settings(node.get("labels")).into_iter().chain(settings(node.at(&["deploy", "labels"])));
        service.labels = labels.map(|(name, value, _)| (name, value.unwrap_or_default())).collect();
        let configs = node.items_at(&["configs"]).iter();
        service.configs =
            configs.filter_map(|one| one.text().or_else(|| one.text_at(&["source"])).map(str::to_owned)).collect();
        service.environment = settings(node.get("environment"));
        service.networks = named(node.get("networks")).into_iter().map(|(name, _)| name).collect();
        let networks = node.entries_at(&["networks"]).iter();
        service.aliases = networks
            .flat_map(|(_, one)| one.get("aliases").map_or(Vec::new(), Node::texts))
            .map(str::to_owned)
            .collect();
        service.aliases.extend(["container_name", "hostname"].iter().filter_map(|key| text(key)));
        service.ports = node.items_at(&["ports"]).iter().filter_map(|port| port_text(port)).collect();
        service.volumes = node.items_at(&["volumes"]).iter().filter_map(|volume| volume_name(volume)).collect();
        service.extends = node.get("extends").and_then(|extends| match extends.text() {
            Some(service) => Some((None, service.to_owned())),
            None => Some((extends.text_at(&["file"]).map(str::to_owned), extends.text_at(&["service"])?.to_owned())),
        });
        service
    }

    /// Lays another over this one, as an override file or whoever extends it does.
    pub(super) fn overlay(&mut self, over: Self) {
        let set = |own: &mut Option<String>, over: Option<String>| {
            if over.is_some() {
                *own = over;
            }
        };
        set(&mut self.image, over.image);
        set(&mut self.build, over.build);
        set(&mut self.replicas, over.replicas);
        (self.name, self.file, self.place) = (over.name, over.file, over.place);
        self.extends = over.extends;
        if !over.command.is_empty() {
            self.command = over.command;
        }
        for setting in over.environment {
            match self.environment.iter_mut().find(|own| own.0 == setting.0) {
                Some(own) => *own = setting,
                None => self.environment.push(setting),
            }
        }
        extend(&mut self.depends_on, over.depends_on, |one, other| one.0 == other.0);
        extend(&mut self.links, over.links, |one, other| one.0 == other.0 && one.1 == other.1);
        extend(&mut self.shares, over.shares, |one, other| one.0 == other.0);
        extend(&mut self.configs, over.configs, |one, other| one == other);
        for label in over.labels {
            self.labels.retain(|own| own.0 != label.0);
            self.labels.push(label);
        }
        extend(&mut self.env_files, over.env_files, |one, other| one == other);
        extend(&mut self.networks, over.networks, |one, other| one == other);
        extend(&mut self.aliases, over.aliases, |one, other| one == other);
        extend(&mut self.ports, over.ports, |one, other| one == other);
        extend(&mut self.volumes, over.volumes, |one, other| one == other);
        extend(&mut self.profiles, over.profiles, |one, other| one == other);
    }
}

fn extend<T>(own: &mut Vec<T>, over: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    for one in over {
        if !own.iter().any(|known| same(known, &one)) {
            own.push(one);
        }
    }
}

/// Names that are written as a list or as the names of a map, each with its place.
fn named(node: Option<&Node>) -> Vec<(String, String)> {
    let Some(node) = node else { return Vec::new() };
    match &node.data {
        Data::Map(entries) => entries.iter().map(|(name, one)| (name.clone(), one.place.to_string())).collect(),
        Data::List(items) => {
            items.iter().filter_map(|one| Some((one.text()?.trim().to_owned(), one.place.to_string()))).collect()
        }
        Data::Scalar(name) => vec![(name.clone(), node.place.to_string())],
        Data::Null => Vec::new(),
    }
}

/// Settings, written as a map or as a list of `NAME=value`.
fn settings(node: Option<&Node>) -> Vec<(String, Option<String>, String)> {
    let Some(node) = node else { return Vec::new() };
    match &node.data {
        Data::Map(entries) => {
            let entries = entries.iter();
            entries.map(|(name, one)| (name.clone(), one.text().map(str::to_owned), one.place.to_string())).collect()
        }
        Data::List(items) => {
            let texts = items.iter().filter_map(|one| Some((one.text()?, one.place.to_string())));
            texts
                .map(|(text, place)| match text.split_once('=') {
                    Some((name, value)) => (name.trim().to_owned(), Some(value.to_owned()), place),
                    None => (text.trim().to_owned(), None, place),
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// `8080:80`, of the short and of the long form.
fn port_text(port: &Node) -> Option<String> {
    if let Some(text) = port.text() {
        return Some(text.to_owned());
    }
    let target = port.text_at(&["target"])?;
    let published = port.text_at(&["published"]).map_or(target.to_owned(), |published| format!("{published}:{target}"));
    Some(match port.text_at(&["protocol"]) {
        Some(protocol) if protocol != "tcp" => format!("{published}/{protocol}"),
        _ => published,
    })
}

/// The name of a volume that is kept; none for folders of the machine.
fn volume_name(volume: &Node) -> Option<String> {
    let name = match volume.text() {
        Some(text) => text.split_once(':')?.0,
        None if volume.text_at(&["type"]).is_none_or(|kind| kind == "volume") => volume.text_at(&["source"])?,
        None => return None,
    };
    let kept = !name.starts_with(['.', '/', '~', '$']) && !name.contains('\\');
    kept.then(|| name.to_owned())
}
