//! The languages that are counted: how their files end, how comments and strings are written in them.

/// A language whose code is read in depth; all others are counted alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Lang {
    Java,
    Kotlin,
    JavaScript,
    TypeScript,
    Python,
    Go,
    CSharp,
    Php,
    Ruby,
    Rust,
}

impl Lang {
    /// One bit, for sets of languages.
    pub(crate) const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// What opens and closes a string.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quote {
    pub open: &'static str,
    pub close: &'static str,
    /// Whether a backslash hides the character behind it.
    pub escapes: bool,
    /// Whether it may go on over lines.
    pub lines: bool,
    /// What opens an expression within it, closed by `}`.
    pub hole: &'static str,
}

/// How comments and strings of a language are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Syntax {
    pub line: &'static [&'static str],
    pub block: &'static [(&'static str, &'static str)],
    pub quotes: &'static [Quote],
    /// Whether `'x'` is a single character rather than a string.
    pub chars: bool,
    /// Whether `/x/` may be a regular expression.
    pub regexes: bool,
    /// Whether `<<WORD` or `<<<WORD` opens a text that ends with the word.
    pub heredocs: bool,
    /// Whether code stands between `<?` and `?>` alone.
    pub tags: bool,
    /// Whether a string that stands by itself is a comment.
    pub docstrings: bool,
}

/// A language of the table.
#[derive(Debug)]
pub(crate) struct Language {
    pub name: &'static str,
    /// Endings of files, without the dot, in small letters; or whole names.
    pub ends: &'static [&'static str],
    pub syntax: &'static Syntax,
    pub deep: Option<Lang>,
    /// Whether it is a language of programs, not of data, texts or looks.
    pub program: bool,
}

const fn quote(open: &'static str, close: &'static str, escapes: bool, lines: bool, hole: &'static str) -> Quote {
    Quote { open, close, escapes, lines, hole }
}

const DOUBLE: Quote = quote("\"", "\"", true, false, "");
const SINGLE: Quote = quote("'", "'", true, false, "");
const NONE: Syntax = Syntax {
    line: &[],
    block: &[],
    quotes: &[],
    chars: false,
    regexes: false,
    heredocs: false,
    tags: false,
    docstrings: false,
};
const C: Syntax = Syntax { line: &["//"], block: &[("/*", "*/")], quotes: &[DOUBLE], chars: true, ..NONE };
const JAVA: Syntax = Syntax { quotes: &[quote("\"\"\"", "\"\"\"", true, true, ""), DOUBLE], ..C };
const KOTLIN: Syntax =
    Syntax { quotes: &[quote("\"\"\"", "\"\"\"", false, true, "${"), quote("\"", "\"", true, false, "${")], ..C };
const CSHARP: Syntax = Syntax {
    quotes: &[
        quote("\"\"\"", "\"\"\"", false, true, ""),
        quote("$@\"", "\"", false, true, "{"),
        quote("@$\"", "\"", false, true, "{"),
        quote("@\"", "\"", false, true, ""),
        quote("$\"", "\"", true, false, "{"),
        DOUBLE,
    ],
    ..C
};
const SCRIPT: Syntax =
    Syntax { quotes: &[quote("`", "`", true, true, "${"), DOUBLE, SINGLE], chars: false, regexes: true, ..C };
