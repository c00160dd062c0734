//! Connection pools that code sets up, with their settings.

use super::{has, pattern};
use crate::lex::syntax::Lang;
use crate::notes::Notes;
use crate::quantity::{bytes, millis, number};
use crate::shape::Call;
use crate::source::Source;
use regex::Regex;
use std::sync::LazyLock;

/// What makes a pool: languages, what is called, what the file speaks of, the name.
struct Pool {
    langs: &'static [Lang],
    callee: Option<Regex>,
    needs: &'static [&'static str],
    name: &'static str,
}

const JVM: &[Lang] = &[Lang::Java, Lang::Kotlin];
const SCRIPT: &[Lang] = &[Lang::JavaScript, Lang::TypeScript];

static POOLS: LazyLock<Vec<Pool>> = LazyLock::new(|| {
    let pool = |langs, callee: &str, needs, name| Pool { langs, callee: pattern(callee), needs, name };
    vec![
        pool(JVM, r"^(?:new )?Hikari(?:Config|DataSource)$", &[], "HikariCP"),
        pool(
            JVM,
            r"^(?:new )?(?:BasicDataSource|ComboPooledDataSource|PoolProperties|AgroalDataSource)\w*$",
            &[],
            "a pool of the JVM",
        ),
        pool(SCRIPT, r"^new (?:\w+\.)?Pool$", &["pg", "mysql", "mssql"], "pg"),
        pool(SCRIPT, r"^\w+\.createPool$|^createPool$", &["mysql", "mariadb", "oracledb"], "mysql2"),
        pool(
            SCRIPT,
            r"^(?:[kK]nex|new Sequelize|new DataSource|createConnection|TypeOrmModule\.forRoot|TypeOrmModule\.forRootAsync|SequelizeModule\.forRoot|drizzle|postgres)$",
            &["knex", "equelize", "typeorm", "drizzle", "postgres"],
            "the library's pool",
        ),
        pool(SCRIPT, r"^new PrismaClient$", &[], "Prisma"),
        pool(&[Lang::Python], r"^(?:\w+\.)?create_(?:async_)?engine$", &[], "SQLAlchemy"),
        pool(
            &[Lang::Python],
            r"(?:ConnectionPool|AsyncConnectionPool|ThreadedConnectionPool|SimpleConnectionPool|PooledDB|asyncpg\.create_pool|create_pool)$",
            &["psycopg", "asyncpg", "aiomysql", "dbutils", "pool"],
            "a pool of the driver",
        ),
        pool(&[Lang::Go], r"^sqlx?\.(?:Open|Connect|MustConnect|OpenDB)$", &["database/sql", "sqlx"], "database/sql"),
        pool(&[Lang::Go], r"^pgxpool\.(?:New|NewWithConfig|Connect|ConnectConfig)$", &[], "pgxpool"),
        pool(&[Lang::Go], r"^gorm\.Open$", &[], "database/sql"),
        pool(
            &[Lang::CSharp],
            r"AddDb(?:Context|ContextPool|ContextFactory)$|^NpgsqlDataSource(?:Builder)?(?:\.Create)?$|AddNpgsqlDataSource$|^new (?:Sql|Npgsql|MySql)Connection$",
            &[],
            "ADO.NET",
        ),
        pool(
            &[Lang::Rust],
            r"PoolOptions::new(?:\(\)(?:\.\w+\(\))*\.\w+)?$|^(?:Pg|MySql)Pool::connect$|^r2d2::Pool::builder|^deadpool_\w+::|^bb8::Pool::builder",
            &[],
            "sqlx or its kin",
        ),
    ]
});

