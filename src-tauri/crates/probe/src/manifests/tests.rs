use super::*;

fn named(path: &str, text: &str) -> Vec<String> {
    let mut notes = Notes::default();
    look(&Source::new(path, text, false), &mut notes);
    notes
        .technologies
        .iter()
        .map(|technology| format!("{} {} :{}", technology.name, technology.version, technology.line))
        .collect()
}

#[test]
fn manifests_tell_versions_with_their_lines() {
    for (path, text, wanted) in [
        (
            "pom.xml",
            "<project>\n<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>2.7.3</version></parent>\n<properties>\n<java.version>1.8</java.version></properties></project>",
            vec!["Java 8 :4", "Spring Boot 2.7.3 :2"],
        ),
        (
            "build.gradle.kts",
            "plugins {\n  id(\"org.springframework.boot\") version \"3.2.1\"\n  kotlin(\"jvm\") version \"1.9.22\"\n}\njava { toolchain { languageVersion.set(JavaLanguageVersion.of(17)) } }",
            vec!["Kotlin 1.9.22 :3", "Java 17 :5", "Spring Boot 3.2.1 :2"],
        ),
        (
            "gradle/libs.versions.toml",
            "[versions]\nboot = \"3.1.0\"\n[plugins]\nboot = { id = \"org.springframework.boot\", version.ref = \"boot\" }\n",
            vec!["Spring Boot 3.1.0 :2"],
        ),
        (
            "package.json",
            "{\n \"engines\": {\"node\": \">=16\"},\n \"dependencies\": {\n  \"express\": \"^4.18.2\"\n }\n}",
            vec!["Node.js 16 :2", "Express 4.18.2 :4"],
        ),
        ("requirements.txt", "# web\nDjango==3.2.1\nrequests>=2\n", vec!["Django 3.2.1 :2"]),
        (
            "pyproject.toml",
            "[tool.poetry.dependencies]\npython = \"^3.8\"\nfastapi = \"^0.100\"\n",
            vec!["Python 3.8 :2", "FastAPI 0.100 :3"],
        ),
        (
            "go.mod",
            "module a\n\ngo 1.19\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.9.1\n)\n",
            vec!["Go 1.19 :3", "Gin 1.9.1 :6"],
        ),
        (
            "Api.csproj",
            "<Project>\n<PropertyGroup><TargetFramework>net6.0</TargetFramework></PropertyGroup></Project>",
            vec![".NET 6.0 :2"],
        ),
        (
            "Old.csproj",
            "<Project><PropertyGroup><TargetFramework>net48</TargetFramework></PropertyGroup></Project>",
            vec![".NET Framework 4.8 :1"],
        ),
        (
            "composer.json",
            "{\"require\": {\"php\": \"^8.1\",\n\"laravel/framework\": \"^9.0\"}}",
            vec!["PHP 8.1 :1", "Laravel 9.0 :2"],
        ),
        ("Gemfile", "ruby '3.0.2'\ngem 'rails', '~> 6.1.4'\n", vec!["Ruby 3.0.2 :1", "Ruby on Rails 6.1.4 :2"]),
        (
            "Cargo.toml",
            "[package]\nrust-version = \"1.70\"\n[dependencies]\naxum = \"0.7\"\n",
            vec!["Rust 1.70 :2", "axum 0.7 :4"],
        ),
        (".nvmrc", "v18.12.0\n", vec!["Node.js 18.12.0 :1"]),
    ] {
        assert_eq!(named(path, text), wanted, "{path}");
    }
}

#[test]
fn what_is_broken_tells_nothing() {
    for (path, text) in [
        ("pom.xml", "<project><a"),
        ("package.json", "{\"dependencies\": {"),
        ("Cargo.toml", "[["),
        ("go.mod", "go"),
        ("Gemfile", "gem"),
        ("A.csproj", ""),
        ("build.gradle", "(((("),
    ] {
        assert_eq!(named(path, text), Vec::<String>::new(), "{path}");
    }
}
