//! Maven and Gradle.

use crate::notes::Notes;
use crate::rules::pattern;
use crate::source::Source;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Properties of a POM that tell the version of Java, the surest first.
const JAVA: &[&str] =
    &["maven.compiler.release", "java.version", "maven.compiler.target", "maven.compiler.source", "jdk.version"];

/// A POM.
pub(super) fn maven(source: &Source, notes: &mut Notes) {
    let Ok(document) = roxmltree::Document::parse(source.text) else { return };
    let line = |node: roxmltree::Node| document.text_pos_at(node.range().start).row;
    let child = |node: roxmltree::Node, name: &str| {
        node.children()
            .find(|child| child.has_tag_name(name) || child.tag_name().name() == name)
            .and_then(|child| child.text())
            .map(|text| text.trim().to_owned())
    };
    let mut properties: BTreeMap<String, (String, u32)> = BTreeMap::new();
    for node in document.descendants().filter(|node| node.tag_name().name() == "properties") {
        for property in node.children().filter(roxmltree::Node::is_element) {
            properties.insert(
                property.tag_name().name().to_owned(),
                (property.text().unwrap_or_default().trim().to_owned(), line(property)),
            );
        }
    }
    // A property may name another.
    let settled = |text: String| {
        let mut text = text;
        for _ in 0..3 {
            let name = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).map(str::to_owned);
            match name.and_then(|name| properties.get(&name)) {
                Some((value, _)) => text.clone_from(value),
                None => break,
            }
        }
        text
    };
    for node in
        document.descendants().filter(|node| matches!(node.tag_name().name(), "dependency" | "parent" | "plugin"))
    {
        let Some(artifact) = child(node, "artifactId") else { continue };
        let group = child(node, "groupId").unwrap_or_default();
        let version = settled(child(node, "version").unwrap_or_default());
        if node.tag_name().name() != "plugin" {
            notes.depend(format!("{group}:{artifact}"), version, line(node));
        } else if artifact == "maven-compiler-plugin" {
            let release = node
                .descendants()
                .find(|node| node.tag_name().name() == "release" || node.tag_name().name() == "target");
            if let Some(release) =
                release.and_then(|release| release.text().map(|text| (settled(text.trim().to_owned()), line(release))))
            {
                notes.name("Language", "Java", &release.0, release.1);
            }
        }
    }
    if let Some((value, line)) = JAVA.iter().find_map(|name| properties.get(*name)) {
        let value = settled(value.clone());
        notes.name("Language", "Java", value.strip_prefix("1.").unwrap_or(&value), *line);
    }
    if let Some((value, line)) = properties.get("kotlin.version") {
        notes.name("Language", "Kotlin", value, *line);
    }
    if let Some((value, line)) = properties.get("quarkus.platform.version") {
        notes.depend("io.quarkus", value.clone(), *line);
    }
}

static PLUGIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"id\s*\(?\s*['"]([\w.-]+)['"]\s*\)?\s+version\s*\(?\s*['"]([^'"]+)['"]|kotlin\("(\w+)"\)\s+version\s+"([^"]+)""#,
    )
});
static LIBRARY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"(?m)^\s*(?:implementation|api|compileOnly|runtimeOnly|annotationProcessor|classpath|developmentOnly|platform|kapt)\b[\s(]*(?:platform|enforcedPlatform)?[\s(]*['"]([\w.-]+:[\w.-]+)(?::([^'"]+))?['"]"#,
    )
});
static JAVA_VERSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"(?:JavaLanguageVersion\.of\(|sourceCompatibility\s*=\s*|jvmToolchain\(|jvmTarget\s*=\s*)(?:JavaVersion\.VERSION_)?['"]?(?:1[._])?(\d+)"#,
    )
});
static BOOT: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r#"(?i)spring-?boot-?version\s*=\s*['"]?([\d.]+)"#));

/// A build of Gradle, in Groovy or Kotlin.
pub(super) fn gradle(source: &Source, notes: &mut Notes) {
    let code = source.code();
    for captures in PLUGIN.iter().flat_map(|plugin| plugin.captures_iter(code)) {
        let line = captures.get(0).map_or(1, |found| source.line(found.start()));
        if let (Some(id), Some(version)) = (captures.get(1), captures.get(2)) {
            notes.depend(id.as_str(), version.as_str(), line);
            if id.as_str().starts_with("org.jetbrains.kotlin") {
                notes.name("Language", "Kotlin", version.as_str(), line);
            }
        } else if let Some(version) = captures.get(4) {
            notes.name("Language", "Kotlin", version.as_str(), line);
        }
    }
    for captures in LIBRARY.iter().flat_map(|library| library.captures_iter(code)) {
        let line = captures.get(1).map_or(1, |found| source.line(found.start()));
        notes.depend(&captures[1], captures.get(2).map_or("", |version| version.as_str()), line);
    }
    if let Some(captures) = JAVA_VERSION.as_ref().and_then(|version| version.captures(code)) {
        let line = captures.get(0).map_or(1, |found| source.line(found.start()));
        notes.name("Language", "Java", &captures[1], line);
    }
    if let Some(captures) = BOOT.as_ref().and_then(|boot| boot.captures(code)) {
        let line = captures.get(0).map_or(1, |found| source.line(found.start()));
        notes.depend("org.springframework.boot", &captures[1], line);
    }
}