const PYTHON: Syntax = Syntax {
    line: &["#"],
    quotes: &[quote("\"\"\"", "\"\"\"", true, true, ""), quote("'''", "'''", true, true, ""), DOUBLE, SINGLE],
    docstrings: true,
    ..NONE
};
const GO: Syntax = Syntax { quotes: &[quote("`", "`", false, true, ""), DOUBLE], ..C };
const PHP: Syntax = Syntax {
    line: &["//", "#"],
    quotes: &[quote("\"", "\"", true, true, ""), quote("'", "'", true, true, "")],
    chars: false,
    heredocs: true,
    tags: true,
    ..C
};
const RUBY: Syntax = Syntax {
    line: &["#"],
    block: &[("\n=begin", "\n=end")],
    quotes: &[quote("\"", "\"", true, true, "#{"), quote("'", "'", true, true, "")],
    heredocs: true,
    ..NONE
};
const RUST: Syntax = Syntax {
    quotes: &[
        quote("r##\"", "\"##", false, true, ""),
        quote("r#\"", "\"#", false, true, ""),
        quote("r\"", "\"", false, true, ""),
        quote("\"", "\"", true, true, ""),
    ],
    ..C
};
const HASH: Syntax = Syntax { line: &["#"], quotes: &[DOUBLE, SINGLE], ..NONE };
const YAML: Syntax = Syntax { line: &["#"], ..NONE };
const SQL: Syntax = Syntax {
    line: &["--"],
    block: &[("/*", "*/")],
    quotes: &[quote("'", "'", false, true, ""), quote("\"", "\"", false, true, "")],
    ..NONE
};
const MARKUP: Syntax = Syntax { block: &[("<!--", "-->")], ..NONE };
const STYLE: Syntax = Syntax { block: &[("/*", "*/")], quotes: &[DOUBLE, SINGLE], ..NONE };
const SCSS: Syntax = Syntax { line: &["//"], ..STYLE };
const LISP: Syntax = Syntax { line: &[";"], quotes: &[quote("\"", "\"", true, true, "")], ..NONE };
const HASKELL: Syntax = Syntax { line: &["--"], block: &[("{-", "-}")], quotes: &[DOUBLE], ..NONE };
const LUA: Syntax = Syntax { line: &["--"], block: &[("--[[", "]]")], quotes: &[DOUBLE, SINGLE], ..NONE };
const ERLANG: Syntax = Syntax { line: &["%"], quotes: &[DOUBLE], ..NONE };
const HCL: Syntax = Syntax { line: &["#", "//"], block: &[("/*", "*/")], quotes: &[DOUBLE], ..NONE };
const PROPERTIES: Syntax = Syntax { line: &["\n#", "\n!"], ..NONE };

macro_rules! language {
    ($name:literal, [$($end:literal),+], $syntax:ident, $deep:expr, $program:literal) => {
        Language { name: $name, ends: &[$($end),+], syntax: &$syntax, deep: $deep, program: $program }
    };
}

