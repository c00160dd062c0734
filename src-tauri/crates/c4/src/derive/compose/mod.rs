//! docker-compose files of all versions: services, what they depend on, and what their settings say that they reach.

mod definition;
mod proxies;
mod variables;

use super::address::{self, Address};
use super::draft::{At, Draft, Source};
use super::reach::{self, Reach};
use super::technology;
use super::tree::Node;
use crate::diagnostic::Level;
use definition::Definition;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
pub(crate) use variables::dotenv;
use variables::{Variables, interpolate};

/// A compose file that was read.
pub(crate) struct File<'f> {
    pub(crate) path: &'f str,
    pub(crate) tree: Rc<Node>,
}

/// Words that stand beside services at the top of a file.
const TOP: [&str; 8] = ["version", "name", "services", "networks", "volumes", "configs", "secrets", "include"];

/// Adds the services of all files. Files of one folder are laid over one another, as compose does.
pub(crate) fn add(draft: &mut Draft, files: &[File<'_>], env: &[(&str, Vec<(String, String)>)]) {
    let mut folders: BTreeMap<&str, Vec<&File<'_>>> = BTreeMap::new();
    for file in files {
        folders.entry(folder(file.path)).or_default().push(file);
    }
    let several = folders.len() > 1;
    for (folder_path, mut files) in folders {
        // Overrides come last, whatever their order on the disk.
        files.sort_by_key(|file| file.path.contains("override"));
        let mut known = Variables::new();
        for (path, pairs) in env {
            if !several || folder(path) == folder_path {
                known.extend(pairs.iter().cloned());
            }
        }
        let project = Project { folder: folder_path, files: &files, env, known };
        project.add(draft, several);
    }
}

struct Project<'a> {
    folder: &'a str,
    files: &'a [&'a File<'a>],
    env: &'a [(&'a str, Vec<(String, String)>)],
    known: Variables,
}

