//! Manifests: dependencies, frameworks and runtimes with their versions.

mod dotnet;
mod jvm;
mod plain;
mod structured;

use crate::notes::{Dependency, Notes, Technology};
use crate::source::{Part, Source};

/// Manifests by their names.
const NAMES: &[&str] = &[
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "libs.versions.toml",
    "gradle.properties",
    "package.json",
    "pyproject.toml",
    "Pipfile",
    "setup.py",
    "setup.cfg",
    "go.mod",
    "Cargo.toml",
    "composer.json",
    "Gemfile",
    "global.json",
    ".nvmrc",
    ".node-version",
    ".python-version",
    ".ruby-version",
    ".java-version",
    ".tool-versions",
    "runtime.txt",
    "rust-toolchain.toml",
    "Directory.Build.props",
    "Directory.Packages.props",
];

/// Whether a file tells of dependencies.
pub(crate) fn is_manifest(name: &str) -> bool {
    let requirements = name.starts_with("requirements") && name.ends_with(".txt");
    NAMES.contains(&name)
        || requirements
        || [".csproj", ".fsproj", ".vbproj", ".gemspec"].iter().any(|end| name.ends_with(end))
}

/// Frameworks by what their packages are called: component, as it is shown.
const FRAMEWORKS: &[(&str, &str, &str)] = &[
    ("spring-boot", "Framework", "Spring Boot"),
    ("org.springframework.boot", "Framework", "Spring Boot"),
    ("spring-boot-starter-parent", "Framework", "Spring Boot"),
    ("spring-boot-dependencies", "Framework", "Spring Boot"),
    ("io.quarkus", "Framework", "Quarkus"),
    ("quarkus-bom", "Framework", "Quarkus"),
    ("micronaut-parent", "Framework", "Micronaut"),
    ("hibernate-core", "Framework", "Hibernate ORM"),
    ("express", "Framework", "Express"),
    ("@nestjs/core", "Framework", "NestJS"),
    ("fastify", "Framework", "Fastify"),
    ("koa", "Framework", "Koa"),
    ("@hapi/hapi", "Framework", "hapi"),
    ("next", "Framework", "Next.js"),
    ("react", "Framework", "React"),
    ("vue", "Framework", "Vue"),
    ("@angular/core", "Framework", "Angular"),
    ("typescript", "Language", "TypeScript"),
    ("django", "Framework", "Django"),
    ("flask", "Framework", "Flask"),
    ("fastapi", "Framework", "FastAPI"),
    ("sqlalchemy", "Framework", "SQLAlchemy"),
    ("celery", "Framework", "Celery"),
    ("github.com/gin-gonic/gin", "Framework", "Gin"),
    ("github.com/labstack/echo/v4", "Framework", "Echo"),
    ("github.com/go-chi/chi/v5", "Framework", "chi"),
    ("github.com/gofiber/fiber/v2", "Framework", "Fiber"),
    ("axum", "Framework", "axum"),
    ("actix-web", "Framework", "Actix Web"),
    ("rocket", "Framework", "Rocket"),
    ("laravel/framework", "Framework", "Laravel"),
    ("symfony/framework-bundle", "Framework", "Symfony"),
    ("symfony/symfony", "Framework", "Symfony"),
    ("rails", "Framework", "Ruby on Rails"),
    ("sinatra", "Framework", "Sinatra"),
    ("io.ktor:ktor-server-core", "Framework", "Ktor"),
];

/// Frameworks that run in a browser or on a phone.
const CLIENT: &[&str] = &[
    "react",
    "react-dom",
    "vue",
    "@angular/core",
    "svelte",
    "preact",
    "solid-js",
    "react-native",
    "ember-source",
    "@ionic/core",
    "jquery",
];
/// Frameworks that serve.
const SERVER: &[&str] = &[
    "express",
    "fastify",
    "@nestjs/core",
    "koa",
    "@hapi/hapi",
    "restify",
    "next",
    "nuxt",
    "@remix-run/node",
    "@sveltejs/kit",
    "hono",
    "@trpc/server",
    "apollo-server",
    "@apollo/server",
    "pg",
    "mysql2",
    "mongoose",
    "prisma",
    "@prisma/client",
    "typeorm",
    "sequelize",
];