/// Settings by what they are called in code: the metric, and what a plain number counts in milliseconds.
const SETTINGS: &[(&str, &str, f64)] = &[
    ("setMaximumPoolSize", "code.db.pool.size", 0.0),
    ("maximumPoolSize", "code.db.pool.size", 0.0),
    ("setMaxTotal", "code.db.pool.size", 0.0),
    ("SetMaxOpenConns", "code.db.pool.size", 0.0),
    ("MaxConns", "code.db.pool.size", 0.0),
    ("connectionLimit", "code.db.pool.size", 0.0),
    ("max_connections", "code.db.pool.size", 0.0),
    ("maxconn", "code.db.pool.size", 0.0),
    ("max_size", "code.db.pool.size", 0.0),
    ("pool_size", "code.db.pool.size", 0.0),
    ("poolSize", "code.db.pool.size", 0.0),
    ("max", "code.db.pool.size", 0.0),
    ("setConnectionTimeout", "code.db.pool.acquire_timeout", 1.0),
    ("connectionTimeoutMillis", "code.db.pool.acquire_timeout", 1.0),
    ("acquireConnectionTimeout", "code.db.pool.acquire_timeout", 1.0),
    ("acquireTimeoutMillis", "code.db.pool.acquire_timeout", 1.0),
    ("acquireTimeout", "code.db.pool.acquire_timeout", 1.0),
    ("acquire_timeout", "code.db.pool.acquire_timeout", 1_000.0),
    ("acquire", "code.db.pool.acquire_timeout", 1.0),
    ("pool_timeout", "code.db.pool.acquire_timeout", 1_000.0),
    ("setMaxLifetime", "code.db.pool.max_lifetime", 1.0),
    ("SetConnMaxLifetime", "code.db.pool.max_lifetime", 1e-6),
    ("MaxConnLifetime", "code.db.pool.max_lifetime", 1e-6),
    ("maxLifetimeSeconds", "code.db.pool.max_lifetime", 1_000.0),
    ("max_lifetime", "code.db.pool.max_lifetime", 1_000.0),
    ("pool_recycle", "code.db.pool.max_lifetime", 1_000.0),
    ("setIdleTimeout", "code.db.pool.idle_timeout", 1.0),
    ("SetConnMaxIdleTime", "code.db.pool.idle_timeout", 1e-6),
    ("MaxConnIdleTime", "code.db.pool.idle_timeout", 1e-6),
    ("idleTimeoutMillis", "code.db.pool.idle_timeout", 1.0),
    ("idle_timeout", "code.db.pool.idle_timeout", 1_000.0),
    ("idle", "code.db.pool.idle_timeout", 1.0),
    ("setLeakDetectionThreshold", "code.db.pool.leak_detection", 1.0),
    ("statement_timeout", "code.db.statement_timeout", 1.0),
    ("query_timeout", "code.db.statement_timeout", 1.0),
];

static SETTING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names: Vec<&str> = SETTINGS.iter().map(|(name, _, _)| *name).collect();
    pattern(&format!(r#"\b({})\b['"]?\s*(?:\(|:|=>|=)\s*([^,;\n{{}}]+)"#, names.join("|")))
});
/// Settings of statements and sizes that stand anywhere in code: what, its metric, whether bytes, what a number counts.
/// The pattern, the metric, what sets it, what a plain number counts in milliseconds; below 0 for sizes.
type Anywhere = (Option<Regex>, &'static str, &'static str, f64);

