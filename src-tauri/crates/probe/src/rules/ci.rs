//! Which CI there is.

use crate::notes::Notes;
use crate::source::Source;

/// The CI by the place of its file.
fn named(path: &str, name: &str) -> Option<&'static str> {
    let starts = |folder: &str| path.starts_with(folder);
    Some(match name {
        _ if starts(".github/workflows/") => "GitHub Actions",
        ".gitlab-ci.yml" | ".gitlab-ci.yaml" => "GitLab CI",
        _ if starts(".circleci/") => "CircleCI",
        "Jenkinsfile" => "Jenkins",
        "azure-pipelines.yml" | "azure-pipelines.yaml" => "Azure Pipelines",
        "bitbucket-pipelines.yml" => "Bitbucket Pipelines",
        ".travis.yml" => "Travis CI",
        ".drone.yml" => "Drone",
        "cloudbuild.yaml" | "cloudbuild.yml" => "Cloud Build",
        "buildspec.yml" | "buildspec.yaml" => "CodeBuild",
        _ if starts(".buildkite/") => "Buildkite",
        _ if starts(".woodpecker/") || name == ".woodpecker.yml" => "Woodpecker",
        _ if starts(".teamcity/") => "TeamCity",
        _ => return None,
    })
}

/// Files of a CI and of what watches dependencies beside it.
pub(crate) fn is_ci(path: &str, name: &str) -> bool {
    let watches = matches!(
        name,
        "dependabot.yml" | "dependabot.yaml" | "renovate.json" | "renovate.json5" | ".renovaterc" | ".renovaterc.json"
    );
    watches || path.starts_with(".gitlab/") || named(path, name).is_some()
}

/// Notes the CI that a file is of.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    if let Some(ci) = named(source.path, source.name) {
        notes.see("code.ci", 1, ci);
    }
}
