//! Migrations of a schema: which the version before cannot work with, which lock writers for long.

use super::{has, pattern};
use crate::notes::Notes;
use crate::source::{Part, Source};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static SQL_BREAKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"(?i)\bdrop\s+(?:column|table)\b|\brename\s+(?:column|to)\b|\balter\s+(?:column\s+)?["`\w.]+\s+(?:set\s+data\s+)?type\b|\balter\s+column\s+["`\w.]+\s+set\s+not\s+null|\bmodify\s+(?:column\s+)?["`\w]+\s|\badd\s+column\s+[^;,]*\bnot\s+null\b"#,
    )
});
static SQL_DEFAULT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\badd\s+column\s+[^;,]*\bnot\s+null\b[^;,]*\bdefault\b|\badd\s+column\s+[^;,]*\bdefault\b[^;,]*\bnot\s+null\b",
    )
});
static SQL_LOCKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"(?i)\bcreate\s+(?:unique\s+)?index\s+(?:if\s+not\s+exists\s+)?["`\w.]+\s+on\b|\bcreate\s+(?:unique\s+)?index\s+on\b|\badd\s+(?:constraint\s+["`\w]+\s+)?(?:foreign\s+key|check|unique)\b|\balter\s+(?:column\s+)?["`\w.]+\s+(?:set\s+data\s+)?type\b|\balter\s+column\s+["`\w.]+\s+set\s+not\s+null|\bvacuum\s+full\b|\block\s+table\b|\bcluster\s"#,
    )
});
static SQL_SAFE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)\bconcurrently\b|\bnot\s+valid\b|algorithm\s*=\s*(?:inplace|instant)"));
static NEW_TABLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r#"(?i)\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?["`]?([\w.]+)"#));
static CODE_BREAKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:remove_column|remove_columns|rename_column|rename_table|change_column|drop_table|RemoveField|RenameField|RenameModel|DeleteModel|AlterField|drop_column|alter_column|removeColumn|renameColumn|renameTable|dropTable|dropColumn|changeColumn|dropIfExists|DropColumn|RenameColumn|RenameTable|DropTable|AlterColumn|change_column_null)\b",
    )
});
static CODE_LOCKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\b(?:add_index|add_foreign_key|AddIndex|AddConstraint|create_index|create_foreign_key|addIndex|addConstraint|CreateIndex|AddForeignKey|createIndex|change_column_null|AlterColumn|AlterField)\b",
    )
});
static CODE_SAFE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"algorithm:\s*:concurrently|postgresql_concurrently\s*=\s*True|AddIndexConcurrently|disable_ddl_transaction!|concurrently|validate:\s*false|createTable|create_table|CreateTable|CreateModel",
    )
});
/// Where the way back begins: what stands behind it undoes.
static BACK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?m)def\s+(?:down|downgrade|self\.down)\b|(?:async\s+)?\bdown\s*[(:=]|exports\.down\b|public\s+function\s+down\b|override\s+void\s+Down\b|^--\s*\+goose Down|^--\s*\+migrate Down|^--\s*migrate:down|^--\s*rollback|<rollback>|^-{2,}\s*//@UNDO",
    )
});

/// Whether a file is a migration, by where it stands and what it is called.
pub(crate) fn is_migration(path: &str) -> bool {
    let small = path.to_ascii_lowercase();
    let (folder, name) = small.rsplit_once('/').unwrap_or(("", &small));
    let known =
        ["migrations", "migration", "db/migrate", "changelog", "changelogs", "alembic/versions", "migrate", "flyway"];
    let within = known.iter().any(|known| {
        folder == *known
            || folder.ends_with(&format!("/{known}"))
            || format!("/{folder}/").contains(&format!("/{known}/"))
    });
    let versioned = {
        let mut chars = name.chars();
        chars.next() == Some('v')
            && chars.next().is_some_and(|char| char.is_ascii_digit())
            && name.contains("__")
            && name.ends_with(".sql")
    };
    let end = [".sql", ".rb", ".py", ".php", ".cs", ".ts", ".js", ".xml", ".yaml", ".yml"]
        .iter()
        .any(|end| name.ends_with(end));
    let none = [
        "__init__.py",
        "snapshot",
        "index.ts",
        "index.js",
        "env.py",
        "migration_lock",
        ".down.sql",
        "designer.cs",
        "/meta/",
        "changelog-master",
        "changelog.md",
    ]
    .iter()
    .any(|word| small.contains(word));
    (versioned || (within && end)) && !none
}

