//! Which packs concern a checkout, and what that follows from.

use crate::facts::PackDecision;
use crate::notes::Notes;
use crate::options::PackRules;
use regex::Regex;

/// More reasons of a kind help nobody.
const MOST_REASONS: usize = 3;

/// The answer for each pack, in the order of the rules.
pub(crate) fn decide(rules: &[PackRules], notes: &[Notes]) -> Vec<PackDecision> {
    rules.iter().map(|rules| decision(rules, notes)).collect()
}

fn decision(rules: &PackRules, notes: &[Notes]) -> PackDecision {
    let product: Vec<&Notes> = notes.iter().filter(|notes| notes.product && notes.program).collect();
    let mut keys = Vec::new();
    for key in &rules.config_keys {
        let found = notes.iter().filter(|notes| notes.product).find_map(|notes| {
            let dependency = notes.dependencies.iter().find(|dependency| names(&dependency.name, key))?;
            Some(format!("{key} in {}:{}", notes.path, dependency.line))
        });
        keys.extend(found);
    }
    let mut places = Vec::new();
    for pattern in &rules.file_patterns {
        let Some(regex) = glob(pattern) else { continue };
        if let Some(hit) = product.iter().find(|notes| regex.is_match(&notes.path)) {
            places.push(format!("{pattern} matches {}", hit.path));
        }
    }
    let mut words = Vec::new();
    for keyword in &rules.keywords {
        let small = keyword.to_lowercase();
        if let Some(hit) = product.iter().find(|notes| {
            notes
                .path
                .to_lowercase()
                .split(|char: char| !char.is_alphanumeric())
                .any(|word| word.ends_with(&small) || word.ends_with(&format!("{small}s")))
        }) {
            words.push(format!("{keyword} names {}", hit.path));
        }
    }
    // A framework says it by itself. Names of folders and files must agree, since `src` alone says nothing.
    let applies = rules.always || !keys.is_empty() || (!places.is_empty() && !words.is_empty());
    let mut because: Vec<String> = Vec::new();
    for reasons in [keys, places, words] {
        because.extend(reasons.into_iter().take(MOST_REASONS));
    }
    if rules.always {
        because.insert(0, "the pack concerns every checkout".to_owned());
    } else if because.is_empty() {
        because.push("no framework, folder or file that the pack names".to_owned());
    }
    PackDecision { pack: rules.pack.clone(), applies, because }
}

/// Whether a dependency is what a key names: `spring-boot` is `org.springframework.boot:spring-boot-starter-web`.
fn names(dependency: &str, key: &str) -> bool {
    let (small, key) = (dependency.to_lowercase(), key.to_lowercase());
    let artifact = small.rsplit([':', '/']).next().unwrap_or(&small);
    let begins = |text: &str| {
        text.strip_prefix(&key).is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with("-starter")
                || rest.starts_with("-bom")
                || rest.starts_with("-dependencies")
        })
    };
    small == key
        || begins(artifact)
        || (key == "nestjs" && small.starts_with("@nestjs/"))
        || (key == "laravel" && small == "laravel/framework")
        || (key == "spring-boot" && small == "org.springframework.boot")
}

/// A glob over paths as a pattern.
fn glob(pattern: &str) -> Option<Regex> {
    let mut out = String::from("^");
    let mut rest = pattern;
    while let Some(char) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("**/") {
            out.push_str("(?:.*/)?");
            rest = after;
        } else if let Some(after) = rest.strip_prefix("**") {
            out.push_str(".*");
            rest = after;
        } else {
            match char {
                '*' => out.push_str("[^/]*"),
                '?' => out.push_str("[^/]"),
                _ => out.push_str(&regex::escape(&char.to_string())),
            }
            rest = &rest[char.len_utf8()..];
        }
    }
    out.push('$');
    Regex::new(&out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_are_of_whole_paths() {
        for (pattern, path, wanted) in [
            ("**/src/**", "src/a.rs", true),
            ("**/src/**", "api/src/a/b.rs", true),
            ("**/src/**", "mysrc/a.rs", false),
            ("*.tf", "main.tf", true),
            ("*.tf", "infra/main.tf", false),
            ("**/*.tf", "infra/main.tf", true),
        ] {
            assert_eq!(glob(pattern).unwrap().is_match(path), wanted, "{pattern} {path}");
        }
    }

    #[test]
    fn keys_name_dependencies() {
        assert!(names("org.springframework.boot:spring-boot-starter-web", "spring-boot"));
        assert!(names("@nestjs/core", "nestjs"));
        assert!(names("github.com/gin-gonic/gin", "gin"));
        assert!(!names("django-environ", "django"));
        assert!(!names("express-rate-limit", "express"));
    }
}