static ANYWHERE: LazyLock<Vec<Anywhere>> = LazyLock::new(|| {
    vec![
        (
            pattern(r#"statement_timeout\s*=\s*['"]?(\d+\s*(?:ms|s|min)?)"#),
            "code.db.statement_timeout",
            "statement_timeout",
            1.0,
        ),
        (pattern(r"(?i)max_execution_time\s*=\s*(\d+)"), "code.db.statement_timeout", "max_execution_time", 1.0),
        (
            pattern(r#"(?:javax|jakarta)\.persistence\.query\.timeout"\s*,\s*"?(\d+)"#),
            "code.db.statement_timeout",
            "query.timeout",
            1.0,
        ),
        (
            pattern(r"@Transactional\([^)]*\btimeout\s*=\s*(\d+)"),
            "code.db.statement_timeout",
            "@Transactional",
            1_000.0,
        ),
        (
            pattern(r"\.CommandTimeout\s*[(=]\s*(\d+)|\bcommandTimeout\s*:\s*(\d+)"),
            "code.db.statement_timeout",
            "CommandTimeout",
            1_000.0,
        ),
        (
            pattern(r"(?:express|bodyParser)\.(?:json|urlencoded|raw|text)\(\{[^}]*\blimit\s*:\s*([^,}\n]+)"),
            "code.body_limit",
            "express",
            -1.0,
        ),
        (pattern(r"\bbodyLimit\s*:\s*([^,}\n]+)"), "code.body_limit", "fastify", -1.0),
        (pattern(r"\bDATA_UPLOAD_MAX_MEMORY_SIZE\s*=\s*([^\n#]+)"), "code.body_limit", "django", -1.0),
        (pattern(r#"\bMAX_CONTENT_LENGTH['"]?\]?\s*=\s*([^\n#]+)"#), "code.body_limit", "flask", -1.0),
        (
            pattern(r"\bMaxRequestBodySize\s*=\s*([^;,}\n]+)|\[RequestSizeLimit\(([^)]+)\)"),
            "code.body_limit",
            "ASP.NET",
            -1.0,
        ),
        (
            pattern(r"http\.MaxBytesReader\([^,]+,[^,]+,\s*([^)]+)\)|\bMaxMultipartMemory\s*=\s*([^\n]+)"),
            "code.body_limit",
            "net/http",
            -1.0,
        ),
        (pattern(r"DefaultBodyLimit::max\(([^)]+)\)|PayloadConfig::new\(([^)]+)\)"), "code.body_limit", "axum", -1.0),
        (pattern(r#"CONN_MAX_AGE['"]?\s*[:=]\s*(\d+)"#), "code.db.pool.max_lifetime", "django", 1_000.0),
    ]
});

/// Notes the pools of a file and their settings.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let Some(lang) = source.lang() else { return };
    let code = source.code();
    for call in &source.shape.calls {
        let found = POOLS.iter().find(|pool| {
            pool.langs.contains(&lang)
                && has(pool.callee.as_ref(), &call.callee)
                && (pool.needs.is_empty() || pool.needs.iter().any(|word| code.contains(word)))
        });
        if let Some(pool) = found {
            set_up(source, call, pool, notes);
        }
    }
    for (pattern, metric, subject, unit) in ANYWHERE.iter() {
        for captures in pattern.iter().flat_map(|pattern| pattern.captures_iter(code)) {
            let Some(value) = captures.iter().skip(1).flatten().next() else { continue };
            let amount = if *unit < 0.0 { bytes(value.as_str()) } else { millis(value.as_str(), *unit) };
            if let Some(amount) = amount {
                notes.amount(metric, source.line(value.start()), captures[0].to_owned(), amount, subject);
                if *subject == "django" && *metric == "code.db.pool.max_lifetime" && amount > 0.0 {
                    notes.see("code.db.pool", source.line(value.start()), "Django's persistent connections");
                }
            }
        }
    }
}

/// Notes a pool with the settings of its arguments, of its chain, and of the function that makes it.
fn set_up(source: &Source, call: &Call, pool: &Pool, notes: &mut Notes) {
    let line = source.line(call.whole.start);
    notes.see("code.db.pool", line, pool.name);
    let statement = super::clients::statement(source, call);
    let around = source.shape.function_at(call.whole.start).map(|function| function.whole.clone());
    let range = around.filter(|range| range.len() < 8_000).unwrap_or(statement);
    let text = source.code().get(range.clone()).unwrap_or_default();
    let in_chain = source.code().get(call.whole.clone()).unwrap_or_default();
    for captures in SETTING.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let (Some(name), Some(value)) = (captures.get(1), captures.get(2)) else { continue };
        let Some((_, metric, unit)) = SETTINGS.iter().find(|(known, _, _)| *known == name.as_str()) else { continue };
        // Common words count within the call that makes the pool alone.
        if ["max", "idle", "acquire", "max_size"].contains(&name.as_str()) && !in_chain.contains(&captures[0]) {
            continue;
        }
        let value = balanced(value.as_str());
        let amount = if *unit == 0.0 { number(value) } else { millis(value, *unit) };
        if let Some(amount) = amount {
            let line = source.line(range.start + name.start());
            if !notes.sights.iter().any(|sight| sight.key == *metric && sight.line == line) {
                notes.amount(metric, line, format!("{} = {}", name.as_str(), value.trim()), amount, pool.name);
            }
        }
    }
}

/// Up to the bracket that was opened before.
fn balanced(text: &str) -> &str {
    let mut depth = 0_i32;
    for (at, char) in text.char_indices() {
        match char {
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 0 => return &text[..at],
            ')' | ']' => depth -= 1,
            _ => {}
        }
    }
    text
}