impl Project<'_> {
    fn add(&self, draft: &mut Draft, several: bool) {
        let services = self.services(draft);
        let first = self.files[0];
        let name = self
            .files
            .iter()
            .rev()
            .find_map(|file| file.tree.text_at(&["name"]))
            .map(|name| interpolate(name, &self.known));
        let system = if several {
            let shown = name.unwrap_or_else(|| base(self.folder).to_owned());
            draft.add(crate::model::ElementKind::SoftwareSystem, None, &shown, &Source::new(first.path, "line 1"))
        } else {
            if let Some(name) = &name {
                draft.suggest(name, 4);
            }
            draft.home()
        };
        let mut places: Vec<At> = Vec::new();
        let mut hosts: HashMap<String, At> = HashMap::new();
        for service in &services {
            let at = self.describe(draft, system, service);
            places.push(at);
            hosts.insert(service.name.to_lowercase(), at);
        }
        for (service, at) in services.iter().zip(&places) {
            for alias in &service.aliases {
                hosts.entry(interpolate(alias, &self.known).to_lowercase()).or_insert(*at);
            }
        }
        for (service, at) in services.iter().zip(&places) {
            self.relate(draft, system, service, *at, &hosts);
        }
        proxies::relate(draft, &services, &places);
        if services.is_empty() {
            draft.remark(Level::Warning, first.path, 0, "the compose file has no services");
        }
    }

    /// The services of all files, overrides and `extends` worked in, in order of first appearance.
    fn services(&self, draft: &mut Draft) -> Vec<Definition> {
        let mut own: Vec<HashMap<String, Definition>> = Vec::new();
        let mut merged: Vec<Definition> = Vec::new();
        let mut index: HashMap<String, usize> = HashMap::new();
        for file in self.files {
            let mut here = HashMap::new();
            let mut order = Vec::new();
            for (name, node) in entries(&file.tree) {
                if node.is_map() {
                    order.push(name.clone());
                    here.insert(name.clone(), Definition::read(file.path, name, node));
                } else {
                    draft.remark(
                        Level::Warning,
                        file.path,
                        node.place.line(),
                        format!("service \"{name}\" is empty and was left out"),
                    );
                }
            }
            own.push(here);
            let at = own.len() - 1;
            for name in order {
                let Some(service) = self.extended(draft, &own, at, &name, 0) else { continue };
                match index.get(&name) {
                    Some(known) => {
                        let base: &mut Definition = &mut merged[*known];
                        let first = (base.file.clone(), base.place.clone());
                        base.overlay(service);
                        (base.file, base.place) = first;
                    }
                    None => {
                        index.insert(name, merged.len());
                        merged.push(service);
                    }
                }
            }
            if let Some(include) = file.tree.get("include") {
                let line = include.place.line();
                draft.remark(Level::Note, file.path, line, "included files are not looked for – give them as well");
            }
        }
        merged
    }

    fn extended(
        &self,
        draft: &mut Draft,
        own: &[HashMap<String, Definition>],
        file: usize,
        name: &str,
        depth: usize,
    ) -> Option<Definition> {
        let service = own.get(file)?.get(name)?.clone();
        let Some((from, base_name)) = service.extends.clone() else { return Some(service) };
        let found = match from {
            _ if depth > 20 => None,
            None if base_name == name => None,
            None => self.extended(draft, own, file, &base_name, depth + 1),
            Some(path) => {
                let wanted = join(self.folder, &path);
                let known = self.files.iter().take(own.len()).position(|one| normal(one.path) == wanted);
                match known {
                    Some(at) if at != file || base_name != name => self.extended(draft, own, at, &base_name, depth + 1),
                    _ => {
                        let later = self.files.iter().find(|one| normal(one.path) == wanted);
                        later.and_then(|one| {
                            entries(&one.tree)
                                .find(|(name, _)| **name == base_name)
                                .map(|(name, node)| Definition::read(one.path, name, node))
                        })
                    }
                }
            }
        };
        let Some(mut base) = found else {
            let message = format!(
                "service \"{name}\" extends \"{base_name}\", which extends it in turn or is not in the given files – give its file as well"
            );
            draft.remark(Level::Warning, &service.file, line(&service.place), message);
            return Some(service);
        };
        base.overlay(service);
        Some(base)
    }

    fn describe(&self, draft: &mut Draft, system: At, service: &Definition) -> At {
        let source = Source::new(&service.file, &service.place);
        let at = draft.container(system, &service.name, &source);
        if let Some(image) = &service.image {
            let image = interpolate(image, &self.known);
            if let Some((technology, role)) = technology::of_image(&image) {
                draft.technology(at, &technology);
                draft.of(at).add_tags(role.tag());
            }
            draft.property(
                at,
                "image",
                image
                    .rsplit('@')
                    .next()
                    .filter(|rest| !rest.starts_with("sha256"))
                    .unwrap_or(image.split('@').next().unwrap_or_default()),
            );
        }
        let joined =
            |texts: &[String]| texts.iter().map(|one| interpolate(one, &self.known)).collect::<Vec<_>>().join(", ");
        draft.property(at, "compose.build", service.build.clone().unwrap_or_default());
        draft.property(at, "compose.ports", joined(&service.ports));
        draft.property(at, "compose.networks", service.networks.join(", "));
        draft.property(at, "compose.volumes", service.volumes.join(", "));
        draft.property(at, "compose.profiles", service.profiles.join(", "));
        draft.property(at, "compose.replicas", service.replicas.clone().unwrap_or_default());
        if service.image.is_none() && service.build.is_none() {
            let message = format!(
                "service \"{}\" has neither image nor build – give the file that this one is laid over as well",
                service.name
            );
            draft.remark(Level::Note, &service.file, line(&service.place), message);
        }
        at
    }

    fn relate(&self, draft: &mut Draft, system: At, service: &Definition, at: At, hosts: &HashMap<String, At>) {
        for (target, place) in &service.depends_on {
            match hosts.get(&target.to_lowercase()) {
                Some(to) => {
                    let source = Source::new(&service.file, place);
                    draft.relate(at, *to, "depends_on", "", &source);
                }
                None => {
                    let message =
                        format!("\"{}\" depends on \"{target}\", which is not in the given files", service.name);
                    draft.remark(Level::Warning, &service.file, line(place), message);
                }
            }
        }
        let mut here: HashMap<String, At> = HashMap::new();
        for (target, alias, place) in &service.links {
            if let Some(to) = hosts.get(&target.to_lowercase()) {
                draft.relate(at, *to, "links", "", &Source::new(&service.file, place));
                here.extend(alias.iter().map(|alias| (alias.to_lowercase(), *to)));
            }
        }
        for (target, place) in &service.shares {
            if let Some(to) = hosts.get(&target.to_lowercase()) {
                draft.relate(at, *to, "network_mode", "", &Source::new(&service.file, place));
            }
        }
        let find = |address: &Address| here.get(&address.host).or_else(|| hosts.get(&address.host)).copied();
        let from_files = self.env_files(service);
        let own = service.environment.iter().map(|(name, value, place)| {
            let value = value.clone().or_else(|| self.known.get(name).cloned()).unwrap_or_default();
            (name.clone(), value, Source::new(&service.file, place))
        });
        let mut known = self.known.clone();
        for (name, value, source) in from_files.into_iter().chain(own) {
            let value = interpolate(&value, &known);
            let reach = Reach { system, from: at, setting: &name, value: &value, found_by: "environment" };
            reach::follow(draft, &reach, &source, find);
            if !value.contains('$') {
                known.entry(name).or_insert(value);
            }
        }
        let source = Source::new(&service.file, &service.place);
        let words = service.command.iter().map(|word| (word.as_str(), "command"));
        let given = service.configs.iter().filter_map(|name| self.config(name)).map(|text| (text, "config"));
        for (text, found_by) in words.chain(given) {
            for found in address::mentioned(&interpolate(text, &self.known)) {
                if let Some(to) = find(&found) {
                    draft.relate(at, to, found_by, reach::protocol(&found).unwrap_or_default(), &source);
                }
            }
        }
    }

    /// The text of a configuration that a compose file holds itself.
    fn config(&self, name: &str) -> Option<&str> {
        self.files.iter().find_map(|file| file.tree.at(&["configs", name, "content"])?.text())
    }

    fn env_files(&self, service: &Definition) -> Vec<(String, String, Source)> {
        let mut found = Vec::new();
        for wanted in &service.env_files {
            let wanted = join(self.folder, wanted);
            for (path, pairs) in self.env.iter().filter(|(path, _)| normal(path) == wanted) {
                found.extend(pairs.iter().map(|(name, value)| (name.clone(), value.clone(), Source::new(path, name))));
            }
        }
        found
    }
}

/// The services of a file: under `services`, or of version 1 at the top.
fn entries(tree: &Node) -> impl Iterator<Item = (&String, &Rc<Node>)> {
    let (list, plain) = match tree.get("services") {
        Some(services) => (services.entries(), false),
        None if tree.get("version").is_some_and(|version| version.text() != Some("1")) => (&[][..], false),
        None => (tree.entries(), true),
    };
    let shown = list.iter().filter(move |(name, _)| !(name.starts_with("x-") || plain && TOP.contains(&&**name)));
    shown.map(|(name, node)| (name, node))
}

/// The line of a place; 0 of one in JSON.
fn line(place: &str) -> usize {
    place.strip_prefix("line ").and_then(|line| line.parse().ok()).unwrap_or(0)
}

/// The folder of a path, without the last slash.
pub(crate) fn folder(path: &str) -> &str {
    path.rfind(['/', '\\']).map_or("", |at| &path[..at])
}

/// The last part of a path.
pub(crate) fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn join(folder: &str, path: &str) -> String {
    if path.starts_with('/') || folder.is_empty() { normal(path) } else { normal(&format!("{folder}/{path}")) }
}

/// A path with `.` and `..` worked out.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
