//! SQL in code: how much of it there is, what is put together from variables, what reads whole tables.

use super::{has, pattern};
use crate::lex::Literal;
use crate::lex::syntax::Lang;
use crate::notes::Notes;
use crate::source::Source;
use regex::Regex;
use std::sync::LazyLock;

static STATEMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?is)^\s*(?:select\s.{1,4000}?\sfrom\s+\S|select\s+(?:\*|count\(|max\(|\w+(?:\s*,\s*\w+)*)\s*(?:from\b.*)?$|insert\s+into\s+\S|update\s+\S+\s+set\s|delete\s+from\s+\S|with\s+(?:recursive\s+)?\w+\s+as\s*\(|merge\s+into\s|replace\s+into\s|truncate\s+(?:table\s)?\w)",
    )
});
/// Tags of templates and calls that hand variables over as parameters.
static SAFE_BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:\b(?:sql|SQL|queryRaw|executeRaw|psql|pgsql)(?:\.\w+)?|(?:FromSql|FromSqlInterpolated|ExecuteSql|ExecuteSqlInterpolated|ExecuteSqlInterpolatedAsync|ExecuteSqlAsync|SqlQuery)\s*(?:<[^>]*>)?\s*\(\s*\$?@?)\s*$",
    )
});
static FORMAT_BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?:String\.format|string\.Format|fmt\.Sprintf|\bsprintf|\bvsprintf|\bformat!|util\.format)\s*\(\s*@?$")
});
static FORMAT_AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^\s*\)?\s*\.(?:format|formatted)\s*\("));
static BOUNDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:where|limit|top|fetch\s+(?:first|next)|count\s*\(|sum\s*\(|max\s*\(|min\s*\(|avg\s*\(|exists|group\s+by|rownum|join|having|nextval|for\s+update)\b|\bcount\(|\bmax\(|\bsum\(|\bmin\(|\bavg\(",
    )
});
static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r#"(?is)^\s*select\s.+?\sfrom\s+["`\[]?[\w.]+["`\]]?\s*(?:as\s+)?\w*\s*(?:order\s+by\s.*)?;?\s*$"#)
});
/// Parts that name lists of placeholders, which carry no value.
const HARMLESS: &[&str] = &["placeholder", "placeholders", "marks", "questionmarks", "params_list", "values_sql"];

/// Notes the SQL of a file.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let Some(lang) = source.lang() else { return };
    let (text, mut done) = (source.text, 0);
    for literal in &source.lexed.literals {
        if literal.whole.start < done || literal.inner.len() < 10 {
            continue;
        }
        let inner = &text[literal.inner.clone()];
        if !has(STATEMENT.as_ref(), inner) || reads_as_prose(inner) {
            continue;
        }
        let line = source.line(literal.whole.start);
        // All parts of a sum are one statement.
        let sum = source
            .shape
            .joined
            .iter()
            .find(|range| range.start <= literal.whole.start && literal.whole.end <= range.end);
        done = sum.map_or(literal.whole.end, |range| range.end);
        notes.see("code.sql.statements", line, "");
        if (sum.is_some() && varies(sum.map_or("", |range| &source.bare()[range.clone()])))
            || is_filled(source, literal, lang)
        {
            notes.see("code.sql.concatenated", line, inner);
        } else if has(WHOLE.as_ref(), inner) && !has(BOUNDED.as_ref(), inner) && !goes_on(source, done) {
            notes.see("code.sql.unbounded", line, inner);
        }
    }
}

/// `Select a file from the list` is no SQL: it has small letters alone and ends as sentences do.
fn reads_as_prose(text: &str) -> bool {
    let text = text.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    let capital = first.starts_with(char::is_uppercase) && first.chars().skip(1).all(char::is_lowercase);
    let small_from = text.split_whitespace().any(|word| word == "from" || word == "into" || word == "set");
    capital && small_from || text.ends_with(['.', '!', ':']) && !text.contains(['=', '*'])
}

/// Whether more text is put behind a string: a sum, a call of a builder, a string on the next line.
fn goes_on(source: &Source, end: usize) -> bool {
    source.bare()[end..].trim_start().starts_with(['+', '.', '"', '\'', '&'])
}

/// Whether a variable stands in a sum that carries a value.
fn varies(sum: &str) -> bool {
    let words: Vec<&str> = sum
        .split(|char: char| !char.is_alphanumeric() && char != '_')
        .filter(|word| word.starts_with(|char: char| char.is_alphabetic() || char == '_'))
        .collect();
    sum.is_empty()
        || words.is_empty()
        || words
            .iter()
            .any(|word| word.chars().any(char::is_lowercase) && !HARMLESS.contains(&word.to_ascii_lowercase().as_str()))
}

/// Whether a string is filled with variables: by holes, by a format.
fn is_filled(source: &Source, literal: &Literal, lang: Lang) -> bool {
    let (text, bare) = (source.text, source.bare());
    let before = &bare[bare.ceil_char_boundary(literal.whole.start.saturating_sub(80))..literal.whole.start];
    if has(SAFE_BEFORE.as_ref(), before) {
        return false;
    }
    let inner = &text[literal.inner.clone()];
    if literal.holes {
        return holes_vary(source, literal);
    }
    let marks = ["%s", "%v", "%d", "%q", "{}", "{0}"].iter().any(|mark| inner.contains(mark));
    let after = &bare[literal.whole.end..];
    if marks
        && (has(FORMAT_BEFORE.as_ref(), before) || has(FORMAT_AFTER.as_ref(), &after[..after.floor_char_boundary(40)]))
    {
        let line = after.split(['\n', ';']).next().unwrap_or_default();
        return varies(line);
    }
    // PHP fills double-quoted strings by itself; Kotlin `$name`.
    let dollar = match lang {
        Lang::Php => {
            text.as_bytes().get(literal.whole.start) == Some(&b'"') || text[..literal.whole.start].ends_with('\n')
        }
        Lang::Kotlin => true,
        _ => false,
    };
    dollar
        && inner
            .match_indices('$')
            .any(|(at, _)| inner[at + 1..].starts_with(|char: char| char.is_alphabetic() || char == '{' || char == '_'))
}

fn holes_vary(source: &Source, literal: &Literal) -> bool {
    // In the masked text only what stands in holes is left.
    let left = &source.bare()[literal.inner.clone()];
    varies(left) && left.contains(|char: char| char.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(path: &str, text: &str) -> Vec<(&'static str, u32)> {
        let mut notes = Notes::default();
        look(&Source::new(path, text, false), &mut notes);
        notes.sights.iter().map(|sight| (sight.key, sight.line)).collect()
    }

    const ALL: &str = "code.sql.statements";
    const JOINED: &str = "code.sql.concatenated";

    #[test]
    fn what_is_put_together_from_variables_is_told_from_constants() {
        for (path, text, wanted) in [
            ("A.java", "class A { void f(String id) { q(\"SELECT a FROM t WHERE id = '\" + id + \"'\"); } }", true),
            ("A.java", "class A { void f() { q(\"SELECT a FROM t \" + \"WHERE id = ?\"); } }", false),
            ("A.java", "class A { void f() { q(\"SELECT a FROM t WHERE \" + CONDITION); } }", false),
            (
                "A.java",
                "class A { void f(String t) { q(String.format(\"SELECT a FROM t WHERE b = '%s'\", t)); } }",
                true,
            ),
            ("a.ts", "db.query(`SELECT a FROM t WHERE id = ${id}`)", true),
            ("a.ts", "db.query(sql`SELECT a FROM t WHERE id = ${id}`)", false),
            ("a.ts", "prisma.$queryRaw`SELECT a FROM t WHERE id = ${id}`", false),
            ("a.py", "def f(c, x):\n    c.execute(f\"SELECT a FROM t WHERE id = {x}\")\n", true),
            ("a.py", "def f(c, x):\n    c.execute(\"SELECT a FROM t WHERE id = %s\", (x,))\n", false),
            ("a.py", "def f(c, x):\n    c.execute(\"SELECT a FROM t WHERE id = %s\" % x)\n", true),
            ("a.py", "def f(c, x):\n    c.execute(\"SELECT a FROM t WHERE id = {}\".format(x))\n", true),
            (
                "a.go",
                "package a\nfunc f(id string) { db.Query(fmt.Sprintf(\"SELECT a FROM t WHERE id = '%s'\", id)) }",
                true,
            ),
            ("a.go", "package a\nfunc f(id string) { db.Query(\"SELECT a FROM t WHERE id = $1\", id) }", false),
            ("A.cs", "class A { void F(string id) { var c = $\"SELECT a FROM t WHERE id = {id}\"; } }", true),
            (
                "A.cs",
                "class A { void F(string id) { x.FromSqlInterpolated($\"SELECT a FROM t WHERE id = {id}\"); } }",
                false,
            ),
            ("a.php", "<?php $q = \"SELECT a FROM t WHERE id = $id\";", true),
            ("a.php", "<?php $q = 'SELECT a FROM t WHERE id = ' . $id;", true),
            ("a.php", "<?php $q = 'SELECT a FROM t WHERE id = ?';", false),
            ("a.rb", "x = Order.find_by_sql(\"SELECT a FROM t WHERE id = #{id}\")", true),
            ("a.rs", "fn f(id: &str) { q(format!(\"SELECT a FROM t WHERE id = {}\", id)); }", true),
            ("A.kt", "fun f(id: String) = q(\"SELECT a FROM t WHERE id = $id\")", true),
        ] {
            let found = seen(path, text);
            assert_eq!(found.iter().filter(|(key, _)| *key == ALL).count(), 1, "{path} {text}");
            assert_eq!(found.iter().any(|(key, _)| *key == JOINED), wanted, "{path} {text}");
        }
    }

    #[test]
    fn comments_prose_and_docstrings_are_no_sql() {
        for (path, text) in [
            ("A.java", "// \"SELECT a FROM t WHERE id = \" + id\nclass A {}"),
            ("a.ts", "const label = 'Select a file from the list'"),
            ("a.py", "def f():\n    \"\"\"SELECT a FROM t WHERE x = 1\"\"\"\n    return 1\n"),
        ] {
            assert_eq!(seen(path, text), [], "{path} {text}");
        }
    }

    #[test]
    fn whole_tables_are_told() {
        assert_eq!(
            seen("a.go", "package a\nvar q = \"SELECT id, name FROM orders ORDER BY id\""),
            [(ALL, 2), ("code.sql.unbounded", 2)]
        );
        assert_eq!(seen("a.go", "package a\nvar q = \"SELECT count(*) FROM orders\""), [(ALL, 2)]);
        assert_eq!(seen("a.go", "package a\nvar q = \"SELECT id FROM orders LIMIT 5\""), [(ALL, 2)]);
    }
}