/// All of them; a file belongs to the first whose ending it has.
#[rustfmt::skip]
pub(crate) const LANGUAGES: &[Language] = &[
    language!("Java", ["java"], JAVA, Some(Lang::Java), true),
    language!("Kotlin", ["kt", "kts"], KOTLIN, Some(Lang::Kotlin), true),
    language!("JavaScript", ["js", "mjs", "cjs", "jsx"], SCRIPT, Some(Lang::JavaScript), true),
    language!("TypeScript", ["ts", "mts", "cts", "tsx"], SCRIPT, Some(Lang::TypeScript), true),
    language!("Python", ["py", "pyi"], PYTHON, Some(Lang::Python), true),
    language!("Go", ["go"], GO, Some(Lang::Go), true),
    language!("C#", ["cs", "csx"], CSHARP, Some(Lang::CSharp), true),
    language!("PHP", ["php", "phtml"], PHP, Some(Lang::Php), true),
    language!("Ruby", ["rb", "rake", "Gemfile", "Rakefile", "ru"], RUBY, Some(Lang::Ruby), true),
    language!("Rust", ["rs"], RUST, Some(Lang::Rust), true),
    language!("C", ["c", "h"], C, None, true),
    language!("C++", ["cpp", "cc", "cxx", "hpp", "hh", "hxx"], C, None, true),
    language!("Objective-C", ["m", "mm"], C, None, true),
    language!("Swift", ["swift"], JAVA, None, true),
    language!("Scala", ["scala", "sc"], JAVA, None, true),
    language!("Groovy", ["groovy", "gradle", "Jenkinsfile"], SCRIPT, None, true),
    language!("Dart", ["dart"], SCRIPT, None, true),
    language!("F#", ["fs", "fsx"], C, None, true),
    language!("Visual Basic", ["vb"], NONE, None, true),
    language!("Elixir", ["ex", "exs"], HASH, None, true),
    language!("Erlang", ["erl", "hrl"], ERLANG, None, true),
    language!("Clojure", ["clj", "cljs", "cljc"], LISP, None, true),
    language!("Haskell", ["hs"], HASKELL, None, true),
    language!("OCaml", ["ml", "mli"], C, None, true),
    language!("Perl", ["pl", "pm"], HASH, None, true),
    language!("R", ["r"], HASH, None, true),
    language!("Julia", ["jl"], HASH, None, true),
    language!("Lua", ["lua"], LUA, None, true),
    language!("Zig", ["zig"], C, None, true),
    language!("COBOL", ["cbl", "cob"], NONE, None, true),
    language!("Vue", ["vue"], SCRIPT, None, true),
    language!("Svelte", ["svelte"], SCRIPT, None, true),
    language!("Shell", ["sh", "bash", "zsh"], HASH, None, false),
    language!("PowerShell", ["ps1", "psm1"], HASH, None, false),
    language!("Makefile", ["mk", "Makefile"], HASH, None, false),
    language!("Dockerfile", ["Dockerfile", "Containerfile", "dockerfile"], HASH, None, false),
    language!("SQL", ["sql", "ddl"], SQL, None, false),
    language!("PL/SQL", ["pls", "pks", "pkb"], SQL, None, false),
    language!("Terraform", ["tf", "tfvars", "hcl"], HCL, None, false),
    language!("Protocol Buffers", ["proto"], C, None, false),
    language!("GraphQL", ["graphql", "gql"], HASH, None, false),
    language!("Prisma", ["prisma"], C, None, false),
    language!("YAML", ["yaml", "yml"], YAML, None, false),
    language!("JSON", ["json"], NONE, None, false),
    language!("TOML", ["toml"], HASH, None, false),
    language!("Properties", ["properties"], PROPERTIES, None, false),
    language!("INI", ["ini", "cfg", "conf"], YAML, None, false),
    language!("XML", ["xml", "xsd", "csproj", "fsproj", "props", "config"], MARKUP, None, false),
    language!("HTML", ["html", "htm", "xhtml", "cshtml", "erb", "jinja", "j2", "hbs", "ejs", "twig"], MARKUP, None, false),
    language!("CSS", ["css"], STYLE, None, false),
    language!("SCSS", ["scss", "sass", "less"], SCSS, None, false),
    language!("Markdown", ["md", "markdown", "mdx"], NONE, None, false),
    language!("reStructuredText", ["rst"], NONE, None, false),
];

/// The language of a file by its name, none where it is not counted.
pub(crate) fn language_of(name: &str) -> Option<&'static Language> {
    let small = name.to_ascii_lowercase();
    let end = small.rsplit_once('.').map(|(_, end)| end);
    // `Dockerfile.prod` and `api.Dockerfile` are Dockerfiles as well.
    let head = name.split('.').next().unwrap_or(name);
    LANGUAGES.iter().find(|language| {
        language.ends.iter().any(|known| {
            end == Some(*known)
                || name == *known
                || (head == *known && ["Dockerfile", "Containerfile", "Jenkinsfile"].contains(&head))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_languages() {
        for (name, wanted) in [
            ("A.java", "Java"),
            ("main.tsx", "TypeScript"),
            ("Dockerfile", "Dockerfile"),
            ("Dockerfile.prod", "Dockerfile"),
            ("Gemfile", "Ruby"),
            ("build.gradle.kts", "Kotlin"),
            ("X.CS", "C#"),
        ] {
            assert_eq!(language_of(name).map(|language| language.name), Some(wanted), "{name}");
        }
        for name in ["photo.png", "Gemfile.lock", "noending", ".env"] {
            assert!(language_of(name).is_none(), "{name}");
        }
    }
}