/// Notes a migration.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    if source.part != Part::Product || !is_migration(source.path) {
        return;
    }
    let code = source.code();
    let numbered = source.name.chars().take(4).any(|char| char.is_ascii_digit()) || source.name.ends_with(".sql");
    let speaks = [
        "ALTER ",
        "CREATE ",
        "DROP ",
        "alter ",
        "create ",
        "changeSet",
        "igration",
        "Schema::",
        "op.",
        "queryInterface",
        "createTable",
        "knex",
    ]
    .iter()
    .any(|word| code.contains(word));
    if !numbered && !speaks {
        return;
    }
    notes.see("code.migrations", 1, source.path);
    // The marks of the way back stand in comments of SQL.
    let back = BACK.as_ref().and_then(|back| back.find(source.text)).map_or(code.len(), |found| found.start());
    let forth = &code[..code.floor_char_boundary(back)];
    let sql = source.language.is_some_and(|language| language.name == "SQL");
    let statements: Vec<(usize, &str)> = if sql { parts(forth) } else { lines(forth) };
    let tables: BTreeSet<String> =
        NEW_TABLE.iter().flat_map(|new| new.captures_iter(forth)).map(|captures| captures[1].to_lowercase()).collect();
    let of_new_table = |text: &str| {
        let small = text.to_lowercase();
        let word = |char: char| char.is_alphanumeric() || char == '_' || char == '.';
        !tables.is_empty() && small.split(|char: char| !word(char)).any(|name| tables.contains(name))
    };
    let mut breaks = None;
    let mut locks = None;
    for (at, text) in statements {
        let line = source.line(at + text.len() - text.trim_start().len());
        let raw = has(SQL_BREAKS.as_ref(), text) && !has(SQL_DEFAULT.as_ref(), text) && !of_new_table(text);
        if raw || (!sql && has(CODE_BREAKS.as_ref(), text)) {
            breaks.get_or_insert((line, text.trim()));
        }
        let raw = has(SQL_LOCKS.as_ref(), text) && !has(SQL_SAFE.as_ref(), text) && !of_new_table(text);
        // A call goes on over lines: what makes it harmless may stand behind.
        let whole: String = forth[at..].lines().take(4).collect::<Vec<_>>().join(" ");
        let with_table =
            (forth.contains("create_table") && forth.contains("add_index")) || forth.contains("CreateTable(");
        let called = !sql && has(CODE_LOCKS.as_ref(), text) && !has(CODE_SAFE.as_ref(), &whole);
        if raw || (called && !with_table) {
            locks.get_or_insert((line, text.trim()));
        }
    }
    if let Some((line, text)) = breaks {
        notes.see("code.migrations.breaking", line, text);
    }
    if let Some((line, text)) = locks {
        notes.see("code.migrations.locking", line, text);
    }
}

fn parts(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    text.split_inclusive(';')
        .map(|part| {
            let from = at;
            at += part.len();
            (from, part)
        })
        .collect()
}

fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let from = at;
            at += line.len();
            (from, line)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(path: &str, text: &str) -> Vec<(&'static str, u32)> {
        let mut notes = Notes::default();
        look(&Source::new(path, text, false), &mut notes);
        notes.sights.iter().map(|sight| (sight.key.trim_start_matches("code.migrations"), sight.line)).collect()
    }

    #[test]
    fn statements_that_break_or_lock_are_told_from_those_that_do_not() {
        for (path, text, wanted) in [
            (
                "db/migration/V2__a.sql",
                "-- drops\nALTER TABLE orders\n  DROP COLUMN note;\n",
                vec![("", 1), (".breaking", 2)],
            ),
            ("db/migration/V3__a.sql", "CREATE INDEX i ON orders (a);\n", vec![("", 1), (".locking", 1)]),
            ("db/migration/V4__a.sql", "CREATE INDEX CONCURRENTLY i ON orders (a);\n", vec![("", 1)]),
            ("db/migration/V5__a.sql", "CREATE TABLE items (a int);\nCREATE INDEX i ON items (a);\n", vec![("", 1)]),
            ("db/migration/V6__a.sql", "ALTER TABLE orders ADD COLUMN a int NOT NULL DEFAULT 0;\n", vec![("", 1)]),
            (
                "db/migration/V7__a.sql",
                "ALTER TABLE orders ADD COLUMN a int NOT NULL;\n",
                vec![("", 1), (".breaking", 1)],
            ),
            (
                "db/migrate/20240101_a.rb",
                "class A < ActiveRecord::Migration[7.0]\n  def change\n    remove_column :orders, :note\n  end\nend\n",
                vec![("", 1), (".breaking", 3)],
            ),
            (
                "db/migrate/20240102_a.rb",
                "class A < ActiveRecord::Migration[7.0]\n  def change\n    add_index :orders, :note, algorithm: :concurrently\n  end\nend\n",
                vec![("", 1)],
            ),
            (
                "app/migrations/0002_a.py",
                "operations = [migrations.RenameField('order', 'a', 'b')]\n",
                vec![("", 1), (".breaking", 1)],
            ),
            (
                "migrations/001_a.sql",
                "-- +goose Up\nALTER TABLE a ADD COLUMN b int;\n-- +goose Down\nALTER TABLE a DROP COLUMN b;\n",
                vec![("", 1)],
            ),
        ] {
            assert_eq!(seen(path, text), wanted, "{path} {text}");
        }
        assert_eq!(seen("src/orders.sql", "DROP TABLE a;"), []);
    }
}
