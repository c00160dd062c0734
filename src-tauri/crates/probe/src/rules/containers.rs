//! Images that the code builds: from what, and as whom they run.

use crate::notes::{Notes, Technology};
use crate::source::{Part, Source};

/// Notes the image of a Dockerfile, and the images that Compose files start.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    if source.part != Part::Product {
        return;
    }
    match source.language.map(|language| language.name) {
        Some("Dockerfile") => dockerfile(source, notes),
        Some("YAML") if source.name.contains("compose") => {
            for (line, text) in (1..).zip(source.code().lines()) {
                if let Some(image) = text.trim().trim_start_matches("- ").strip_prefix("image:") {
                    technology(image.trim().trim_matches(['"', '\'']), "Container image", line, notes);
                }
            }
        }
        _ => {}
    }
}

fn dockerfile(source: &Source, notes: &mut Notes) {
    let mut stages: Vec<String> = Vec::new();
    let (mut from_line, mut user, mut base): (u32, Option<String>, String) = (0, None, String::new());
    // The user of each stage, since a stage may begin with another.
    let mut users: Vec<(String, Option<String>)> = Vec::new();
    for (line, text) in (1..).zip(source.code().lines()) {
        let mut words = text.split_whitespace();
        match words.next().map(str::to_ascii_uppercase).as_deref() {
            Some("FROM") => {
                let mut rest = words.filter(|word| !word.starts_with("--"));
                let image = rest.next().unwrap_or_default().to_owned();
                let name = rest.nth(1).map(str::to_lowercase);
                if from_line > 0 {
                    users.push((stages.last().cloned().unwrap_or_default(), user.take()));
                }
                if !stages.contains(&image.to_lowercase()) && image != "scratch" {
                    technology(&image, "Base image", line, notes);
                }
                user = users
                    .iter()
                    .find(|(stage, _)| *stage == image.to_lowercase() && !stage.is_empty())
                    .and_then(|(_, user)| user.clone());
                stages.push(name.unwrap_or_default());
                (from_line, base) = (line, image);
            }
            Some("USER") => user = words.next().map(str::to_owned),
            _ => {}
        }
    }
    if from_line == 0 {
        return;
    }
    notes.see("code.containers", from_line, base.clone());
    let root = match user.as_deref() {
        Some(user) => matches!(user.split(':').next(), Some("root" | "0")),
        // Some images have a user of their own.
        None => {
            !["nonroot", "distroless", "nginx-unprivileged", "bitnami/", "chainguard"]
                .iter()
                .any(|word| base.contains(word))
                || base.contains("debug") && !base.contains("nonroot")
        }
    };
    if root {
        notes.see("code.containers.root", from_line, base);
    }
}

/// An image with its version: `registry/eclipse-temurin:17-jre` is Eclipse Temurin 17.
fn technology(image: &str, component: &'static str, line: u32, notes: &mut Notes) {
    let image = image.split('@').next().unwrap_or(image);
    let (path, tag) = match image.rsplit_once(':') {
        Some((path, tag)) if !tag.contains('/') => (path, tag),
        _ => (image, ""),
    };
    if path.is_empty() || path.contains('$') {
        return;
    }
    // Makers of .NET images name the kind last: `dotnet/aspnet`.
    let name = path
        .rsplit_once("dotnet/")
        .map_or_else(|| path.rsplit('/').next().unwrap_or(path).to_owned(), |(_, kind)| format!("dotnet/{kind}"));
    let version =
        if tag.starts_with(|char: char| char.is_ascii_digit()) { crate::manifests::lowest(tag) } else { String::new() };
    notes.technologies.push(Technology { component, name, version, line });
    // `node:18-alpine3.16` names the system as well.
    if let Some((_, system)) = tag.split_once('-') {
        let at = system.find(|char: char| char.is_ascii_digit());
        if let Some(at) = at.filter(|_| system.starts_with("alpine")) {
            notes.technologies.push(Technology {
                component: "Base image",
                name: "alpine".to_owned(),
                version: system[at..].to_owned(),
                line,
            });
        }
        if let Some(code) =
            ["buster", "bullseye", "bookworm", "stretch", "trixie"].iter().find(|code| system.contains(**code))
        {
            notes.technologies.push(Technology {
                component: "Base image",
                name: "debian".to_owned(),
                version: (*code).to_owned(),
                line,
            });
        }
    }
}