/// Whether a package of JavaScript runs in a browser: it has what does, and nothing that serves.
pub(crate) fn is_client(package: &[Dependency]) -> bool {
    let any = |names: &[&str]| package.iter().any(|dependency| names.contains(&dependency.name.as_str()));
    any(CLIENT) && !any(SERVER)
}

/// Notes what a manifest tells.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    if source.part != Part::Product || !is_manifest(source.name) {
        return;
    }
    match source.name {
        "pom.xml" => jvm::maven(source, notes),
        "build.gradle" | "build.gradle.kts" | "gradle.properties" => jvm::gradle(source, notes),
        "libs.versions.toml" => structured::catalog(source, notes),
        "package.json" => structured::package(source, notes),
        "composer.json" => structured::composer(source, notes),
        "global.json" => structured::dotnet_sdk(source, notes),
        "pyproject.toml" | "Pipfile" => structured::python(source, notes),
        "Cargo.toml" | "rust-toolchain.toml" => structured::cargo(source, notes),
        "go.mod" => plain::go(source, notes),
        "Gemfile" => plain::gems(source, notes),
        name if name.ends_with("proj") || name.ends_with(".props") => dotnet::project(source, notes),
        name if name.starts_with('.') || name == "runtime.txt" => plain::runtime(source, notes),
        name if name.ends_with(".gemspec") => plain::gems(source, notes),
        _ => plain::python(source, notes),
    }
    let mut named: Vec<Technology> = Vec::new();
    for dependency in &notes.dependencies {
        let known = FRAMEWORKS.iter().find(|(package, ..)| {
            package.eq_ignore_ascii_case(&dependency.name)
                || dependency.name.rsplit(':').next().is_some_and(|artifact| package == &artifact)
        });
        let Some((_, component, name)) = known else { continue };
        // One framework has many packages: the first with a version is enough.
        if named.iter().any(|other| other.name == *name && !other.version.is_empty()) {
            continue;
        }
        named.retain(|other| other.name != *name);
        named.push(Technology {
            component,
            name: (*name).to_owned(),
            version: lowest(&dependency.version),
            line: dependency.line,
        });
    }
    for technology in named {
        if !notes.technologies.iter().any(|other| other.name == technology.name && !other.version.is_empty()) {
            notes.technologies.push(technology);
        }
    }
}

/// The version that a range begins with: `^4.18.2`, `>=3.2,<4`, `~> 7.0.4`.
pub(crate) fn lowest(range: &str) -> String {
    let from = range.find(|char: char| char.is_ascii_digit());
    let Some(from) = from else { return String::new() };
    // `<3` and `!=2` say what it is not.
    if range[..from].contains(['<', '!']) && !range.contains('>') {
        return String::new();
    }
    let end = range[from..]
        .find(|char: char| !(char.is_ascii_digit() || char == '.'))
        .map_or(range.len(), |length| from + length);
    range[from..end].trim_end_matches('.').to_owned()
}

impl Notes {
    fn depend(&mut self, name: impl Into<String>, version: impl Into<String>, line: u32) {
        self.dependencies.push(Dependency { name: name.into(), version: version.into(), line });
    }

    fn name(&mut self, component: &'static str, name: &str, version: &str, line: u32) {
        let version = lowest(version);
        if !version.is_empty() {
            self.technologies.push(Technology { component, name: name.to_owned(), version, line });
        }
    }
}

/// The line of the first place of a text.
fn line_of(source: &Source, needle: &str) -> u32 {
    source.text.find(needle).map_or(1, |at| source.line(at))
}

#[cfg(test)]
mod tests;
