//! Connections: those opened outside of a pool, those taken by hand and not given back on every path.

use super::{has, pattern};
use crate::lex::syntax::Lang;
use crate::notes::Notes;
use crate::shape::Call;
use crate::source::Source;
use regex::Regex;
use std::sync::LazyLock;

type Row = (&'static [Lang], Option<Regex>, &'static [&'static str]);

const JVM: &[Lang] = &[Lang::Java, Lang::Kotlin];
const SCRIPT: &[Lang] = &[Lang::JavaScript, Lang::TypeScript];

/// What opens a connection outside of a pool.
static DIRECT: LazyLock<Vec<Row>> = LazyLock::new(|| {
    vec![
        (JVM, pattern(r"^DriverManager\.getConnection$"), &[]),
        (SCRIPT, pattern(r"^new (?:pg\.)?Client$"), &["'pg'", "\"pg\""]),
        (SCRIPT, pattern(r"^mysql2?\.createConnection$"), &["mysql"]),
        (
            &[Lang::Python],
            pattern(
                r"^(?:psycopg2?|pymysql|MySQLdb|mysql\.connector|asyncpg|pyodbc|cx_Oracle|oracledb|aiomysql)\.(?:connect|Connect)$",
            ),
            &[],
        ),
        (&[Lang::Python], pattern(r"^(?:psycopg\.)?(?:Async)?Connection\.connect$"), &["psycopg"]),
        (&[Lang::Go], pattern(r"^pgx\.Connect(?:Config)?$"), &[]),
        (&[Lang::Php], pattern(r"^new \\?(?:PDO|mysqli)$|^(?:mysqli|pg)_connect$"), &[]),
        (&[Lang::Ruby], pattern(r"^(?:PG\.connect|PG::Connection\.(?:new|open)|Mysql2::Client\.new)$"), &[]),
        (&[Lang::Rust], pattern(r"^(?:Pg|MySql)Connection::(?:connect|establish)$|^tokio_postgres::connect$"), &[]),
    ]
});

/// What takes a connection, or rows that hold one, by hand.
static TAKEN: LazyLock<Vec<Row>> = LazyLock::new(|| {
    vec![
        (JVM, pattern(r"(?i)(?:dataSource|ds|pool)\w*(?:\(\))?\.getConnection$|^DriverManager\.getConnection$"), &[]),
        (SCRIPT, pattern(r"(?i)pool\w*(?:\(\))?\.(?:connect|getConnection)$"), &[]),
        (
            &[Lang::Python],
            pattern(r"(?i)pool\w*\.(?:getconn|acquire|get_connection)$|engine\.(?:connect|raw_connection)$"),
            &[],
        ),
        (&[Lang::Python], pattern(r"^(?:psycopg2?|pymysql|asyncpg)\.connect$"), &[]),
        (
            &[Lang::Go],
            pattern(r"(?i)^(?:\w+\.)*(?:db|pool|conn)\w*\.(?:Conn|Acquire|QueryContext|Query|Queryx|QueryxContext)$"),
            &["database/sql", "pgx", "sqlx"],
        ),
        (&[Lang::CSharp], pattern(r"^new (?:Sql|Npgsql|MySql|Oracle)Connection$|OpenConnection(?:Async)?$"), &[]),
        (&[Lang::Ruby], pattern(r"connection_pool\.checkout$"), &[]),
    ]
});

fn matches<'a>(rows: &'a [Row], lang: Lang, code: &str, call: &Call) -> Option<&'a Row> {
    rows.iter().find(|(langs, callee, needs)| {
        langs.contains(&lang)
            && has(callee.as_ref(), &call.callee)
            && (needs.is_empty() || needs.iter().any(|word| code.contains(word)))
    })
}

/// Notes the connections of a file.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let Some(lang) = source.lang() else { return };
    let code = source.code();
    for call in &source.shape.calls {
        let line = source.line(call.whole.start);
        if matches(&DIRECT, lang, code, call).is_some() && !persistent(source, call, lang) {
            notes.see("code.db.direct_connects", line, call.callee.clone());
        }
        if matches(&TAKEN, lang, code, call).is_some() {
            notes.see("code.db.acquires", line, call.callee.clone());
            if !is_released(source, call, lang) {
                notes.see("code.db.unreleased", line, call.callee.clone());
            }
        }
    }
}

/// PHP may keep a connection over requests.
fn persistent(source: &Source, call: &Call, lang: Lang) -> bool {
    lang == Lang::Php
        && source
            .code()
            .get(call.args.clone())
            .is_some_and(|args| args.contains("ATTR_PERSISTENT") || args.contains("'p:"))
}

/// Whether what is taken is given back whatever happens.
fn is_released(source: &Source, call: &Call, lang: Lang) -> bool {
    let bare = source.bare();
    let line_start = bare[..call.whole.start].rfind('\n').map_or(0, |at| at + 1);
    let before = bare[line_start..call.whole.start].trim_start();
    let body = source.shape.function_at(call.whole.start).map_or(0..bare.len(), |function| function.whole.clone());
    let end = bare.floor_char_boundary(body.end.min(call.whole.end + 20_000));
    let rest = bare.get(call.whole.end..end).unwrap_or_default();
    let returned = before.starts_with("return");
    match lang {
        // try-with-resources has the call within its brackets.
        Lang::Java => {
            let head = &bare
                [bare.ceil_char_boundary(body.start.max(call.whole.start.saturating_sub(4_000)))..call.whole.start];
            let open_try = head
                .rfind("try")
                .is_some_and(|at| head[at + 3..].trim_start().starts_with('(') && !head[at..].contains('{'));
            open_try || (rest.contains("finally") && rest.contains(".close()")) || returned
        }
        Lang::Kotlin => {
            rest.trim_start().trim_start_matches("()").starts_with(".use")
                || (rest.contains("finally") && rest.contains(".close()"))
                || returned
        }
        Lang::JavaScript | Lang::TypeScript => {
            (rest.contains("finally") && (rest.contains(".release(") || rest.contains(".end(")))
                || before.starts_with("await using")
                || returned
        }
        Lang::Python => {
            before.starts_with("with ")
                || before.starts_with("async with ")
                || (rest.contains("finally")
                    && [".close(", "putconn(", ".release("].iter().any(|word| rest.contains(word)))
                || rest.contains("closing(")
                || before.contains("closing(")
                || before.starts_with("yield")
                || returned
        }
        Lang::Go => {
            let deferred = rest.split("defer").skip(1).any(|part| {
                part.split('\n').take(3).any(|line| line.contains(".Close(") || line.contains(".Release("))
            });
            deferred || returned || rest.contains("pgx.CollectRows") || rest.contains("sqlx.StructScan")
        }
        Lang::CSharp => {
            before.starts_with("using")
                || before.starts_with("await using")
                || (rest.contains("finally") && (rest.contains(".Close") || rest.contains(".Dispose")))
                || returned
                || before.starts_with("=>")
                || before.contains("=> ")
        }
        Lang::Ruby => rest.contains("ensure") && rest.contains("checkin"),
        Lang::Php | Lang::Rust => true,
    }
}
